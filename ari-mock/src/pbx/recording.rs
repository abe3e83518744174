//! Recordings of channels, which are queued, and of bridges, which are not.

use std::time::Duration;

use bytes::Bytes;

use super::{Command, Event, MediaTarget, PbxState};
use crate::json::Object;

/// Bytes of a recording per millisecond: 8000 samples of two bytes per second.
const BYTES_PER_MILLISECOND: usize = 16;

/// A recording that is not finished.
pub(crate) struct LiveRecording {
    pub(crate) name: String,
    pub(crate) format: String,
    pub(crate) target: MediaTarget,
    pub(crate) state: &'static str,
    pub(crate) max_duration: Option<Duration>,
    /// True if silence is detected. The final event then contains additional durations.
    pub(crate) detects_silence: bool,
    pub(crate) terminate_on: String,
    /// The file that the recording is appended to.
    pub(crate) previous_file: Option<Bytes>,
    recorded: Duration,
    started_at: Duration,
    timer_id: u64,
    helper: Option<String>,
    /// The reason for the failure.
    cause: Option<&'static str>,
    /// True if a later recording of the same name has made this one inaccessible.
    pub(crate) is_inaccessible: bool,
}

impl LiveRecording {
    pub(crate) fn new(name: String, format: String, target: MediaTarget) -> Self {
        LiveRecording {
            name,
            format,
            target,
            state: "queued",
            max_duration: None,
            detects_silence: false,
            terminate_on: "none".to_owned(),
            previous_file: None,
            recorded: Duration::ZERO,
            started_at: Duration::ZERO,
            timer_id: 0,
            helper: None,
            cause: None,
            is_inaccessible: false,
        }
    }

    pub(crate) fn object(&self) -> Object {
        let done = self.state == "done";
        let seconds = i64::try_from(self.recorded.as_secs()).unwrap_or(i64::MAX);
        Object::new()
            .with("name", &self.name)
            .with("format", &self.format)
            .with("state", self.state)
            .with("target_uri", self.target.uri())
            .with_some("cause", self.cause)
            .with_some("duration", done.then_some(seconds))
            .with_some(
                "talking_duration",
                (done && self.detects_silence).then_some(0),
            )
            .with_some(
                "silence_duration",
                (done && self.detects_silence).then_some(seconds),
            )
    }
}

impl PbxState {
    /// Queues a recording of a channel, or begins a recording of a bridge.
    pub(crate) fn start_recording(&mut self, live: LiveRecording) {
        let (name, target) = (live.name.clone(), live.target.clone());
        self.live_recordings.insert(name.clone(), live);
        match target {
            MediaTarget::Channel(_) => self.enqueue(&target, Command::Recording(name)),
            // Each recording of a bridge has a channel of its own.
            MediaTarget::Bridge(_) => self.begin_recording(&target, &name),
        }
    }

    fn publish_recording_event(&mut self, name: &str, kind: &'static str) {
        if let Some(live) = self.live_recordings.get(name) {
            let rest = Object::new().with("recording", live.object());
            let target = live.target.clone();
            self.publish(&target.subjects(), Event::new(kind, rest));
        }
    }

    /// Returns whether a channel records or has a queued recording. Such a channel cannot join a
    /// bridge.
    pub(crate) fn is_recording(&self, id: &str) -> bool {
        let of_it = |live: &LiveRecording| matches!(&live.target, MediaTarget::Channel(target) if target == id);
        self.live_recordings.values().any(of_it)
    }

    /// Begins a recording, even if it was cancelled while it was queued.
    pub(super) fn begin_recording(&mut self, target: &MediaTarget, name: &str) {
        if let MediaTarget::Channel(id) = target {
            let channel = self.channels.get(id);
            if channel.is_some_and(|channel| channel.bridge.is_some()) {
                self.fail_recording(name, "Cannot record channel while in bridge");
                return;
            }
            if channel.is_some_and(|channel| channel.has_ended && channel.state != "Up") {
                self.fail_recording(name, "Failed to answer channel");
                return;
            }
            self.answer_channel(id);
            self.block_queue(target);
        }
        let now = self.clock.now();
        match self.live_recordings.get_mut(name) {
            Some(live) => {
                live.state = "recording";
                live.started_at = now;
            }
            None => return,
        }
        let helper = self.add_helper(target, "Recorder/ARI");
        if let Some(live) = self.live_recordings.get_mut(name) {
            live.helper = helper;
        }
        self.write_recording_file(name);
        self.publish_recording_event(name, "RecordingStarted");
        self.schedule_recording_end(name);
    }

    /// Writes the file of a recording, which exists from the beginning of the recording.
    fn write_recording_file(&mut self, name: &str) {
        let Some(live) = self.live_recordings.get(name) else {
            return;
        };
        // Both names mean the same format.
        let format = match &*live.format {
            "wav49" => "WAV",
            format => format,
        };
        let file = (
            format.to_owned(),
            wav_file(live.recorded, live.previous_file.as_ref()),
        );
        self.stored_recordings.insert(name.to_owned(), file);
    }

    fn fail_recording(&mut self, name: &str, cause: &'static str) {
        if let Some(live) = self.live_recordings.get_mut(name) {
            live.state = "failed";
            live.cause = Some(cause);
            self.publish_recording_event(name, "RecordingFailed");
            self.live_recordings.remove(name);
        }
    }

    fn schedule_recording_end(&mut self, name: &str) {
        let turn = self.next_number();
        let Some(live) = self.live_recordings.get_mut(name) else {
            return;
        };
        live.timer_id = turn;
        if let Some(limit) = live.max_duration {
            let left = limit.saturating_sub(live.recorded);
            let name = name.to_owned();
            self.run_after(left, move |world| {
                if world
                    .live_recordings
                    .get(&name)
                    .is_some_and(|live| live.timer_id == turn)
                {
                    world.finish_recording(&name, true);
                }
            });
        }
    }

    /// Ends a recording, and keeps or deletes its file.
    pub(crate) fn finish_recording(&mut self, name: &str, keep: bool) {
        let now = self.clock.now();
        let Some(live) = self.live_recordings.get_mut(name) else {
            return;
        };
        if live.state == "recording" {
            live.recorded += now.saturating_sub(live.started_at);
        }
        live.state = "done";
        let (target, helper) = (live.target.clone(), live.helper.take());
        // A file that was deleted during the recording is not written again.
        if !keep {
            self.stored_recordings.remove(name);
        } else if self.stored_recordings.contains_key(name) {
            self.write_recording_file(name);
        }
        self.publish_recording_event(name, "RecordingFinished");
        self.live_recordings.remove(name);
        self.remove_helper(&target, helper);
        if let MediaTarget::Channel(_) = target {
            self.unblock_queue(&target);
        }
    }

    /// Ends a recording that is in progress. A queued one is only marked, and begins when the queue
    /// reaches it. Returns `false` if there was nothing to end.
    pub(crate) fn end_recording(&mut self, name: &str, keep: bool) -> bool {
        match self.live_recordings.get_mut(name) {
            Some(live) if live.state == "queued" => live.state = "canceled",
            Some(live) if live.state == "canceled" => return false,
            Some(_) => self.finish_recording(name, keep),
            None => return false,
        }
        true
    }

    /// Ends all recordings that are in progress on a channel or bridge.
    pub(super) fn stop_recordings(&mut self, target: &MediaTarget) {
        let under_way = |live: &&LiveRecording| {
            live.target == *target && matches!(live.state, "recording" | "paused")
        };
        let recording = self.live_recordings.values().filter(under_way);
        let recording: Vec<_> = recording.map(|live| live.name.clone()).collect();
        for name in recording {
            self.finish_recording(&name, true);
        }
    }

    /// Pauses or resumes a recording. Returns `false` if it is not in progress.
    pub(crate) fn pause_recording(&mut self, name: &str, pause: bool) -> bool {
        let now = self.clock.now();
        let Some(live) = self.live_recordings.get_mut(name) else {
            return false;
        };
        match (live.state, pause) {
            ("recording", true) => {
                live.recorded += now.saturating_sub(live.started_at);
                live.state = "paused";
                live.timer_id = 0;
            }
            ("paused", false) => {
                live.started_at = now;
                live.state = "recording";
                self.schedule_recording_end(name);
            }
            ("queued" | "canceled", _) => return false,
            _ => {}
        }
        true
    }

    /// Ends the recording for which this key is the terminator.
    pub(crate) fn end_recording_by_key(&mut self, id: &str, key: char) {
        let target = MediaTarget::Channel(id.to_owned());
        let ends = |live: &&LiveRecording| {
            let by = &live.terminate_on;
            live.target == target
                && live.state == "recording"
                && (by == "any" || by.chars().eq([key]))
        };
        let name = self
            .live_recordings
            .values()
            .find(ends)
            .map(|live| live.name.clone());
        if let Some(name) = name {
            self.finish_recording(&name, true);
        }
    }
}

/// Returns the samples of a 500 Hz tone. Callers of the fake send no audio, but programs that look
/// for sound in recordings should find some.
fn tone_samples() -> impl Iterator<Item = i16> {
    (0_u32..).map(|sample| if sample % 16 < 8 { 4096 } else { -4096 })
}

/// Returns a WAV file of a steady tone.
fn wav_file(length: Duration, before: Option<&Bytes>) -> Bytes {
    let millis = usize::try_from(length.as_millis()).unwrap_or_default();
    let before = before.map_or(0, |file| file.len().saturating_sub(44));
    let size = before + millis * BYTES_PER_MILLISECOND;
    let length = |size: usize| u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes();
    let mut file = Vec::with_capacity(44 + size);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&length(size + 36));
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16u32.to_le_bytes());
    // PCM, one channel.
    file.extend_from_slice(&[1, 0, 1, 0]);
    file.extend_from_slice(&8000u32.to_le_bytes());
    file.extend_from_slice(&16_000u32.to_le_bytes());
    file.extend_from_slice(&[2, 0, 16, 0]);
    file.extend_from_slice(b"data");
    file.extend_from_slice(&length(size));
    let samples = tone_samples().flat_map(i16::to_le_bytes);
    file.extend(samples.take(size));
    file.into()
}

pub(super) fn wav_length(file: &Bytes) -> Duration {
    let millis = file.len().saturating_sub(44) / BYTES_PER_MILLISECOND;
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}
