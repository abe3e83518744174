//! Sounds of the program's own for things and for money that are counted.

use super::words::Gender;

/// The sounds of a thing that is counted: its singular, its plural and its gender.
///
/// ```
/// use ari_calls::speech::{Gender, Language, Noun, Speech};
///
/// // *un mensaje, dos mensajes*
/// let messages = Noun::new("vm-message", "vm-messages", Gender::Masculine);
/// let speech = Speech::new(Language::Spanish);
/// let one = speech.counted(1, &messages);
/// let uris: Vec<&str> = one.media().iter().map(|it| it.uri()).collect();
/// assert_eq!(uris, ["sound:digits/1M", "sound:vm-message"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noun {
    pub(crate) one: String,
    pub(crate) many: String,
    pub(crate) gender: Gender,
}

impl Noun {
    /// Creates a noun from the names of two sounds, without a scheme, and its gender in the
    /// language of the sounds.
    pub fn new(one: impl Into<String>, many: impl Into<String>, gender: Gender) -> Self {
        Noun {
            one: one.into(),
            many: many.into(),
            gender,
        }
    }
}

/// The sounds of a currency. The sound sets of Asterisk have no complete currency, so that the
/// sounds are the program's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    pub(crate) major: Noun,
    pub(crate) minor: Noun,
}

impl Currency {
    /// Creates a currency from its unit, such as the euro, and the hundredth part of it.
    pub fn new(major: Noun, minor: Noun) -> Self {
        Currency { major, minor }
    }
}
