//! The participants of a bridge, in the order in which the server keeps them, and the mixing
//! technology.

use super::PbxState;
use crate::model::Participant;

impl PbxState {
    /// Updates `BRIDGEPEER`, a variable with the names of the other participants, on each channel
    /// of a mixing bridge.
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
