//! Responses: status codes with their reasons and contents.

use serde_json::{Value, json};

use super::extensions::{self, Fields, add};
use super::schema::Schemas;
use crate::api::{Method, Operation, Resource, ResponseType};

/// Status codes of success other than 200 with a body and 204 without, as servers send them.
const SUCCESS: &[(&str, &[&str], &[u16])] = &[
    ("asterisk", &["reloadModule"], &[202, 204]),
    ("bridges", &["play", "playWithId", "record"], &[201]),
    ("channels", &["play", "playWithId", "record"], &[201]),
    (
        "endpoints",
        &[
            "sendMessage",
            "sendMessageToEndpoint",
            "refer",
            "referToEndpoint",
        ],
        &[202],
    ),
];

/// Failures of all operations: status, name and reason.
const FAILURES: &[(u16, &str, &str)] = &[
    (
        401,
        "Unauthorized",
        "User or password are wrong or missing.",
    ),
    (
        403,
        "Forbidden",
        "The user is read-only, or its access list excludes the client's address.",
    ),
    (
        500,
        "ServerError",
        "Asterisk could not create an object, or failed in another way.",
    ),
    (
        503,
        "Starting",
        "Asterisk is still starting. Repeat the request.",
    ),
];

/// Failures of requests for a WebSocket, whose bodies are HTML: status and reason.
const UPGRADE_FAILURES: &[(u16, &str)] = &[
    (400, "A required parameter is missing."),
    (426, "The request does not ask for a WebSocket."),
];

/// The name of any other failure.
const OTHER: (&str, &str) = (
    "Failure",
    "Any other failure, such as 404 for an operation that the release or its modules lack, 405 for \
     a method that the path does not have, and 413 for a body that is too large.",
);

impl Schemas<'_> {
    /// Returns the responses that operations share, by name.
    pub(super) fn shared_responses(&self) -> Fields {
        let failures = FAILURES.iter().map(|(_, name, reason)| (*name, *reason));
        let failures = failures.chain([OTHER]);
        let responses = failures.map(|(name, reason)| (name.to_owned(), self.failure(reason)));
        responses.collect()
    }

    /// Returns the key and the schema of the body of failures.
    pub(super) fn failure_schema(&self) -> (String, Value) {
        let schema = json!({
            "type": "object",
            "description": "The reason of a failure.",
            "properties": {
                "message": {
                    "type": "string",
                    "description": "The reason, as most failures have it."
                },
                "error": {
                    "type": "string",
                    "description": "The reason of some failures with status 500, such as \
                        `Allocation failed`."
                }
            }
        });
        (self.failure.clone(), schema)
    }

    /// Returns the responses of an operation, by status.
    pub(super) fn responses(&self, resource: &Resource, op: &Operation) -> Fields {
        let mut responses = self.success(resource, op);
        let mut failures: Vec<(u16, Value)> = Vec::new();
        if op.websocket_protocol.is_some() {
            let refusals = UPGRADE_FAILURES.iter().map(|(code, reason)| {
                let page = json!({"description": reason, "content": {"text/html": {}}});
                (*code, page)
            });
            let declared = |code| op.errors.iter().any(|error| error.code == code);
            failures.extend(refusals.filter(|(code, _)| !declared(*code)));
        }
        for error in &op.errors {
            let reason = error.text.as_deref().unwrap_or("The request is refused.");
            failures.push((error.code, self.failure(reason)));
        }
        for (code, name, _) in FAILURES {
            // Read-only users may read.
            let applies = *code != 403 || op.method != Method::Get;
            if applies && failures.iter().all(|(known, _)| known != code) {
                let shared = json!({"$ref": format!("#/components/responses/{name}")});
                failures.push((*code, shared));
            }
        }
        failures.sort_by_key(|(code, _)| *code);
        let failures = failures.into_iter();
        responses.extend(failures.map(|(code, failure)| (code.to_string(), failure)));
        let other = json!({"$ref": format!("#/components/responses/{}", OTHER.0)});
        responses.insert("default".into(), other);
        responses
    }

    fn success(&self, resource: &Resource, op: &Operation) -> Fields {
        if let Some(upgrade) = &op.websocket_protocol {
            let mut response = Fields::new();
            let text = "The connection is a WebSocket now.";
            response.insert("description".into(), text.into());
            if let Some(subprotocol) = &upgrade.subprotocol {
                let header = json!({"Sec-WebSocket-Protocol": {
                    "description": "The subprotocol, if the request offers it.",
                    "schema": {"type": "string", "const": subprotocol}
                }});
                response.insert("headers".into(), header);
            }
            return [("101".to_owned(), response.into())].into_iter().collect();
        }
        let content = self.content(resource, op);
        let known = SUCCESS.iter().find(|(name, nicknames, _)| {
            *name == resource.name && nicknames.contains(&op.nickname.as_str())
        });
        let codes: &[u16] = match (known, &content) {
            (Some((_, _, codes)), _) => codes,
            (None, Some(_)) => &[200],
            (None, None) => &[204],
        };
        let responses = codes.iter().map(|code| {
            let text = match code {
                201 => "Accepted: the object exists, and its events report what becomes of it.",
                202 => {
                    "Accepted: Asterisk has taken the request, which does not prove its success."
                }
                204 => "Success, without a body.",
                _ => "Success.",
            };
            let mut response = Fields::new();
            response.insert("description".into(), text.into());
            add(&mut response, "content", content.clone());
            (code.to_string(), response.into())
        });
        responses.collect()
    }

    /// Returns the content of a successful response, by media type.
    fn content(&self, resource: &Resource, op: &Operation) -> Option<Value> {
        let schema = match &op.response {
            ResponseType::Empty => return None,
            ResponseType::Binary => {
                let kind = match resource.name.as_str() {
                    "recordings" => "audio/*",
                    _ => "*/*",
                };
                let bytes = json!({"type": "string", "format": "binary"});
                return Some(json!({kind: {"schema": bytes}}));
            }
            ResponseType::Json(kind) => self.of_type(kind),
        };
        let schema = match &op.nested_response {
            None => schema,
            Some(nested) => {
                let mut outer = Fields::new();
                outer.insert(
                    "allOf".into(),
                    json!([{"$ref": self.reference(&nested.model)}]),
                );
                extensions::add_availability(&mut outer, &nested.availability, &op.availability);
                json!({"anyOf": [schema, outer]})
            }
        };
        Some(json!({"application/json": {"schema": schema}}))
    }

    fn failure(&self, reason: &str) -> Value {
        let schema = json!({"$ref": format!("#/components/schemas/{}", self.failure)});
        json!({
            "description": reason,
            "content": {"application/json": {"schema": schema}}
        })
    }
}
