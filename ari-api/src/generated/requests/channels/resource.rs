// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `channels` that no handle has.

use super::{Create, ExternalMedia, List, Originate};
use crate::Client;

/// Channels are the legs of calls: phones, trunks, external media and the halves of Local channels.
/// This resource lists, creates, controls and hangs them up.
///
/// Most operations need the channel to be in a Stasis application. Commands go through a queue of
/// the channel and run one after another, so those that wait for their result (`answer`,
/// `setChannelVar`) take as long as a playback that is ahead of them.
///
/// Returned by [`Client::channels`].
#[derive(Clone, Debug)]
pub struct Channels {
    client: Client,
}

impl Channels {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists all channels of the server.
    ///
    /// `GET /channels`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Calls an endpoint and connects the answered call to an application or the dialplan.
    ///
    /// `POST /channels`: see [`Originate`].
    #[inline]
    pub fn originate(&self, endpoint: impl Into<String>) -> Originate<Client> {
        Originate::on(self.client.clone(), endpoint)
    }

    /// Creates a channel without dialing it yet.
    ///
    /// `POST /channels/create`: see [`Create`].
    #[inline]
    pub fn create(
        &self,
        endpoint: impl Into<String>,
        app: impl Into<String>,
    ) -> Create<Client> {
        Create::on(self.client.clone(), endpoint, app)
    }

    /// Creates a channel whose audio goes to and comes from an external program.
    ///
    /// `POST /channels/externalMedia`: see [`ExternalMedia`].
    #[inline]
    pub fn external_media(
        &self,
        app: impl Into<String>,
        format: impl Into<String>,
    ) -> ExternalMedia<Client> {
        ExternalMedia::on(self.client.clone(), app, format)
    }
}
