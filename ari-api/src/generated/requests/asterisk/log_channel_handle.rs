// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A log channel, by its id.

use crate::Client;

/// A log channel, identified by its `logChannelName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::log_channel`].
#[derive(Clone, Debug)]
pub struct LogChannelHandle {
    pub(crate) client: Client,
    pub(super) log_channel_name: String,
}

impl LogChannelHandle {
    pub(crate) fn new(client: Client, log_channel_name: impl Into<String>) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `logChannelName` of this handle.
    #[inline]
    pub fn log_channel_name(&self) -> &str {
        &self.log_channel_name
    }
}
