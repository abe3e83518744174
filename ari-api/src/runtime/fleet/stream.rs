//! The events of a fleet's servers, merged.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use futures_core::Stream;
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

use super::Fleet;
use crate::runtime::events::{Reconnect, is_passing};
use crate::runtime::{Bindings, BoxFuture, Connect, Connecting, Error, EventStream, Message};

/// The events of all servers of a fleet, each with its server.
pub struct FleetStream<C: Bindings, R> {
    fleet: Fleet<C>,
    request: R,
    links: Vec<Link<C::Event>>,
    /// The index of the server that is polled first, so that a busy server does not block the
    /// others.
    next: usize,
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
struct Link<E: Message> {
    state: State<E>,
    attempts: u32,
}

enum State<E: Message> {
    Idle,
    Connecting(Connecting<E>),
    Open(EventStream<E>),
    Waiting(Pin<Box<Sleep>>),
    Ended,
}

impl<E: Message> Link<E> {
    fn new() -> Self {
        Link {
            state: State::Idle,
            attempts: 0,
        }
    }
}

impl<C: Bindings, R: Connect<Message = C::Event>> FleetStream<C, R> {
    pub(super) fn new(fleet: Fleet<C>, request: R) -> Self {
        let closing = fleet.shared.closing.subscribe();
        let mut closed = closing.clone();
        FleetStream {
            links: fleet.servers().map(|_| Link::new()).collect(),
            next: 0,
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
            let links = self.links.iter_mut();
            for link in links.filter(|link| !matches!(link.state, State::Open(_))) {
                link.state = State::Ended;
            }
        }
        let count = self.links.len();
        for turn in 0..count {
            let index = (self.next + turn) % count;
            if let Poll::Ready(Some(event)) = self.poll_link(index, context) {
                self.next = index + 1;
                return Poll::Ready(Some(event));
            }
        }
        let ended = |link: &Link<C::Event>| matches!(link.state, State::Ended);
        if self.links.iter().all(ended) {
            return Poll::Ready(None);
        }
        Poll::Pending
    }

    fn poll_link(
        &mut self,
        index: usize,
        context: &mut Context<'_>,
    ) -> Poll<Option<FleetEvent<C::Event>>> {
        let link = &mut self.links[index];
        loop {
            let result = match &mut link.state {
                State::Ended => return Poll::Ready(None),
                State::Idle => {
                    let client = self.fleet.client(index);
                    link.state = State::Connecting(client.connection().connecting(&self.request));
                    continue;
                }
                State::Waiting(pause) => {
                    std::task::ready!(pause.as_mut().poll(context));
                    link.state = State::Idle;
                    continue;
                }
                State::Connecting(connecting) => {
                    match std::task::ready!(connecting.as_mut().poll(context)) {
                        // Closing may have looked for connected sessions just before this one was
                        // added.
                        Ok(_) if self.closing.has_changed().unwrap_or(true) => {
                            link.state = State::Ended;
                            return Poll::Ready(None);
                        }
                        Ok(stream) => {
                            link.attempts = 0;
                            link.state = State::Open(stream);
                            continue;
                        }
                        Err(error) => {
                            link.attempts = link.attempts.saturating_add(1);
                            let pause = Reconnect::default().pause(link.attempts);
                            link.state = match pause.filter(|_| is_passing(&error)) {
                                Some(pause) => State::Waiting(Box::pin(sleep(pause))),
                                None => State::Ended,
                            };
                            Err(error)
                        }
                    }
                }
                State::Open(stream) => {
                    match std::task::ready!(Pin::new(stream).poll_next(context)) {
                        Some(event) => event,
                        None => {
                            link.state = State::Ended;
                            return Poll::Ready(None);
                        }
                    }
                }
            };
            if let Ok(event) = &result {
                self.fleet.learn(index, event);
            }
            return Poll::Ready(Some(FleetEvent {
                server: self.fleet.shared.servers[index].0.clone(),
                event: result,
            }));
        }
    }
}

impl<C: Bindings, R: Connect<Message = C::Event> + Unpin> Stream for FleetStream<C, R> {
    type Item = FleetEvent<C::Event>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<C: Bindings, R> fmt::Debug for FleetStream<C, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("FleetStream").field(&self.fleet).finish()
    }
}
