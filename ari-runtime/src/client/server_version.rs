//! The known release of a server, and the checks that depend on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync;

use crate::schema::operation::{Operation, Version};

/// The release of one server, shared by all that send requests to it, over any transport.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServerVersion {
    known: Arc<KnownVersion>,
    /// The version that the application has set. Responses do not override it.
    configured: Option<Version>,
    enforces: bool,
}

#[derive(Debug, Default)]
struct KnownVersion {
    /// The version in the newest response. A server can be upgraded while clients exist.
    version: Mutex<Option<Version>>,
    /// True if the server was asked and reported no version. Locked during the request.
    has_no_number: sync::Mutex<bool>,
}

impl ServerVersion {
    fn lock(&self) -> MutexGuard<'_, Option<Version>> {
        let version = &self.known.version;
        version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn version(&self) -> Option<Version> {
        self.configured.or_else(|| *self.lock())
    }

    /// Returns the version that the application has set.
    pub(crate) fn given(&self) -> Option<Version> {
        self.configured
    }

    /// Records the version from a response, if it has one.
    pub(crate) fn update(&self, version: Option<Version>) {
        if version.is_some() {
            *self.lock() = version;
        }
    }

    /// Returns the same with the availability check turned on or off. If it is on, operations that
    /// the release lacks are not sent.
    pub(crate) fn enforcing(self, checks: bool) -> Self {
        ServerVersion {
            enforces: checks,
            ..self
        }
    }

    /// Returns the same with a fixed version, which overrides the server's reports.
    pub(crate) fn with_configured(self, given: Option<Version>) -> Self {
        ServerVersion {
            configured: given,
            ..self
        }
    }

    /// Gives one caller at a time the right to ask the server for its version. The guard holds true
    /// if the server was asked and reported none.
    pub(crate) async fn fetching(&self) -> sync::MutexGuard<'_, bool> {
        self.known.has_no_number.lock().await
    }

    /// Returns the server's version if it is known to lack an operation.
    pub(crate) fn unsupported_by(&self, operation: &Operation) -> Option<Version> {
        self.version()
            .filter(|version| !operation.availability.includes(*version))
    }

    /// Returns the server's version if the operation must not be sent because the server lacks it.
    pub(crate) fn blocks(&self, operation: &Operation) -> Option<Version> {
        self.unsupported_by(operation).filter(|_| self.enforces)
    }
}
