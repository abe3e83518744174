//! Requests over the WebSocket of events (Asterisk 20.14, 21.9, 22.4 and later).
//!
//! Asterisk processes them one after another. Each has an id, by which its response is found.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::json;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant;

use crate::error::types::{Error, TransportError};
use crate::protocol::event_type;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::schema::operation::Operation;

/// The frame overhead that Asterisk's buffer needs beside the text: header and mask.
const FRAME_OVERHEAD: usize = 8;

/// The maximum length of a text that Asterisk reads. It closes the socket if a longer one arrives.
const MAX_REQUEST_LENGTH: usize = 65535 - FRAME_OVERHEAD;

/// The maximum number of abandoned requests that are kept.
const MAX_ABANDONED: usize = 128;

/// Requests that wait for their responses.
pub(crate) struct InFlight {
    /// The minimum time for which a request excuses silence.
    limit: Duration,
    /// The maximum size of a response in bytes.
    max_response_size: usize,
    state: Mutex<InFlightState>,
    wait_idle: Notify,
}

#[derive(Default)]
struct InFlightState {
    /// The reason why nothing can be sent. `None` if requests can be sent.
    closed: Option<String>,
    next: u64,
    in_flight: HashMap<u64, PendingRequest>,
    /// The number of waiting requests that were written.
    written: usize,
    /// Abandoned requests that Asterisk may still be processing, each with the time at which it was
    /// written, in the order in which they were abandoned.
    abandoned: VecDeque<(u64, Instant)>,
    /// The time since which Asterisk has continuously had a request to process.
    busy_since: Option<Instant>,
}

struct PendingRequest {
    operation: &'static Operation,
    timeout: Duration,
    response_sender: oneshot::Sender<Result<Response, Error>>,
    state: SendState,
}

/// The progress of sending a request.
enum SendState {
    /// The text waits for the socket.
    Unsent(String),
    /// The text was passed to the socket, so it may have been sent.
    Written(Instant),
}

impl PendingRequest {
    fn written(&self) -> Option<Instant> {
        match self.state {
            SendState::Unsent(_) => None,
            SendState::Written(at) => Some(at),
        }
    }
}

impl InFlightState {
    /// Returns the request that Asterisk is processing. A response without an id belongs to it:
    /// Asterisk could not parse the request as far as its id, and responds in order.
    fn oldest(&self) -> Option<u64> {
        let waiting = self.in_flight.iter();
        let written = waiting.filter_map(|(id, waiting)| Some((waiting.written()?, *id)));
        let given_up = self.abandoned.iter().map(|(id, written)| (*written, *id));
        written.chain(given_up).min().map(|(_, id)| id)
    }

    fn remove(&mut self, id: u64) -> Option<PendingRequest> {
        let waiting = self.in_flight.remove(&id)?;
        self.written -= usize::from(waiting.written().is_some());
        Some(waiting)
    }
}

/// An encoded request.
pub(crate) struct EncodedRequest {
    operation: &'static Operation,
    id: u64,
    text: String,
}

impl InFlight {
    /// Creates the state. `limit` is the minimum time for which a request excuses silence.
    pub(crate) fn new(limit: Duration, max_response_size: usize) -> Self {
        InFlight {
            limit,
            max_response_size,
            state: Mutex::default(),
            wait_idle: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, InFlightState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Encodes a request.
    ///
    /// # Errors
    /// Returns the reason if Asterisk cannot read the request.
    pub(crate) fn encode(&self, request: &Request) -> Result<EncodedRequest, String> {
        let id = {
            let mut state = self.lock();
            state.next += 1;
            state.next
        };
        let text = encode_text(request, id);
        if text.len() > MAX_REQUEST_LENGTH {
            return Err(format!(
                "it takes {} bytes, and Asterisk closes a WebSocket on which more than \
                 {MAX_REQUEST_LENGTH} come at once",
                text.len()
            ));
        }
        Ok(EncodedRequest {
            operation: request.operation(),
            id,
            text,
        })
    }

    /// Sends a request through the socket's task, which gets its id from `hand_over`, and waits for
    /// the response.
    pub(crate) async fn send(
        &self,
        request: EncodedRequest,
        limit: Duration,
        hand_over: impl FnOnce(u64),
    ) -> Result<Response, Error> {
        let EncodedRequest {
            operation,
            id,
            text,
        } = request;
        let (response, answered) = oneshot::channel();
        {
            let mut state = self.lock();
            if let Some(reason) = &state.closed {
                return Err(no_response_error(operation, false, reason.clone()));
            }
            let waiting = PendingRequest {
                operation,
                timeout: limit,
                response_sender: response,
                state: SendState::Unsent(text),
            };
            state.in_flight.insert(id, waiting);
        }
        // Removes the request when the caller stops waiting. If it has not been written yet, it is
        // then never written.
        let _forget = CancelGuard { pending: self, id };
        hand_over(id);
        match tokio::time::timeout(limit, answered).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(no_response_error(
                operation,
                false,
                "the WebSocket has been closed".into(),
            )),
            Err(_) => {
                let waiting =
                    |state: &InFlightState| state.in_flight.get(&id).map(PendingRequest::written);
                let source = format!(
                    "no response over the WebSocket within {limit:?}: Asterisk processes the \
                     requests of a WebSocket one after another, so one that waits, for example \
                     behind a playback, delays the others"
                );
                // A request that is no longer listed got its response at this very moment.
                let written = waiting(&self.lock()) != Some(None);
                Err(no_response_error(operation, written, source))
            }
        }
    }

    /// Returns the text of a request that is about to be written. `None` if its caller no longer
    /// waits.
    pub(crate) fn write(&self, id: u64) -> Option<String> {
        let mut state = self.lock();
        let waiting = state.in_flight.get_mut(&id)?;
        let now = Instant::now();
        let SendState::Unsent(text) =
            std::mem::replace(&mut waiting.state, SendState::Written(now))
        else {
            return None;
        };
        if !self.is_busy(&mut state) {
            state.busy_since = Some(now);
        }
        state.written += 1;
        Some(text)
    }

    /// Passes a response to the caller that waits for it, if it still waits. Returns false if the
    /// response belongs to none of our requests.
    pub(crate) fn deliver_response(&self, raw: &str) -> bool {
        let Ok(response) = serde_json::from_str::<ResponseMessage>(raw) else {
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
            state.abandoned.retain(|(known, _)| *known != id);
            state.remove(id)
        };
        let Some(waiting) = waiting else {
            return true;
        };
        let length = response.message_body.len();
        let response = if length <= self.max_response_size {
            Ok(Response::new(response.status_code, response.message_body))
        } else {
            let most = self.max_response_size;
            let problem = format!("the response has {length} bytes, and the limit is {most}");
            Err(no_response_error(waiting.operation, true, problem))
        };
        // A caller that has just stopped waiting needs no response.
        let _ = waiting.response_sender.send(response);
        true
    }

    /// Returns true if a request has been written and has no response yet. An abandoned request
    /// counts only for a limited time, because its response may have been lost.
    fn is_busy(&self, state: &mut InFlightState) -> bool {
        state
            .abandoned
            .retain(|(_, written)| written.elapsed() < self.limit);
        state.written > 0 || !state.abandoned.is_empty()
    }

    /// Returns true if Asterisk, from which a frame last arrived at `heard`, may be silent because
    /// it is processing a request. Silence is excused for the longest timeout of any pending
    /// request, counted from the later of the last frame and the time since which Asterisk is busy.
    /// Later requests do not extend it.
    pub(crate) fn excuses_silence_since(&self, heard: Instant) -> bool {
        let mut state = self.lock();
        if !self.is_busy(&mut state) {
            return false;
        }
        let waiting = state.in_flight.values();
        let limits = waiting.map(|waiting| waiting.timeout);
        let longest = limits.fold(self.limit, Duration::max);
        let since = state.busy_since.map_or(heard, |since| since.max(heard));
        since.elapsed() < longest
    }

    /// Waits until no request is pending.
    pub(crate) async fn idle(&self) {
        loop {
            let idle = self.wait_idle.notified();
            if self.lock().in_flight.is_empty() {
                return;
            }
            idle.await;
        }
    }

    /// Allows requests to be sent.
    pub(crate) fn open(&self) {
        self.lock().closed = None;
    }

    /// Refuses further requests, and fails the pending ones.
    pub(crate) fn close(&self, reason: &str) {
        let waiting = {
            let mut state = self.lock();
            state.closed = Some(reason.to_owned());
            state.abandoned.clear();
            state.written = 0;
            std::mem::take(&mut state.in_flight)
        };
        for waiting in waiting.into_values() {
            let written = waiting.written().is_some();
            let error = no_response_error(waiting.operation, written, reason.to_owned());
            let _ = waiting.response_sender.send(Err(error));
        }
    }
}

/// Returns the error for a request without a response.
fn no_response_error(operation: &'static Operation, written: bool, reason: String) -> Error {
    let source = TransportError::from(reason);
    if written {
        Error::OutcomeUnknown { operation, source }
    } else {
        Error::NotSent { operation, source }
    }
}

struct CancelGuard<'a> {
    pending: &'a InFlight,
    id: u64,
}

impl Drop for CancelGuard<'_> {
    fn drop(&mut self) {
        let mut state = self.pending.lock();
        let waiting = state.remove(self.id);
        if let Some(written) = waiting.and_then(|waiting| waiting.written()) {
            // More than Asterisk could be processing. The oldest have got their response or were
            // lost.
            if state.abandoned.len() == MAX_ABANDONED {
                state.abandoned.pop_front();
            }
            state.abandoned.push_back((self.id, written));
        }
        if state.in_flight.is_empty() {
            self.pending.wait_idle.notify_waiters();
        }
    }
}

/// Returns the text of a request. Asterisk expects the path without a leading slash, and does not
/// decode the values of `query_strings`.
fn encode_text(request: &Request, id: u64) -> String {
    let query: Vec<_> = request
        .query()
        .iter()
        .map(|(name, value)| json!({"name": name, "value": value}))
        .collect();
    let mut frame = json!({
        "type": event_type::REST_REQUEST,
        "transaction_id": "ari-api",
        "request_id": id.to_string(),
        "method": request.method().as_str(),
        "uri": request.path().trim_start_matches('/'),
    });
    if !query.is_empty() {
        frame["query_strings"] = query.into();
    }
    if let Some(body) = request.body() {
        frame["content_type"] = "application/json".into();
        frame["message_body"] = String::from_utf8_lossy(body).into();
    }
    frame.to_string()
}

#[derive(Default)]
struct ResponseMessage {
    request_id: String,
    status_code: u16,
    message_body: String,
}

crate::__model!(
    ResponseMessage = named("ResponseMessage"),
    request_id = defaulted("request_id"),
    status_code = required("status_code"),
    message_body = defaulted("message_body"),
);

/// Returns the error for a request that the socket cannot carry, if there is no HTTP transport.
pub(crate) fn cannot_send(request: &Request, problem: &str) -> Error {
    Error::InvalidConfig(format!(
        "{}: {problem}, and this session knows no HTTP address: nothing was sent; send it by a \
         client that `Client::builder` has made, or give the server one by `ServerBuilder::http`",
        request.operation()
    ))
}
