// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of the resource `asterisk` that no handle has.

use super::{GetGlobalVar, GetInfo, ListLogChannels, ListModules, Ping, SetGlobalVar};
use crate::Client;

/// The server itself: what it is and how long it runs, its loadable modules, its log channels, its
/// global dialplan variables, and configuration objects that can be changed while it runs. `ping`
/// and `getInfo` are the cheapest ways to learn whether a server answers and which release it is.
///
/// Returned by [`Client::asterisk`].
#[derive(Clone, Debug)]
pub struct Asterisk {
    client: Client,
}

impl Asterisk {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Returns the release, the build, the main limits and the start time of the server.
    ///
    /// `GET /asterisk/info`: see [`GetInfo`].
    #[inline]
    pub fn get_info(&self) -> GetInfo<Client> {
        GetInfo::on(self.client.clone())
    }

    /// Checks that the server answers, and returns its entity id and clock.
    ///
    /// `GET /asterisk/ping`: see [`Ping`].
    #[inline]
    pub fn ping(&self) -> Ping<Client> {
        Ping::on(self.client.clone())
    }

    /// Lists the modules that are loaded, sorted by name.
    ///
    /// `GET /asterisk/modules`: see [`ListModules`].
    #[inline]
    pub fn list_modules(&self) -> ListModules<Client> {
        ListModules::on(self.client.clone())
    }

    /// Lists the destinations Asterisk logs to, with their levels.
    ///
    /// `GET /asterisk/logging`: see [`ListLogChannels`].
    #[inline]
    pub fn list_log_channels(&self) -> ListLogChannels<Client> {
        ListLogChannels::on(self.client.clone())
    }

    /// Reads a global dialplan variable.
    ///
    /// `GET /asterisk/variable`: see [`GetGlobalVar`].
    #[inline]
    pub fn get_global_var(&self, variable: impl Into<String>) -> GetGlobalVar<Client> {
        GetGlobalVar::on(self.client.clone(), variable)
    }

    /// Sets a global dialplan variable, visible to every channel.
    ///
    /// `POST /asterisk/variable`: see [`SetGlobalVar`].
    #[inline]
    pub fn set_global_var(&self, variable: impl Into<String>) -> SetGlobalVar<Client> {
        SetGlobalVar::on(self.client.clone(), variable)
    }
}
