//! Detection of parameters that a real server silently ignores or misreads.

use ari_api::schema::{Location, Operation, ParameterType, Scalar, Version};
use serde_json::Value;

use super::Params;
use crate::violation::ViolationKind;

impl Params {
    /// Records the parameters that the operation does not know or would misread.
    pub(super) fn lint(&mut self, operation: &'static Operation, version: Version) {
        let mut violations = Vec::new();
        let mut record = |kind, what: String| violations.push((kind, what));
        let bare = |kind| {
            matches!(
                kind,
                ParameterType::EventFilter | ParameterType::Json | ParameterType::Model(_)
            )
        };
        let takes_bare = operation.parameters.iter().any(|one| bare(one.kind))
            || takes_bare_variables(operation, version);
        let in_body = self.json.as_ref().and_then(Value::as_object);
        let names = self.values.keys().map(String::as_str);
        let mut ignored = Vec::new();
        let keys = in_body.into_iter().flatten().map(|(key, _)| key.as_str());
        for name in names.chain(keys.filter(|_| !takes_bare)) {
            match operation.parameter(name) {
                None => {
                    let what = format!("unknown parameter {name} is ignored");
                    record(ViolationKind::UnknownParameter, what);
                }
                Some(known) if !known.availability.includes(version) => {
                    let what = format!("{name} is ignored by {version}: {}", known.availability);
                    record(ViolationKind::NotInThisRelease, what);
                    ignored.push(known.name);
                }
                Some(known) if known.location == Location::Path => {
                    let what = format!("{name} is only read from the path");
                    record(ViolationKind::UnknownParameter, what);
                }
                Some(_) => {}
            }
        }
        for parameter in operation.parameters {
            let name = parameter.name;
            let in_query = self.values.get(name);
            if let (Location::Body, Some(_)) = (parameter.location, in_query) {
                let what = format!("{name} is not read from the query");
                record(ViolationKind::Wrapping, what);
            }
            if let ParameterType::EventFilter = parameter.kind {
                let strange = in_body
                    .into_iter()
                    .flatten()
                    .find(|(key, _)| !matches!(key.as_str(), "allowed" | "disallowed"));
                if let Some((key, _)) = strange {
                    let what = format!(
                        "{key:?} is not a member of an event filter: send the filter without a wrapper"
                    );
                    record(ViolationKind::Wrapping, what);
                }
                continue;
            }
            let value = in_body.and_then(|body| body.get(name));
            if let Some(value) = value
                && !has_type(parameter.kind, value)
            {
                let what = format!("{name} is {value} in JSON, which has the wrong type");
                record(ViolationKind::WrongType, what);
            }
            if let (ParameterType::List(_), Some(Value::String(text))) = (parameter.kind, value)
                && text.contains(',')
            {
                let what =
                    format!("{name} is {text:?} in JSON, which counts as one value: use a list");
                record(ViolationKind::WrongType, what);
            }
            let flag = matches!(parameter.kind, ParameterType::Scalar(Scalar::Boolean));
            if let Some(text) = in_query
                && flag
                && !is_boolean_text(text)
            {
                let what = format!("{name} is {text:?}, which is read as false");
                record(ViolationKind::WrongType, what);
            }
            let number = matches!(
                parameter.kind,
                ParameterType::Scalar(Scalar::Int | Scalar::Long)
            );
            if let Some(text) = in_query
                && number
                && text.parse::<i64>().is_err()
            {
                let what = format!(
                    "{name} is {text:?}, which is not a number: only leading digits are read"
                );
                record(ViolationKind::WrongType, what);
            }
            let text = value
                .and_then(Value::as_str)
                .or(in_query.map(String::as_str));
            let known = |text: &str| parameter.values.iter().find(|known| known.value == text);
            let texts = text.into_iter().flat_map(|text| match parameter.kind {
                ParameterType::List(_) => text.split(',').collect(),
                _ => vec![text],
            });
            for text in texts {
                match known(text) {
                    _ if parameter.values.is_empty() => {}
                    None => {
                        let what = format!("{name} is {text:?}, which is not one of its values");
                        record(ViolationKind::UnknownValue, what);
                    }
                    Some(known) if !known.availability.includes(version) => {
                        let since = known.availability;
                        let what = format!("{version} does not know {name} {text:?}: {since}");
                        record(ViolationKind::NotInThisRelease, what);
                    }
                    Some(_) => {}
                }
            }
        }
        self.violations.extend(violations);
        self.remove(&ignored);
    }
}

/// Returns whether an operation takes its whole body as variables, against its spec.
pub(crate) fn takes_bare_variables(operation: &Operation, version: Version) -> bool {
    let variables = operation.parameter("variables");
    (operation.resource, operation.nickname) == ("bridges", "create")
        && variables.is_some_and(|known| known.availability.includes(version))
}

/// Returns whether the text is a valid flag.
fn is_boolean_text(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    matches!(
        text.as_str(),
        "yes" | "true" | "y" | "t" | "1" | "on" | "no" | "false" | "n" | "f" | "0" | "off"
    )
}

/// Returns whether a JSON value has the type of the parameter.
fn has_type(kind: ParameterType, value: &Value) -> bool {
    match kind {
        ParameterType::Scalar(Scalar::Text) => value.is_string(),
        ParameterType::Scalar(Scalar::Boolean) => value.is_boolean(),
        ParameterType::Scalar(Scalar::Int | Scalar::Long) => value.is_i64(),
        ParameterType::Scalar(Scalar::Double) => value.is_number(),
        ParameterType::List(_) => match value {
            Value::Array(items) => items.iter().all(Value::is_string),
            value => value.is_string(),
        },
        ParameterType::Joined(_) | ParameterType::Split(_) => value.is_string(),
        ParameterType::Variables | ParameterType::TextMap | ParameterType::JsonMap => {
            value.is_object()
        }
        ParameterType::Fields => value.is_array(),
        _ => true,
    }
}
