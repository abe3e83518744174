// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `EndpointHandle`.

use super::{EndpointHandle, Get, ReferToEndpoint, SendMessageToEndpoint};
use crate::Client;

impl EndpointHandle {
    /// Returns one endpoint with its state and the channels it has at the moment.
    ///
    /// `GET /endpoints/{tech}/{resource}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.tech.clone(), self.resource.clone())
    }

    /// Sends a text message to one endpoint, outside of a call.
    ///
    /// `PUT /endpoints/{tech}/{resource}/sendMessage`: see [`SendMessageToEndpoint`].
    #[inline]
    pub fn send_message_to_endpoint(
        &self,
        from: impl Into<String>,
    ) -> SendMessageToEndpoint<Client> {
        SendMessageToEndpoint::on(
            self.client.clone(),
            self.tech.clone(),
            self.resource.clone(),
            from,
        )
    }

    /// Asks one endpoint to call another destination, by a SIP REFER outside of a call.
    ///
    /// `POST /endpoints/{tech}/{resource}/refer`: see [`ReferToEndpoint`].
    #[inline]
    pub fn refer_to_endpoint(
        &self,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> ReferToEndpoint<Client> {
        ReferToEndpoint::on(
            self.client.clone(),
            self.tech.clone(),
            self.resource.clone(),
            from,
            refer_to,
        )
    }
}
