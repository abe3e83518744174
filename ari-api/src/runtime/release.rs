//! The known release of a server, and the checks that depend on it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync;

use super::{Operation, Version};

/// The release of one server, shared by all that send requests to it, over any transport.
#[derive(Clone, Debug, Default)]
pub(crate) struct Release {
    known: Arc<Known>,
    /// The version that the application has set. Responses do not override it.
    given: Option<Version>,
    checks: bool,
}

#[derive(Debug, Default)]
struct Known {
    /// The version in the newest response. A server can be upgraded while clients exist.
    version: Mutex<Option<Version>>,
    /// True if the server was asked and reported no version. Locked during the request.
    is_unnumbered: sync::Mutex<bool>,
}

impl Release {
    fn lock(&self) -> MutexGuard<'_, Option<Version>> {
        let version = &self.known.version;
        version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn version(&self) -> Option<Version> {
        self.given.or_else(|| *self.lock())
    }

    /// Returns the version that the application has set.
    pub(super) fn given(&self) -> Option<Version> {
        self.given
    }

    /// Records the version from a response, if it has one.
    pub(super) fn note(&self, version: Option<Version>) {
        if version.is_some() {
            *self.lock() = version;
        }
    }

    /// Returns the same with the availability check turned on or off. If it is on, operations that
    /// the release lacks are not sent.
    pub(super) fn checking(self, checks: bool) -> Self {
        Release { checks, ..self }
    }

    /// Returns the same with a fixed version, which overrides the server's reports.
    pub(super) fn with_given(self, given: Option<Version>) -> Self {
        Release { given, ..self }
    }

    /// Gives one caller at a time the right to ask the server for its version. The guard holds true
    /// if the server was asked and reported none.
    pub(super) async fn asking(&self) -> sync::MutexGuard<'_, bool> {
        self.known.is_unnumbered.lock().await
    }

    /// Returns the server's version if it is known to lack an operation.
    pub(super) fn lacking(&self, operation: &Operation) -> Option<Version> {
        self.version()
            .filter(|version| !operation.availability.includes(*version))
    }

    /// Returns the server's version if the operation must not be sent because the server lacks it.
    pub(super) fn forbids(&self, operation: &Operation) -> Option<Version> {
        self.lacking(operation).filter(|_| self.checks)
    }
}
