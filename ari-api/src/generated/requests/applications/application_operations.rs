// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `ApplicationHandle`.

use super::{ApplicationHandle, Filter, Get, Subscribe, Unsubscribe};
use crate::{Client, runtime};

impl ApplicationHandle {
    /// Returns one application with its subscriptions and filters.
    ///
    /// `GET /applications/{applicationName}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.application_name.clone())
    }

    /// Subscribes an application to further event sources, and returns its new state.
    ///
    /// `POST /applications/{applicationName}/subscription`: see [`Subscribe`].
    #[inline]
    pub fn subscribe<M1>(
        &self,
        event_source: impl runtime::OneOrMany<String, M1>,
    ) -> Subscribe<Client> {
        Subscribe::on(self.client.clone(), self.application_name.clone(), event_source)
    }

    /// Cancels subscriptions of an application, and returns its new state.
    ///
    /// `DELETE /applications/{applicationName}/subscription`: see [`Unsubscribe`].
    #[inline]
    pub fn unsubscribe<M1>(
        &self,
        event_source: impl runtime::OneOrMany<String, M1>,
    ) -> Unsubscribe<Client> {
        Unsubscribe::on(self.client.clone(), self.application_name.clone(), event_source)
    }

    /// Sets which event types are sent to an application, and returns its new state.
    ///
    /// `PUT /applications/{applicationName}/eventFilter`: see [`Filter`].
    #[inline]
    pub fn filter(&self) -> Filter<Client> {
        Filter::on(self.client.clone(), self.application_name.clone())
    }

    /// Returns a request that connects as this application. Awaiting it returns the stream of
    /// events.
    ///
    /// A [`EventWebsocket`](crate::events::EventWebsocket) can connect several at once.
    #[inline]
    pub fn connect(&self) -> crate::events::EventWebsocket<Client> {
        crate::events::EventWebsocket::on(self.client.clone(), [self.application_name.clone()])
    }
}
