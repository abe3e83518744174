//! The task of one WebSocket. It reads the WebSocket independently of the application, because
//! Asterisk disconnects clients that stop reading for 100 ms, and reopens it when it is lost.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::counters::add;
use super::doubt;
use super::log;
use super::queue::{Ending, Queue};
use super::shared::{Command, Core, End};
use super::{ConnectionEvent, leave, reconcile, reconnect};
use crate::runtime::error::causes;
use crate::runtime::race::race;
use crate::runtime::{Call, Error, Message, Outgoing, Received, SendError, Transport, WebSocket};

/// The number of messages that are read before other tasks run.
const BURST: usize = 256;

/// The time that the peer may take to complete a close, and also the time that the cleanup before
/// it may take.
const CLOSING: Duration = Duration::from_secs(1);

/// The state of the task while it reads.
pub(super) struct Reader<E> {
    /// Tasks that send requests to the server as a consequence of events. They end with this value.
    pub(super) helpers: JoinSet<()>,
    /// Streams that already have the current event.
    pub(super) served: Vec<Arc<Queue<E>>>,
    /// Wakers of streams that wait. They are woken after all available messages have been read.
    pub(super) waiting: Vec<Waker>,
    heard: Instant,
    /// True if anything was received since the socket was opened.
    has_heard: bool,
    pinged: bool,
    timer: Pin<Box<Sleep>>,
}

/// A session whose task is running. Dropping it ends the session, even if the runtime ends, so that
/// no caller waits forever.
pub(super) struct Running<E: Message> {
    pub(super) core: Arc<Core<E>>,
    pub(super) ending: Option<Ending>,
    pub(super) _over: watch::Sender<()>,
}

impl<E: Message> Drop for Running<E> {
    fn drop(&mut self) {
        self.core.finish(self.ending.take());
    }
}

/// Reads and reconnects until the session ends.
pub(super) async fn run<E: Message>(
    mut running: Running<E>,
    mut commands: mpsc::UnboundedReceiver<Command>,
    mut requests: mpsc::UnboundedReceiver<u64>,
    mut socket: Box<dyn WebSocket>,
    call: Option<Call>,
) {
    let core = running.core.clone();
    let mut comparing = JoinSet::new();
    let mut reader = Reader {
        helpers: JoinSet::new(),
        served: Vec::new(),
        waiting: Vec::new(),
        heard: Instant::now(),
        has_heard: false,
        pinged: false,
        timer: Box::pin(sleep(core.settings.ping_interval)),
    };
    reader
        .helpers
        .spawn(reconcile::after_connecting(core.clone()));
    reader.helpers.spawn(doubt::settle_all(core.clone()));
    let mut attempts = 0;
    let ending = loop {
        let opened = Instant::now();
        reader.heard = opened;
        reader.has_heard = false;
        reader.pinged = false;
        reader
            .timer
            .as_mut()
            .reset(opened + core.settings.ping_interval);
        let end = std::future::poll_fn(|context| {
            let socket = socket.as_mut();
            let turn = turn(&core, &mut reader, &mut commands, socket, context);
            reader.waiting.drain(..).for_each(Waker::wake);
            match turn {
                Poll::Ready(end) => Poll::Ready(end),
                Poll::Pending => write(&core, &mut requests, socket, context),
            }
        })
        .await;
        let lost = Instant::now();
        // Waits for its end, so that it reports nothing after this loss.
        comparing.shutdown().await;
        let (reason, source, in_order) = match end {
            End::Asked => {
                let _ = timeout(CLOSING, leave::unsubscribe_from_devices(&core)).await;
                close(socket).await;
                break None;
            }
            End::Replaced(application) => {
                close(socket).await;
                break Some(Ending::Disconnected {
                    reason: format!(
                        "another client has taken over the application {application:?}"
                    ),
                    source: None,
                });
            }
            End::Closed(reason) => (reason, None, true),
            End::Broken(reason, source) => (reason, source, false),
        };
        let reason = match source {
            Some(source) => format!("{reason}: {}", causes(source.as_ref())),
            None => reason,
        };
        core.pending.close(&reason);
        let (Some(transport), Some(call)) = (&core.transport, &call) else {
            // Asterisk reconnects if it wants to, and ends the session of a single call regularly.
            close(socket).await;
            break (!in_order).then(|| disconnected(reason));
        };
        // A connection on which nothing was received does not show that connecting works.
        if reader.has_heard && core.settings.reconnect.is_stable(lost - opened) {
            attempts = 0;
        }
        if core.settings.reconnect.pause(attempts + 1).is_none() {
            close(socket).await;
            break Some(disconnected(reason));
        }
        core.in_gap.store(true, Ordering::Release);
        core.announce(&ConnectionEvent::Disconnected { reason });
        // Completes the closing handshake, or drops a broken socket.
        close(socket).await;
        // Applications that another client has taken over are not taken back.
        let left = core.left();
        let call = call.clone().with_query("app", left.join(","));
        let before = attempts;
        match again(
            &core,
            transport.as_ref(),
            &call,
            &mut commands,
            &mut attempts,
        )
        .await
        {
            Ok(Some(opened)) => socket = opened,
            Ok(None) => break None,
            Err(ending) => break Some(ending),
        }
        add(&core.counters.reconnected, 1);
        core.hub.note_gap();
        core.pending.open();
        let gap = lost.elapsed();
        let attempts = attempts - before;
        core.announce(&ConnectionEvent::Reconnected { gap, attempts });
        comparing.spawn(reconcile::after_gap(core.clone()));
    };
    reader.helpers.shutdown().await;
    running.ending = ending;
}

fn disconnected(reason: String) -> Ending {
    Ending::Disconnected {
        reason,
        source: None,
    }
}

/// Polls commands, incoming frames and the keepalive timer.
fn turn<E: Message>(
    core: &Arc<Core<E>>,
    reader: &mut Reader<E>,
    commands: &mut mpsc::UnboundedReceiver<Command>,
    socket: &mut dyn WebSocket,
    context: &mut Context<'_>,
) -> Poll<End> {
    if let Poll::Ready(command) = commands.poll_recv(context) {
        return Poll::Ready(match command {
            Some(Command::Renew(reason)) => End::Broken(reason, None),
            Some(Command::Close) | None => End::Asked,
        });
    }
    let mut heard = false;
    for count in 0.. {
        if count == BURST {
            context.waker().wake_by_ref();
            break;
        }
        match socket.poll_receive(context) {
            Poll::Pending => break,
            Poll::Ready(None) => {
                return Poll::Ready(End::Broken("the connection ended".into(), None));
            }
            Poll::Ready(Some(Err(error))) => return Poll::Ready(broken(error)),
            Poll::Ready(Some(Ok(received))) => {
                heard = true;
                match received {
                    Received::Text(raw) => {
                        if let Some(end) = core.receive(raw, reader) {
                            return Poll::Ready(end);
                        }
                    }
                    Received::Alive => {}
                    Received::Binary(length) => {
                        log::warn(
                            core,
                            format_args!("a message of {length} bytes that are no text"),
                        );
                    }
                    Received::Close(reason) => {
                        return Poll::Ready(End::Closed(match reason {
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
    while reader.helpers.try_join_next().is_some() {}
    let now = Instant::now();
    let settings = &core.settings;
    if heard {
        reader.heard = now;
        reader.has_heard = true;
        if std::mem::take(&mut reader.pinged) {
            // The timer waits for the response to the ping. Something has arrived, so restart the
            // interval.
            reader.timer.as_mut().reset(now + settings.ping_interval);
        }
    }
    while reader.timer.as_mut().poll(context).is_ready() {
        let silent_for = now.saturating_duration_since(reader.heard);
        let next = if silent_for < settings.ping_interval {
            reader.heard + settings.ping_interval
        } else if !reader.pinged {
            if let Err(error) = socket.send(Outgoing::Ping) {
                return Poll::Ready(broken(error));
            }
            reader.pinged = true;
            now + settings.ping_timeout
        } else if core.pending.excuses_silence_since(reader.heard) {
            // Asterisk responds to pings on this socket only after the request that it is
            // processing.
            now + settings.ping_timeout
        } else {
            let reason = format!("no sign of life for {silent_for:?}");
            return Poll::Ready(End::Broken(reason, None));
        };
        reader.timer.as_mut().reset(next);
    }
    Poll::Pending
}

/// Writes the pending requests one after another. Requests that a full socket holds up can still be
/// cancelled, and are known not to have been sent when the socket is lost.
fn write<E: Message>(
    core: &Core<E>,
    requests: &mut mpsc::UnboundedReceiver<u64>,
    socket: &mut dyn WebSocket,
    context: &mut Context<'_>,
) -> Poll<End> {
    loop {
        match socket.poll_flush(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(error)) => return Poll::Ready(broken(error)),
            Poll::Ready(Ok(())) => {}
        }
        let Poll::Ready(Some(id)) = requests.poll_recv(context) else {
            return Poll::Pending;
        };
        let Some(text) = core.pending.write(id) else {
            continue;
        };
        if let Err(error) = socket.send(Outgoing::Text(text)) {
            return Poll::Ready(broken(error));
        }
    }
}

fn broken(error: SendError) -> End {
    End::Broken("the WebSocket broke".into(), Some(error))
}

/// Closes the socket regularly, as far as the peer cooperates.
async fn close(mut socket: Box<dyn WebSocket>) {
    // Refused if the peer has closed first. In that case the flush writes the response to its close
    // frame.
    let _ = socket.send(Outgoing::Close);
    let closing = std::future::poll_fn(|context| {
        if let Poll::Ready(Err(_)) = socket.poll_flush(context) {
            return Poll::Ready(());
        }
        loop {
            match socket.poll_receive(context) {
                Poll::Ready(Some(Ok(Received::Close(_)) | Err(_)) | None) => {
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
async fn again<E: Message>(
    core: &Core<E>,
    transport: &dyn Transport,
    call: &Call,
    commands: &mut mpsc::UnboundedReceiver<Command>,
    attempts: &mut u32,
) -> Result<Option<Box<dyn WebSocket>>, Ending> {
    let mut last: Option<Error> = None;
    loop {
        let Some(pause) = core.settings.reconnect.pause(*attempts + 1) else {
            return Err(Ending::Disconnected {
                reason: format!("gave up after {attempts} attempts to connect again"),
                source: last.map(Arc::new),
            });
        };
        *attempts = attempts.saturating_add(1);
        let attempt = async {
            sleep(pause).await;
            transport.connect(call).await
        };
        let Ok(result) = race(attempt, asked_to_close(commands)).await else {
            return Ok(None);
        };
        match result {
            Ok(socket) => return Ok(Some(socket)),
            Err(error) => {
                let chain = error.to_string();
                log::warn(
                    core,
                    format_args!("attempt {attempts} to connect again: {chain}"),
                );
                if !reconnect::is_passing(&error) {
                    return Err(Ending::Disconnected {
                        reason: format!("cannot connect again: {chain}"),
                        source: Some(Arc::new(error)),
                    });
                }
                last = Some(error);
            }
        }
    }
}

/// Waits until the session is to be closed.
async fn asked_to_close(commands: &mut mpsc::UnboundedReceiver<Command>) {
    while let Some(Command::Renew(_)) = commands.recv().await {}
}
