//! Keys of a telephone, and sets of them.

use std::fmt;
use std::ops::BitOr;
use std::str::FromStr;

/// A key of a telephone, as Asterisk reports it in `ChannelDtmfReceived`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Key {
    Digit0,
    Digit1,
    Digit2,
    Digit3,
    Digit4,
    Digit5,
    Digit6,
    Digit7,
    Digit8,
    Digit9,
    /// `*`.
    Star,
    /// `#`.
    Pound,
    A,
    B,
    C,
    D,
}

impl Key {
    /// All keys, in the order of their numbers.
    pub const ALL: [Key; 16] = [
        Key::Digit0,
        Key::Digit1,
        Key::Digit2,
        Key::Digit3,
        Key::Digit4,
        Key::Digit5,
        Key::Digit6,
        Key::Digit7,
        Key::Digit8,
        Key::Digit9,
        Key::Star,
        Key::Pound,
        Key::A,
        Key::B,
        Key::C,
        Key::D,
    ];

    /// Returns the character of the key: `0` to `9`, `*`, `#`, `A` to `D`.
    pub const fn as_char(self) -> char {
        match self {
            Key::Digit0 => '0',
            Key::Digit1 => '1',
            Key::Digit2 => '2',
            Key::Digit3 => '3',
            Key::Digit4 => '4',
            Key::Digit5 => '5',
            Key::Digit6 => '6',
            Key::Digit7 => '7',
            Key::Digit8 => '8',
            Key::Digit9 => '9',
            Key::Star => '*',
            Key::Pound => '#',
            Key::A => 'A',
            Key::B => 'B',
            Key::C => 'C',
            Key::D => 'D',
        }
    }

    /// Returns the key of a character. Letters may be small. `None` if there is no such key.
    pub fn from_char(character: char) -> Option<Key> {
        let character = character.to_ascii_uppercase();
        Key::ALL.into_iter().find(|key| key.as_char() == character)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.as_char())
    }
}

/// The text of a key or of a set of keys has a character that is no key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{character}` in `{text}` is no key: keys are 0 to 9, *, #, and A to D")]
pub struct InvalidKey {
    text: String,
    character: char,
}

impl InvalidKey {
    pub(crate) fn new(text: &str, character: char) -> Self {
        InvalidKey {
            text: text.to_owned(),
            character,
        }
    }
}

/// A set of keys.
///
/// ```
/// use ari_calls::{Key, Keys};
///
/// let keys: Keys = "12#".parse()?;
/// assert!(keys.contains(Key::Pound) && !keys.contains(Key::Star));
/// assert_eq!(keys, Keys::POUND | Key::Digit1 | Key::Digit2);
/// # Ok::<(), ari_calls::InvalidKey>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Keys(u16);

impl Keys {
    /// No key.
    pub const NONE: Keys = Keys(0);
    /// Every key.
    pub const ALL: Keys = Keys(u16::MAX);
    /// `0` to `9`.
    pub const DIGITS: Keys = Keys(0x3ff);
    /// `*`.
    pub const STAR: Keys = Keys::of(Key::Star);
    /// `#`.
    pub const POUND: Keys = Keys::of(Key::Pound);

    /// Returns the set of one key.
    pub const fn of(key: Key) -> Keys {
        Keys(1 << key as u16)
    }

    /// Returns `true` if the set has the key.
    pub const fn contains(self, key: Key) -> bool {
        self.0 & Keys::of(key).0 != 0
    }

    /// Returns `true` if the set has no key.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl From<Key> for Keys {
    fn from(key: Key) -> Self {
        Keys::of(key)
    }
}

impl<const N: usize> From<[Key; N]> for Keys {
    fn from(keys: [Key; N]) -> Self {
        keys.into_iter().collect()
    }
}

impl<T: Into<Keys>> BitOr<T> for Keys {
    type Output = Keys;

    fn bitor(self, other: T) -> Keys {
        Keys(self.0 | other.into().0)
    }
}

impl FromIterator<Key> for Keys {
    fn from_iter<I: IntoIterator<Item = Key>>(keys: I) -> Self {
        keys.into_iter().fold(Keys::NONE, |keys, key| keys | key)
    }
}

impl FromStr for Keys {
    type Err = InvalidKey;

    fn from_str(text: &str) -> Result<Self, InvalidKey> {
        parse_keys(text).map(|keys| keys.into_iter().collect())
    }
}

/// Writes the keys as their characters.
impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(")?;
        for key in Key::ALL.into_iter().filter(|key| self.contains(*key)) {
            write!(f, "{key}")?;
        }
        f.write_str(")")
    }
}

/// Returns the keys of a text, in their order.
pub(crate) fn parse_keys(text: &str) -> Result<Vec<Key>, InvalidKey> {
    let key = |character| Key::from_char(character).ok_or_else(|| InvalidKey::new(text, character));
    text.chars().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_their_characters() {
        for (key, character) in Key::ALL.into_iter().zip("0123456789*#ABCD".chars()) {
            assert_eq!(Key::from_char(character), Some(key));
            assert_eq!(key.to_string(), character.to_string());
            assert_eq!(Keys::DIGITS.contains(key), character.is_ascii_digit());
        }
        assert_eq!(Key::from_char('d'), Some(Key::D));
        assert_eq!(Key::from_char('e'), None);
        assert_eq!(
            "1x2".parse::<Keys>().map_err(|error| error.character),
            Err('x')
        );
        assert_eq!(format!("{:?}", Keys::POUND | Key::Digit3), "Keys(3#)");
    }
}
