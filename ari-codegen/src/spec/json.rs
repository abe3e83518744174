//! A strict view of a JSON object: keys are taken by name, and keys that were not taken are
//! reported.

use serde_json::{Map, Value};

use super::anomaly::Anomaly;
use crate::error::{Error, Place, Result};

/// A JSON value with its place.
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
                // As many as any object of a spec has.
                taken: Vec::with_capacity(16),
                notes: Vec::new(),
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
                let place = self.place.child(format_args!("[{index}]"));
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

/// Members of an object that are searched one by one.
const SMALL: usize = 16;

/// A JSON object whose keys are taken one by one.
pub(super) struct Object<'a> {
    map: &'a Map<String, Value>,
    pub(super) place: Place,
    taken: Vec<&'static str>,
    /// Accepted deviations of other spec generators.
    notes: Vec<Anomaly>,
}

impl<'a> Object<'a> {
    /// The value of `key`, if present, without its place: places are made for errors only.
    fn value(&mut self, key: &'static str) -> Option<&'a Value> {
        self.taken.push(key);
        // The objects of specs are so small that this is faster than hashing the key.
        let value = match self.map.len() {
            ..=SMALL => self.map.iter().find(|(own, _)| *own == key)?.1,
            _ => self.map.get(key)?,
        };
        if value.is_null() {
            self.note_reinterpreted(key, "a value", value, "none");
            return None;
        }
        Some(value)
    }

    /// Notes that something else than expected was understood.
    fn note_reinterpreted(&mut self, key: &str, expected: &str, found: &Value, taken: &str) {
        self.notes.push(Anomaly {
            place: self.at(key),
            problem: format!(
                "expected {expected}, found {}: read as {taken}",
                kind(found)
            ),
        });
    }

    /// Returns the value of `key`, if present.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Node<'a>> {
        let value = self.value(key)?;
        Some(Node {
            value,
            place: self.at(key),
        })
    }

    /// Returns the value of `key`, or an error if it is absent.
    pub(super) fn require(&mut self, key: &'static str) -> Result<Node<'a>> {
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
            Some(other @ (Value::Number(_) | Value::Bool(_))) => {
                let text = other.to_string();
                self.note_reinterpreted(key, "a string", other, "its text");
                Ok(Some(text))
            }
            Some(other) => Err(self.unexpected(key, "a string", other)),
        }
    }

    pub(super) fn require_text(&mut self, key: &'static str) -> Result<String> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    pub(super) fn boolean(&mut self, key: &'static str) -> Result<Option<bool>> {
        match self.value(key) {
            None => Ok(None),
            Some(&Value::Bool(value)) => Ok(Some(value)),
            Some(other) => {
                let text = other.as_str().unwrap_or_default().to_ascii_lowercase();
                let value = text.trim().parse::<bool>();
                let value = value.map_err(|_| self.unexpected(key, "true or false", other))?;
                self.note_reinterpreted(key, "true or false", other, &value.to_string());
                Ok(Some(value))
            }
        }
    }

    pub(super) fn integer(&mut self, key: &'static str) -> Result<Option<i64>> {
        let Some(value) = self.value(key) else {
            return Ok(None);
        };
        if let Some(number) = value.as_i64() {
            return Ok(Some(number));
        }
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            // 1.0 is one.
            Value::Number(number) => number.to_string().trim_end_matches(".0").to_owned(),
            _ => String::new(),
        };
        let number = text.parse::<i64>();
        let number = number.map_err(|_| self.unexpected(key, "a whole number", value))?;
        self.note_reinterpreted(key, "a whole number", value, &number.to_string());
        Ok(Some(number))
    }

    /// One of a few words; the case does not count.
    pub(super) fn require_one_of(&mut self, key: &'static str, words: &[&str]) -> Result<String> {
        let text = self.require_text(key)?;
        let word = words.iter().find(|word| word.eq_ignore_ascii_case(&text));
        Ok(match word {
            Some(&word) if word != text => {
                self.note_reinterpreted(key, &format!("{word:?}"), &text.into(), "that");
                word.to_owned()
            }
            _ => text,
        })
    }

    /// Returns the items of the list at `key`, or no items if it is missing.
    pub(super) fn items(&mut self, key: &'static str) -> Result<Vec<Node<'a>>> {
        self.take(key).map_or(Ok(Vec::new()), Node::items)
    }

    /// Returns the strings of the list at `key`, or none if it is missing.
    pub(super) fn texts(&mut self, key: &'static str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for node in self.items_or_single(key)? {
            texts.push(match node.value {
                Value::Number(_) | Value::Bool(_) => {
                    self.notes.push(Anomaly {
                        problem: format!(
                            "expected a string, found {}: read as its text",
                            kind(node.value)
                        ),
                        place: node.place,
                    });
                    node.value.to_string()
                }
                _ => node.text()?.to_owned(),
            });
        }
        Ok(texts)
    }

    /// The items of the list at `key`; a string counts as a list of it.
    pub(super) fn items_or_single(&mut self, key: &'static str) -> Result<Vec<Node<'a>>> {
        match self.value(key) {
            Some(value @ Value::String(_)) => {
                self.note_reinterpreted(key, "a list", value, "a list of it");
                let place = self.at(key);
                Ok(vec![Node { value, place }])
            }
            _ => self.items(key),
        }
    }

    /// Returns the members of the object at `key` in their order, or none if it is missing.
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

    /// Reports the accepted deviations, and every key that was not taken.
    pub(super) fn finish(mut self, anomalies: &mut Vec<Anomaly>) {
        anomalies.append(&mut self.notes);
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
        if key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            self.place.child(format_args!(".{key}"))
        } else {
            self.place.child(format_args!("[{key:?}]"))
        }
    }
}

/// Returns the kind of a JSON value, for messages.
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
