// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `applications` that no handle has.

use super::List;
use crate::Client;

/// Stasis applications: which are registered, what they are subscribed to, and which event types
/// reach them. An application is registered by connecting to `/events`, not here. It is subscribed
/// by itself to the channels that enter it; everything else needs a subscription or `subscribeAll`.
///
/// Returned by [`Client::applications`].
#[derive(Clone, Debug)]
pub struct Applications {
    client: Client,
}

impl Applications {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the registered applications with their subscriptions and filters.
    ///
    /// `GET /applications`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }
}
