//! Playbacks and recordings, one after the other on each channel and bridge.

use std::time::Duration;

use bytes::Bytes;

use super::{About, Command, Event, Queue, World};
use crate::json::Object;

/// Bytes of a recording a millisecond: 8000 samples of two bytes a second.
const BYTES_PER_MILLISECOND: usize = 16;

/// Where media goes to or comes from.
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

    fn about(&self) -> About<'_> {
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
    /// How long the current media goes on, from `since` on; nothing is endless.
    remaining: Option<Duration>,
    since: Duration,
    turn: u64,
    /// Stopped while it was waiting.
    stopped: bool,
    helper: Option<String>,
}

impl Playback {
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

/// A recording that is not finished.
pub(crate) struct Live {
    pub(crate) name: String,
    pub(crate) format: String,
    pub(crate) target: Target,
    pub(crate) state: &'static str,
    pub(crate) limit: Option<Duration>,
    /// Whether silence is watched for, which adds to what is told at the end.
    pub(crate) watches_silence: bool,
    pub(crate) terminate_on: String,
    /// The file that it goes on from.
    pub(crate) before: Option<Bytes>,
    recorded: Duration,
    since: Duration,
    turn: u64,
    helper: Option<String>,
}

impl Live {
    pub(crate) fn new(name: String, format: String, target: Target) -> Self {
        Live {
            name,
            format,
            target,
            state: "queued",
            limit: None,
            watches_silence: false,
            terminate_on: "none".to_owned(),
            before: None,
            recorded: Duration::ZERO,
            since: Duration::ZERO,
            turn: 0,
            helper: None,
        }
    }

    pub(crate) fn object(&self) -> Object {
        let done = matches!(self.state, "done" | "failed" | "canceled");
        let seconds = i64::try_from(self.recorded.as_secs()).unwrap_or(i64::MAX);
        Object::new()
            .with("name", &self.name)
            .with("format", &self.format)
            .with("state", self.state)
            .with("target_uri", self.target.uri())
            .maybe("duration", done.then_some(seconds))
            .maybe(
                "talking_duration",
                (done && self.watches_silence).then_some(0),
            )
            .maybe(
                "silence_duration",
                (done && self.watches_silence).then_some(seconds),
            )
    }
}

/// What becomes of a piece of media.
enum Media {
    Plays(Option<Duration>),
    /// There is no such file.
    Fails,
    /// It is started, and never heard of again.
    Lost,
}

impl World {
    fn queue(&mut self, target: &Target) -> Option<&mut Queue> {
        match target {
            Target::Channel(id) => self.channels.get_mut(id).map(|channel| &mut channel.queue),
            Target::Bridge(id) => self.bridges.get_mut(id).map(|bridge| &mut bridge.queue),
        }
    }

    /// Puts something into the queue; it begins at once where nothing is going on.
    fn enqueue(&mut self, target: &Target, command: Command) {
        if let Some(queue) = self.queue(target) {
            queue.waiting.push_back(command);
            self.go_on(target);
        }
    }

    /// Does what is next, as long as nothing is under way.
    fn go_on(&mut self, target: &Target) {
        while let Some(queue) = self.queue(target)
            && !queue.busy
            && let Some(command) = queue.waiting.pop_front()
        {
            match command {
                Command::Playback(id) => self.begin_playback(target, &id),
                Command::Recording(name) => self.begin_recording(target, &name),
                Command::Run(run, answer) => {
                    let result = run(self);
                    // Who asked may have gone.
                    let _ = answer.send(result);
                }
            }
        }
    }

    fn set_busy(&mut self, target: &Target, busy: bool) {
        if let Some(queue) = self.queue(target) {
            queue.busy = busy;
        }
    }

    /// A channel of the server's own joins a bridge, to play or to record.
    fn help(&mut self, target: &Target, kind: &str) -> Option<String> {
        let Target::Bridge(id) = target else {
            return None;
        };
        let name = format!("{kind}-{:08x};2", self.name_number());
        self.bridges.get_mut(id)?.helpers.push(name.clone());
        self.tell_peers(id);
        Some(name)
    }

    fn dismiss(&mut self, target: &Target, helper: Option<String>) {
        if let (Target::Bridge(id), Some(helper)) = (target, helper)
            && let Some(bridge) = self.bridges.get_mut(id)
        {
            bridge.helpers.retain(|name| *name != helper);
            self.tell_peers(id);
        }
    }

    /// Turns the music of a bridge on or off. Tells whether it was the other way round before.
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
            let helper = bridge.helpers.iter().find(|name| name.contains("ARI_MOH"));
            let helper = helper.cloned();
            self.dismiss(&target, helper);
        }
        changes
    }

    /// Plays media, one after the other. What is answered is how it stands before it begins.
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
            helper: None,
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

    fn begin_playback(&mut self, target: &Target, id: &str) {
        let Some(playback) = self.playbacks.get(id) else {
            return;
        };
        if playback.stopped {
            self.finish_playback(id, "done");
            return;
        }
        self.set_busy(target, true);
        let helper = self.help(target, "Announcer/ARI");
        if let Some(playback) = self.playbacks.get_mut(id) {
            playback.helper = helper;
        }
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

    /// A playback that is none is not heard of again if it is the last of its list.
    fn lose(&mut self, id: &str) {
        let more = |playback: &Playback| playback.index + 1 < playback.media.len();
        if self.playbacks.get(id).is_some_and(more) {
            self.end_of_media(id, "failed");
        } else if let Some(playback) = self.playbacks.get_mut(id) {
            let (target, helper) = (playback.target.clone(), playback.helper.take());
            self.playbacks.remove(id);
            self.dismiss(&target, helper);
            self.set_busy(&target, false);
        }
    }

    /// How long media takes.
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
            "tone" => Media::Plays(None),
            _ => Media::Lost,
        }
    }

    /// Sets the time at which the current media ends.
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

    fn finish_playback(&mut self, id: &str, state: &'static str) {
        let Some(playback) = self.playbacks.get_mut(id) else {
            return;
        };
        let began = !matches!(playback.state, "queued");
        playback.state = state;
        let (target, helper) = (playback.target.clone(), playback.helper.take());
        self.playback_event(id, "PlaybackFinished");
        self.playbacks.remove(id);
        self.dismiss(&target, helper);
        if began {
            self.set_busy(&target, false);
            self.go_on(&target);
        }
    }

    pub(crate) fn stop_playback(&mut self, id: &str) {
        match self.playbacks.get_mut(id) {
            Some(playback) if playback.state == "queued" => playback.stopped = true,
            Some(_) => self.finish_playback(id, "done"),
            None => {}
        }
    }

    /// Steers a playback. Tells whether it could be steered, which it cannot before it plays.
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

    /// Begins a recording when its turn comes.
    pub(crate) fn record(&mut self, live: Live) {
        let (name, target) = (live.name.clone(), live.target.clone());
        self.live.insert(name.clone(), live);
        self.enqueue(&target, Command::Recording(name));
    }

    fn recording_event(&mut self, name: &str, kind: &'static str) {
        if let Some(live) = self.live.get(name) {
            let rest = Object::new().with("recording", live.object());
            let target = live.target.clone();
            self.publish(&target.about(), Event::new(kind, rest));
        }
    }

    fn begin_recording(&mut self, target: &Target, name: &str) {
        let now = self.clock.now();
        match self.live.get_mut(name) {
            Some(live) => {
                live.state = "recording";
                live.since = now;
            }
            None => return,
        }
        self.set_busy(target, true);
        let helper = self.help(target, "Recorder/ARI");
        if let Some(live) = self.live.get_mut(name) {
            live.helper = helper;
        }
        self.recording_event(name, "RecordingStarted");
        self.time_recording(name);
    }

    fn time_recording(&mut self, name: &str) {
        let turn = self.number();
        let Some(live) = self.live.get_mut(name) else {
            return;
        };
        live.turn = turn;
        if let Some(limit) = live.limit {
            let left = limit.saturating_sub(live.recorded);
            let name = name.to_owned();
            self.after(left, move |world| {
                if world.live.get(&name).is_some_and(|live| live.turn == turn) {
                    world.finish_recording(&name, true);
                }
            });
        }
    }

    /// Ends a recording, and keeps its file or not.
    pub(crate) fn finish_recording(&mut self, name: &str, keep: bool) {
        let now = self.clock.now();
        let Some(live) = self.live.get_mut(name) else {
            return;
        };
        let began = live.state != "queued";
        if live.state == "recording" {
            live.recorded += now.saturating_sub(live.since);
        }
        live.state = "done";
        let (target, helper) = (live.target.clone(), live.helper.take());
        if keep {
            let file = wav(live.recorded, live.before.as_ref());
            self.stored
                .insert(name.to_owned(), (live.format.clone(), file));
        }
        self.recording_event(name, "RecordingFinished");
        self.live.remove(name);
        self.dismiss(&target, helper);
        if began {
            self.set_busy(&target, false);
            self.go_on(&target);
        }
    }

    /// Pauses a recording or lets it go on. Tells whether it is under way.
    pub(crate) fn pause_recording(&mut self, name: &str, pause: bool) -> bool {
        let now = self.clock.now();
        let Some(live) = self.live.get_mut(name) else {
            return false;
        };
        match (live.state, pause) {
            ("recording", true) => {
                live.recorded += now.saturating_sub(live.since);
                live.state = "paused";
                live.turn = 0;
            }
            ("paused", false) => {
                live.since = now;
                live.state = "recording";
                self.time_recording(name);
            }
            ("queued", _) => return false,
            _ => {}
        }
        true
    }

    /// A key ends the recordings that it is meant to end.
    pub(crate) fn end_recording_by_key(&mut self, id: &str, key: char) {
        let target = Target::Channel(id.to_owned());
        let ends = |live: &&Live| {
            let by = &live.terminate_on;
            live.target == target && (by == "any" || by.chars().eq([key]))
        };
        let name = self.live.values().find(ends).map(|live| live.name.clone());
        if let Some(name) = name {
            self.finish_recording(&name, true);
        }
    }

    /// Ends all media of a channel that leaves.
    pub(crate) fn stop_media(&mut self, id: &str) {
        self.stop_all(&Target::Channel(id.to_owned()));
    }

    pub(crate) fn stop_bridge_media(&mut self, id: &str) {
        self.stop_all(&Target::Bridge(id.to_owned()));
    }

    fn stop_all(&mut self, target: &Target) {
        let Some(queue) = self.queue(target) else {
            return;
        };
        let waiting = std::mem::take(&mut queue.waiting);
        let playing = |playback: &&Playback| playback.target == *target;
        let mut playbacks: Vec<_> = self.playbacks.values().filter(playing).collect();
        playbacks.sort_by_key(|playback| playback.state == "queued");
        let playbacks: Vec<_> = playbacks
            .iter()
            .map(|playback| playback.id.clone())
            .collect();
        for id in playbacks {
            if let Some(playback) = self.playbacks.get_mut(&id)
                && playback.state == "queued"
            {
                playback.state = "playing";
                self.playback_event(&id, "PlaybackStarted");
            }
            self.finish_playback(&id, "failed");
        }
        let recording = self.live.values().filter(|live| live.target == *target);
        let recording: Vec<_> = recording.map(|live| live.name.clone()).collect();
        for name in recording {
            self.finish_recording(&name, true);
        }
        for command in waiting {
            if let Command::Run(run, answer) = command {
                let result = run(self);
                let _ = answer.send(result);
            }
        }
    }
}

/// A WAV file of silence.
fn wav(length: Duration, before: Option<&Bytes>) -> Bytes {
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
    file.resize(44 + size, 0);
    file.into()
}

fn wav_length(file: &Bytes) -> Duration {
    let millis = file.len().saturating_sub(44) / BYTES_PER_MILLISECOND;
    Duration::from_millis(u64::try_from(millis).unwrap_or(u64::MAX))
}
