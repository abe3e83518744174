// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A module, by its id.

use crate::{Client, models};

/// A module, identified by its `moduleName`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::module`].
#[derive(Clone, Debug)]
pub struct ModuleHandle {
    pub(crate) client: Client,
    pub(super) module_name: String,
}

impl ModuleHandle {
    pub(crate) fn new(client: Client, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `moduleName` of this handle.
    #[inline]
    pub fn module_name(&self) -> &str {
        &self.module_name
    }
}

impl models::Module {
    /// Returns the handle of this module, for its operations and events, as [`Client::module`] does
    /// for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> ModuleHandle {
        ModuleHandle::new(client.clone(), &self.name)
    }
}
