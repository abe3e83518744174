//! The comparison after a gap: finds the changes during the gap, restores what the server has lost,
//! and reports both.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use crate::event::connection_event::{ConnectionEvent, ResyncReport};
use crate::event::object::ObjectRef;
use crate::protocol::{object_kind, path};
use crate::reconcile::work_queue::{Check, Outcome};
use crate::reconcile::{control, desired_subscriptions, orphaned_streams, registration};
use crate::session::session_state::SessionState;
use crate::state::diff::{AppState, AppStates, ServerObjects, absent};
use crate::state::inventory::{InventoryUpdate, Observed, PendingChannel};

/// Restores the state that a server may have lost, reports the changes, and ends the streams of
/// objects that no longer exist.
pub(crate) async fn run(session: Arc<SessionState>) {
    let mut found = ResyncReport::default();
    let (known, comparison) = session.core.inventory.begin_comparison();
    let mut own = Vec::new();
    let mut is_complete = true;
    let mut restored = Outcome::Done;
    for name in session.core.active_applications() {
        let desired = session.core.inventory.desired(&name);
        match desired_subscriptions::restore_and_get(&session, &name, &desired, &mut found).await {
            Ok((application, outcome)) => {
                restored = restored.and(outcome);
                own.push(AppState::new(name, application, desired));
            }
            Err(error) if error.status() == Some(404) => {
                return registration::force_reconnect(&session, &name);
            }
            Err(error) => {
                is_complete = false;
                restored = Outcome::Requeue;
                found.failures.push(error.to_string());
            }
        }
    }
    let own = AppStates {
        states: own,
        all_events: is_complete,
    };
    let mut correction = InventoryUpdate::default();
    match control::list_objects(&session.core, path::CHANNELS).await {
        Ok(listed) => {
            own.diff_channels(&known, &listed, &mut found, &mut correction);
            subscribe_pending(&session, &known, &own, &listed, &mut found, &mut correction).await;
            // Channels that were created and have ended before any event reported them.
            let awaited = absent(known.pending.keys(), &listed).into_iter();
            let gone: Vec<_> = awaited
                .filter(|id| {
                    !session
                        .router
                        .is_being_created(ObjectRef::new(object_kind::CHANNEL, id))
                })
                .collect();
            found.removed_channels.extend_from_slice(&gone);
            found.removed_channels.sort();
            found.removed_channels.dedup();
            correction.removed.extend(gone);
        }
        Err(error) => found.failures.push(error.to_string()),
    }
    match control::list_objects(&session.core, path::BRIDGES).await {
        Ok(listed) => own.diff_bridges(&known, &listed, &mut found, &mut correction),
        Err(error) => found.failures.push(error.to_string()),
    }
    // Everything is applied in one step, so that nothing is known that was not reported.
    found.entered_channels = comparison.apply(correction);
    drop(comparison);
    session.core.is_resyncing.store(false, Ordering::Release);
    session.broadcast(&ConnectionEvent::Resynced(Arc::new(found)));
    let queue = &session.core.work_queue;
    if restored == Outcome::Requeue {
        queue.enqueue([Check::Subscriptions]);
    }
    queue.enqueue([Check::Registration]);
    let watched = session.router.watched_objects();
    queue.enqueue_objects(orphaned_streams::reconcile(&session, watched).await);
}

/// Subscribes to channels that were originated during the gap. An application that was not
/// connected then would get none of their events before they enter it.
async fn subscribe_pending(
    session: &SessionState,
    known: &Observed,
    own: &AppStates,
    listed: &ServerObjects,
    found: &mut ResyncReport,
    correction: &mut InventoryUpdate,
) {
    for (id, PendingChannel { application, .. }) in &known.pending {
        let channel = ObjectRef::new(object_kind::CHANNEL, id);
        let Some(listed) = listed
            .get(id)
            .filter(|listed| !own.covers(channel, &listed.name))
        else {
            continue;
        };
        let source = format!("channel:{id}");
        match control::subscribe(&session.core, application, &source).await {
            Ok(()) => {
                correction.channels.push(id.clone());
                found.restored_subscriptions.push(source);
            }
            Err(error) => found.failures.push(format!("{}: {error}", listed.name)),
        }
    }
}
