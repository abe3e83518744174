//! Clients with the settings of the environment and the configuration file.

use ari_runtime::client::ClientBuilder;

use crate::{Client, Error};

impl Client {
    /// Creates a client of the server that the environment or the configuration file names, by the
    /// rules of the command `ari`: see [`config`](crate::config). Nothing is sent yet.
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`] if they name no server, user or password, contradict each
    /// other, or cannot be read. The text names the variable, or the file and the line. The errors of
    /// [`ClientBuilder::build`] are returned, too.
    pub fn from_env() -> Result<Self, Error> {
        Self::builder_from_env()?.build()
    }

    /// Creates a builder for such a client, for further settings.
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`] if the environment and the configuration file name no server,
    /// user or password, contradict each other, or cannot be read.
    pub fn builder_from_env() -> Result<ClientBuilder<Self>, Error> {
        ClientBuilder::from_env()
    }
}
