//! Bridges.

use std::collections::{BTreeMap, BTreeSet};

use super::members::{Member, Members};
use super::video::Video;
use super::{About, Event, Queue, World};
use crate::json::{Json, Object};

pub(crate) struct Bridge {
    pub(crate) id: String,
    pub(crate) kind: &'static str,
    pub(crate) technology: &'static str,
    pub(crate) name: String,
    pub(crate) created: String,
    pub(crate) video: Video,
    pub(crate) members: Members,
    /// True if the number of members decides on the technology.
    pub(crate) mixer_varies: bool,
    pub(crate) variables: BTreeMap<String, String>,
    pub(crate) reported: BTreeSet<String>,
    /// Variables that were set on creation. They appear in events after the next change of the
    /// bridge.
    pub(crate) unseen: BTreeSet<String>,
    pub(crate) music: bool,
    pub(crate) queue: Queue,
}

impl Bridge {
    pub(crate) fn object(&self) -> Object {
        let vars = (!self.reported.is_empty()).then(|| {
            let values = self
                .reported
                .iter()
                .filter_map(|name| Some((name.clone(), Json::from(self.variables.get(name)?))));
            values.fold(Object::new(), |object, (name, value)| {
                object.with(name, value)
            })
        });
        let object = Object::new()
            .with("id", &self.id)
            .with("technology", self.technology)
            .with("bridge_type", self.kind)
            .with("bridge_class", "stasis")
            .with("creator", "Stasis")
            .with("name", &self.name)
            .with(
                "channels",
                self.members.sorted().into_iter().collect::<Json>(),
            )
            .with("creationtime", &self.created);
        self.video.describe(object).maybe("bridgevars", vars)
    }

    /// Records that the bridge has changed.
    pub(crate) fn touch(&mut self) {
        self.reported.append(&mut self.unseen);
    }
}

impl World {
    pub(crate) fn bridge_event(&mut self, id: &str, kind: &'static str) {
        if let Some(bridge) = self.bridges.get(id) {
            let rest = Object::new().with("bridge", bridge.object());
            let about = About {
                bridge: Some(id),
                ..About::default()
            };
            self.publish(&about, Event::new(kind, rest));
        }
    }

    /// Publishes an event about a channel and its bridge.
    fn both(&mut self, bridge: &str, channel: &str, kind: &'static str) {
        let (Some(in_bridge), Some(of_channel)) =
            (self.bridges.get(bridge), self.channels.get(channel))
        else {
            return;
        };
        let rest = Object::new()
            .with("bridge", in_bridge.object())
            .with("channel", of_channel.object());
        let about = About {
            channel: Some(channel),
            bridge: Some(bridge),
            ..About::default()
        };
        self.publish(&about, Event::new(kind, rest));
    }

    pub(crate) fn enter_bridge(&mut self, bridge: &str, id: &str) {
        let app = match self.channels.get_mut(id) {
            // A channel that is already in this bridge leaves it first and then enters it again.
            Some(_) => {
                self.leave_bridge(id);
                self.channels.get_mut(id).and_then(|channel| {
                    channel.bridge = Some(bridge.to_owned());
                    channel.stasis.clone()
                })
            }
            None => return,
        };
        if let Some(app) = app.and_then(|app| self.apps.get_mut(&app)) {
            app.bridges.add(bridge);
        }
        if let Some(bridge) = self.bridges.get_mut(bridge) {
            bridge.members.join(Member::Channel(id.to_owned()));
            bridge.touch();
        }
        self.tell_video(bridge);
        self.both(bridge, id, "ChannelEnteredBridge");
        self.tell_peers(bridge);
    }

    pub(crate) fn leave_bridge(&mut self, id: &str) {
        let app = self.step_out(id);
        if let Some((app, bridge)) = app
            && let Some(app) = self.apps.get_mut(&app)
        {
            app.bridges.remove(&bridge);
        }
    }

    /// Takes a channel out of its bridge. Returns the channel's application and the bridge. The
    /// caller decides whether the application's subscription to the bridge ends, because it stays
    /// if the channel ends.
    pub(crate) fn step_out(&mut self, id: &str) -> Option<(String, String)> {
        let channel = self.channels.get_mut(id)?;
        let left = channel.bridge.take()?;
        let app = channel.stasis.clone();
        if let Some(bridge) = self.bridges.get_mut(&left) {
            bridge.members.leave(&Member::Channel(id.to_owned()));
            bridge.touch();
        }
        if let Some(channel) = self.channels.get_mut(id) {
            channel.treatment.muted_in_bridge = false;
        }
        self.set_peers(id, "");
        self.hide_video(&left, id);
        self.both(&left, id, "ChannelLeftBridge");
        self.tell_peers(&left);
        let is_left = |bridge: &Bridge| bridge.members.channels().next().is_none();
        if self.bridges.get(&left).is_some_and(is_left) {
            // Music ends when the last channel leaves.
            self.music(&left, false);
        }
        Some((app?, left))
    }

    pub(crate) fn destroy_bridge(&mut self, id: &str) {
        let Some(bridge) = self.bridges.get(id) else {
            return;
        };
        let inside: Vec<_> = bridge.members.channels().cloned().collect();
        for channel in inside {
            self.leave_bridge(&channel);
        }
        self.stop_bridge_media(id);
        self.bridge_event(id, "BridgeDestroyed");
        self.bridges.remove(id);
        for app in self.apps.values_mut() {
            app.bridges.forget(id);
        }
    }
}
