//! OpenAPI 3.1.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::extensions::{self, Fields, add};
use super::format::Format;
use super::parameters::reads_body;
use super::schema::{Schemas, claim};
use super::text;
use crate::api::{Api, Operation, Resource};

const ABOUT: &str = "\
Control of calls, bridges, recordings and other objects of an Asterisk server by HTTP, and events \
by a WebSocket.

Facts for which OpenAPI has no place are in fields that begin with `x-ari-`. Enumerations are \
open: a server may send and accept further values. Objects may have further properties.

A list is one parameter with commas between its values. An operation with `x-ari-parameters-in-body` \
also reads its query parameters from a JSON object in the body, for values that contain commas, \
quotes, backslashes or parentheses. In JSON a value of the wrong type is no error: Asterisk takes \
it for 0 or for nothing.";

/// Returns the document.
pub(super) fn document(api: &Api) -> Value {
    let schemas = Schemas::new(api, Format::OpenApi);
    let ids = operation_ids(api);
    let mut paths = Fields::new();
    for (resource, op) in api.operations() {
        let path = paths
            .entry(op.path.to_string())
            .or_insert_with(|| Fields::new().into());
        let operation = operation(&schemas, &ids, resource, op);
        if let Value::Object(path) = path {
            path.insert(op.method.as_str().to_lowercase(), operation);
        }
    }
    let mut models = schemas.models();
    models.extend([schemas.failure_schema()]);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": text::TITLE,
            "version": text::version(api),
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"}
        },
        "servers": [server("http", "8088"), server("https", "8089")],
        "security": [{"basic": []}, {"api_key": []}],
        "tags": tags(api),
        "paths": paths,
        "components": {
            "schemas": models,
            "responses": schemas.shared_responses(),
            "securitySchemes": {
                "basic": {
                    "type": "http",
                    "scheme": "basic",
                    "description": text::BASIC_LOGIN
                },
                "api_key": {
                    "type": "apiKey",
                    "in": "query",
                    "name": "api_key",
                    "description": text::API_KEY
                }
            }
        }
    })
}

fn server(scheme: &str, port: &str) -> Value {
    json!({
        "url": format!("{scheme}://{{host}}:{{port}}/ari"),
        "description": "The address in `http.conf`, with its `prefix` in front of `/ari`.",
        "variables": {"host": {"default": "localhost"}, "port": {"default": port}}
    })
}

fn tags(api: &Api) -> Vec<Value> {
    let everywhere = api.full_availability();
    let with_operations = api.resources.iter();
    let with_operations = with_operations.filter(|resource| !resource.operations.is_empty());
    let tags = with_operations.map(|resource| {
        let mut tag = Fields::new();
        tag.insert("name".into(), resource.name.clone().into());
        add(&mut tag, "description", resource.text.clone());
        if !resource.requires_modules.is_empty() {
            let modules = resource.requires_modules.clone();
            tag.insert("x-ari-modules".into(), modules.into());
        }
        extensions::add_availability(&mut tag, &resource.availability, &everywhere);
        tag.into()
    });
    tags.collect()
}

/// Returns the ids of operations, by resource and nickname.
fn operation_ids(api: &Api) -> BTreeMap<(&str, &str), String> {
    let mut taken = BTreeSet::new();
    let ids = api.operations().map(|(resource, op)| {
        let id = claim(&mut taken, &format!("{}_{}", resource.name, op.nickname));
        ((resource.name.as_str(), op.nickname.as_str()), id)
    });
    ids.collect()
}

fn operation(
    schemas: &Schemas<'_>,
    ids: &BTreeMap<(&str, &str), String>,
    resource: &Resource,
    op: &Operation,
) -> Value {
    let id = |nickname: &str| ids.get(&(resource.name.as_str(), nickname)).cloned();
    let mut fields = Fields::new();
    fields.insert("tags".into(), json!([resource.name]));
    add(&mut fields, "operationId", id(&op.nickname));
    add(
        &mut fields,
        "summary",
        op.text.as_deref().map(text::summary),
    );
    add(&mut fields, "description", text::operation(op));
    let parameters = schemas.parameters(op);
    if !parameters.is_empty() {
        fields.insert("parameters".into(), parameters.into());
    }
    add(&mut fields, "requestBody", schemas.request_body(op));
    let responses = schemas.responses(resource, op);
    fields.insert("responses".into(), responses.into());
    let everywhere = schemas.api.full_availability();
    extensions::add_availability(&mut fields, &op.availability, &everywhere);
    add(&mut fields, "x-ari-queued", op.blocks_channel_queue.clone());
    add(&mut fields, "x-ari-crashes", text::crashes(op));
    if reads_body(op) {
        fields.insert("x-ari-parameters-in-body".into(), true.into());
    }
    if let Some(rewrite) = &op.rewrite {
        let rewrite = json!({
            "parameter": rewrite.if_present,
            "operationId": id(&rewrite.target),
            "id": rewrite.id_param
        });
        fields.insert("x-ari-use-instead".into(), rewrite);
    }
    if let Some(upgrade) = &op.websocket_protocol {
        let mut socket = Fields::new();
        socket.insert("protocol".into(), upgrade.protocol.clone().into());
        add(&mut socket, "subprotocol", upgrade.subprotocol.clone());
        if let crate::api::ResponseType::Json(kind) = &op.response {
            socket.insert("messages".into(), schemas.of_type(kind));
        }
        fields.insert("x-ari-websocket".into(), socket.into());
    }
    fields.into()
}
