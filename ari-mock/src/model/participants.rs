//! The participants of a bridge, in the order in which the server keeps them, and the mixing
//! technology.

/// A participant of a bridge.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Participant {
    Channel(String),
    /// A channel of the server itself that plays, records or sends music, by name.
    Helper(String),
}

/// The participants of a bridge. The third one to join is inserted at the front, all others are
/// appended.
#[derive(Clone, Debug, Default)]
pub(crate) struct Participants(pub(crate) Vec<Participant>);

impl Participants {
    pub(crate) fn add(&mut self, member: Participant) {
        match self.0.len() {
            2 => self.0.insert(0, member),
            _ => self.0.push(member),
        }
    }

    pub(crate) fn remove(&mut self, member: &Participant) {
        self.0.retain(|inside| inside != member);
    }

    /// Returns the ids of the channels.
    pub(crate) fn channels(&self) -> impl Iterator<Item = &String> {
        self.0.iter().filter_map(|member| match member {
            Participant::Channel(id) => Some(id),
            Participant::Helper(_) => None,
        })
    }

    /// Returns the ids of the channels in the order in which ARI lists them.
    pub(crate) fn sorted_channels(&self) -> Vec<&String> {
        let mut ids: Vec<_> = self.channels().collect();
        ids.sort_unstable();
        ids
    }

    /// Returns the name of a helper channel whose name contains `what`.
    pub(crate) fn find_helper(&self, what: &str) -> Option<&String> {
        self.0.iter().find_map(|member| match member {
            Participant::Helper(name) if name.contains(what) => Some(name),
            _ => None,
        })
    }

    /// Returns the mixing technology for this number of participants.
    pub(crate) fn technology(&self) -> &'static str {
        match self.0.len() {
            0..=2 => "simple_bridge",
            _ => "softmix",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn third_participant_is_first() {
        let mut members = Participants::default();
        let member = |id: &str| Participant::Channel(id.to_owned());
        for (id, order, mixer) in [
            ("b", "b", "simple_bridge"),
            ("a", "ba", "simple_bridge"),
            ("c", "cba", "softmix"),
            ("d", "cbad", "softmix"),
        ] {
            members.add(member(id));
            let ids: String = members.channels().map(String::as_str).collect();
            assert_eq!((&*ids, members.technology()), (order, mixer));
        }
        assert_eq!(members.sorted_channels(), ["a", "b", "c", "d"]);
        for id in ["b", "c"] {
            members.remove(&member(id));
        }
        assert_eq!(members.technology(), "simple_bridge");
    }
}
