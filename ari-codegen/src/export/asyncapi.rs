//! AsyncAPI 3.0: the WebSocket of events, and requests over it. The described application is
//! Asterisk, which sends events.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::extensions::{self, Fields, add};
use super::format::Format;
use super::schema::{Schemas, claim};
use super::text;
use crate::api::{Api, Location, Model, Operation};

const ABOUT: &str = "Events of an Asterisk server for applications, by a WebSocket.";

/// Follows [`ABOUT`] if a release has requests over the WebSocket.
const ABOUT_REQUESTS: &str = " Since Asterisk 20.14, 21.9 and 22.4 requests and their responses \
    can use the same WebSocket.";

const ABOUT_DOCUMENT: &str = "\
Messages of other types, and further properties, may arrive from newer releases.

Facts for which AsyncAPI has no place are in fields that begin with `x-ari-`.";

/// The model of a request over the WebSocket, and that of its response.
const REQUEST: &str = "RESTRequest";
const RESPONSE: &str = "RESTResponse";

/// Returns the document.
pub(super) fn document(api: &Api) -> Value {
    let schemas = Schemas::new(api, Format::AsyncApi);
    let root = api.event_root();
    let events = root.map(|root| api.leaves(root)).unwrap_or_default();
    let mut messages = Messages::default();
    let events: Vec<String> = events
        .iter()
        .map(|model| {
            messages.add(
                &schemas,
                model,
                json!({"$ref": schemas.reference(&model.name)}),
            )
        })
        .collect();
    let request = api.model(REQUEST).map(|model| {
        let kind = json!({"properties": {"type": {"type": "string", "const": REQUEST}}});
        let payload = json!({"allOf": [{"$ref": schemas.reference(REQUEST)}, kind]});
        messages.add(&schemas, model, payload)
    });
    let correlation = json!({
        "request": {
            "description": "The id that the client has chosen for a request.",
            "location": "$message.payload#/request_id"
        }
    });
    let correlation = request.as_ref().map(|_| correlation);
    let mut document = json!({
        "asyncapi": "3.0.0",
        "info": {
            "title": text::TITLE,
            "version": text::version(api),
            "description": about(request.is_some()),
            "license": {"name": "MIT OR Apache-2.0"}
        },
        "defaultContentType": "application/json",
        "servers": {
            "plain": server("ws", "8088"),
            "tls": server("wss", "8089")
        },
        "channels": {},
        "operations": {},
        "components": {
            "schemas": schemas.models(),
            "messages": messages.fields,
            "correlationIds": correlation.unwrap_or_else(|| json!({})),
            "securitySchemes": {
                "basic": {
                    "type": "http",
                    "scheme": "basic",
                    "description": text::BASIC_LOGIN
                },
                "api_key": {
                    "type": "httpApiKey",
                    "in": "query",
                    "name": "api_key",
                    "description": text::API_KEY
                }
            }
        }
    });
    let opening = api.operations().find(|(_, op)| api.opens_event_stream(op));
    let Some((_, opening)) = opening else {
        return document;
    };
    let all = events.iter().chain(&request);
    let all: Fields = all
        .map(|key| (key.clone(), message("#/components/messages", key)))
        .collect();
    document["channels"]["events"] = channel(&schemas, opening, all);
    let on_channel = |key: &String| message("#/channels/events/messages", key);
    document["operations"]["sendEvents"] = json!({
        "action": "send",
        "channel": {"$ref": "#/channels/events"},
        "summary": "Asterisk sends what happens to the objects of its applications",
        "messages": events.iter().map(on_channel).collect::<Value>()
    });
    let response = api.model(RESPONSE).map(|model| schemas.key(model));
    if let (Some(request), Some(response)) = (request, response) {
        document["operations"]["receiveRequests"] = json!({
            "action": "receive",
            "channel": {"$ref": "#/channels/events"},
            "summary": "Asterisk receives requests and responds in their order",
            "messages": [on_channel(&request)],
            "reply": {
                "channel": {"$ref": "#/channels/events"},
                "messages": [on_channel(&response)]
            }
        });
    }
    document
}

/// Returns the description of the document.
fn about(has_requests: bool) -> String {
    let (also, receives) = match has_requests {
        true => (ABOUT_REQUESTS, ", and receives requests"),
        false => ("", ""),
    };
    format!(
        "{ABOUT}{also}\n\nThe operations are those of Asterisk: it sends events{receives}. \
         {ABOUT_DOCUMENT}"
    )
}

/// The messages by their keys.
#[derive(Default)]
struct Messages {
    fields: Fields,
    taken: BTreeSet<String>,
}

impl Messages {
    /// Adds a message and returns its key.
    fn add(&mut self, schemas: &Schemas<'_>, model: &Model, payload: Value) -> String {
        let key = claim(&mut self.taken, &schemas.key(model));
        let mut message = Fields::new();
        message.insert("name".into(), model.name.clone().into());
        add(
            &mut message,
            "summary",
            model.text.as_deref().map(text::summary),
        );
        if [REQUEST, RESPONSE].contains(&model.name.as_str()) {
            let correlation = json!({"$ref": "#/components/correlationIds/request"});
            message.insert("correlationId".into(), correlation);
        }
        message.insert("payload".into(), payload);
        let everywhere = schemas.api.full_availability();
        extensions::add_availability(&mut message, &model.availability, &everywhere);
        self.fields.insert(key.clone(), message.into());
        key
    }
}

fn message(place: &str, key: &str) -> Value {
    json!({"$ref": format!("{place}/{key}")})
}

fn server(protocol: &str, port: &str) -> Value {
    json!({
        "host": format!("{{host}}:{port}"),
        "pathname": "/ari",
        "protocol": protocol,
        "description": "The address in `http.conf`, with its `prefix` in front of `/ari`.",
        "variables": {"host": {"default": "localhost"}},
        "security": [
            {"$ref": "#/components/securitySchemes/basic"},
            {"$ref": "#/components/securitySchemes/api_key"}
        ]
    })
}

fn channel(schemas: &Schemas<'_>, opening: &Operation, messages: Fields) -> Value {
    let inside = opening.parameters.iter();
    let inside = inside.filter(|parameter| parameter.location == Location::Query);
    let mut properties = Fields::new();
    let mut required = Vec::new();
    for parameter in inside {
        let mut schema = schemas.schema(parameter, &opening.availability);
        // The values of a list have commas between them.
        if parameter.kind.is_list() {
            schema = [("type".to_owned(), "string".into())].into_iter().collect();
        }
        let texts = [parameter.text.as_deref(), parameter.wire_text.as_deref()];
        add(&mut schema, "description", text::paragraphs(texts));
        extensions::add_availability(&mut schema, &parameter.availability, &opening.availability);
        if parameter.required {
            required.push(parameter.name.clone());
        }
        properties.insert(parameter.name.clone(), schema.into());
    }
    properties.insert(
        "api_key".into(),
        json!({
            "type": "string",
            "description": "The user, a colon, and the password, in place of the header \
                `Authorization`."
        }),
    );
    let mut query = Fields::new();
    query.insert("type".into(), "object".into());
    query.insert("properties".into(), properties.into());
    if !required.is_empty() {
        query.insert("required".into(), required.into());
    }
    let mut binding = Fields::new();
    binding.insert("method".into(), opening.method.as_str().into());
    binding.insert("query".into(), query.into());
    let subprotocol = opening.websocket_protocol.as_ref();
    if let Some(subprotocol) = subprotocol.and_then(|upgrade| upgrade.subprotocol.as_ref()) {
        let header = json!({
            "type": "object",
            "properties": {"Sec-WebSocket-Protocol": {"type": "string", "const": subprotocol}}
        });
        binding.insert("headers".into(), header);
    }
    binding.insert("bindingVersion".into(), "0.1.0".into());
    let mut channel = Fields::new();
    channel.insert("address".into(), opening.path.to_string().into());
    add(
        &mut channel,
        "summary",
        opening.text.as_deref().map(text::summary),
    );
    add(&mut channel, "description", text::operation(opening));
    channel.insert("messages".into(), messages.into());
    channel.insert("bindings".into(), json!({"ws": binding}));
    channel.into()
}
