//! The text of a message that is not decoded, with its kind and the strings that decide which
//! streams get it. This runs for every message, so it must be cheap. No other code walks over the
//! text of a message.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde_json::Value;

use crate::error::types::{DecodeError, Error};
use crate::json::{self, JsonError};
use crate::protocol::key;

/// The key of an event's channel.
pub(crate) static CHANNEL: LazyLock<AnyDepthKey> = LazyLock::new(|| AnyDepthKey::new(key::CHANNEL));

/// The key of an event's bridge.
pub(crate) static BRIDGE: LazyLock<AnyDepthKey> = LazyLock::new(|| AnyDepthKey::new(key::BRIDGE));

/// A message whose kind is known, with its text.
pub(crate) struct RawEvent<'t> {
    text: &'t str,
    kind: Cow<'t, str>,
}

impl<'t> RawEvent<'t> {
    /// Reads the kind, which is the value of the discriminator. It can be the first key, the last,
    /// or any between. The keys before it are skipped without decoding.
    ///
    /// # Errors
    /// Returns [`Error::Decode`] if the text is not a JSON object with such a key.
    pub(crate) fn new(text: &'t str, discriminator: &str) -> Result<Self, Error> {
        match Scanner::new(text).string_at(&[discriminator]) {
            Some(kind) => Ok(RawEvent { text, kind }),
            None => Err(no_kind(text, discriminator)),
        }
    }

    /// Creates a message of a kind that is already known.
    #[cfg(test)]
    pub(crate) fn with_kind(kind: &'t str, text: &'t str) -> Self {
        RawEvent {
            text,
            kind: Cow::Borrowed(kind),
        }
    }

    pub(crate) fn kind(&self) -> &str {
        &self.kind
    }

    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    pub(crate) fn into_kind(self) -> Cow<'t, str> {
        self.kind
    }

    /// Returns the application that the message was sent to. `None` if the message does not name
    /// it.
    pub(crate) fn application(&self) -> Option<Cow<'t, str>> {
        self.string_at(&[key::APPLICATION])
    }

    /// Returns the name of the message's channel.
    pub(crate) fn channel_name(&self) -> Option<Cow<'t, str>> {
        self.string_at(&[key::CHANNEL, key::NAME])
    }

    /// Returns the id of the first object under a key.
    pub(crate) fn object_id(&self, key: &AnyDepthKey) -> Option<Cow<'t, str>> {
        // The object can be far from the beginning of the text.
        let mut end = 0;
        while let Some(object) = key.next_value(self.text, &mut end) {
            if let Some(id) = object.string_at(&[key::ID]) {
                return Some(id);
            }
        }
        None
    }

    /// Returns the string that these keys lead to, from the outermost object on.
    pub(crate) fn string_at(&self, keys: &[&str]) -> Option<Cow<'t, str>> {
        Scanner::new(self.text).string_at(keys)
    }
}

/// A key that is searched for at any depth.
pub(crate) struct AnyDepthKey(Finder<'static>);

impl AnyDepthKey {
    pub(crate) fn new(key: &str) -> Self {
        // With its quotes, so that longer keys with the same ending do not match.
        AnyDepthKey(Finder::new(&format!("\"{key}\"")).into_owned())
    }

    /// Passes the strings under the key, at any depth and in arrays. It may pass more, because the
    /// end of a string can look like a key.
    #[inline]
    pub(crate) fn for_each_string<'t>(&self, text: &'t str, mut found: impl FnMut(Cow<'t, str>)) {
        let mut end = 0;
        while let Some(mut value) = self.next_value(text, &mut end) {
            if let Some(string) = value.string() {
                found(string);
            }
        }
    }

    /// Finds the next value under the key behind this offset, and advances the offset. Searching is
    /// much faster than walking over the whole text.
    #[inline]
    fn next_value<'t>(&self, text: &'t str, offset: &mut usize) -> Option<Scanner<'t>> {
        loop {
            let rest = text.as_bytes().get(*offset..)?;
            *offset += self.0.find(rest)? + self.0.needle().len();
            let mut scanner = Scanner {
                text,
                offset: *offset,
            };
            if scanner.expect_byte(b':').is_some() {
                return Some(scanner);
            }
        }
    }
}

/// Passes the ids of all objects that a message names, at any depth: channels, bridges, playbacks,
/// and the objects of their `target_uri`s. It may pass other strings, and the same id more than once.
/// The message is not decoded.
pub fn visit_ids(raw: &str, found: &mut dyn FnMut(&str)) {
    static IDS: LazyLock<AnyDepthKey> = LazyLock::new(|| AnyDepthKey::new(key::ID));
    static TARGETS: LazyLock<AnyDepthKey> = LazyLock::new(|| AnyDepthKey::new(key::TARGET_URI));
    IDS.for_each_string(raw, |id| found(&id));
    TARGETS.for_each_string(raw, |uri| {
        if let Some((_, id)) = uri.split_once(':') {
            found(id);
        }
    });
}

#[cold]
fn no_kind(text: &str, discriminator: &str) -> Error {
    // Let the parser describe the error if the JSON itself is malformed.
    let source = json::from_str::<Value>(text).err().unwrap_or_else(|| {
        let problem = format!("no string under the key {discriminator:?}");
        JsonError::new(problem, text, text.len())
    });
    let error = DecodeError::new("a message".into(), text.into(), source);
    Error::Decode(Box::new(error))
}

/// A position in a text. It finds keys and the ends of values. Decoding checks later that the rest
/// is well-formed.
struct Scanner<'t> {
    text: &'t str,
    offset: usize,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str) -> Self {
        Scanner { text, offset: 0 }
    }

    /// Returns the string that these keys lead to.
    #[inline]
    fn string_at(mut self, keys: &[&str]) -> Option<Cow<'t, str>> {
        for key in keys {
            self.enter(key)?;
        }
        self.string()
    }

    /// Enters the object that begins here, up to the value of `key`.
    #[inline]
    fn enter(&mut self, key: &str) -> Option<()> {
        self.expect_byte(b'{')?;
        loop {
            let found = self.string()?;
            self.expect_byte(b':')?;
            if found == key {
                return Some(());
            }
            self.skip_value()?;
            self.expect_byte(b',')?;
        }
    }

    /// Returns the string that begins here.
    #[inline]
    fn string(&mut self) -> Option<Cow<'t, str>> {
        self.skip_space();
        let start = self.offset;
        if self.skip_string()? {
            let quoted = self.text.get(start..self.offset)?;
            return serde_json::from_str(quoted).ok().map(Cow::Owned);
        }
        let text = self.text.get(start + 1..self.offset - 1)?;
        Some(Cow::Borrowed(text))
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.offset).copied()
    }

    #[inline]
    fn skip_space(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.offset += 1;
        }
    }

    #[inline]
    fn expect_byte(&mut self, byte: u8) -> Option<()> {
        self.skip_space();
        (self.byte()? == byte).then(|| self.offset += 1)
    }

    /// Skips a string. Returns true if it contains escapes.
    #[inline]
    fn skip_string(&mut self) -> Option<bool> {
        if self.byte()? != b'"' {
            return None;
        }
        self.offset += 1;
        let mut escaped = false;
        loop {
            self.offset = find_quote_or_backslash(self.text.as_bytes(), self.offset);
            if self.byte()? == b'"' {
                self.offset += 1;
                return Some(escaped);
            }
            escaped = true;
            self.offset += 2;
        }
    }

    /// Skips a value of any kind and any depth, without recursion.
    fn skip_value(&mut self) -> Option<()> {
        self.skip_space();
        let mut depth = 0_usize;
        loop {
            match self.byte()? {
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
            if depth == 0 && matches!(self.byte(), Some(b',' | b'}') | None) {
                return Some(());
            }
            // A literal or a separator inside the value.
        }
    }
}

/// Returns the position of the first quote or backslash from `at` on, or the end of the text. Most
/// strings of events are so short that a call of memchr takes longer.
#[inline]
fn find_quote_or_backslash(text: &[u8], mut at: usize) -> usize {
    // Eight bytes at a time.
    while let Some(chunk) = text.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let marks = mark_zero_bytes(word ^ (ONES * u64::from(b'"')))
            | mark_zero_bytes(word ^ (ONES * u64::from(b'\\')));
        if marks != 0 {
            return at + marks.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = text.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'));
    at + length.unwrap_or(rest.len())
}

const ONES: u64 = u64::from_ne_bytes([0x01; 8]);

/// Sets the highest bit of the bytes that are zero, and no other bit. The lowest mark is exact.
/// Those above it may be wrong.
#[inline]
fn mark_zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;
    use serde_json::json;

    use super::*;

    fn kind(raw: &str) -> Option<Cow<'_, str>> {
        RawEvent::new(raw, "type").ok().map(RawEvent::into_kind)
    }

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
            let found = kind(raw);
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
        assert_eq!(kind(&deep).unwrap(), "A");
    }

    #[test]
    fn strings_are_found_where_their_keys_lead() {
        let raw = r#"{"type":"A","b":{"id":"1"},"c":[{"a":{"id":"2"}}],"a":{"x":{"id":"3"},
            "id":"4"},"d":"a","id":"5","e":{"id" : "\u0036"}}"#;
        let event = RawEvent::new(raw, "type").unwrap();
        for (keys, expected) in [
            (&["a", "id"][..], Some("4")),
            (&["b", "id"], Some("1")),
            (&["a", "x", "id"], Some("3")),
            (&["e", "id"], Some("6")),
            (&["id"], Some("5")),
            (&["c", "a", "id"], None),
            (&["d", "id"], None),
            (&["a"], None),
            (&["application"], None),
        ] {
            assert_eq!(event.string_at(keys).as_deref(), expected, "{keys:?}");
        }
        let mut ids = Vec::new();
        AnyDepthKey::new("id").for_each_string(raw, |id| ids.push(id));
        assert_eq!(ids, ["1", "2", "3", "4", "5", "6"]);
    }

    #[test]
    fn ids_and_targets_are_visited() {
        let raw = r#"{"type":"PlaybackStarted","playback":{"id":"p1","target_uri":"channel:1.2"},
            "bridge":{"id":"b1","channels":["1.2"]},"asterisk_id":"x","id":7}"#;
        let mut ids = Vec::new();
        visit_ids(raw, &mut |id| ids.push(id.to_owned()));
        assert_eq!(ids, ["p1", "b1", "1.2"]);
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
            let found = RawEvent::new(&raw, "type").unwrap().into_kind();
            prop_assert_eq!(found.as_ref(), kind);
        }

        #[test]
        fn garbage_is_an_error(raw in "[{}\\[\\]\",:\\\\a-z0-9 ]{0,64}") {
            let _ = kind(&raw);
        }
    }
}
