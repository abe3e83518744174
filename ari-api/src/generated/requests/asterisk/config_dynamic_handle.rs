// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A config dynamic, by its id.

use crate::Client;

/// A config dynamic, identified by its `configClass`, `objectType`, `id`. A handle does nothing
/// until one of its operations is awaited.
///
/// Returned by [`Client::config_dynamic`].
#[derive(Clone, Debug)]
pub struct ConfigDynamicHandle {
    pub(crate) client: Client,
    pub(super) config_class: String,
    pub(super) object_type: String,
    pub(super) id: String,
}

impl ConfigDynamicHandle {
    pub(crate) fn new(
        client: Client,
        config_class: impl Into<String>,
        object_type: impl Into<String>,
        id: impl Into<String>,
    ) -> Self {
        Self {
            client,
            config_class: config_class.into(),
            object_type: object_type.into(),
            id: id.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `configClass` of this handle.
    #[inline]
    pub fn config_class(&self) -> &str {
        &self.config_class
    }

    /// Returns the `objectType` of this handle.
    #[inline]
    pub fn object_type(&self) -> &str {
        &self.object_type
    }

    /// Returns the `id` of this handle.
    #[inline]
    pub fn id(&self) -> &str {
        &self.id
    }
}
