//! The task of a session. It moves audio between the queues and the connection, and ends the
//! session when the call, the media channel or the connection ends.

use std::future::pending;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ari_api::stream::ObjectStream;
use ari_api::{Client, Event};
use tokio::time::{sleep_until, timeout};

use crate::carrier::websocket::{Command, CorrelationId, Event as SocketEvent};
use crate::connection::{Cause, Connection, ConnectionError, Received, Step};
use crate::event::{ChannelEnd, CloseReason, MediaEvent};
use crate::pcm::FRAME;
use crate::playout::{Action, Feedback, Packet};
use crate::session::counters::Counters;
use crate::session::membership::{Member, Membership};
use crate::session::permit::Permit;
use crate::session::registry::{KeptBridge, Registration, Sessions};
use crate::session::resources::Resources;
use crate::session::shared::{Shared, now};

/// The time for the closing handshake of a WebSocket.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(1);

/// The time to wait, after the end of a connection, for the event with the cause of its channel's
/// end.
const END_EVENT_TIMEOUT: Duration = Duration::from_millis(500);

/// A session that is open.
pub(crate) struct Driver {
    pub(crate) shared: Arc<Shared>,
    pub(crate) client: Client,
    pub(crate) connection: Connection,
    /// The events of the call.
    pub(crate) call: ObjectStream<Event>,
    /// The events of the channel that carries the audio.
    pub(crate) media: ObjectStream<Event>,
    /// The events of the snoop channel that stands for the call, if there is one.
    pub(crate) snoop: Option<ObjectStream<Event>>,
    /// The id of the bridge.
    pub(crate) bridge: Arc<str>,
    pub(crate) membership: Membership,
    /// True if the call waits in the bridge for another session when the connection is lost.
    pub(crate) keeps_bridge: bool,
    pub(crate) resources: Resources,
    /// The place within the service's limit.
    pub(crate) permit: Permit,
    /// The counters of the service.
    pub(crate) counters: Arc<Counters>,
    pub(crate) progress: Progress,
}

/// Positions in the streams of packets of a connection.
#[derive(Default)]
pub(crate) struct Progress {
    /// The frame after the last one that was sent, by the clock of RTP.
    next_frame: u64,
    /// A sequence number for each packet that was received or lost.
    sequence: u16,
}

/// An update about a channel, from one of its events.
enum ChannelUpdate {
    Dtmf(char),
    /// The cause of a hangup that is about to happen.
    HangupRequested(Option<i64>),
    Ended(ChannelEnd),
    EnteredBridge(String),
    LeftBridge(String),
    /// Events no longer arrive.
    Lost(String),
    Other,
}

impl Driver {
    /// Runs until the session ends, and removes the objects that it has created.
    pub(crate) async fn run(mut self) {
        // Whoever waits for the end of all sessions finds their places within the limit free.
        let running = Sessions::of(&self.client).register();
        let reason = self.drive().await;
        tracing::debug!(%reason, "a media session has ended");
        // Kept before the program is informed, which may open the next session at once.
        let kept = match self.keeps_bridge && reason.is_loss() {
            true => self.resources.split_bridge(),
            false => None,
        };
        if let Some(kept) = &kept {
            kept.keep();
        }
        self.shared.close(reason);
        let Driver {
            shared,
            client,
            connection,
            mut resources,
            media,
            snoop,
            call,
            bridge,
            permit,
            counters,
            ..
        } = self;
        counters.count_ended(&shared);
        connection.close(CLOSE_TIMEOUT).await;
        for events in [Some(media), snoop].into_iter().flatten() {
            resources.keep_events(events);
        }
        resources.release().await;
        if let Some(registration) = kept
            && wait_while_kept(&shared, &registration, call, &bridge).await
        {
            let mut resources = Resources::new(client, registration);
            resources.adopt_bridge(&bridge);
            resources.release().await;
        }
        permit.release();
        drop(running);
        shared.finish();
    }

    async fn drive(&mut self) -> CloseReason {
        let mut hangup_cause = None;
        // One timer for the whole session, because its deadline usually moves later, which costs
        // almost nothing.
        let timer = sleep_until(tokio::time::Instant::now());
        tokio::pin!(timer);
        loop {
            let wake = match self.work() {
                Ok(wake) => wake,
                Err(error) => return self.connection_lost(&error.to_string()).await,
            };
            if self.shared.lock().close_requested {
                return CloseReason::ClosedByProgram;
            }
            let now = now();
            let apart = self.membership.deadline(now);
            if apart.is_some_and(|at| at <= now) {
                return CloseReason::LeftBridge {
                    bridge: self.bridge.clone(),
                };
            }
            let wake = apart.map_or(wake, |apart| wake.min(apart)).into();
            if timer.deadline() != wake {
                timer.as_mut().reset(wake);
            }
            tokio::select! {
                received = self.connection.next() => match received {
                    Some(Ok(Received::Closed(reason))) => {
                        return self.connection_lost(&Cause::Closed(reason).to_string()).await;
                    }
                    Some(Ok(received)) => self.handle(received),
                    Some(Err(error)) => return self.connection_lost(&error.to_string()).await,
                    None => return self.connection_lost("it has ended").await,
                },
                () = timer.as_mut() => {}
                () = self.shared.driver.notified() => {}
                event = next_update(&mut self.call) => match event {
                    ChannelUpdate::Dtmf(digit) => {
                        self.shared.lock().push_event(MediaEvent::Dtmf(digit));
                        self.shared.received.notify_one();
                    }
                    ChannelUpdate::HangupRequested(cause) => hangup_cause = cause,
                    ChannelUpdate::Ended(mut end) => {
                        end.cause = end.cause.or(hangup_cause);
                        return CloseReason::CallEnded(end);
                    }
                    ChannelUpdate::Lost(cause) => return CloseReason::EventsLost(cause.into()),
                    update if self.snoop.is_none() => self.moved(Member::Party, update),
                    _ => {}
                },
                event = next_update(&mut self.media) => match event {
                    ChannelUpdate::Ended(end) => return CloseReason::MediaChannelEnded(end),
                    ChannelUpdate::Lost(cause) => return CloseReason::EventsLost(cause.into()),
                    update => self.moved(Member::Media, update),
                },
                event = next_update_if_any(&mut self.snoop) => match event {
                    // A snoop channel ends with its call, whose end may be reported later.
                    ChannelUpdate::Ended(end) => {
                        let cause = CloseReason::MediaChannelEnded(end);
                        return self.call_ended().await.unwrap_or(cause);
                    }
                    ChannelUpdate::Lost(cause) => return CloseReason::EventsLost(cause.into()),
                    update => self.moved(Member::Party, update),
                },
            }
        }
    }

    fn moved(&mut self, member: Member, update: ChannelUpdate) {
        match update {
            ChannelUpdate::EnteredBridge(bridge) => self.membership.entered(member, bridge),
            ChannelUpdate::LeftBridge(bridge) => self.membership.left(member, &bridge),
            _ => {}
        }
    }

    /// Performs the actions that are due in both directions. Returns the instant of the next one.
    fn work(&mut self) -> Result<Instant, ConnectionError> {
        let now = now();
        let mut has_sent = false;
        let (wake, has_room, has_received) = {
            let mut state = self.shared.lock();
            let playout_wake = loop {
                match state.playout.poll(now) {
                    Action::Wait(wake) => break wake,
                    action => {
                        perform(&mut self.connection, &mut self.progress, action)?;
                        has_sent = true;
                    }
                }
            };
            has_sent &= state.playout.has_room();
            let before = state.capture.stats().filled;
            let capture_wake = state.capture.poll(now);
            let has_filled = state.capture.stats().filled > before;
            let has_event = state.pass_events();
            let wake = playout_wake.map_or(capture_wake, |wake| wake.min(capture_wake));
            (wake, has_sent, has_filled || has_event)
        };
        if has_room {
            self.shared.room.notify_waiters();
        }
        if has_received {
            self.shared.received.notify_one();
        }
        Ok(wake)
    }

    /// Processes an item that the connection has received.
    fn handle(&mut self, received: Received) {
        let now = now();
        let mut state = self.shared.lock();
        match received {
            Received::Audio(packet) => {
                if packet.is_new_stream {
                    state.capture.forget_sequence();
                }
                if let Err(error) = state.capture.set_format(packet.format) {
                    tracing::warn!(%error, "audio of a call is dropped");
                    return;
                }
                let sequence = &mut self.progress.sequence;
                *sequence = sequence.wrapping_add(packet.lost).wrapping_add(1);
                state.capture.packet(packet.payload, Some(*sequence), now);
                self.shared.received.notify_one();
            }
            Received::Event(event) => {
                let Some(feedback) = feedback(&event) else {
                    if let SocketEvent::Error { text } = event {
                        tracing::warn!(error = text.trim_end(), "Asterisk refuses a media command");
                    }
                    return;
                };
                state.playout.handle(feedback, now);
            }
            // The caller's keys are taken from the events of the call, which all carriers have.
            _ => {}
        }
    }

    /// Returns the reason for the session's end after the connection has ended. It is usually the
    /// end of its channel.
    async fn connection_lost(&mut self, cause: &str) -> CloseReason {
        let end = async {
            loop {
                tokio::select! {
                    biased;
                    update = next_update(&mut self.call) => if let ChannelUpdate::Ended(end) = update {
                        return CloseReason::CallEnded(end);
                    },
                    update = next_update(&mut self.media) => if let ChannelUpdate::Ended(end) = update {
                        return CloseReason::MediaChannelEnded(end);
                    },
                }
            }
        };
        match timeout(END_EVENT_TIMEOUT, end).await {
            Ok(reason) => reason,
            Err(_) => CloseReason::ConnectionLost(cause.into()),
        }
    }

    /// Returns the end of the call if it is reported now.
    async fn call_ended(&mut self) -> Option<CloseReason> {
        let end = async {
            loop {
                if let ChannelUpdate::Ended(end) = next_update(&mut self.call).await {
                    return CloseReason::CallEnded(end);
                }
            }
        };
        timeout(END_EVENT_TIMEOUT, end).await.ok()
    }
}

/// Waits until another session owns the bridge that this one has kept, or until it has to be
/// removed, because the session is closed, or the call has left the bridge. Returns true if it has
/// to be removed.
async fn wait_while_kept(
    shared: &Shared,
    registration: &Registration,
    mut call: ObjectStream<Event>,
    bridge: &str,
) -> bool {
    let mut changes = registration.changes();
    let mut is_call_in_bridge = true;
    loop {
        changes.mark_unchanged();
        let is_over = !is_call_in_bridge || shared.lock().close_requested;
        match registration.kept() {
            KeptBridge::Gone => return false,
            KeptBridge::Waiting if is_over => return true,
            KeptBridge::Waiting | KeptBridge::Borrowed => {}
        }
        tokio::select! {
            _ = changes.changed() => {}
            () = shared.driver.notified() => {}
            update = next_update(&mut call), if is_call_in_bridge => match update {
                ChannelUpdate::Ended(_) | ChannelUpdate::Lost(_) => is_call_in_bridge = false,
                ChannelUpdate::LeftBridge(left) if left == bridge => is_call_in_bridge = false,
                _ => {}
            },
        }
    }
}

/// Performs an action of the queue to the caller.
fn perform(
    connection: &mut Connection,
    progress: &mut Progress,
    action: Action,
) -> Result<(), ConnectionError> {
    let command = match action {
        Action::Send(packet) => return send(connection, progress, packet),
        Action::Mark(id) => Command::Mark(CorrelationId::from_number(id)),
        Action::StartBuffering => Command::StartBuffering,
        Action::StopBuffering(id) => Command::StopBuffering(CorrelationId::from_number(id)),
        Action::Flush => Command::Flush,
        Action::RequestStatus => Command::GetStatus,
        Action::Abandon(waited) => {
            let cause = Cause::NotPlaying { waited };
            return Err(ConnectionError::new(
                connection.carrier(),
                Step::Send,
                cause,
            ));
        }
        Action::Wait(_) => return Ok(()),
    };
    match connection {
        Connection::WebSocket(socket) => socket.send_command(&command),
        // The other carriers have no queue on the server, and no commands.
        _ => Ok(()),
    }
}

fn send(
    connection: &mut Connection,
    progress: &mut Progress,
    packet: Packet,
) -> Result<(), ConnectionError> {
    if let Connection::Rtp(rtp) = connection {
        let frame = packet.at.as_nanos() / FRAME.as_nanos();
        let frame = u64::try_from(frame).unwrap_or(u64::MAX);
        let skipped = frame.saturating_sub(progress.next_frame);
        rtp.skip(u32::try_from(skipped).unwrap_or(u32::MAX));
        progress.next_frame = frame.saturating_add(1);
    }
    connection.send_audio(packet.payload)
}

/// Returns the report about Asterisk's queue in an event of a WebSocket.
fn feedback(event: &SocketEvent) -> Option<Feedback> {
    Some(match event {
        SocketEvent::MarkProcessed { correlation_id }
        | SocketEvent::BufferingCompleted { correlation_id } => {
            Feedback::Mark(correlation_id.parse().ok()?)
        }
        SocketEvent::Status(status) => Feedback::Status {
            queue_length: status.queue_length.into(),
            queue_full: status.queue_full,
        },
        SocketEvent::Xoff => Feedback::Xoff,
        SocketEvent::Xon => Feedback::Xon,
        _ => return None,
    })
}

/// Returns the next update of a channel. Never returns if there is no channel.
async fn next_update_if_any(events: &mut Option<ObjectStream<Event>>) -> ChannelUpdate {
    match events {
        Some(events) => next_update(events).await,
        None => pending().await,
    }
}

/// Returns the update in the next event of a channel.
async fn next_update(events: &mut ObjectStream<Event>) -> ChannelUpdate {
    let Some(event) = events.next().await else {
        return ChannelUpdate::Ended(ChannelEnd::default());
    };
    let event = match event {
        Ok(event) => event,
        // Events may be missing, but those that end the channel are repeated after a gap.
        Err(ari_api::Error::Lagged { .. } | ari_api::Error::Decode(_)) => {
            return ChannelUpdate::Other;
        }
        Err(ari_api::Error::ObjectGone { .. }) => {
            return ChannelUpdate::Ended(ChannelEnd::default());
        }
        Err(error) => return ChannelUpdate::Lost(error.to_string()),
    };
    match &*event {
        Event::ChannelDtmfReceived(dtmf) => match dtmf.digit.chars().next() {
            Some(digit) => ChannelUpdate::Dtmf(digit),
            None => ChannelUpdate::Other,
        },
        Event::ChannelHangupRequest(request) => ChannelUpdate::HangupRequested(request.cause),
        Event::ChannelDestroyed(end) => ChannelUpdate::Ended(ChannelEnd {
            cause: Some(end.cause),
            text: Some(end.cause_txt.as_str().into()),
        }),
        Event::StasisEnd(_) => ChannelUpdate::Ended(ChannelEnd::default()),
        Event::ChannelEnteredBridge(entered)
            if entered
                .channel
                .as_ref()
                .is_some_and(|it| it.id == events.id()) =>
        {
            ChannelUpdate::EnteredBridge(entered.bridge.id.clone())
        }
        Event::ChannelLeftBridge(left) if left.channel.id == events.id() => {
            ChannelUpdate::LeftBridge(left.bridge.id.clone())
        }
        _ => ChannelUpdate::Other,
    }
}
