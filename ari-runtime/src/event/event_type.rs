//! Messages of a WebSocket. Their kind is found without decoding them, and they are decoded once.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::{DeserializeOwned, IgnoredAny};

use crate::error::types::{DecodeError, Error};
use crate::event::connection_event::ConnectionEvent;
use crate::event::object::{ObjectKind, ObjectRef};
use crate::json::error::JsonError;
use crate::json::parse as json;
use crate::schema::operation::Operation;

/// The event type of bindings.
pub trait EventType: Sized + Send + Sync + 'static {
    /// The key whose value is the kind of a message.
    const DISCRIMINATOR: &'static str = "type";

    /// The classes of objects that messages are about and that streams can follow.
    const OBJECT_KINDS: &'static [ObjectKind] = &[];

    /// Returns the table of operations.
    fn operations() -> &'static [&'static Operation] {
        &[]
    }

    /// Decodes one message whose kind is known.
    ///
    /// # Errors
    /// Returns [`Error::Decode`] if a message of a known kind does not have the expected form. A
    /// message of an unknown kind is not an error.
    fn decode_as(kind: &str, raw: &str) -> Result<Self, Error>;

    /// Decodes one message.
    ///
    /// # Errors
    /// Returns [`Error::Decode`] if a message of a known kind does not have the expected form, or
    /// if the text is not a message. A message of an unknown kind is not an error.
    fn decode(raw: &str) -> Result<Self, Error> {
        let kind = find_event_type(raw, Self::DISCRIMINATOR)?;
        Self::decode_as(&kind, raw)
    }

    /// Creates an event from a change of the connection.
    fn from_connection_event(event: ConnectionEvent) -> Self;

    /// Calls `_found` with every object that the message is about, and with true if the message
    /// reports its end.
    fn visit_objects(&self, _found: &mut dyn FnMut(ObjectRef<'_>, bool)) {}
}

/// The model of one kind of message.
pub trait EventPayload<E>: Sized {
    /// The kind, as in the discriminator.
    const KIND: &'static str;

    /// Returns the model if the message is of this kind.
    fn downcast_ref(message: &E) -> Option<&Arc<Self>>;
}

/// Decodes a message of a known kind.
///
/// # Errors
/// Returns [`Error::Decode`] with the raw text if the message does not have the expected form.
pub fn decode_event<T: DeserializeOwned>(kind: &str, raw: &str) -> Result<Arc<T>, Error> {
    match json::from_str(raw) {
        Ok(event) => Ok(Arc::new(event)),
        Err(source) => Err(event_decode_error(kind, raw, source)),
    }
}

/// Serializes a message of an unknown kind as it arrived.
///
/// # Errors
/// Returns the errors of the serializer.
pub fn serialize_unknown<S: serde::Serializer>(
    _kind: &str,
    raw: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde::Serialize as _;
    let value: serde_json::Value = serde_json::from_str(raw).map_err(serde::ser::Error::custom)?;
    value.serialize(serializer)
}

/// Returns the value of a message's discriminator. It can be the first key, the last, or any
/// between. The keys before it are skipped without decoding.
///
/// # Errors
/// Returns [`Error::Decode`] if the text is not a JSON object with such a key.
pub fn find_event_type<'a>(raw: &'a str, discriminator: &str) -> Result<Cow<'a, str>, Error> {
    let mut scanner = Scanner {
        bytes: raw.as_bytes(),
        offset: 0,
    };
    match scanner.find(discriminator) {
        Some((start, end, escaped)) => {
            let text = &raw[start..end];
            if !escaped {
                return Ok(Cow::Borrowed(&text[1..text.len() - 1]));
            }
            let kind = json::from_str(text).map(Cow::Owned);
            kind.map_err(|source| message_decode_error(raw, source.shifted_by(raw, start)))
        }
        None => {
            // Let the parser describe the error if the JSON itself is malformed.
            let source = json::from_str::<IgnoredAny>(raw).err();
            let source = source.unwrap_or_else(|| {
                let problem = format!("no string under the key {discriminator:?}");
                JsonError::new(problem).with_position(raw, raw.len())
            });
            Err(message_decode_error(raw, source))
        }
    }
}

fn message_decode_error(raw: &str, source: JsonError) -> Error {
    Error::Decode(Box::new(DecodeError::new(
        "a message".into(),
        raw.into(),
        source,
    )))
}

#[cold]
fn event_decode_error(kind: &str, raw: &str, source: JsonError) -> Error {
    Error::Decode(Box::new(DecodeError::new(
        format!("event {kind}"),
        raw.into(),
        source,
    )))
}

/// Scans the top level of a JSON object. It finds keys and the ends of values. Decoding checks
/// later that the rest is well-formed.
struct Scanner<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl Scanner<'_> {
    /// Returns start and end of the string under `key`, including quotes, and true if it contains
    /// escapes.
    fn find(&mut self, key: &str) -> Option<(usize, usize, bool)> {
        self.expect_byte(b'{')?;
        loop {
            self.skip_space();
            let start = self.offset;
            let escaped = self.skip_string()?;
            let found = &self.bytes[start + 1..self.offset - 1];
            let same = if escaped {
                let quoted = json::utf8_text(&self.bytes[start..self.offset]);
                quoted
                    .and_then(json::from_str::<String>)
                    .is_ok_and(|found| found == key)
            } else {
                found == key.as_bytes()
            };
            self.expect_byte(b':')?;
            self.skip_space();
            let start = self.offset;
            if same {
                let escaped = self.skip_string()?;
                return Some((start, self.offset, escaped));
            }
            self.skip_value()?;
            self.expect_byte(b',')?;
        }
    }

    fn skip_space(&mut self) {
        while matches!(
            self.bytes.get(self.offset),
            Some(b' ' | b'\t' | b'\n' | b'\r')
        ) {
            self.offset += 1;
        }
    }

    fn expect_byte(&mut self, byte: u8) -> Option<()> {
        self.skip_space();
        (*self.bytes.get(self.offset)? == byte).then(|| self.offset += 1)
    }

    /// Skips a string. Returns true if it contains escapes.
    fn skip_string(&mut self) -> Option<bool> {
        if *self.bytes.get(self.offset)? != b'"' {
            return None;
        }
        self.offset += 1;
        let mut escaped = false;
        loop {
            match *self.bytes.get(self.offset)? {
                b'"' => {
                    self.offset += 1;
                    return Some(escaped);
                }
                b'\\' => {
                    escaped = true;
                    self.offset += 2;
                }
                _ => self.offset += 1,
            }
        }
    }

    /// Skips a value of any kind and any depth, without recursion.
    fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match *self.bytes.get(self.offset)? {
                b'"' => {
                    self.skip_string()?;
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.offset += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.offset += 1;
                }
                _ => self.offset += 1,
            }
            if depth == 0 && matches!(self.bytes.get(self.offset), Some(b',' | b'}') | None) {
                return Some(());
            }
            // A literal or a separator inside the value.
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;
    use serde_json::json;

    use super::*;

    #[test]
    fn event_type_is_found_at_any_position() {
        for (raw, expected) in [
            (r#"{"type":"A"}"#, Some("A")),
            (r#" { "type" : "A" , "x" : 1 } "#, Some("A")),
            (r#"{"x":{"type":"B"},"type":"A"}"#, Some("A")),
            (
                r#"{"x":[{"type":"B"},"]}"],"y":"\"type\":\"B\"","type":"A"}"#,
                Some("A"),
            ),
            (r#"{"x":1.5e3,"y":null,"z":true,"type":"A"}"#, Some("A")),
            (r#"{"x":{},"y":[],"type":"A"}"#, Some("A")),
            (r#"{"ty\u0070e":"\u0041"}"#, Some("A")),
            (r#"{"\\":"\\","type":"A"}"#, Some("A")),
            (r#"{"type":1}"#, None),
            (r#"{"x":1}"#, None),
            (r#"{"x":1"#, None),
            (r#"{}"#, None),
            (r#"[]"#, None),
            ("", None),
            ("{\"x\":}", None),
            ("{\"x\":]}", None),
            ("{\"type\":\"\\", None),
        ] {
            let found = find_event_type(raw, "type").ok();
            assert_eq!(found.as_deref(), expected, "{raw}");
        }
    }

    #[test]
    fn depth_does_not_exhaust_the_stack() {
        let deep = format!(
            "{{\"x\":{}{},\"type\":\"A\"}}",
            "[".repeat(1 << 20),
            "]".repeat(1 << 20)
        );
        assert_eq!(find_event_type(&deep, "type").unwrap(), "A");
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|entries| entries.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn scanner_agrees_with_parser(
            before in prop::collection::vec((any::<String>(), any_json()), 0..6),
            kind in any::<String>(),
            after in prop::collection::vec((any::<String>(), any_json()), 0..3),
            pretty in any::<bool>(),
        ) {
            // Formatted by hand, so that the key has a fixed position and other keys can recur.
            let member = |(key, value): &(String, Value)| {
                let value = if pretty { format!("{value:#}") } else { value.to_string() };
                format!("{} : {value}", json!(key))
            };
            let kind_member = format!("\"type\":{}", json!(kind));
            let members: Vec<_> = before
                .iter()
                .filter(|(key, _)| key != "type")
                .map(member)
                .chain([kind_member])
                .chain(after.iter().map(member))
                .collect();
            let raw = format!("{{{}}}", members.join(" ,\n"));
            let found = find_event_type(&raw, "type").unwrap();
            prop_assert_eq!(found.as_ref(), kind);
        }

        #[test]
        fn garbage_is_an_error(raw in "[{}\\[\\]\",:\\\\a-z0-9 ]{0,64}") {
            let _ = find_event_type(&raw, "type");
        }
    }
}
