//! The handover of an application from one gateway of a server to another, without a gap: the new one
//! takes the socket over, gets the table of calls and the counters of events, and goes on in the same
//! epoch. Workers notice nothing.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, sleep};

use super::answered::Reply;
use super::call::{Call, LoggedEvent, Owner};
use super::reading::{Counters, Kept, NumberedEvent, Reading};
use super::shared::Shared;
use super::state::{Action, State};
use crate::bus::parts::{self, Collected};
use crate::bus::{BusError, respond, subscribe_with_retries};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;

/// The time without an event after which no more is expected on a socket that was taken over, and the
/// time after which the handover takes place in any case. Events that come behind
/// `ApplicationReplaced` follow within milliseconds.
const QUIET: Duration = Duration::from_millis(100);
const QUIET_LIMIT: Duration = Duration::from_secs(1);

/// The interval at which this is looked at.
const POLL: Duration = Duration::from_millis(20);

/// The time for which the new gateway waits for the table, and how often it asks.
const LIMIT: Duration = Duration::from_millis(1200);
const ATTEMPTS: u32 = 3;

/// The number of parts of the table that are asked for at the same time.
const MAX_PARTS_ASKED: usize = 32;

/// The maximum total size of the events that are handed over, in bytes.
const MAX_EVENTS_SIZE: usize = 4 * 1024 * 1024;

/// The maximum size of the responses to requests that are handed over.
const MAX_RESPONSE_SIZE: usize = 16 * 1024;

/// The table of an application.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Table {
    epoch: String,
    begun: u64,
    counters: Counters,
    /// The latest events, for readers that have lost them.
    events: Vec<HandedEvent>,
    calls: Vec<HandedCall>,
    objects: Vec<(String, String)>,
    /// The playbacks and recordings with their calls.
    #[serde(default)]
    media: Vec<(String, String)>,
    ended_calls: Vec<(String, u64)>,
    /// True if the server takes no new calls.
    #[serde(default)]
    is_draining: bool,
    /// The requests of the last minutes, with their responses if they have one.
    requests: Vec<(String, Option<HandedReply>)>,
}

#[derive(Debug, Serialize, Deserialize)]
struct HandedEvent {
    subject: String,
    header: String,
    body: String,
    destination: String,
    kind: String,
    numbers: [u64; 3],
    /// The time since it was published, in milliseconds.
    #[serde(default)]
    age: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct HandedReply {
    header: String,
    body: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct HandedCall {
    id: String,
    generation: u64,
    /// `None` while it is offered.
    worker: Option<String>,
    claimed: Option<u64>,
    resumed: bool,
    abandoned: u32,
    channels: Vec<String>,
    bridges: Vec<String>,
    pending: Vec<(String, String)>,
    log: Vec<(String, String)>,
    state: String,
}

fn to_texts<'a>(events: impl Iterator<Item = &'a LoggedEvent>) -> Vec<(String, String)> {
    events
        .map(|event| {
            let text = String::from_utf8_lossy(&event.text).into_owned();
            (event.kind.to_string(), text)
        })
        .collect()
}

/// Returns the playbacks and recordings of calls with their calls, the oldest of each call first.
fn calls_media<'a>(calls: impl Iterator<Item = (&'a String, &'a Call)>) -> Vec<(String, String)> {
    let media = calls.flat_map(|(id, call)| {
        let media = call.media.iter();
        media.map(|media| (media.clone(), id.clone()))
    });
    media.collect()
}

fn to_event((kind, text): (String, String)) -> LoggedEvent {
    LoggedEvent {
        kind: Arc::from(kind),
        text: Bytes::from(text),
    }
}

impl Table {
    pub(super) fn epoch(&self) -> &str {
        &self.epoch
    }
}

impl State {
    /// Gives everything to the gateway that has taken the socket over. `None` if there is nothing to
    /// give. From now on this gateway is silent.
    fn hand_over(&mut self, now: Instant) -> Option<Table> {
        let reading = self.reading.as_ref().filter(|_| self.is_replaced)?;
        let calls = self
            .calls
            .iter()
            .filter(|(_, call)| call.owner != Owner::Nobody);
        let table = Table {
            epoch: reading.epoch.clone(),
            begun: self.begun,
            counters: reading.counters.clone(),
            events: reading
                .latest(MAX_EVENTS_SIZE)
                .map(|kept| {
                    let (event, destination, kind, numbers) = kept.parts();
                    HandedEvent {
                        subject: event.subject.clone(),
                        header: event.header.clone(),
                        body: String::from_utf8_lossy(&event.body).into_owned(),
                        destination: destination.to_owned(),
                        kind: kind.to_owned(),
                        numbers,
                        age: u64::try_from(kept.age(now).as_millis()).unwrap_or(u64::MAX),
                    }
                })
                .collect(),
            calls: calls
                .map(|(id, call)| HandedCall {
                    id: id.clone(),
                    generation: call.generation,
                    worker: call.worker().map(str::to_owned),
                    claimed: call.claimed,
                    resumed: call.resumed,
                    abandoned: call.abandoned,
                    channels: call.channels.iter().cloned().collect(),
                    bridges: call.bridges.iter().cloned().collect(),
                    pending: to_texts(call.pending.iter()),
                    log: to_texts(call.logged()),
                    state: BASE64.encode(&call.state),
                })
                .collect(),
            objects: self.objects.clone().into_iter().collect(),
            media: calls_media(self.calls.iter()),
            ended_calls: self.ended_calls.iter().cloned().collect(),
            is_draining: self.is_draining,
            requests: self
                .answered
                .export(MAX_RESPONSE_SIZE)
                .map(|(id, reply)| {
                    let reply = reply.map(|reply| HandedReply {
                        header: reply.header.clone(),
                        body: BASE64.encode(&reply.body),
                    });
                    (id.to_owned(), reply)
                })
                .collect(),
        };
        self.is_handed_over = true;
        self.end_reading(now);
        Some(table)
    }

    /// Goes on with the table of another gateway.
    pub(super) fn adopt(&mut self, table: Table, now: Instant) -> Vec<Action> {
        let mut actions = Vec::new();
        for handed in table.calls {
            let mut call = Call::new(handed.generation, now);
            match &handed.worker {
                Some(worker) => call.assign(worker, now),
                None => actions.push(Action::Offer(handed.id.clone())),
            }
            call.claimed = handed.claimed;
            call.resumed = handed.resumed;
            call.abandoned = handed.abandoned;
            call.channels = handed.channels.into_iter().collect();
            call.bridges = handed.bridges.into_iter().collect();
            call.pending = handed.pending.into_iter().map(to_event).collect();
            for event in handed.log.into_iter().map(to_event) {
                call.log(event);
            }
            call.state = BASE64.decode(handed.state).unwrap_or_default().into();
            self.calls.insert(handed.id, call);
        }
        self.objects = table.objects.into_iter().collect();
        self.forget_media();
        for (media, call) in &table.media {
            self.bind_media_to(media, call);
        }
        self.ended_calls = table.ended_calls.into();
        self.is_draining |= table.is_draining;
        for (id, reply) in table.requests {
            let reply = reply.map(|reply| Reply {
                header: reply.header,
                body: BASE64.decode(reply.body).unwrap_or_default().into(),
            });
            self.answered.import(id, reply, now);
        }
        let kept = table.events.into_iter().map(|handed| {
            let event = NumberedEvent {
                subject: handed.subject,
                header: handed.header,
                body: Bytes::from(handed.body),
            };
            let age = Duration::from_millis(handed.age);
            let at = now.checked_sub(age).unwrap_or(now);
            Kept::from_parts(event, handed.destination, handed.kind, handed.numbers, at)
        });
        let reading = Reading::continued(table.epoch, table.counters, kept, self.ring, now);
        self.begin_continued(reading, table.begun, now);
        actions
    }
}

/// Responds to gateways that take over, until this gateway ends.
pub(super) async fn serve(shared: Arc<Shared>) -> Result<(), BusError> {
    let subject = subject::handover(&shared.settings.server, &shared.application);
    let mut messages = subscribe_with_retries(&*shared.bus, subject, None).await?;
    // The gateway that has the table, which may ask again, and the table.
    let mut given: Option<(String, Bytes)> = None;
    while let Some(message) = messages.next().await {
        let Some(header) = Header::parse(&message.header) else {
            continue;
        };
        let Some(gateway) = header.text(field::WORKER).filter(|id| **id != shared.id) else {
            continue;
        };
        if given.as_ref().is_none_or(|(known, _)| *known != gateway) {
            match give(&shared).await {
                Some(table) => given = Some((gateway.into_owned(), Bytes::from(table))),
                None => continue,
            }
        }
        let Some((_, body)) = &given else { continue };
        let offset = header.number(field::OFFSET).unwrap_or(0);
        let part = parts::part_at(&*shared.bus, body, offset).unwrap_or_default();
        let header = HeaderWriter::new()
            .plain(field::STATUS, 200)
            .plain(field::SIZE, body.len());
        respond(&*shared.bus, &message, header.finish(), part);
    }
    Ok(())
}

/// Waits until no more events are expected, and returns the table.
async fn give(shared: &Shared) -> Option<Vec<u8>> {
    let deadline = Instant::now() + QUIET_LIMIT;
    loop {
        let (is_reading, quiet_since) = shared.read(|state| {
            let is_reading = state.epoch().is_some();
            (is_reading, state.last_event.filter(|_| state.is_replaced))
        });
        if !is_reading {
            // Another one may have it.
            return None;
        }
        let is_quiet = quiet_since.is_some_and(|since| since.elapsed() >= QUIET);
        if is_quiet || Instant::now() >= deadline {
            break;
        }
        sleep(POLL).await;
    }
    let table = shared.update(|state, now| state.hand_over(now))?;
    shared.handed_over.notify_one();
    serde_json::to_vec(&table).ok()
}

/// Asks the gateway that has read so far for its table. `None` if it does not respond.
pub(super) async fn request(shared: &Shared) -> Option<Table> {
    let (size, first) = ask(shared, 0).await?;
    let mut collected = Collected::new(size, &first).ok()?;
    // One after the other, they could take longer than workers wait for a heartbeat.
    let offsets = (first.len()..size).step_by(first.len().max(1));
    let mut parts = stream::iter(offsets)
        .map(|offset| ask(shared, offset))
        .buffered(MAX_PARTS_ASKED)
        .boxed();
    while let Some(part) = parts.next().await {
        collected.add(&part?.1).ok()?;
    }
    let is_whole = collected.next_offset().is_none();
    drop(parts);
    is_whole.then(|| serde_json::from_slice(&collected.finish()).ok())?
}

/// Asks for the part of the table at an offset. Returns the size of the table and the part.
async fn ask(shared: &Shared, offset: usize) -> Option<(usize, Bytes)> {
    let subject = subject::handover(&shared.settings.server, &shared.application);
    let header = HeaderWriter::new()
        .text(field::WORKER, &shared.id)
        .plain(field::OFFSET, offset)
        .finish();
    for _ in 0..ATTEMPTS {
        let (subject, header) = (subject.clone(), header.clone());
        let asking = shared.bus.request(subject, header, Bytes::new(), LIMIT);
        if let Ok(response) = asking.await {
            let size = Header::parse(&response.header)?.number(field::SIZE)?;
            return Some((usize::try_from(size).ok()?, response.body));
        }
    }
    None
}
