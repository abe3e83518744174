//! Execution of the dialplan, in channels and in the phones that are called.

use std::time::Duration;

use super::PbxState;
use crate::json::Object;
use crate::model::{Channel, ChannelKind, Event, EventSubjects, Position, Step};

/// The time for which the dialplan waits for media after it has answered.
const ANSWER_DELAY: Duration = Duration::from_millis(500);
/// The length of a key, and of the pause after it.
const DTMF_DURATION: Duration = Duration::from_millis(100);

impl PbxState {
    /// Runs an extension on a channel.
    pub(crate) fn run_dialplan(&mut self, id: &str, position: Position) {
        let dialplan = &self.settings.dialplan;
        let exists = dialplan.contains(&position.context, &position.extension);
        if let Some(channel) = self.channels.get_mut(id) {
            channel.position = position;
            if !exists {
                self.end_channel(id, 0, 0);
                return;
            }
            channel.is_in_dialplan = true;
            self.run_step(id);
        }
    }

    fn run_step(&mut self, id: &str) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.action_count += 1;
        let at = channel.position.clone();
        let up = channel.state == "Up";
        let dialplan = &self.settings.dialplan;
        let step = dialplan.step(&at.context, &at.extension, at.priority);
        let Some(step) = step.cloned() else {
            self.hangup_from_dialplan(id);
            return;
        };
        let (name, data) = step.dialplan_application();
        self.set_dialplan_application(id, name, &data);
        match step {
            Step::Answer if up => self.schedule_next_step(id, Duration::ZERO),
            Step::Answer => {
                self.schedule_next_step(id, ANSWER_DELAY);
                self.answer_channel(id);
            }
            Step::Wait(time) => self.schedule_next_step(id, time),
            Step::Ringing => {
                self.schedule_next_step(id, Duration::ZERO);
                if let Some(other) = self.other_half(id) {
                    self.on_ringing(&other);
                }
            }
            Step::Busy => match self.other_half(id) {
                Some(other) => self.on_busy(&other),
                None => self.hangup_local(id, 17),
            },
            Step::Echo | Step::Milliwatt => {}
            Step::Forward(_) => self.schedule_next_step(id, Duration::ZERO),
            Step::Talk(time) => {
                if let Some(other) = self.other_half(id) {
                    self.on_talk(&other, time);
                }
                self.schedule_next_step(id, time);
            }
            Step::Tone(frequency, time) => {
                if let Some(other) = self.other_half(id) {
                    self.on_beep(&other, frequency, time);
                }
                self.schedule_next_step(id, time);
            }
            Step::SendDtmf(keys) => {
                let time = self.send_dtmf(id, &keys, DTMF_DURATION, DTMF_DURATION);
                self.schedule_next_step(id, time);
            }
            Step::Stasis(app, args) => {
                if !self.enter_application(id, &app, &args, &data) {
                    self.schedule_next_step(id, Duration::ZERO);
                }
            }
            Step::StasisBroadcast(offer) => self.broadcast_call(id, &offer),
            Step::Hangup => self.hangup_from_dialplan(id),
        }
    }

    /// Continues with the next step after `wait`, unless another action on the channel comes first.
    pub(crate) fn schedule_next_step(&mut self, id: &str, wait: Duration) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let action = channel.action_count;
        self.run_after_for_channel(id, wait, move |pbx, id| {
            if let Some(channel) = pbx.channels.get_mut(id)
                && channel.action_count == action
                && !channel.has_ended
            {
                channel.position.priority += 1;
                pbx.run_step(id);
            }
        });
    }

    /// Runs the next step of a phone that is called.
    pub(crate) fn run_remote_step(&mut self, id: &str) {
        let Some(Channel {
            kind: ChannelKind::Sip { at: Some(at), .. },
            ..
        }) = self.channels.get(id)
        else {
            return;
        };
        let dialplan = &self.settings.dialplan;
        let step = dialplan.step(&at.context, &at.extension, at.priority);
        let Some(step) = step.cloned() else {
            let exists = dialplan.contains(&at.context, &at.extension);
            self.hangup_remote(id, if exists { 16 } else { 1 });
            return;
        };
        match step {
            Step::Answer => {
                self.on_answered(id);
                self.schedule_next_remote_step(id, ANSWER_DELAY);
            }
            Step::Wait(time) => self.schedule_next_remote_step(id, time),
            Step::Ringing => {
                self.on_ringing(id);
                self.schedule_next_remote_step(id, Duration::ZERO);
            }
            Step::Busy => self.on_busy(id),
            Step::Forward(extension) => self.forward_call(id, &extension),
            Step::Echo => {
                if let Some(Channel {
                    kind: ChannelKind::Sip { echo, .. },
                    ..
                }) = self.channels.get_mut(id)
                {
                    *echo = true;
                }
            }
            Step::Talk(time) => {
                self.on_talk(id, time);
                self.schedule_next_remote_step(id, time);
            }
            Step::Tone(frequency, time) => {
                self.on_beep(id, frequency, time);
                self.schedule_next_remote_step(id, time);
            }
            Step::SendDtmf(keys) => {
                let time = self.schedule_dtmf(id, &keys, DTMF_DURATION, DTMF_DURATION);
                self.schedule_next_remote_step(id, time);
            }
            Step::Hangup => self.hangup_remote(id, 16),
            Step::Milliwatt | Step::Stasis(..) | Step::StasisBroadcast(_) => {}
        }
    }

    fn schedule_next_remote_step(&mut self, id: &str, wait: Duration) {
        self.run_after_for_channel(id, wait, move |pbx, id| {
            if let Some(Channel {
                kind: ChannelKind::Sip { at: Some(at), .. },
                has_ended: false,
                ..
            }) = pbx.channels.get_mut(id)
            {
                at.priority += 1;
                pbx.run_remote_step(id);
            }
        });
    }

    /// Sends keys from a channel to its far end. Returns the duration.
    pub(crate) fn send_dtmf(
        &mut self,
        id: &str,
        keys: &str,
        between: Duration,
        length: Duration,
    ) -> Duration {
        match self.other_half(id) {
            Some(other) => self.schedule_dtmf(&other, keys, between, length),
            None => match self.channels.get(id).map(|channel| &channel.kind) {
                Some(ChannelKind::Sip { echo: true, .. }) => {
                    self.schedule_dtmf(id, keys, between, length)
                }
                Some(ChannelKind::ExternalMedia { .. }) => {
                    self.schedule_program_keys(id, keys, between, length)
                }
                _ => Duration::ZERO,
            },
        }
    }

    /// The far end presses keys. Each lasts 100 ms and is followed by a pause of 100 ms.
    pub(crate) fn press_keys(&mut self, id: &str, keys: &str) {
        let time = Duration::from_millis(100);
        self.schedule_dtmf(id, keys, time, time);
    }

    /// Schedules the arrival of keys at a channel, one after the other. Returns the duration.
    pub(crate) fn schedule_dtmf(
        &mut self,
        id: &str,
        keys: &str,
        between: Duration,
        length: Duration,
    ) -> Duration {
        self.schedule_keys(id, keys, between, length, move |pbx, id, key| {
            pbx.on_dtmf(id, key, length);
        })
    }

    /// Schedules keys that a channel sends to its program. Returns the duration.
    fn schedule_program_keys(
        &mut self,
        id: &str,
        keys: &str,
        between: Duration,
        length: Duration,
    ) -> Duration {
        self.schedule_keys(id, keys, between, length, PbxState::send_key_to_program)
    }

    fn schedule_keys(
        &mut self,
        id: &str,
        keys: &str,
        between: Duration,
        length: Duration,
        arrive: impl Fn(&mut PbxState, &str, char) + Copy + Send + 'static,
    ) -> Duration {
        let mut time = Duration::ZERO;
        for key in keys.chars() {
            if !matches!(key.to_ascii_uppercase(), '0'..='9' | '*' | '#' | 'A'..='D') {
                continue;
            }
            self.run_after_for_channel(id, time + length, move |pbx, id| arrive(pbx, id, key));
            time += length + between;
        }
        time
    }

    /// Handles a key that arrives at a channel.
    fn on_dtmf(&mut self, id: &str, key: char, length: Duration) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let echoes = channel.is_in_dialplan && channel.dialplan_application.0 == "Echo";
        let rest = Object::new()
            .with("digit", key.to_string())
            .with(
                "duration_ms",
                i64::try_from(length.as_millis()).unwrap_or_default(),
            )
            .with("channel", channel.object());
        let about = EventSubjects {
            channel: Some(id),
            ..EventSubjects::default()
        };
        self.publish(&about, Event::new("ChannelDtmfReceived", rest));
        self.send_key_to_bridged_programs(id, key);
        self.end_recording_by_key(id, key);
        // This key also ends the dialplan application `Echo`.
        if echoes && key == '#' {
            self.schedule_next_step(id, Duration::ZERO);
        }
        if let (true, Some(other)) = (echoes, self.other_half(id)) {
            self.on_dtmf(&other, key, length);
        }
    }
}
