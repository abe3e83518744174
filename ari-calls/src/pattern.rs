//! Patterns of dialed digits, as the dialplan writes them.

use crate::key::{InvalidKey, Key, parse_keys};

/// Digits that an entry of a menu, or an allowed input, consists of: keys such as `12` or `*1`, or
/// a pattern as the dialplan writes it, with its leading `_`: `_1XX`.
///
/// In a pattern, `X` is a digit from 0 to 9, `Z` from 1 to 9, `N` from 2 to 9, `[1-3*]` one of
/// these keys, and `.` at the end one or more keys of any kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    positions: Vec<Vec<Key>>,
    /// True if one or more keys of any kind follow.
    has_rest: bool,
}

/// The relation of entered keys to a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PatternMatch {
    /// More keys can make no match of them.
    Never,
    /// More keys are needed.
    Partial,
    /// They match, and more keys would not.
    Complete,
    /// They match, and more keys would, too.
    CompleteOrLonger,
}

/// A pattern cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum InvalidPattern {
    /// It has a character that is no key.
    #[error(transparent)]
    Key(#[from] InvalidKey),
    /// It has no key.
    #[error("the pattern `{0}` is empty")]
    Empty(String),
    /// A `[` has no `]`, or nothing between them, or a range that descends.
    #[error("`[` in the pattern `{0}` needs keys or ascending ranges and a `]` behind it: [1-3*]")]
    Set(String),
    /// Keys follow the `.`.
    #[error("`.` in the pattern `{0}` has to be its last character")]
    Rest(String),
}

impl Pattern {
    pub(crate) fn parse(text: &str) -> Result<Pattern, InvalidPattern> {
        let mut pattern = Pattern {
            positions: Vec::new(),
            has_rest: false,
        };
        match text.strip_prefix('_') {
            None => {
                let keys = parse_keys(text)?.into_iter();
                pattern.positions = keys.map(|key| vec![key]).collect();
            }
            Some(rest) => pattern.add(text, rest)?,
        }
        if pattern.positions.is_empty() && !pattern.has_rest {
            return Err(InvalidPattern::Empty(text.to_owned()));
        }
        Ok(pattern)
    }

    fn add(&mut self, text: &str, mut rest: &str) -> Result<(), InvalidPattern> {
        while let Some(character) = rest.chars().next() {
            rest = &rest[character.len_utf8()..];
            if self.has_rest {
                return Err(InvalidPattern::Rest(text.to_owned()));
            }
            let keys = match character.to_ascii_uppercase() {
                'X' => digits_from(0),
                'Z' => digits_from(1),
                'N' => digits_from(2),
                '.' => {
                    self.has_rest = true;
                    continue;
                }
                '[' => {
                    let set = rest.split_once(']').and_then(|(set, after)| {
                        rest = after;
                        parse_set(set)
                    });
                    set.ok_or_else(|| InvalidPattern::Set(text.to_owned()))?
                }
                _ => match Key::from_char(character) {
                    Some(key) => vec![key],
                    None => return Err(InvalidKey::new(text, character).into()),
                },
            };
            self.positions.push(keys);
        }
        Ok(())
    }

    /// Compares entered keys with the pattern.
    pub(crate) fn matches(&self, entered: &[Key]) -> PatternMatch {
        let known = entered.iter().zip(&self.positions);
        if !known.clone().all(|(key, allowed)| allowed.contains(key)) {
            return PatternMatch::Never;
        }
        match (entered.len().cmp(&self.positions.len()), self.has_rest) {
            (std::cmp::Ordering::Less, _) | (std::cmp::Ordering::Equal, true) => {
                PatternMatch::Partial
            }
            (std::cmp::Ordering::Equal, false) => PatternMatch::Complete,
            (std::cmp::Ordering::Greater, true) => PatternMatch::CompleteOrLonger,
            (std::cmp::Ordering::Greater, false) => PatternMatch::Never,
        }
    }
}

fn digits_from(first: usize) -> Vec<Key> {
    Key::ALL[first..10].to_vec()
}

/// Returns the keys between `[` and `]`. `None` if there are none, or a range descends.
fn parse_set(set: &str) -> Option<Vec<Key>> {
    let characters: Vec<char> = set.chars().collect();
    let mut keys = Vec::new();
    let mut at = 0;
    while let Some(first) = characters.get(at) {
        let first = Key::from_char(*first)?;
        match (characters.get(at + 1), characters.get(at + 2)) {
            (Some('-'), Some(last)) => {
                let last = Key::from_char(*last)?;
                let range = Key::ALL.into_iter();
                let before = keys.len();
                keys.extend(range.filter(|key| (first..=last).contains(key)));
                if keys.len() == before {
                    return None;
                }
                at += 3;
            }
            _ => {
                keys.push(first);
                at += 1;
            }
        }
    }
    (!keys.is_empty()).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_as_keys_are_entered() {
        use PatternMatch::*;
        for (pattern, entered, expected) in [
            ("12", "1", Partial),
            ("12", "12", Complete),
            ("12", "123", Never),
            ("12", "2", Never),
            ("*1", "*1", Complete),
            ("_1XX", "", Partial),
            ("_1XX", "19", Partial),
            ("_1XX", "190", Complete),
            ("_1XX", "19*", Never),
            ("_Z", "0", Never),
            ("_n", "1", Never),
            ("_N", "2", Complete),
            ("_[1-3*]5", "*5", Complete),
            ("_[1-3*]5", "45", Never),
            ("_9.", "9", Partial),
            ("_9.", "9#", CompleteOrLonger),
            ("_9.", "91234", CompleteOrLonger),
            ("_.", "", Partial),
        ] {
            let keys = parse_keys(entered).unwrap();
            let matched = Pattern::parse(pattern).unwrap().matches(&keys);
            assert_eq!(matched, expected, "{pattern} {entered}");
        }
    }

    #[test]
    fn unreadable_patterns_are_refused() {
        for (pattern, problem) in [
            ("", "the pattern `` is empty"),
            ("_", "the pattern `_` is empty"),
            ("1x", "`x` in `1x` is no key"),
            ("_1Q", "`Q` in `_1Q` is no key"),
            ("_[12", "`[` in the pattern `_[12` needs"),
            ("_[]", "`[` in the pattern `_[]` needs"),
            ("_[3-1]", "`[` in the pattern `_[3-1]` needs"),
            ("_1.2", "`.` in the pattern `_1.2` has to be"),
        ] {
            let error = Pattern::parse(pattern).unwrap_err().to_string();
            assert!(error.starts_with(problem), "{pattern}: {error}");
        }
    }
}
