// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `bridges` that no handle has.

use super::{Create, List};
use crate::Client;

/// Bridges join the media of channels: mixing bridges for two-party calls and conferences, holding
/// bridges for queues and parking. A bridge created here stays, even when empty and when the
/// application disconnects, until it is destroyed or Asterisk stops. Bridges that Asterisk makes by
/// itself, such as those of `Dial` or `ConfBridge`, can be listed and read, but everything else
/// responds with 409 for them.
///
/// Returned by [`Client::bridges`].
#[derive(Clone, Debug)]
pub struct Bridges {
    client: Client,
}

impl Bridges {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the bridges, including those that Asterisk made by itself.
    ///
    /// `GET /bridges`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Creates a bridge with an id that Asterisk or the caller chooses.
    ///
    /// `POST /bridges`: see [`Create`].
    #[inline]
    pub fn create(&self) -> Create<Client> {
        Create::on(self.client.clone())
    }
}
