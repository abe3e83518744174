//! A connection task and an Asterisk in simulated time.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::pcm::{ByteOrder, FRAME, Format, SampleRate};
use crate::playout::*;

pub(super) const PCM: Audio = Audio::Pcm {
    rate: SampleRate::Hz8000,
    format: Format::Slin(SampleRate::Hz8000),
    byte_order: ByteOrder::Little,
};

pub(super) fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

pub(super) fn lead(sync: Sync) -> Clock {
    Clock::Lead {
        sync,
        lead: ms(200),
    }
}

/// The end of the connection in Asterisk. Without a queue, packets are heard as they arrive.
#[derive(Debug, Default)]
struct Asterisk {
    queue: VecDeque<Item>,
    is_buffering: bool,
    next_tick: Option<Instant>,
    answers: VecDeque<(Instant, Feedback)>,
}

#[derive(Debug)]
enum Item {
    Frame(Vec<u8>),
    Report(u64),
}

#[derive(Debug)]
pub(super) struct Simulation {
    pub(super) playout: Playout,
    clock: Clock,
    frame_bytes: usize,
    pub(super) start: Instant,
    pub(super) now: Instant,
    asterisk: Asterisk,
    /// The delay of a response.
    pub(super) latency: Duration,
    /// Marks that do not come back.
    pub(super) lose_marks: bool,
    /// True if Asterisk does not respond.
    pub(super) is_dead: bool,
    /// The time at which the connection was given up.
    pub(super) abandoned: Option<Instant>,
    /// The delays of the task, used in turn.
    pub(super) delays: Vec<Duration>,
    wakes: usize,
    /// Frames as they are heard.
    pub(super) heard: Vec<(Instant, Vec<u8>)>,
    pub(super) packets: Vec<(Instant, Packet)>,
    pub(super) events: Vec<(Instant, PlayoutEvent)>,
    pub(super) longest_queue: usize,
    /// Samples sent so far: each has its own value.
    pub(super) position: u64,
}

impl Simulation {
    pub(super) fn new(audio: Audio, clock: Clock) -> Simulation {
        let start = Instant::now();
        let settings = Settings {
            audio,
            clock,
            max_buffered: Duration::from_secs(700),
        };
        let (Audio::Pcm { format, .. } | Audio::Raw(format)) = audio;
        Simulation {
            playout: Playout::new(settings, start).unwrap(),
            clock,
            frame_bytes: format.frame_bytes().unwrap_or(usize::MAX),
            start,
            now: start,
            asterisk: Asterisk::default(),
            latency: ms(3),
            lose_marks: false,
            is_dead: false,
            abandoned: None,
            delays: vec![Duration::ZERO],
            wakes: 0,
            heard: Vec::new(),
            packets: Vec::new(),
            events: Vec::new(),
            longest_queue: 0,
            position: 0,
        }
    }

    /// Sends this many samples. The value of each encodes its position.
    pub(super) fn push(&mut self, n: usize) -> Result<(), SendError> {
        let samples: Vec<i16> = (self.position..).map(to_sample).take(n).collect();
        self.playout
            .try_send(self.playout.utterance(), &samples, self.now)?;
        self.position += n as u64;
        Ok(())
    }

    /// Advances time. The task runs at the requested instants, and now.
    pub(super) fn run(&mut self, duration: Duration) {
        let end = self.now + duration;
        loop {
            let wake = self.task();
            let next_answer = self.asterisk.answers.front().map(|&(at, _)| at);
            let next = [wake, self.asterisk.next_tick, next_answer, Some(end)];
            let Some(next) = next.into_iter().flatten().min() else {
                return;
            };
            self.now = self.now.max(next);
            if self.asterisk.next_tick.is_some_and(|tick| tick <= self.now) {
                self.tick();
            }
            while let Some(&(at, feedback)) = self.asterisk.answers.front()
                && at <= self.now
            {
                self.asterisk.answers.pop_front();
                self.playout.handle(feedback, self.now);
            }
            if self.now >= end {
                self.task();
                return;
            }
        }
    }

    /// Performs all actions of the queue, and returns the instant at which the task wakes.
    fn task(&mut self) -> Option<Instant> {
        for _ in 0..10_000 {
            let action = self.playout.poll(self.now);
            while let Some(event) = self.playout.next_event() {
                self.events.push((self.now, event));
            }
            match action {
                Action::Wait(until) => {
                    assert!(
                        until.is_none_or(|until| until > self.now),
                        "busy: {:?}",
                        self.playout
                    );
                    self.wakes += 1;
                    let delay = self.delays[self.wakes % self.delays.len()];
                    return until.map(|until| until + delay);
                }
                Action::Abandon(_) => {
                    self.abandoned = Some(self.now);
                    self.playout.close();
                }
                action => self.write(action),
            }
        }
        panic!("no end: {:?}", self.playout)
    }

    fn write(&mut self, action: Action) {
        let Clock::Lead { sync, .. } = self.clock else {
            let Action::Send(packet) = action else {
                panic!("{action:?}")
            };
            self.heard.push((self.now, packet.payload.to_vec()));
            self.packets.push((self.now, packet));
            return;
        };
        let allowed = match &action {
            Action::Send(packet) => {
                let whole = packet.payload.len() % self.frame_bytes == 0;
                let is_one = packet.payload.len() == self.frame_bytes;
                let passes = self.frame_bytes == usize::MAX || is_one;
                !packet.payload.is_empty() && if sync == Sync::Status { passes } else { whole }
            }
            Action::Mark(_) => sync == Sync::Marks,
            Action::StartBuffering => sync == Sync::Buffering && !self.asterisk.is_buffering,
            Action::StopBuffering(_) => sync == Sync::Buffering && self.asterisk.is_buffering,
            Action::Flush => sync != Sync::Status,
            Action::RequestStatus | Action::Abandon(_) | Action::Wait(_) => true,
        };
        assert!(allowed, "{action:?} with {sync:?}");
        match action {
            Action::Send(packet) => {
                assert!(sync != Sync::Buffering || self.asterisk.is_buffering);
                // Audio that is passed through is not cut, so a message is a frame.
                let frame_bytes = if sync == Sync::Status {
                    usize::MAX
                } else {
                    self.frame_bytes
                };
                for frame in packet.payload.chunks(frame_bytes) {
                    self.asterisk.queue.push_back(Item::Frame(frame.to_vec()));
                }
                self.packets.push((self.now, packet));
                self.longest_queue = self.longest_queue.max(self.frames());
                self.asterisk.next_tick.get_or_insert(self.now + ms(13));
            }
            Action::Mark(id) | Action::StopBuffering(id) => {
                self.asterisk.is_buffering = false;
                if !self.lose_marks {
                    self.asterisk.queue.push_back(Item::Report(id));
                }
                self.asterisk.next_tick.get_or_insert(self.now + ms(13));
            }
            Action::StartBuffering => self.asterisk.is_buffering = true,
            Action::Flush => {
                self.asterisk.queue.clear();
                self.asterisk.is_buffering = false;
            }
            Action::RequestStatus => {
                let queue_length = self.frames() as u64;
                self.answer(Feedback::Status {
                    queue_length,
                    queue_full: false,
                });
            }
            Action::Abandon(_) | Action::Wait(_) => {}
        }
    }

    pub(super) fn frames(&self) -> usize {
        self.asterisk
            .queue
            .iter()
            .filter(|item| matches!(item, Item::Frame(_)))
            .count()
    }

    fn answer(&mut self, feedback: Feedback) {
        if !self.is_dead {
            self.asterisk
                .answers
                .push_back((self.now + self.latency, feedback));
        }
    }

    fn tick(&mut self) {
        self.asterisk.next_tick = Some(self.now + FRAME);
        while let Some(item) = self.asterisk.queue.pop_front() {
            match item {
                Item::Frame(frame) => {
                    self.heard.push((self.now, frame));
                    return;
                }
                Item::Report(id) => self.answer(Feedback::Mark(id)),
            }
        }
        self.asterisk.next_tick = None;
    }

    /// Returns the positions of the samples that were heard.
    pub(super) fn heard_positions(&self) -> Vec<u64> {
        let bytes = self
            .heard
            .iter()
            .flat_map(|(_, frame)| frame.as_chunks::<2>().0);
        let samples = bytes
            .map(|&pair| i16::from_le_bytes(pair))
            .filter(|&sample| sample != 0);
        let mut last = 0;
        samples
            .map(|sample| {
                // The value encodes the position within a period.
                while to_sample(last) != sample {
                    last += 1;
                }
                last += 1;
                last - 1
            })
            .collect()
    }

    pub(super) fn assert_accounts(&self) -> Accounting {
        let accounts = self.playout.accounting();
        let sum = accounts.played + accounts.dropped + accounts.in_flight + accounts.queued;
        assert_eq!(sum, accounts.pushed, "{accounts:?}");
        accounts
    }
}

fn to_sample(position: u64) -> i16 {
    (position % 32_003 + 1) as i16
}
