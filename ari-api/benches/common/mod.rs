//! Shared parts of the benchmarks: medians, and a session that reads prepared texts from memory, so
//! that only the client is measured.

#![allow(
    dead_code,
    clippy::expect_used,
    reason = "no benchmark uses all; it may end at once"
)]

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use ari_api::Error;
use ari_api::client::{ApiClient, Connection};
use ari_api::error::TransportError;
use ari_api::stream::Session;
use ari_api::transport::{
    BoxFuture, IncomingFrame, OutgoingFrame, Request, Response, Transport, WebSocket,
};
use ari_api::{Client, Event};
use tokio::sync::Notify;

/// Written for the benchmarks: the events of an inbound call with a menu, a recording and a bridge.
pub(crate) const EVENTS: &str = include_str!("../events.jsonl");

/// The channel of most events.
pub(crate) const CHANNEL: &str = "1763862531.42";

/// Returns a size, which an environment variable can reduce for a smoke test.
pub(crate) fn size(variable: &str, usual: usize) -> usize {
    let set = std::env::var(variable).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Connects a client to a player of prepared texts; returns it and its session. No stream of all
/// events stays open.
pub(crate) async fn connect() -> (Client, Session<Event>, Player) {
    let player = Player::default();
    let client = Client::from_connection(Connection::new(player.clone()));
    let stream = client.application("hello").connect().await;
    let session = stream.expect("memory refuses nobody").session().clone();
    (client, session, player)
}

/// Plays texts to the session.
#[derive(Clone, Debug, Default)]
pub(crate) struct Player(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    next: Mutex<Next>,
    done: Notify,
}

#[derive(Debug, Default)]
struct Next {
    program: Option<Program>,
    waker: Option<Waker>,
}

#[derive(Clone, Debug)]
struct Program {
    texts: Arc<[String]>,
    /// The number of texts that are still to be read.
    left: usize,
}

impl Player {
    fn next(&self) -> MutexGuard<'_, Next> {
        self.0.next.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the session read this many texts, repeating them in a cycle, and waits until it has.
    pub(crate) async fn play(&self, texts: &Arc<[String]>, count: usize) {
        let texts = texts.clone();
        let waker = {
            let mut next = self.next();
            next.program = Some(Program { texts, left: count });
            next.waker.take()
        };
        if let Some(waker) = waker {
            waker.wake();
        }
        self.0.done.notified().await;
    }
}

impl Player {
    /// Makes channels enter the application, so that the client knows that they exist.
    pub(crate) async fn enter(&self, ids: impl IntoIterator<Item = String>) {
        let starts = ids.into_iter().map(|id| {
            format!(r#"{{"type":"StasisStart","application":"hello","channel":{{"id":"{id}"}}}}"#)
        });
        let texts: Arc<[String]> = starts.collect();
        self.play(&texts, texts.len()).await;
    }
}

impl Transport for Player {
    /// The session's own requests get the responses of a server that has the application and
    /// nothing else. A 404 would mean that it has forgotten the application, and cause a reconnect.
    fn send<'a>(&'a self, call: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        let body = match call.operation().path {
            "/channels" | "/bridges" => "[]".to_owned(),
            "/applications/{applicationName}" => format!(
                r#"{{"name":"hello","channel_ids":["{CHANNEL}"],"bridge_ids":[],
                "endpoint_ids":[],"device_names":[],"events_allowed":[],"events_disallowed":[]}}"#
            ),
            _ => return Box::pin(async { Ok(Response::new(404, "")) }),
        };
        Box::pin(async { Ok(Response::new(200, body)) })
    }

    fn connect<'a>(&'a self, _: &'a Request) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        let socket: Box<dyn WebSocket> = Box::new(Socket {
            player: self.clone(),
            program: None,
        });
        Box::pin(async move { Ok(socket) })
    }
}

struct Socket {
    player: Player,
    program: Option<Program>,
}

impl WebSocket for Socket {
    fn poll_receive(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<IncomingFrame<'_>, TransportError>>> {
        if self
            .program
            .as_ref()
            .is_none_or(|program| program.left == 0)
        {
            let mut next = self.player.next();
            if self.program.take().is_some() {
                self.player.0.done.notify_one();
            }
            self.program = next.program.take();
            next.waker = Some(context.waker().clone());
        }
        let Some(program) = &mut self.program else {
            return Poll::Pending;
        };
        program.left -= 1;
        let text = &program.texts[program.left % program.texts.len()];
        Poll::Ready(Some(Ok(IncomingFrame::Text(text))))
    }

    fn send(&mut self, _: OutgoingFrame) -> Result<(), TransportError> {
        Ok(())
    }

    fn poll_flush(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }
}
