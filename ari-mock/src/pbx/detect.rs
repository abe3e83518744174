//! Detection of speech and tones: `TALK_DETECT` and `TONE_DETECT`.

use std::time::Duration;

use super::PbxState;
use crate::json::Object;
use crate::model::audio::Audio;
use crate::model::{ChannelKind, Step};

/// The default duration of silence after which talking counts as finished.
const DEFAULT_TALK_SILENCE: Duration = Duration::from_millis(2500);

impl PbxState {
    /// Enables or disables a detector. Sound that is already being sent is detected immediately.
    pub(crate) fn set_detector(&mut self, id: &str, function: &str, argument: &str, value: &str) {
        let on = !matches!(argument, "remove" | "0");
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let detectors = &mut channel.media_state.detectors;
        if function != "TALK_DETECT" {
            detectors.tone = on;
            return;
        }
        if !on {
            detectors.talk = None;
            return;
        }
        // The first part of `2500,256`. The second, the loudness, has no effect here.
        let silence = match value.split(',').next().unwrap_or_default().trim() {
            "" => Some(DEFAULT_TALK_SILENCE),
            text => text.parse().ok().map(Duration::from_millis),
        };
        // The previous settings stay if these are invalid.
        let Some(silence) = silence.filter(|silence| !silence.is_zero()) else {
            return;
        };
        let detector = detectors.talk.get_or_insert_default();
        detector.silence = silence;
        let talks_until = channel.media_state.talks_until;
        if self.sends_tone(id) {
            self.report_talking(id);
        } else if let Some(end) = talks_until.filter(|end| *end > self.clock.now()) {
            self.detect_talk(id, end);
        }
    }

    /// Returns whether the far end of a channel sends a permanent tone.
    fn sends_tone(&self, id: &str) -> bool {
        let Some(channel) = self.channels.get(id) else {
            return false;
        };
        match &channel.kind {
            ChannelKind::Local { other } => {
                let other = self.channels.get(other);
                other.is_some_and(|other| {
                    other.is_in_dialplan && other.dialplan_application.0 == "Milliwatt"
                })
            }
            ChannelKind::Sip { at: Some(at), .. } => {
                let dialplan = &self.settings.dialplan;
                let step = dialplan.step(&at.context, &at.extension, at.priority);
                channel.state == "Up" && step == Some(&Step::Milliwatt)
            }
            _ => false,
        }
    }

    /// The far end of a channel talks for `time`.
    pub(crate) fn on_talk(&mut self, id: &str, time: Duration) {
        let now = self.clock.now();
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let media = &mut channel.media_state;
        let end = media.talks_until.unwrap_or_default().max(now + time);
        media.talks_until = Some(end);
        self.detect_talk(id, end);
    }

    /// The far end of a channel sends a tone for `time`.
    pub(crate) fn on_beep(&mut self, id: &str, frequency: u32, time: Duration) {
        if let Some(channel) = self.channels.get_mut(id) {
            channel.audio.to_send.push(&Audio::tone(frequency, time));
            self.ensure_audio_tick();
        }
        self.on_talk(id, time);
    }

    /// Reports talking if it is detected, and its end if it is followed by silence.
    fn detect_talk(&mut self, id: &str, end: Duration) {
        self.report_talking(id);
        let channel = self.channels.get(id);
        let detector = channel.and_then(|channel| channel.media_state.detectors.talk);
        if let Some(detector) = detector {
            let due = (end + detector.silence).saturating_sub(self.clock.now());
            self.run_after_for_channel(id, due, PbxState::report_silence);
        }
    }

    fn report_talking(&mut self, id: &str) {
        let now = self.clock.now();
        let channel = self.channels.get_mut(id);
        let detector = channel.and_then(|channel| channel.media_state.detectors.talk.as_mut());
        if let Some(detector) = detector
            && detector.talking_since.is_none()
        {
            detector.talking_since = Some(now);
            self.publish_channel_event(id, "ChannelTalkingStarted", Object::new());
        }
    }

    /// Reports the end of talking if the channel has been silent for long enough.
    fn report_silence(&mut self, id: &str) {
        let now = self.clock.now();
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let media = &mut channel.media_state;
        let end = media.talks_until.unwrap_or_default();
        if let Some(detector) = &mut media.detectors.talk
            && let Some(start) = detector.talking_since
            && end + detector.silence <= now
        {
            detector.talking_since = None;
            let duration = end.saturating_sub(start).as_millis();
            let duration = i64::try_from(duration).unwrap_or(i64::MAX);
            let rest = Object::new().with("duration", duration);
            self.publish_channel_event(id, "ChannelTalkingFinished", rest);
        }
    }

    /// The far end of a channel sends the tone that the detector listens for.
    pub(crate) fn on_tone(&mut self, id: &str) {
        let channel = self.channels.get(id);
        if channel.is_some_and(|channel| channel.media_state.detectors.tone) {
            self.publish_channel_event(id, "ChannelToneDetected", Object::new());
        }
    }
}
