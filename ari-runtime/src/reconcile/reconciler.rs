//! The task of a session that compares it with the server: it takes the checks that are due,
//! performs them, and schedules those again for which the server did not respond.
//!
//! The comparison after a gap is no check of the queue: it belongs to one connection, and the
//! session's driver ends it with that.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use crate::reconcile::work_queue::{Check, EVENT_GRACE, Outcome, WorkQueue};
use crate::reconcile::{desired_subscriptions, existing_objects, orphaned_streams, registration};
use crate::session::session_state::SessionState;

/// The delay that collects further objects, so that the server is asked about many at once.
const BATCH_DELAY: Duration = Duration::from_millis(250);

/// The longest delay before a server that did not respond is asked again.
const MAX_RETRY_DELAY: Duration = Duration::from_secs(30);

/// Schedules the checks of a WebSocket that has just opened.
fn enqueue_initial(queue: &WorkQueue, is_discovered: bool) {
    queue.enqueue_within(Duration::ZERO, [Check::Subscriptions]);
    // A WebSocket that Asterisk has opened is known to be registered, and may be for a single call.
    if !is_discovered {
        queue.enqueue_within(Duration::ZERO, [Check::ExistingObjects]);
        // By then a former socket has closed.
        queue.enqueue([Check::Registration]);
    }
}

/// Performs the checks of a session for as long as it exists.
pub(crate) async fn run(session: Arc<SessionState>) {
    let queue = &session.core.work_queue;
    enqueue_initial(queue, session.core.names.is_discovered());
    let mut delay = EVENT_GRACE;
    loop {
        let unsettled = perform(&session, queue.next_batch().await).await;
        let is_settled = unsettled.is_empty();
        queue.enqueue_within(delay, unsettled);
        delay = match is_settled {
            true => EVENT_GRACE,
            false => (delay * 2).min(MAX_RETRY_DELAY),
        };
        sleep(BATCH_DELAY).await;
    }
}

/// Performs checks, and returns those that have to be made again. Objects are checked together, so
/// that the server lists many of them in one response.
async fn perform(session: &Arc<SessionState>, checks: Vec<Check>) -> Vec<Check> {
    let mut unsettled = Vec::new();
    let mut objects = Vec::new();
    let mut checks = checks;
    // Subscriptions first: they decide which objects are covered.
    checks.sort_unstable();
    for check in checks {
        let outcome = match check {
            Check::Subscriptions => desired_subscriptions::restore(session).await,
            Check::ExistingObjects => existing_objects::record(session).await,
            Check::Registration => registration::verify(session).await,
            Check::Object(object) => {
                objects.push(object);
                continue;
            }
        };
        if outcome == Outcome::Requeue {
            unsettled.push(check);
        }
    }
    let undecided = orphaned_streams::reconcile(session, objects).await;
    unsettled.extend(undecided.into_iter().map(Check::Object));
    unsettled
}
