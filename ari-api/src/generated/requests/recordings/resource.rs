// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `recordings` that no handle has.

use super::ListStored;
use crate::Client;

/// Recordings come in two kinds: live ones, in progress on a channel or bridge, which can be
/// paused, muted, stopped or canceled; and stored ones, which are the files in Asterisk's recording
/// directory. A recording is started with `record` on a channel or bridge, and is identified by its
/// name in both kinds.
///
/// Returned by [`Client::recordings`].
#[derive(Clone, Debug)]
pub struct Recordings {
    client: Client,
}

impl Recordings {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the stored recordings, sorted by name, subdirectories included.
    ///
    /// `GET /recordings/stored`: see [`ListStored`].
    #[inline]
    pub fn list_stored(&self) -> ListStored<Client> {
        ListStored::on(self.client.clone())
    }
}
