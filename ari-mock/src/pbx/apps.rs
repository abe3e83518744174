//! Applications and the delivery of events to them.

use std::collections::BTreeMap;

use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;

use super::{PbxState, SocketId};
use crate::invalid_bytes;
use crate::json::{Json, Object};

/// The subscriptions of an application to objects of one kind, with the number of times each was
/// made.
pub(crate) struct Subscriptions {
    counts: BTreeMap<String, usize>,
    /// The name that stands for all objects of this kind.
    all_topic: &'static str,
}

impl Subscriptions {
    fn new(all_topic: &'static str) -> Self {
        Subscriptions {
            counts: BTreeMap::new(),
            all_topic,
        }
    }

    pub(crate) fn add(&mut self, id: &str) {
        *self.counts.entry(id.to_owned()).or_default() += 1;
    }

    pub(crate) fn add_all(&mut self) {
        self.add(self.all_topic);
    }

    /// Adds a subscription that is not counted: repeating it adds nothing.
    pub(crate) fn add_once(&mut self, id: &str) {
        self.counts.entry(id.to_owned()).or_insert(1);
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
    fn has_named(&self) -> bool {
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
        }
    }
}

impl App {
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
    fn delivery_count(&self, about: &EventSubjects<'_>) -> usize {
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
        usize::from(direct)
            + about
                .endpoint
                .map_or(0, |endpoint| self.endpoint_delivery_count(endpoint))
    }

    /// Returns how often the application receives an event about an endpoint.
    fn endpoint_delivery_count(&self, endpoint: &str) -> usize {
        let found = self.endpoint_subscription_count(endpoint);
        found.max(usize::from(self.endpoints.contains_all()))
    }

    /// Returns the number of subscriptions that name an endpoint or its technology.
    pub(crate) fn endpoint_subscription_count(&self, endpoint: &str) -> usize {
        let tech = endpoint.split('/').next().unwrap_or_default();
        let named = [endpoint, tech].into_iter();
        named.filter(|name| self.endpoints.contains(name)).count()
    }

    /// Returns whether the event filter allows a type.
    fn allows(&self, kind: &str) -> bool {
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
    fn subscribe_all(&mut self) {
        self.channels.add_all();
        self.bridges.add_all();
        self.endpoints.add_all();
        self.devices.add_all();
    }

    /// Returns whether the application is removed once its socket has closed. Newer releases also
    /// remove applications that are subscribed to everything.
    fn is_removable(&self, newer: bool) -> bool {
        let keeps =
            |sources: &&Subscriptions| sources.has_named() || !newer && sources.contains_all();
        !self.subscriptions().iter().any(keeps)
    }
}

/// The objects that an event is about. An application receives the event if it is subscribed to any
/// of them.
#[derive(Default)]
pub(crate) struct EventSubjects<'a> {
    pub(crate) channel: Option<&'a str>,
    pub(crate) bridge: Option<&'a str>,
    pub(crate) endpoint: Option<&'a str>,
    pub(crate) device: Option<&'a str>,
}

/// An event, with the members that Asterisk writes before the type and those after the time stamp.
pub(crate) struct Event {
    pub(crate) kind: &'static str,
    pub(crate) before_type: Object,
    pub(crate) after_timestamp: Object,
}

impl Event {
    pub(crate) fn new(kind: &'static str, after_timestamp: Object) -> Self {
        Event {
            kind,
            before_type: Object::new(),
            after_timestamp,
        }
    }
}

impl PbxState {
    /// Sends an event to all applications that are subscribed to one of its objects.
    pub(crate) fn publish(&mut self, about: &EventSubjects<'_>, event: Event) {
        let listening = self.apps.iter().filter(|(_, app)| app.socket.is_some());
        let names: Vec<String> = listening
            .flat_map(|(name, app)| std::iter::repeat_n(name, app.delivery_count(about)))
            .cloned()
            .collect();
        if names.is_empty() || self.schema.omits(event.kind) {
            return;
        }
        let event = event
            .before_type
            .with("type", event.kind)
            .with("timestamp", self.clock.timestamp())
            .extended(event.after_timestamp)
            .with("asterisk_id", &self.settings.entity_id);
        let event = self.schema.trim_message(event);
        for name in names {
            self.deliver(&name, &event);
        }
    }

    /// Sends an event to one application, regardless of its subscriptions.
    pub(crate) fn send_to(&mut self, app: &str, kind: &'static str, rest: Object) {
        if !self.schema.omits(kind) {
            let event = self.build_message(kind, rest);
            self.deliver(app, &event);
        }
    }

    /// Sends the response to a request that a socket has made on behalf of an application. Nothing
    /// is sent if the application is no longer registered, or if its event filter does not allow
    /// the message.
    pub(crate) fn send_response(&mut self, app: &str, socket: SocketId, rest: Object) {
        if self.is_registered(app) {
            let response = self.build_message("RESTResponse", rest);
            self.deliver_to_socket(app, socket, &response);
        }
    }

    fn build_message(&self, kind: &'static str, rest: Object) -> Object {
        let message = Object::new()
            .with("type", kind)
            .with("timestamp", self.clock.timestamp())
            .extended(rest)
            .with("asterisk_id", &self.settings.entity_id);
        self.schema.trim_message(message)
    }

    fn deliver(&self, name: &str, event: &Object) {
        let socket = self.apps.get(name).and_then(|app| app.socket);
        if let Some(socket) = socket {
            self.deliver_to_socket(name, socket, event);
        }
    }

    fn deliver_to_socket(&self, name: &str, socket: SocketId, event: &Object) {
        let Some(app) = self.apps.get(name) else {
            return;
        };
        let kind = event.type_name().unwrap_or_default();
        if let Some(socket) = self.sockets.get(&socket)
            && app.allows(kind)
        {
            let mut text = event.clone().with("application", name).to_text();
            if invalid_bytes::contains_markers(&text) {
                // Newer releases repair the value of a variable, but nothing else.
                if !self.behaves_like_22()
                    || kind != "ChannelVarset"
                    || event.has_invalid_bytes_outside("value")
                {
                    return;
                }
                text = invalid_bytes::replace_markers(&text);
            }
            // Sending fails only if the socket is just being closed.
            let _ = socket.send(Message::text(text));
        }
    }

    /// Assigns applications to a socket and notifies their previous sockets. Their subscriptions do
    /// not change.
    pub(crate) fn register_apps(&mut self, names: &[String], everything: bool, socket: SocketId) {
        for name in names {
            if !self.apps.contains_key(name) {
                let mut app = App::default();
                if everything {
                    app.subscribe_all();
                }
                self.apps.insert(name.clone(), app);
            }
            let had = self.apps.get(name).and_then(|app| app.socket);
            if had.is_some_and(|before| before != socket) {
                self.send_to(name, "ApplicationReplaced", Object::new());
            }
            if let Some(app) = self.apps.get_mut(name) {
                app.socket = Some(socket);
            }
        }
    }

    /// Removes the applications from a socket that has closed.
    pub(crate) fn unregister_socket(&mut self, socket: SocketId) {
        self.sockets.remove(&socket);
        for app in self.apps.values_mut() {
            if app.socket == Some(socket) {
                app.socket = None;
            }
        }
        self.remove_idle_apps();
    }

    /// Removes applications without a socket that may be removed. This happens when a socket closes
    /// and when a channel leaves its application. An application that has just lost its last
    /// channel therefore stays until the next such occasion.
    pub(super) fn remove_idle_apps(&mut self) {
        let newer = self.behaves_like_22();
        self.apps
            .retain(|_, app| app.socket.is_some() || !app.is_removable(newer));
    }

    /// Returns whether a socket is registered for the application.
    pub(crate) fn is_registered(&self, name: &str) -> bool {
        self.apps.get(name).is_some_and(|app| app.socket.is_some())
    }
}
