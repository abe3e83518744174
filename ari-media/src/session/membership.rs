//! The bridge that joins the media channel with the call. Other clients can take either of them out
//! of it, or destroy it. Neither hears the other then.

use std::time::{Duration, Instant};

/// The time that the two channels may be apart. The end of a channel, which is reported after it
/// has left the bridge, usually comes within some milliseconds.
const MAX_APART: Duration = Duration::from_millis(500);

/// The bridges of the two channels, as far as events have reported them.
#[derive(Debug)]
pub(crate) struct Membership {
    party: Place,
    media: Place,
    apart_since: Option<Instant>,
}

/// One of the two channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// The call, or the snoop channel that stands for it.
    Party,
    /// The channel that carries the audio.
    Media,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    In(String),
    Outside,
    /// The call may be in the bridge of another program, which has not been reported.
    Unknown,
}

impl Membership {
    /// Creates the membership of a media channel in a bridge. `has_party` is true if the session
    /// has put the other channel into the bridge as well.
    pub(crate) fn new(bridge: &str, has_party: bool) -> Self {
        Membership {
            party: match has_party {
                true => Place::In(bridge.to_owned()),
                false => Place::Unknown,
            },
            media: Place::In(bridge.to_owned()),
            apart_since: None,
        }
    }

    pub(crate) fn entered(&mut self, member: Member, bridge: String) {
        *self.place(member) = Place::In(bridge);
    }

    /// Records that a channel has left a bridge. Reports of another bridge are older than the
    /// present one.
    pub(crate) fn left(&mut self, member: Member, bridge: &str) {
        let is_known = match self.place(member) {
            Place::In(present) => present == bridge,
            Place::Outside => false,
            Place::Unknown => self.media == Place::In(bridge.to_owned()),
        };
        if is_known {
            *self.place(member) = Place::Outside;
        }
    }

    /// Returns the instant from which on the session can no longer carry audio. `None` if the
    /// channels are together.
    pub(crate) fn deadline(&mut self, now: Instant) -> Option<Instant> {
        let is_apart = match (&self.party, &self.media) {
            (Place::Outside, _) | (_, Place::Outside) => true,
            (Place::In(party), Place::In(media)) => party != media,
            _ => false,
        };
        if !is_apart {
            self.apart_since = None;
            return None;
        }
        Some(*self.apart_since.get_or_insert(now) + MAX_APART)
    }

    fn place(&mut self, member: Member) -> &mut Place {
        match member {
            Member::Party => &mut self.party,
            Member::Media => &mut self.media,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The channels are apart while they are in different bridges, or one is in none. Reports of
    /// earlier bridges have no effect.
    #[test]
    fn channels_are_together_in_any_bridge() {
        let now = Instant::now();
        let steps: &[(&str, Member, &str, bool)] = &[
            ("left", Member::Party, "before", false),
            ("left", Member::Party, "a", true),
            ("entered", Member::Party, "a", false),
            ("entered", Member::Party, "b", true),
            ("left", Member::Party, "a", true),
            ("entered", Member::Media, "b", false),
            ("left", Member::Media, "a", false),
            ("left", Member::Media, "b", true),
        ];
        let mut membership = Membership::new("a", true);
        for (event, member, bridge, is_apart) in steps {
            match *event {
                "left" => membership.left(*member, bridge),
                _ => membership.entered(*member, (*bridge).to_owned()),
            }
            let deadline = membership.deadline(now);
            assert_eq!(deadline.is_some(), *is_apart, "{event} {member:?} {bridge}");
        }
        assert_eq!(
            membership.deadline(now + Duration::from_secs(9)),
            Some(now + MAX_APART)
        );
    }

    /// In the bridge of another program, only the leave of the call is known.
    #[test]
    fn unknown_call_counts_as_together_until_it_leaves() {
        let now = Instant::now();
        let mut membership = Membership::new("conference", false);
        membership.left(Member::Party, "before");
        assert_eq!(membership.deadline(now), None);
        membership.left(Member::Party, "conference");
        assert!(membership.deadline(now).is_some());
    }
}
