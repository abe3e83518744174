//! JSON objects that keep their keys in the order in which Asterisk writes them.

use std::sync::Arc;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::invalid_bytes;

/// A JSON value.
#[derive(Clone, Debug)]
pub(crate) enum Json {
    Text(String),
    Number(i64),
    Bool(bool),
    List(Vec<Json>),
    Object(Arc<Object>),
    Raw(Value),
}

impl Json {
    /// Returns whether the value contains bytes that are not valid UTF-8.
    pub(crate) fn has_invalid_bytes(&self) -> bool {
        match self {
            Json::Text(text) => invalid_bytes::contains_markers(text),
            Json::List(items) => items.iter().any(Json::has_invalid_bytes),
            Json::Object(object) => object.0.iter().any(|(key, value)| {
                invalid_bytes::contains_markers(key) || value.has_invalid_bytes()
            }),
            Json::Number(_) | Json::Bool(_) | Json::Raw(_) => false,
        }
    }

    /// Serialises the value. No value can fail to serialise; the fallback is null.
    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "null".to_owned())
    }
}

/// A JSON object.
#[derive(Clone, Debug, Default)]
pub(crate) struct Object(Vec<(String, Json)>);

impl Object {
    pub(crate) fn new() -> Self {
        Object::default()
    }

    pub(crate) fn with(mut self, key: impl Into<String>, value: impl Into<Json>) -> Self {
        self.0.push((key.into(), value.into()));
        self
    }

    /// Adds the member if `value` is present.
    pub(crate) fn with_some(self, key: &str, value: Option<impl Into<Json>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// Appends all members of another object.
    pub(crate) fn extended(mut self, other: Object) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Replaces each value with the result of `each`, or removes it.
    pub(crate) fn filter_map_values(
        self,
        mut each: impl FnMut(&str, Json) -> Option<Json>,
    ) -> Self {
        let pairs = self.0.into_iter();
        let reworked = pairs.filter_map(|(key, value)| {
            let value = each(&key, value)?;
            Some((key, value))
        });
        Object(reworked.collect())
    }

    /// Returns whether the value of any other member contains bytes that are not valid UTF-8.
    pub(crate) fn has_invalid_bytes_outside(&self, key: &str) -> bool {
        let mut members = self.0.iter();
        members.any(|(known, value)| known != key && value.has_invalid_bytes())
    }

    /// Returns the value of `type`.
    pub(crate) fn type_name(&self) -> Option<&str> {
        self.0.iter().find_map(|(key, value)| match value {
            Json::Text(text) if key == "type" => Some(text.as_str()),
            _ => None,
        })
    }

    /// Serialises the object. No object can fail to serialise; the fallback is an empty object.
    pub(crate) fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Text(text) => serializer.serialize_str(text),
            Json::Number(number) => serializer.serialize_i64(*number),
            Json::Bool(value) => serializer.serialize_bool(*value),
            Json::List(items) => items.serialize(serializer),
            Json::Object(object) => object.serialize(serializer),
            Json::Raw(value) => value.serialize(serializer),
        }
    }
}

impl Serialize for Object {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Self {
        Json::Text(text.to_owned())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Json::Text(text)
    }
}

impl From<&String> for Json {
    fn from(text: &String) -> Self {
        Json::Text(text.clone())
    }
}

impl From<i64> for Json {
    fn from(number: i64) -> Self {
        Json::Number(number)
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Json::Bool(flag)
    }
}

impl From<Value> for Json {
    fn from(value: Value) -> Self {
        Json::Raw(value)
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Json::Object(Arc::new(object))
    }
}

impl From<Arc<Object>> for Json {
    fn from(object: Arc<Object>) -> Self {
        Json::Object(object)
    }
}

impl<T: Into<Json>> FromIterator<T> for Json {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Json::List(items.into_iter().map(Into::into).collect())
    }
}
