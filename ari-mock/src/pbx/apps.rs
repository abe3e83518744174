//! Applications and the delivery of events to them.

use tokio_tungstenite::tungstenite::Message;

use super::PbxState;
use crate::invalid_bytes;
use crate::json::Object;
use crate::model::{App, Event, EventSubjects, Record, SocketId};

impl PbxState {
    /// Sends an event to all applications that are subscribed to one of its objects.
    pub(crate) fn publish(&mut self, about: &EventSubjects<'_>, event: Event) {
        let listening = self.apps.iter().filter(|(_, app)| app.is_registered());
        let names: Vec<String> = listening
            .flat_map(|(name, app)| std::iter::repeat_n(name, app.delivery_count(about)))
            .cloned()
            .collect();
        self.publish_to(&names, event);
    }

    /// Sends an event once to each application that is subscribed to any of its objects.
    pub(crate) fn publish_once(&mut self, about: &[EventSubjects<'_>], event: Event) {
        let is_subscribed = |app: &App| about.iter().any(|about| app.delivery_count(about) > 0);
        let listening = self.apps.iter().filter(|(_, app)| app.is_registered());
        let names = listening.filter(|(_, app)| is_subscribed(app));
        let names: Vec<_> = names.map(|(name, _)| name.clone()).collect();
        self.publish_to(&names, event);
    }

    fn publish_to(&mut self, names: &[String], event: Event) {
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
            self.deliver(name, &event);
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

    fn deliver(&mut self, name: &str, event: &Object) {
        match self.apps.get(name).map(|app| app.socket) {
            Some(Some(socket)) => self.deliver_to_socket(name, socket, event),
            Some(None) => {
                let outbound = self.apps.get(name).and_then(|app| app.outbound);
                if let Some(id) = outbound
                    && let Some(message) = self.encode(name, event)
                    && let Some(outbound) = self.outbound_sockets.get_mut(&id)
                {
                    outbound.queued.push(message);
                }
            }
            None => {}
        }
    }

    fn deliver_to_socket(&self, name: &str, socket: SocketId, event: &Object) {
        if let Some(sender) = self.sockets.get(&socket)
            && let Some(message) = self.encode(name, event)
        {
            // Sending fails only if the socket is just being closed.
            if sender.send(message).is_ok() {
                self.settings.journal.write(Record::Sent {
                    application: name,
                    socket,
                    kind: event.type_name().unwrap_or_default(),
                });
            }
        }
    }

    /// Returns an event as a message, if the application's filter allows it and it can be sent.
    fn encode(&self, name: &str, event: &Object) -> Option<Message> {
        let kind = event.type_name().unwrap_or_default();
        if self.apps.get(name).is_some_and(|app| app.allows(kind)) {
            let mut text = event.clone().with("application", name).to_text();
            if invalid_bytes::contains_markers(&text) {
                // Newer releases repair the value of a variable, but nothing else.
                if !self.behaves_like_22()
                    || kind != "ChannelVarset"
                    || event.has_invalid_bytes_outside("value")
                {
                    return None;
                }
                text = invalid_bytes::replace_markers(&text);
            }
            return Some(Message::text(text));
        }
        None
    }

    /// Assigns applications to a socket and notifies their previous sockets. Their subscriptions do
    /// not change.
    pub(crate) fn register_apps(&mut self, names: &[String], everything: bool, socket: SocketId) {
        for name in names {
            if !self.apps.contains_key(name) {
                let app = App::registered(None, None, everything);
                self.apps.insert(name.clone(), app);
            }
            let had = self.apps.get(name).and_then(|app| app.socket);
            if had.is_some_and(|before| before != socket) {
                self.send_to(name, "ApplicationReplaced", Object::new());
            }
            if let Some(app) = self.apps.get_mut(name) {
                app.socket = Some(socket);
                app.subscribes_all = everything;
                // Its outbound WebSocket stays open, and does not get it back.
                app.outbound = None;
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
        self.on_outbound_lost(socket);
        self.remove_idle_apps();
    }

    /// Removes applications without a socket that may be removed. This happens when a socket closes
    /// and when a channel leaves its application. An application that has just lost its last
    /// channel therefore stays until the next such occasion.
    pub(super) fn remove_idle_apps(&mut self) {
        let newer = self.behaves_like_22();
        self.apps
            .retain(|_, app| app.is_registered() || !app.is_removable(newer));
    }

    /// Returns whether a socket is registered for the application.
    pub(crate) fn is_registered(&self, name: &str) -> bool {
        self.apps.get(name).is_some_and(App::is_registered)
    }
}
