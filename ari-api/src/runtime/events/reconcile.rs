//! Requests that a session sends after it has connected: it checks that the server knows the
//! applications, and, after a gap, finds the changes during the gap.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::time::sleep;

use super::ask;
use super::compare::{Applications, Own, There, missing};
use super::doubt::{self, GRACE};
use super::hearing::Application;
use super::memory::{Awaited, Correction, Known};
use super::shared::Core;
use super::wishes::{self, Wish};
use super::{ConnectionEvent, Object, Reconciliation, log};
use crate::runtime::{Error, Message};

/// Checks that the server knows the applications of a new socket, and that they are subscribed to
/// everything if they have requested it.
pub(super) async fn after_connecting<E: Message>(core: Arc<Core<E>>) {
    if !restore(&core).await {
        core.doubts.raise_wishes();
    }
    // A WebSocket that Asterisk has opened is known to be registered, and may be for a single call.
    if core.names.are_learnt() {
        return;
    }
    if !learn(&core).await {
        core.doubts.raise_known();
    }
    look_again(&core).await;
}

/// Restores missing subscriptions and event filters of the applications on the server. Returns
/// false if a retry may succeed.
pub(super) async fn restore<E: Message>(core: &Core<E>) -> bool {
    let mut is_settled = true;
    let mut found = Reconciliation::default();
    for name in &core.left() {
        let wish = core.memory.wish(name);
        if wish.is_empty() {
            continue;
        }
        match ask::application(core, name).await {
            Ok(application) => {
                is_settled &= put_back(core, name, &wish, &application, &mut found).await;
            }
            Err(error) => {
                is_settled &= is_final(&error);
                found.failures.push(error.to_string());
            }
        }
    }
    for source in found.restored {
        log::info(core, format_args!("put back: {source}"));
    }
    for failure in found.failures {
        log::warn(core, format_args!("not put back: {failure}"));
    }
    is_settled
}

/// Returns true if a retry would end in the same error. That is not so if the server was not
/// reached or was not able to respond.
fn is_final(error: &Error) -> bool {
    match error {
        Error::NotSent { .. } | Error::OutcomeUnknown { .. } => false,
        error => error.status().is_none_or(|status| status < 500),
    }
}

/// Checks that the server still knows the applications. Asterisk can remove an application together
/// with its former socket, if that closes at the same instant in which the new one opens. The new
/// socket then stays open, and nothing arrives on it.
async fn look_again<E: Message>(core: &Core<E>) {
    // By then a former socket has closed.
    sleep(GRACE).await;
    for name in &core.left() {
        if let Err(error) = ask::application(core, name).await
            && error.status() == Some(404)
        {
            return renew(core, name);
        }
    }
}

fn renew<E: Message>(core: &Core<E>, name: &str) {
    core.renew(&format!(
        "the server does not know the application {name:?}"
    ));
}

/// Restores the state that a server may have lost, reports the changes, and ends the streams of
/// objects that no longer exist.
pub(super) async fn after_gap<E: Message>(core: Arc<Core<E>>) {
    let mut found = Reconciliation::default();
    let (known, comparison) = core.memory.compare();
    let mut own = Vec::new();
    let mut all_told = true;
    let mut all_put_back = true;
    for name in core.left() {
        let wish = core.memory.wish(&name);
        match subscriptions(&core, &name, &wish, &mut found).await {
            Ok((application, is_settled)) => {
                all_put_back &= is_settled;
                own.push(Own::new(name, application, wish));
            }
            Err(error) if error.status() == Some(404) => return renew(&core, &name),
            Err(error) => {
                all_told = false;
                all_put_back = false;
                found.failures.push(error.to_string());
            }
        }
    }
    let own = Applications { own, all_told };
    let mut correction = Correction::default();
    match ask::list(&core, "/channels").await {
        Ok(there) => {
            own.compare_channels(&known, &there, &mut found, &mut correction);
            subscribe_awaited(&core, &known, &own, &there, &mut found, &mut correction).await;
            // Channels that were created and have ended before any event reported them.
            let awaited = missing(known.awaited.keys(), &there).into_iter();
            let gone: Vec<_> = awaited
                .filter(|id| !core.hub.is_being_made(Object::new("channel", id)))
                .collect();
            found.vanished_channels.extend_from_slice(&gone);
            found.vanished_channels.sort();
            found.vanished_channels.dedup();
            correction.gone.extend(gone);
        }
        Err(error) => found.failures.push(error.to_string()),
    }
    match ask::list(&core, "/bridges").await {
        Ok(there) => own.compare_bridges(&known, &there, &mut found, &mut correction),
        Err(error) => found.failures.push(error.to_string()),
    }
    // Everything is applied in one step, so that nothing is known that was not reported.
    found.entered_channels = comparison.correct(correction);
    drop(comparison);
    core.in_gap.store(false, Ordering::Release);
    core.announce(&ConnectionEvent::Reconciled(Arc::new(found)));
    if !all_put_back {
        core.doubts.raise_wishes();
    }
    doubt::settle_watched(&core).await;
    look_again(&core).await;
}

/// Records the existing objects that the applications are subscribed to, so that they are not
/// reported as new after the next gap. Returns false if a retry may succeed.
pub(super) async fn learn<E: Message>(core: &Core<E>) -> bool {
    let mut is_settled = true;
    let mut note = |error: Error| {
        is_settled &= is_final(&error);
        log::warn(core, format_args!("{error}"));
    };
    let gaps = core.hub.gaps();
    let (known, comparison) = core.memory.compare();
    let mut own = Vec::new();
    for name in core.left() {
        // Read before the request: subscriptions that are added in the meantime may be missing in
        // its response.
        let wish = core.memory.wish(&name);
        match ask::application(core, &name).await {
            Ok(application) => own.push(Own::new(name, application, wish)),
            Err(error) => note(error),
        }
    }
    for application in &own {
        application.forget_what_is_gone(core);
    }
    own.retain(|application| application.application.hears_anything());
    if own.is_empty() {
        return is_settled;
    }
    let own = Applications {
        own,
        all_told: false,
    };
    let (mut found, mut correction) = (Reconciliation::default(), Correction::default());
    match ask::list(core, "/channels").await {
        Ok(there) => own.compare_channels(&known, &there, &mut found, &mut correction),
        Err(error) => note(error),
    }
    match ask::list(core, "/bridges").await {
        Ok(there) => own.compare_bridges(&known, &there, &mut found, &mut correction),
        Err(error) => note(error),
    }
    // Their end events will arrive.
    correction.gone.clear();
    // A channel that is found here may have entered a moment ago, with its event still on the way.
    // If the WebSocket is lost before that arrives, the channel must count as new after the gap.
    sleep(GRACE).await;
    if core.in_gap.load(Ordering::Acquire) || core.hub.gaps() != gaps {
        return false;
    }
    comparison.correct(correction);
    is_settled
}

/// Returns the subscriptions of an application after restoring the missing ones, and false if a
/// retry may restore more.
async fn subscriptions<E: Message>(
    core: &Core<E>,
    name: &str,
    wish: &Wish,
    found: &mut Reconciliation,
) -> Result<(Application, bool), Error> {
    let application = ask::application(core, name).await?;
    let before = found.restored.len();
    let is_settled = put_back(core, name, wish, &application, found).await;
    if found.restored.len() == before {
        return Ok((application, is_settled));
    }
    Ok((ask::application(core, name).await?, is_settled))
}

/// Subscribes again to the missing sources, and sets the event filter again. Returns false if a
/// retry may succeed.
async fn put_back<E: Message>(
    core: &Core<E>,
    name: &str,
    wish: &Wish,
    application: &Application,
    found: &mut Reconciliation,
) -> bool {
    let mut is_settled = true;
    for source in &wish.sources {
        // A second subscription to the same source would survive one cancellation. Sources that
        // have been cancelled in the meantime stay cancelled.
        if application.has(source) || !core.memory.wish(name).sources.contains(source) {
            continue;
        }
        match ask::subscribe(core, name, source).await {
            Ok(()) => found.restored.push(source.clone()),
            Err(error) => {
                if error.status() == Some(422) && wishes::does_not_return(source) {
                    core.memory.unwish(source);
                }
                is_settled &= is_final(&error);
                found.failures.push(format!("{source}: {error}"));
            }
        }
    }
    if !wish.filter.is_empty()
        && let Err(error) = ask::filter(core, name, wish.filter.clone()).await
    {
        is_settled &= is_final(&error);
        found.failures.push(format!("the event filter: {error}"));
    }
    is_settled
}

/// Subscribes to channels that were originated during the gap. An application that was not
/// connected then would get none of their events before they enter it.
async fn subscribe_awaited<E: Message>(
    core: &Core<E>,
    known: &Known,
    own: &Applications,
    there: &There,
    found: &mut Reconciliation,
    correction: &mut Correction,
) {
    for (id, Awaited { application, .. }) in &known.awaited {
        let channel = Object::new("channel", id);
        let Some(there) = there
            .get(id)
            .filter(|there| !own.hear(channel, &there.name))
        else {
            continue;
        };
        let source = format!("channel:{id}");
        match ask::subscribe(core, application, &source).await {
            Ok(()) => {
                correction.channels.push(id.clone());
                found.restored.push(source);
            }
            Err(error) => found.failures.push(format!("{}: {error}", there.name)),
        }
    }
}
