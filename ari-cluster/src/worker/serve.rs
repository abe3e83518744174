//! Taking offered calls, and running their handlers.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_api::server::{HandlerResult, IncomingSession};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use futures_util::{FutureExt as _, StreamExt as _};
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};

use super::call::{CallKey, OwnCall};
use super::member::Member;
use super::session::{self, Inheritance, Origin};
use crate::bus::parts;
use crate::bus::{BusError, Message, respond, subscribe_with_retries};
use crate::hooks::tasks::JoinSet;
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;
use crate::wire::verb;

/// The queue group of workers.
const GROUP: &str = "w";

/// The time within which the gateway confirms that a call is this worker's.
const CONFIRM_LIMIT: Duration = Duration::from_secs(10);

/// The time after which the confirmation is asked for, unless an event has come.
const CONFIRM_PAUSE: Duration = Duration::from_millis(300);

/// The time in which the body of a large offer is fetched. The gateway waits for a second.
const FETCH_LIMIT: Duration = Duration::from_millis(900);

/// The time for the session's last requests after its handler has returned.
const CLOSE_LIMIT: Duration = Duration::from_secs(5);

/// A handler, whose future returns the error if it failed.
pub(crate) type Handler = Arc<
    dyn Fn(IncomingSession<Client>) -> Pin<Box<dyn Future<Output = Option<String>> + Send>>
        + Send
        + Sync,
>;

/// Boxes a handler.
pub(crate) fn boxed<H, F>(handler: H) -> Handler
where
    H: Fn(IncomingSession<Client>) -> F + Send + Sync + 'static,
    F: Future + Send + 'static,
    F::Output: HandlerResult,
{
    Arc::new(move |session| {
        let handling = handler(session);
        Box::pin(async move { handling.await.into_error_text() })
    })
}

/// The handlers and limits of a worker.
#[derive(Clone)]
pub(crate) struct Service {
    pub(crate) application: String,
    pub(crate) max_calls: usize,
    pub(crate) handler: Handler,
    /// The handler of calls that had another worker. `None`: they are not taken.
    pub(crate) resume: Option<Handler>,
}

/// Takes calls and runs their handlers, until the worker is dropped or drained.
pub(crate) async fn run(member: Arc<Member>, service: Service) -> Result<(), BusError> {
    let mut running = JoinSet::new();
    let mut changes = member.changes();
    loop {
        // A worker without room is not in the group.
        while member.call_count() >= service.max_calls && !member.is_draining() {
            changes.changed().await;
        }
        if member.is_draining() {
            while running.join_next().await.is_some() {}
            return Ok(());
        }
        let subject = subject::offer(&service.application);
        let mut offers = subscribe_with_retries(&*member.bus, subject, Some(GROUP)).await?;
        loop {
            let offer = tokio::select! {
                biased;
                offer = offers.next() => offer,
                () = changes.changed() => {
                    while running.try_join_next().is_some() {}
                    match member.is_draining() {
                        true => break,
                        false => continue,
                    }
                }
            };
            let Some(offer) = offer else {
                return Err(BusError::Disconnected(
                    "the subscription has ended".to_owned(),
                ));
            };
            let is_full = member.call_count() >= service.max_calls;
            let offer = fetch_body(&member, offer).await;
            match take(&member, &service, &offer).filter(|_| !is_full && !member.is_draining()) {
                Some((key, taken)) => {
                    let header = HeaderWriter::new().text(field::WORKER, &member.id).finish();
                    respond(&*member.bus, &offer, header, Bytes::new());
                    let (member, service) = (member.clone(), service.clone());
                    running.spawn(async move { serve(&member, &service, &key, taken).await });
                }
                None => respond(
                    &*member.bus,
                    &offer,
                    HeaderWriter::new().finish(),
                    Bytes::new(),
                ),
            }
            if member.call_count() >= service.max_calls {
                break;
            }
        }
    }
}

/// Returns an offer with its body, which may have to be fetched. If that fails, the offer cannot be read
/// and is not taken.
async fn fetch_body(member: &Member, mut offer: Message) -> Message {
    let place = Header::parse(&offer.header).and_then(|header| {
        let place = (
            header.text(field::SERVER)?,
            header.text(field::APPLICATION)?,
        );
        Some((place, header.text(field::EPOCH)?))
    });
    if let Some(((server, application), epoch)) = place {
        let subject = subject::control(verb::PART, (&server, &application, &epoch));
        let fetching = timeout(
            FETCH_LIMIT,
            parts::fetch_body(&*member.bus, &subject, &offer),
        );
        if let Ok(Some(Ok(body))) = fetching.await {
            offer.body = body;
        }
    }
    offer
}

/// A call that was taken.
struct Taken {
    events: mpsc::UnboundedReceiver<Bytes>,
    inheritance: Option<Inheritance>,
}

/// Takes an offered call. `None` if it cannot be served.
fn take(member: &Member, service: &Service, offer: &Message) -> Option<(CallKey, Taken)> {
    let header = Header::parse(&offer.header)?;
    let is_resumed = header.number(field::RESUMED) == Some(1);
    if is_resumed && service.resume.is_none() {
        return None;
    }
    let place = (
        header.text(field::SERVER)?.into_owned(),
        header.text(field::APPLICATION)?.into_owned(),
    );
    let epoch = header.text(field::EPOCH)?;
    let call = header.list(field::CALLS).into_iter().next()?;
    let generation = header.number(field::GENERATION)?;
    let left = read_inheritance(&offer.body)?;
    let (socket, events) = mpsc::unbounded_channel();
    let mut own = OwnCall::new(generation);
    own.socket = Some(socket);
    let channels = left.channels.iter().map(|id| format!("channel:{id}"));
    let bridges = left.bridges.iter().map(|id| format!("bridge:{id}"));
    own.add_objects(&channels.chain(bridges).collect::<Vec<_>>());
    let key = CallKey {
        place,
        call,
        generation: own.generation.clone(),
    };
    let is_taken = member.update(&key.place, |place, now| {
        if !place.on_offer(&epoch, now) {
            place.claim_soon(now);
            return false;
        }
        // An offer that comes twice, or behind a later one.
        let known = place.calls.get(&key.call);
        if known.is_some_and(|known| known.generation.get() >= generation) {
            return false;
        }
        place.calls.insert(key.call.clone(), own);
        true
    });
    let taken = Taken {
        events,
        inheritance: is_resumed.then_some(left),
    };
    is_taken.then_some((key, taken))
}

/// Reads what the previous worker of a call has left.
pub(super) fn read_inheritance(body: &[u8]) -> Option<Inheritance> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let texts = |key: &str| -> Vec<String> {
        let list = body.get(key).and_then(Value::as_array);
        let texts = list.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    };
    let state = body
        .get("state")
        .and_then(Value::as_str)
        .unwrap_or_default();
    Some(Inheritance {
        channels: texts("channels"),
        bridges: texts("bridges"),
        state: BASE64.decode(state).ok()?.into(),
        log: texts("log"),
    })
}

/// Waits until the gateway has confirmed a call, runs its handler, and gives the call back.
async fn serve(member: &Arc<Member>, service: &Service, key: &CallKey, taken: Taken) {
    let guard = Forget { member, key };
    let is_ours = timeout(CONFIRM_LIMIT, confirmed(member, key)).await;
    if !is_ours.unwrap_or(false) {
        let CallKey { call, .. } = key;
        tracing::info!(call, "an offer has lapsed: another worker has the call");
        return;
    }
    let handler = match taken.inheritance.is_some() {
        true => service.resume.as_ref().unwrap_or(&service.handler),
        false => &service.handler,
    };
    let origin = taken.inheritance.map_or(Origin::Offered, Origin::Inherited);
    let session = match session::open(member, key, taken.events, origin).await {
        Ok(session) => session,
        Err(error) => {
            tracing::warn!(call = key.call, %error, "no session");
            return;
        }
    };
    run_handler(handler, session, &key.call).await;
    drop(guard);
    member.done(key).await;
}

/// Runs a handler to its end, and closes its session.
pub(crate) async fn run_handler(handler: &Handler, session: IncomingSession<Client>, call: &str) {
    let client = session.client.clone();
    match AssertUnwindSafe(handler(session)).catch_unwind().await {
        Ok(None) => {}
        Ok(Some(error)) => tracing::warn!(call, error, "the handler of a call failed"),
        Err(_) => tracing::error!(call, "the handler of a call has panicked"),
    }
    client.connection().close(CLOSE_LIMIT).await;
}

/// Waits until the gateway has confirmed that this worker has a call. Returns false if it does not.
async fn confirmed(member: &Member, key: &CallKey) -> bool {
    let mut changes = member.changes();
    let mut ask_at = Instant::now() + CONFIRM_PAUSE;
    loop {
        changes.mark_seen();
        let state = member.read(&key.place, |place| {
            let call = place.calls.get(&key.call)?;
            (call.generation == key.generation).then_some((call.is_confirmed, call.is_lost))
        });
        match state.flatten() {
            None | Some((_, true)) => return false,
            Some((true, _)) => return true,
            Some((false, false)) => {}
        }
        if timeout_at(ask_at, changes.changed()).await.is_err() {
            ask_at = Instant::now() + CONFIRM_PAUSE;
            member.update(&key.place, |place, now| place.claim_soon(now));
        }
    }
}

/// Removes a call from the worker when it is dropped.
struct Forget<'a> {
    member: &'a Member,
    key: &'a CallKey,
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        self.member.forget(self.key);
    }
}
