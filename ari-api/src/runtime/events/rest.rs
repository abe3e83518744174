//! Requests over the WebSocket of events: Asterisk 20.14, 21.9, 22.4 and later.
//!
//! Asterisk answers them one after another. Each carries an id of ours, by which its answer is
//! found.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use crate::runtime::{Answer, Call, Error, Operation, SendError};

/// The type of answers among the messages of a socket.
pub(super) const ANSWER: &str = "RESTResponse";

/// What a frame may have beside its text, for Asterisk to read it: a head and a mask.
const AROUND: usize = 8;

/// The longest text that Asterisk reads. It closes a socket on which a longer one comes.
const LONGEST_TEXT: usize = 65535 - AROUND;

/// How many requests that were given up are remembered.
const MOST_GIVEN_UP: usize = 128;

/// Requests that wait for their answers.
pub(super) struct Pending {
    /// How long a request excuses silence at least.
    limit: Duration,
    /// How many bytes an answer may have.
    longest_answer: usize,
    state: Mutex<State>,
    idle: Notify,
}

#[derive(Default)]
struct State {
    /// Why nothing can be sent; none while it can.
    closed: Option<String>,
    next: u64,
    waiting: HashMap<u64, Waiting>,
    /// How many of those that wait were written.
    written: usize,
    /// Requests that nobody waits for any more, and that Asterisk may still work on: when they were
    /// written, in the order in which they were given up.
    given_up: VecDeque<(u64, Instant)>,
    /// Since when Asterisk has had something to work on, as long as it has.
    busy_since: Option<Instant>,
}

struct Waiting {
    operation: &'static Operation,
    limit: Duration,
    answer: oneshot::Sender<Result<Answer, Error>>,
    stage: Stage,
}

/// How far a request has come.
enum Stage {
    /// Its text waits for the socket.
    Unsent(String),
    /// It was handed to the socket, and so may have left.
    Written(Instant),
}

impl Waiting {
    fn written(&self) -> Option<Instant> {
        match self.stage {
            Stage::Unsent(_) => None,
            Stage::Written(at) => Some(at),
        }
    }
}

impl State {
    /// The request that Asterisk works on. An answer without an id is to that: Asterisk could not
    /// read it as far as its id, and answers one after another.
    fn oldest(&self) -> Option<u64> {
        let waiting = self.waiting.iter();
        let written = waiting.filter_map(|(id, waiting)| Some((waiting.written()?, *id)));
        let given_up = self.given_up.iter().map(|(id, written)| (*written, *id));
        written.chain(given_up).min().map(|(_, id)| id)
    }

    fn remove(&mut self, id: u64) -> Option<Waiting> {
        let waiting = self.waiting.remove(&id)?;
        self.written -= usize::from(waiting.written().is_some());
        Some(waiting)
    }
}

/// A request as it travels.
pub(super) struct Request {
    operation: &'static Operation,
    id: u64,
    text: String,
}

impl Pending {
    /// One request excuses so long a silence at least.
    pub(super) fn new(limit: Duration, longest_answer: usize) -> Self {
        Pending {
            limit,
            longest_answer,
            state: Mutex::default(),
            idle: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The request that a call is.
    ///
    /// # Errors
    /// What keeps Asterisk from reading it.
    pub(super) fn request(&self, call: &Call) -> Result<Request, String> {
        let id = {
            let mut state = self.lock();
            state.next += 1;
            state.next
        };
        let text = text(call, id);
        if text.len() > LONGEST_TEXT {
            return Err(format!(
                "it takes {} bytes, and Asterisk closes a WebSocket on which more than \
                 {LONGEST_TEXT} come at once",
                text.len()
            ));
        }
        Ok(Request {
            operation: call.operation(),
            id,
            text,
        })
    }

    /// Sends a request by way of the socket's task, which is told its id, and waits for the answer.
    pub(super) async fn send(
        &self,
        request: Request,
        limit: Duration,
        hand_over: impl FnOnce(u64),
    ) -> Result<Answer, Error> {
        let Request {
            operation,
            id,
            text,
        } = request;
        let (answer, answered) = oneshot::channel();
        {
            let mut state = self.lock();
            if let Some(reason) = &state.closed {
                return Err(lost(operation, false, reason.clone()));
            }
            let waiting = Waiting {
                operation,
                limit,
                answer,
                stage: Stage::Unsent(text),
            };
            state.waiting.insert(id, waiting);
        }
        // Forgets the request when the caller stops waiting: one that was not written yet is then
        // not written at all.
        let _forget = Forget { pending: self, id };
        hand_over(id);
        match tokio::time::timeout(limit, answered).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(lost(
                operation,
                false,
                "the WebSocket has been closed".into(),
            )),
            Err(_) => {
                let waiting = |state: &State| state.waiting.get(&id).map(Waiting::written);
                let source = format!(
                    "no answer over the WebSocket within {limit:?}; Asterisk answers one request \
                     of a socket after the other, so one that waits (behind a playback, say) holds \
                     up the rest"
                );
                // What is not there any more was answered in this instant.
                let written = waiting(&self.lock()) != Some(None);
                Err(lost(operation, written, source))
            }
        }
    }

    /// The text of a request that is being written; none where nobody waits for it any more.
    pub(super) fn write(&self, id: u64) -> Option<String> {
        let mut state = self.lock();
        let waiting = state.waiting.get_mut(&id)?;
        let now = Instant::now();
        let Stage::Unsent(text) = std::mem::replace(&mut waiting.stage, Stage::Written(now)) else {
            return None;
        };
        if !self.is_busy(&mut state) {
            state.busy_since = Some(now);
        }
        state.written += 1;
        Some(text)
    }

    /// Hands an answer to who waits for it, which may be nobody any more; false where it answers no
    /// request of ours.
    pub(super) fn answer(&self, raw: &str) -> bool {
        let Ok(response) = serde_json::from_str::<Response>(raw) else {
            return false;
        };
        let waiting = {
            let mut state = self.lock();
            let id = match response.request_id.as_str() {
                "" => state.oldest(),
                id => id.parse().ok(),
            };
            let Some(id) = id.filter(|id| (1..=state.next).contains(id)) else {
                return false;
            };
            state.given_up.retain(|(known, _)| *known != id);
            state.remove(id)
        };
        let Some(waiting) = waiting else {
            return true;
        };
        let length = response.message_body.len();
        let answer = if length <= self.longest_answer {
            Ok(Answer::new(response.status_code, response.message_body))
        } else {
            let most = self.longest_answer;
            let problem = format!("the answer has {length} bytes, and may have {most}");
            Err(lost(waiting.operation, true, problem))
        };
        // Who has stopped waiting in this instant needs no answer.
        let _ = waiting.answer.send(answer);
        true
    }

    /// Whether a request has been written and not been answered. One that nobody waits for any more
    /// counts for a while: its answer may have been dropped on the way.
    fn is_busy(&self, state: &mut State) -> bool {
        state
            .given_up
            .retain(|(_, written)| written.elapsed() < self.limit);
        state.written > 0 || !state.given_up.is_empty()
    }

    /// Whether Asterisk, which was `heard` last then, may be silent because it works on a request:
    /// until the most patient of those who wait would give up, if theirs had been written then.
    /// Requests that follow do not make it longer.
    pub(super) fn excuses_silence_since(&self, heard: Instant) -> bool {
        let mut state = self.lock();
        if !self.is_busy(&mut state) {
            return false;
        }
        let waiting = state.waiting.values();
        let limits = waiting.map(|waiting| waiting.limit);
        let longest = limits.fold(self.limit, Duration::max);
        let since = state.busy_since.map_or(heard, |since| since.max(heard));
        since.elapsed() < longest
    }

    /// Waits until no request waits.
    pub(super) async fn idle(&self) {
        loop {
            let idle = self.idle.notified();
            if self.lock().waiting.is_empty() {
                return;
            }
            idle.await;
        }
    }

    /// From here on requests can be sent.
    pub(super) fn open(&self) {
        self.lock().closed = None;
    }

    /// From here on they cannot, and those that wait fail.
    pub(super) fn close(&self, reason: &str) {
        let waiting = {
            let mut state = self.lock();
            state.closed = Some(reason.to_owned());
            state.given_up.clear();
            state.written = 0;
            std::mem::take(&mut state.waiting)
        };
        for waiting in waiting.into_values() {
            let written = waiting.written().is_some();
            let error = lost(waiting.operation, written, reason.to_owned());
            let _ = waiting.answer.send(Err(error));
        }
    }
}

/// What becomes of a request that gets no answer.
fn lost(operation: &'static Operation, written: bool, reason: String) -> Error {
    let source = SendError::from(reason);
    if written {
        Error::OutcomeUnknown { operation, source }
    } else {
        Error::NotSent { operation, source }
    }
}

struct Forget<'a> {
    pending: &'a Pending,
    id: u64,
}

impl Drop for Forget<'_> {
    fn drop(&mut self) {
        let mut state = self.pending.lock();
        let waiting = state.remove(self.id);
        if let Some(written) = waiting.and_then(|waiting| waiting.written()) {
            // More than Asterisk could be working on: the oldest have been answered or lost.
            if state.given_up.len() == MOST_GIVEN_UP {
                state.given_up.pop_front();
            }
            state.given_up.push_back((self.id, written));
        }
        if state.waiting.is_empty() {
            self.pending.idle.notify_waiters();
        }
    }
}

/// The text of a request. Asterisk wants the path without a leading slash, and takes the values
/// of `query_strings` as they are.
fn text(call: &Call, id: u64) -> String {
    let query: Vec<_> = call
        .query()
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let mut frame = json!({
        "type": "RESTRequest",
        "transaction_id": "ari-api",
        "request_id": id.to_string(),
        "method": call.method().as_str(),
        "uri": call.path().trim_start_matches('/'),
    });
    if !query.is_empty() {
        frame["query_strings"] = query.into();
    }
    if let Some(body) = call.body() {
        frame["content_type"] = "application/json".into();
        frame["message_body"] = String::from_utf8_lossy(body).into();
    }
    frame.to_string()
}

#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    request_id: String,
    status_code: u16,
    #[serde(default)]
    message_body: String,
}
