//! State that the lines of `ari exec` share: the settings, the connections, and the events of an
//! application.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock};

use ari_api::Error;
use ari_api::config::ConnectionConfig;
use ari_api::stream::EventStream;
use ari_api::transport::{BoxFuture, HttpTransport, Request, Response, Transport, WebSocket};
use serde_json::Value;

use crate::error::CliError;
use crate::event::CommandEvent;

/// The number of events that are kept until a line waits for them.
const MAX_KEPT_EVENTS: usize = 8192;

/// The state that the lines of a file share.
pub(crate) struct ExecSession {
    pub(crate) config: ConnectionConfig,
    http: OnceLock<SharedTransport>,
    pub(crate) application: OnceLock<HeldApplication>,
    /// The result of the last command.
    result: Mutex<Option<Value>>,
}

impl fmt::Debug for ExecSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExecSession")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

impl ExecSession {
    pub(crate) fn new(config: ConnectionConfig) -> Self {
        ExecSession {
            config,
            http: OnceLock::new(),
            application: OnceLock::new(),
            result: Mutex::default(),
        }
    }

    /// Returns the transport of all lines, which the first one creates.
    pub(crate) fn http_transport(
        &self,
        create: impl FnOnce() -> Result<HttpTransport, Error>,
    ) -> Result<SharedTransport, Error> {
        if let Some(known) = self.http.get() {
            return Ok(known.clone());
        }
        let created = SharedTransport(Arc::new(create()?));
        Ok(self.http.get_or_init(|| created).clone())
    }

    /// Keeps the result of a command for its variable.
    pub(crate) fn set_result(&self, value: &Value) {
        if let Ok(mut result) = self.result.lock() {
            *result = Some(value.clone());
        }
    }

    /// Returns the result of the last command, and forgets it.
    pub(crate) fn take_result(&self) -> Option<Value> {
        self.result.lock().ok().and_then(|mut result| result.take())
    }
}

/// A transport that several clients use. A client that is closed does not close it, so that the
/// connections stay open for the next line.
#[derive(Clone, Debug)]
pub(crate) struct SharedTransport(Arc<HttpTransport>);

impl Transport for SharedTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        self.0.send(request)
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        self.0.connect(request)
    }

    fn server_address(&self) -> Option<(&str, u16)> {
        self.0.server_address()
    }
}

/// The application that is connected while the lines of a file run.
pub(crate) struct HeldApplication {
    pub(crate) name: String,
    events: tokio::sync::Mutex<HeldEvents>,
}

struct HeldEvents {
    stream: EventStream<CommandEvent>,
    /// Events that no line has waited for yet, the oldest first.
    kept: VecDeque<Arc<CommandEvent>>,
}

impl HeldApplication {
    pub(crate) fn new(name: &str, stream: EventStream<CommandEvent>) -> Self {
        let kept = VecDeque::new();
        HeldApplication {
            name: name.to_owned(),
            events: tokio::sync::Mutex::new(HeldEvents { stream, kept }),
        }
    }

    /// Returns the first event that fits, since the application was connected. Each event is returned
    /// once.
    pub(crate) async fn find(
        &self,
        wants: impl Fn(&CommandEvent) -> bool,
    ) -> Result<Arc<CommandEvent>, CliError> {
        let mut events = self.events.lock().await;
        let HeldEvents { stream, kept } = &mut *events;
        let known = kept.iter().position(|event| wants(event));
        if let Some(event) = known.and_then(|at| kept.remove(at)) {
            return Ok(event);
        }
        loop {
            match stream.next().await {
                Some(Ok(event)) if wants(&event) => return Ok(event),
                Some(Ok(event)) => {
                    if kept.len() == MAX_KEPT_EVENTS {
                        kept.pop_front();
                    }
                    kept.push_back(event);
                }
                Some(Err(error @ Error::Disconnected { .. })) => return Err(error.into()),
                Some(Err(_)) => {}
                None => return Err(CliError::other("the stream of events has ended")),
            }
        }
    }
}
