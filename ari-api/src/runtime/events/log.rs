//! Word of sessions for whoever runs the application: by `tracing`, which comes with the feature
//! `client`.

use std::fmt::Arguments;

use super::shared::Core;

/// What somebody may have to act on.
pub(super) fn warn<E>(session: &Core<E>, message: Arguments<'_>) {
    #[cfg(feature = "client")]
    tracing::warn!(applications = ?session.names.list(), "{message}");
    #[cfg(not(feature = "client"))]
    let _ = (session, message);
}

/// What is good to know.
pub(super) fn info<E>(session: &Core<E>, message: Arguments<'_>) {
    #[cfg(feature = "client")]
    tracing::info!(applications = ?session.names.list(), "{message}");
    #[cfg(not(feature = "client"))]
    let _ = (session, message);
}
