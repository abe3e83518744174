//! What a session asks the server after it has connected: whether that knows the applications, and,
//! after a gap, what the gap has changed.

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

/// Makes sure that the server knows the applications of a new socket, and that they get the events
/// of everything if they want them.
pub(super) async fn after_connecting<E: Message>(core: Arc<Core<E>>) {
    if !restore(&core).await {
        core.doubts.raise_wishes();
    }
    // A WebSocket that Asterisk has opened is known to lead to it, and may be for a single call.
    if core.names.are_learnt() {
        return;
    }
    if !learn(&core).await {
        core.doubts.raise_known();
    }
    look_again(&core).await;
}

/// Has the server subscribe the applications to what they have asked for, and filter their events,
/// where it does not. False where asking once more may do better.
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

/// Whether asking once more would end in the same error: unless the server was not reached, or was
/// not able to answer.
fn is_final(error: &Error) -> bool {
    match error {
        Error::NotSent { .. } | Error::OutcomeUnknown { .. } => false,
        error => error.status().is_none_or(|status| status < 500),
    }
}

/// Asterisk can remove an application with its former socket, when that closes in the instant in
/// which the new one opens. The new one stays open then, and nothing arrives on it.
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

/// Puts back what a server may have forgotten, tells what has changed, and ends the streams of what
/// is gone.
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
            // Those that were made and did not get as far as to be told.
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
    // At once, so that nothing is taken for known that was not told.
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

/// Takes note of what is there already of what the applications hear of: after the next gap it is
/// not new. False where asking once more may do better.
pub(super) async fn learn<E: Message>(core: &Core<E>) -> bool {
    let mut is_settled = true;
    let mut note = |error: Error| {
        is_settled &= is_final(&error);
        log::warn(core, format_args!("{error}"));
    };
    let (known, comparison) = core.memory.compare();
    let mut own = Vec::new();
    for name in core.left() {
        // Before the question: what is subscribed to meanwhile may not be in its answer.
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
    // The events of what has ended will tell so.
    correction.gone.clear();
    comparison.correct(correction);
    is_settled
}

/// What an application is subscribed to, after what is missing has been put back; false where asking
/// once more may put back more.
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

/// Subscribes again to what is missing, and sets the event filter again. False where asking once
/// more may do better.
async fn put_back<E: Message>(
    core: &Core<E>,
    name: &str,
    wish: &Wish,
    application: &Application,
    found: &mut Reconciliation,
) -> bool {
    let mut is_settled = true;
    for source in &wish.sources {
        // A second subscription to the same source would outlive one cancellation. What has been
        // cancelled meanwhile stays so.
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

/// Subscribes to channels that were originated in the gap, of which an application that was not
/// there then would not hear before they enter it.
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
