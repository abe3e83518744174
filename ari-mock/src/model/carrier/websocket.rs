//! Media over a WebSocket: a queue of frames, one of which is played at each tick.

use std::collections::VecDeque;

use ari_pcm::ByteOrder;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use super::command::{NoCommand, WebSocketCommand};
use super::event::{WebSocketEvent, XOFF_LEVEL, XON_LEVEL};
use super::options::MediaDirection;
use crate::model::MediaSupport;
use crate::model::audio::{Audio, AudioDecoder, AudioEncoder, AudioFormat};
use crate::violation::ViolationKind;

/// A message of audio is dropped if the queue has this many frames.
const MAX_QUEUE_LENGTH: usize = 1000;

enum QueueItem {
    Frame(Vec<u8>),
    Mark(String),
    BufferingCompleted(String),
}

/// The WebSocket side of a channel. The connection ends when it is dropped.
pub(crate) struct WebSocketMedia {
    /// The name of the connection: the secret in the address of an incoming one, or the name of the
    /// client of an outgoing one.
    pub(crate) connection_id: String,
    pub(crate) format: &'static AudioFormat,
    pub(crate) is_json: bool,
    pub(crate) is_passthrough: bool,
    pub(crate) waits_for_answer: bool,
    pub(crate) direction: MediaDirection,
    pub(crate) support: MediaSupport,
    /// The address of the program, if the server connects.
    pub(crate) address: Option<String>,
    /// True after the first connection. There is no second one.
    pub(crate) is_taken: bool,
    pub(crate) connection: Option<mpsc::UnboundedSender<Message>>,
    /// The code with which the connection has ended.
    pub(crate) close_code: Option<u16>,
    decoder: Option<AudioDecoder>,
    encoder: Option<AudioEncoder>,
    queue: VecDeque<QueueItem>,
    /// The number of frames in the queue.
    length: usize,
    /// The rest of the last message while buffering.
    partial: Vec<u8>,
    is_buffering: bool,
    is_paused: bool,
    is_full: bool,
    reports_drained: bool,
}

/// An action that a command requests beyond the connection.
#[derive(Debug, PartialEq)]
pub(crate) enum WebSocketRequest {
    Answer,
    HangUp,
}

/// The effects of a message or a tick.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct WebSocketOutcome {
    pub(crate) events: Vec<WebSocketEvent>,
    pub(crate) request: Option<WebSocketRequest>,
    pub(crate) violations: Vec<(ViolationKind, String)>,
    /// The audio that is played now.
    pub(crate) audio: Option<Audio>,
}

impl WebSocketOutcome {
    fn event(event: WebSocketEvent) -> Self {
        WebSocketOutcome {
            events: vec![event],
            ..Self::default()
        }
    }

    fn violation(kind: ViolationKind, detail: String) -> Self {
        WebSocketOutcome {
            violations: vec![(kind, detail)],
            ..Self::default()
        }
    }

    fn ignored(name: &str, why: &str) -> Self {
        let detail = format!("the command {name} is ignored: {why}");
        Self::violation(ViolationKind::IgnoredCommand, detail)
    }
}

impl WebSocketMedia {
    pub(crate) fn new(
        connection_id: String,
        format: &'static AudioFormat,
        support: MediaSupport,
    ) -> Self {
        WebSocketMedia {
            connection_id,
            format,
            is_json: false,
            is_passthrough: format.frame_size == 0,
            waits_for_answer: false,
            direction: MediaDirection::Both,
            support,
            address: None,
            is_taken: false,
            connection: None,
            close_code: None,
            decoder: AudioDecoder::new(format, ByteOrder::Little),
            encoder: AudioEncoder::new(format, ByteOrder::Little),
            queue: VecDeque::new(),
            length: 0,
            partial: Vec::new(),
            is_buffering: false,
            is_paused: false,
            is_full: false,
            reports_drained: false,
        }
    }

    /// Returns whether a tick has an effect.
    pub(crate) fn needs_tick(&self) -> bool {
        let has_work = !self.queue.is_empty() || self.reports_drained || self.is_full;
        self.connection.is_some()
            && self.direction != MediaDirection::In
            && (has_work && !self.is_paused || self.fills_gaps())
    }

    /// Returns whether silence is played if there is nothing else to play.
    fn fills_gaps(&self) -> bool {
        !self.support.directions && !self.is_passthrough
    }

    /// Queues a message of audio.
    pub(crate) fn receive(&mut self, message: &[u8]) -> WebSocketOutcome {
        let dropped = |why: &str| {
            let detail = format!("{} bytes of audio are dropped: {why}", message.len());
            WebSocketOutcome::violation(ViolationKind::DroppedAudio, detail)
        };
        if self.direction == MediaDirection::In {
            return dropped("the program only receives in this direction");
        }
        if self.length >= MAX_QUEUE_LENGTH {
            return dropped("the queue is full");
        }
        let mut outcome = WebSocketOutcome::default();
        if self.is_passthrough {
            self.push_frame(message.to_vec());
        } else {
            let mut bytes = std::mem::take(&mut self.partial);
            bytes.extend(message);
            let frames = bytes.chunks_exact(self.format.frame_size.max(1));
            let rest = frames.remainder().to_vec();
            for frame in frames {
                self.push_frame(frame.to_vec());
            }
            if self.is_buffering {
                self.partial = rest;
            } else if !rest.is_empty() {
                let (size, lost) = (self.format.frame_size, rest.len());
                let detail = format!(
                    "a message of {} bytes is not whole frames of {size}: {lost} are dropped",
                    message.len()
                );
                let kind = ViolationKind::IncompleteFrame;
                outcome.violations.push((kind, detail));
            }
        }
        if self.length >= XOFF_LEVEL && !self.is_full {
            self.is_full = true;
            outcome.events.push(WebSocketEvent::Xoff);
        }
        outcome
    }

    fn push_frame(&mut self, frame: Vec<u8>) {
        self.queue.push_back(QueueItem::Frame(frame));
        self.length += 1;
    }

    /// Executes a text.
    pub(crate) fn execute(&mut self, text: &str) -> WebSocketOutcome {
        let command = match WebSocketCommand::parse(text, self.is_json) {
            Ok(command) => command,
            Err(NoCommand::Ignored(why)) => return WebSocketOutcome::ignored(text, why),
            Err(NoCommand::NoJson) => {
                return self.refuse(text, "Unable to parse JSON command".to_owned());
            }
        };
        let name = command.name.as_str();
        let is_media = !matches!(name, "ANSWER" | "HANGUP" | "GET_STATUS");
        if !self.is_known(name) {
            return WebSocketOutcome::ignored(name, "it is unknown");
        }
        let is_misread = matches!(
            name,
            "PAUSE_MEDIA" | "CONTINUE_MEDIA" | "REPORT_QUEUE_DRAINED"
        );
        if is_misread && self.support.is_first_websocket {
            return WebSocketOutcome::ignored(name, "this release may misread it");
        }
        if self.is_passthrough && is_media {
            return self.refuse(name, format!("{name} not supported in passthrough mode"));
        }
        let needs_sending = matches!(
            name,
            "START_MEDIA_BUFFERING"
                | "STOP_MEDIA_BUFFERING"
                | "MARK_MEDIA"
                | "PAUSE_MEDIA"
                | "CONTINUE_MEDIA"
        );
        if self.direction == MediaDirection::In && needs_sending {
            let text = format!("{name} not supported while media direction is 'in'");
            return self.refuse(name, text);
        }
        match name {
            "ANSWER" | "HANGUP" => {
                return WebSocketOutcome {
                    request: Some(match name {
                        "ANSWER" => WebSocketRequest::Answer,
                        _ => WebSocketRequest::HangUp,
                    }),
                    ..WebSocketOutcome::default()
                };
            }
            "GET_STATUS" => return WebSocketOutcome::event(self.status()),
            "START_MEDIA_BUFFERING" => self.is_buffering = true,
            "STOP_MEDIA_BUFFERING" => {
                self.is_buffering = false;
                let rest = std::mem::take(&mut self.partial);
                if !rest.is_empty() {
                    self.push_frame(rest);
                }
                let mark = QueueItem::BufferingCompleted(command.id);
                self.queue.push_back(mark);
            }
            "MARK_MEDIA" => self.queue.push_back(QueueItem::Mark(command.id)),
            // Marks are removed without an event. A pause and a request for QUEUE_DRAINED stay.
            "FLUSH_MEDIA" => {
                self.queue.clear();
                self.length = 0;
                self.partial.clear();
                self.is_buffering = false;
            }
            "PAUSE_MEDIA" => self.is_paused = true,
            "CONTINUE_MEDIA" => self.is_paused = false,
            "REPORT_QUEUE_DRAINED" => self.reports_drained = true,
            "SET_MEDIA_DIRECTION" => return self.set_direction(command.direction.as_deref()),
            _ => {}
        }
        WebSocketOutcome::default()
    }

    fn is_known(&self, name: &str) -> bool {
        match name {
            "ANSWER"
            | "HANGUP"
            | "GET_STATUS"
            | "START_MEDIA_BUFFERING"
            | "STOP_MEDIA_BUFFERING"
            | "FLUSH_MEDIA"
            | "PAUSE_MEDIA"
            | "CONTINUE_MEDIA"
            | "REPORT_QUEUE_DRAINED" => true,
            "MARK_MEDIA" => self.support.json,
            "SET_MEDIA_DIRECTION" => self.support.directions,
            _ => false,
        }
    }

    fn set_direction(&mut self, direction: Option<&str>) -> WebSocketOutcome {
        let name = "SET_MEDIA_DIRECTION";
        if !self.is_json {
            return self.refuse(name, format!("{name} only supports JSON format.\n"));
        }
        let Some(given) = direction else {
            let text = format!("{name} requires a 'direction' parameter.\n");
            return self.refuse(name, text);
        };
        match MediaDirection::parse(given) {
            Some(direction) => {
                self.direction = direction;
                WebSocketOutcome::default()
            }
            None => {
                let text = format!("'{given}' is not a valid direction for {name}.\n");
                self.refuse(name, text)
            }
        }
    }

    /// Refuses a command, with an event in releases that have error events.
    fn refuse(&self, name: &str, text: String) -> WebSocketOutcome {
        let mut outcome = WebSocketOutcome::ignored(name, text.trim_end());
        if self.support.json {
            outcome.events.push(WebSocketEvent::Error(text));
        }
        outcome
    }

    fn status(&self) -> WebSocketEvent {
        WebSocketEvent::Status {
            queue_length: self.length,
            is_full: self.is_full,
            is_buffering: self.is_buffering,
            is_paused: self.is_paused,
        }
    }

    /// Reports the marks that are due at a tick of the timer, and takes a frame.
    pub(crate) fn tick(&mut self) -> WebSocketOutcome {
        let mut outcome = WebSocketOutcome::default();
        if !self.needs_tick() {
            return outcome;
        }
        if !self.is_paused {
            self.advance_queue(&mut outcome);
        }
        if outcome.audio.is_none() && self.fills_gaps() {
            outcome.audio = Some(Audio::silence(self.format.rate));
        }
        outcome
    }

    fn advance_queue(&mut self, outcome: &mut WebSocketOutcome) {
        if self.queue.is_empty() && std::mem::take(&mut self.reports_drained) {
            outcome.events.push(WebSocketEvent::QueueDrained);
        }
        while let Some(item) = self.queue.pop_front() {
            match item {
                QueueItem::Frame(frame) => {
                    self.length -= 1;
                    let decoder = self.decoder.as_mut();
                    outcome.audio = decoder.map(|decoder| decoder.decode(&frame));
                    break;
                }
                QueueItem::Mark(id) => outcome.events.push(WebSocketEvent::MarkProcessed(id)),
                QueueItem::BufferingCompleted(id) => {
                    outcome.events.push(WebSocketEvent::BufferingCompleted(id));
                }
            }
        }
        if self.is_full && self.length < XON_LEVEL {
            self.is_full = false;
            outcome.events.push(WebSocketEvent::Xon);
        }
    }

    /// Sends an event to the program.
    pub(crate) fn send_event(&self, channel_id: &str, event: &WebSocketEvent) {
        let text = match self.is_json {
            true => event.to_json(channel_id),
            false => event.to_plain_text(channel_id),
        };
        self.send(Message::text(text));
    }

    /// Sends audio, unless the program only sends.
    pub(crate) fn send_audio(&mut self, audio: &Audio) {
        if self.direction == MediaDirection::Out {
            return;
        }
        if let Some(encoder) = &mut self.encoder {
            let bytes = encoder.encode(audio);
            self.send(Message::binary(bytes));
        }
    }

    pub(crate) fn send(&self, message: Message) {
        if let Some(connection) = &self.connection {
            // Fails if the connection has just ended.
            let _ = connection.send(message);
        }
    }
}
