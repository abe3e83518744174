// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `sounds` that no handle has.

use super::{Get, List};
use crate::Client;

/// The prompts installed on the server, with the languages and formats each is available in. Play
/// one with `sound:` and its id.
///
/// Returned by [`Client::sounds`].
#[derive(Clone, Debug)]
pub struct Sounds {
    client: Client,
}

impl Sounds {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the installed prompts, all or by language and format.
    ///
    /// `GET /sounds`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Gets one prompt, with all its languages and formats.
    ///
    /// `GET /sounds/{soundId}`: see [`Get`].
    #[inline]
    pub fn get(&self, sound_id: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), sound_id)
    }
}
