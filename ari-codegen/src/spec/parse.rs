//! From bytes to JSON, without the silent losses of other parsers.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::anomaly::Anomaly;
use crate::error::{Error, Place, Result};

/// Parses the JSON of a file.
///
/// # Errors
/// Returns [`Error::NotJson`] if the text is not JSON, or if an object has a key twice with
/// different values, one of which would be lost.
pub(crate) fn parse(file: &str, bytes: &[u8], anomalies: &mut Vec<Anomaly>) -> Result<Value> {
    let mut note = |path: &str, problem: &str| {
        anomalies.push(Anomaly {
            place: Place {
                file: file.into(),
                path: path.to_owned(),
                subject: None,
            },
            problem: problem.to_owned(),
        });
    };
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => {
            note(
                "$",
                "begins with a byte order mark, which is no part of JSON: ignored",
            );
            rest
        }
        None => bytes,
    };
    let mut repeated = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let json = Unique {
        step: Step::Top,
        repeated: &mut repeated,
    };
    let json = json.deserialize(&mut deserializer);
    let json = json.and_then(|json| deserializer.end().map(|()| json));
    for path in repeated {
        note(
            &path,
            "occurs twice in its object, both times with the same value",
        );
    }
    json.map_err(|source| Error::NotJson {
        file: file.to_owned(),
        source,
    })
}

/// Reads a value whose objects have each key once.
struct Unique<'p, 'r> {
    step: Step<'p>,
    repeated: &'r mut Vec<String>,
}

/// The path to a value, which becomes a text only if something is reported about it.
#[derive(Clone, Copy)]
enum Step<'p> {
    Top,
    Item(&'p Step<'p>, usize),
    Key(&'p Step<'p>, &'p str),
}

impl fmt::Display for Step<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Top => f.write_str("$"),
            Step::Item(list, index) => write!(f, "{list}[{index}]"),
            Step::Key(object, key) => write!(f, "{object}.{key}"),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Unique<'_, '_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique<'_, '_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = from.next_element_seed(Unique {
            step: Step::Item(&self.step, items.len()),
            repeated: self.repeated,
        })? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut from: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(key) = from.next_key::<String>()? {
            let step = Step::Key(&self.step, &key);
            let value = from.next_value_seed(Unique {
                step,
                repeated: self.repeated,
            })?;
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(entry) => {
                    let step = Step::Key(&self.step, entry.key());
                    if *entry.get() != value {
                        return Err(A::Error::custom(format!(
                            "{step} occurs twice, with different values"
                        )));
                    }
                    self.repeated.push(step.to_string());
                }
            }
        }
        Ok(Value::Object(map))
    }
}
