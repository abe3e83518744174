//! Checks that the server knows the applications of an open WebSocket.

use crate::reconcile::control;
use crate::reconcile::work_queue::Outcome;
use crate::session::session_state::SessionState;

/// Reconnects if the server does not know an application. Asterisk can remove an application
/// together with its former socket, if that closes at the same instant in which the new one opens.
/// The new socket then stays open, and nothing arrives on it.
pub(super) async fn verify(session: &SessionState) -> Outcome {
    for name in &session.core.active_applications() {
        if let Err(error) = control::get_application(&session.core, name).await
            && error.status() == Some(404)
        {
            force_reconnect(session, name);
            break;
        }
    }
    Outcome::Done
}

/// Opens the WebSocket again.
pub(super) fn force_reconnect(session: &SessionState, name: &str) {
    session.core.force_reconnect(&format!(
        "the server does not know the application {name:?}"
    ));
}
