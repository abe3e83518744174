//! The participants of a bridge, in the order in which the server keeps them, and the mixing
//! technology.

use super::{Bridge, PbxState};

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
pub(crate) struct Participants(Vec<Participant>);

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

impl Bridge {
    /// Updates the mixing technology if it depends on the number of participants.
    pub(crate) fn update_technology(&mut self) {
        if self.has_dynamic_technology {
            self.technology = self.participants.technology();
        }
    }
}

impl PbxState {
    /// Updates `BRIDGEPEER`, a variable with the names of the other participants, on each channel
    /// of a mixing bridge.
    pub(crate) fn update_bridge_peers(&mut self, bridge: &str) {
        let Some(bridge) = self.bridges.get_mut(bridge) else {
            return;
        };
        // The technology changes only after the event about the change that caused it.
        bridge.update_technology();
        if bridge.kind != "mixing" || bridge.participants.0.len() < 2 {
            return;
        }
        let members = bridge.participants.clone();
        let named: Vec<_> = members
            .0
            .iter()
            .filter_map(|member| match member {
                Participant::Channel(id) => Some((member, self.channels.get(id)?.name.clone())),
                Participant::Helper(name) => Some((member, name.clone())),
            })
            .collect();
        for id in members.channels() {
            let own = Participant::Channel(id.clone());
            let others = named.iter().filter(|(member, _)| **member != own);
            let names: Vec<_> = others.map(|(_, name)| name.as_str()).collect();
            self.set_bridge_peer_variable(id, &names.join(","));
        }
    }

    pub(super) fn set_bridge_peer_variable(&mut self, id: &str, names: &str) {
        if let Some(channel) = self.channels.get_mut(id) {
            let before = channel
                .variables
                .insert("BRIDGEPEER".to_owned(), names.to_owned());
            if before.unwrap_or_default() != names {
                self.publish_variable(id, "BRIDGEPEER", names);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_goes_in_front() {
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
