//! Playbacks, which run one after the other on each channel and bridge.

use std::time::Duration;

use super::{Command, PbxState};
use crate::json::Object;
use crate::model::wav::wav_length;
use crate::model::{Event, MediaTarget, Participant, Playback, PlaybackKey};

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
enum MediaOutcome {
    Plays(Option<Duration>),
    /// The file does not exist.
    Fails,
    /// Playback starts, but no further event follows.
    Skipped,
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

impl PbxState {
    /// Adds one of the server's own channels to a bridge, to play or to record.
    pub(super) fn add_helper(&mut self, target: &MediaTarget, kind: &str) -> Option<String> {
        let MediaTarget::Bridge(id) = target else {
            return None;
        };
        let name = format!("{kind}-{:08x};2", self.next_name_number());
        let bridge = self.bridges.get_mut(id)?;
        bridge.participants.add(Participant::Helper(name.clone()));
        self.update_bridge_peers(id);
        self.update_connected_lines(id);
        Some(name)
    }

    pub(super) fn remove_helper(&mut self, target: &MediaTarget, helper: Option<String>) {
        if let (MediaTarget::Bridge(id), Some(helper)) = (target, helper)
            && let Some(bridge) = self.bridges.get_mut(id)
        {
            bridge.participants.remove(&Participant::Helper(helper));
            self.update_bridge_peers(id);
            self.update_connected_lines(id);
        }
    }

    /// Turns the music of a bridge on or off. Returns whether that changed anything.
    pub(crate) fn set_bridge_music(&mut self, id: &str, on: bool) -> bool {
        let Some(bridge) = self.bridges.get_mut(id) else {
            return false;
        };
        let changes = bridge.is_music_on != on;
        bridge.is_music_on = on;
        let target = MediaTarget::Bridge(id.to_owned());
        if changes && on {
            self.add_helper(&target, "Announcer/ARI_MOH");
        } else if changes {
            let helper = bridge.participants.find_helper("ARI_MOH").cloned();
            self.remove_helper(&target, helper);
        }
        changes
    }

    /// Plays media, one after the other. Returns the playback in its state before it begins.
    pub(crate) fn queue_playback(
        &mut self,
        target: MediaTarget,
        id: String,
        media: Vec<String>,
        language: Option<&str>,
        skip: Duration,
    ) -> Object {
        let own = match &target {
            MediaTarget::Channel(id) => self
                .channels
                .get(id)
                .map(|channel| channel.language.clone()),
            MediaTarget::Bridge(_) => None,
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
            skip,
            state: "queued",
            remaining: None,
            started_at: Duration::ZERO,
            timer_id: 0,
            is_stopped: false,
        };
        let object = playback.object();
        let key = (id, self.next_number());
        self.playbacks.insert(key.clone(), playback);
        self.enqueue(&target, Command::Playback(key));
        object
    }

    /// Returns the key of the first playback with an id: several may have the same.
    pub(crate) fn find_playback(&self, id: &str) -> Option<PlaybackKey> {
        let mut keys = self.playbacks.keys();
        keys.find(|(own, _)| own == id).cloned()
    }

    fn publish_playback_event(&mut self, id: &PlaybackKey, kind: &'static str) {
        if let Some(playback) = self.playbacks.get(id) {
            let rest = Object::new().with("playback", playback.object());
            let target = playback.target.clone();
            self.publish(&target.subjects(), Event::new(kind, rest));
        }
    }

    pub(super) fn begin_playback(&mut self, target: &MediaTarget, id: &PlaybackKey) {
        let Some(playback) = self.playbacks.get(id) else {
            return;
        };
        if playback.is_stopped {
            self.finish_playback(id, "done");
            return;
        }
        self.block_queue(target);
        self.ensure_announcer(target);
        self.play_current(id);
    }

    fn play_current(&mut self, id: &PlaybackKey) {
        let now = self.clock.now();
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        playback.state = "playing";
        playback.started_at = now;
        let uri = playback.media.get(playback.index).cloned();
        let language = playback.language.clone();
        self.publish_playback_event(id, "PlaybackStarted");
        match self.media_outcome(&uri.unwrap_or_default(), &language) {
            MediaOutcome::Plays(length) => {
                if let Some(playback) = self.playbacks.get_mut(id) {
                    playback.remaining = length;
                }
                self.schedule_media_end(id);
            }
            MediaOutcome::Fails => self.on_media_end(id, "failed"),
            MediaOutcome::Skipped => self.skip_media(id),
        }
    }

    /// Handles media that cannot be played: the next one of the list is played, and after the last
    /// one the playback vanishes without an event.
    fn skip_media(&mut self, id: &PlaybackKey) {
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        if playback.index + 1 < playback.media.len() {
            playback.index += 1;
            self.play_current(id);
        } else {
            let target = playback.target.clone();
            self.playbacks.remove(id);
            self.unblock_queue(&target);
        }
    }

    /// Returns the length of media.
    fn media_outcome(&self, uri: &str, language: &str) -> MediaOutcome {
        let Some((scheme, rest)) = uri.split_once(':') else {
            return MediaOutcome::Skipped;
        };
        let spoken = |count: usize| {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            MediaOutcome::Plays(Some(Duration::from_millis(700).saturating_mul(count)))
        };
        match scheme {
            "sound" => match self.sound_length(rest, language) {
                Some(length) => MediaOutcome::Plays(Some(length)),
                None => MediaOutcome::Fails,
            },
            "recording" => match self.stored_recordings.get(rest) {
                Some((_, file)) => MediaOutcome::Plays(Some(wav_length(file))),
                None => MediaOutcome::Skipped,
            },
            "number" if rest.parse::<i64>().is_ok() => spoken(rest.len()),
            "digits" | "characters" => spoken(rest.chars().count()),
            "tone" if is_tone(rest) => MediaOutcome::Plays(None),
            "tone" => MediaOutcome::Fails,
            _ => MediaOutcome::Skipped,
        }
    }

    /// Returns the length of a sound in a language, or else in the language without its region, or
    /// else in English.
    fn sound_length(&self, name: &str, language: &str) -> Option<Duration> {
        let sounds = &self.settings.sounds;
        let mut language = Some(language);
        while let Some(code) = language {
            if let Some(length) = sounds.get(&format!("{code}/{name}")) {
                return Some(*length);
            }
            language = code.rsplit_once('_').map(|(shorter, _)| shorter);
        }
        sounds.get(name).copied()
    }

    /// Schedules the end of the current media.
    fn schedule_media_end(&mut self, id: &PlaybackKey) {
        let timer = self.next_number();
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        playback.timer_id = timer;
        if let Some(remaining) = playback.remaining {
            let id = id.to_owned();
            self.run_after(remaining, move |pbx| {
                let current = |playback: &Playback| playback.timer_id == timer;
                if pbx.playbacks.get(&id).is_some_and(current) {
                    pbx.on_media_end(&id, "done");
                }
            });
        }
    }

    fn on_media_end(&mut self, id: &PlaybackKey, state: &'static str) {
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        if playback.index + 1 >= playback.media.len() {
            self.finish_playback(id, state);
            return;
        }
        playback.state = "continuing";
        self.publish_playback_event(id, "PlaybackContinuing");
        if let Some(playback) = self.playbacks.get_mut(id) {
            playback.index += 1;
        }
        self.play_current(id);
    }

    pub(super) fn finish_playback(&mut self, id: &PlaybackKey, state: &'static str) {
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        let began = !matches!(playback.state, "queued");
        playback.state = state;
        let target = playback.target.clone();
        self.publish_playback_event(id, "PlaybackFinished");
        self.playbacks.remove(id);
        if began {
            self.unblock_queue(&target);
        }
    }

    pub(crate) fn stop_playback(&mut self, id: &PlaybackKey) {
        match self.playbacks.get_mut(id) {
            Some(playback) if playback.state == "queued" => playback.is_stopped = true,
            Some(_) => self.finish_playback(id, "done"),
            None => {}
        }
    }

    /// Controls a playback. Returns `false` if that is impossible, for example because it does not
    /// play yet.
    pub(crate) fn control_playback(&mut self, id: &PlaybackKey, operation: &str) -> bool {
        let now = self.clock.now();
        let timer = self.next_number();
        let whole = self.playbacks.get(id).and_then(|playback| {
            match self.media_outcome(playback.media.get(playback.index)?, &playback.language) {
                MediaOutcome::Plays(length) => length,
                _ => None,
            }
        });
        let Some(playback) = self.playbacks.get_mut(id) else {
            return false;
        };
        let skip = playback.skip;
        let passed = now.saturating_sub(playback.started_at);
        match (operation, playback.state) {
            ("pause", "playing") => {
                playback.remaining = playback.remaining.map(|left| left.saturating_sub(passed));
                playback.state = "paused";
                playback.timer_id = timer;
                return true;
            }
            ("unpause", "paused") => {
                playback.state = "playing";
                playback.started_at = now;
                self.publish_playback_event(id, "PlaybackStarted");
            }
            ("restart", "playing") => {
                playback.remaining = whole;
                playback.started_at = now;
            }
            ("forward", "playing") => {
                // Instead of behind the end, it moves to the same time before the end.
                let left = playback
                    .remaining
                    .map(|left| left.checked_sub(passed + skip));
                let before_end = whole.map(|whole| whole.min(skip));
                playback.remaining = left.and_then(|left| left.or(before_end));
                playback.started_at = now;
            }
            ("reverse", "playing") => {
                let left = playback
                    .remaining
                    .map(|left| left.saturating_sub(passed) + skip);
                playback.remaining = left.zip(whole).map(|(left, whole)| left.min(whole));
                playback.started_at = now;
            }
            (_, "playing" | "paused") => return true,
            _ => return false,
        }
        self.schedule_media_end(id);
        true
    }
}
