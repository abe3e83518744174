//! Applications: who hears of what.

use std::collections::BTreeMap;

use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;

use super::{SocketId, World};
use crate::json::{Json, Object};

/// What an application is subscribed to, and how often.
#[derive(Default)]
pub(crate) struct Sources {
    counts: BTreeMap<String, usize>,
    pub(crate) all: bool,
}

impl Sources {
    pub(crate) fn add(&mut self, id: &str) {
        *self.counts.entry(id.to_owned()).or_default() += 1;
    }

    /// A subscription that was asked for; asking again adds nothing.
    pub(crate) fn add_once(&mut self, id: &str) {
        self.counts.entry(id.to_owned()).or_insert(1);
    }

    /// Whether there was a subscription.
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

    pub(crate) fn forget(&mut self, id: &str) {
        self.counts.remove(id);
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.counts.contains_key(id)
    }

    fn is_empty(&self) -> bool {
        self.counts.is_empty() && !self.all
    }

    fn json(&self, all: &'static str) -> Json {
        let all = self.all.then(|| all.to_owned());
        self.counts.keys().cloned().chain(all).collect()
    }
}

#[derive(Default)]
pub(crate) struct App {
    /// Who gets its events.
    pub(crate) socket: Option<SocketId>,
    /// Whether it gets the events of everything.
    pub(crate) everything: bool,
    pub(crate) channels: Sources,
    pub(crate) bridges: Sources,
    pub(crate) endpoints: Sources,
    pub(crate) devices: Sources,
    pub(crate) allowed: Vec<Value>,
    pub(crate) disallowed: Vec<Value>,
}

impl App {
    pub(crate) fn object(&self, name: &str) -> Object {
        let list = |values: &[Value]| values.iter().cloned().collect::<Json>();
        Object::new()
            .with("name", name)
            .with("channel_ids", self.channels.json("__AST_CHANNEL_ALL_TOPIC"))
            .with("bridge_ids", self.bridges.json("__AST_BRIDGE_ALL_TOPIC"))
            .with(
                "endpoint_ids",
                self.endpoints.json("__AST_ENDPOINT_ALL_TOPIC"),
            )
            .with(
                "device_names",
                self.devices.json("__AST_DEVICE_STATE_ALL_TOPIC"),
            )
            .with("events_allowed", list(&self.allowed))
            .with("events_disallowed", list(&self.disallowed))
    }

    /// How often it gets an event: once for each subscription that brings it. Being subscribed to
    /// everything brings all once.
    fn copies(&self, about: &About<'_>) -> usize {
        if self.everything {
            return 1;
        }
        let brings = |sources: &Sources, id: Option<&str>| {
            id.is_some_and(|id| sources.all || sources.has(id))
        };
        let direct = brings(&self.channels, about.channel)
            || brings(&self.bridges, about.bridge)
            || brings(&self.devices, about.device);
        usize::from(direct)
            + about
                .endpoint
                .map_or(0, |endpoint| self.copies_of(endpoint))
    }

    /// The same, of what is about a phone.
    fn copies_of(&self, endpoint: &str) -> usize {
        let found = self.subscriptions_to(endpoint);
        found.max(usize::from(self.endpoints.all))
    }

    /// How many subscriptions name a phone or its technology.
    pub(crate) fn subscriptions_to(&self, endpoint: &str) -> usize {
        let tech = endpoint.split('/').next().unwrap_or_default();
        let named = [endpoint, tech].into_iter();
        named.filter(|name| self.endpoints.has(name)).count()
    }

    /// Whether the filter lets a type through.
    fn lets_through(&self, kind: &str) -> bool {
        let named = |list: &[Value]| list.iter().any(|entry| entry["type"] == kind);
        (self.allowed.is_empty() || named(&self.allowed)) && !named(&self.disallowed)
    }

    /// Whether nothing keeps it once its socket has closed.
    fn is_idle(&self) -> bool {
        [
            &self.channels,
            &self.bridges,
            &self.endpoints,
            &self.devices,
        ]
        .iter()
        .all(|sources| sources.is_empty())
    }
}

/// What an event is about: whoever is subscribed to any of it gets it.
#[derive(Default)]
pub(crate) struct About<'a> {
    pub(crate) channel: Option<&'a str>,
    pub(crate) bridge: Option<&'a str>,
    pub(crate) endpoint: Option<&'a str>,
    pub(crate) device: Option<&'a str>,
}

/// An event: what Asterisk writes before the type, and what behind the time stamp.
pub(crate) struct Event {
    pub(crate) kind: &'static str,
    pub(crate) first: Object,
    pub(crate) rest: Object,
}

impl Event {
    pub(crate) fn new(kind: &'static str, rest: Object) -> Self {
        Event {
            kind,
            first: Object::new(),
            rest,
        }
    }
}

impl World {
    /// Sends an event to all that are subscribed to what it is about.
    pub(crate) fn publish(&mut self, about: &About<'_>, event: Event) {
        let listening = self.apps.iter().filter(|(_, app)| app.socket.is_some());
        let names: Vec<String> = listening
            .flat_map(|(name, app)| std::iter::repeat_n(name, app.copies(about)))
            .cloned()
            .collect();
        if names.is_empty() || self.shapes.lacks(event.kind) {
            return;
        }
        let event = event
            .first
            .with("type", event.kind)
            .with("timestamp", self.clock.timestamp())
            .and(event.rest)
            .with("asterisk_id", &self.settings.entity_id);
        let event = self.shapes.trim_message(event);
        for name in names {
            self.deliver(&name, &event);
        }
    }

    /// Sends an event to one application, whatever it is subscribed to.
    pub(crate) fn tell(&mut self, app: &str, kind: &'static str, rest: Object) {
        if self.shapes.lacks(kind) {
            return;
        }
        let event = Object::new()
            .with("type", kind)
            .with("timestamp", self.clock.timestamp())
            .and(rest)
            .with("asterisk_id", &self.settings.entity_id);
        let event = self.shapes.trim_message(event);
        self.deliver(app, &event);
    }

    fn deliver(&mut self, name: &str, event: &Object) {
        let Some(app) = self.apps.get(name) else {
            return;
        };
        let kind = event.kind().unwrap_or_default();
        if !app.lets_through(kind) {
            return;
        }
        if let Some(socket) = app.socket.and_then(|id| self.sockets.get(&id)) {
            let text = event.clone().with("application", name).text();
            // A socket that is just closing does not mind.
            let _ = socket.send(Message::text(text));
        }
    }

    /// Gives applications to a socket; who had them is told.
    pub(crate) fn register(&mut self, names: &[String], everything: bool, socket: SocketId) {
        for name in names {
            let app = self.apps.entry(name.clone()).or_default();
            if app.socket.is_some_and(|before| before != socket) {
                self.tell(name, "ApplicationReplaced", Object::new());
            }
            let app = self.apps.entry(name.clone()).or_default();
            app.socket = Some(socket);
            app.everything = everything;
        }
    }

    /// Takes the applications of a socket that has closed. Those that still have subscriptions
    /// stay.
    pub(crate) fn unregister(&mut self, socket: SocketId) {
        self.sockets.remove(&socket);
        for app in self.apps.values_mut() {
            if app.socket == Some(socket) {
                app.socket = None;
            }
        }
        self.apps
            .retain(|_, app| app.socket.is_some() || !app.is_idle());
    }

    /// The application, if a socket has it.
    pub(crate) fn is_registered(&self, name: &str) -> bool {
        self.apps.get(name).is_some_and(|app| app.socket.is_some())
    }
}
