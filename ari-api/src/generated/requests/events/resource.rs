// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `events` that no handle has.

use super::{ClaimChannel, EventWebsocket, UserEvent};
use crate::{Client, runtime};

/// The event WebSocket, which registers an application and delivers what happens to its calls, and
/// the two operations around it: sending custom events and claiming a call on offer. Keep the event
/// connection open at all times: a call sent to an application that is not registered is not
/// handled.
///
/// Returned by [`Client::events`].
#[derive(Clone, Debug)]
pub struct Events {
    client: Client,
}

impl Events {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Opens the WebSocket that registers applications and delivers their events.
    ///
    /// `GET /events`: see [`EventWebsocket`].
    #[inline]
    pub fn event_websocket<M1>(
        &self,
        app: impl runtime::OneOrMany<String, M1>,
    ) -> EventWebsocket<Client> {
        EventWebsocket::on(self.client.clone(), app)
    }

    /// Sends an event of your own making to an application.
    ///
    /// `POST /events/user/{eventName}`: see [`UserEvent`].
    #[inline]
    pub fn user_event(
        &self,
        event_name: impl Into<String>,
        application: impl Into<String>,
    ) -> UserEvent<Client> {
        UserEvent::on(self.client.clone(), event_name, application)
    }

    /// Claims a call on offer from `CallBroadcast` for an application.
    ///
    /// `POST /events/claim`: see [`ClaimChannel`].
    #[inline]
    pub fn claim_channel(
        &self,
        channel_id: impl Into<String>,
        application: impl Into<String>,
    ) -> ClaimChannel<Client> {
        ClaimChannel::on(self.client.clone(), channel_id, application)
    }
}
