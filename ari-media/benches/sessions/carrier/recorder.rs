//! The times that the carrier records, and their summary.

use std::collections::BTreeMap;

use ari_media::pcm::{ByteOrder, Decoder, Format, SampleRate};
use serde_json::{Value, json};

use crate::control::{LEVELS, Mode, clock, sample_of};
use crate::figures::quantiles;

/// The microseconds of a frame.
const FRAME: i64 = 20_000;

/// The recordings of one connection.
pub(super) struct Recording {
    /// The number of the call.
    call: Option<usize>,
    arrivals: Vec<i64>,
    /// The ticks at which `chan_websocket` had nothing to play.
    holes: usize,
    echoes: Vec<i64>,
    /// When each level was played last.
    heard: BTreeMap<usize, i64>,
}

/// The recorder of one connection.
pub(super) struct Recorder {
    frame_bytes: usize,
    is_rtp: bool,
    arrivals: Vec<i64>,
    /// Frames that were played, and ticks without one.
    played: usize,
    holes: usize,
    /// The frames that were sent, and the time of the latest of each level.
    sent: usize,
    sent_at: [i64; LEVELS],
    echoes: Vec<i64>,
    heard: BTreeMap<usize, i64>,
    /// The level of each sample.
    levels: BTreeMap<i16, usize>,
}

impl Recorder {
    pub(super) fn new(frame_bytes: usize, is_rtp: bool) -> Self {
        Recorder {
            frame_bytes,
            is_rtp,
            arrivals: Vec::new(),
            played: 0,
            holes: 0,
            sent: 0,
            sent_at: [0; LEVELS],
            echoes: Vec::new(),
            heard: BTreeMap::new(),
            levels: (0..LEVELS).map(|level| (sample_of(level), level)).collect(),
        }
    }

    pub(super) fn take(&mut self, call: Option<usize>) -> Recording {
        (self.played, self.sent, self.sent_at) = (0, 0, [0; LEVELS]);
        Recording {
            call,
            arrivals: std::mem::take(&mut self.arrivals),
            holes: std::mem::take(&mut self.holes),
            echoes: std::mem::take(&mut self.echoes),
            heard: std::mem::take(&mut self.heard),
        }
    }

    /// Returns the level of the next frame, whose time begins now.
    pub(super) fn next_echo(&mut self) -> usize {
        let level = self.sent % LEVELS;
        self.sent += 1;
        self.sent_at[level] = clock();
        level
    }

    /// Records audio when it arrives.
    pub(super) fn on_arrival(&mut self, mode: Mode, bytes: &[u8]) {
        let now = clock();
        if mode == Mode::Echo {
            for frame in bytes.chunks(self.frame_bytes) {
                let latency = self.latency(frame, now);
                self.echoes.extend(latency);
            }
        }
    }

    /// Returns the time since the first sample of a frame would have been heard, if the connection
    /// had no delay. A frame can contain the end of one that was sent and the beginning of the next.
    fn latency(&self, frame: &[u8], now: i64) -> Option<i64> {
        let samples = self.decode(frame);
        let first = *samples.first()?;
        let level = *self.levels.get(&first)?;
        let same = samples
            .iter()
            .take_while(|sample| **sample == first)
            .count();
        let missing = i64::try_from(samples.len() - same).ok()?;
        let offset = FRAME * missing / i64::try_from(samples.len()).ok()?;
        let sent = self.sent_at[level];
        (sent > 0).then_some(now - sent - offset)
    }

    /// Records audio when the call hears it.
    pub(super) fn on_played(&mut self, mode: Mode, bytes: &[u8]) {
        self.played += 1;
        match mode {
            Mode::Duplex => self.arrivals.push(clock()),
            Mode::Listen => {
                let first = self.decode(bytes).first().copied();
                if let Some(level) = first.and_then(|it| self.levels.get(&it)) {
                    self.heard.insert(*level, clock());
                }
            }
            Mode::Idle | Mode::Echo => {}
        }
    }

    /// Records that a tick had nothing to play.
    pub(super) fn on_hole(&mut self, mode: Mode) {
        if mode == Mode::Duplex && self.played > 0 {
            self.holes += 1;
        }
    }

    fn decode(&self, bytes: &[u8]) -> Vec<i16> {
        let (format, order) = match (self.frame_bytes, self.is_rtp) {
            (160, _) => (Format::Ulaw, ByteOrder::Little),
            (_, true) => (Format::Slin(SampleRate::Hz16000), ByteOrder::Big),
            (_, false) => (Format::Slin(SampleRate::Hz16000), ByteOrder::Little),
        };
        let mut samples = Vec::new();
        if let Some(mut decoder) = Decoder::new(format, order) {
            decoder.decode(bytes, &mut samples);
        }
        samples
    }
}

/// Returns the figures of all connections.
pub(super) fn summarize(recordings: &[Recording]) -> Value {
    let mut lateness = Vec::new();
    let mut echoes = Vec::new();
    let mut heard = Vec::new();
    for recording in recordings {
        let due = |(number, arrival): (usize, &i64)| {
            arrival - FRAME * i64::try_from(number).unwrap_or_default()
        };
        let all: Vec<i64> = recording.arrivals.iter().enumerate().map(due).collect();
        // The schedule begins such that the earliest frame is in time.
        let begin = all.iter().copied().min().unwrap_or_default();
        lateness.extend(all.into_iter().map(|it| it - begin));
        echoes.extend_from_slice(&recording.echoes);
        if let Some(call) = recording.call {
            heard.extend(
                recording
                    .heard
                    .iter()
                    .map(|(level, at)| json!([call, level, at])),
            );
        }
    }
    let holes: usize = recordings.iter().map(|recording| recording.holes).sum();
    json!({
        "sessions": recordings.len(),
        "frames": lateness.len(),
        "lateness": quantiles(&mut lateness),
        "holes": holes,
        "echoes": echoes.len(),
        "echo": quantiles(&mut echoes),
        "heard": heard,
    })
}
