//! The way of events from a server to its gateway, with a delay. It observes how long events wait for
//! the gateway, and those that it never reads.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use ari_api::Error;
use ari_api::error::TransportError;
use ari_api::transport::{
    BoxFuture, IncomingFrame, ReadOnlySocket, Request, Response, Transport, WebSocket,
};
use futures_core::Stream;
use serde_json::Value;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;
use tokio::time::{Instant, Sleep, sleep_until};

use super::observe::{self, Observation};

/// A transport whose sockets delay events.
#[derive(Debug)]
pub(super) struct SlowTransport<T> {
    pub(super) transport: T,
    pub(super) server: String,
    pub(super) delay: Duration,
}

impl<T: Transport> Transport for SlowTransport<T> {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        self.transport.send(request)
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let socket = self.transport.connect(request).await?;
            let (sender, events) = mpsc::unbounded_channel();
            let carrying = tokio::spawn(carry(socket, self.delay, sender));
            let events = DelayedEvents {
                server: self.server.clone(),
                events,
                next: None,
                timer: None,
                carrying: carrying.abort_handle(),
            };
            Ok(Box::new(ReadOnlySocket::new(events)) as Box<dyn WebSocket>)
        })
    }
}

/// An event with the time at which it arrives.
type Arriving = (Instant, String);

/// Reads a socket to its end.
async fn carry(
    mut socket: Box<dyn WebSocket>,
    delay: Duration,
    events: mpsc::UnboundedSender<Arriving>,
) {
    loop {
        let received = std::future::poll_fn(|context| {
            let received = ready!(socket.poll_receive(context));
            Poll::Ready(match received {
                Some(Ok(IncomingFrame::Text(text))) => Some(Some(text.to_owned())),
                Some(Ok(IncomingFrame::Close(_)) | Err(_)) | None => None,
                Some(Ok(_)) => Some(None),
            })
        });
        match received.await {
            Some(Some(text)) => {
                // The receiver aborts this task when it is dropped.
                let _ = events.send((Instant::now() + delay, text));
            }
            Some(None) => {}
            None => return,
        }
    }
}

/// The events of a socket, each when it arrives.
struct DelayedEvents {
    server: String,
    events: mpsc::UnboundedReceiver<Arriving>,
    next: Option<Arriving>,
    timer: Option<Pin<Box<Sleep>>>,
    carrying: AbortHandle,
}

impl Stream for DelayedEvents {
    type Item = Result<String, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.next.is_none() {
            self.next = ready!(self.events.poll_recv(context));
        }
        let Some((due, _)) = self.next else {
            return Poll::Ready(None);
        };
        if Instant::now() < due {
            let timer = self.timer.get_or_insert_with(|| Box::pin(sleep_until(due)));
            ready!(timer.as_mut().poll(context));
        }
        self.timer = None;
        observe::add_delay(&self.server, due.elapsed());
        let text = self.next.take().map(|(_, text)| Ok(text));
        Poll::Ready(text)
    }
}

impl Drop for DelayedEvents {
    fn drop(&mut self) {
        self.carrying.abort();
        let mut unread: Vec<_> = self.next.take().into_iter().collect();
        while let Ok(event) = self.events.try_recv() {
            unread.push(event);
        }
        for (_, text) in unread {
            let event: Value = serde_json::from_str(&text).unwrap_or_default();
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            observe::add(Observation::Unread {
                server: self.server.clone(),
                kind: text(&event["type"]),
                channel: text(&event["channel"]["id"]),
            });
        }
    }
}
