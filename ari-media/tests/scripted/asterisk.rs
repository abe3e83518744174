//! The audio of a scripted Asterisk: the queue of a WebSocket with its marks, and the frames that
//! the call hears. It advances by [`Asterisk::step`], on any clock.

use std::collections::VecDeque;
use std::time::Duration;

use ari_test_support::frame::opcode;
use serde_json::{Value, json};

use crate::wire::{Item, Kind, Wire};

pub(crate) const FRAME: Duration = Duration::from_millis(20);

/// The lengths of the queue at which Asterisk reports that it is full, and drops audio.
const MAX_QUEUE: usize = 1000;

/// The time within which audio can still arrive that was sent before the program knew of the full
/// queue.
const NOTICE_TIME: Duration = Duration::from_millis(900);

enum Queued {
    Frame(Vec<u8>),
    /// The name of an event, and the id of its command.
    Report(&'static str, String),
}

/// The deviations from a real Asterisk. The default has none.
#[derive(Debug)]
pub(crate) struct Deviations {
    /// False if it does not read.
    pub(crate) reads: bool,
    /// False if its timer does not run.
    pub(crate) plays: bool,
    /// False if it does not respond to `GET_STATUS`.
    pub(crate) responds: bool,
    /// True if marks are lost.
    pub(crate) loses_marks: bool,
    /// True if a flush also drops the marks that arrive directly after it.
    pub(crate) flush_loses_next_mark: bool,
    /// True if each event is sent twice, and after one with an unknown id.
    pub(crate) repeats: bool,
    /// The delay of each event.
    pub(crate) delay: Duration,
    /// The time since which it reports a full queue.
    pub(crate) full_since: Option<Duration>,
}

impl Default for Deviations {
    fn default() -> Self {
        Deviations {
            reads: true,
            plays: true,
            responds: true,
            loses_marks: false,
            flush_loses_next_mark: false,
            repeats: false,
            delay: Duration::ZERO,
            full_since: None,
        }
    }
}

/// Asterisk's end of a session.
pub(crate) struct Asterisk {
    pub(crate) kind: Kind,
    pub(crate) wire: Wire,
    pub(crate) deviations: Deviations,
    frame_bytes: usize,
    queue: VecDeque<Queued>,
    is_buffering: bool,
    was_flushed: bool,
    next_tick: Option<Duration>,
    events: VecDeque<(Duration, String)>,
    /// The frames that the call has heard, with their times.
    pub(crate) heard: Vec<(Duration, Vec<u8>)>,
    /// The largest number of frames in the queue.
    pub(crate) longest_queue: usize,
    /// The number of messages of audio that arrived although a full queue was reported.
    pub(crate) sent_while_full: usize,
    pub(crate) flushes: usize,
    /// The frames of audio and the pongs that have arrived.
    pub(crate) received: usize,
    pub(crate) pongs: usize,
    pub(crate) has_ended: bool,
}

impl Asterisk {
    pub(crate) fn new(kind: Kind, wire: Wire, frame_bytes: usize) -> Self {
        Asterisk {
            kind,
            wire,
            deviations: Deviations::default(),
            frame_bytes,
            queue: VecDeque::new(),
            is_buffering: false,
            was_flushed: false,
            next_tick: None,
            events: VecDeque::new(),
            heard: Vec::new(),
            longest_queue: 0,
            sent_while_full: 0,
            flushes: 0,
            received: 0,
            pongs: 0,
            has_ended: false,
        }
    }

    /// Performs everything that is due at this time.
    pub(crate) fn step(&mut self, now: Duration) {
        if self.deviations.reads && !self.has_ended {
            for item in self.wire.receive() {
                self.process(item, now);
            }
        }
        if self.next_tick.is_some_and(|tick| tick <= now) {
            self.next_tick = None;
            self.tick(now);
        }
        while let Some((due, _)) = self.events.front()
            && *due <= now
            && let Some((_, text)) = self.events.pop_front()
        {
            self.wire.send_frame(opcode::TEXT, text.as_bytes());
        }
    }

    /// Returns the time of the next action, if nothing arrives.
    pub(crate) fn next_action(&self) -> Option<Duration> {
        let event = self.events.front().map(|(due, _)| *due);
        self.next_tick.into_iter().chain(event).min()
    }

    /// Returns the number of frames in the queue.
    pub(crate) fn queue_length(&self) -> usize {
        let frames = self.queue.iter();
        frames.filter(|one| matches!(one, Queued::Frame(_))).count()
    }

    fn process(&mut self, item: Item, now: Duration) {
        match item {
            Item::End => self.has_ended = true,
            Item::Text(text) => self.command(&text, now),
            Item::Pong => self.pongs += 1,
            Item::Audio(payload) if self.kind.is_websocket() => {
                self.was_flushed = false;
                let full_since = self.deviations.full_since;
                let is_refused = full_since.is_some_and(|since| now > since + NOTICE_TIME);
                self.sent_while_full += usize::from(is_refused);
                assert_eq!(payload.len() % self.frame_bytes, 0, "whole frames");
                for frame in payload.chunks(self.frame_bytes) {
                    self.received += 1;
                    if self.queue.len() < MAX_QUEUE {
                        self.queue.push_back(Queued::Frame(frame.to_vec()));
                    }
                }
                self.longest_queue = self.longest_queue.max(self.queue_length());
                self.start_timer(now);
            }
            // The other carriers have no queue.
            Item::Audio(payload) => {
                // Silence is sent to keep an AudioSocket alive.
                self.received += usize::from(payload.iter().any(|byte| *byte != 0));
                self.heard.push((now, payload));
            }
        }
    }

    /// The timer runs since the channel exists, so its next tick is not the arrival of audio.
    fn start_timer(&mut self, now: Duration) {
        let ticks = now.as_millis() / FRAME.as_millis() + 1;
        let next = FRAME * u32::try_from(ticks).expect("a short test");
        self.next_tick.get_or_insert(next);
    }

    fn tick(&mut self, now: Duration) {
        if !self.deviations.plays {
            self.start_timer(now);
            return;
        }
        while let Some(queued) = self.queue.pop_front() {
            match queued {
                Queued::Report(name, id) => self.report(name, &id, now),
                Queued::Frame(frame) => {
                    self.heard.push((now, frame));
                    self.start_timer(now);
                    return;
                }
            }
        }
    }

    fn report(&mut self, name: &str, id: &str, now: Duration) {
        let event = |id: &str| match self.kind {
            Kind::PlainText => format!("{name} {id}"),
            _ => json!({"event": name, "channel_id": "x", "correlation_id": id}).to_string(),
        };
        match self.deviations.repeats {
            false => self.send_event(event(id), now),
            true => {
                for event in [event("4000000000"), event("?"), event(id), event(id)] {
                    self.send_event(event, now);
                }
            }
        }
    }

    fn send_event(&mut self, text: String, now: Duration) {
        self.events.push_back((now + self.deviations.delay, text));
    }

    /// Reports a full queue, or that it has room again.
    pub(crate) fn set_full(&mut self, is_full: bool, now: Duration) {
        self.deviations.full_since = is_full.then_some(now);
        let name = if is_full { "MEDIA_XOFF" } else { "MEDIA_XON" };
        let text = match self.kind {
            Kind::PlainText => name.to_owned(),
            _ => json!({"event": name, "channel_id": "x"}).to_string(),
        };
        self.wire.send_frame(opcode::TEXT, text.as_bytes());
    }

    fn command(&mut self, text: &str, now: Duration) {
        let (name, id) = match self.kind {
            Kind::PlainText => {
                let (name, id) = text.split_once(' ').unwrap_or((text, ""));
                (name.to_owned(), id.to_owned())
            }
            _ => {
                let command: Value = serde_json::from_str(text).expect("JSON");
                let text = |name: &str| command[name].as_str().unwrap_or_default().to_owned();
                (text("command"), text("correlation_id"))
            }
        };
        let was_flushed = std::mem::take(&mut self.was_flushed);
        match name.as_str() {
            "MARK_MEDIA" => self.add_report("MEDIA_MARK_PROCESSED", id, was_flushed, now),
            "START_MEDIA_BUFFERING" => {
                self.is_buffering = true;
                self.was_flushed = was_flushed;
            }
            "STOP_MEDIA_BUFFERING" => {
                assert!(self.is_buffering, "a pair of START and STOP");
                self.is_buffering = false;
                self.add_report("MEDIA_BUFFERING_COMPLETED", id, was_flushed, now);
            }
            "FLUSH_MEDIA" => {
                self.flushes += 1;
                self.queue.clear();
                self.is_buffering = false;
                self.was_flushed = true;
            }
            "GET_STATUS" if self.deviations.responds => {
                let (length, is_full) = (self.queue_length(), self.deviations.full_since.is_some());
                let status = match self.kind {
                    Kind::PlainText => format!(
                        "STATUS channel_id:x queue_length:{length} xon_level:800 xoff_level:900 \
                         queue_full:{is_full} bulk_media:false media_paused:false"
                    ),
                    _ => json!({
                        "event": "STATUS", "channel_id": "x", "queue_length": length,
                        "xon_level": 800, "xoff_level": 900, "queue_full": is_full,
                        "bulk_media": false, "media_paused": false,
                    })
                    .to_string(),
                };
                self.send_event(status, now);
            }
            "GET_STATUS" => {}
            other => panic!("the command {other}"),
        }
    }

    fn add_report(&mut self, name: &'static str, id: String, was_flushed: bool, now: Duration) {
        let is_lost = was_flushed && self.deviations.flush_loses_next_mark;
        if !self.deviations.loses_marks && !is_lost {
            self.queue.push_back(Queued::Report(name, id));
            self.start_timer(now);
        }
    }
}
