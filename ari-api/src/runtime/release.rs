//! What is known of the release of a server, and what comes of it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync;

use super::{Operation, Version};

/// The release of one server, shared by all that send to it, whichever way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Release {
    known: Arc<Known>,
    /// The version that the application has set, which no answer overrides.
    given: Option<Version>,
    checks: bool,
}

#[derive(Debug, Default)]
struct Known {
    /// What the newest answer said: a server can be upgraded while clients live.
    version: Mutex<Option<Version>>,
    /// Set when the server was asked and named no version. Locked while it is asked.
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

    /// The version that the application has set.
    pub(super) fn given(&self) -> Option<Version> {
        self.given
    }

    /// Notes what an answer tells, which may be nothing.
    pub(super) fn note(&self, version: Option<Version>) {
        if version.is_some() {
            *self.lock() = version;
        }
    }

    /// The same, where what the release lacks is not even sent.
    pub(super) fn checking(self, checks: bool) -> Self {
        Release { checks, ..self }
    }

    /// The same, of a server that has this version whatever it says.
    pub(super) fn with_given(self, given: Option<Version>) -> Self {
        Release { given, ..self }
    }

    /// Gives one caller at a time the right to ask the server for its version. Holds true if it was
    /// asked and names none.
    pub(super) async fn asking(&self) -> sync::MutexGuard<'_, bool> {
        self.known.is_unnumbered.lock().await
    }

    /// The server's version, if it is known to lack an operation.
    pub(super) fn lacking(&self, operation: &Operation) -> Option<Version> {
        self.version()
            .filter(|version| !operation.availability.includes(*version))
    }

    /// The same where that keeps it from being sent.
    pub(super) fn forbids(&self, operation: &Operation) -> Option<Version> {
        self.lacking(operation).filter(|_| self.checks)
    }
}
