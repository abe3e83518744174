//! Connected lines: the parties that channels are connected to, as bridges report them.

use super::PbxState;
use crate::json::Object;
use crate::model::{Participant, Party};

impl PbxState {
    /// Makes the caller ids of the participants of a mixing bridge the connected lines of each
    /// other, if there are exactly two. The server's own channels take part, without a caller id.
    pub(super) fn update_connected_lines(&mut self, bridge_id: &str) {
        let Some(bridge) = self.bridges.get(bridge_id) else {
            return;
        };
        let [first, second] = &bridge.participants.0[..] else {
            return;
        };
        if bridge.kind != "mixing" {
            return;
        }
        let (first, second) = (first.clone(), second.clone());
        let parties = [self.party_of(&first), self.party_of(&second)];
        let [of_first, of_second] = parties;
        for (participant, party) in [(second, of_first), (first, of_second)] {
            if let Participant::Channel(id) = participant {
                self.set_connected_line(&id, party);
            }
        }
    }

    fn party_of(&self, participant: &Participant) -> Party {
        let channel = match participant {
            Participant::Channel(id) => self.channels.get(id),
            Participant::Helper(_) => None,
        };
        channel
            .map(|channel| channel.new_caller.as_ref().unwrap_or(&channel.caller))
            .cloned()
            .unwrap_or_default()
    }

    fn set_connected_line(&mut self, id: &str, party: Party) {
        if let Some(channel) = self.channels.get_mut(id)
            && channel.connected_line != party
        {
            channel.connected_line = party;
            self.publish_connected_line(id);
        }
    }

    /// Publishes the connected line of a channel. If it is half of a Local channel, the connected
    /// line is the caller id of the other half, which shows that with its next change.
    pub(super) fn publish_connected_line(&mut self, id: &str) {
        self.publish_channel_event(id, "ChannelConnectedLine", Object::new());
        let channel = self.channels.get(id);
        let party = channel.map(|channel| channel.connected_line.clone());
        if let Some(other) = self.other_half(id)
            && let Some(other) = self.channels.get_mut(&other)
        {
            other.new_caller = party;
        }
    }

    /// Shows the caller id that a channel has received from its other half. Returns whether it
    /// differs, which the caller reports after the event about the change of the channel.
    pub(super) fn show_new_caller(&mut self, id: &str) -> bool {
        let Some(channel) = self.channels.get_mut(id) else {
            return false;
        };
        match channel.new_caller.take() {
            Some(party) if party != channel.caller => {
                channel.caller = party;
                true
            }
            _ => false,
        }
    }

    /// Publishes the caller id of a channel.
    pub(crate) fn publish_caller_id(&mut self, id: &str) {
        self.publish_caller_id_as(id, 0, "Presentation Allowed, Not Screened");
    }

    /// Publishes a caller id that the channel has received from its other half.
    pub(super) fn publish_new_caller(&mut self, id: &str) {
        let caller = self.channels.get(id).map(|channel| &channel.caller);
        match caller.is_some_and(Party::is_empty) {
            true => self.publish_caller_id_as(id, 67, "Number Unavailable"),
            false => self.publish_caller_id(id),
        }
    }

    fn publish_caller_id_as(&mut self, id: &str, presentation: i64, text: &str) {
        let rest = Object::new()
            .with("caller_presentation", presentation)
            .with("caller_presentation_txt", text);
        self.publish_channel_event(id, "ChannelCallerId", rest);
    }
}
