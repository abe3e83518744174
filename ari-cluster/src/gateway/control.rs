//! The requests of workers and readers that are not for Asterisk.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::StreamExt as _;

use super::adopt;
use super::fence::refuse;
use super::large_messages::Arrival;
use super::reading::CounterKey;
use super::shared::Shared;
use crate::bus::parts;
use crate::bus::{BusError, Message, Subscription, respond, subscribe_with_retries};
use crate::wire::claim::{Claim, Verdict};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;
use crate::wire::{refusal, verb};

/// The maximum size of a batch of several events.
const BATCH_SIZE: usize = 256 * 1024;

/// Responds to the requests of an epoch.
pub(super) async fn serve(shared: Arc<Shared>, mut messages: Subscription) {
    while let Some(message) = messages.next().await {
        if shared.read(|state| state.is_replaced || state.is_handed_over) {
            continue;
        }
        let message = match shared.receive(message) {
            Arrival::Whole(message) => message,
            Arrival::Part => continue,
            Arrival::Incomplete(message) => {
                let reply = refuse(refusal::NO_PART, None);
                respond(&*shared.bus, &message, reply.header, reply.body);
                continue;
            }
        };
        match message.subject.rsplit('.').next().unwrap_or_default() {
            verb::PART => shared.respond_with_part(&message),
            verb::CLAIM => claim(&shared, &message),
            verb::ADOPT => {
                let adopting = adopt::respond_to(shared.clone(), message);
                shared.execute(adopting);
            }
            verb => {
                let header = match on_worker(&shared, &message, verb) {
                    Some(()) => ok(&shared).finish(),
                    None => refuse(refusal::NOT_OWNER, None).header,
                };
                respond(&*shared.bus, &message, header, Bytes::new());
            }
        }
    }
}

/// Responds to readers that have lost events, until the gateway ends. A gateway that does not know the
/// epoch is silent, because another one may know it.
pub(super) async fn serve_replays(shared: Arc<Shared>) -> Result<(), BusError> {
    let subject = subject::replays(&shared.settings.server, &shared.application);
    let mut messages = subscribe_with_retries(&*shared.bus, subject, None).await?;
    while let Some(message) = messages.next().await {
        replay(&shared, &message);
    }
    Ok(())
}

/// Tells the epoch to those who ask, as long as this gateway reads.
pub(super) async fn serve_who(shared: Arc<Shared>, mut messages: Subscription) {
    while let Some(message) = messages.next().await {
        if shared.read(|state| state.epoch().is_some()) {
            respond(&*shared.bus, &message, ok(&shared).finish(), Bytes::new());
        }
    }
}

/// Returns the header of a success, with the application, the epoch and the version of Asterisk.
fn ok(shared: &Shared) -> HeaderWriter {
    let epoch = shared.read(|state| state.epoch().map(str::to_owned));
    let mut header = HeaderWriter::new()
        .plain(field::STATUS, 200)
        .text(field::APPLICATION, &shared.application);
    if let Some(epoch) = &epoch {
        header = header.text(field::EPOCH, epoch);
    }
    if let Some(version) = shared.version() {
        header = header.text(field::VERSION, &version.to_string());
    }
    header
}

fn on_worker(shared: &Shared, message: &Message, verb: &str) -> Option<()> {
    let header = Header::parse(&message.header)?;
    let worker = header.text(field::WORKER)?;
    let call = header.list(field::CALLS).into_iter().next()?;
    let generation = header.number(field::GENERATION)?;
    let mut has = false;
    shared.step(|state, now| {
        has = state.has(&worker, &call, generation);
        match verb {
            verb::KEEP => {
                has = state.keep(&worker, &call, generation, message.body.clone());
                Vec::new()
            }
            verb::RELEASE => {
                if !message.body.is_empty() {
                    state.keep(&worker, &call, generation, message.body.clone());
                }
                state.release(&worker, &call, generation, now)
            }
            _ => state.done(&worker, &call, generation, now),
        }
    });
    has.then_some(())
}

fn claim(shared: &Shared, message: &Message) {
    let parsed = Header::parse(&message.header).and_then(|header| {
        let worker = header.text(field::WORKER)?.into_owned();
        let claims: Vec<Claim> = serde_json::from_slice(&message.body).ok()?;
        Some((worker, claims))
    });
    let Some((worker, claims)) = parsed else {
        let reply = refuse(refusal::MALFORMED, None);
        respond(&*shared.bus, message, reply.header, reply.body);
        return;
    };
    let mut verdict = Verdict::default();
    shared.step(|state, now| {
        let (decided, actions) = state.claim(&worker, &claims, now);
        verdict = decided;
        actions
    });
    let last = shared.read(|state| Some(state.counters()?.destinations.get(&worker).copied()));
    let header = match last {
        Some(last) => ok(shared).plain(field::DESTINATION, last.unwrap_or(0)),
        None => HeaderWriter::new().plain(field::ERROR, refusal::NO_READER),
    };
    let body = serde_json::to_vec(&verdict).unwrap_or_default();
    shared.respond_with(message, header, Bytes::from(body));
}

fn replay(shared: &Shared, message: &Message) {
    let first = Header::parse(&message.header).and_then(|header| {
        let since = Duration::from_millis(header.number(field::SINCE)?);
        let (epoch, key) = (header.text(field::EPOCH)?, counter_key(header));
        shared.update(|state, now| state.first_since(&epoch, &key, since, now))
    });
    if let Some(first) = first {
        let header = HeaderWriter::new().plain(field::STATUS, 200);
        let header = header.plain(field::FROM, first).finish();
        respond(&*shared.bus, message, header, Bytes::new());
        return;
    }
    let max_size = parts::part_size(&*shared.bus).min(BATCH_SIZE);
    let found = Header::parse(&message.header).and_then(|header| {
        let epoch = header.text(field::EPOCH)?;
        let key = counter_key(header);
        let range = (header.number(field::FROM)?, header.number(field::TO)?);
        shared.update(|state, now| {
            let replay = state.replay(&epoch, &key, range, max_size, now)?;
            state.tally.on_replay(replay.first_kept.is_none());
            Some((replay, header.number(field::OFFSET).unwrap_or(0)))
        })
    });
    if let Some((replay, offset)) = found {
        let mut header = HeaderWriter::new().plain(field::STATUS, 200);
        if let Some(first) = replay.first_kept {
            header = header.plain(field::FROM, first);
        }
        let mut batch = replay.batch;
        if batch.len() > max_size {
            // One event, which the reader fetches in parts.
            header = header.plain(field::SIZE, batch.len());
            batch = parts::part_at(&*shared.bus, &batch, offset).unwrap_or_default();
        }
        respond(&*shared.bus, message, header.finish(), batch);
    }
}

/// Returns the counter that a question is about.
fn counter_key(header: Header<'_>) -> CounterKey {
    match (header.text(field::DESTINATION), header.text(field::KIND)) {
        (Some(destination), _) => CounterKey::Destination(destination.into_owned()),
        (None, Some(kind)) => CounterKey::Kind(kind.into_owned()),
        (None, None) => CounterKey::All,
    }
}
