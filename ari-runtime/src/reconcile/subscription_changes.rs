//! Changes of subscriptions by requests of the application, as far as the server has made them.

use tokio::time::timeout;

use crate::event::object_key::ObjectKey;
use crate::reconcile::control;
use crate::request::untyped_request::Request;
use crate::routing::router::Router;
use crate::session::core::SessionCore;
use crate::session::log;
use crate::state::sources::{AppSnapshot, may_cover};
use crate::state::subscriptions::SubscriptionChange;

/// Records the change of subscriptions or event filters by a successful request. `gaps` is the
/// client's number of gaps when the request was sent.
pub(crate) fn on_request(router: &Router, request: &Request, gaps: u64) {
    for session in router.sessions() {
        if let Some((application, change)) = session.change_from(request) {
            apply(router, &session, &application, &change, gaps);
        }
    }
}

/// Records the change of subscriptions by a refused request: of several event sources, Asterisk
/// has subscribed to, or cancelled, those before the one that it refused.
///
/// A source that is not subscribed to after the refusal of its cancellation is cancelled,
/// whatever the reason: the server may have lost it in a gap.
pub(crate) async fn on_refused(router: &Router, request: &Request, gaps: u64) {
    for session in router.sessions() {
        let Some((application, change)) = session.change_from(request) else {
            continue;
        };
        let sources = match &change {
            SubscriptionChange::Subscribed(sources) if sources.len() > 1 => sources,
            SubscriptionChange::Unsubscribed(sources) => sources,
            _ => continue,
        };
        let Some(found) = get_subscriptions(&session, request, &application).await else {
            continue;
        };
        let (present, absent) = sources
            .iter()
            .cloned()
            .partition(|source| found.has(source));
        let change = match change {
            SubscriptionChange::Subscribed(_) => SubscriptionChange::Subscribed(present),
            _ => SubscriptionChange::Lost(absent),
        };
        apply(router, &session, &application, &change, gaps);
    }
}

/// Returns the subscriptions of an application. `None` if the server does not report them, which is
/// logged.
async fn get_subscriptions(
    session: &SessionCore,
    request: &Request,
    application: &str,
) -> Option<AppSnapshot> {
    let limit = request.timeout().unwrap_or(session.settings.timeout);
    let found = timeout(limit, control::get_application(session, application)).await;
    match found {
        Ok(Ok(found)) => return Some(found),
        // Without the application there are no subscriptions.
        Ok(Err(error)) if error.status() == Some(404) => return Some(AppSnapshot::default()),
        Ok(Err(error)) => log::warn(session, format_args!("{error}")),
        Err(_) => log::warn(
            session,
            format_args!(
                "the server did not report within {limit:?} what {application:?} is subscribed to \
                 since {} was refused: what the request changed is not restored after a gap",
                request.operation()
            ),
        ),
    }
    None
}

fn apply(
    router: &Router,
    session: &SessionCore,
    application: &str,
    change: &SubscriptionChange,
    gaps: u64,
) {
    session.on_change(application, change, router.reconnect_epoch() != gaps);
    if let SubscriptionChange::Unsubscribed(sources) | SubscriptionChange::Lost(sources) = change {
        // Checks the streams of the objects that a cancelled event source may cover.
        let concerned = |object: &ObjectKey| {
            let mut sources = sources.iter();
            sources.any(|source| may_cover(source, object.as_ref()))
        };
        let mut watched = router.watched_objects();
        watched.retain(concerned);
        session.work_queue.enqueue_objects(watched);
    }
}
