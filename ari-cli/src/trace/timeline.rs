//! The timeline of one call in a recording.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::time::Duration;

use ari_api::traffic::{Item, SentState, TrafficFile, TrafficLine};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::event_summary::details;
use crate::text::format_count;
use crate::trace::copies::copied_lines;
use crate::trace::exchange::{Events, Exchange};
use crate::trace::graph::{CallGraph, Found, Leg, select, target_object};
use crate::trace::leg_facts::LegFacts;
use crate::trace::object::Object;
use crate::trace::origins::Origins;

/// One call.
pub(crate) struct Timeline {
    pub(crate) objects: Vec<Object>,
    /// The number of earlier channels with the id or name.
    pub(crate) earlier: usize,
    pub(crate) legs: BTreeMap<Object, Leg>,
    pub(crate) facts: BTreeMap<Object, LegFacts>,
    pub(crate) entries: Vec<Entry>,
    /// The numbers of the lines that are about the call, with copies of events.
    pub(crate) lines: BTreeSet<usize>,
    /// The objects that existed before the call.
    pub(crate) origins: Origins,
    /// The number of the last line of the file if it is incomplete.
    pub(crate) truncated_line: Option<usize>,
}

/// An entry of the timeline.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// The line in the file.
    pub(crate) line: usize,
    pub(crate) at: Duration,
    pub(crate) time: String,
    pub(crate) objects: Vec<Object>,
    pub(crate) kind: EntryKind,
    pub(crate) is_problem: bool,
}

/// The content of an entry.
#[derive(Clone, Debug)]
pub(crate) enum EntryKind {
    Event {
        kind: String,
        details: String,
    },
    Request {
        request: String,
        /// The response, or what came instead.
        outcome: String,
    },
    /// An event of the connection, or missing lines.
    Connection(String),
}

impl Timeline {
    /// Returns the timeline of the call that an object belongs to; `None` if the file does not have
    /// the object.
    pub(crate) fn new(file: &TrafficFile, call: &str) -> Option<Self> {
        let mut graph = CallGraph::default();
        let copies = copied_lines(file);
        let (events, exchanges) = read_objects(file, &copies, &mut graph);
        let Found { object, earlier } = graph.find(call)?;
        let objects = graph.related(&object);
        let mut entries = Vec::new();
        for line in &file.lines {
            let entry = match &line.item {
                Item::Event { text, .. } => {
                    let original = copies.get(&line.number).unwrap_or(&line.number);
                    event_entry(line, text, *original, &events, &objects)
                }
                Item::Request { request, .. } => exchanges
                    .get(request)
                    .and_then(|exchange| request_entry(line, exchange, &objects)),
                item => connection_text(item).map(|(text, is_problem)| {
                    entry(line, Vec::new(), EntryKind::Connection(text), is_problem)
                }),
            };
            entries.extend(entry);
        }
        // A holding bridge lasts longer than the call.
        let has_channel = |entry: &Entry| entry.objects.iter().any(Object::is_channel);
        let first = entries.iter().position(has_channel).unwrap_or_default();
        let last = entries.iter().rposition(has_channel).unwrap_or_default();
        let mut index = 0..;
        entries.retain(|entry: &Entry| {
            let is_during = index.next().is_some_and(|i| (first..=last).contains(&i));
            let is_shared = |object: &Object| graph.is_shared(object, &objects);
            is_during || entry.objects.is_empty() || !entry.objects.iter().all(is_shared)
        });
        // Connections matter only while the call exists.
        let is_of_call = |entry: &Entry| !entry.objects.is_empty();
        let first = entries.iter().position(is_of_call)?;
        let last = entries.iter().rposition(is_of_call)?;
        let mut facts = LegFacts::collect(file, &events, &exchanges);
        facts.retain(|channel, _| objects.contains(channel));
        for (channel, facts) in &mut facts {
            if let Some(first) = graph.first_half(channel) {
                facts.set_other_half(first);
            }
        }
        // What follows may be the reason why the end of a leg is missing.
        if facts.values().all(LegFacts::has_ended) {
            entries.truncate(last + 1);
        }
        entries.drain(..first);
        let lines = entries.iter().filter(|entry| is_of_call(entry));
        let lines: BTreeSet<_> = lines.map(|entry| entry.line).collect();
        entries.retain(|entry| !copies.contains_key(&entry.line));
        Some(Timeline {
            origins: Origins::find(file, &events, &exchanges, &lines),
            lines,
            legs: graph
                .legs
                .into_iter()
                .filter(|(channel, _)| objects.contains(channel))
                .collect(),
            facts,
            objects,
            earlier,
            entries,
            truncated_line: file.truncated_line,
        })
    }

    /// Returns the time from the first entry to the last.
    pub(crate) fn duration(&self) -> Duration {
        match (self.entries.first(), self.entries.last()) {
            (Some(first), Some(last)) => last.at.saturating_sub(first.at),
            _ => Duration::ZERO,
        }
    }

    /// Returns the channels: first the one that was asked for, and then the others in the order in
    /// which they appear.
    pub(crate) fn channels(&self) -> Vec<&Object> {
        let mut found: Vec<&Object> = Vec::new();
        let appearing = self.entries.iter().flat_map(|entry| &entry.objects);
        let first = self.objects.iter().take(1);
        for object in first.chain(appearing).chain(&self.objects) {
            if object.is_channel() && !found.contains(&object) {
                found.push(object);
            }
        }
        found
    }

    /// Returns the facts of the channels, in the same order.
    pub(crate) fn ordered_facts(&self) -> Vec<(&Object, &LegFacts)> {
        let channels = self.channels().into_iter();
        channels
            .filter_map(|channel| Some((channel, self.facts.get(channel)?)))
            .collect()
    }

    /// Returns the channel that was hung up first, the time, and the side that did so.
    pub(crate) fn first_hangup(&self) -> Option<(&Object, Duration, &'static str)> {
        let hangups = self.facts.iter().filter_map(|(channel, facts)| {
            let (at, side) = facts.hangup()?;
            Some((channel, at, side))
        });
        hangups.min_by_key(|(_, at, _)| *at)
    }

    /// Returns the bridges.
    pub(crate) fn bridges(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for object in self.objects.iter().filter(|object| object.is_bridge()) {
            if !found.contains(&object.id()) {
                found.push(object.id());
            }
        }
        found
    }

    /// Returns the entries as JSON, after one object for the call.
    pub(crate) fn to_json(&self, call: &str) -> Vec<Value> {
        let legs = self.channels().into_iter().map(|channel| {
            let leg = self.legs.get(channel).cloned().unwrap_or_default();
            let id = channel.id();
            let mut value =
                json!({"channel": id, "name": leg.name, "caller": leg.caller, "cause": leg.cause});
            if let Some(facts) = self.facts.get(channel) {
                facts.add_to(&mut value);
            }
            value
        });
        let problems = self.entries.iter().filter(|entry| entry.is_problem).count();
        let head = json!({
            "call": call,
            "earlier": self.earlier,
            "legs": legs.collect::<Vec<_>>(),
            "bridges": self.bridges(),
            "seconds": self.duration().as_secs_f64(),
            "problems": problems,
            "truncated_line": self.truncated_line,
        });
        let start = self
            .entries
            .first()
            .map_or(Duration::ZERO, |entry| entry.at);
        let entries = self.entries.iter().map(|entry| entry.to_json(start));
        std::iter::once(head).chain(entries).collect()
    }
}

impl Entry {
    /// Returns the entry as JSON. Its time is counted from `start`.
    pub(crate) fn to_json(&self, start: Duration) -> Value {
        let objects = self.objects.iter().map(Object::id);
        let mut value = json!({
            "line": self.line,
            "time": self.time,
            "seconds": self.at.saturating_sub(start).as_secs_f64(),
            "objects": objects.collect::<Vec<_>>(),
            "problem": self.is_problem,
        });
        match &self.kind {
            EntryKind::Event { kind, details } => {
                value["event"] = kind.clone().into();
                value["details"] = details.clone().into();
            }
            EntryKind::Request { request, outcome } => {
                value["request"] = request.clone().into();
                value["outcome"] = outcome.clone().into();
            }
            EntryKind::Connection(text) => value["connection"] = text.clone().into(),
        }
        value
    }
}

/// Reads all objects and their relations.
fn read_objects(
    file: &TrafficFile,
    copies: &BTreeMap<usize, usize>,
    graph: &mut CallGraph,
) -> (Events, HashMap<u64, Exchange>) {
    let mut events = HashMap::new();
    let mut exchanges: HashMap<u64, Exchange> = HashMap::new();
    for line in &file.lines {
        match &line.item {
            Item::Event { .. } if copies.contains_key(&line.number) => {}
            Item::Event { text, .. } => {
                let event: Value = serde_json::from_str(text).unwrap_or_default();
                let objects = graph.apply_event(&event);
                events.insert(line.number, (event, objects));
            }
            Item::Request {
                request,
                method,
                path,
                query,
                body,
                ..
            } => {
                let begins = method == "POST" && is_creation(path);
                let named = request_objects(path, query, body).into_iter();
                let objects: Vec<Object> = named
                    .map(|(object, is_new)| graph.apply_request(&object, begins && is_new))
                    .collect();
                // A subscription may be to the channels of several calls, and a bridge may be used
                // by several calls.
                let mut unrelating = ["/applications/", "/bridges/"].iter();
                let is_relating = method != "GET" && !unrelating.any(|of| path.starts_with(of));
                if is_relating && !begins {
                    graph.relate_all(&objects);
                }
                let exchange = Exchange {
                    objects,
                    begins,
                    is_relating,
                    outcome: "no response in the recording".to_owned(),
                    is_problem: false,
                };
                exchanges.insert(*request, exchange);
            }
            Item::Response {
                request,
                status,
                took,
                body,
                ..
            } => {
                let Some(exchange) = exchanges.get_mut(request) else {
                    continue;
                };
                let value: Value = serde_json::from_slice(body).unwrap_or_default();
                let shown = graph.apply_response(&value);
                // A list names objects of other calls.
                if !value.is_array() {
                    let is_shown = |object: &Object| shown.iter().any(|o| o.has_same_id(object));
                    exchange.objects.retain(|object| !is_shown(object));
                    exchange.objects.splice(0..0, shown);
                    if exchange.is_relating {
                        graph.relate_all(&exchange.objects);
                    }
                }
                exchange.is_problem = *status >= 400;
                if exchange.is_problem && exchange.begins {
                    for object in &exchange.objects {
                        graph.apply_failure(object);
                    }
                }
                let message = match exchange.is_problem {
                    true => value["message"].as_str().or(value["error"].as_str()),
                    false => None,
                };
                let took = format!("{:.0} ms", took.as_secs_f64() * 1000.0);
                exchange.outcome = match message {
                    Some(message) => format!("{status} {message}, {took}"),
                    None => format!("{status}, {took}"),
                };
            }
            Item::Failure {
                request,
                error,
                sent,
                ..
            } => {
                if let Some(exchange) = exchanges.get_mut(request) {
                    let sent = match sent {
                        SentState::NotSent => "not sent",
                        _ => "no response",
                    };
                    exchange.outcome = format!("{sent}: {error}");
                    exchange.is_problem = true;
                }
            }
            Item::Abandoned { request, took } => {
                if let Some(exchange) = exchanges.get_mut(request) {
                    exchange.outcome = format!("abandoned after {:.1} s", took.as_secs_f64());
                    exchange.is_problem = true;
                }
            }
            _ => {}
        }
    }
    (events, exchanges)
}

/// Returns true if a POST to a path creates the objects that it names.
fn is_creation(path: &str) -> bool {
    let segments: Vec<&str> = path.trim_matches('/').split('/').collect();
    matches!(
        segments[..],
        ["channels" | "bridges"] | ["channels" | "bridges", _]
    )
}

/// Parameters that name channels or bridges.
const ID_PARAMETERS: &[&str] = &[
    "channel",
    "channelId",
    "otherChannelId",
    "originator",
    "snoopId",
    "bridgeId",
    "eventSource",
];

/// Returns the channels and bridges that a request names, and whether it may create them.
fn request_objects(path: &str, query: &str, body: &[u8]) -> Vec<(Object, bool)> {
    let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let segments: Vec<String> = path.trim_matches('/').split('/').map(decode).collect();
    let mut found = Vec::new();
    match segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["channels", "create" | "externalMedia"] => {}
        ["channels", id, ..] => found.push((Object::channel(id), true)),
        ["bridges", id, ..] => found.push((Object::bridge(id), true)),
        _ => {}
    }
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let mut parameters: Vec<(String, String)> = pairs
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    if let Ok(Value::Object(members)) = serde_json::from_slice(body) {
        let texts = members.into_iter().filter_map(|(name, value)| {
            let value = value.as_str()?.to_owned();
            Some((name, value))
        });
        parameters.extend(texts);
    }
    for (name, value) in parameters {
        if !ID_PARAMETERS.contains(&name.as_str()) {
            continue;
        }
        for id in value.split(',') {
            let object = match (name.as_str(), segments.last().map(String::as_str)) {
                ("eventSource", _) => match target_object(id) {
                    Some(object) if !object.id().is_empty() => object,
                    _ => continue,
                },
                ("bridgeId", _) => Object::bridge(id),
                _ => Object::channel(id),
            };
            if !found.iter().any(|(known, _)| *known == object) {
                found.push((object, name != "originator"));
            }
        }
    }
    found
}

fn event_entry(
    line: &TrafficLine,
    text: &str,
    original: usize,
    events: &Events,
    related: &[Object],
) -> Option<Entry> {
    let (event, objects) = events.get(&original)?;
    let mut objects = select(objects, related);
    if objects.is_empty() {
        // An event that cannot be parsed may still name the call.
        let named = related
            .iter()
            .filter(|object| event.is_null() && text.contains(&format!("\"{}\"", object.id())));
        objects = named.cloned().collect();
        if objects.is_empty() {
            return None;
        }
    }
    let kind = event["type"].as_str().unwrap_or("(not JSON)");
    let cause = event["cause"].as_i64().unwrap_or_default();
    let is_problem = event.is_null()
        || matches!(kind, "ApplicationReplaced" | "RecordingFailed")
        || (kind == "ChannelDestroyed" && !matches!(cause, 0 | 16 | 26))
        || matches!(
            event["dialstatus"].as_str(),
            Some("BUSY" | "NOANSWER" | "CONGESTION" | "CHANUNAVAIL")
        )
        || event["playback"]["state"] == "failed";
    let details = describe_event(kind, event);
    let kind = EntryKind::Event {
        kind: kind.to_owned(),
        details: details.trim().to_owned(),
    };
    Some(entry(line, objects, kind, is_problem))
}

/// Returns the content of an event. Objects are named by their ids.
pub(crate) fn describe_event(kind: &str, event: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    match kind {
        "Dial" => {
            let (peer, status) = (text(&event["peer"]["id"]), text(&event["dialstatus"]));
            let caller = match text(&event["caller"]["id"]) {
                caller if caller.is_empty() => "Asterisk".to_owned(),
                caller => caller,
            };
            match status.as_str() {
                "" => format!("{caller} dials {peer}: {}", text(&event["dialstring"])),
                status => format!("{caller} dialed {peer}: {status}"),
            }
        }
        // 32 is no cause of a hangup then, but the way of the request.
        "ChannelHangupRequest" if event["soft"] == true => "by a request or by Asterisk".to_owned(),
        "ChannelEnteredBridge" | "ChannelLeftBridge" => {
            let members = event["bridge"]["channels"].as_array();
            let members: Vec<_> = members.into_iter().flatten().map(text).collect();
            match members.len() {
                0 => "the bridge is empty".to_owned(),
                count => format!(
                    "the bridge has {}: {}",
                    format_count(count, "channel"),
                    members.join(", ")
                ),
            }
        }
        "BridgeBlindTransfer" => {
            let transferee = match text(&event["transferee"]["id"]) {
                id if id.is_empty() => "the others".to_owned(),
                id => id,
            };
            format!(
                "{} transfers {transferee} to {}@{}: {}",
                text(&event["channel"]["id"]),
                text(&event["exten"]),
                text(&event["context"]),
                text(&event["result"])
            )
        }
        _ => details(kind, event),
    }
}

fn request_entry(line: &TrafficLine, exchange: &Exchange, related: &[Object]) -> Option<Entry> {
    let objects = select(&exchange.objects, related);
    let Item::Request {
        method,
        path,
        query,
        body,
        ..
    } = &line.item
    else {
        return None;
    };
    if objects.is_empty() {
        return None;
    }
    let mut request = format!("{method} {path}");
    if !query.is_empty() {
        request.push('?');
        request.extend(percent_decode_str(query).decode_utf8_lossy().chars());
    }
    if !body.is_empty() {
        request.push(' ');
        request.push_str(&String::from_utf8_lossy(body));
    }
    let kind = EntryKind::Request {
        request,
        outcome: exchange.outcome.clone(),
    };
    Some(entry(line, objects, kind, exchange.is_problem))
}

/// Returns the text of an event of the connection, and whether it is a problem.
fn connection_text(item: &Item) -> Option<(String, bool)> {
    Some(match item {
        Item::Connected {
            path: Some(path), ..
        } => (format!("Asterisk connected to {path}"), false),
        Item::Connected {
            applications,
            gap: None,
            ..
        } => (format!("connected as {}", applications.join(", ")), false),
        Item::Connected {
            applications,
            gap: Some(gap),
            ..
        } => (
            format!(
                "reconnected as {} after a gap of {:.1} s: events in between are missing",
                applications.join(", "),
                gap.as_secs_f64()
            ),
            true,
        ),
        Item::Disconnected { by, reason, .. } => {
            let text = format!("disconnected by {} {reason}", by.as_str());
            (text.trim_end().to_owned(), by.as_str() != "client")
        }
        Item::Lost { lines } => (format!("{lines} lines are missing in the recording"), true),
        Item::Note { text } => (text.clone(), false),
        _ => return None,
    })
}

fn entry(line: &TrafficLine, objects: Vec<Object>, kind: EntryKind, is_problem: bool) -> Entry {
    Entry {
        line: line.number,
        at: line.at,
        time: line.time.clone(),
        objects,
        kind,
        is_problem,
    }
}
