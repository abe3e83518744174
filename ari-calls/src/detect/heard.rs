//! Words and pauses of a called party, and the decision between person and machine that they lead
//! to. Without a call and without a clock.

use std::time::Duration;

use crate::deadline::bounded;

/// A stretch of talking or of silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Heard {
    /// Talking, or any other sound, such as the beep of a machine.
    Talk(Duration),
    /// Silence.
    Silence(Duration),
}

/// The sign by which a machine was recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MachineSign {
    /// It was silent for
    /// [`initial_silence`](crate::detect::DetectAnsweringMachine::initial_silence).
    InitialSilence,
    /// It has talked for longer than
    /// [`max_greeting`](crate::detect::DetectAnsweringMachine::max_greeting).
    LongGreeting,
    /// It has said more words than [`max_words`](crate::detect::DetectAnsweringMachine::max_words).
    ManyWords,
}

/// The limits by which persons and machines are distinguished.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    pub(crate) initial_silence: Duration,
    pub(crate) max_greeting: Duration,
    pub(crate) silence_after_greeting: Duration,
    pub(crate) max_duration: Duration,
    pub(crate) max_words: usize,
    pub(crate) min_word: Duration,
    /// The silence that ends a word. The end is reported that much later.
    pub(crate) word_gap: Duration,
}

impl Limits {
    /// Returns these limits, which can be added then.
    pub(crate) fn bounded(&self) -> Self {
        Limits {
            initial_silence: bounded(self.initial_silence),
            max_greeting: bounded(self.max_greeting),
            silence_after_greeting: bounded(self.silence_after_greeting),
            max_duration: bounded(self.max_duration),
            max_words: self.max_words,
            min_word: bounded(self.min_word),
            word_gap: bounded(self.word_gap),
        }
    }
}

impl Default for Limits {
    /// Returns the defaults of Asterisk's dialplan application `AMD`.
    fn default() -> Self {
        Limits {
            initial_silence: Duration::from_millis(2500),
            max_greeting: Duration::from_millis(1500),
            silence_after_greeting: Duration::from_millis(800),
            max_duration: Duration::from_millis(5000),
            max_words: 3,
            min_word: Duration::from_millis(100),
            word_gap: Duration::from_millis(50),
        }
    }
}

/// A decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Human,
    Machine(MachineSign),
    Unsure,
}

/// The words and pauses so far. Times count from the beginning of the detection.
#[derive(Debug, Default)]
pub(crate) struct Listener {
    limits: Limits,
    heard: Vec<Heard>,
    /// The end of the last talking in `heard`.
    heard_until: Duration,
    talking_since: Option<Duration>,
    /// The end of the last word.
    silent_since: Duration,
    words: usize,
    /// The duration of all words, without the pauses.
    talked: Duration,
    /// True if the end of a talking was not reported.
    is_incomplete: bool,
}

impl Listener {
    pub(crate) fn new(limits: Limits) -> Self {
        Listener {
            limits,
            ..Listener::default()
        }
    }

    /// Notes that talking has begun.
    pub(crate) fn talking_started(&mut self, now: Duration) {
        match self.talking_since {
            // The event of its end is missing.
            Some(_) => self.is_incomplete = true,
            None => self.talking_since = Some(now),
        }
    }

    /// Notes that talking has ended, after `duration`.
    pub(crate) fn talking_finished(&mut self, now: Duration, duration: Duration) {
        let latest = now.saturating_sub(self.limits.word_gap + duration);
        let start = self.talking_since.take().unwrap_or(latest).min(latest);
        let end = start + duration;
        self.push(start, end);
        if duration >= self.limits.min_word {
            self.words += 1;
            self.talked += duration;
            self.silent_since = end;
        }
    }

    fn push(&mut self, start: Duration, end: Duration) {
        let silence = start.saturating_sub(self.heard_until);
        if !silence.is_zero() {
            self.heard.push(Heard::Silence(silence));
        }
        self.heard.push(Heard::Talk(end.saturating_sub(start)));
        self.heard_until = end;
    }

    /// Returns the number of words, and their duration, with the one that is being said.
    fn words(&self, now: Duration) -> (usize, Duration) {
        if let Some(since) = self.talking_since {
            let ongoing = now.saturating_sub(since + self.limits.word_gap);
            if ongoing >= self.limits.min_word {
                return (self.words + 1, self.talked + ongoing);
            }
        }
        (self.words, self.talked)
    }

    /// Returns the decision, or `None` if there is none yet.
    pub(crate) fn verdict(&self, now: Duration) -> Option<Verdict> {
        let limits = &self.limits;
        let (words, talked) = self.words(now);
        let is_silent = self.talking_since.is_none();
        let sign = if words > limits.max_words {
            MachineSign::ManyWords
        } else if talked > limits.max_greeting {
            MachineSign::LongGreeting
        } else if is_silent && words == 0 && now >= limits.initial_silence {
            MachineSign::InitialSilence
        } else if is_silent && words > 0 && now >= self.silent_since + limits.silence_after_greeting
        {
            return Some(match self.is_incomplete {
                true => Verdict::Unsure,
                false => Verdict::Human,
            });
        } else {
            return (now >= limits.max_duration).then_some(Verdict::Unsure);
        };
        Some(match self.is_incomplete {
            true => Verdict::Unsure,
            false => Verdict::Machine(sign),
        })
    }

    /// Returns the time at which there is a decision if nothing else is heard.
    pub(crate) fn due(&self) -> Duration {
        let limits = &self.limits;
        let due = match self.talking_since {
            Some(since) => {
                let word = since + limits.word_gap + limits.min_word;
                let rest = limits.max_greeting.saturating_sub(self.talked);
                let long = since + limits.word_gap + rest + Duration::from_millis(1);
                match self.words >= limits.max_words {
                    true => word,
                    false => long.max(word),
                }
            }
            None if self.words == 0 => limits.initial_silence,
            None => self.silent_since + limits.silence_after_greeting,
        };
        due.min(limits.max_duration)
    }

    /// Returns the time at which it will have been silent for `silence`. `None` while it talks.
    pub(crate) fn silent_for(&self, silence: Duration) -> Option<Duration> {
        match self.talking_since {
            Some(_) => None,
            None => Some(self.silent_since + silence),
        }
    }

    /// Returns all that was heard.
    pub(crate) fn into_heard(mut self, now: Duration) -> Vec<Heard> {
        match self.talking_since {
            Some(since) => self.push(since, now.max(since)),
            None => {
                let silence = now.saturating_sub(self.heard_until);
                if !silence.is_zero() {
                    self.heard.push(Heard::Silence(silence));
                }
            }
        }
        self.heard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    /// Talks in spans of (start, duration), and returns the decision and its time.
    fn decide(limits: &Limits, talk: &[(u64, u64)]) -> (Verdict, u64) {
        let mut listener = Listener::new(limits.clone());
        let mut events: Vec<(Duration, Option<Duration>)> = Vec::new();
        for (start, duration) in talk {
            events.push((ms(*start), None));
            let finished = ms(start + duration) + limits.word_gap;
            events.push((finished, Some(ms(*duration))));
        }
        let mut events = events.into_iter().peekable();
        loop {
            let due = listener.due();
            let now = match events.next_if(|(time, _)| *time <= due) {
                Some((time, None)) => {
                    listener.talking_started(time);
                    time
                }
                Some((time, Some(duration))) => {
                    listener.talking_finished(time, duration);
                    time
                }
                None => due,
            };
            match listener.verdict(now) {
                Some(verdict) => return (verdict, u64::try_from(now.as_millis()).unwrap()),
                None => assert!(listener.due() > now, "no decision when it is due: {now:?}"),
            }
        }
    }

    #[test]
    fn greetings_tell_persons_from_machines() {
        use MachineSign::{InitialSilence, LongGreeting, ManyWords};
        let machine = Verdict::Machine;
        let defaults = Limits::default();
        // (name, limits, talking as in `decide`, decision, its time)
        type Case<'a> = (&'a str, Limits, &'a [(u64, u64)], Verdict, u64);
        let cases: [Case<'_>; 12] = [
            (
                "silence",
                defaults.clone(),
                &[],
                machine(InitialSilence),
                2500,
            ),
            (
                "a word",
                defaults.clone(),
                &[(700, 500)],
                Verdict::Human,
                2000,
            ),
            (
                "two words",
                defaults.clone(),
                &[(700, 500), (1500, 400)],
                Verdict::Human,
                2700,
            ),
            (
                "a sentence",
                defaults.clone(),
                &[(700, 5000)],
                machine(LongGreeting),
                2251,
            ),
            (
                "long words",
                defaults.clone(),
                &[(700, 1000), (1900, 1000)],
                machine(LongGreeting),
                2451,
            ),
            (
                "many words",
                defaults.clone(),
                &[(100, 200), (500, 200), (900, 200), (1300, 200)],
                machine(ManyWords),
                1450,
            ),
            // Noises are neither words nor the end of a silence.
            (
                "noise",
                defaults.clone(),
                &[(100, 50), (400, 99)],
                machine(InitialSilence),
                2500,
            ),
            (
                "noise after a word",
                defaults.clone(),
                &[(700, 500), (1500, 50)],
                Verdict::Human,
                2000,
            ),
            (
                "noise at the end of the silence",
                defaults.clone(),
                &[(700, 500), (1950, 50)],
                Verdict::Human,
                2050,
            ),
            (
                "talking at the limit",
                Limits {
                    max_greeting: ms(10_000),
                    ..defaults.clone()
                },
                &[(700, 8000)],
                Verdict::Unsure,
                5000,
            ),
            (
                "a long wait",
                Limits {
                    initial_silence: ms(60_000),
                    ..defaults.clone()
                },
                &[],
                Verdict::Unsure,
                5000,
            ),
            (
                "a talkative person",
                Limits {
                    max_greeting: ms(3000),
                    ..defaults.clone()
                },
                &[(200, 2900)],
                Verdict::Human,
                3900,
            ),
        ];
        for (name, limits, talk, verdict, time) in cases {
            assert_eq!(decide(&limits, talk), (verdict, time), "{name}");
        }
    }

    /// An event is lost while the WebSocket is down.
    #[test]
    fn missing_events_leave_no_certainty() {
        let mut listener = Listener::new(Limits::default());
        listener.talking_started(ms(300));
        listener.talking_started(ms(1200));
        listener.talking_finished(ms(1500), ms(250));
        assert_eq!(listener.verdict(ms(4000)), Some(Verdict::Unsure));

        let mut listener = Listener::new(Limits::default());
        listener.talking_finished(ms(1050), ms(600));
        assert_eq!(listener.due(), ms(1800));
        assert_eq!(listener.verdict(ms(1800)), Some(Verdict::Human));
        let heard = listener.into_heard(ms(1800));
        let expected = [
            Heard::Silence(ms(400)),
            Heard::Talk(ms(600)),
            Heard::Silence(ms(800)),
        ];
        assert_eq!(heard, expected);
    }
}
