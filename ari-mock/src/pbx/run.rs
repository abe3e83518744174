//! Execution of the dialplan, in channels and in the phones that are called.

use std::time::Duration;

use super::{About, Channel, Event, Kind, Position, Step, World};
use crate::json::Object;

/// The time for which the dialplan waits for media after it has answered.
const SETTLING: Duration = Duration::from_millis(500);
/// The length of a key, and of the pause after it.
const KEY: Duration = Duration::from_millis(100);

impl World {
    /// Runs an extension on a channel.
    pub(crate) fn run_dialplan(&mut self, id: &str, position: Position) {
        let dialplan = &self.settings.dialplan;
        let exists = dialplan.has(&position.context, &position.extension);
        if let Some(channel) = self.channels.get_mut(id) {
            channel.position = position;
            if !exists {
                self.end(id, 0, 0);
                return;
            }
            channel.running = true;
            self.step(id);
        }
    }

    fn step(&mut self, id: &str) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.turn += 1;
        let at = channel.position.clone();
        let up = channel.state == "Up";
        let dialplan = &self.settings.dialplan;
        let step = dialplan.step(&at.context, &at.extension, at.priority);
        let Some(step) = step.cloned() else {
            self.hangs_itself_up(id);
            return;
        };
        let (name, data) = step.application();
        self.show(id, name, &data);
        match step {
            Step::Answer if up => self.next_step(id, Duration::ZERO),
            Step::Answer => {
                self.next_step(id, SETTLING);
                self.answer(id);
            }
            Step::Wait(time) => self.next_step(id, time),
            Step::Ringing => {
                self.next_step(id, Duration::ZERO);
                if let Some(other) = self.other(id) {
                    self.ringing(&other);
                }
            }
            Step::Busy => match self.other(id) {
                Some(other) => self.busy(&other),
                None => self.hang_up(id, 17),
            },
            Step::Echo | Step::Milliwatt => {}
            Step::SendDtmf(keys) => {
                let time = self.press(id, &keys, KEY, KEY);
                self.next_step(id, time);
            }
            Step::Stasis(app, args) => {
                if !self.enter(id, &app, &args, &data) {
                    self.next_step(id, Duration::ZERO);
                }
            }
            Step::StasisBroadcast(offer) => self.offer(id, &offer),
            Step::Hangup => self.hangs_itself_up(id),
        }
    }

    /// Continues with the next step after `wait`, unless another action on the channel comes first.
    pub(crate) fn next_step(&mut self, id: &str, wait: Duration) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let turn = channel.turn;
        self.after_for(id, wait, move |world, id| {
            if let Some(channel) = world.channels.get_mut(id)
                && channel.turn == turn
                && !channel.ended
            {
                channel.position.priority += 1;
                world.step(id);
            }
        });
    }

    /// Runs the next step of a phone that is called.
    pub(crate) fn far_step(&mut self, id: &str) {
        let Some(Channel {
            kind: Kind::Sip { at: Some(at), .. },
            ..
        }) = self.channels.get(id)
        else {
            return;
        };
        let dialplan = &self.settings.dialplan;
        let step = dialplan.step(&at.context, &at.extension, at.priority);
        let Some(step) = step.cloned() else {
            let exists = dialplan.has(&at.context, &at.extension);
            self.far_hangs_up(id, if exists { 16 } else { 1 });
            return;
        };
        match step {
            Step::Answer => {
                self.answered(id);
                self.next_far_step(id, SETTLING);
            }
            Step::Wait(time) => self.next_far_step(id, time),
            Step::Ringing => {
                self.ringing(id);
                self.next_far_step(id, Duration::ZERO);
            }
            Step::Busy => self.busy(id),
            Step::Echo => {
                if let Some(Channel {
                    kind: Kind::Sip { echo, .. },
                    ..
                }) = self.channels.get_mut(id)
                {
                    *echo = true;
                }
            }
            Step::SendDtmf(keys) => {
                let time = self.keys(id, &keys, KEY, KEY);
                self.next_far_step(id, time);
            }
            Step::Hangup => self.far_hangs_up(id, 16),
            Step::Milliwatt | Step::Stasis(..) | Step::StasisBroadcast(_) => {}
        }
    }

    fn next_far_step(&mut self, id: &str, wait: Duration) {
        self.after_for(id, wait, move |world, id| {
            if let Some(Channel {
                kind: Kind::Sip { at: Some(at), .. },
                ended: false,
                ..
            }) = world.channels.get_mut(id)
            {
                at.priority += 1;
                world.far_step(id);
            }
        });
    }

    /// Sends keys from a channel to its far end. Returns the duration.
    pub(crate) fn press(
        &mut self,
        id: &str,
        keys: &str,
        between: Duration,
        length: Duration,
    ) -> Duration {
        match self.other(id) {
            Some(other) => self.keys(&other, keys, between, length),
            None => match self.channels.get(id).map(|channel| &channel.kind) {
                Some(Kind::Sip { echo: true, .. }) => self.keys(id, keys, between, length),
                _ => Duration::ZERO,
            },
        }
    }

    /// Schedules the arrival of keys at a channel, one after the other. Returns the duration.
    pub(crate) fn keys(
        &mut self,
        id: &str,
        keys: &str,
        between: Duration,
        length: Duration,
    ) -> Duration {
        let mut time = Duration::ZERO;
        for key in keys.chars() {
            if !matches!(key.to_ascii_uppercase(), '0'..='9' | '*' | '#' | 'A'..='D') {
                continue;
            }
            self.after_for(id, time + length, move |world, id| {
                world.receive(id, key, length);
            });
            time += length + between;
        }
        time
    }

    /// Handles a key that arrives at a channel.
    fn receive(&mut self, id: &str, key: char, length: Duration) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let echoes = channel.running && channel.application.0 == "Echo";
        let rest = Object::new()
            .with("digit", key.to_string())
            .with(
                "duration_ms",
                i64::try_from(length.as_millis()).unwrap_or_default(),
            )
            .with("channel", channel.object());
        let about = About {
            channel: Some(id),
            ..About::default()
        };
        self.publish(&about, Event::new("ChannelDtmfReceived", rest));
        self.end_recording_by_key(id, key);
        // This key also ends the dialplan application `Echo`.
        if echoes && key == '#' {
            self.next_step(id, Duration::ZERO);
        }
        if let (true, Some(other)) = (echoes, self.other(id)) {
            self.receive(&other, key, length);
        }
    }
}
