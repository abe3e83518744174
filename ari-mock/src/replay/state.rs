//! The state of a replay, which the player and the connections share.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ari_api::schema::Version;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::Instant;

use super::matching::Matcher;
use super::message::Message;
use super::objects::KnownObjects;
use super::report::{Difference, DifferenceKind, Remaining, ReplayReport};
use super::script::{Action, Outcome, RecordedSocket, Script, Step};

/// The maximum number of requests that a difference lists as arrived instead of a missing one.
const MAX_LISTED: usize = 5;

/// A response to the program. `None` if the connection breaks.
pub(super) type Reply = Option<(u16, Vec<u8>)>;

/// The texts of a WebSocket, in the direction of the program.
pub(super) type SocketTexts = mpsc::UnboundedReceiver<String>;

pub(super) struct Shared {
    state: Mutex<State>,
    /// Notified after each change.
    pub(super) changed: Notify,
    pub(super) version: Option<Version>,
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shared")
    }
}

pub(super) struct State {
    pub(super) matcher: Matcher,
    objects: KnownObjects,
    sockets: Vec<Socket>,
    /// Requests whose response the player has not reached yet, by their index.
    waiting: HashMap<usize, oneshot::Sender<Reply>>,
    /// Requests whose response the player has passed.
    released: Vec<bool>,
    /// The request that the player waits for. Others get their responses at once meanwhile,
    /// because the program may need them to send this one.
    awaited: Option<Awaited>,
    /// The other requests that have arrived while the player waits, without reads.
    arrived_instead: Vec<String>,
    /// The line of each step, and its effect.
    steps: Vec<(usize, Effect)>,
    /// The index of the step that the player takes.
    pub(super) next_step: usize,
    pub(super) is_finished: bool,
    pub(super) report: ReplayReport,
    pub(super) last_request: Instant,
    /// The time of the newest request of the recording, or WebSocket, that the program has sent or opened.
    pub(super) last_progress: Instant,
}

/// The effect of a step, by which one that can have none any more is known.
#[derive(Clone, Copy)]
enum Effect {
    /// Awaits the program.
    Await(Awaited),
    /// Responds to a request.
    Respond(usize),
    /// Sends a message over a WebSocket.
    Send(usize),
    /// Ends a WebSocket.
    Disconnect,
}

impl Effect {
    fn of(action: &Action) -> Self {
        match action {
            Action::Request(index) => Effect::Await(Awaited::Request(*index)),
            Action::Connect(index) | Action::Open(index) => Effect::Await(Awaited::Socket(*index)),
            Action::Response(index) => Effect::Respond(*index),
            Action::Send { socket, .. } => Effect::Send(*socket),
            Action::Disconnect(_) => Effect::Disconnect,
        }
    }
}

/// A step of the program that the player waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Awaited {
    Request(usize),
    Socket(usize),
}

struct Socket {
    recorded: RecordedSocket,
    /// `None` before it is opened and after it is lost.
    texts: Option<mpsc::UnboundedSender<String>>,
    was_opened: bool,
}

impl Shared {
    /// Returns the state of a recording, and its steps.
    pub(super) fn new(script: Script) -> (Arc<Self>, Vec<Step>) {
        let sockets = script.sockets.into_iter().map(|recorded| Socket {
            recorded,
            texts: None,
            was_opened: false,
        });
        let steps = script.steps.iter();
        let steps = steps.map(|step| (step.line, Effect::of(&step.action)));
        let state = State {
            steps: steps.collect(),
            next_step: 0,
            arrived_instead: Vec::new(),
            released: vec![false; script.requests.len()],
            matcher: Matcher::new(script.requests, script.chosen_ids),
            objects: KnownObjects::default(),
            sockets: sockets.collect(),
            waiting: HashMap::new(),
            awaited: None,
            is_finished: false,
            report: ReplayReport {
                truncated_line: script.truncated_line,
                ..ReplayReport::default()
            },
            last_request: Instant::now(),
            last_progress: Instant::now(),
        };
        let shared = Arc::new(Shared {
            state: Mutex::new(state),
            changed: Notify::new(),
            version: script.version,
        });
        (shared, script.steps)
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the state, and wakes all that wait for changes.
    pub(super) fn update<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let result = change(&mut self.lock());
        self.changed.notify_waiters();
        result
    }

    /// Responds to a request of the program.
    pub(super) async fn respond(&self, message: Message) -> Reply {
        match self.update(|state| state.receive(&message)) {
            Response::Now(reply) => reply,
            // The sender is dropped if the replay ends.
            Response::Later(reply) => reply.await.ok().flatten(),
        }
    }

    /// Opens a WebSocket.
    pub(super) fn connect(&self, applications: &[String]) -> SocketTexts {
        let (sender, texts) = mpsc::unbounded_channel();
        self.update(|state| state.connect(applications, sender));
        texts
    }

    /// Notes that a WebSocket of the server is open, and returns its texts.
    pub(super) fn open(&self, socket: usize) -> SocketTexts {
        let (sender, texts) = mpsc::unbounded_channel();
        self.update(|state| {
            state.sockets[socket].was_opened = true;
            state.sockets[socket].texts = Some(sender);
            state.last_progress = Instant::now();
        });
        texts
    }

    /// Waits until a condition is true, or a time limit has passed. Returns whether it is true.
    pub(super) async fn wait_until(
        &self,
        limit: Duration,
        mut condition: impl FnMut(&State) -> bool,
    ) -> bool {
        let waiting = async {
            loop {
                let changed = self.changed.notified();
                tokio::pin!(changed);
                changed.as_mut().enable();
                if condition(&self.lock()) {
                    return;
                }
                changed.await;
            }
        };
        tokio::time::timeout(limit, waiting).await.is_ok()
    }
}

/// A response to a request: now, or when the player reaches it.
enum Response {
    Now(Reply),
    Later(oneshot::Receiver<Reply>),
}

impl State {
    fn receive(&mut self, message: &Message) -> Response {
        self.last_request = Instant::now();
        if message.is_read() {
            return Response::Now(self.read(message));
        }
        let found = self.matcher.find(message);
        self.report.matched += usize::from(found.difference.is_none());
        self.report.differences.extend(found.difference);
        if self.awaited.is_some() && self.awaited != found.index.map(Awaited::Request) {
            self.arrived_instead.push(message.to_string());
        }
        let Some(index) = found.index else {
            let text = r#"{"message":"The recording has no such request"}"#;
            return Response::Now(Some((404, text.into())));
        };
        self.last_progress = Instant::now();
        let is_awaited = self.awaited == Some(Awaited::Request(index));
        let is_blocked = self.awaited.is_some() && !is_awaited;
        if self.released[index] || is_blocked || self.is_finished {
            return Response::Now(self.reply(index));
        }
        let (sender, reply) = oneshot::channel();
        self.waiting.insert(index, sender);
        Response::Later(reply)
    }

    /// Responds to a read, which is never a difference.
    fn read(&mut self, message: &Message) -> Reply {
        if let Some(index) = self.matcher.find_read(message)
            && let Some(reply) = self.reply(index)
        {
            return Some(reply);
        }
        let segments = message.segments.iter();
        let segments: Vec<_> = segments.cloned().collect();
        Some(match self.objects.read(&segments) {
            Some(body) => (200, body.into_bytes()),
            None => (
                404,
                r#"{"message":"The recording has no such read"}"#.into(),
            ),
        })
    }

    /// Returns the recorded response to a request.
    fn reply(&self, index: usize) -> Reply {
        match &self.matcher.request(index).outcome {
            Outcome::None => None,
            Outcome::Response { status, body } => Some(match std::str::from_utf8(body) {
                Ok(text) => (*status, self.matcher.ids.rewrite_json(text).into_bytes()),
                Err(_) => (*status, body.clone()),
            }),
        }
    }

    fn connect(&mut self, applications: &[String], texts: mpsc::UnboundedSender<String>) {
        let find = |fits: &dyn Fn(&Socket) -> bool| {
            let mut sockets = self.sockets.iter();
            sockets.position(|socket| {
                !socket.was_opened && socket.recorded.path.is_none() && fits(socket)
            })
        };
        let same = find(&|socket| socket.recorded.applications == applications);
        // The program may choose its name anew in each run.
        let count = applications.len();
        let other = || find(&|socket| socket.recorded.applications.len() == count);
        let position = same.or_else(other);
        let Some(socket) = position.and_then(|position| self.sockets.get_mut(position)) else {
            // It stays open without events for as long as the recording has nothing for it.
            self.sockets.push(Socket {
                recorded: RecordedSocket {
                    line: 0,
                    applications: applications.to_vec(),
                    path: None,
                },
                texts: Some(texts),
                was_opened: true,
            });
            return;
        };
        socket.was_opened = true;
        socket.texts = Some(texts);
        self.last_progress = Instant::now();
        let recorded = socket.recorded.applications.clone();
        for (recorded, actual) in recorded.iter().zip(applications) {
            self.matcher.ids.bind(recorded, actual);
        }
    }

    /// Returns the path of a WebSocket that the server opens.
    pub(super) fn path(&self, socket: usize) -> Option<&str> {
        self.sockets[socket].recorded.path.as_deref()
    }

    pub(super) fn is_open(&self, socket: usize) -> bool {
        self.sockets[socket].was_opened
    }

    /// Sends a recorded message with the ids of now.
    pub(super) fn send(&mut self, socket: usize, text: &str) {
        let text = self.matcher.ids.rewrite_json(text);
        self.objects.apply_event(&text);
        if let Some(texts) = &self.sockets[socket].texts {
            // Fails only if the program has closed the socket.
            let _ = texts.send(text);
        }
    }

    pub(super) fn disconnect(&mut self, socket: usize) {
        self.sockets[socket].texts = None;
    }

    /// Sets what the player waits for. Requests that wait for a later step get their responses.
    pub(super) fn set_awaited(&mut self, awaited: Option<Awaited>) {
        self.awaited = awaited;
        if awaited.is_some() {
            self.arrived_instead.clear();
            self.release_all();
        }
    }

    fn release_all(&mut self) {
        for (index, sender) in std::mem::take(&mut self.waiting) {
            // Fails only if the program no longer waits.
            let _ = sender.send(self.reply(index));
        }
    }

    /// Sends the response to a request, now or when it arrives.
    pub(super) fn release(&mut self, index: usize) {
        self.released[index] = true;
        if let Some(sender) = self.waiting.remove(&index) {
            // Fails only if the program no longer waits.
            let _ = sender.send(self.reply(index));
        }
    }

    pub(super) fn note_missing(&mut self, awaited: Awaited) {
        let (kind, line, expected) = match awaited {
            Awaited::Request(index) => {
                let request = self.matcher.request(index);
                let missing = (
                    DifferenceKind::Missing,
                    request.line,
                    request.message.to_string(),
                );
                self.matcher.report_missing(index);
                missing
            }
            Awaited::Socket(index) => {
                let recorded = &self.sockets[index].recorded;
                let text = match &recorded.path {
                    Some(path) => format!("a program that accepts the WebSocket to {path}"),
                    None => format!("the WebSocket of {}", recorded.applications.join(", ")),
                };
                (DifferenceKind::NotConnected, recorded.line, text)
            }
        };
        self.report.differences.push(Difference {
            kind,
            line: Some(line),
            expected: Some(expected),
            actual: None,
            details: self.describe_arrived(),
        });
    }

    /// Describes the requests that have arrived instead of a missing one.
    fn describe_arrived(&self) -> Vec<String> {
        let arrived = &self.arrived_instead;
        if arrived.is_empty() {
            return vec!["no other request arrived".to_owned()];
        }
        let listed = arrived.iter().take(MAX_LISTED);
        let mut details: Vec<_> = listed
            .map(|request| format!("arrived instead: {request}"))
            .collect();
        if let Some(more @ 1..) = arrived.len().checked_sub(MAX_LISTED) {
            details.push(format!("and {more} more"));
        }
        details
    }

    /// Returns the differences so far, and the rest of the recording.
    pub(super) fn report(&self) -> ReplayReport {
        let mut report = self.report.clone();
        let next = self.steps.get(self.next_step);
        if let (false, Some((line, _))) = (self.is_finished || self.is_over(), next) {
            let rest = self.steps[self.next_step..].iter();
            let is_message = |effect: &Effect| matches!(effect, Effect::Send(_));
            report.remaining = Some(Remaining {
                line: *line,
                messages: rest.filter(|(_, effect)| is_message(effect)).count(),
                requests: self.matcher.remaining(),
            });
        }
        report
    }

    /// Returns true if no further step can have an effect: the program has sent all requests, has their
    /// responses, and has closed the WebSockets of the remaining messages.
    pub(super) fn is_over(&self) -> bool {
        let rest = self.steps[self.next_step..].iter();
        rest.map(|(_, effect)| *effect).all(|effect| match effect {
            Effect::Await(Awaited::Request(index)) => self.matcher.is_received(index),
            Effect::Await(Awaited::Socket(index)) => self.is_open(index),
            Effect::Respond(index) => {
                let is_waiting = |sender: &oneshot::Sender<Reply>| !sender.is_closed();
                !self.waiting.get(&index).is_some_and(is_waiting)
            }
            Effect::Send(socket) => {
                let socket = &self.sockets[socket];
                let is_closed = |texts: &mpsc::UnboundedSender<String>| texts.is_closed();
                socket.was_opened && socket.texts.as_ref().is_none_or(is_closed)
            }
            Effect::Disconnect => true,
        })
    }

    pub(super) fn finish(&mut self) {
        self.is_finished = true;
        self.release_all();
    }

    /// Closes all WebSockets.
    pub(super) fn close(&mut self) {
        self.finish();
        for socket in &mut self.sockets {
            socket.texts = None;
        }
    }
}
