//! What is put in order on the server before a WebSocket is closed.

use super::shared::Core;
use super::{ask, wishes};
use crate::runtime::Message;

/// Cancels the subscriptions to device states.
///
/// Asterisk 22 can freeze where a WebSocket closes while a device state is being told: who cleans
/// up after the WebSocket holds its lock, and waits for the end of the telling, which waits for
/// that lock. Here nobody holds it.
pub(super) async fn unsubscribe_from_devices<E: Message>(core: &Core<E>) {
    // Where Asterisk has opened the WebSocket there may be no other way than it, on which nothing
    // is read any more.
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
            // What is not subscribed to any more, or is not told, was not to be cancelled.
            let _ = ask::unsubscribe(core, &name, source).await;
        }
    }
}
