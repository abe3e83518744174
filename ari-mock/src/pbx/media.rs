//! Playbacks, which run one after the other on each channel and bridge.

use std::time::Duration;

use super::members::Member;
use super::recording::wav_length;
use super::{About, Command, Event, World};
use crate::json::Object;

/// The channel or bridge that plays or records media.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Target {
    Channel(String),
    Bridge(String),
}

impl Target {
    pub(crate) fn uri(&self) -> String {
        match self {
            Target::Channel(id) => format!("channel:{id}"),
            Target::Bridge(id) => format!("bridge:{id}"),
        }
    }

    pub(super) fn about(&self) -> About<'_> {
        match self {
            Target::Channel(id) => About {
                channel: Some(id),
                ..About::default()
            },
            Target::Bridge(id) => About {
                bridge: Some(id),
                ..About::default()
            },
        }
    }
}

pub(crate) struct Playback {
    pub(crate) id: String,
    pub(crate) media: Vec<String>,
    pub(crate) index: usize,
    pub(crate) target: Target,
    pub(crate) language: String,
    pub(crate) state: &'static str,
    /// The remaining time of the current media, counted from `since`; `None` if it is endless.
    remaining: Option<Duration>,
    since: Duration,
    turn: u64,
    /// True if it was stopped while it was queued.
    stopped: bool,
}

impl Playback {
    /// Returns whether digits, numbers or characters are being played. Such playbacks cannot be
    /// controlled.
    pub(crate) fn is_spoken(&self) -> bool {
        let uri = self.media.get(self.index);
        let scheme = uri.and_then(|uri| uri.split_once(':'));
        self.state == "playing" && matches!(scheme, Some(("digits" | "number" | "characters", _)))
    }

    pub(crate) fn object(&self) -> Object {
        let media = |index: usize| self.media.get(index).map(String::as_str);
        Object::new()
            .with("id", &self.id)
            .with("media_uri", media(self.index).unwrap_or_default())
            .maybe("next_media_uri", media(self.index + 1))
            .with("target_uri", self.target.uri())
            .with("language", &self.language)
            .with("state", self.state)
    }
}

/// The names of tones that exist in all tone zones.
const TONES: &[&str] = &[
    "dial",
    "busy",
    "ring",
    "congestion",
    "callwaiting",
    "dialrecall",
    "record",
    "info",
    "stutter",
];

/// The way in which media plays.
enum Media {
    Plays(Option<Duration>),
    /// The file does not exist.
    Fails,
    /// Playback starts, but no further event follows.
    Lost,
}

/// Returns whether the text is the name of a tone, or a list of parts that begin with a frequency.
fn is_tone(text: &str) -> bool {
    let (tone, _) = text.split_once(';').unwrap_or((text, ""));
    let is_part = |part: &str| {
        let part = part.trim_start();
        let part = part.strip_prefix('!').unwrap_or(part);
        let part = part.strip_prefix('M').unwrap_or(part);
        part.starts_with(|c: char| c.is_ascii_digit())
    };
    TONES.contains(&tone) || tone.split(['|', ',']).all(is_part)
}

impl World {
    /// Adds one of the server's own channels to a bridge, to play or to record.
    pub(super) fn help(&mut self, target: &Target, kind: &str) -> Option<String> {
        let Target::Bridge(id) = target else {
            return None;
        };
        let name = format!("{kind}-{:08x};2", self.name_number());
        let bridge = self.bridges.get_mut(id)?;
        bridge.members.join(Member::Helper(name.clone()));
        self.tell_peers(id);
        Some(name)
    }

    pub(super) fn dismiss(&mut self, target: &Target, helper: Option<String>) {
        if let (Target::Bridge(id), Some(helper)) = (target, helper)
            && let Some(bridge) = self.bridges.get_mut(id)
        {
            bridge.members.leave(&Member::Helper(helper));
            self.tell_peers(id);
        }
    }

    /// Turns the music of a bridge on or off. Returns whether that changed anything.
    pub(crate) fn music(&mut self, id: &str, on: bool) -> bool {
        let Some(bridge) = self.bridges.get_mut(id) else {
            return false;
        };
        let changes = bridge.music != on;
        bridge.music = on;
        let target = Target::Bridge(id.to_owned());
        if changes && on {
            self.help(&target, "Announcer/ARI_MOH");
        } else if changes {
            let helper = bridge.members.helper("ARI_MOH").cloned();
            self.dismiss(&target, helper);
        }
        changes
    }

    /// Plays media, one after the other. Returns the playback in its state before it begins.
    pub(crate) fn play(
        &mut self,
        target: Target,
        id: String,
        media: Vec<String>,
        language: Option<&str>,
    ) -> Object {
        let own = match &target {
            Target::Channel(id) => self
                .channels
                .get(id)
                .map(|channel| channel.language.clone()),
            Target::Bridge(_) => None,
        };
        let playback = Playback {
            id: id.clone(),
            media,
            index: 0,
            target: target.clone(),
            language: language
                .map(str::to_owned)
                .or(own)
                .unwrap_or_else(|| "en".to_owned()),
            state: "queued",
            remaining: None,
            since: Duration::ZERO,
            turn: 0,
            stopped: false,
        };
        let object = playback.object();
        self.playbacks.insert(id.clone(), playback);
        self.enqueue(&target, Command::Playback(id));
        object
    }

    fn playback_event(&mut self, id: &str, kind: &'static str) {
        if let Some(playback) = self.playbacks.get(id) {
            let rest = Object::new().with("playback", playback.object());
            let target = playback.target.clone();
            self.publish(&target.about(), Event::new(kind, rest));
        }
    }

    pub(super) fn begin_playback(&mut self, target: &Target, id: &str) {
        let Some(playback) = self.playbacks.get(id) else {
            return;
        };
        if playback.stopped {
            self.finish_playback(id, "done");
            return;
        }
        self.hold_up(target);
        self.need_announcer(target);
        self.play_current(id);
    }

    fn play_current(&mut self, id: &str) {
        let now = self.clock.now();
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        playback.state = "playing";
        playback.since = now;
        let uri = playback.media.get(playback.index).cloned();
        self.playback_event(id, "PlaybackStarted");
        match self.media(&uri.unwrap_or_default()) {
            Media::Plays(length) => {
                if let Some(playback) = self.playbacks.get_mut(id) {
                    playback.remaining = length;
                }
                self.time_playback(id);
            }
            Media::Fails => self.end_of_media(id, "failed"),
            Media::Lost => self.lose(id),
        }
    }

    /// Handles media that cannot be played: the next one of the list is played, and after the last
    /// one the playback vanishes without an event.
    fn lose(&mut self, id: &str) {
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        if playback.index + 1 < playback.media.len() {
            playback.index += 1;
            self.play_current(id);
        } else {
            let target = playback.target.clone();
            self.playbacks.remove(id);
            self.let_go(&target);
        }
    }

    /// Returns the length of media.
    fn media(&self, uri: &str) -> Media {
        let Some((scheme, rest)) = uri.split_once(':') else {
            return Media::Lost;
        };
        let spoken = |count: usize| {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            Media::Plays(Some(Duration::from_millis(700).saturating_mul(count)))
        };
        match scheme {
            "sound" => match self.settings.sounds.get(rest) {
                Some(length) => Media::Plays(Some(*length)),
                None => Media::Fails,
            },
            "recording" => match self.stored.get(rest) {
                Some((_, file)) => Media::Plays(Some(wav_length(file))),
                None => Media::Lost,
            },
            "number" if rest.parse::<i64>().is_ok() => spoken(rest.len()),
            "digits" | "characters" => spoken(rest.chars().count()),
            "tone" if is_tone(rest) => Media::Plays(None),
            "tone" => Media::Fails,
            _ => Media::Lost,
        }
    }

    /// Schedules the end of the current media.
    fn time_playback(&mut self, id: &str) {
        let turn = self.number();
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        playback.turn = turn;
        if let Some(remaining) = playback.remaining {
            let id = id.to_owned();
            self.after(remaining, move |world| {
                let current = |playback: &Playback| playback.turn == turn;
                if world.playbacks.get(&id).is_some_and(current) {
                    world.end_of_media(&id, "done");
                }
            });
        }
    }

    fn end_of_media(&mut self, id: &str, state: &'static str) {
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        if playback.index + 1 >= playback.media.len() {
            self.finish_playback(id, state);
            return;
        }
        playback.state = "continuing";
        self.playback_event(id, "PlaybackContinuing");
        if let Some(playback) = self.playbacks.get_mut(id) {
            playback.index += 1;
        }
        self.play_current(id);
    }

    pub(super) fn finish_playback(&mut self, id: &str, state: &'static str) {
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        let began = !matches!(playback.state, "queued");
        playback.state = state;
        let target = playback.target.clone();
        self.playback_event(id, "PlaybackFinished");
        self.playbacks.remove(id);
        if began {
            self.let_go(&target);
        }
    }

    pub(crate) fn stop_playback(&mut self, id: &str) {
        match self.playbacks.get_mut(id) {
            Some(playback) if playback.state == "queued" => playback.stopped = true,
            Some(_) => self.finish_playback(id, "done"),
            None => {}
        }
    }

    /// Controls a playback. Returns `false` if that is impossible, for example because it does not
    /// play yet.
    pub(crate) fn control_playback(&mut self, id: &str, operation: &str) -> bool {
        let now = self.clock.now();
        let turn = self.number();
        let whole = self.playbacks.get(id).and_then(|playback| {
            match self.media(playback.media.get(playback.index)?) {
                Media::Plays(length) => length,
                _ => None,
            }
        });
        let Some(playback) = self.playbacks.get_mut(id) else {
            return false;
        };
        let skip = Duration::from_millis(3000);
        let passed = now.saturating_sub(playback.since);
        match (operation, playback.state) {
            ("pause", "playing") => {
                playback.remaining = playback.remaining.map(|left| left.saturating_sub(passed));
                playback.state = "paused";
                playback.turn = turn;
                return true;
            }
            ("unpause", "paused") => {
                playback.state = "playing";
                playback.since = now;
                self.playback_event(id, "PlaybackStarted");
            }
            ("restart", "playing") => {
                playback.remaining = whole;
                playback.since = now;
            }
            ("forward", "playing") => {
                let left = playback
                    .remaining
                    .map(|left| left.saturating_sub(passed + skip));
                playback.remaining = left;
                playback.since = now;
            }
            ("reverse", "playing") => {
                let left = playback
                    .remaining
                    .map(|left| left.saturating_sub(passed) + skip);
                playback.remaining = left.zip(whole).map(|(left, whole)| left.min(whole));
                playback.since = now;
            }
            (_, "playing" | "paused") => return true,
            _ => return false,
        }
        self.time_playback(id);
        true
    }
}
