//! Requests over the WebSocket of events: Asterisk 20.14, 21.9, 22.4 and later.
//!
//! Asterisk answers them one after another. Each carries an id of ours, by which its answer is
//! found.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use crate::runtime::{Answer, Call, Error, Operation, SendError};

/// The type of answers among the messages of a socket.
pub(super) const ANSWER: &str = "RESTResponse";

/// How many requests that were given up are remembered.
const MOST_GIVEN_UP: usize = 128;

/// Requests that wait for their answers.
#[derive(Default)]
pub(super) struct Pending {
    state: Mutex<State>,
    idle: Notify,
}

#[derive(Default)]
struct State {
    /// Why nothing can be sent; none while it can.
    closed: Option<String>,
    next: u64,
    waiting: HashMap<u64, Waiting>,
    /// Requests that nobody waits for any more, and that Asterisk may still work on: when they were
    /// written, in the order in which they were given up.
    given_up: VecDeque<(u64, Instant)>,
}

struct Waiting {
    operation: &'static Operation,
    answer: oneshot::Sender<Result<Answer, Error>>,
    /// When the request was handed to the socket, and so may have left.
    written: Option<Instant>,
}

/// What the socket's task is to write.
pub(super) struct Request {
    pub(super) id: u64,
    pub(super) text: String,
}

impl Pending {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends a call by way of the socket's task and waits for the answer.
    pub(super) async fn send(
        self: &Arc<Self>,
        call: &Call,
        limit: Duration,
        hand_over: impl FnOnce(Request),
    ) -> Result<Answer, Error> {
        let operation = call.operation();
        let (answer, answered) = oneshot::channel();
        let id = {
            let mut state = self.lock();
            if let Some(reason) = &state.closed {
                let source = SendError::from(reason.clone());
                return Err(Error::NotSent { operation, source });
            }
            state.next += 1;
            let id = state.next;
            let waiting = Waiting {
                operation,
                answer,
                written: None,
            };
            state.waiting.insert(id, waiting);
            id
        };
        // Forgets the request when the caller stops waiting: one that was not written yet is then
        // not written at all.
        let _forget = Forget { pending: self, id };
        hand_over(Request {
            id,
            text: request(call, id),
        });
        match tokio::time::timeout(limit, answered).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(Error::NotSent {
                operation,
                source: "the WebSocket has been closed".into(),
            }),
            Err(_) => {
                let written = self
                    .lock()
                    .waiting
                    .get(&id)
                    .is_none_or(|w| w.written.is_some());
                let source = format!(
                    "no answer over the WebSocket within {limit:?}; Asterisk answers one request \
                     of a socket after the other, so one that waits (behind a playback, say) holds \
                     up the rest"
                );
                Err(lost(operation, written, source))
            }
        }
    }

    /// Notes that a request is being written; false where nobody waits for it any more.
    pub(super) fn write(&self, id: u64) -> bool {
        let mut state = self.lock();
        let waiting = state.waiting.get_mut(&id);
        waiting
            .map(|waiting| waiting.written = Some(Instant::now()))
            .is_some()
    }

    /// Hands an answer to who waits for it, which may be nobody any more; false where it answers no
    /// request of ours.
    pub(super) fn answer(&self, raw: &str) -> bool {
        let Ok(response) = serde_json::from_str::<Response>(raw) else {
            return false;
        };
        let Ok(id) = response.request_id.parse::<u64>() else {
            return false;
        };
        let waiting = {
            let mut state = self.lock();
            if !(1..=state.next).contains(&id) {
                return false;
            }
            state.given_up.retain(|(known, _)| *known != id);
            state.waiting.remove(&id)
        };
        let Some(waiting) = waiting else {
            return true;
        };
        let answer = Answer::new(response.status_code, response.message_body);
        // Who has stopped waiting in this instant needs no answer.
        let _ = waiting.answer.send(Ok(answer));
        true
    }

    /// Whether a request has been written and not been answered. One that nobody waits for any more
    /// counts for `limit`: its answer may have been dropped on the way.
    pub(super) fn is_waiting(&self, limit: Duration) -> bool {
        let mut state = self.lock();
        state
            .given_up
            .retain(|(_, written)| written.elapsed() < limit);
        let mut waiting = state.waiting.values();
        !state.given_up.is_empty() || waiting.any(|waiting| waiting.written.is_some())
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
            std::mem::take(&mut state.waiting)
        };
        for waiting in waiting.into_values() {
            let written = waiting.written.is_some();
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
        let waiting = state.waiting.remove(&self.id);
        if let Some(written) = waiting.and_then(|waiting| waiting.written) {
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

/// The frame of a request. Asterisk wants the path without a leading slash, and takes the values
/// of `query_strings` as they are.
fn request(call: &Call, id: u64) -> String {
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
