//! The reader of an application's socket: it connects, reads, and stands by while another gateway
//! reads.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Error;
use ari_api::client::{ToRequest, unique_id};
use ari_api::events::{EventWebsocket, UserEvent};
use ari_api::stream::find_event_type;
use ari_api::transport::{IncomingFrame, OutgoingFrame, WebSocket};
use futures_util::StreamExt as _;
use serde_json::Value;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::events::PROBE_EVENT;
use super::shared::Shared;
use super::{control, discover, execute, handover, workers};
use crate::bus::{BusError, Subscription, subscribe_with_retries};
use crate::hooks::{self, Mutant};
use crate::reader::who::who;
use crate::wire::header::{Header, field};
use crate::wire::subject;

/// The time for which a socket that another client has taken over is still read, because its last
/// events may come behind `ApplicationReplaced`, unless everything is handed over before.
const LAST_EVENTS: Duration = Duration::from_secs(2);

/// The time limit of asking if another gateway reads the application, and how often it is asked.
const OTHER_LIMIT: Duration = Duration::from_secs(1);
const OTHER_ATTEMPTS: u32 = 3;

/// The time for which workers claim the calls that they serve after an epoch has begun.
const CLAIMS: Duration = Duration::from_secs(2);

/// The time without heartbeats of a gateway that reads after which a standby connects, as long as other
/// gateways send some: the other one lives, and connects again by itself when its Asterisk is back. Two
/// that connect then would take the application over from each other.
const STANDBY_LIMIT: Duration = Duration::from_secs(10);

/// The time without heartbeats of any other gateway after which a standby connects. Workers give a
/// gateway up after 3.5 seconds, so that they lose nothing more if it lives and only the bus does not
/// reach it.
const DEAD_LIMIT: Duration = Duration::from_secs(5);

/// The time without any heartbeat, not even the gateway's own, after which the bus counts as
/// unreachable.
const MAX_BEAT_GAP: Duration = Duration::from_secs(3);

/// The shortest and the longest pause before the socket is connected again.
const RECONNECT_PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// The interval of pings, and the time without any frame after which the socket is given up.
const PING_INTERVAL: Duration = Duration::from_secs(10);
const SILENCE_LIMIT: Duration = Duration::from_secs(30);

/// The time in which an event arrives that the gateway has caused itself.
const PROBE_LIMIT: Duration = Duration::from_secs(10);

/// The end of reading.
enum End {
    /// The socket was lost.
    Lost(String),
    /// Another client has taken the application over.
    Replaced,
}

/// Reads the socket, until the gateway ends. `replaced` counts the applications that another gateway reads.
pub(super) async fn run(
    shared: Arc<Shared>,
    replaced: Arc<watch::Sender<usize>>,
) -> Result<(), BusError> {
    let (shortest, longest) = RECONNECT_PAUSES;
    let mut pause = shortest;
    // The epoch of another gateway, which is taken over.
    let mut other = other_epoch(&shared).await;
    loop {
        let (epoch, begun) = new_epoch(&shared);
        // Requests and claims of the epoch arrive from the moment in which it is known.
        let own = Intake::subscribe(&shared, &epoch).await?;
        let inherited = match other.take() {
            Some(epoch) => Some((Intake::subscribe(&shared, &epoch).await?, epoch)),
            None => None,
        };
        let mut socket = match connect(&shared).await {
            Ok(socket) => socket,
            Err(error) => {
                tracing::warn!(application = shared.application, %error, "cannot connect to Asterisk, and tries again");
                sleep(pause).await;
                pause = (pause * 2).min(longest);
                continue;
            }
        };
        pause = shortest;
        let is_taken_over = inherited.is_some();
        let handover = async {
            match is_taken_over {
                true => handover::request(&shared).await,
                false => None,
            }
        };
        let Ok((held, table)) = hold(&mut *socket, handover).await else {
            continue;
        };
        if table.is_none()
            && held
                .iter()
                .any(|text| is_replaced(text, &shared.application))
        {
            // A third gateway was quicker. It has the table, or gets it.
            close(socket).await;
            stand_by(&shared).await?;
            continue;
        }
        let (intake, claims_until) = match (table, inherited) {
            (Some(table), Some((intake, epoch))) if table.epoch() == epoch => {
                shared.step(|state, now| state.adopt(table, now));
                (intake, Instant::now())
            }
            _ => {
                let claims_until = Instant::now() + CLAIMS;
                shared.update(|state, _| state.begin_reading(epoch, begun, claims_until));
                (own, claims_until)
            }
        };
        super::beat::publish(&shared);
        let mut was_replaced = false;
        for text in held {
            was_replaced |= shared.step(|state, now| state.on_event(&text, now));
        }
        let mut services = intake.serve(&shared);
        let discovering = discover::run(&shared, claims_until);
        let end = read(&shared, socket, discovering, was_replaced).await;
        services.shutdown().await;
        shared.update(|state, now| state.end_reading(now));
        super::beat::publish(&shared);
        match end {
            End::Lost(reason) => {
                let application = &shared.application;
                tracing::warn!(application, reason, "the socket of the application is lost");
            }
            End::Replaced => {
                replaced.send_modify(|count| *count += 1);
                stand_by(&shared).await?;
                replaced.send_modify(|count| *count -= 1);
            }
        }
    }
}

/// Returns true if an event tells that another client has taken an application over.
fn is_replaced(text: &str, application: &str) -> bool {
    if !find_event_type(text, "type").is_ok_and(|kind| kind == "ApplicationReplaced") {
        return false;
    }
    let event: Value = serde_json::from_str(text).unwrap_or_default();
    event.get("application").and_then(Value::as_str) == Some(application)
}

/// Returns the epoch of another gateway that reads the application.
async fn other_epoch(shared: &Shared) -> Option<String> {
    let (server, application) = (&shared.settings.server, &shared.application);
    for _ in 0..OTHER_ATTEMPTS {
        match who(&*shared.bus, server, Some(application), OTHER_LIMIT).await {
            Ok(found) => return found.map(|(_, epoch)| epoch),
            Err(BusError::NoResponders(_)) => return None,
            Err(_) => {}
        }
    }
    None
}

/// The requests of an epoch.
struct Intake {
    requests: Subscription,
    controls: Subscription,
    /// Questions for the epoch. Only a gateway that reads is subscribed to them, so that others learn
    /// at once that none does.
    questions: Vec<Subscription>,
}

impl Intake {
    async fn subscribe(shared: &Shared, epoch: &str) -> Result<Self, BusError> {
        let (server, application) = (&shared.settings.server, &shared.application);
        let requests = subject::requests(server, application, epoch);
        let controls = subject::controls(server, application, epoch);
        let mut questions = Vec::new();
        let application = Some(&**application);
        let any = shared.answers_for_any.then_some(None);
        for application in [application].into_iter().chain(any) {
            let subject = subject::who(server, application);
            questions.push(subscribe_with_retries(&*shared.bus, subject, None).await?);
        }
        Ok(Intake {
            questions,
            requests: subscribe_with_retries(&*shared.bus, requests, None).await?,
            controls: subscribe_with_retries(&*shared.bus, controls, None).await?,
        })
    }

    /// Starts to respond, beginning with the requests that have arrived since.
    fn serve(self, shared: &Arc<Shared>) -> JoinSet<()> {
        let mut services = JoinSet::new();
        services.spawn(execute::serve(shared.clone(), self.requests));
        services.spawn(control::serve(shared.clone(), self.controls));
        for questions in self.questions {
            services.spawn(control::serve_who(shared.clone(), questions));
        }
        services
    }
}

/// Reads a socket while the other gateway is asked for its table. Returns the events and the table, or
/// an error if the socket is lost.
async fn hold<T>(
    socket: &mut dyn WebSocket,
    handover: impl Future<Output = Option<T>>,
) -> Result<(Vec<String>, Option<T>), ()> {
    let mut handover = std::pin::pin!(handover);
    let mut held = Vec::new();
    loop {
        let received = tokio::select! {
            biased;
            table = &mut handover => return Ok((held, table)),
            received = poll_fn(|context| {
                let received = std::task::ready!(socket.poll_receive(context));
                std::task::Poll::Ready(match received {
                    Some(Ok(IncomingFrame::Text(text))) => Ok(Some(text.to_owned())),
                    Some(Ok(IncomingFrame::Close(_)) | Err(_)) | None => Err(()),
                    Some(Ok(_)) => Ok(None),
                })
            }) => received,
        };
        held.extend(received?);
    }
}

/// Returns the name of a new epoch, and the time in milliseconds since 1970 that is part of it. Of two
/// epochs, readers take the later one.
fn new_epoch(shared: &Shared) -> (String, u64) {
    let begun = (shared.settings.clock)();
    (format!("{begun}-{}", &unique_id()[..8]), begun)
}

async fn connect(shared: &Shared) -> Result<Box<dyn WebSocket>, Error> {
    let request = EventWebsocket::new([&*shared.application]).to_request()?;
    shared.asterisk.connect(&request).await
}

/// Reads a socket to its end. `discovering` runs beside it.
async fn read(
    shared: &Arc<Shared>,
    mut socket: Box<dyn WebSocket>,
    discovering: impl Future<Output = ()>,
    was_replaced: bool,
) -> End {
    let mut discovering = std::pin::pin!(discovering);
    let mut is_discovered = false;
    let mut last_frame = Instant::now();
    let mut next_ping = last_frame + PING_INTERVAL;
    // A socket can be open and get no event, most likely right after it was taken over.
    probe(shared);
    let mut hearing = Hearing::Probed(last_frame);
    // Set when another client has taken the application over.
    let mut replaced_until = was_replaced.then(|| last_frame + LAST_EVENTS);
    loop {
        let timer = replaced_until.unwrap_or(next_ping);
        let received = tokio::select! {
            biased;
            received = poll_fn(|context| {
                let received = std::task::ready!(socket.poll_receive(context));
                std::task::Poll::Ready(match received {
                    Some(Ok(IncomingFrame::Text(text))) => {
                        let was_replaced = shared.step(|state, now| state.on_event(text, now));
                        Ok(Some(was_replaced))
                    }
                    Some(Ok(IncomingFrame::Close(_))) => Err("Asterisk has closed it".to_owned()),
                    Some(Ok(_)) => Ok(None),
                    Some(Err(error)) => Err(error.to_string()),
                    None => Err("the connection has ended".to_owned()),
                })
            }) => Some(received),
            () = sleep_until(timer) => None,
            () = shared.handed_over.notified() => {
                if !shared.read(|state| state.is_handed_over) {
                    // Left from an earlier handover.
                    continue;
                }
                // If it is closed while Asterisk still changes sockets, the new one may stay deaf.
                sleep(LAST_EVENTS).await;
                close(socket).await;
                return End::Replaced;
            }
            () = &mut discovering, if !is_discovered => {
                is_discovered = true;
                continue;
            }
        };
        let now = Instant::now();
        match received {
            Some(Ok(event)) => {
                last_frame = now;
                if event.is_some() && hooks::is_on(Mutant::WaitsForBus) {
                    let _ = other_epoch(shared).await;
                }
                if event.is_some() && hooks::is_on(Mutant::WaitsForWorker) {
                    for worker in shared.read(|state| state.workers()) {
                        let _ = workers::ping(shared, &worker).await;
                    }
                }
                if event.is_some() {
                    hearing = Hearing::Since(now);
                }
                if event == Some(true) {
                    replaced_until.get_or_insert(now + LAST_EVENTS);
                }
            }
            Some(Err(_)) if replaced_until.is_some() => return End::Replaced,
            Some(Err(reason)) => return End::Lost(reason),
            None if replaced_until.is_some() => {
                close(socket).await;
                return End::Replaced;
            }
            None if now - last_frame > SILENCE_LIMIT => {
                return End::Lost("no sign of life".to_owned());
            }
            None => {
                next_ping = now + PING_INTERVAL;
                match hearing {
                    Hearing::Since(event) if now - event >= PING_INTERVAL => {
                        probe(shared);
                        hearing = Hearing::Probed(now);
                    }
                    Hearing::Probed(at) if now - at >= PROBE_LIMIT => {
                        return End::Lost("it gets no events although it is open".to_owned());
                    }
                    _ => {}
                }
            }
        }
        if received_nothing_since(last_frame, now) && send_ping(&mut *socket).await.is_err() {
            return End::Lost("the connection has ended".to_owned());
        }
    }
}

/// The sign that a socket gets events.
enum Hearing {
    /// The time of the last event.
    Since(Instant),
    /// The time at which an event was caused that has not arrived yet.
    Probed(Instant),
}

/// Causes an event of the application, which only the reader sees.
fn probe(shared: &Arc<Shared>) {
    let request = UserEvent::new(PROBE_EVENT, &shared.application).to_request();
    let asterisk = shared.asterisk.clone();
    shared.execute(Box::pin(async move {
        if let Ok(request) = request {
            // What counts is the event.
            let _ = timeout(PROBE_LIMIT, asterisk.send(&request)).await;
        }
    }));
}

fn received_nothing_since(last_frame: Instant, now: Instant) -> bool {
    now - last_frame >= PING_INTERVAL
}

async fn send_ping(socket: &mut dyn WebSocket) -> Result<(), ()> {
    socket.send(OutgoingFrame::Ping).map_err(|_| ())?;
    let flushing = poll_fn(|context| socket.poll_flush(context));
    match timeout(Duration::from_secs(1), flushing).await {
        Ok(Err(_)) => Err(()),
        // A ping that waits is sent later.
        _ => Ok(()),
    }
}

/// Closes a socket. Asterisk no longer sends events on it.
async fn close(mut socket: Box<dyn WebSocket>) {
    if socket.send(OutgoingFrame::Close).is_ok() {
        let flushing = poll_fn(|context| socket.poll_flush(context));
        // The socket is dropped in any case.
        let _ = timeout(Duration::from_secs(1), flushing).await;
    }
}

/// Returns a random duration of up to two seconds.
fn jitter() -> Duration {
    let random = u64::from_str_radix(&unique_id()[..8], 16).unwrap_or(0);
    Duration::from_millis(random % 2000)
}

/// Waits until no other gateway reads the application, as far as this one is told: it hears its own
/// heartbeats as long as the bus can be reached.
async fn stand_by(shared: &Shared) -> Result<(), BusError> {
    let application = &shared.application;
    tracing::info!(application, "another gateway has taken over: standing by");
    let subject = subject::beat_of(&shared.settings.server, application);
    let mut beats = subscribe_with_retries(&*shared.bus, subject, None).await?;
    // Several may stand by.
    let jitter = jitter();
    let mut silent_since = Instant::now();
    let mut dead_since = silent_since;
    let mut last_beat = silent_since;
    while let Some(beat) = beats.next().await {
        let now = Instant::now();
        let header = Header::parse(&beat.header);
        let sender = header.and_then(|header| header.text(field::WORKER));
        let reads = header.is_some_and(|header| header.text(field::EPOCH).is_some());
        let is_own = sender.as_deref() == Some(&*shared.id);
        // A gap in the heartbeats of all is one of the bus.
        let was_cut_off = now - last_beat > MAX_BEAT_GAP;
        last_beat = now;
        if was_cut_off || !is_own {
            dead_since = now;
        }
        if was_cut_off || !is_own && reads {
            silent_since = now;
        }
        let is_silent = now - silent_since > STANDBY_LIMIT + jitter;
        let is_dead = now - dead_since > DEAD_LIMIT + jitter;
        if (is_silent || is_dead) && other_epoch(shared).await.is_none() {
            return Ok(());
        }
    }
    Ok(())
}
