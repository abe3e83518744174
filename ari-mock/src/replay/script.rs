//! A recording as steps: what the server does, and what it expects.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use ari_api::schema::Version;
use ari_api::traffic::{DisconnectCause, Item, TrafficFile};
use serde_json::Value;

use super::error::ReplayError;
use super::message::Message;

/// Parameters by which a program chooses the id of a new object.
pub(super) const NEW_ID_PARAMETERS: &[&str] = &[
    "channelId",
    "otherChannelId",
    "bridgeId",
    "playbackId",
    "snoopId",
    "name",
];

/// A recording of one server.
pub(super) struct Script {
    pub(super) steps: Vec<Step>,
    pub(super) requests: Vec<RecordedRequest>,
    pub(super) sockets: Vec<RecordedSocket>,
    /// Ids that the program chose: no message of the server had them before.
    pub(super) chosen_ids: HashSet<String>,
    pub(super) version: Option<Version>,
    /// The number of the last line if it is incomplete.
    pub(super) truncated_line: Option<usize>,
}

/// A step of the recording.
pub(super) struct Step {
    /// The line of the file.
    pub(super) line: usize,
    pub(super) at: Duration,
    pub(super) action: Action,
}

/// The action of a step. Numbers are indexes.
pub(super) enum Action {
    /// The program sends a request that is not a read.
    Request(usize),
    /// The server responds to it, or fails to.
    Response(usize),
    /// The program opens a WebSocket.
    Connect(usize),
    /// The server opens a WebSocket to the program.
    Open(usize),
    /// The server sends a message.
    Send { socket: usize, text: String },
    /// The WebSocket is lost.
    Disconnect(usize),
}

pub(super) struct RecordedRequest {
    pub(super) line: usize,
    pub(super) message: Message,
    pub(super) outcome: Outcome,
}

/// The end of a request.
#[derive(Clone)]
pub(super) enum Outcome {
    Response {
        status: u16,
        body: Vec<u8>,
    },
    /// The connection broke, or the program did not wait.
    None,
}

pub(super) struct RecordedSocket {
    pub(super) line: usize,
    pub(super) applications: Vec<String>,
    /// The path and query, if the server opens it.
    pub(super) path: Option<String>,
}

impl Script {
    /// Reads the recording of a server; of the only one if `server` is `None`.
    pub(super) fn new(file: &TrafficFile, server: Option<&str>) -> Result<Self, ReplayError> {
        let server = choose_server(file, server)?;
        let mut script = Script {
            steps: Vec::new(),
            requests: Vec::new(),
            sockets: Vec::new(),
            chosen_ids: HashSet::new(),
            version: None,
            truncated_line: file.truncated_line,
        };
        let mut requests = HashMap::new();
        let mut sockets = HashMap::new();
        let mut server_texts = HashSet::new();
        for line in &file.lines {
            let action = match &line.item {
                Item::Request {
                    request,
                    server: name,
                    method,
                    path,
                    query,
                    body,
                    ..
                } if *name == server && path != "/events" => {
                    let index = script.requests.len();
                    requests.insert(*request, index);
                    let message = Message::new(method, path, query, body);
                    script.note_chosen_ids(&message, &server_texts);
                    let is_read = message.is_read();
                    script.requests.push(RecordedRequest {
                        line: line.number,
                        message,
                        outcome: Outcome::None,
                    });
                    if is_read {
                        continue;
                    }
                    Action::Request(index)
                }
                Item::Response {
                    request,
                    status,
                    body,
                    version,
                    ..
                } => {
                    if let Some(version) = version {
                        script.version = parse_version(version).or(script.version);
                    }
                    collect_strings(body, &mut server_texts);
                    let Some(index) = requests.get(request).copied() else {
                        continue;
                    };
                    script.requests[index].outcome = Outcome::Response {
                        status: *status,
                        body: body.to_vec(),
                    };
                    if script.requests[index].message.is_read() {
                        continue;
                    }
                    Action::Response(index)
                }
                Item::Failure { request, .. } => match requests.get(request) {
                    Some(index) if !script.requests[*index].message.is_read() => {
                        Action::Response(*index)
                    }
                    _ => continue,
                },
                Item::Download { request, bytes, .. } => {
                    let index = requests.get(request).copied();
                    let outcome = index.map(|index| &mut script.requests[index].outcome);
                    if let Some(Outcome::Response { body, .. }) = outcome {
                        // The content is not in the file.
                        *body = vec![0; usize::try_from(*bytes).unwrap_or_default()];
                    }
                    continue;
                }
                Item::Connected {
                    socket,
                    server: name,
                    applications,
                    path,
                    ..
                } if *name == server => {
                    let index = script.sockets.len();
                    sockets.insert(*socket, index);
                    script.sockets.push(RecordedSocket {
                        line: line.number,
                        applications: applications.clone(),
                        path: path.clone(),
                    });
                    match path {
                        Some(_) => Action::Open(index),
                        None => Action::Connect(index),
                    }
                }
                Item::Disconnected { socket, by, .. } => match sockets.get(socket) {
                    Some(index) if *by != DisconnectCause::Client => Action::Disconnect(*index),
                    _ => continue,
                },
                Item::Event { socket, text } => {
                    collect_strings(text.as_bytes(), &mut server_texts);
                    let Some(socket) = sockets.get(socket).copied() else {
                        continue;
                    };
                    let text = text.clone();
                    Action::Send { socket, text }
                }
                _ => continue,
            };
            script.steps.push(Step {
                line: line.number,
                at: line.at,
                action,
            });
        }
        Ok(script)
    }

    /// Notes the ids of a request that the server has not named before.
    fn note_chosen_ids(&mut self, message: &Message, server_texts: &HashSet<String>) {
        let in_path = message.path_ids();
        let in_parameters = message.parameters.iter().filter_map(|(name, value)| {
            let value = value.as_str()?;
            NEW_ID_PARAMETERS.contains(&&**name).then_some(value)
        });
        for id in in_path.chain(in_parameters) {
            if !id.is_empty() && !server_texts.contains(id) {
                self.chosen_ids.insert(id.to_owned());
            }
        }
    }
}

/// Returns the server whose recording is meant.
fn choose_server(file: &TrafficFile, server: Option<&str>) -> Result<String, ReplayError> {
    let mut names: Vec<&str> = Vec::new();
    for line in &file.lines {
        if let Item::Request { server, .. } | Item::Connected { server, .. } = &line.item
            && !names.contains(&&**server)
        {
            names.push(server);
        }
    }
    match (server, &names[..]) {
        (Some(name), names) if names.contains(&name) => Ok(name.to_owned()),
        (None, [only]) => Ok((*only).to_owned()),
        (_, []) => Err(ReplayError::Empty),
        _ => Err(ReplayError::Server {
            names: names.into_iter().map(str::to_owned).collect(),
        }),
    }
}

/// Parses a version such as `22.5.0`.
fn parse_version(text: &str) -> Option<Version> {
    let mut numbers = text.split('.').map(|number| number.parse().ok());
    let mut next = || numbers.next().flatten();
    Some(Version::new(next()?, next()?, next().unwrap_or_default()))
}

/// Collects all strings of a JSON text.
fn collect_strings(text: &[u8], found: &mut HashSet<String>) {
    fn visit(value: Value, found: &mut HashSet<String>) {
        match value {
            Value::String(text) => drop(found.insert(text)),
            Value::Array(items) => items.into_iter().for_each(|item| visit(item, found)),
            Value::Object(members) => members.into_iter().for_each(|(_, item)| visit(item, found)),
            _ => {}
        }
    }
    if let Ok(value) = serde_json::from_slice(text) {
        visit(value, found);
    }
}
