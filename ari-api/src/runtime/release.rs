//! What is known of the release of a server, and what comes of it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Operation, Version};

/// The release of one server, shared by all that send to it, whichever way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Release {
    /// What the newest answer said: a server can be upgraded while clients live.
    version: Arc<Mutex<Option<Version>>>,
    checks: bool,
}

impl Release {
    fn lock(&self) -> MutexGuard<'_, Option<Version>> {
        self.version.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn version(&self) -> Option<Version> {
        *self.lock()
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
