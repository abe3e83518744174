//! All sounds that speech about a topic may need.

use std::collections::BTreeSet;
use std::time::Duration;

use ari_api::Client;

use super::calendar::{Date, TimeOfDay};
use super::installed::{InstalledSounds, SpeechError};
use super::speaker::Speech;
use super::words::Gender;
use crate::media::{Media, Prompt};

/// A kind of speech, to find the sounds that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Topic {
    /// [`Speech::digits`]
    Digits,
    /// [`Speech::number`]
    Numbers,
    /// [`Speech::number_before`], [`Speech::counted`] and [`Speech::money`], without the sounds of
    /// the nouns.
    Counts(Gender),
    /// [`Speech::date`] and [`Speech::weekday`]
    Dates,
    /// [`Speech::time`]
    Times,
    /// [`Speech::duration`]
    Durations,
}

impl Speech {
    /// Returns all sounds that the speech needs for these topics, each once, to be
    /// [checked](InstalledSounds::check) against those of the server.
    pub fn vocabulary(&self, topics: impl IntoIterator<Item = Topic>) -> Prompt {
        let sounds = sounds(self, topics);
        let media = sounds.into_iter().map(Media::sound);
        media.collect::<Prompt>().in_language(self.code())
    }

    /// Checks that the server has all sounds for these topics. Use it when the program starts, so
    /// that no caller misses a word.
    ///
    /// # Errors
    ///
    /// Returns [`SpeechError::Missing`] if sounds are missing: its text names them, and a way to get
    /// them. Returns [`SpeechError::Request`] if the server cannot be asked.
    pub async fn check(
        &self,
        client: &Client,
        topics: impl IntoIterator<Item = Topic>,
    ) -> Result<(), SpeechError> {
        let vocabulary = self.vocabulary(topics);
        let installed = InstalledSounds::fetch(client).await?;
        Ok(installed.check(&vocabulary)?)
    }
}

/// Returns the sounds in alphabetical order.
fn sounds(speech: &Speech, topics: impl IntoIterator<Item = Topic>) -> BTreeSet<String> {
    let mut sounds = BTreeSet::new();
    for topic in topics {
        let mut add = |prompt: Prompt| {
            let names = prompt
                .media()
                .iter()
                .filter_map(|it| it.uri().strip_prefix("sound:"));
            sounds.extend(names.map(str::to_owned));
        };
        match topic {
            Topic::Digits => add(speech.digits("0123456789*#")),
            Topic::Numbers => {
                add(speech.number(i32::MIN));
                numbers().for_each(|number| add(speech.number(number.cast_signed())));
            }
            Topic::Counts(gender) => {
                numbers().for_each(|number| add(speech.number_before(number, gender)));
                add(speech.and());
            }
            Topic::Dates => dates().for_each(|date| {
                add(speech.weekday(date));
                add(speech.date(date));
            }),
            Topic::Times => times().for_each(|time| add(speech.time(time))),
            Topic::Durations => {
                let minutes = (0..120).map(|minutes| 60 * minutes + 59);
                let seconds = 0..60;
                let hours = numbers().map(|hours| 3600 * u64::from(hours));
                let durations = minutes.chain(seconds).chain(hours);
                durations.for_each(|it| add(speech.duration(Duration::from_secs(it))));
            }
        }
    }
    sounds
}

/// Returns numbers that have each word of each group of three digits, up to the largest of `i32`.
fn numbers() -> impl Iterator<Item = u32> {
    let groups = (0..1000).flat_map(|group| [group, 1000 * group, 1_000_000 * group]);
    groups.chain([1_001_001_001, 2_000_000_000])
}

/// Returns all days of a leap year, and the years.
fn dates() -> impl Iterator<Item = Date> {
    let years = (1..=9999).map(|year| (year, 1, 1));
    let days = (1..=12).flat_map(|month| (1..=31).map(move |day| (2024, month, day)));
    let dates = years.chain(days);
    dates.filter_map(|(year, month, day)| Date::new(year, month, day).ok())
}

fn times() -> impl Iterator<Item = TimeOfDay> {
    let times = (0..24).flat_map(|hour| (0..60).map(move |minute| (hour, minute)));
    times.filter_map(|(hour, minute)| TimeOfDay::new(hour, minute).ok())
}
