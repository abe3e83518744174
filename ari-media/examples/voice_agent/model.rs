//! The trait of a voice agent's model, and a stand-in that detects speech by its level and answers
//! with tones.

use std::collections::VecDeque;
use std::time::Duration;

use ari_media::Level;
use tokio::sync::Notify;

use crate::{RATE, server};

/// A speech model. A real one has a connection. `hear` sends on it, and `next` reads from it.
pub(crate) trait Model: Send {
    /// Passes 20 ms of the caller's speech to the model. `played` is the part of the current answer
    /// that the caller has heard.
    fn hear(&mut self, samples: &[i16], played: Duration);

    /// Returns the next event. Cancelling it loses no event.
    fn next(&mut self) -> impl Future<Output = ModelEvent> + Send;

    /// Informs the model that the caller has heard only this part of the current answer.
    fn truncate(&mut self, played: Duration);
}

/// An event of a model.
pub(crate) enum ModelEvent {
    AnswerBegins,
    Audio(Vec<i16>),
    AnswerEnds(String),
    CallerSpeaks,
}

/// The lowest level of speech, in dBFS.
const MIN_LEVEL: f32 = -45.0;
/// A telephone returns a part of what it plays. Speech during an answer must be louder than the
/// answer, weakened by this many decibels. Otherwise the agent would interrupt itself.
const ECHO_LOSS: f32 = 6.0;
/// The part of the answer that can come back as an echo.
const ECHO_TIME: Duration = Duration::from_millis(400);
const ECHO_FRAMES: u32 = 20;
/// Frames of speech before the caller speaks: 200 ms, longer than a click or a cough.
const MIN_SPEECH: u32 = 10;
/// Frames after an interruption in which speech does not interrupt again: one second. The telephone
/// still returns the old answer, and the caller may only agree.
const COOLDOWN: u32 = 50;
/// Frames without speech that end a sentence: 500 ms.
const MIN_SILENCE: u32 = 25;

/// A model that answers each sentence with a tone of four seconds, higher each time.
pub(crate) struct ToneModel {
    events: VecDeque<ModelEvent>,
    arrived: Notify,
    answer: Vec<i16>,
    answers: u32,
    /// The part of the answer that was played, and the frames for which that has not changed.
    last_played: (Duration, u32),
    speech: u32,
    silence: u32,
    is_speaking: bool,
    /// The frames that are left of the time after an interruption.
    cooldown: u32,
}

impl ToneModel {
    pub(crate) fn new() -> ToneModel {
        ToneModel {
            events: VecDeque::new(),
            arrived: Notify::new(),
            answer: Vec::new(),
            answers: 0,
            last_played: (Duration::ZERO, 0),
            speech: 0,
            silence: 0,
            is_speaking: false,
            cooldown: 0,
        }
    }

    /// Returns the level above which a frame is speech of the caller.
    fn threshold(&mut self, played: Duration) -> f32 {
        self.last_played = match self.last_played {
            (last, frames) if last == played => (last, frames + 1),
            _ => (played, 0),
        };
        // No audio is being played, and no echo can still arrive.
        if self.last_played.1 > ECHO_FRAMES {
            return MIN_LEVEL;
        }
        let [start, end] = [played.saturating_sub(ECHO_TIME), played + ECHO_TIME / 4]
            .map(|time| (RATE.samples(time) as usize).min(self.answer.len()));
        let echo = Level::from_samples(&self.answer[start..end]).rms - ECHO_LOSS;
        echo.max(MIN_LEVEL)
    }

    fn answer(&mut self) {
        self.answers += 1;
        let frequency = 400.0 + 100.0 * f64::from(self.answers);
        self.answer = server::tone(frequency, RATE, Duration::from_secs(4));
        self.events.push_back(ModelEvent::AnswerBegins);
        // Models send an answer in pieces, all at once.
        let pieces = self.answer.chunks(RATE.hz() as usize / 5);
        self.events
            .extend(pieces.map(|piece| ModelEvent::Audio(piece.to_vec())));
        let name = format!("answer {}", self.answers);
        self.events.push_back(ModelEvent::AnswerEnds(name));
    }
}

impl Model for ToneModel {
    fn hear(&mut self, samples: &[i16], played: Duration) {
        if Level::from_samples(samples).rms > self.threshold(played) {
            (self.speech, self.silence) = (self.speech + 1, 0);
        } else {
            (self.speech, self.silence) = (0, self.silence + 1);
        }
        self.cooldown = self.cooldown.saturating_sub(1);
        if !self.is_speaking && self.speech >= MIN_SPEECH && self.cooldown == 0 {
            self.is_speaking = true;
            self.events.push_back(ModelEvent::CallerSpeaks);
        } else if self.is_speaking && self.silence == MIN_SILENCE {
            self.is_speaking = false;
            self.answer();
        }
        if !self.events.is_empty() {
            self.arrived.notify_one();
        }
    }

    async fn next(&mut self) -> ModelEvent {
        loop {
            if let Some(event) = self.events.pop_front() {
                return event;
            }
            self.arrived.notified().await;
        }
    }

    fn truncate(&mut self, played: Duration) {
        let heard = RATE.samples(played) as usize;
        if heard < self.answer.len() {
            self.cooldown = COOLDOWN;
        }
        self.answer.truncate(heard);
    }
}
