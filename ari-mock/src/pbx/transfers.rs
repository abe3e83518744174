//! Transfers that phones request with REFER: who carries them out, and those that applications carry
//! out.

use super::PbxState;
use crate::json::{Json, Object};
use crate::model::{Channel, Event, EventSubjects, RequestedTransfer};

impl PbxState {
    /// The phone of a channel requests that the other party is transferred to an extension.
    pub(crate) fn on_blind_transfer(&mut self, id: &str, extension: &str) {
        if !self.can_request_transfer(id) {
            return;
        }
        if self.leaves_transfers(id) {
            let requested = Object::new().with("destination", extension);
            let refer_to = Object::new().with("requested_destination", requested);
            self.request_transfer(id, refer_to);
        } else {
            self.transfer_blind(id, extension);
        }
    }

    /// The phone of two channels requests that the other parties are connected.
    pub(crate) fn on_attended_transfer(&mut self, id: &str, second: &str) {
        if id == second || !self.can_request_transfer(id) || !self.can_request_transfer(second) {
            return;
        }
        if !self.leaves_transfers(id) {
            self.transfer_attended(id, second);
            return;
        }
        let Some(target) = self.channels.get(second) else {
            return;
        };
        let tag = |name: &str| {
            Object::new()
                .with("parameter_name", name)
                .with("parameter_value", ari_api::client::unique_id())
        };
        let tags: Json = ["from", "to"].into_iter().map(tag).collect();
        let requested = Object::new()
            .with("protocol_id", &target.protocol_id)
            .with("destination", &target.position.extension)
            .with("additional_protocol_params", tags);
        let refer_to = Object::new().with("requested_destination", requested);
        let refer_to = refer_to.extended(self.leg_of(second, "destination_channel"));
        self.request_transfer(id, refer_to);
    }

    /// Returns whether the far end is a phone that is in a call, and whose last transfer is finished.
    pub(crate) fn can_request_transfer(&self, id: &str) -> bool {
        let is_able = |channel: &Channel| {
            channel.is_sip() && channel.state == "Up" && channel.requested_transfer.is_none()
        };
        self.channels.get(id).is_some_and(is_able)
    }

    fn leaves_transfers(&self, id: &str) -> bool {
        let channel = self.channels.get(id);
        channel.is_some_and(|channel| channel.leaves_transfers)
    }

    /// Leaves the transfers of a phone to applications, if the release supports that.
    pub(super) fn set_transfer_handling(&mut self, id: &str, handling: &str) {
        let is_supported = !self.schema.omits("ChannelTransfer");
        if let Some(channel) = self.channels.get_mut(id)
            && channel.is_sip()
            && is_supported
            && handling == "ari-only"
        {
            channel.leaves_transfers = true;
        }
    }

    /// Returns a channel, the other party of its bridge and the bridge.
    fn leg_of(&self, id: &str, name: &str) -> Object {
        let Some(channel) = self.channels.get(id) else {
            return Object::new();
        };
        let bridge = channel.bridge.as_ref();
        let bridge = bridge.and_then(|bridge| self.bridges.get(bridge));
        let peer = self.bridge_peer(id);
        let peer = peer.and_then(|peer| self.channels.get(&peer));
        Object::new()
            .with(name, channel.object())
            .with_some("connected_channel", peer.map(Channel::object))
            .with_some("bridge", bridge.map(|bridge| bridge.object()))
    }

    /// Asks the applications to carry out a transfer.
    fn request_transfer(&mut self, id: &str, refer_to: Object) {
        let referred_by = self.leg_of(id, "source_channel");
        if let Some(channel) = self.channels.get_mut(id) {
            channel.requested_transfer = Some(RequestedTransfer {
                refer_to,
                referred_by,
            });
        }
        self.publish_requested_transfer(id, None);
    }

    fn publish_requested_transfer(&mut self, id: &str, state: Option<&str>) {
        let channel = self.channels.get(id);
        let requested = channel.and_then(|channel| channel.requested_transfer.clone());
        if let Some(requested) = requested {
            let rest = Object::new()
                .with("refer_to", requested.refer_to)
                .with("referred_by", requested.referred_by)
                .with_some("state", state);
            let device = channel.and_then(Channel::device).map(str::to_owned);
            let about = EventSubjects {
                channel: Some(id),
                endpoint: device.as_deref(),
                ..EventSubjects::default()
            };
            self.publish(&about, Event::new("ChannelTransfer", rest));
        }
    }

    /// Reports the progress of a requested transfer to the phone, if there is such a transfer. All
    /// reports but `channel_progress` finish it.
    pub(crate) fn report_transfer_progress(&mut self, id: &str, state: &str) {
        // The event has no state of its own for a target that cannot be reached.
        let shown = match state {
            "channel_unavailable" => "channel_declined",
            state => state,
        };
        self.publish_requested_transfer(id, Some(shown));
        if let Some(channel) = self.channels.get_mut(id)
            && state != "channel_progress"
        {
            channel.requested_transfer = None;
        }
    }
}
