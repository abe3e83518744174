//! The outcome of a playback.

use crate::key::Key;

/// The outcome of a playback.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Played {
    /// All media were played.
    Finished,
    /// The caller has pressed this key, and the playback was stopped.
    Key(Key),
    /// The playback was stopped at its longest duration.
    MaxDuration,
    /// Asterisk has skipped or could not play the last medium of a request. Its log has the reason,
    /// such as a missing file. It does not report a sound that is missing before the last one:
    /// [`InstalledSounds`](crate::speech::InstalledSounds) finds it before anything is played.
    Incomplete {
        /// The medium as Asterisk has named it last.
        media_uri: String,
    },
}

impl Played {
    /// Adds the outcome of further media. Returns `false` if nothing is to be played after them.
    pub(super) fn add(&mut self, next: Played) -> bool {
        let goes_on = matches!(next, Played::Finished | Played::Incomplete { .. });
        if next != Played::Finished {
            *self = next;
        }
        goes_on
    }
}
