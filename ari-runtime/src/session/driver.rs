//! The task of one WebSocket. It reads the WebSocket independently of the application, because
//! Asterisk disconnects clients that stop reading for 100 ms, and reopens it when it is lost.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_lite::future;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

use crate::error::connection::error_chain;
use crate::error::types::{Error, TransportError};
use crate::event::connection_event::ConnectionEvent;
use crate::protocol::parameter;
use crate::reconcile::{reconciler, resync};
use crate::request::param_value::ParamValue;
use crate::request::untyped_request::Request;
use crate::routing::health::OpenSocket;
use crate::routing::lazy_event::TextBuffer;
use crate::routing::queue::CloseReason;
use crate::session::core::Command;
use crate::session::counters::add;
use crate::session::read_state::ReadState;
use crate::session::session_state::{ReadEnd, SessionState};
use crate::session::span::SessionSpan;
use crate::session::{log, pre_close, reconnect};
use crate::transport::request_span;
use crate::transport::transport_trait::Transport;
use crate::transport::web_socket::{IncomingFrame, OutgoingFrame, WebSocket};

/// The number of messages that are read before other tasks run.
const MAX_BATCH: usize = 256;

/// The time that the peer may take to complete a close, and also the time that the cleanup before
/// it may take.
const CLOSING: Duration = Duration::from_secs(1);

/// A session whose task is running. Dropping it ends the session, even if the runtime ends, so that
/// no caller waits forever.
pub(crate) struct DriverGuard {
    pub(crate) session: Arc<SessionState>,
    pub(crate) ending: Option<CloseReason>,
    pub(crate) span: SessionSpan,
    /// Set while the socket is open.
    pub(crate) open: Option<OpenSocket>,
    pub(crate) _done: watch::Sender<()>,
}

impl Drop for DriverGuard {
    fn drop(&mut self) {
        let error = self.ending.as_ref().map(|_| "disconnected");
        self.span.finish(&self.session.core, error);
        self.session.finish(self.ending.take());
    }
}

/// Reads and reconnects until the session ends.
pub(crate) async fn run(
    mut running: DriverGuard,
    mut commands: mpsc::UnboundedReceiver<Command>,
    mut requests: mpsc::UnboundedReceiver<u64>,
    mut socket: Box<dyn WebSocket>,
    request: Option<Request>,
) {
    let session = running.session.clone();
    let mut comparing = JoinSet::new();
    let mut reader = ReadState {
        tasks: JoinSet::new(),
        candidates: Vec::new(),
        wakers: Vec::new(),
        texts: TextBuffer::default(),
        last_frame: Instant::now(),
        has_received: false,
        ping_pending: false,
        timer: Box::pin(sleep(session.core.settings.ping_interval)),
    };
    let reconciling = running.span.around(reconciler::run(session.clone()));
    reader.tasks.spawn(reconciling);
    let mut attempts = 0;
    let ending = loop {
        let opened = Instant::now();
        reader.last_frame = opened;
        reader.has_received = false;
        reader.ping_pending = false;
        reader
            .timer
            .as_mut()
            .reset(opened + session.core.settings.ping_interval);
        let end = std::future::poll_fn(|context| {
            let socket = socket.as_mut();
            let turn = poll_once(&session, &mut reader, &mut commands, socket, context);
            reader.wakers.drain(..).for_each(Waker::wake);
            reader.texts.end_batch();
            match turn {
                Poll::Ready(end) => Poll::Ready(end),
                Poll::Pending => write(&session, &mut requests, socket, context),
            }
        })
        .await;
        let lost = Instant::now();
        running.open = None;
        session.core.activity.on_lost();
        // Waits for its end, so that it reports nothing after this loss.
        comparing.shutdown().await;
        let (reason, source, in_order) = match end {
            ReadEnd::Requested => {
                let _ = timeout(CLOSING, pre_close::unsubscribe_from_devices(&session.core)).await;
                close(socket).await;
                break None;
            }
            ReadEnd::Replaced(application) => {
                close(socket).await;
                break Some(CloseReason::Disconnected {
                    reason: format!(
                        "another client has taken over the application {application:?}"
                    ),
                    source: None,
                });
            }
            ReadEnd::Closed(reason) => (reason, None, true),
            ReadEnd::Broken(reason, source) => (reason, source, false),
        };
        let reason = match source {
            Some(source) => format!("{reason}: {}", error_chain(source.as_ref())),
            None => reason,
        };
        session.core.pending.close(&reason);
        session.router.health.on_error(reason.clone());
        let (Some(transport), Some(request)) = (&session.core.transport, &request) else {
            // Asterisk reconnects if it wants to, and ends the session of a single call regularly.
            close(socket).await;
            break (!in_order).then(|| disconnected(reason));
        };
        // A connection on which nothing was received does not show that connecting works.
        if reader.has_received && session.core.settings.reconnect.is_stable(lost - opened) {
            attempts = 0;
        }
        if session
            .core
            .settings
            .reconnect
            .delay(attempts + 1)
            .is_none()
        {
            close(socket).await;
            break Some(disconnected(reason));
        }
        session.core.is_resyncing.store(true, Ordering::Release);
        session.broadcast(&ConnectionEvent::Disconnected { reason });
        // Completes the closing handshake, or drops a broken socket.
        close(socket).await;
        // Applications that another client has taken over are not taken back.
        let left = session.core.active_applications().into_iter();
        let left = ParamValue::List(left.map(ParamValue::Text).collect());
        let request = match request.with_argument(parameter::APP, left) {
            Ok(request) => request,
            Err(error) => break Some(cannot_reconnect(error)),
        };
        let before = attempts;
        match reconnect(
            &session,
            transport.as_ref(),
            &request,
            &mut commands,
            &mut attempts,
        )
        .await
        {
            Ok(Some(opened)) => socket = opened,
            Ok(None) => break None,
            Err(ending) => break Some(ending),
        }
        running.open = Some(session.router.health.count_socket());
        session.core.activity.on_open();
        add(&session.core.counters.reconnects, 1);
        session.router.on_gap();
        session.core.pending.open();
        let gap = lost.elapsed();
        let attempts = attempts - before;
        session.broadcast(&ConnectionEvent::Reconnected { gap, attempts });
        comparing.spawn(running.span.around(resync::run(session.clone())));
    };
    reader.tasks.shutdown().await;
    running.ending = ending;
}

fn disconnected(reason: String) -> CloseReason {
    CloseReason::Disconnected {
        reason,
        source: None,
    }
}

fn cannot_reconnect(error: Error) -> CloseReason {
    CloseReason::Disconnected {
        reason: format!("cannot connect again: {error}"),
        source: Some(Arc::new(error)),
    }
}

/// Polls commands, incoming frames and the keepalive timer.
fn poll_once(
    session: &Arc<SessionState>,
    reader: &mut ReadState,
    commands: &mut mpsc::UnboundedReceiver<Command>,
    socket: &mut dyn WebSocket,
    context: &mut Context<'_>,
) -> Poll<ReadEnd> {
    if let Poll::Ready(command) = commands.poll_recv(context) {
        return Poll::Ready(match command {
            Some(Command::Reconnect(reason)) => ReadEnd::Broken(reason, None),
            Some(Command::Close) | None => ReadEnd::Requested,
        });
    }
    let mut has_received_any = false;
    for count in 0.. {
        if count == MAX_BATCH {
            context.waker().wake_by_ref();
            break;
        }
        match socket.poll_receive(context) {
            Poll::Pending => break,
            Poll::Ready(None) => {
                return Poll::Ready(ReadEnd::Broken("the connection ended".into(), None));
            }
            Poll::Ready(Some(Err(error))) => return Poll::Ready(socket_error(error)),
            Poll::Ready(Some(Ok(received))) => {
                has_received_any = true;
                match received {
                    IncomingFrame::Text(raw) => {
                        if let Some(end) = session.on_message(raw, reader) {
                            return Poll::Ready(end);
                        }
                    }
                    IncomingFrame::Heartbeat => {}
                    IncomingFrame::Binary(bytes) => {
                        log::warn(
                            &session.core,
                            format_args!("ignored a binary message of {} bytes", bytes.len()),
                        );
                    }
                    IncomingFrame::End => return Poll::Ready(ReadEnd::Requested),
                    IncomingFrame::Close(reason) => {
                        return Poll::Ready(ReadEnd::Closed(match reason {
                            Some((code, text)) => {
                                format!("closed by the server, with code {code} {text}")
                            }
                            None => "closed by the server, without a reason".to_owned(),
                        }));
                    }
                }
            }
        }
    }
    while reader.tasks.try_join_next().is_some() {}
    let now = Instant::now();
    let settings = &session.core.settings;
    if has_received_any {
        reader.last_frame = now;
        session.core.activity.on_frame(now.into_std());
        reader.has_received = true;
        if std::mem::take(&mut reader.ping_pending) {
            // The timer waits for the response to the ping. Something has arrived, so restart the
            // interval.
            reader.timer.as_mut().reset(now + settings.ping_interval);
        }
    }
    while reader.timer.as_mut().poll(context).is_ready() {
        let silent_for = now.saturating_duration_since(reader.last_frame);
        let next = if silent_for < settings.ping_interval {
            reader.last_frame + settings.ping_interval
        } else if !reader.ping_pending {
            if let Err(error) = socket.send(OutgoingFrame::Ping) {
                return Poll::Ready(socket_error(error));
            }
            reader.ping_pending = true;
            now + settings.ping_timeout
        } else if session
            .core
            .pending
            .excuses_silence_since(reader.last_frame)
        {
            // Asterisk responds to pings on this socket only after the request that it is
            // processing.
            now + settings.ping_timeout
        } else {
            let reason = format!("no sign of life for {silent_for:?}");
            return Poll::Ready(ReadEnd::Broken(reason, None));
        };
        reader.timer.as_mut().reset(next);
    }
    Poll::Pending
}

/// Writes the pending requests one after another. Requests that a full socket holds up can still be
/// cancelled, and are known not to have been sent when the socket is lost.
fn write(
    session: &SessionState,
    requests: &mut mpsc::UnboundedReceiver<u64>,
    socket: &mut dyn WebSocket,
    context: &mut Context<'_>,
) -> Poll<ReadEnd> {
    loop {
        match socket.poll_flush(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(error)) => return Poll::Ready(socket_error(error)),
            Poll::Ready(Ok(())) => {}
        }
        let Poll::Ready(Some(id)) = requests.poll_recv(context) else {
            return Poll::Pending;
        };
        let Some(text) = session.core.pending.write(id) else {
            continue;
        };
        if let Err(error) = socket.send(OutgoingFrame::Text(text)) {
            return Poll::Ready(socket_error(error));
        }
    }
}

fn socket_error(error: TransportError) -> ReadEnd {
    ReadEnd::Broken("the WebSocket broke".into(), Some(error))
}

/// Closes the socket regularly, as far as the peer cooperates.
async fn close(mut socket: Box<dyn WebSocket>) {
    // Refused if the peer has closed first. In that case the flush writes the response to its close
    // frame.
    let _ = socket.send(OutgoingFrame::Close);
    let closing = std::future::poll_fn(|context| {
        if let Poll::Ready(Err(_)) = socket.poll_flush(context) {
            return Poll::Ready(());
        }
        loop {
            match socket.poll_receive(context) {
                Poll::Ready(Some(Ok(IncomingFrame::Close(_)) | Err(_)) | None) => {
                    return Poll::Ready(());
                }
                Poll::Ready(Some(Ok(_))) => {}
                Poll::Pending => return Poll::Pending,
            }
        }
    });
    // The socket is dropped if the peer does not respond.
    let _ = timeout(CLOSING, closing).await;
}

/// Reconnects. Returns `None` if the application closes the session in the meantime.
async fn reconnect(
    session: &SessionState,
    transport: &dyn Transport,
    request: &Request,
    commands: &mut mpsc::UnboundedReceiver<Command>,
    attempts: &mut u32,
) -> Result<Option<Box<dyn WebSocket>>, CloseReason> {
    let mut last: Option<Error> = None;
    loop {
        let Some(pause) = session.core.settings.reconnect.delay(*attempts + 1) else {
            return Err(CloseReason::Disconnected {
                reason: format!("gave up after {attempts} attempts to connect again"),
                source: last.map(Arc::new),
            });
        };
        *attempts = attempts.saturating_add(1);
        let attempt = async {
            sleep(pause).await;
            let failures = *attempts - 1;
            Some(request_span::connect(transport, request, failures).await)
        };
        let closing = async {
            close_requested(commands).await;
            None
        };
        let Some(result) = future::or(attempt, closing).await else {
            return Ok(None);
        };
        match result {
            Ok(socket) => return Ok(Some(socket)),
            Err(error) => {
                let chain = error.to_string();
                session.router.health.on_error(chain.clone());
                log::warn(
                    &session.core,
                    format_args!("attempt {attempts} to connect again: {chain}"),
                );
                if !reconnect::is_transient(&error) {
                    return Err(cannot_reconnect(error));
                }
                last = Some(error);
            }
        }
    }
}

/// Waits until the session is to be closed.
async fn close_requested(commands: &mut mpsc::UnboundedReceiver<Command>) {
    while let Some(Command::Reconnect(_)) = commands.recv().await {}
}
