//! The journals of all processes, as the checker wants them, and what only the fake servers know.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::Duration;

use ari_cluster::gateway::Record;
use ari_cluster::testing::{Delivered, Event, Observation, Overlaps, Run, Watched, check};
use serde_json::Value;
use tokio::time::Instant;

use crate::driver::End;

/// The longest time from a new call to its worker or its policy. It is two seconds, but gateways are
/// stopped for longer, and machines can be slow.
const OFFER_LIMIT: Duration = Duration::from_secs(60);

/// The events by which gateways find out if their sockets get events. They are not passed on.
const PROBE: &str = "ChannelUserevent";

/// The epoch and the number of an event, or `None` for a gap.
type Item = Option<(String, u64)>;

/// The journals.
#[derive(Default)]
struct Journals {
    observations: Vec<(Duration, Observation)>,
    /// The events and gaps, by the journal, the worker and the server.
    delivered: BTreeMap<(String, String, String), Vec<(Duration, Item)>>,
    /// The items of the dashboards with their times: the server and the type, or `None` for a gap.
    watched: BTreeMap<String, Vec<(Duration, String, Option<String>)>>,
    /// The workers of each program that have had calls.
    members: BTreeMap<String, BTreeSet<String>>,
    /// The calls that the dialer has tried, and those that came about.
    dialed: (usize, usize),
    servers: BTreeMap<String, Server>,
}

/// The events and requests of a fake server, and those that its gateways have passed on.
#[derive(Default)]
struct Server {
    sent: usize,
    received: BTreeMap<String, usize>,
    published: BTreeSet<(String, u64)>,
    executed: usize,
}

/// Returns the lines of a journal. The last line of a process that was killed may be cut off.
fn lines(path: &Path) -> Vec<(Duration, Value)> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let values = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    values
        .map(|value| {
            let at = value["at"].as_u64().unwrap_or_default();
            (Duration::from_millis(at), value)
        })
        .collect()
}

impl Journals {
    fn read(folder: &Path) -> Journals {
        let mut journals = Journals::default();
        let mut paths: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        paths.sort();
        for path in paths {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.ends_with(".program") {
                journals.read_program(&name, &path);
            } else if let Some(name) = name.strip_suffix(".journal") {
                match name.strip_prefix("gateway-") {
                    Some(gateway) => journals.read_gateway(gateway, &path),
                    None => journals.read_server(name, &path),
                }
            }
        }
        journals
    }

    fn read_gateway(&mut self, name: &str, path: &Path) {
        let (server, number) = name.split_once('-').unwrap();
        let server = format!("server-{server}");
        let of_server = self.servers.entry(server.clone()).or_default();
        for (at, line) in lines(path) {
            let record: Record = serde_json::from_value(line).unwrap();
            match &record {
                Record::Published { epoch, number, .. } => {
                    of_server.published.insert((epoch.clone(), *number));
                }
                Record::Executed { operation, .. } if operation == "channels.playWithId" => {
                    of_server.executed += 1;
                }
                _ => {}
            }
            let observation = Observation::Gateway {
                server: server.clone(),
                gateway: number.parse().unwrap(),
                record,
            };
            self.observations.push((at, observation));
        }
    }

    fn read_server(&mut self, name: &str, path: &Path) {
        let server = self.servers.entry(name.to_owned()).or_default();
        for (_, line) in lines(path) {
            let text = |key: &str| line[key].as_str().unwrap_or_default();
            match text("fact") {
                "sent" if text("kind") != PROBE => server.sent += 1,
                "received" => {
                    let request = format!("{} {}", text("method"), text("path"));
                    *server.received.entry(request).or_default() += 1;
                }
                _ => {}
            }
        }
    }

    fn read_program(&mut self, name: &str, path: &Path) {
        for (at, line) in lines(path) {
            if let Some(is_done) = line.get("dialed").and_then(Value::as_bool) {
                self.dialed.0 += 1;
                self.dialed.1 += usize::from(is_done);
            }
            if let Some(item) = line.get("watched") {
                let (server, kind) = serde_json::from_value(item.clone()).unwrap();
                let watched = self.watched.entry(name.to_owned()).or_default();
                watched.push((at, server, kind));
            }
            match line.get("event").cloned().map(serde_json::from_value) {
                Some(Ok(Event::Delivered {
                    worker,
                    server,
                    item,
                })) => {
                    let key = (name.to_owned(), worker, server);
                    self.delivered.entry(key).or_default().push((at, item));
                }
                Some(Ok(event)) => {
                    if let Event::Believed { worker, .. } = &event {
                        let members = self.members.entry(name.to_owned()).or_default();
                        members.insert(worker.clone());
                    }
                    self.observations.push((at, Observation::Program(event)));
                }
                Some(Err(error)) => panic!("{name}: {error}"),
                None => {}
            }
        }
    }
}

/// Returns the broken invariants, and prints what has happened.
pub(crate) fn judge(folder: &Path, end: &End) -> Vec<String> {
    let mut journals = Journals::read(folder);
    for (at, note) in &end.notes {
        let ended = note.strip_suffix(" has ended");
        let workers = ended.and_then(|name| journals.members.get(name));
        for worker in workers.into_iter().flatten() {
            let worker = worker.clone();
            journals
                .observations
                .push((*at, Observation::WorkerEnded { worker }));
        }
    }
    let notes = end.notes.iter();
    let notes = notes.map(|(at, note)| (*at, Observation::Note(note.clone())));
    journals.observations.extend(notes);
    journals.observations.sort_by_key(|(at, _)| *at);
    report(&journals, end);
    // The checker has times of this process.
    let first = journals.observations.first().map(|(at, _)| *at);
    let (first, base) = (first.unwrap_or_default(), Instant::now());
    let time = |at: Duration| base + at.saturating_sub(first);
    let mut broken = Vec::new();
    check_servers(&journals, end, &mut broken);
    let (dashboard, begun, until) = &end.watched;
    let seen = journals.watched.remove(dashboard).unwrap_or_default();
    let seen = seen.into_iter().filter(|(at, ..)| at <= until);
    let alive = |name: &String| end.alive.contains(name);
    let delivered = std::mem::take(&mut journals.delivered);
    let run = Run {
        observations: journals
            .observations
            .into_iter()
            .map(|(at, seen)| (time(at), seen))
            .collect(),
        delivered: delivered
            .into_iter()
            .map(|((name, worker, server), items)| Delivered {
                worker,
                server,
                items: items
                    .into_iter()
                    .map(|(at, item)| (time(at), item))
                    .collect(),
                is_alive: alive(&name),
            })
            .collect(),
        watched: vec![Watched {
            begun: time(*begun),
            end: time(*until),
            items: seen.map(|(_, server, kind)| (server, kind)).collect(),
        }],
        offer_limit: OFFER_LIMIT,
        left: end.left.clone(),
    };
    println!("        {}", Overlaps::of(&run));
    broken.extend(check(&run));
    broken
}

/// I2 and I5, by what the servers have sent and received.
fn check_servers(journals: &Journals, end: &End, broken: &mut Vec<String>) {
    let disturbed: BTreeSet<_> = end
        .disturbed
        .iter()
        .map(|it| format!("server-{it}"))
        .collect();
    for (name, server) in &journals.servers {
        let (sent, published) = (server.sent, server.published.len());
        if published > sent {
            broken.push(format!(
                "I2: {name} has sent {sent} events, and {published} were published"
            ));
        }
        if published < sent && !disturbed.contains(name) {
            broken.push(format!(
                "I2: {name} has sent {sent} events, of which {published} were published, although \
                 its gateway was not disturbed"
            ));
        }
        // Each playback has an id of its own.
        let is_play = |request: &str| request.starts_with("POST") && request.contains("/play/");
        let played = server
            .received
            .iter()
            .filter(|(request, _)| is_play(request));
        for (request, count) in played.clone().filter(|(_, count)| **count > 1) {
            broken.push(format!("I5: {name} has received {count} times: {request}"));
        }
        let received: usize = played.map(|(_, count)| count).sum();
        if received > server.executed {
            broken.push(format!(
                "I5: {name} has received {received} requests to play, and its gateways have executed \
                 {}",
                server.executed
            ));
        }
    }
}

fn report(journals: &Journals, end: &End) {
    let kinds = [
        ("gateway", "starts"),
        ("gateway", "is killed"),
        ("gateway", "is replaced"),
        ("gateway", "stops"),
        ("gateway", "continues"),
        ("worker", "starts"),
        ("worker", "is killed"),
        ("worker", "is drained"),
        ("worker", "stops"),
        ("worker", "continues"),
        ("dialer", "starts"),
        ("dashboard", "starts"),
        ("node", "starts"),
        ("node", "is killed"),
        ("node", "stops"),
        ("node", "continues"),
        ("routes", "are cut"),
    ];
    println!("{:>7} servers", journals.servers.len());
    for (part, verb) in kinds {
        let is_it = |note: &&(Duration, String)| note.1.contains(part) && note.1.ends_with(verb);
        let count = end.notes.iter().filter(is_it).count();
        println!("{count:>7} times: {part} {verb}");
    }
    let servers = journals.servers.values();
    let sent: usize = servers.clone().map(|server| server.sent).sum();
    let published: usize = servers.map(|server| server.published.len()).sum();
    let items = journals.delivered.values().flatten();
    let events = items.clone().filter(|(_, item)| item.is_some()).count();
    let gaps = items.filter(|(_, item)| item.is_none()).count();
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let mut calls = BTreeSet::new();
    let (mut resumed, mut policies) = (0, 0);
    for (_, seen) in &journals.observations {
        match seen {
            Observation::Program(Event::RequestEnded { outcome, .. }) => {
                *outcomes.entry(format!("{outcome:?}")).or_default() += 1;
            }
            Observation::Gateway { server, record, .. } => match record {
                Record::Assigned {
                    call, generation, ..
                } => {
                    calls.insert((server, call));
                    resumed += usize::from(*generation > 1);
                }
                Record::PolicyApplied { .. } => policies += 1,
                _ => {}
            },
            _ => {}
        }
    }
    println!(
        "{:>7} calls arrived, {} of {} were dialed",
        end.calls, journals.dialed.1, journals.dialed.0
    );
    println!(
        "{:>7} calls had a worker, {resumed} assignments were later ones, {policies} times a policy was applied",
        calls.len()
    );
    println!(
        "{sent:>7} events sent, {published} published, {events} delivered, {gaps} gaps reported"
    );
    println!("        requests: {outcomes:?}");
    for (name, items) in &journals.watched {
        let gaps = items.iter().filter(|(_, _, kind)| kind.is_none()).count();
        println!(
            "{:>7} events and {gaps} gaps seen by {name}",
            items.len() - gaps
        );
    }
}
