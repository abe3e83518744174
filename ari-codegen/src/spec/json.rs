//! A strict view of a JSON object: every key is taken by name, and what nobody took is reported.

use serde_json::{Map, Value};

use super::read::Anomaly;
use crate::error::{Error, Place, Result};

/// A JSON value with the place it stands at.
pub(super) struct Node<'a> {
    pub(super) value: &'a Value,
    pub(super) place: Place,
}

impl<'a> Node<'a> {
    pub(super) fn object(self) -> Result<Object<'a>> {
        match self.value {
            Value::Object(map) => Ok(Object {
                map,
                place: self.place,
                taken: Vec::new(),
            }),
            other => Err(self
                .place
                .error(format!("expected an object, found {}", kind(other)))),
        }
    }

    pub(super) fn items(self) -> Result<Vec<Node<'a>>> {
        let Value::Array(items) = self.value else {
            return Err(self
                .place
                .error(format!("expected a list, found {}", kind(self.value))));
        };
        Ok(items
            .iter()
            .enumerate()
            .map(|(index, value)| {
                let mut place = self.place.clone();
                place.path.push_str(&format!("[{index}]"));
                Node { value, place }
            })
            .collect())
    }

    pub(super) fn text(&self) -> Result<&'a str> {
        self.value.as_str().ok_or_else(|| {
            self.place
                .error(format!("expected a string, found {}", kind(self.value)))
        })
    }
}

/// A JSON object whose keys are taken one by one.
pub(super) struct Object<'a> {
    map: &'a Map<String, Value>,
    pub(super) place: Place,
    taken: Vec<&'static str>,
}

impl<'a> Object<'a> {
    /// The value of `key`, if present, without its place: places are made for errors only.
    fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.taken.push(key);
        self.map.get(key)
    }

    /// The value of `key`, if present.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node<'a>> {
        let value = self.value(key)?;
        Some(Node {
            value,
            place: self.at(key),
        })
    }

    /// The value of `key`; its absence is an error.
    pub(super) fn need(&mut self, key: &'static str) -> Result<Node<'a>> {
        self.take(key).ok_or_else(|| self.missing(key))
    }

    fn missing(&self, key: &str) -> Error {
        self.place.error(format!("the key {key:?} is missing"))
    }

    fn unexpected(&self, key: &str, expected: &str, found: &Value) -> Error {
        self.at(key)
            .error(format!("expected {expected}, found {}", kind(found)))
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<String>> {
        match self.value(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(self.unexpected(key, "a string", other)),
        }
    }

    pub(super) fn need_text(&mut self, key: &'static str) -> Result<String> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    pub(super) fn boolean(&mut self, key: &'static str) -> Result<Option<bool>> {
        match self.value(key) {
            None => Ok(None),
            Some(&Value::Bool(value)) => Ok(Some(value)),
            Some(other) => Err(self.unexpected(key, "true or false", other)),
        }
    }

    pub(super) fn integer(&mut self, key: &'static str) -> Result<Option<i64>> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        value
            .as_i64()
            .map(Some)
            .ok_or_else(|| self.unexpected(key, "a whole number", value))
    }

    /// The items of the list at `key`; none when it is missing.
    pub(super) fn items(&mut self, key: &'static str) -> Result<Vec<Node<'a>>> {
        self.take(key).map_or(Ok(Vec::new()), Node::items)
    }

    /// The strings of the list at `key`; none when it is missing.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Vec<String>> {
        self.items(key)?
            .iter()
            .map(|node| Ok(node.text()?.to_owned()))
            .collect()
    }

    /// The members of the object at `key`, in their order; none when it is missing.
    pub(super) fn members(&mut self, key: &'static str) -> Result<Vec<(&'a str, Node<'a>)>> {
        let Some(node) = self.take(key) else {
            return Ok(Vec::new());
        };
        let object = node.object()?;
        Ok(object
            .map
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str(),
                    Node {
                        value,
                        place: object.at(name),
                    },
                )
            })
            .collect())
    }

    /// Reports every key that was not taken.
    pub(super) fn finish(self, anomalies: &mut Vec<Anomaly>) {
        for key in self
            .map
            .keys()
            .filter(|key| !self.taken.contains(&key.as_str()))
        {
            anomalies.push(Anomaly {
                place: self.at(key),
                problem: format!("unknown key {key:?}: this generator does not know what it means"),
            });
        }
    }

    fn at(&self, key: &str) -> Place {
        let mut place = self.place.clone();
        if key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            place.path.push_str(&format!(".{key}"));
        } else {
            place.path.push_str(&format!("[{key:?}]"));
        }
        place
    }
}

/// What a JSON value is, for messages.
fn kind(value: &Value) -> String {
    match value {
        Value::Null => "null".into(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => format!("the number {value}"),
        Value::String(value) if value.len() > 80 => "a long string".into(),
        Value::String(value) => format!("the string {value:?}"),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}
