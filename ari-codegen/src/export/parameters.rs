//! Parameters in the path and the query, and bodies in the form in which the server reads them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::extensions::{self, Fields, add};
use super::schema::{Schemas, annotate, limit, scalar};
use super::text;
use crate::api::{Availability, Location, MapValue, Operation, Parameter, ParameterType, Scalar};

/// The parameter that shows that variables can be reported in events.
const REPORTED: &str = "report_events";

impl Schemas<'_> {
    /// Returns the parameters in the path and the query.
    pub(super) fn parameters(&self, op: &Operation) -> Vec<Value> {
        let outside = op.parameters.iter();
        let outside = outside.filter(|parameter| !is_in_body(op, parameter));
        let parameters = outside.map(|parameter| self.parameter(op, parameter).into());
        parameters.collect()
    }

    fn parameter(&self, op: &Operation, parameter: &Parameter) -> Fields {
        let in_path = parameter.location == Location::Path;
        let mut fields = Fields::new();
        fields.insert("name".into(), parameter.name.clone().into());
        fields.insert("in".into(), if in_path { "path" } else { "query" }.into());
        add(&mut fields, "description", description(parameter));
        fields.insert("required".into(), is_required(parameter).into());
        if parameter.kind.is_list() && matches!(parameter.kind, ParameterType::List(_)) {
            // The last of several parameters of the same name wins.
            fields.insert("style".into(), "form".into());
            fields.insert("explode".into(), false.into());
        }
        let mut schema = self.schema(parameter, &op.availability);
        if in_path {
            schema.insert("minLength".into(), 1.into());
            let all = self.api.operations().map(|(_, op)| &op.path);
            let reserved: BTreeSet<&str> = op.path.reserved(&parameter.name, all);
            if !reserved.is_empty() {
                schema.insert("not".into(), json!({"enum": reserved}));
            }
        }
        fields.insert("schema".into(), schema.into());
        fields.extend(self.notes(parameter, &op.availability));
        fields
    }

    /// Returns the body, if the operation has one.
    pub(super) fn request_body(&self, op: &Operation) -> Option<Value> {
        let inside: Vec<&Parameter> = op
            .parameters
            .iter()
            .filter(|parameter| is_in_body(op, parameter))
            .collect();
        let first = *inside.first()?;
        let mut body = Fields::new();
        let schema: Fields = match is_whole(op, first) {
            true => {
                add(&mut body, "description", description(first));
                body.insert("x-ari-parameter".into(), first.name.clone().into());
                body.extend(self.notes(first, &op.availability));
                self.schema(first, &op.availability)
            }
            false => {
                let properties: Fields = inside
                    .iter()
                    .map(|parameter| {
                        let schema = self.schema(parameter, &op.availability);
                        let mut notes = Fields::new();
                        add(&mut notes, "description", description(parameter));
                        notes.extend(self.notes(parameter, &op.availability));
                        let schema = annotate(schema.into(), notes);
                        (parameter.name.clone(), schema.into())
                    })
                    .collect();
                let required = inside.iter().filter(|parameter| is_required(parameter));
                let required: Vec<_> = required.map(|it| it.name.clone()).collect();
                let mut schema = Fields::new();
                schema.insert("type".into(), "object".into());
                schema.insert("properties".into(), properties.into());
                if !required.is_empty() {
                    schema.insert("required".into(), required.into());
                }
                schema
            }
        };
        let required = inside.iter().any(|parameter| is_required(parameter));
        body.insert("required".into(), required.into());
        body.insert(
            "content".into(),
            json!({"application/json": {"schema": schema}}),
        );
        Some(body.into())
    }

    /// Returns the schema of a parameter's value.
    pub(super) fn schema(&self, parameter: &Parameter, covered: &Availability) -> Fields {
        let schema = match &parameter.kind {
            ParameterType::Scalar(kind) => scalar(*kind),
            ParameterType::List(kind) => json!({"type": "array", "items": scalar(*kind)}),
            ParameterType::Joined(_) | ParameterType::Split(_) => scalar(Scalar::Text),
            ParameterType::Map(MapValue::Variable) => json!({
                "type": "object",
                "additionalProperties": self.variable(covered),
            }),
            ParameterType::Map(MapValue::Text) => json!({
                "type": "object",
                "additionalProperties": {"type": "string"},
            }),
            ParameterType::Map(MapValue::Json) => json!({
                "type": "object",
                "additionalProperties": true,
            }),
            ParameterType::Fields => json!({"type": "array", "items": {
                "type": "object",
                "properties": {"attribute": {"type": "string"}, "value": {"type": "string"}},
                "required": ["attribute", "value"],
            }}),
            ParameterType::EventFilter => {
                let types = json!({"type": "array", "items": {
                    "type": "object",
                    "properties": {"type": {"type": "string"}},
                    "required": ["type"],
                }});
                json!({"type": "object", "properties": {"allowed": types, "disallowed": types}})
            }
            ParameterType::Json => json!({}),
            ParameterType::Model(name) => json!({"$ref": self.reference(name)}),
        };
        let schema = limit(schema, parameter.allowed.as_ref());
        let mut notes = Fields::new();
        add(&mut notes, "default", default(parameter));
        annotate(schema, notes)
    }

    /// Returns the schema of a variable's value: a string, and an object with it if changes of
    /// variables can be reported.
    fn variable(&self, covered: &Availability) -> Value {
        let text = json!({"type": "string"});
        let mut all = self.api.operations().flat_map(|(_, op)| &op.parameters);
        let Some(reported) = all.find(|parameter| parameter.name == REPORTED) else {
            return text;
        };
        let mut object = Fields::new();
        object.insert("type".into(), "object".into());
        object.insert(
            "properties".into(),
            json!({"value": {"type": "string"}, REPORTED: {"type": "boolean"}}),
        );
        object.insert("required".into(), json!(["value"]));
        extensions::add_availability(&mut object, &reported.availability, covered);
        json!({"anyOf": [text, object]})
    }

    /// Returns the facts that have no place in a schema.
    fn notes(&self, parameter: &Parameter, covered: &Availability) -> Fields {
        let mut notes = Fields::new();
        let list = match parameter.kind {
            ParameterType::Joined(_) => Some("escaped"),
            ParameterType::Split(_) => Some("plain"),
            _ => None,
        };
        add(&mut notes, "x-ari-list", list);
        let duration = parameter.duration.map(extensions::duration);
        add(&mut notes, "x-ari-duration", duration);
        extensions::add_availability(&mut notes, &parameter.availability, covered);
        if !is_required(parameter) {
            extensions::add_required_in(
                &mut notes,
                &parameter.required_in,
                &parameter.availability,
                covered,
            );
        }
        let allowed = parameter.allowed.as_ref();
        extensions::add_values(&mut notes, allowed, &parameter.availability);
        notes
    }
}

/// Returns `true` if the server reads the query's parameters in an object in the body, too.
pub(super) fn reads_body(op: &Operation) -> bool {
    let mut parameters = op.parameters.iter();
    let in_query = op
        .parameters
        .iter()
        .any(|parameter| parameter.location == Location::Query);
    let whole = parameters.any(|it| it.location == Location::Body && is_whole(op, it));
    in_query && !whole && op.websocket_protocol.is_none()
}

/// Returns `true` if a parameter is described as a part of the body. One that has the name `body`
/// beside a body is: generators call the body itself so, and the server reads it there, too.
fn is_in_body(op: &Operation, parameter: &Parameter) -> bool {
    let in_body = |it: &Parameter| it.location == Location::Body;
    in_body(parameter)
        || (parameter.name == "body"
            && parameter.location == Location::Query
            && op.parameters.iter().any(in_body)
            && reads_body(op))
}

/// Returns `true` if the value is the body itself instead of a property of it.
fn is_whole(op: &Operation, parameter: &Parameter) -> bool {
    let kind = &parameter.kind;
    use ParameterType::{EventFilter, Json, Model};
    // The server misreads the documented form of such a parameter as the value itself.
    let rewrite = op.rewrite.as_ref();
    matches!(kind, EventFilter | Json | Model(_))
        || rewrite.is_some_and(|rewrite| rewrite.if_present == parameter.name)
}

/// Returns `true` if the server demands it.
fn is_required(parameter: &Parameter) -> bool {
    parameter.required || parameter.sends_default
}

fn description(parameter: &Parameter) -> Option<String> {
    text::paragraphs([parameter.text.as_deref(), parameter.wire_text.as_deref()])
}

/// Returns the default in the form of the parameter's type.
fn default(parameter: &Parameter) -> Option<Value> {
    let kind = match parameter.kind {
        ParameterType::Scalar(kind) => kind,
        _ => return None,
    };
    let default = parameter.default.as_ref()?;
    let text = match default {
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    if text.is_empty() {
        return None;
    }
    match kind {
        Scalar::Text => Some(text.into()),
        Scalar::Boolean => text.parse::<bool>().ok().map(Value::from),
        Scalar::Int | Scalar::Long => {
            let text = text.strip_suffix(".0").unwrap_or(&text);
            text.parse::<i64>().ok().map(Value::from)
        }
        Scalar::Double => text.parse::<f64>().ok().map(Value::from),
    }
}
