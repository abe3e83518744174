//! Requests that a session sends after it has connected: it checks that the server knows the
//! applications, and, after a gap, finds the changes during the gap.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::time::sleep;

use crate::error::types::Error;
use crate::event::connection_event::{ConnectionEvent, ResyncReport};
use crate::event::event_type::EventType;
use crate::event::object::ObjectRef;
use crate::reconcile::work_queue::EVENT_GRACE;
use crate::reconcile::{control, orphaned_streams};
use crate::session::log;
use crate::session::session_state::SessionState;
use crate::state::diff::{AppState, AppStates, ServerObjects, absent};
use crate::state::inventory::{InventoryUpdate, Observed, PendingChannel};
use crate::state::sources::AppSnapshot;
use crate::state::subscriptions;
use crate::state::subscriptions::AppSubscriptions;

/// The delay that collects further objects, so that the server is asked about many at once.
const BATCH_DELAY: Duration = Duration::from_millis(250);

/// The longest delay before a server that did not respond is asked again.
const MAX_RETRY_DELAY: Duration = Duration::from_secs(30);

/// Performs the checks of a session for as long as it exists.
pub(crate) async fn reconcile_all<E: EventType>(session: Arc<SessionState<E>>) {
    let mut pause = EVENT_GRACE;
    loop {
        let due = session.core.work_queue.next_batch().await;
        let is_restored = !due.subscriptions || restore_subscriptions(&session).await;
        let is_primed = !due.inventory || prime_inventory(&session).await;
        let undecided = orphaned_streams::reconcile(&session, due.objects).await;
        pause = match is_restored && is_primed && undecided.is_empty() {
            true => EVENT_GRACE,
            false => (pause * 2).min(MAX_RETRY_DELAY),
        };
        if !is_restored {
            session.core.work_queue.enqueue_subscriptions_within(pause);
        }
        if !is_primed {
            session.core.work_queue.enqueue_inventory_within(pause);
        }
        session.core.work_queue.enqueue_within(pause, undecided);
        sleep(BATCH_DELAY).await;
    }
}

/// Checks that the server knows the applications of a new socket, and that they are subscribed to
/// everything if they have requested it.
pub(crate) async fn initial_sync<E: EventType>(session: Arc<SessionState<E>>) {
    if !restore_subscriptions(&session).await {
        session.core.work_queue.enqueue_subscriptions();
    }
    // A WebSocket that Asterisk has opened is known to be registered, and may be for a single call.
    if session.core.names.is_discovered() {
        return;
    }
    if !prime_inventory(&session).await {
        session.core.work_queue.enqueue_inventory();
    }
    verify_registration(&session).await;
}

/// Restores missing subscriptions and event filters of the applications on the server. Returns
/// false if a retry may succeed.
pub(crate) async fn restore_subscriptions<E: EventType>(session: &SessionState<E>) -> bool {
    let mut is_settled = true;
    let mut found = ResyncReport::default();
    for name in &session.core.active_applications() {
        let desired = session.core.inventory.desired(name);
        if desired.is_empty() {
            continue;
        }
        match control::get_application::<E>(&session.core, name).await {
            Ok(application) => {
                is_settled &=
                    apply_desired(session, name, &desired, &application, &mut found).await;
            }
            Err(error) => {
                is_settled &= is_permanent(&error);
                found.failures.push(error.to_string());
            }
        }
    }
    for source in found.restored_subscriptions {
        log::info(&session.core, format_args!("put back: {source}"));
    }
    for failure in found.failures {
        log::warn(&session.core, format_args!("not put back: {failure}"));
    }
    is_settled
}

/// Returns true if a retry would end in the same error. That is not so if the server was not
/// reached or was not able to respond.
fn is_permanent(error: &Error) -> bool {
    match error {
        Error::NotSent { .. } | Error::OutcomeUnknown { .. } => false,
        error => error.status().is_none_or(|status| status < 500),
    }
}

/// Checks that the server still knows the applications. Asterisk can remove an application together
/// with its former socket, if that closes at the same instant in which the new one opens. The new
/// socket then stays open, and nothing arrives on it.
async fn verify_registration<E: EventType>(session: &SessionState<E>) {
    // By then a former socket has closed.
    sleep(EVENT_GRACE).await;
    for name in &session.core.active_applications() {
        if let Err(error) = control::get_application::<E>(&session.core, name).await
            && error.status() == Some(404)
        {
            return force_reconnect(session, name);
        }
    }
}

fn force_reconnect<E: EventType>(session: &SessionState<E>, name: &str) {
    session.core.force_reconnect(&format!(
        "the server does not know the application {name:?}"
    ));
}

/// Restores the state that a server may have lost, reports the changes, and ends the streams of
/// objects that no longer exist.
pub(crate) async fn resync<E: EventType>(session: Arc<SessionState<E>>) {
    let mut found = ResyncReport::default();
    let (known, comparison) = session.core.inventory.begin_comparison();
    let mut own = Vec::new();
    let mut is_complete = true;
    let mut all_put_back = true;
    for name in session.core.active_applications() {
        let desired = session.core.inventory.desired(&name);
        match restore_and_get(&session, &name, &desired, &mut found).await {
            Ok((application, is_settled)) => {
                all_put_back &= is_settled;
                own.push(AppState::new(name, application, desired));
            }
            Err(error) if error.status() == Some(404) => return force_reconnect(&session, &name),
            Err(error) => {
                is_complete = false;
                all_put_back = false;
                found.failures.push(error.to_string());
            }
        }
    }
    let own = AppStates {
        states: own,
        all_events: is_complete,
    };
    let mut correction = InventoryUpdate::default();
    match control::list_objects::<E>(&session.core, "/channels").await {
        Ok(listed) => {
            own.diff_channels(&known, &listed, &mut found, &mut correction);
            subscribe_pending(&session, &known, &own, &listed, &mut found, &mut correction).await;
            // Channels that were created and have ended before any event reported them.
            let awaited = absent(known.pending.keys(), &listed).into_iter();
            let gone: Vec<_> = awaited
                .filter(|id| {
                    !session
                        .router
                        .is_being_created(ObjectRef::new("channel", id))
                })
                .collect();
            found.removed_channels.extend_from_slice(&gone);
            found.removed_channels.sort();
            found.removed_channels.dedup();
            correction.removed.extend(gone);
        }
        Err(error) => found.failures.push(error.to_string()),
    }
    match control::list_objects::<E>(&session.core, "/bridges").await {
        Ok(listed) => own.diff_bridges(&known, &listed, &mut found, &mut correction),
        Err(error) => found.failures.push(error.to_string()),
    }
    // Everything is applied in one step, so that nothing is known that was not reported.
    found.entered_channels = comparison.apply(correction);
    drop(comparison);
    session.core.is_resyncing.store(false, Ordering::Release);
    session.broadcast(&ConnectionEvent::Resynced(Arc::new(found)));
    if !all_put_back {
        session.core.work_queue.enqueue_subscriptions();
    }
    orphaned_streams::reconcile_watched(&session).await;
    verify_registration(&session).await;
}

/// Records the existing objects that the applications are subscribed to, so that they are not
/// reported as new after the next gap. Returns false if a retry may succeed.
pub(crate) async fn prime_inventory<E: EventType>(session: &SessionState<E>) -> bool {
    let mut is_settled = true;
    let mut note = |error: Error| {
        is_settled &= is_permanent(&error);
        log::warn(&session.core, format_args!("{error}"));
    };
    let gaps = session.router.reconnect_epoch();
    let (known, comparison) = session.core.inventory.begin_comparison();
    let mut own = Vec::new();
    for name in session.core.active_applications() {
        // Read before the request: subscriptions that are added in the meantime may be missing in
        // its response.
        let desired = session.core.inventory.desired(&name);
        match control::get_application::<E>(&session.core, &name).await {
            Ok(application) => own.push(AppState::new(name, application, desired)),
            Err(error) => note(error),
        }
    }
    for application in &own {
        application.forget_removed(&session.core.inventory);
    }
    own.retain(|application| application.application.has_subscriptions());
    if own.is_empty() {
        return is_settled;
    }
    let own = AppStates {
        states: own,
        all_events: false,
    };
    let (mut found, mut correction) = (ResyncReport::default(), InventoryUpdate::default());
    match control::list_objects::<E>(&session.core, "/channels").await {
        Ok(listed) => own.diff_channels(&known, &listed, &mut found, &mut correction),
        Err(error) => note(error),
    }
    match control::list_objects::<E>(&session.core, "/bridges").await {
        Ok(listed) => own.diff_bridges(&known, &listed, &mut found, &mut correction),
        Err(error) => note(error),
    }
    // Their end events will arrive.
    correction.removed.clear();
    // A channel that is found here may have entered a moment ago, with its event still on the way.
    // If the WebSocket is lost before that arrives, the channel must count as new after the gap.
    sleep(EVENT_GRACE).await;
    if session.core.is_resyncing.load(Ordering::Acquire) || session.router.reconnect_epoch() != gaps
    {
        return false;
    }
    comparison.apply(correction);
    is_settled
}

/// Returns the subscriptions of an application after restoring the missing ones, and false if a
/// retry may restore more.
async fn restore_and_get<E: EventType>(
    session: &SessionState<E>,
    name: &str,
    desired: &AppSubscriptions,
    found: &mut ResyncReport,
) -> Result<(AppSnapshot, bool), Error> {
    let application = control::get_application::<E>(&session.core, name).await?;
    let before = found.restored_subscriptions.len();
    let is_settled = apply_desired(session, name, desired, &application, found).await;
    if found.restored_subscriptions.len() == before {
        return Ok((application, is_settled));
    }
    Ok((
        control::get_application::<E>(&session.core, name).await?,
        is_settled,
    ))
}

/// Subscribes again to the missing sources, and sets the event filter again. Returns false if a
/// retry may succeed.
async fn apply_desired<E: EventType>(
    session: &SessionState<E>,
    name: &str,
    desired: &AppSubscriptions,
    application: &AppSnapshot,
    found: &mut ResyncReport,
) -> bool {
    let mut is_settled = true;
    for source in &desired.sources {
        // A second subscription to the same source would survive one cancellation. Sources that
        // have been cancelled in the meantime stay cancelled.
        if application.has(source)
            || !session
                .core
                .inventory
                .desired(name)
                .sources
                .contains(source)
        {
            continue;
        }
        match control::subscribe::<E>(&session.core, name, source).await {
            Ok(()) => found.restored_subscriptions.push(source.clone()),
            Err(error) => {
                if error.status() == Some(422) && subscriptions::is_ephemeral(source) {
                    session.core.inventory.drop_source(source);
                }
                is_settled &= is_permanent(&error);
                found.failures.push(format!("{source}: {error}"));
            }
        }
    }
    if !desired.filter.is_empty()
        && let Err(error) =
            control::set_filter::<E>(&session.core, name, desired.filter.clone()).await
    {
        is_settled &= is_permanent(&error);
        found.failures.push(format!("the event filter: {error}"));
    }
    is_settled
}

/// Subscribes to channels that were originated during the gap. An application that was not
/// connected then would get none of their events before they enter it.
async fn subscribe_pending<E: EventType>(
    session: &SessionState<E>,
    known: &Observed,
    own: &AppStates,
    listed: &ServerObjects,
    found: &mut ResyncReport,
    correction: &mut InventoryUpdate,
) {
    for (id, PendingChannel { application, .. }) in &known.pending {
        let channel = ObjectRef::new("channel", id);
        let Some(listed) = listed
            .get(id)
            .filter(|listed| !own.covers(channel, &listed.name))
        else {
            continue;
        };
        let source = format!("channel:{id}");
        match control::subscribe::<E>(&session.core, application, &source).await {
            Ok(()) => {
                correction.channels.push(id.clone());
                found.restored_subscriptions.push(source);
            }
            Err(error) => found.failures.push(format!("{}: {error}", listed.name)),
        }
    }
}
