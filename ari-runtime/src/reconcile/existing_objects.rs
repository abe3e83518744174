//! Records the objects that exist when an application subscribes to them.

use std::sync::atomic::Ordering;

use tokio::time::sleep;

use crate::error::types::Error;
use crate::event::connection_event::ResyncReport;
use crate::protocol::path;
use crate::reconcile::control;
use crate::reconcile::desired_subscriptions::outcome_of;
use crate::reconcile::work_queue::{EVENT_GRACE, Outcome};
use crate::session::log;
use crate::session::session_state::SessionState;
use crate::state::diff::{AppState, AppStates};
use crate::state::inventory::InventoryUpdate;

/// Records the existing objects that the applications are subscribed to, so that they are not
/// reported as new after the next gap.
pub(super) async fn record(session: &SessionState) -> Outcome {
    let mut outcome = Outcome::Done;
    let mut note = |error: Error| {
        outcome = outcome.and(outcome_of(&error));
        log::warn(&session.core, format_args!("{error}"));
    };
    let gaps = session.router.reconnect_epoch();
    let (known, comparison) = session.core.inventory.begin_comparison();
    let mut own = Vec::new();
    for name in session.core.active_applications() {
        // Read before the request: subscriptions that are added in the meantime may be missing in
        // its response.
        let desired = session.core.inventory.desired(&name);
        match control::get_application(&session.core, &name).await {
            Ok(application) => own.push(AppState::new(name, application, desired)),
            Err(error) => note(error),
        }
    }
    for application in &own {
        application.forget_removed(&session.core.inventory);
    }
    own.retain(|application| application.application.has_subscriptions());
    if own.is_empty() {
        return outcome;
    }
    let own = AppStates {
        states: own,
        all_events: false,
    };
    let (mut found, mut correction) = (ResyncReport::default(), InventoryUpdate::default());
    match control::list_objects(&session.core, path::CHANNELS).await {
        Ok(listed) => own.diff_channels(&known, &listed, &mut found, &mut correction),
        Err(error) => note(error),
    }
    match control::list_objects(&session.core, path::BRIDGES).await {
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
        return Outcome::Requeue;
    }
    comparison.apply(correction);
    outcome
}
