//! The invariants that hold in every run.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use super::observe::Observation;
use crate::gateway::Record;
use crate::hooks::{Event, Outcome};

/// The longest time in which a lost event is replaced, also if the first questions are lost.
const DELIVERY_LIMIT: Duration = Duration::from_secs(10);

/// The events that a worker has got for an application on a server, with `None` for a gap.
#[derive(Debug)]
pub struct Delivered {
    pub worker: String,
    pub server: String,
    pub items: Vec<(Instant, Option<(String, u64)>)>,
    /// True if the worker lives at the end of the run.
    pub is_alive: bool,
}

/// The items of a watcher: for each item its server, and the type of the event, or `None` for a gap.
#[derive(Debug)]
pub struct Watched {
    pub begun: Instant,
    pub end: Instant,
    pub items: Vec<(String, Option<String>)>,
}

/// The end of a run.
#[derive(Debug)]
pub struct Run {
    pub observations: Vec<(Instant, Observation)>,
    pub delivered: Vec<Delivered>,
    pub watched: Vec<Watched>,
    /// The longest time from a new call to its worker or its policy.
    pub offer_limit: Duration,
    /// Channels that are left on the servers.
    pub left: Vec<String>,
}

/// Returns the broken invariants.
pub fn check(run: &Run) -> Vec<String> {
    let mut broken = Vec::new();
    check_delivery(run, &mut broken);
    check_unread(run, &mut broken);
    check_watchers(run, &mut broken);
    let Contested { calls, .. } = contested(run);
    check_owners(run, &calls, &mut broken);
    check_actors(run, &calls, &mut broken);
    check_requests(run, &mut broken);
    check_offers(run, &mut broken);
    for channel in &run.left {
        broken.push(format!("I6: channel {channel} is left without an owner"));
    }
    broken
}

fn records(run: &Run) -> impl Iterator<Item = (Instant, &str, usize, &Record)> {
    run.observations.iter().filter_map(|(at, seen)| match seen {
        Observation::Gateway {
            server,
            gateway,
            record,
        } => Some((*at, &**server, *gateway, record)),
        _ => None,
    })
}

/// I1: each event arrives once and in order, or a gap is reported.
fn check_delivery(run: &Run, broken: &mut Vec<String>) {
    // The number of events for each worker in each epoch, and the last epoch of each server.
    let mut published: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    // The first ones.
    let mut first: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    let mut last_epoch: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
    for (_, server, _, record) in records(run) {
        match record {
            Record::Published {
                epoch,
                destination,
                in_destination,
                ..
            } => {
                published.insert((epoch, destination), *in_destination);
                first.entry((epoch, destination)).or_insert(*in_destination);
            }
            Record::ReadingStarted { epoch, .. } => {
                last_epoch.insert(server, (epoch, true));
            }
            Record::ReadingEnded { epoch } => {
                if let Some((last, is_read)) = last_epoch.get_mut(server)
                    && last == epoch
                {
                    *is_read = false;
                }
            }
            _ => {}
        }
    }
    for Delivered {
        worker,
        server,
        items,
        is_alive,
    } in &run.delivered
    {
        let mut next: Option<(&str, u64)> = None;
        let mut had_gap = false;
        for (_, item) in items {
            let Some((epoch, number)) = item else {
                next = None;
                had_gap = true;
                continue;
            };
            match next {
                Some((current, expected)) if current == epoch && *number != expected => {
                    broken.push(format!(
                        "I1: worker {worker} got event {number} of epoch {epoch} of {server} \
                         instead of {expected}"
                    ));
                }
                Some((current, _)) if current != epoch => broken.push(format!(
                    "I1: worker {worker} got epoch {epoch} of {server} without a gap"
                )),
                None if first.get(&(&**epoch, &**worker)) != Some(number) && !had_gap => broken
                    .push(format!(
                        "I1: the first event that worker {worker} got of {server} is {number}"
                    )),
                _ => {}
            }
            next = Some((epoch, number + 1));
        }
        if let (true, Some((epoch, true))) = (is_alive, last_epoch.get(&**server)) {
            let expected = published.get(&(*epoch, &**worker)).copied().unwrap_or(0);
            let got = match next {
                Some((current, next)) if current == *epoch => next - 1,
                // Nothing since a gap.
                _ => continue,
            };
            if got != expected {
                broken.push(format!(
                    "I1: worker {worker} got {got} of {expected} events of epoch {epoch} of {server}"
                ));
            }
        }
    }
}

/// The longest time for which a message is on its way.
const TRANSIT_LIMIT: Duration = Duration::from_millis(200);

/// The longest time in which a worker is told of a gap.
const GAP_LIMIT: Duration = Duration::from_secs(15);

/// I2: of each event that no gateway has read, the owner of its call is told of a gap. I8: the gateway
/// reads events at once, whatever the bus and the workers do.
fn check_unread(run: &Run, broken: &mut Vec<String>) {
    let mut owners: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (at, seen) in &run.observations {
        match seen {
            Observation::Gateway { server, record, .. } => match record {
                Record::Assigned { call, worker, .. } => {
                    owners.insert((server, call), worker);
                }
                Record::Offered { call, .. } | Record::CallEnded { call } => {
                    owners.remove(&(&**server, &**call));
                }
                _ => {}
            },
            Observation::ReadLate { server, delay } => {
                broken.push(format!("I8: an event of {server} has waited for {delay:?}"))
            }
            Observation::Unread {
                server,
                kind,
                channel,
            } => {
                let Some(owner) = owners.get(&(&**server, &**channel)) else {
                    continue;
                };
                let mut delivered = run.delivered.iter();
                let found =
                    delivered.find(|it| it.worker == *owner && it.server == *server && it.is_alive);
                let Some(Delivered { items, .. }) = found else {
                    continue;
                };
                let later = items.partition_point(|(told, _)| told < at);
                let is_in_gap = items[..later]
                    .last()
                    .is_some_and(|(_, item)| item.is_none());
                let until = *at + GAP_LIMIT + frozen_time(run, owner, *at, *at + GAP_LIMIT);
                let is_told = items[later..]
                    .iter()
                    .any(|(told, item)| item.is_none() && *told <= until);
                if !is_in_gap && !is_told {
                    broken.push(format!(
                        "I2: no gateway has read {kind} of {channel}, and its worker {owner} was \
                         not told"
                    ));
                }
            }
            _ => {}
        }
    }
}

/// Returns for how long a worker or the bus is frozen at most, by freezes that begin or last in a time.
fn frozen_time(run: &Run, worker: &str, from: Instant, to: Instant) -> Duration {
    let frozen = run.observations.iter().map(|(at, seen)| match seen {
        Observation::Frozen {
            worker: who,
            duration,
        } if who.as_deref().is_none_or(|who| who == worker)
            && *at < to
            && *at + *duration > from =>
        {
            *duration
        }
        _ => Duration::ZERO,
    });
    frozen.sum()
}

/// I1 for watchers: they get all events from their beginning on, or are told of a gap. Those of the
/// last seconds may still be on their way. A watcher may never hear of a server that is cut off, so
/// times in which some part is are left out.
fn check_watchers(run: &Run, broken: &mut Vec<String>) {
    for Watched { begun, end, items } in &run.watched {
        let is_disturbed = run.observations.iter().any(|(at, seen)| {
            let cuts_off = |note: &str| note.ends_with("cut off: true");
            at <= end && matches!(seen, Observation::Note(note) if cuts_off(note))
        });
        if is_disturbed {
            continue;
        }
        let mut published: BTreeMap<&str, Vec<(Instant, &str)>> = BTreeMap::new();
        let mut current: BTreeMap<&str, &str> = BTreeMap::new();
        // The latest times from which they may know a server.
        let mut known_from: BTreeMap<&str, Instant> = BTreeMap::new();
        for (at, server, _, record) in records(run) {
            match record {
                Record::ReadingStarted { epoch, .. } => {
                    let is_new = current.insert(server, epoch) != Some(epoch);
                    // The first message that arrives may be one of a new epoch. The last events of
                    // the old one, which are on their way, are unknown then.
                    let is_early = (*begun..=*begun + TRANSIT_LIMIT).contains(&at);
                    known_from.extend((is_new && is_early).then_some((server, at)));
                }
                // A gateway that was taken over may publish its last events when the new one reads
                // already. Who was in its epoch gets a gap, and it is unknown to others.
                Record::Published { kind, epoch, .. } if current.get(server) == Some(&&**epoch) => {
                    published.entry(server).or_default().push((at, kind));
                }
                _ => {}
            }
        }
        for (server, published) in published {
            let of_server = items.iter().filter(|(of, _)| of == server);
            let got: Option<Vec<&str>> = of_server.map(|(_, kind)| kind.as_deref()).collect();
            // A server that is not heard all the time is unknown to the watcher.
            let Some(got) = got.filter(|got| !got.is_empty()) else {
                continue;
            };
            let from = known_from.get(server).unwrap_or(begun);
            let first = published.partition_point(|(at, _)| at < from);
            let limit = DELIVERY_LIMIT + frozen_time(run, "", *begun, *end);
            let end = published.partition_point(|(at, _)| *at < *end - limit);
            let is_complete = published
                .windows(got.len())
                .enumerate()
                .any(|(index, window)| {
                    index <= first
                        && index + got.len() >= end
                        && window.iter().map(|(_, kind)| kind).eq(&got)
                });
            if first < end && !is_complete {
                broken.push(format!(
                    "I1: a watcher got {} of {} events of {server} without a gap",
                    got.len(),
                    end - first
                ));
            }
        }
    }
}

/// Calls, each with its server first.
type Calls = BTreeSet<(String, String)>;

/// The times in which two gateways read the same server, because one of them could not hand over. Each
/// of them may give a call to a worker then.
#[derive(Default)]
pub(super) struct Contested {
    /// The calls that existed then.
    calls: Calls,
    pub(super) durations: Vec<Duration>,
}

pub(super) fn contested(run: &Run) -> Contested {
    let mut readers: BTreeMap<&str, (BTreeSet<usize>, Option<Instant>)> = BTreeMap::new();
    let mut calls: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut contested = Contested::default();
    for (at, seen) in &run.observations {
        match seen {
            Observation::Note(note) => {
                let killed = note
                    .strip_prefix("gateway ")
                    .and_then(|it| it.strip_suffix(" is killed"));
                if let Some(Ok(killed)) = killed.map(str::parse) {
                    for (readers, _) in readers.values_mut() {
                        readers.remove(&killed);
                    }
                }
            }
            Observation::Gateway {
                server,
                gateway,
                record,
            } => {
                let (readers, _) = readers.entry(server).or_default();
                let calls = calls.entry(server).or_default();
                match record {
                    Record::ReadingStarted { .. } => {
                        readers.insert(*gateway);
                    }
                    Record::ReadingEnded { .. } => {
                        readers.remove(gateway);
                    }
                    Record::Assigned { call, .. } | Record::Offered { call, .. } => {
                        calls.insert(call);
                    }
                    // The other gateway may still have it.
                    Record::CallEnded { call } if readers.len() < 2 => {
                        calls.remove(&**call);
                    }
                    _ => {}
                }
                if readers.len() > 1 {
                    let calls = calls.iter();
                    let calls = calls.map(|call| (server.clone(), (*call).to_owned()));
                    contested.calls.extend(calls);
                }
            }
            _ => {}
        }
        for (readers, since) in readers.values_mut() {
            match (readers.len() > 1, *since) {
                (true, None) => *since = Some(*at),
                (false, Some(begun)) => {
                    contested.durations.push(*at - begun);
                    *since = None;
                }
                _ => {}
            }
        }
    }
    contested
}

/// I3 and I4: generations never fall, and one worker acts on a call at a time, which also gets its
/// events. Calls that two gateways have had at the same time are left out.
fn check_owners(run: &Run, contested: &Calls, broken: &mut Vec<String>) {
    let is_contested =
        |server: &str, call: &str| contested.contains(&(server.to_owned(), call.to_owned()));
    let mut owners: BTreeMap<(&str, &str, u64), &str> = BTreeMap::new();
    let mut current: BTreeMap<(&str, &str), (u64, Option<&str>)> = BTreeMap::new();
    let mut acted: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for (_, server, _, record) in records(run) {
        match record {
            Record::Assigned { call, .. }
            | Record::Offered { call, .. }
            | Record::Executed {
                call: Some((call, _)),
                ..
            } if is_contested(server, call) => {}
            Record::Published { calls, .. }
                if calls.iter().any(|call| is_contested(server, call)) => {}
            Record::Assigned {
                call,
                generation,
                worker,
            } => {
                let key = (server, &**call, *generation);
                if owners
                    .insert(key, worker)
                    .is_some_and(|before| before != worker)
                {
                    broken.push(format!(
                        "I4: two workers have call {call} in generation {generation}"
                    ));
                }
                current.insert((server, call), (*generation, Some(worker)));
            }
            Record::Offered { call, generation } => {
                current.insert((server, call), (*generation, None));
            }
            Record::CallEnded { call } => {
                current.remove(&(server, &**call));
                acted.remove(&(server, &**call));
            }
            Record::Published {
                destination, calls, ..
            } if destination != "-" => {
                for call in calls {
                    let owner = current
                        .get(&(server, &**call))
                        .and_then(|(_, owner)| *owner);
                    if owner.is_some_and(|owner| owner != destination) {
                        broken.push(format!(
                            "I4: an event of call {call} went to {destination}, which does not have it"
                        ));
                    }
                }
            }
            Record::Executed {
                call: Some((call, generation)),
                operation,
                ..
            } => {
                let last = acted.entry((server, call)).or_default();
                if generation < last {
                    broken.push(format!(
                        "I3: {operation} for call {call} in generation {generation} after {last}"
                    ));
                }
                *last = (*last).max(*generation);
                if let Some((now, _)) = current.get(&(server, &**call))
                    && generation < now
                {
                    broken.push(format!(
                        "I4: {operation} for call {call} in generation {generation}, but it is at {now}"
                    ));
                }
            }
            _ => {}
        }
    }
}

/// I4, by what workers have done: what is executed for a call, or on its first channel, was sent by the
/// worker that has the call at that time. Calls that two gateways have had at the same time are left
/// out.
fn check_actors(run: &Run, contested: &Calls, broken: &mut Vec<String>) {
    let sent = run.observations.iter().filter_map(|(_, seen)| match seen {
        Observation::Program(Event::RequestBegun {
            id, worker, target, ..
        }) => Some((&**id, (&**worker, &**target))),
        _ => None,
    });
    let sent: BTreeMap<&str, (&str, &str)> = sent.collect();
    let mut owners: BTreeMap<(&str, &str), Option<&str>> = BTreeMap::new();
    for (_, server, _, record) in records(run) {
        match record {
            Record::Assigned { call, worker, .. } => {
                owners.insert((server, call), Some(worker));
            }
            Record::Offered { call, .. } | Record::PolicyApplied { call } => {
                owners.insert((server, call), None);
            }
            Record::CallEnded { call } => {
                owners.remove(&(server, &**call));
            }
            Record::Executed {
                id,
                operation,
                call: Some((call, _)),
            } => {
                let Some((sender, target)) = sent.get(&**id) else {
                    continue;
                };
                let mut calls = vec![&**call];
                // Everybody may read everything.
                if !is_read(operation) {
                    calls.extend(channel_of(target));
                }
                for call in calls {
                    let Some(owner) = owners.get(&(server, call)) else {
                        continue;
                    };
                    let is_contested = contested.contains(&(server.to_owned(), call.to_owned()));
                    if *owner != Some(*sender) && !is_contested {
                        let owner = owner.unwrap_or("nobody");
                        broken.push(format!(
                            "I4: {operation} of {sender} for call {call}, which {owner} has"
                        ));
                    }
                }
            }
            _ => {}
        }
    }
}

/// Returns the channel in the path of a request.
fn channel_of(target: &str) -> Option<&str> {
    let mut path = target.split(['/', '?']).skip(1);
    path.next().filter(|resource| *resource == "channels")?;
    path.next()
}

fn is_read(operation: &str) -> bool {
    operation.ends_with(".get") || operation.ends_with(".list")
}

/// I5: a request that was not sent was not executed, and an answered one once.
fn check_requests(run: &Run, broken: &mut Vec<String>) {
    let mut executed: BTreeMap<&str, i32> = BTreeMap::new();
    for (_, _, _, record) in records(run) {
        match record {
            // A read that is repeated is executed again, or refused: it has no effect.
            Record::Executed { operation, .. } if is_read(operation) => {}
            Record::Executed { id, .. } => *executed.entry(id).or_default() += 1,
            Record::NotSent { id } => *executed.entry(id).or_default() -= 1,
            _ => {}
        }
    }
    for (_, seen) in &run.observations {
        let Observation::Program(Event::RequestEnded { id, outcome }) = seen else {
            continue;
        };
        let count = executed.get(&**id).copied().unwrap_or(0);
        let is_right = match outcome {
            Outcome::NotSent | Outcome::Refused => count == 0,
            Outcome::Answered => count <= 1,
            Outcome::Unknown => true,
        };
        if !is_right {
            broken.push(format!(
                "I5: request {id} ended {outcome:?} and was executed {count} times"
            ));
        }
    }
}

/// I7: a new call has a worker or its policy in time.
fn check_offers(run: &Run, broken: &mut Vec<String>) {
    let mut waiting: BTreeMap<(&str, usize, &str), Instant> = BTreeMap::new();
    for (at, server, gateway, record) in records(run) {
        match record {
            Record::Offered {
                call,
                generation: 1,
            } => {
                waiting.entry((server, gateway, call)).or_insert(at);
            }
            // Another gateway has taken over, and asks anew.
            Record::ReadingEnded { .. } => waiting.retain(|(_, of, _), _| *of != gateway),
            Record::Assigned { call, .. }
            | Record::PolicyApplied { call }
            | Record::CallEnded { call } => {
                if let Some(since) = waiting.remove(&(server, gateway, &**call))
                    && at - since > run.offer_limit
                {
                    let waited = at - since;
                    broken.push(format!("I7: call {call} waited {waited:?} for a worker"));
                }
            }
            _ => {}
        }
    }
}
