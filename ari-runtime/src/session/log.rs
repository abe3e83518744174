//! Log messages of sessions. They use `tracing`, which requires the feature `client`.

use std::fmt::Arguments;

use crate::session::core::SessionCore;

/// Logs something that may need action.
pub(crate) fn warn(session: &SessionCore, message: Arguments<'_>) {
    #[cfg(feature = "client")]
    tracing::warn!(applications = ?session.names.list(), "{message}");
    #[cfg(not(feature = "client"))]
    let _ = (session, message);
}

/// Logs something that is useful to know.
pub(crate) fn info(session: &SessionCore, message: Arguments<'_>) {
    #[cfg(feature = "client")]
    tracing::info!(applications = ?session.names.list(), "{message}");
    #[cfg(not(feature = "client"))]
    let _ = (session, message);
}
