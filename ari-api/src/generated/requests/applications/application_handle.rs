// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! An application, by its id.

use crate::{Client, models};

/// An application, identified by its `applicationName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::application`].
#[derive(Clone, Debug)]
pub struct ApplicationHandle {
    pub(crate) client: Client,
    pub(super) application_name: String,
}

impl ApplicationHandle {
    pub(crate) fn new(client: Client, application_name: impl Into<String>) -> Self {
        Self {
            client,
            application_name: application_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `applicationName` of this handle.
    #[inline]
    pub fn application_name(&self) -> &str {
        &self.application_name
    }
}

impl models::Application {
    /// Returns the handle of this application, for its operations and events, as
    /// [`Client::application`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> ApplicationHandle {
        ApplicationHandle::new(client.clone(), &self.name)
    }
}
