//! Server-side cleanup before closing a WebSocket.

use super::shared::Core;
use super::{ask, wishes};
use crate::runtime::Message;

/// Cancels the subscriptions to device states.
///
/// Asterisk 22 can deadlock if a WebSocket closes while a device state is being published. The
/// thread that cleans up after the WebSocket holds the lock of the WebSocket and waits for the end
/// of the publication, which waits for the same lock. During this request no thread holds it.
pub(super) async fn unsubscribe_from_devices<E: Message>(core: &Core<E>) {
    // If Asterisk has opened the WebSocket, there may be no other transport, and nothing is read
    // from this one any more.
    if core.names.are_learnt() {
        return;
    }
    for name in core.left() {
        let wish = core.memory.wish(&name);
        for source in wish
            .sources
            .iter()
            .filter(|source| wishes::is_device(source))
        {
            // An error means that the subscription no longer exists or that the server does not
            // respond. Neither can be corrected here.
            let _ = ask::unsubscribe(core, &name, source).await;
        }
    }
}
