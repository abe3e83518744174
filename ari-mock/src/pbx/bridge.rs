//! Bridges.

use super::PbxState;
use crate::json::Object;
use crate::model::{Bridge, Event, EventSubjects, MediaTarget, Participant};

impl PbxState {
    pub(crate) fn publish_bridge_event(&mut self, id: &str, kind: &'static str) {
        if let Some(bridge) = self.bridges.get(id) {
            let rest = Object::new().with("bridge", bridge.object());
            let about = EventSubjects {
                bridge: Some(id),
                ..EventSubjects::default()
            };
            self.publish(&about, Event::new(kind, rest));
        }
    }

    /// Publishes an event about a channel and its bridge.
    pub(super) fn publish_channel_bridge_event(
        &mut self,
        bridge: &str,
        channel: &str,
        kind: &'static str,
    ) {
        let (Some(in_bridge), Some(of_channel)) =
            (self.bridges.get(bridge), self.channels.get(channel))
        else {
            return;
        };
        let rest = Object::new()
            .with("bridge", in_bridge.object())
            .with("channel", of_channel.object());
        let about = EventSubjects {
            channel: Some(channel),
            bridge: Some(bridge),
            ..EventSubjects::default()
        };
        self.publish(&about, Event::new(kind, rest));
    }

    /// Adds a channel to a bridge, which may inhibit that connected lines change because of it.
    pub(crate) fn enter_bridge(&mut self, bridge: &str, id: &str, inhibits_connected_line: bool) {
        let app = match self.channels.get_mut(id) {
            // A channel that is already in this bridge leaves it first and then enters it again.
            Some(_) => {
                self.leave_bridge(id);
                self.channels.get_mut(id).and_then(|channel| {
                    channel.bridge = Some(bridge.to_owned());
                    channel.inhibits_connected_line = inhibits_connected_line;
                    channel.stasis_app.clone()
                })
            }
            None => return,
        };
        if let Some(app) = app.and_then(|app| self.apps.get_mut(&app)) {
            app.bridges.add(bridge);
        }
        if let Some(bridge) = self.bridges.get_mut(bridge) {
            bridge.participants.add(Participant::Channel(id.to_owned()));
            bridge.mark_changed();
        }
        self.publish_video_source(bridge);
        self.publish_channel_bridge_event(bridge, id, "ChannelEnteredBridge");
        self.clear_transfer_variables(id);
        self.update_bridge_peers(bridge);
        if !inhibits_connected_line {
            self.update_connected_lines(bridge);
        }
    }

    pub(crate) fn leave_bridge(&mut self, id: &str) {
        let app = self.remove_from_bridge(id);
        if let Some((app, bridge)) = app
            && let Some(app) = self.apps.get_mut(&app)
        {
            app.bridges.remove(&bridge);
        }
    }

    /// Takes a channel out of its bridge. Returns the channel's application and the bridge. The
    /// caller decides whether the application's subscription to the bridge ends, because it stays
    /// if the channel ends.
    pub(crate) fn remove_from_bridge(&mut self, id: &str) -> Option<(String, String)> {
        let channel = self.channels.get_mut(id)?;
        let left = channel.bridge.take()?;
        let app = channel.stasis_app.clone();
        let inhibits_connected_line = channel.inhibits_connected_line;
        if let Some(bridge) = self.bridges.get_mut(&left) {
            bridge
                .participants
                .remove(&Participant::Channel(id.to_owned()));
            bridge.mark_changed();
        }
        if let Some(channel) = self.channels.get_mut(id) {
            channel.media_state.muted_in_bridge = false;
        }
        for name in ["BRIDGEPEER", "BRIDGEPVTCALLID"] {
            self.set_bridge_variable(id, name, "");
        }
        if self.show_new_caller(id) {
            self.publish_new_caller(id);
        }
        self.remove_video_source(&left, id);
        self.publish_channel_bridge_event(&left, id, "ChannelLeftBridge");
        self.update_bridge_peers(&left);
        if !inhibits_connected_line {
            self.update_connected_lines(&left);
        }
        let is_left = |bridge: &Bridge| bridge.participants.channels().next().is_none();
        if self.bridges.get(&left).is_some_and(is_left) {
            // Music ends when the last channel leaves.
            self.set_bridge_music(&left, false);
        }
        Some((app?, left))
    }

    /// Removes a bridge together with its command queue.
    pub(crate) fn take_bridge(&mut self, id: &str) -> Option<Bridge> {
        self.queues.remove(&MediaTarget::Bridge(id.to_owned()));
        self.bridges.remove(id)
    }

    pub(crate) fn destroy_bridge(&mut self, id: &str) {
        let Some(bridge) = self.bridges.get(id) else {
            return;
        };
        let inside: Vec<_> = bridge.participants.channels().cloned().collect();
        for channel in inside {
            self.leave_bridge(&channel);
        }
        self.stop_bridge_media(id);
        self.publish_bridge_event(id, "BridgeDestroyed");
        self.take_bridge(id);
        for app in self.apps.values_mut() {
            app.bridges.discard(id);
        }
    }
}
