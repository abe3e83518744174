// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `endpoints` that no handle has.

use super::{List, ListByTech, Refer, SendMessage};
use crate::Client;

/// Endpoints are the devices and trunks that can make or take calls, as configured in their channel
/// driver: `PJSIP/alice`, `IAX2/branch`. This resource returns their state, sends text messages,
/// and refers devices elsewhere outside of a call. It creates no calls; for that see `originate`.
///
/// Returned by [`Client::endpoints`].
#[derive(Clone, Debug)]
pub struct Endpoints {
    client: Client,
}

impl Endpoints {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the endpoints of all technologies with state and channels.
    ///
    /// `GET /endpoints`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Sends a text message outside of a call, such as a SIP MESSAGE.
    ///
    /// `PUT /endpoints/sendMessage`: see [`SendMessage`].
    #[inline]
    pub fn send_message(
        &self,
        to: impl Into<String>,
        from: impl Into<String>,
    ) -> SendMessage<Client> {
        SendMessage::on(self.client.clone(), to, from)
    }

    /// Asks a device to call another destination, by a SIP REFER outside of a call.
    ///
    /// `POST /endpoints/refer`: see [`Refer`].
    #[inline]
    pub fn refer(
        &self,
        to: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Refer<Client> {
        Refer::on(self.client.clone(), to, from, refer_to)
    }

    /// Lists the endpoints of one technology.
    ///
    /// `GET /endpoints/{tech}`: see [`ListByTech`].
    #[inline]
    pub fn list_by_tech(&self, tech: impl Into<String>) -> ListByTech<Client> {
        ListByTech::on(self.client.clone(), tech)
    }
}
