//! The participants of a bridge, in the order in which the server keeps them, and the mixing
//! technology.

use super::PbxState;
use crate::model::Participant;

impl PbxState {
    /// Updates `BRIDGEPEER`, a variable with the names of the other participants, on each channel
    /// of a mixing bridge, and `BRIDGEPVTCALLID`, a variable with the id of a single other
    /// participant in its protocol.
    pub(crate) fn update_bridge_peers(&mut self, bridge_id: &str) {
        let Some(bridge) = self.bridges.get_mut(bridge_id) else {
            return;
        };
        // The technology changes only after the event about the change that caused it.
        bridge.update_technology();
        self.ensure_audio_tick();
        let Some(bridge) = self.bridges.get(bridge_id) else {
            return;
        };
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
            self.set_bridge_variable(id, "BRIDGEPEER", &names.join(","));
            let peer_ids = members.channels().filter(|peer| *peer != id);
            let mut peers = peer_ids.filter_map(|peer| self.channels.get(peer));
            let call_id = match (members.0.len(), peers.next()) {
                (2, Some(peer)) if peer.is_sip() => peer.protocol_id.clone(),
                _ => String::new(),
            };
            self.set_bridge_variable(id, "BRIDGEPVTCALLID", &call_id);
        }
    }

    /// Returns the other channels of a channel's bridge.
    pub(super) fn bridge_peers(&self, id: &str) -> Vec<String> {
        let channel = self.channels.get(id);
        let bridge = channel.and_then(|channel| self.bridges.get(channel.bridge.as_ref()?));
        let Some(bridge) = bridge else {
            return Vec::new();
        };
        let others = bridge.participants.channels().filter(|other| *other != id);
        others.cloned().collect()
    }

    /// Returns the other channel of a channel's bridge, if they are its only participants.
    pub(super) fn bridge_peer(&self, id: &str) -> Option<String> {
        let bridge = self.channels.get(id)?.bridge.as_ref()?;
        let [first, second] = &self.bridges.get(bridge)?.participants.0[..] else {
            return None;
        };
        [first, second].into_iter().find_map(|member| match member {
            Participant::Channel(other) if other != id => Some(other.clone()),
            _ => None,
        })
    }

    pub(super) fn set_bridge_variable(&mut self, id: &str, name: &str, value: &str) {
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        let before = match value {
            "" => channel.variables.remove(name),
            value => channel.variables.insert(name.to_owned(), value.to_owned()),
        };
        if before.unwrap_or_default() != value {
            self.publish_variable(id, name, value);
        }
    }
}
