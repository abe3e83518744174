//! Server-side cleanup before closing a WebSocket.

use crate::reconcile::control;
use crate::session::core::SessionCore;
use crate::state::subscriptions;

/// Cancels the subscriptions to device states.
///
/// Asterisk 22 can deadlock if a WebSocket closes while a device state is being published. The
/// thread that cleans up after the WebSocket holds the lock of the WebSocket and waits for the end
/// of the publication, which waits for the same lock. During this request no thread holds it.
pub(crate) async fn unsubscribe_from_devices(session: &SessionCore) {
    // If Asterisk has opened the WebSocket, there may be no other transport, and nothing is read
    // from this one any more.
    if session.names.is_discovered() {
        return;
    }
    for name in session.active_applications() {
        let wish = session.inventory.desired(&name);
        for source in wish
            .sources
            .keys()
            .filter(|source| subscriptions::is_device(source))
        {
            // An error means that the subscription no longer exists or that the server does not
            // respond. Neither can be corrected here.
            let _ = control::unsubscribe(session, &name, source).await;
        }
    }
}
