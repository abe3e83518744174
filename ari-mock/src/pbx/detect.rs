//! Detection of speech and tones: `TALK_DETECT` and `TONE_DETECT`.

use std::time::Duration;

use super::PbxState;
use crate::json::Object;
use crate::model::{ChannelKind, Step};

/// The duration of silence after which talking counts as finished.
const TALK_END_DELAY: Duration = Duration::from_millis(2500);

impl PbxState {
    /// Enables or disables a detector. Sound that is already being sent is detected immediately.
    pub(crate) fn set_detector(&mut self, id: &str, function: &str, argument: &str) {
        let on = !matches!(argument, "remove" | "0");
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let detects = &mut channel.media_state.detectors;
        match function {
            "TALK_DETECT" => detects.talk = on,
            _ => detects.tone = on,
        }
        if function == "TALK_DETECT" && on && self.sends_tone(id) {
            self.publish_channel_event(id, "ChannelTalkingStarted", Object::new());
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
        let detects_talk = |pbx: &PbxState, id: &str| {
            let channel = pbx.channels.get(id);
            channel.is_some_and(|channel| channel.media_state.detectors.talk)
        };
        if !detects_talk(self, id) {
            return;
        }
        self.publish_channel_event(id, "ChannelTalkingStarted", Object::new());
        self.run_after_for_channel(id, time + TALK_END_DELAY, move |pbx, id| {
            if detects_talk(pbx, id) {
                let duration = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
                let rest = Object::new().with("duration", duration);
                pbx.publish_channel_event(id, "ChannelTalkingFinished", rest);
            }
        });
    }

    /// The far end of a channel sends the tone that the detector listens for.
    pub(crate) fn on_tone(&mut self, id: &str) {
        let channel = self.channels.get(id);
        if channel.is_some_and(|channel| channel.media_state.detectors.tone) {
            self.publish_channel_event(id, "ChannelToneDetected", Object::new());
        }
    }
}
