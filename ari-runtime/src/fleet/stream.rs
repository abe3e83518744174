//! The events of a fleet's servers, merged.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

use crate::client::api_client::ApiClient;
use crate::client::connection::ConnectFuture;
use crate::error::Error;
use crate::event::event_type::EventType;
use crate::fleet::Fleet;
use crate::request::typed_request::WebSocketRequest;
use crate::routing::stream::EventStream;
use crate::session::reconnect::{ReconnectPolicy, is_transient};
use crate::transport::transport_trait::BoxFuture;

/// The events of all servers of a fleet, each with its server.
pub struct FleetStream<C: ApiClient, R> {
    fleet: Fleet<C>,
    request: R,
    server_streams: Vec<ServerStream<C::Event>>,
    /// The index of the server that is polled first, so that a busy server does not block the
    /// others.
    next_server: usize,
    /// Completes when the fleet is closed.
    closed: Option<BoxFuture<'static, ()>>,
    /// Has changed if the fleet is closed.
    closing: watch::Receiver<()>,
}

/// An event of one of a fleet's servers, or an error of the connection to it.
#[derive(Debug)]
#[non_exhaustive]
pub struct FleetEvent<E> {
    /// The name of the server.
    pub server: Arc<str>,
    /// The item as yielded by [`EventStream::next`].
    pub event: Result<Arc<E>, Error>,
}

/// The connection of the application to one server.
struct ServerStream<E: EventType> {
    state: StreamState<E>,
    attempts: u32,
}

enum StreamState<E: EventType> {
    Idle,
    Connecting(ConnectFuture<E>),
    Open(EventStream<E>),
    Backoff(Pin<Box<Sleep>>),
    Ended,
}

impl<E: EventType> ServerStream<E> {
    fn new() -> Self {
        ServerStream {
            state: StreamState::Idle,
            attempts: 0,
        }
    }
}

impl<C: ApiClient> Fleet<C> {
    /// Connects an application to every server, and merges their events. A server that cannot be
    /// reached is tried again with increasing delays, while the others continue. Each failure is an
    /// item of the stream. A server is not tried again if it refuses permanently, for example
    /// because of a wrong password, or if its WebSocket was lost and the client's own
    /// [`ReconnectPolicy`](crate::session::reconnect::ReconnectPolicy) policy has given up.
    pub fn connect<R>(&self, request: R) -> FleetStream<C, R>
    where
        R: WebSocketRequest<Event = C::Event>,
    {
        FleetStream::new(self.clone(), request)
    }
}

impl<C: ApiClient, R: WebSocketRequest<Event = C::Event>> FleetStream<C, R> {
    pub(super) fn new(fleet: Fleet<C>, request: R) -> Self {
        let closing = fleet.shared.closing.subscribe();
        let mut closed = closing.clone();
        FleetStream {
            server_streams: fleet.servers().map(|_| ServerStream::new()).collect(),
            next_server: 0,
            closed: Some(Box::pin(async move {
                // The sender is owned by the fleet, so this waits only for a change.
                let _ = closed.changed().await;
            })),
            closing,
            fleet,
            request,
        }
    }

    /// Returns the next event of any server. `None` after all have ended.
    pub async fn next(&mut self) -> Option<FleetEvent<C::Event>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<FleetEvent<C::Event>>> {
        let mut closed = self.closed.as_mut();
        if closed
            .as_mut()
            .is_some_and(|closed| closed.as_mut().poll(context).is_ready())
        {
            self.closed = None;
            // The streams of connected servers end by themselves.
            let links = self.server_streams.iter_mut();
            for link in links.filter(|link| !matches!(link.state, StreamState::Open(_))) {
                link.state = StreamState::Ended;
            }
        }
        let count = self.server_streams.len();
        for turn in 0..count {
            let index = (self.next_server + turn) % count;
            if let Poll::Ready(Some(event)) = self.poll_server(index, context) {
                self.next_server = index + 1;
                return Poll::Ready(Some(event));
            }
        }
        let ended = |link: &ServerStream<C::Event>| matches!(link.state, StreamState::Ended);
        if self.server_streams.iter().all(ended) {
            return Poll::Ready(None);
        }
        Poll::Pending
    }

    fn poll_server(
        &mut self,
        index: usize,
        context: &mut Context<'_>,
    ) -> Poll<Option<FleetEvent<C::Event>>> {
        let link = &mut self.server_streams[index];
        loop {
            let result = match &mut link.state {
                StreamState::Ended => return Poll::Ready(None),
                StreamState::Idle => {
                    let client = self.fleet.client(index);
                    link.state =
                        StreamState::Connecting(client.connection().connect_owned(&self.request));
                    continue;
                }
                StreamState::Backoff(pause) => {
                    std::task::ready!(pause.as_mut().poll(context));
                    link.state = StreamState::Idle;
                    continue;
                }
                StreamState::Connecting(connecting) => {
                    match std::task::ready!(connecting.as_mut().poll(context)) {
                        // Closing may have looked for connected sessions just before this one was
                        // added.
                        Ok(_) if self.closing.has_changed().unwrap_or(true) => {
                            link.state = StreamState::Ended;
                            return Poll::Ready(None);
                        }
                        Ok(stream) => {
                            link.attempts = 0;
                            link.state = StreamState::Open(stream);
                            continue;
                        }
                        Err(error) => {
                            link.attempts = link.attempts.saturating_add(1);
                            let pause = ReconnectPolicy::default().delay(link.attempts);
                            link.state = match pause.filter(|_| is_transient(&error)) {
                                Some(pause) => StreamState::Backoff(Box::pin(sleep(pause))),
                                None => StreamState::Ended,
                            };
                            Err(error)
                        }
                    }
                }
                StreamState::Open(stream) => {
                    match std::task::ready!(Pin::new(stream).poll_next(context)) {
                        Some(event) => event,
                        None => {
                            link.state = StreamState::Ended;
                            return Poll::Ready(None);
                        }
                    }
                }
            };
            if let Ok(event) = &result {
                self.fleet.record_event(index, event);
            }
            return Poll::Ready(Some(FleetEvent {
                server: self.fleet.shared.servers[index].0.clone(),
                event: result,
            }));
        }
    }
}

impl<C: ApiClient, R: WebSocketRequest<Event = C::Event> + Unpin> Stream for FleetStream<C, R> {
    type Item = FleetEvent<C::Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<C: ApiClient, R> fmt::Debug for FleetStream<C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FleetStream").field(&self.fleet).finish()
    }
}
