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
use crate::event::connection_event::ConnectionEvent;
use crate::event::event_type::EventType;
use crate::fleet::servers::{Fleet, FleetServer, Roster};
use crate::protocol::parameter;
use crate::request::typed_request::WebSocketRequest;
use crate::routing::stream::EventStream;
use crate::session::reconnect::{ReconnectPolicy, is_transient};
use crate::transport::transport_trait::BoxFuture;

/// The events of all servers of a fleet, each with its server.
pub struct FleetStream<C: ApiClient, R> {
    fleet: Fleet<C>,
    request: R,
    server_streams: Vec<ServerStream<C>>,
    /// The index of the server that is polled first, so that a busy server does not block the
    /// others.
    next_server: usize,
    /// Completes when servers are added or removed, or the fleet is closed.
    changed: BoxFuture<'static, watch::Receiver<Roster<C>>>,
    /// The number of times that the fleet had been closed when this stream began.
    closes: u64,
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
struct ServerStream<C: ApiClient> {
    server: FleetServer<C>,
    state: StreamState<C::Event>,
    attempts: u32,
    is_removed: bool,
}

enum StreamState<E: EventType> {
    Idle,
    Connecting(ConnectFuture<E>),
    Open(EventStream<E>),
    Backoff(Pin<Box<Sleep>>),
    /// The server was removed from the fleet, which is still to be reported.
    Removed,
    Ended,
}

impl<C: ApiClient> Fleet<C> {
    /// Connects an application to every server, and merges their events. A server that cannot be
    /// reached is tried again with increasing delays, while the others continue. Each failure is an
    /// item of the stream. A server is not tried again if it refuses permanently, for example
    /// because of a wrong password, or if its WebSocket was lost and the client's own
    /// [`ReconnectPolicy`](crate::session::reconnect::ReconnectPolicy) policy has given up. Servers
    /// that are inserted later are connected, too.
    pub fn connect<R>(&self, request: R) -> FleetStream<C, R>
    where
        R: WebSocketRequest<Event = C::Event>,
    {
        FleetStream::new(self.clone(), request)
    }
}

impl<C: ApiClient, R: WebSocketRequest<Event = C::Event>> FleetStream<C, R> {
    fn new(fleet: Fleet<C>, request: R) -> Self {
        let roster = fleet.shared.roster.subscribe();
        let closes = roster.borrow().closes;
        let mut stream = FleetStream {
            server_streams: Vec::new(),
            next_server: 0,
            changed: wait_for_change(roster),
            closes,
            fleet,
            request,
        };
        stream.update_servers();
        stream
    }

    /// Returns the next event of any server. `None` after the fleet was closed, or after all of its
    /// servers have ended permanently. Waits while the fleet has no servers.
    pub async fn next(&mut self) -> Option<FleetEvent<C::Event>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// Takes in the servers that were added, and ends the connections to those that were removed.
    fn update_servers(&mut self) {
        let roster = self.fleet.shared.roster.borrow();
        for link in &mut self.server_streams {
            if !roster.servers.contains(&link.server) {
                match &link.state {
                    // It ends after the events that have already arrived.
                    StreamState::Open(stream) => stream.session().request_close(),
                    _ => link.state = StreamState::Removed,
                }
                link.is_removed = true;
            }
        }
        for server in &roster.servers {
            if !self.server_streams.iter().any(|it| it.server == *server) {
                self.server_streams.push(ServerStream {
                    server: server.clone(),
                    state: StreamState::Idle,
                    attempts: 0,
                    is_removed: false,
                });
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.fleet.shared.roster.borrow().closes != self.closes
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<FleetEvent<C::Event>>> {
        while let Poll::Ready(roster) = self.changed.as_mut().poll(context) {
            self.changed = wait_for_change(roster);
            if !self.is_closed() {
                self.update_servers();
            }
        }
        let is_closed = self.is_closed();
        if is_closed {
            // The streams of connected servers end by themselves.
            let links = self.server_streams.iter_mut();
            for link in links.filter(|link| !matches!(link.state, StreamState::Open(_))) {
                link.state = StreamState::Ended;
            }
        }
        let count = self.server_streams.len();
        for turn in 0..count {
            let index = (self.next_server + turn) % count;
            if let Poll::Ready(Some(event)) = self.poll_server(index, is_closed, context) {
                self.next_server = index + 1;
                if matches!(self.server_streams[index].state, StreamState::Removed) {
                    self.server_streams.remove(index);
                }
                return Poll::Ready(Some(event));
            }
        }
        let mut links = self.server_streams.iter();
        let all_ended = links.all(|link| matches!(link.state, StreamState::Ended));
        if all_ended && (is_closed || count > 0) {
            return Poll::Ready(None);
        }
        Poll::Pending
    }

    fn poll_server(
        &mut self,
        index: usize,
        is_closed: bool,
        context: &mut Context<'_>,
    ) -> Poll<Option<FleetEvent<C::Event>>> {
        let link = &mut self.server_streams[index];
        loop {
            let result = match &mut link.state {
                StreamState::Ended => return Poll::Ready(None),
                StreamState::Removed => {
                    let request = self.request.to_request();
                    let names = request.iter().flat_map(|it| it.texts(parameter::APP));
                    let closed = ConnectionEvent::Closed {
                        applications: names.map(str::to_owned).collect(),
                        reason: "the server was removed from the fleet".to_owned(),
                    };
                    Ok(Arc::new(C::Event::from_connection_event(closed)))
                }
                StreamState::Idle => {
                    let connection = link.server.client().connection();
                    link.state = StreamState::Connecting(connection.connect_owned(&self.request));
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
                        Ok(_) if is_closed => {
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
                        None if link.is_removed => {
                            link.state = StreamState::Removed;
                            continue;
                        }
                        None => {
                            link.state = StreamState::Ended;
                            return Poll::Ready(None);
                        }
                    }
                }
            };
            if let Ok(event) = &result {
                self.fleet.record_event(&link.server, event);
            }
            return Poll::Ready(Some(FleetEvent {
                server: link.server.name().clone(),
                event: result,
            }));
        }
    }
}

/// Waits for a change of a fleet's servers.
fn wait_for_change<C: ApiClient>(
    mut roster: watch::Receiver<Roster<C>>,
) -> BoxFuture<'static, watch::Receiver<Roster<C>>> {
    Box::pin(async move {
        // The sender is owned by the fleet, so this waits only for a change.
        let _ = roster.changed().await;
        roster
    })
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
