//! Recordings of channels, which are queued, and of bridges, which are not.

use super::{Command, PbxState};
use crate::json::Object;
use crate::model::wav::wav_file;
use crate::model::{Event, LiveRecording, MediaTarget};

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
                self.fail_recording(name, "Failed to response channel");
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
        let timer = self.next_number();
        let Some(live) = self.live_recordings.get_mut(name) else {
            return;
        };
        live.timer_id = timer;
        if let Some(limit) = live.max_duration {
            let left = limit.saturating_sub(live.recorded);
            let name = name.to_owned();
            self.run_after(left, move |pbx| {
                if pbx
                    .live_recordings
                    .get(&name)
                    .is_some_and(|live| live.timer_id == timer)
                {
                    pbx.finish_recording(&name, true);
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
