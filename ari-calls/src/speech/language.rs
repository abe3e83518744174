//! The languages, and the differences between them.

use super::calendar::{Date, TimeOfDay};
use super::words::{Form, Gender, Words};
use super::{english, french, german, spanish};

/// A language whose rules for numbers, dates and times are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Language {
    /// English, as in the United States.
    English,
    /// French, with *soixante-dix* and *quatre-vingt-dix*.
    French,
    /// German.
    German,
    /// Spanish.
    Spanish,
}

/// The sounds of a unit of time.
pub(crate) struct Unit {
    pub(crate) one: &'static str,
    pub(crate) many: &'static str,
    pub(crate) form: Form,
}

impl Language {
    /// All languages.
    pub const ALL: [Language; 4] = [
        Language::English,
        Language::French,
        Language::German,
        Language::Spanish,
    ];

    /// Returns the code: `en`, `fr`, `de`, `es`. It is the name of the folder of the sounds on the
    /// server.
    pub fn code(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::French => "fr",
            Language::German => "de",
            Language::Spanish => "es",
        }
    }

    /// Returns the language of a code, such as `de`, `de_AT` or `es-MX`. `None` if its rules are not
    /// known.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['_', '-']).next()?;
        let mut all = Language::ALL.into_iter();
        all.find(|language| language.code().eq_ignore_ascii_case(primary))
    }

    pub(crate) fn push_number(self, words: &mut Words, number: u32, form: Form) {
        match self {
            Language::English => english::number(words, number, form),
            Language::French => french::number(words, number, form),
            Language::German => german::number(words, number, form),
            Language::Spanish => spanish::number(words, number, form),
        }
    }

    pub(crate) fn push_date(self, words: &mut Words, date: Date) {
        match self {
            Language::English => english::date(words, date),
            Language::French => french::date(words, date),
            Language::German => german::date(words, date),
            Language::Spanish => spanish::date(words, date),
        }
    }

    pub(crate) fn push_time(self, words: &mut Words, time: TimeOfDay) {
        match self {
            Language::English => english::time(words, time),
            Language::French => french::time(words, time),
            Language::German => german::time(words, time),
            Language::Spanish => spanish::time(words, time),
        }
    }

    /// Returns the sound of *and*.
    pub(crate) fn and(self) -> &'static str {
        match self {
            Language::English => "vm-and",
            Language::French => french::AND,
            Language::German => "digits/and",
            Language::Spanish => spanish::AND,
        }
    }

    /// Returns `true` if a number of things has the singular.
    pub(crate) fn is_singular(self, number: u32) -> bool {
        number == 1 || number == 0 && self == Language::French
    }

    /// Returns the sounds of hours, minutes and seconds. There is no sound set with a single hour,
    /// which is spoken as minutes.
    pub(crate) fn units(self) -> [Unit; 3] {
        let form = match self {
            Language::German => Form::Before(Gender::Feminine),
            Language::Spanish => Form::Before(Gender::Masculine),
            // The French sets have no *une*.
            Language::English | Language::French => Form::Counting,
        };
        let unit = |one, many| Unit { one, many, form };
        let mut units = [
            unit("hours", "hours"),
            unit("minute", "minutes"),
            unit("second", "seconds"),
        ];
        if self == Language::Spanish {
            units[0].form = Form::Before(Gender::Feminine);
            // The set has the singular for queues only, and none of seconds.
            units[1].one = "queue-minute";
            units[2].one = "seconds";
        }
        units
    }

    /// Returns the way to get the sounds.
    pub(crate) fn source_of_sounds(self) -> &'static str {
        match self {
            Language::English => {
                "Debian has them in asterisk-core-sounds-en, \
                 and Asterisk's `make menuselect` under Core Sound Packages"
            }
            Language::French => {
                "Debian has them in asterisk-core-sounds-fr, \
                 and Asterisk's `make menuselect` under Core Sound Packages; \
                 `digits/1F` (une) is in neither, record it"
            }
            Language::German => {
                "neither Debian nor Asterisk has German sounds: install a German set of another \
                 source, or record them"
            }
            Language::Spanish => {
                "Debian has them in asterisk-core-sounds-es, \
                 and Asterisk's `make menuselect` under Core Sound Packages"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_with_a_region_are_read() {
        let cases = [
            ("de", Some(Language::German)),
            ("de_AT", Some(Language::German)),
            ("es-MX", Some(Language::Spanish)),
            ("EN", Some(Language::English)),
            ("fr_CA_f_June", Some(Language::French)),
            ("it", None),
            ("", None),
            ("deu", None),
        ];
        for (code, language) in cases {
            assert_eq!(Language::from_code(code), language, "{code}");
        }
    }
}
