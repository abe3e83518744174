//! Values of the specs' types, as a server might send them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::spec::{array, properties, text};

/// The extent of a sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Extent {
    /// Only properties that the release always sends, and lists without items.
    Minimal,
    /// Every property, and lists of two.
    Complete,
}

/// The models of one release.
pub(crate) type Models = BTreeMap<String, Value>;

/// Returns a value of this type.
pub(crate) fn value(models: &Models, kind: &str, extent: Extent) -> Value {
    if let Some(item) = kind
        .strip_prefix("List[")
        .and_then(|rest| rest.strip_suffix(']'))
    {
        let items = match extent {
            Extent::Minimal => 0,
            Extent::Complete => 2,
        };
        return std::iter::repeat_n(value(models, item, extent), items).collect();
    }
    match kind {
        "string" => json!("grüße, \"5\" \\ 7"),
        "boolean" => json!(extent == Extent::Complete),
        // Unsigned 32-bit counters are among them, and negative numbers.
        "int" | "long" => match extent {
            Extent::Minimal => json!(-1),
            Extent::Complete => json!(u32::MAX),
        },
        "double" => json!(0.125),
        "Date" => json!("2026-11-23T01:08:51.332+0100"),
        "object" => json!({"type": "x", "nested": {"list": [1, null]}}),
        model => object(models, model, extent),
    }
}

/// Returns every message of the release that can arrive on its WebSocket.
pub(crate) fn messages(models: &Models, extent: Extent) -> Vec<Value> {
    let subtypes = models.values().flat_map(|model| array(&model["subTypes"]));
    let leaves = subtypes
        .map(text)
        .filter(|name| array(&models[*name]["subTypes"]).is_empty());
    leaves
        .map(|name| {
            let mut message = object(models, name, extent);
            message["type"] = name.into();
            message
        })
        .collect()
}

fn object(models: &Models, name: &str, extent: Extent) -> Value {
    let properties = properties(models, name).into_iter();
    properties
        .filter(|(_, property)| extent == Extent::Complete || property["required"] == true)
        .map(|(name, property)| {
            let values = array(&property["allowableValues"]["values"]);
            let value = match (values.first(), values.last(), extent) {
                (Some(first), _, Extent::Minimal) => first.clone(),
                (_, Some(last), Extent::Complete) => last.clone(),
                // Here a length of time is not negative. Negative ones have a test of their own.
                _ if name.starts_with("duration") && extent == Extent::Minimal => json!(1),
                _ => value(models, text(&property["type"]), extent),
            };
            (name, value)
        })
        .collect()
}
