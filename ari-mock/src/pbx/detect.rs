//! Hearing what a channel says: `TALK_DETECT` and `TONE_DETECT`.

use std::time::Duration;

use super::{Kind, Step, World};
use crate::json::Object;

/// How long it has to be silent before somebody has finished talking.
const SILENCE: Duration = Duration::from_millis(2500);

/// What is listened for in a channel.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Detects {
    talk: bool,
    tone: bool,
}

impl World {
    /// Sets one of the functions. Whoever talks already is heard.
    pub(crate) fn detect(&mut self, id: &str, function: &str, argument: &str) {
        let on = !matches!(argument, "remove" | "0");
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let detects = &mut channel.treatment.detects;
        match function {
            "TALK_DETECT" => detects.talk = on,
            _ => detects.tone = on,
        }
        if function == "TALK_DETECT" && on && self.sounds(id) {
            self.channel_event(id, "ChannelTalkingStarted", Object::new());
        }
    }

    /// Whether a channel sends a tone all the time.
    fn sounds(&self, id: &str) -> bool {
        let Some(channel) = self.channels.get(id) else {
            return false;
        };
        match &channel.kind {
            Kind::Local { other } => {
                let other = self.channels.get(other);
                other.is_some_and(|other| other.running && other.application.0 == "Milliwatt")
            }
            Kind::Sip { at: Some(at), .. } => {
                let dialplan = &self.settings.dialplan;
                let step = dialplan.step(&at.context, &at.extension, at.priority);
                channel.state == "Up" && step == Some(&Step::Milliwatt)
            }
            _ => false,
        }
    }

    /// Somebody talks at the other end of a channel.
    pub(crate) fn talk(&mut self, id: &str, time: Duration) {
        let hears = |world: &World, id: &str| {
            let channel = world.channels.get(id);
            channel.is_some_and(|channel| channel.treatment.detects.talk)
        };
        if !hears(self, id) {
            return;
        }
        self.channel_event(id, "ChannelTalkingStarted", Object::new());
        let id = id.to_owned();
        self.after(time + SILENCE, move |world| {
            if hears(world, &id) {
                let duration = i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
                let rest = Object::new().with("duration", duration);
                world.channel_event(&id, "ChannelTalkingFinished", rest);
            }
        });
    }

    /// A tone comes from the other end of a channel, one that is listened for.
    pub(crate) fn tone(&mut self, id: &str) {
        let channel = self.channels.get(id);
        if channel.is_some_and(|channel| channel.treatment.detects.tone) {
            self.channel_event(id, "ChannelToneDetected", Object::new());
        }
    }
}
