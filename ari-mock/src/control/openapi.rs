//! The OpenAPI document of the control API, from the tables that requests are checked with.

use super::values::MAX_SECONDS;
use super::{ACTIONS, Action, Field, FieldKind, PATH, QUERIES, Query};
use crate::json::{Json, Object};

/// Returns the description of the control API as an OpenAPI 3.1 document in JSON.
pub fn openapi() -> String {
    let port = Object::new()
        .with("default", "8088")
        .with("description", "The port of `--port` or `--listen`.");
    let prefix = Object::new()
        .with("default", "")
        .with("description", "`http_prefix` of the setup, with its slash.");
    let server = Object::new()
        .with("url", "http://127.0.0.1:{port}{prefix}")
        .with(
            "variables",
            Object::new().with("port", port).with("prefix", prefix),
        );
    document(server)
}

/// Returns the document for a server at a URL.
pub(crate) fn served_openapi(url: &str) -> String {
    document(Object::new().with("url", url))
}

fn document(server: Object) -> String {
    let queries = QUERIES
        .iter()
        .map(|query| (query.name, describe_query(query)));
    let actions = ACTIONS
        .iter()
        .map(|action| (action.name, describe_action(action)));
    let paths = queries.chain(actions);
    let mut paths = paths.fold(Object::new(), |paths, (name, item)| {
        paths.with(format!("{PATH}/{name}"), item)
    });
    let this = operation("openapi", "Returns this document.").with(
        "responses",
        Object::new()
            .with("200", response("The document.", Some(of_type("object"))))
            .extended(errors(&["401", "403"])),
    );
    paths = paths.with(
        format!("{PATH}/openapi.json"),
        Object::new().with("get", this),
    );
    let info = Object::new()
        .with("title", "Control API of ari-mock")
        .with("version", env!("CARGO_PKG_VERSION"))
        .with(
            "description",
            "Controls a fake Asterisk from tests in any language: calls and their far ends, the \
             clock, faults, and inspection.",
        )
        .with(
            "license",
            Object::new()
                .with("name", "MIT or Apache-2.0")
                .with("identifier", "MIT OR Apache-2.0"),
        );
    let basic = Object::new()
        .with("type", "http")
        .with("scheme", "basic")
        .with(
            "description",
            "A user of ARI. A read-only one may only inspect.",
        );
    let error = Object::new()
        .with("type", "object")
        .with(
            "properties",
            Object::new()
                .with(
                    "message",
                    of_type("string").with("description", "The problem, and what to do."),
                )
                .with(
                    "field",
                    of_type("string").with("description", "The field with the problem."),
                ),
        )
        .with("required", list(["message"]));
    let components = Object::new()
        .with("securitySchemes", Object::new().with("basic", basic))
        .with("schemas", Object::new().with("Error", error));
    let security: Json = [Object::new().with("basic", Json::List(Vec::new()))]
        .into_iter()
        .collect();
    let document = Object::new()
        .with("openapi", "3.1.0")
        .with("info", info)
        .with("servers", [server].into_iter().collect::<Json>())
        .with("security", security)
        .with("paths", paths)
        .with("components", components);
    // No object fails to serialise.
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

fn list<const N: usize>(items: [&str; N]) -> Json {
    items.into_iter().collect()
}

fn of_type(name: &str) -> Object {
    Object::new().with("type", name)
}

/// Returns the beginning of an operation. The first sentence is its summary.
fn operation(name: &str, description: &str) -> Object {
    let summary = description
        .split_once(". ")
        .map_or(description, |(first, _)| first);
    Object::new()
        .with("operationId", name)
        .with("summary", summary.trim_end_matches('.'))
        .with("description", description)
}

fn describe_action(action: &Action) -> Object {
    let content = Object::new().with("schema", object(action.fields, true));
    let body = Object::new()
        .with("required", action.fields.iter().any(|field| field.required))
        .with("content", Object::new().with("application/json", content));
    let (status, good) = match action.result {
        [] => ("204", response("Done.", None)),
        fields => ("200", response("Done.", Some(object(fields, false)))),
    };
    let failures = errors(&["400", "401", "403", "404", "409", "415"]);
    let post = operation(action.name, action.description)
        .with("requestBody", body)
        .with(
            "responses",
            Object::new().with(status, good).extended(failures),
        );
    Object::new().with("post", post)
}

fn describe_query(query: &Query) -> Object {
    let item = object(query.fields, false);
    let schema = match query.is_list {
        true => of_type("array").with("items", item),
        false => item,
    };
    let good = response("The result.", Some(schema));
    let failures: &[_] = match query.can_wait() {
        true => &["400", "401", "403", "504"],
        false => &["400", "401", "403"],
    };
    let parameters: Json = query.parameters.iter().map(parameter).collect();
    let get = operation(query.name, query.description)
        .with_some(
            "parameters",
            (!query.parameters.is_empty()).then_some(parameters),
        )
        .with(
            "responses",
            Object::new().with("200", good).extended(errors(failures)),
        );
    Object::new().with("get", get)
}

/// Returns a parameter of the query string.
fn parameter(field: &Field) -> Object {
    Object::new()
        .with("name", field.name)
        .with("in", "query")
        .with("description", field.description)
        .with("required", field.required)
        .with("schema", schema(field.kind))
}

fn response(description: &str, schema: Option<Object>) -> Object {
    let json =
        |schema| Object::new().with("application/json", Object::new().with("schema", schema));
    Object::new()
        .with("description", description)
        .with_some("content", schema.map(json))
}

fn errors(statuses: &[&str]) -> Object {
    statuses.iter().fold(Object::new(), |all, status| {
        let description = match *status {
            "400" => "A field is invalid, missing or unknown.",
            "401" => "The user or the password is wrong.",
            "403" => {
                "The user is read-only and the request would change something, or the request is that \
                 of a web page, or its URL has a foreign host name."
            }
            "404" => "The channel, the application, the endpoint or the extension does not exist.",
            "409" => "The state of the channel does not allow it.",
            "504" => "The requests have not arrived in time.",
            _ => "The body is not JSON.",
        };
        let reference = Object::new().with("$ref", "#/components/schemas/Error");
        all.with(*status, response(description, Some(reference)))
    })
}

/// Returns the schema of an object. That of a request has no other fields.
fn object(fields: &[Field], is_closed: bool) -> Object {
    let properties = fields.iter().fold(Object::new(), |all, field| {
        let schema = schema(field.kind);
        all.with(field.name, schema.with("description", field.description))
    });
    let required = fields.iter().filter(|field| field.required);
    let required: Vec<Json> = required.map(|field| field.name.into()).collect();
    of_type("object")
        .with("properties", properties)
        .with_some(
            "required",
            (!required.is_empty()).then_some(Json::List(required)),
        )
        .with_some("additionalProperties", is_closed.then_some(false))
}

fn seconds() -> Object {
    of_type("number").with("minimum", 0)
}

fn schema(kind: FieldKind) -> Object {
    match kind {
        FieldKind::Text => of_type("string").with("minLength", 1),
        FieldKind::Keys => of_type("string").with("pattern", "^[0-9A-Da-d*#]+$"),
        FieldKind::Texts => of_type("array").with("items", of_type("string")),
        FieldKind::Integer(min, max) => {
            of_type("integer").with("minimum", min).with("maximum", max)
        }
        FieldKind::Seconds => seconds().with("maximum", i64::from(MAX_SECONDS)),
        FieldKind::SecondsUpTo(max) => seconds().with("maximum", i64::from(max)),
        FieldKind::Time => seconds(),
        FieldKind::Boolean => of_type("boolean"),
        FieldKind::Object => of_type("object"),
        FieldKind::Objects => of_type("array").with("items", of_type("object")),
        FieldKind::Any => Object::new(),
    }
}
