//! Applications and their subscriptions.

use serde_json::Value;

use super::{EventSubjects, OutboundId, SocketId};
use crate::json::{Json, Object};
use crate::sorted_map::SortedMap;

/// The subscriptions of an application to objects of one kind, with the number of times each was
/// made.
pub(crate) struct Subscriptions {
    pub(crate) counts: SortedMap<String, usize>,
    /// The name that stands for all objects of this kind.
    pub(crate) all_topic: &'static str,
}

impl Subscriptions {
    fn new(all_topic: &'static str) -> Self {
        Subscriptions {
            counts: SortedMap::new(),
            all_topic,
        }
    }

    pub(crate) fn add(&mut self, id: &str) {
        *self.counts.get_or_insert_with(id.to_owned(), || 0) += 1;
    }

    pub(crate) fn add_all(&mut self) {
        self.add(self.all_topic);
    }

    /// Adds a subscription that is not counted: repeating it adds nothing.
    pub(crate) fn add_once(&mut self, id: &str) {
        self.counts.get_or_insert_with(id.to_owned(), || 1);
    }

    /// Removes one subscription. Returns `false` if there was none.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let Some(count) = self.counts.get_mut(id) else {
            return false;
        };
        *count -= 1;
        if *count == 0 {
            self.counts.remove(id);
        }
        true
    }

    pub(crate) fn discard(&mut self, id: &str) {
        self.counts.remove(id);
    }

    pub(crate) fn discard_all(&mut self) {
        self.discard(self.all_topic);
    }

    pub(crate) fn contains(&self, id: &str) -> bool {
        self.counts.contains_key(id)
    }

    pub(crate) fn contains_all(&self) -> bool {
        self.contains(self.all_topic)
    }

    /// Returns whether events about an object of this kind are delivered.
    fn covers(&self, id: &str) -> bool {
        self.contains(id) || self.contains_all()
    }

    /// Returns whether there is a subscription to a single object.
    pub(crate) fn has_named(&self) -> bool {
        self.counts.keys().any(|id| id != self.all_topic)
    }

    fn json(&self) -> Json {
        self.counts.keys().cloned().collect()
    }
}

pub(crate) struct App {
    /// The socket that receives its events.
    pub(crate) socket: Option<SocketId>,
    pub(crate) channels: Subscriptions,
    pub(crate) bridges: Subscriptions,
    pub(crate) endpoints: Subscriptions,
    pub(crate) devices: Subscriptions,
    pub(crate) allowed: Vec<Value>,
    pub(crate) disallowed: Vec<Value>,
    /// The outbound WebSocket that serves it.
    pub(crate) outbound: Option<OutboundId>,
    /// True if its connection asked for all events.
    pub(crate) subscribes_all: bool,
}

impl Default for App {
    fn default() -> Self {
        App {
            socket: None,
            channels: Subscriptions::new("__AST_CHANNEL_ALL_TOPIC"),
            bridges: Subscriptions::new("__AST_BRIDGE_ALL_TOPIC"),
            endpoints: Subscriptions::new("__AST_ENDPOINT_ALL_TOPIC"),
            devices: Subscriptions::new("__AST_DEVICE_STATE_ALL_TOPIC"),
            allowed: Vec::new(),
            disallowed: Vec::new(),
            outbound: None,
            subscribes_all: false,
        }
    }
}

impl App {
    /// Returns an application as it is right after its connection has registered it.
    pub(crate) fn registered(
        socket: Option<SocketId>,
        outbound: Option<OutboundId>,
        subscribes_all: bool,
    ) -> Self {
        let mut app = App {
            socket,
            outbound,
            subscribes_all,
            ..App::default()
        };
        if subscribes_all {
            app.subscribe_all();
        }
        app
    }

    /// Returns whether events reach a program, now or when the server has connected.
    pub(crate) fn is_registered(&self) -> bool {
        self.socket.is_some() || self.outbound.is_some()
    }

    pub(crate) fn object(&self, name: &str) -> Object {
        let list = |values: &[Value]| values.iter().cloned().collect::<Json>();
        Object::new()
            .with("name", name)
            .with("channel_ids", self.channels.json())
            .with("bridge_ids", self.bridges.json())
            .with("endpoint_ids", self.endpoints.json())
            .with("device_names", self.devices.json())
            .with("events_allowed", list(&self.allowed))
            .with("events_disallowed", list(&self.disallowed))
    }

    /// Returns how often the application receives an event: once for each matching subscription. An
    /// application that is subscribed to everything receives each event once.
    pub(crate) fn delivery_count(&self, about: &EventSubjects<'_>) -> usize {
        if self
            .subscriptions()
            .iter()
            .all(|sources| sources.contains_all())
        {
            return 1;
        }
        let brings =
            |sources: &Subscriptions, id: Option<&str>| id.is_some_and(|id| sources.covers(id));
        let direct = brings(&self.channels, about.channel)
            || brings(&self.bridges, about.bridge)
            || brings(&self.devices, about.device);
        // A subscription to all endpoints does not include their channels.
        let by_all = about.channel.is_none() && self.endpoints.contains_all();
        let by_endpoint = about.endpoint.map_or(0, |endpoint| {
            let named = self.endpoint_subscription_count(endpoint);
            named.max(usize::from(by_all))
        });
        usize::from(direct) + by_endpoint
    }

    /// Returns the number of subscriptions that name an endpoint or its technology.
    pub(crate) fn endpoint_subscription_count(&self, endpoint: &str) -> usize {
        let tech = endpoint.split('/').next().unwrap_or_default();
        let named = [endpoint, tech].into_iter();
        named.filter(|name| self.endpoints.contains(name)).count()
    }

    /// Returns whether the event filter allows a type.
    pub(crate) fn allows(&self, kind: &str) -> bool {
        let named = |list: &[Value]| list.iter().any(|entry| entry["type"] == kind);
        (self.allowed.is_empty() || named(&self.allowed)) && !named(&self.disallowed)
    }

    fn subscriptions(&self) -> [&Subscriptions; 4] {
        [
            &self.channels,
            &self.bridges,
            &self.endpoints,
            &self.devices,
        ]
    }

    /// Subscribes to all existing and future objects.
    pub(crate) fn subscribe_all(&mut self) {
        self.channels.add_all();
        self.bridges.add_all();
        self.endpoints.add_all();
        self.devices.add_all();
    }

    /// Returns whether the application is removed once its socket has closed. Newer releases also
    /// remove applications that are subscribed to everything.
    pub(crate) fn is_removable(&self, newer: bool) -> bool {
        let keeps =
            |sources: &&Subscriptions| sources.has_named() || !newer && sources.contains_all();
        !self.subscriptions().iter().any(keeps)
    }
}
