//! The keys that a step collects: which are complete, and which can become so.

use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

use crate::key::Key;
use crate::pattern::{Pattern, PatternMatch};

/// The number of keys of an input: one number, or a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputLength(RangeInclusive<usize>);

impl From<usize> for InputLength {
    fn from(length: usize) -> Self {
        InputLength(length..=length)
    }
}

impl From<RangeInclusive<usize>> for InputLength {
    fn from(range: RangeInclusive<usize>) -> Self {
        InputLength(range)
    }
}

impl InputLength {
    pub(crate) fn is_valid(&self) -> bool {
        *self.0.start() >= 1 && !self.0.is_empty()
    }
}

type Validator = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// The input that a step accepts.
#[derive(Clone)]
pub(crate) struct Grammar {
    pub(crate) length: InputLength,
    /// The allowed inputs. Empty if there is no such list.
    pub(crate) allowed: Vec<Pattern>,
    pub(crate) validator: Option<Validator>,
}

/// The state of an input after a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// More keys are needed or possible.
    More,
    /// It is accepted, and no key can follow.
    Matched,
    /// It has its full length, and is not refused.
    Full,
    /// It is refused, and no further key can change that.
    NoMatch,
}

impl Grammar {
    pub(crate) fn new(length: InputLength) -> Self {
        Grammar {
            length,
            allowed: Vec::new(),
            validator: None,
        }
    }

    /// Returns the state of an input whose keys are still coming.
    pub(crate) fn progress(&self, keys: &[Key]) -> Progress {
        let is_full = keys.len() >= *self.length.0.end();
        let matches = self.allowed.iter().map(|pattern| pattern.matches(keys));
        let best = matches.fold(None, |best, matched| {
            Some(match (best, matched) {
                // One is complete, and another one could become so.
                (Some(PatternMatch::Complete), PatternMatch::Partial)
                | (Some(PatternMatch::Partial), PatternMatch::Complete)
                | (Some(PatternMatch::CompleteOrLonger), _)
                | (_, PatternMatch::CompleteOrLonger) => PatternMatch::CompleteOrLonger,
                (None | Some(PatternMatch::Never), matched) => matched,
                (Some(best), PatternMatch::Never) => best,
                (Some(best), _) => best,
            })
        });
        match best {
            Some(PatternMatch::Never) => Progress::NoMatch,
            Some(PatternMatch::Complete) => self.checked(keys, Progress::Matched),
            Some(PatternMatch::Partial) if is_full => Progress::NoMatch,
            Some(PatternMatch::CompleteOrLonger) if is_full => {
                self.checked(keys, Progress::Matched)
            }
            None if is_full => self.checked(keys, Progress::Full),
            _ => Progress::More,
        }
    }

    /// Returns the position of the first allowed input that these keys are.
    pub(crate) fn find(&self, keys: &[Key]) -> Option<usize> {
        self.allowed
            .iter()
            .position(|pattern| is_complete(pattern, keys))
    }

    /// Returns `true` if an input is accepted that a terminator or a pause has ended.
    pub(crate) fn accepts(&self, keys: &[Key]) -> bool {
        self.length.0.contains(&keys.len())
            && (self.allowed.is_empty() || self.find(keys).is_some())
            && self.is_valid(keys)
    }

    fn checked(&self, keys: &[Key], accepted: Progress) -> Progress {
        match self.is_valid(keys) {
            true => accepted,
            false => Progress::NoMatch,
        }
    }

    fn is_valid(&self, keys: &[Key]) -> bool {
        self.validator
            .as_ref()
            .is_none_or(|is_valid| is_valid(&text(keys)))
    }
}

impl fmt::Debug for Grammar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grammar")
            .field("length", &self.length)
            .field("allowed", &self.allowed)
            .finish_non_exhaustive()
    }
}

fn is_complete(pattern: &Pattern, keys: &[Key]) -> bool {
    matches!(
        pattern.matches(keys),
        PatternMatch::Complete | PatternMatch::CompleteOrLonger
    )
}

/// Returns keys as text.
pub(crate) fn text(keys: &[Key]) -> String {
    keys.iter().map(|key| key.as_char()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::parse_keys;

    #[test]
    fn inputs_end_as_soon_as_no_key_can_change_them() {
        use Progress::*;
        // (shortest, longest, allowed, keys, progress, accepted after a terminator)
        type Case = (
            usize,
            usize,
            &'static [&'static str],
            &'static str,
            Progress,
            bool,
        );
        let cases: &[Case] = &[
            (4, 4, &[], "123", More, false),
            (4, 4, &[], "1234", Full, true),
            (2, 4, &[], "12", More, true),
            (2, 4, &[], "1", More, false),
            (1, 9, &["1", "20"], "1", Matched, true),
            (1, 9, &["1", "20"], "2", More, false),
            (1, 9, &["1", "20"], "20", Matched, true),
            (1, 9, &["1", "20"], "3", NoMatch, false),
            (1, 9, &["2", "20"], "2", More, true),
            (1, 9, &["20", "2"], "2", More, true),
            (1, 9, &["2", "_9."], "91", More, true),
            (1, 3, &["_9."], "911", Matched, true),
            (1, 3, &["_9XXX"], "911", NoMatch, false),
            // The validator refuses 666.
            (3, 3, &[], "666", NoMatch, false),
            (3, 3, &["_XXX"], "666", NoMatch, false),
            (3, 4, &[], "666", More, false),
        ];
        for (shortest, longest, allowed, keys, progress, accepted) in cases {
            let grammar = Grammar {
                length: InputLength::from(*shortest..=*longest),
                allowed: allowed
                    .iter()
                    .map(|it| Pattern::parse(it).unwrap())
                    .collect(),
                validator: Some(Arc::new(|text| text != "666")),
            };
            let case = format!("{shortest}..={longest} {allowed:?} {keys}");
            let keys = parse_keys(keys).unwrap();
            assert_eq!(grammar.progress(&keys), *progress, "{case}");
            assert_eq!(grammar.accepts(&keys), *accepted, "{case}");
        }
    }
}
