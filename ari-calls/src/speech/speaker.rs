//! Speech of a language: prompts from numbers, dates and the like.

use std::time::Duration;

use super::calendar::{Date, TimeOfDay};
use super::language::Language;
use super::noun::{Currency, Noun};
use super::words::{Form, Gender, MINUS, WEEKDAYS, Words, at, push_small};
use crate::media::{Media, Prompt};

/// Speech of a language: turns numbers, dates and the like into prompts of the server's sounds.
///
/// The prompts have the language set, so that they are played with its sounds, whichever language
/// the channel has.
///
/// ```
/// use ari_calls::speech::{Language, Speech};
/// use ari_calls::Prompt;
///
/// let speech = Speech::new(Language::German);
/// let prompt = Prompt::from("sound:vm-youhave").then(speech.number(21));
/// let uris: Vec<&str> = prompt.media().iter().map(|it| it.uri()).collect();
/// assert_eq!(uris, ["sound:vm-youhave", "sound:digits/1-and", "sound:digits/20"]);
/// assert_eq!(prompt.media()[1].language(), Some("de"));
/// ```
///
/// [The module](crate::speech) lists the spoken forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speech {
    language: Language,
    code: String,
}

impl Speech {
    /// Creates the speech of a language. Its sounds are those of the language's
    /// [code](Language::code).
    pub fn new(language: Language) -> Self {
        Speech {
            language,
            code: language.code().to_owned(),
        }
    }

    /// Sets the code of the language on the server, if its sounds are in another folder: `es_MX`,
    /// `de_AT`. Asterisk looks for a sound that such a folder lacks in the one without the region.
    pub fn language_code(mut self, code: impl Into<String>) -> Self {
        self.code = code.into();
        self
    }

    /// Returns the language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Returns the code of the language on the server.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Returns digits one by one, as for phone numbers. Also says `*` and `#`, and leaves out all
    /// other characters. The prompt is empty if there are no such digits.
    pub fn digits(&self, digits: impl AsRef<str>) -> Prompt {
        self.speak(|words| {
            for digit in digits.as_ref().chars() {
                match digit {
                    '*' => words.push("digits/star"),
                    '#' => words.push("digits/pound"),
                    _ => {
                        if let Some(digit) = digit.to_digit(10) {
                            push_small(words, digit);
                        }
                    }
                }
            }
        })
    }

    /// Returns a number, as it is counted: *eins*, *uno*.
    pub fn number(&self, number: i32) -> Prompt {
        self.speak(|words| {
            if number < 0 {
                words.push(MINUS);
            }
            // German and the like begin a number after *minus* as they begin it alone.
            let mut counted = Words::default();
            let language = self.language;
            language.push_number(&mut counted, number.unsigned_abs(), Form::Counting);
            words.append(counted);
        })
    }

    /// Returns a number before a noun of this gender, which the program plays after it: *ein*,
    /// *eine*, *una*. [`Speech::counted`] adds the noun.
    pub fn number_before(&self, number: u32, gender: Gender) -> Prompt {
        self.speak(|words| {
            self.language
                .push_number(words, number, Form::Before(gender));
        })
    }

    /// Returns a number of things: *1 message*, *2 messages*.
    pub fn counted(&self, number: u32, noun: &Noun) -> Prompt {
        let sound = match self.language.is_singular(number) {
            true => &noun.one,
            false => &noun.many,
        };
        let sound = Media::sound(sound).in_language(&self.code);
        self.number_before(number, noun.gender).then(sound)
    }

    /// Returns an amount of money, from whole units and hundredths: *5 euros and 20 cents*. Leaves
    /// out a part that is zero.
    ///
    /// ```
    /// use ari_calls::speech::{Currency, Gender, Language, Noun, Speech};
    ///
    /// let euro = Currency::new(
    ///     Noun::new("money/euro", "money/euro", Gender::Masculine),
    ///     Noun::new("money/cent", "money/cent", Gender::Masculine),
    /// );
    /// let price = Speech::new(Language::German).money(1, 20, &euro);
    /// let uris: Vec<&str> = price.media().iter().map(|it| it.uri()).collect();
    /// let expected = "digits/1N money/euro digits/and digits/20 money/cent";
    /// assert_eq!(uris.join(" ").replace("sound:", ""), expected);
    /// ```
    pub fn money(&self, major: u32, minor: u32, currency: &Currency) -> Prompt {
        match (major, minor) {
            (_, 0) => self.counted(major, &currency.major),
            (0, _) => self.counted(minor, &currency.minor),
            _ => self
                .counted(major, &currency.major)
                .then(self.and())
                .then(self.counted(minor, &currency.minor)),
        }
    }

    /// Returns a date with its year.
    ///
    /// ```
    /// use ari_calls::speech::{Date, Language, Speech};
    ///
    /// # fn example() -> Result<(), ari_calls::speech::InvalidDateTime> {
    /// let date = Date::new(2026, 11, 29)?;
    /// let speech = Speech::new(Language::French);
    /// let spoken = speech.weekday(date).then(speech.date(date));
    /// let uris: Vec<&str> = spoken.media().iter().map(|it| it.uri()).collect();
    /// let expected = "day-0 20 9 mon-10 2 thousand 20 6";
    /// assert_eq!(uris.join(" ").replace("sound:digits/", ""), expected);
    /// # Ok(())
    /// # }
    /// # example().unwrap();
    /// ```
    pub fn date(&self, date: Date) -> Prompt {
        self.speak(|words| self.language.push_date(words, date))
    }

    /// Returns the day of the week.
    pub fn weekday(&self, date: Date) -> Prompt {
        self.speak(|words| words.push(at(&WEEKDAYS, date.weekday())))
    }

    /// Returns a time of day: in English and Spanish by a clock of twelve hours, in German and
    /// French of twenty-four.
    pub fn time(&self, time: TimeOfDay) -> Prompt {
        self.speak(|words| self.language.push_time(words, time))
    }

    /// Returns a duration in hours, minutes and seconds. Drops fractions of a second, and leaves
    /// out parts that are zero. From one hour on and below two it says minutes, because the sound
    /// sets have hours in the plural only. The longest duration is 2³² - 1 hours.
    pub fn duration(&self, duration: Duration) -> Prompt {
        let seconds = duration.as_secs();
        let hours = match seconds / 3600 {
            1 => 0,
            hours => hours,
        };
        let minutes = (seconds - hours * 3600) / 60;
        self.speak(|words| {
            let parts = [hours, minutes, seconds % 60];
            for (index, (part, unit)) in parts.into_iter().zip(self.language.units()).enumerate() {
                let is_zero_duration = seconds == 0 && index == 2;
                if part == 0 && !is_zero_duration {
                    continue;
                }
                let part = u32::try_from(part).unwrap_or(u32::MAX);
                let mut counted = Words::default();
                self.language.push_number(&mut counted, part, unit.form);
                words.append(counted);
                words.push(match self.language.is_singular(part) {
                    true => unit.one,
                    false => unit.many,
                });
            }
        })
    }

    /// Returns *and*.
    pub(super) fn and(&self) -> Prompt {
        self.speak(|words| words.push(self.language.and()))
    }

    fn speak(&self, push: impl FnOnce(&mut Words)) -> Prompt {
        let mut words = Words::default();
        push(&mut words);
        let media = words.into_vec().into_iter().map(Media::sound);
        media.collect::<Prompt>().in_language(&self.code)
    }
}
