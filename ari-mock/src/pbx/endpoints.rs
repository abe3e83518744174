//! Endpoints, their events, and the messages that they send and receive.

use super::PbxState;
use crate::json::{Json, Object};
use crate::model::{Channel, EndpointBehavior, Event, EventSubjects, OutgoingMessage};

/// Returns the user in `pjsip:user`, `sip:user@host` or `user`.
fn address_user(address: &str) -> &str {
    let name = address.split_once(':').map_or(address, |(_, name)| name);
    name.split('@').next().unwrap_or(name)
}

impl PbxState {
    /// Returns an endpoint in ARI's format.
    pub(crate) fn endpoint_object(&self, endpoint: &str) -> Object {
        let (tech, resource) = endpoint.split_once('/').unwrap_or((endpoint, ""));
        let channels = self.channels.values();
        let own = channels.filter(|channel| channel.device() == Some(endpoint));
        let ids: Json = own.map(|channel| &channel.id).collect();
        Object::new()
            .with("technology", tech)
            .with("resource", resource)
            .with(
                "state",
                match self.is_online(endpoint) {
                    true => "online",
                    false => "offline",
                },
            )
            .with("channel_ids", ids)
    }

    pub(crate) fn is_online(&self, endpoint: &str) -> bool {
        matches!(self.endpoints.get(endpoint), Some(Some(_)))
    }

    fn publish_endpoint_event(&mut self, endpoint: &str, event: Event) {
        let about = EventSubjects {
            endpoint: Some(endpoint),
            ..EventSubjects::default()
        };
        self.publish(&about, event);
    }

    /// Sends the state of an endpoint to the applications that are subscribed to it or to its
    /// technology.
    pub(crate) fn publish_endpoint_state(&mut self, endpoint: &str) {
        let listening = self.apps.iter().filter(|(_, app)| app.socket.is_some());
        let listeners: Vec<String> = listening
            .flat_map(|(name, app)| {
                std::iter::repeat_n(name, app.endpoint_subscription_count(endpoint))
            })
            .cloned()
            .collect();
        for name in listeners {
            let rest = Object::new().with("endpoint", self.endpoint_object(endpoint));
            self.send_to(&name, "EndpointStateChange", rest);
        }
    }

    /// Sends the state of the endpoint of a channel.
    pub(crate) fn publish_endpoint_state_of(&mut self, id: &str) {
        let channel = self.channels.get(id);
        if let Some(endpoint) = channel.and_then(Channel::device).map(str::to_owned) {
            self.publish_endpoint_state(&endpoint);
        }
    }

    /// Registers or unregisters an endpoint. An unknown endpoint is added.
    pub(crate) fn set_endpoint_online(&mut self, endpoint: &str, online: bool) {
        if self.endpoints.contains_key(endpoint) && self.is_online(endpoint) == online {
            return;
        }
        let phone = match self.settings.dialplan.contains(endpoint, "s") {
            true => EndpointBehavior::Fixed,
            false => EndpointBehavior::Dialplan,
        };
        self.endpoints
            .insert(endpoint.to_owned(), online.then_some(phone));
        let resource = endpoint.split_once('/').map_or(endpoint, |(_, name)| name);
        let (peer, contact) = match online {
            true => ("Reachable", "NonQualified"),
            false => ("Unreachable", "Removed"),
        };
        self.publish_endpoint_state(endpoint);
        let rest = Object::new()
            .with("endpoint", self.endpoint_object(endpoint))
            .with("peer", Object::new().with("peer_status", peer));
        self.publish_endpoint_event(endpoint, Event::new("PeerStatusChange", rest));
        self.update_device(endpoint);
        let contact = Object::new()
            .with("uri", format!("sip:{resource}@127.0.0.1:5060"))
            .with("contact_status", contact)
            .with("aor", resource)
            .with("roundtrip_usec", "0");
        let rest = Object::new()
            .with("endpoint", self.endpoint_object(endpoint))
            .with("contact_info", contact);
        self.publish_endpoint_event(endpoint, Event::new("ContactStatusChange", rest));
    }

    /// Sends a message to an endpoint that is online. An endpoint with the behaviour
    /// [`Phone::Dialplan`] is the server itself, which receives a message that it sends in that
    /// endpoint's name.
    pub(crate) fn send_message(&mut self, sent: OutgoingMessage) {
        let back = matches!(
            self.endpoints.get(&sent.endpoint),
            Some(Some(EndpointBehavior::Dialplan))
        ) && sent.refer_to.is_none()
            && sent
                .endpoint
                .split_once('/')
                .is_some_and(|(_, name)| name == address_user(&sent.from));
        if back {
            let (endpoint, body) = (sent.endpoint.clone(), sent.body.clone());
            self.receive_message(&endpoint, "", &body, &sent.variables);
        }
        self.sent_messages.push(sent);
    }

    /// Handles a message from an endpoint.
    pub(crate) fn receive_message(
        &mut self,
        endpoint: &str,
        to: &str,
        body: &str,
        variables: &[(String, String)],
    ) {
        let (_, resource) = endpoint.split_once('/').unwrap_or(("", endpoint));
        let host = "127.0.0.1";
        let to = match to {
            "" => host.to_owned(),
            to => format!("{to}@{host}"),
        };
        let number = self.next_number();
        let head = |name: &str, value: String| (name.to_owned(), value);
        let newer = self.behaves_like_22();
        let mut all = vec![
            head("PJSIP_RECVADDR", format!("{host}:5060")),
            head("PJSIP_TRANSPORT", "udp".to_owned()),
            head(
                "Via",
                format!("SIP/2.0/UDP {host}:5060;rport;branch=z9hG4bK{number}"),
            ),
            head("From", format!("<sip:{resource}@{host}>;tag={number}")),
            head("To", format!("<sip:{to}>")),
        ];
        if !newer {
            all.push(head("Contact", format!("<sip:{resource}@{host}:5060>")));
        }
        all.push(head("Call-ID", format!("message-{number}")));
        all.push(head("CSeq", format!("{number} MESSAGE")));
        all.extend(variables.iter().cloned());
        all.push(head("Max-Forwards", "70".to_owned()));
        all.push(head(
            "User-Agent",
            format!("Asterisk PBX {}", self.settings.version),
        ));
        all.push(head("Content-Type", "text/plain".to_owned()));
        all.push(head("Content-Length", body.len().to_string()));
        let message = Object::new()
            .with("from", format!("<sip:{resource}@{host}>"))
            .with("to", format!("pjsip:{to}"))
            .with("body", body)
            .with("variables", self.message_variables(all));
        let rest = Object::new()
            .with("endpoint", self.endpoint_object(endpoint))
            .with("message", message);
        self.publish_endpoint_event(endpoint, Event::new("TextMessageReceived", rest));
    }

    /// Returns the headers of a message: an object, or a list of keys and values if the specs of
    /// the release say so.
    fn message_variables(&self, variables: Vec<(String, String)>) -> Json {
        if self.schema.is_nested("TextMessage", "variables") {
            let pairs = variables.into_iter();
            return pairs
                .map(|(key, value)| Object::new().with("key", key).with("value", value))
                .collect();
        }
        let object = variables.into_iter();
        let object = object.fold(Object::new(), |object, (key, value)| {
            object.with(key, value)
        });
        object.into()
    }
}
