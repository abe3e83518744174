//! The transport of a call's client: requests for the call, and its events as a WebSocket.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use ari_api::Error;
use ari_api::schema::Method;
use ari_api::transport::{BoxFuture, Request, Response, Transport, WebSocket};
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::call::{CallKey, Generation};
use super::member::{Member, PlaceKey};
use crate::transport::created::creation;
use crate::transport::requester::{ForCall, Requester};
use crate::transport::socket::bus_socket;
use crate::wire::subject::Right;

/// The transport of one call.
pub(crate) struct CallTransport {
    member: Arc<Member>,
    key: PlaceKey,
    call: String,
    generation: Generation,
    requester: Requester,
    /// The socket of the first connection, which has the call's first events.
    first: Mutex<Option<mpsc::UnboundedReceiver<Bytes>>>,
    new_in: Mutex<Option<String>>,
    /// True if the call has begun with this session, until the library has asked for the objects that
    /// existed before.
    is_new: AtomicBool,
}

impl CallTransport {
    /// `new_in` is the epoch in which the first request originates the call, if the call does not exist
    /// yet.
    pub(crate) fn new(
        member: Arc<Member>,
        key: &CallKey,
        first: mpsc::UnboundedReceiver<Bytes>,
        new_in: Option<String>,
        is_resumed: bool,
    ) -> Self {
        CallTransport {
            requester: Requester {
                bus: member.bus.clone(),
                server: key.place.0.clone(),
                application: key.place.1.clone(),
            },
            member,
            key: key.place.clone(),
            call: key.call.clone(),
            generation: key.generation.clone(),
            first: Mutex::new(Some(first)),
            new_in: Mutex::new(new_in),
            is_new: AtomicBool::new(!is_resumed),
        }
    }

    /// Returns the epoch in which requests may be sent. `None` while the gateway cannot be reached.
    fn epoch(&self, request: &Request) -> Result<Option<String>, Error> {
        let operation = request.operation();
        let lost = Error::NotOwner { operation };
        self.member
            .read(&self.key, |place| match place.calls.get(&self.call) {
                Some(call) if call.generation == self.generation && !call.is_lost => {
                    Ok(place.open_epoch().map(str::to_owned))
                }
                _ => Err(lost),
            })
            .unwrap_or(Ok(None))
    }
}

impl CallTransport {
    /// Returns the right and the epoch for a request before the call exists: the one that originates
    /// it, or a question about the server.
    fn new_in(&self, method: Method) -> Option<(Right, Option<String>)> {
        let mut new_in = self.new_in.lock().unwrap_or_else(PoisonError::into_inner);
        match method {
            Method::Get => Some((Right::Any, Some(new_in.clone()?))),
            _ => Some((Right::New, Some(new_in.take()?))),
        }
    }

    /// Returns true if a request asks for the state of the session's application.
    fn asks_for_application(&self, request: &Request) -> bool {
        let operation = request.operation();
        let name = request
            .argument("applicationName")
            .and_then(|name| name.as_str());
        operation.method == Method::Get
            && operation.path == "/applications/{applicationName}"
            && name == Some(&self.key.1)
    }

    /// Returns the application as the session of one call sees it: with the objects of the call. Those
    /// of other calls are not this session's.
    fn own_part(&self, application: &[u8]) -> Option<Bytes> {
        let mut application: Value = serde_json::from_slice(application).ok()?;
        self.member.read(&self.key, |place| {
            let call = place.calls.get(&self.call)?;
            for (key, own) in [
                ("channel_ids", call.channels()),
                ("bridge_ids", call.bridges()),
            ] {
                if let Some(ids) = application.get_mut(key).and_then(Value::as_array_mut) {
                    ids.retain(|id| id.as_str().is_some_and(|id| own.contains(id)));
                }
            }
            Some(Bytes::from(application.to_string()))
        })?
    }

    /// Returns the application at the beginning of a call, when nothing but its first event is known.
    fn empty_application(&self) -> Response {
        let application = json!({
            "name": self.key.1,
            "channel_ids": [],
            "bridge_ids": [],
            "endpoint_ids": [],
            "device_names": [],
        });
        Response::new(200, application.to_string())
    }
}

/// Returns the path of a request for a list that the sessions of many calls ask for.
fn list_path(request: &Request) -> Option<&'static str> {
    let operation = request.operation();
    let is_list =
        operation.method == Method::Get && matches!(operation.path, "/channels" | "/bridges");
    is_list.then_some(operation.path)
}

impl fmt::Debug for CallTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallTransport")
            .field("server", &self.key.0)
            .field("application", &self.key.1)
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

impl Transport for CallTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let (right, epoch) = match self.new_in(request.method()) {
                Some(new) => new,
                None => (Right::Own, self.epoch(request)?),
            };
            let Some(epoch) = epoch else {
                let problem = "it cannot be reached, or has no connection to Asterisk";
                return Err(self.requester.not_sent(request.operation(), problem));
            };
            let asks_for_application = self.asks_for_application(request);
            if asks_for_application && self.is_new.swap(false, Ordering::Relaxed) {
                return Ok(self.empty_application());
            }
            let creation = creation(request);
            let objects = creation.objects.clone();
            let call = ForCall {
                call: self.call.clone(),
                generation: self.generation.get(),
                worker: self.member.id.clone(),
            };
            let outcome = match list_path(request) {
                Some(path) => {
                    let (requester, request) = (self.requester.clone(), request.clone());
                    let operation = request.operation();
                    let fetch = Box::pin(async move {
                        requester.send(&request, right, &epoch, Some(&call)).await
                    });
                    let list = self.member.list(&self.key, path);
                    let spawn = |task| self.member.spawn(task);
                    list.get(operation, fetch, spawn).await
                }
                None => {
                    let requester = &self.requester;
                    let sending =
                        requester.send_creation(request, creation, right, &epoch, Some(&call));
                    sending.await
                }
            };
            if let (true, Ok(response)) = (asks_for_application, outcome.as_ref())
                && response.status == 200
            {
                let Response { body, version, .. } = outcome?;
                let body = body.bytes().await?;
                let own = self.own_part(&body).unwrap_or(body);
                return Ok(Response::new(200, own).with_version(version));
            }
            match &outcome {
                Ok(response) if (200..300).contains(&response.status) && !objects.is_empty() => {
                    self.member.update(&self.key, |place, _| {
                        if let Some(call) = place.calls.get_mut(&self.call) {
                            call.add_objects(&objects);
                        }
                    });
                }
                Err(Error::NotOwner { .. }) => {
                    self.member
                        .update(&self.key, |place, now| place.claim_soon(now));
                }
                _ => {}
            }
            outcome
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let first = self
                .first
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take();
            if let Some(first) = first {
                return Ok(bus_socket(first, ()));
            }
            let mut changes = self.member.changes();
            loop {
                changes.mark_seen();
                if self.epoch(request)?.is_some() {
                    let (events, receiver) = mpsc::unbounded_channel();
                    let is_open = self.member.update(&self.key, |place, _| {
                        let is_open = place.open_epoch().is_some();
                        match place.calls.get_mut(&self.call) {
                            Some(call) if is_open && !call.is_lost => call.socket = Some(events),
                            _ => return false,
                        }
                        true
                    });
                    if is_open {
                        return Ok(bus_socket(receiver, ()));
                    }
                }
                changes.changed().await;
            }
        })
    }
}
