//! The connections of programs to external media channels, with their beginning, messages and end.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

use super::PbxState;
use crate::json::Object;
use crate::model::audio::Audio;
use crate::model::carrier::{
    MediaCarrier, RtpPacket, WebSocketMedia, WebSocketOutcome, WebSocketRequest,
};
use crate::model::{Channel, ChannelRef};
use crate::violation::ViolationKind;

/// The attempts to connect an outgoing WebSocket, and the pauses between them.
const MAX_ATTEMPTS: u32 = 4;
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// The reason for the end of a WebSocket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum WebSocketEnd {
    /// The program has sent HANGUP.
    HangUp,
    /// The program has closed the connection.
    Closed,
    /// The connection has broken.
    Lost,
    /// A message was longer than 65527 bytes.
    TooLong,
    /// A ping or pong, at which older releases hang up.
    Ping,
    /// A message in fragments, at which older releases hang up.
    Fragments,
    /// The program does not read.
    Unread,
}

impl PbxState {
    fn referenced(&self, channel: &ChannelRef) -> Option<&Channel> {
        let found = self.channels.get(&channel.id);
        found.filter(|found| found.serial == channel.serial && !found.has_ended)
    }

    fn carrier(&mut self, channel: &ChannelRef) -> Option<&mut MediaCarrier> {
        self.referenced(channel)?;
        self.channels.get_mut(&channel.id)?.carrier.as_mut()
    }

    fn websocket_media(&mut self, channel: &ChannelRef) -> Option<&mut WebSocketMedia> {
        match self.carrier(channel)? {
            MediaCarrier::WebSocket(media) => Some(media),
            _ => None,
        }
    }

    /// Takes the only connection that an incoming WebSocket channel can have. The error is the
    /// status of the response.
    pub(crate) fn take_websocket_connection(
        &mut self,
        connection: &str,
    ) -> Result<ChannelRef, u16> {
        for channel in self.channels.values_mut() {
            let Some(MediaCarrier::WebSocket(media)) = &mut channel.carrier else {
                continue;
            };
            if media.address.is_none() && media.connection_id == connection {
                return match std::mem::replace(&mut media.is_taken, true) {
                    true => Err(409),
                    false => Ok(ChannelRef {
                        id: channel.id.clone(),
                        serial: channel.serial,
                    }),
                };
            }
        }
        Err(404)
    }

    /// Releases a connection whose handshake has failed.
    pub(crate) fn release_websocket_connection(&mut self, channel: &ChannelRef) {
        if let Some(media) = self.websocket_media(channel) {
            media.is_taken = false;
        }
    }

    /// Begins the media of a connected WebSocket. Returns `false` if the channel has ended.
    pub(crate) fn on_websocket_connected(
        &mut self,
        channel: &ChannelRef,
        connection: mpsc::UnboundedSender<Message>,
    ) -> bool {
        let Some(media) = self.websocket_media(channel) else {
            return false;
        };
        media.is_taken = true;
        media.connection = Some(connection);
        let waits = media.waits_for_answer;
        let text = self.media_start(&channel.id);
        if let Some(media) = self.websocket_media(channel) {
            media.send(Message::text(text));
        }
        if !waits {
            self.answer_media_channel(&channel.id);
        }
        self.ensure_audio_tick();
        true
    }

    fn media_start(&self, id: &str) -> String {
        let Some(channel) = self.channels.get(id) else {
            return String::new();
        };
        let Some(MediaCarrier::WebSocket(media)) = &channel.carrier else {
            return String::new();
        };
        let (connection, format) = (&media.connection_id, media.format.name);
        let (name, size) = (&channel.name, media.format.frame_size);
        if !media.is_json {
            let id = match media.support.is_first_websocket {
                true => String::new(),
                false => format!(" channel_id:{id}"),
            };
            return format!(
                "MEDIA_START connection_id:{connection} channel:{name}{id} format:{format} \
                 optimal_frame_size:{size} ptime:20"
            );
        }
        // Inherited variables keep the names with which they were set.
        let variables = channel.variables.iter().map(|(name, value)| {
            let mut given = channel.inheritable_names.iter();
            let given = given.find(|given| given.trim_start_matches('_') == name);
            (given.unwrap_or(name), value)
        });
        let variables = variables.fold(Object::new(), |object, (name, value)| {
            object.with(name, value)
        });
        let event = Object::new()
            .with("event", "MEDIA_START")
            .with("connection_id", connection)
            .with("channel", name)
            .with("channel_id", id)
            .with("format", format)
            .with("optimal_frame_size", size as i64)
            .with("ptime", 20)
            .with("channel_variables", variables);
        event.to_text()
    }

    fn answer_media_channel(&mut self, id: &str) {
        let dials = |channel: &Channel| channel.dialing.is_some();
        match self.channels.get(id).is_some_and(dials) {
            true => self.on_answered(id),
            false => self.set_channel_state(id, "Up"),
        }
    }

    /// Retries to connect an outgoing WebSocket, or ends its channel.
    pub(crate) fn on_websocket_refused(&mut self, channel: &ChannelRef, attempt: u32) {
        if self.referenced(channel).is_none() {
            return;
        }
        if attempt >= MAX_ATTEMPTS {
            self.fail_dial(&channel.id, 3, 3);
            return;
        }
        self.run_after_for_channel(&channel.id, RETRY_DELAY, move |pbx, id| {
            pbx.connect_websocket(id, attempt + 1);
        });
    }

    pub(crate) fn on_websocket_text(&mut self, channel: &ChannelRef, text: &str) {
        if let Some(media) = self.websocket_media(channel) {
            let outcome = media.execute(text);
            self.apply_websocket_outcome(channel, outcome);
        }
    }

    pub(crate) fn on_websocket_audio(&mut self, channel: &ChannelRef, bytes: &[u8]) {
        if let Some(media) = self.websocket_media(channel) {
            let outcome = media.receive(bytes);
            self.apply_websocket_outcome(channel, outcome);
        }
    }

    /// Drops a message that has arrived in fragments, or hangs up.
    pub(crate) fn on_websocket_fragments(&mut self, channel: &ChannelRef) {
        if !self.media_support.fragments {
            self.on_websocket_ended(channel, WebSocketEnd::Fragments);
        } else if self.referenced(channel).is_some() {
            let detail = "a message in fragments is dropped: a real server loses parts of it, or \
                          closes the connection";
            self.record_media_violation(channel, ViolationKind::DroppedAudio, detail);
        }
    }

    fn apply_websocket_outcome(&mut self, channel: &ChannelRef, outcome: WebSocketOutcome) {
        for (kind, detail) in outcome.violations {
            self.record_media_violation(channel, kind, &detail);
        }
        if let Some(media) = self.websocket_media(channel) {
            for event in &outcome.events {
                media.send_event(&channel.id, event);
            }
        }
        match outcome.request {
            Some(WebSocketRequest::Answer) => self.answer_media_channel(&channel.id),
            Some(WebSocketRequest::HangUp) => {
                self.on_websocket_ended(channel, WebSocketEnd::HangUp);
            }
            None => {}
        }
        self.ensure_audio_tick();
    }

    fn record_media_violation(&mut self, channel: &ChannelRef, kind: ViolationKind, detail: &str) {
        let detail = format!("media channel {}: {detail}", channel.id);
        self.record_violation(None, kind, detail);
    }

    /// Returns whether a ping or pong ends the call in this release.
    pub(crate) fn pings_hang_up(&self) -> bool {
        !self.media_support.json
    }

    /// Ends a WebSocket and its channel. The program gets a code, and ARI the causes.
    pub(crate) fn on_websocket_ended(&mut self, channel: &ChannelRef, end: WebSocketEnd) {
        let violation = match end {
            WebSocketEnd::TooLong => Some((
                ViolationKind::MediaHangup,
                "a message of more than 65527 bytes ends the call",
            )),
            WebSocketEnd::Ping => Some((
                ViolationKind::MediaHangup,
                "a ping or pong ends the call in this release",
            )),
            WebSocketEnd::Fragments => Some((
                ViolationKind::MediaHangup,
                "a message in fragments ends the call in this release",
            )),
            WebSocketEnd::Unread => Some((
                ViolationKind::UnreadAudio,
                "the program does not read its audio, which ends the call",
            )),
            _ => None,
        };
        let (code, cause, reported) = match end {
            WebSocketEnd::HangUp => (1000, 16, 1000),
            WebSocketEnd::Closed => (1001, 16, 1001),
            WebSocketEnd::Lost | WebSocketEnd::Ping | WebSocketEnd::Fragments => (1001, 38, 1001),
            WebSocketEnd::TooLong => (1009, 38, 1001),
            WebSocketEnd::Unread => (1011, 16, 1011),
        };
        let Some(media) = self.websocket_media(channel) else {
            return;
        };
        media.close_code = Some(reported).filter(|_| end != WebSocketEnd::Unread);
        media.send(Message::Close(Some(CloseFrame {
            code: code.into(),
            reason: "".into(),
        })));
        media.connection = None;
        if let Some((kind, detail)) = violation {
            self.record_media_violation(channel, kind, detail);
        }
        let id = &channel.id;
        if end == WebSocketEnd::Unread {
            self.end_channel(id, cause, cause);
            return;
        }
        let first = Object::new()
            .with("cause", cause)
            .with("tech_cause", i64::from(reported));
        self.publish_hangup_request(id, first);
        let is_bridged = |channel: &Channel| channel.bridge.is_some();
        let cause = match self.channels.get(id).is_some_and(is_bridged) {
            true => cause,
            false => 0,
        };
        self.end_channel(id, cause, cause);
    }

    /// Plays audio that arrives from a program without any queue.
    pub(crate) fn on_program_audio(&mut self, channel: &ChannelRef, audio: &Audio) {
        if self.referenced(channel).is_some() {
            self.route_audio_from(&channel.id, audio);
        }
    }

    pub(crate) fn on_rtp_packet(&mut self, channel: &ChannelRef, packet: &[u8]) {
        let Some(MediaCarrier::Rtp(media)) = self.carrier(channel) else {
            return;
        };
        match media.read(packet) {
            RtpPacket::Audio(audio) => self.on_program_audio(channel, &audio),
            RtpPacket::Dropped(kind) => {
                let detail = format!(
                    "an RTP packet with the payload type {kind} is dropped: only static types \
                     are played"
                );
                self.record_media_violation(channel, ViolationKind::DroppedAudio, &detail);
            }
            RtpPacket::Untranslated | RtpPacket::Malformed => {}
        }
    }

    /// Ends the channel of an AudioSocket. `violation` is the mistake of the program, if it made
    /// one.
    pub(crate) fn on_audiosocket_ended(
        &mut self,
        channel: &ChannelRef,
        violation: Option<(ViolationKind, String)>,
    ) {
        if self.referenced(channel).is_none() {
            return;
        }
        if let Some((kind, detail)) = violation {
            self.record_media_violation(channel, kind, &detail);
        }
        self.end_channel(&channel.id, 0, 0);
    }
}
