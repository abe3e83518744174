//! Restores the subscriptions and event filters that the application has requested and the server
//! lacks.

use crate::error::types::Error;
use crate::event::connection_event::ResyncReport;
use crate::reconcile::control;
use crate::reconcile::work_queue::Outcome;
use crate::session::log;
use crate::session::session_state::SessionState;
use crate::state::sources::AppSnapshot;
use crate::state::subscriptions::{self, AppSubscriptions};

/// Restores missing subscriptions and event filters of the applications on the server.
pub(super) async fn restore(session: &SessionState) -> Outcome {
    let mut outcome = Outcome::Done;
    let mut found = ResyncReport::default();
    for name in &session.core.active_applications() {
        let desired = session.core.inventory.desired(name);
        if desired.is_empty() {
            continue;
        }
        match control::get_application(&session.core, name).await {
            Ok(application) => {
                let applied = apply(session, name, &desired, &application, &mut found).await;
                outcome = outcome.and(applied);
            }
            Err(error) => {
                outcome = outcome.and(outcome_of(&error));
                found.failures.push(error.to_string());
            }
        }
    }
    for source in found.restored_subscriptions {
        log::info(
            &session.core,
            format_args!("restored the subscription to {source}"),
        );
    }
    for failure in found.failures {
        log::warn(
            &session.core,
            format_args!("a subscription or an event filter was not restored: {failure}"),
        );
    }
    outcome
}

/// Returns the outcome of a check that ended in an error: a retry may succeed if the server was not
/// reached or was not able to respond.
pub(super) fn outcome_of(error: &Error) -> Outcome {
    match error {
        Error::NotSent { .. } | Error::OutcomeUnknown { .. } => Outcome::Requeue,
        error if error.status().is_some_and(|status| status >= 500) => Outcome::Requeue,
        _ => Outcome::Done,
    }
}

/// Restores the missing subscriptions of an application, and returns all that it then has.
pub(super) async fn restore_and_get(
    session: &SessionState,
    name: &str,
    desired: &AppSubscriptions,
    found: &mut ResyncReport,
) -> Result<(AppSnapshot, Outcome), Error> {
    let application = control::get_application(&session.core, name).await?;
    let before = found.restored_subscriptions.len();
    let outcome = apply(session, name, desired, &application, found).await;
    if found.restored_subscriptions.len() == before {
        return Ok((application, outcome));
    }
    let application = control::get_application(&session.core, name).await?;
    Ok((application, outcome))
}

/// Subscribes again to the missing sources, and sets the event filter again.
async fn apply(
    session: &SessionState,
    name: &str,
    desired: &AppSubscriptions,
    application: &AppSnapshot,
    found: &mut ResyncReport,
) -> Outcome {
    let mut outcome = Outcome::Done;
    for source in desired.sources.keys() {
        // A further subscription to the same source would survive a cancellation.
        if application.has(source) {
            continue;
        }
        match subscribe_again(session, name, source).await {
            Ok(0) => {}
            Ok(_) => found.restored_subscriptions.push(source.clone()),
            Err(error) => {
                if error.status() == Some(422) && subscriptions::is_ephemeral(source) {
                    session.core.inventory.drop_source(source);
                }
                outcome = outcome.and(outcome_of(&error));
                found.failures.push(format!("{source}: {error}"));
            }
        }
    }
    if !desired.filter.is_empty()
        && let Err(error) = control::set_filter(&session.core, name, desired.filter.clone()).await
    {
        outcome = outcome.and(outcome_of(&error));
        found.failures.push(format!("the event filter: {error}"));
    }
    outcome
}

/// Subscribes an application as often to a source as it was subscribed to it, and returns the number
/// of subscriptions. What was cancelled in the meantime stays cancelled.
async fn subscribe_again(session: &SessionState, name: &str, source: &str) -> Result<usize, Error> {
    let mut subscribed = 0;
    loop {
        let desired = session.core.inventory.desired(name);
        if desired
            .sources
            .get(source)
            .is_none_or(|count| *count <= subscribed)
        {
            return Ok(subscribed);
        }
        control::subscribe(&session.core, name, source).await?;
        subscribed += 1;
    }
}
