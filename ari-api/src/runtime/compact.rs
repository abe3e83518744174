//! A fast way through JSON as Asterisk writes it: compact, few escapes, whole numbers.
//!
//! Half of the time that serde_json needs for an event goes into generality that these texts do
//! not use. This deserializer has a straight path for what is usual and gives up on everything
//! else ([`Unusual`]): escapes, fractions, numbers of more than 18 digits, depth, and every error.
//! The caller then lets serde_json decide, so that what is accepted, what it means, and what errors
//! say are serde_json's in any case; tests compare the two on every model.

use std::fmt;

use serde::de::{DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// Reads a text that is usual from beginning to end.
pub(super) fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Unusual> {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        at: 0,
        depth: 0,
    };
    let value = T::deserialize(&mut reader)?;
    match reader.peek() {
        None => Ok(value),
        Some(_) => Err(Unusual),
    }
}

/// Something that is left to serde_json.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unusual;

impl fmt::Display for Unusual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not the usual JSON")
    }
}

impl std::error::Error for Unusual {}

impl serde::de::Error for Unusual {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unusual
    }
}

/// Deeper nesting than this is left to serde_json, which bounds it as well.
const DEEPEST: u8 = 32;

struct Reader<'de> {
    text: &'de str,
    bytes: &'de [u8],
    at: usize,
    depth: u8,
}

impl<'de> Reader<'de> {
    /// The next byte that is no white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.bytes.get(self.at) {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    #[inline]
    fn eat(&mut self, byte: u8) -> Result<(), Unusual> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(Unusual)
    }

    #[inline]
    fn literal(&mut self, word: &'static [u8]) -> Result<(), Unusual> {
        if self.bytes[self.at..].starts_with(word) {
            self.at += word.len();
            return Ok(());
        }
        Err(Unusual)
    }

    /// A string without escapes; the opening quote is next.
    #[inline]
    fn string(&mut self) -> Result<&'de str, Unusual> {
        self.eat(b'"')?;
        let start = self.at;
        let mut at = start;
        // Eight bytes at a time while none of them ends the straight path.
        while let Some(chunk) = self
            .bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk::<8>())
        {
            let found = special(u64::from_le_bytes(*chunk));
            if found != 0 {
                at += found.trailing_zeros() as usize / 8;
                break;
            }
            at += 8;
        }
        loop {
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\' | 0..=0x1f) | None => return Err(Unusual),
                Some(_) => at += 1,
            }
        }
        self.at = at + 1;
        Ok(&self.text[start..at])
    }

    #[inline]
    fn number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unusual> {
        let negative = self.bytes[self.at] == b'-';
        let start = self.at + usize::from(negative);
        let mut at = start;
        let mut value = 0_i64;
        while let Some(digit) = self.bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
            if at - start == 18 {
                return Err(Unusual);
            }
            value = value * 10 + i64::from(digit - b'0');
            at += 1;
        }
        let leading_zero = self.bytes.get(start) == Some(&b'0') && at - start > 1;
        let fraction = matches!(self.bytes.get(at), Some(b'.' | b'e' | b'E'));
        // serde_json reads -0 as a floating-point number.
        if at == start || leading_zero || fraction || (negative && value == 0) {
            return Err(Unusual);
        }
        self.at = at;
        if negative {
            visitor.visit_i64(-value)
        } else {
            visitor.visit_u64(value.unsigned_abs())
        }
    }

    #[inline]
    fn enter(&mut self) -> Result<(), Unusual> {
        self.at += 1;
        self.depth += 1;
        if self.depth > DEEPEST {
            Err(Unusual)
        } else {
            Ok(())
        }
    }

    fn map<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unusual> {
        self.enter()?;
        let value = visitor.visit_map(Members {
            reader: self,
            first: true,
        })?;
        self.depth -= 1;
        self.eat(b'}')?;
        Ok(value)
    }

    fn list<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unusual> {
        self.enter()?;
        let value = visitor.visit_seq(Items {
            reader: self,
            first: true,
        })?;
        self.depth -= 1;
        self.eat(b']')?;
        Ok(value)
    }
}

/// Marks the bytes of a word that are a quote, a backslash or a control character, at their
/// highest bit; the lowest mark is exact, those above it need not be.
#[inline]
fn special(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let quote = below(word ^ (ONES * u64::from(b'"')), 1);
    let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
    (quote | backslash | below(word, 0x20)) & HIGH
}

impl<'de> serde::Deserializer<'de> for &mut Reader<'de> {
    type Error = Unusual;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        match self.peek() {
            Some(b'"') => visitor.visit_borrowed_str(self.string()?),
            Some(b'{') => self.map(visitor),
            Some(b'[') => self.list(visitor),
            Some(b'-' | b'0'..=b'9') => self.number(visitor),
            Some(b't') => {
                self.literal(b"true")?;
                visitor.visit_bool(true)
            }
            Some(b'f') => {
                self.literal(b"false")?;
                visitor.visit_bool(false)
            }
            Some(b'n') => {
                self.literal(b"null")?;
                visitor.visit_unit()
            }
            _ => Err(Unusual),
        }
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        visitor.visit_borrowed_str(self.string()?)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        visitor.visit_borrowed_str(self.string()?)
    }

    #[inline]
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        visitor.visit_borrowed_str(self.string()?)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        if self.peek() == Some(b'n') {
            self.literal(b"null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unusual> {
        match self.peek() {
            Some(b'{') => self.map(visitor),
            _ => Err(Unusual),
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unusual> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Unusual> {
        Err(Unusual)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unusual> {
        Err(Unusual)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Unusual> {
        Err(Unusual)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char unit unit_struct seq tuple
        tuple_struct map ignored_any
    }
}

struct Members<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl<'de> MapAccess<'de> for Members<'_, 'de> {
    type Error = Unusual;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unusual> {
        let next = self.reader.peek();
        if next == Some(b'}') {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.eat(b',')?;
        }
        seed.deserialize(Key(self.reader)).map(Some)
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unusual> {
        self.reader.eat(b':')?;
        seed.deserialize(&mut *self.reader)
    }
}

/// The key of a member: a string, whatever the map's key type.
struct Key<'r, 'de>(&'r mut Reader<'de>);

impl<'de> serde::Deserializer<'de> for Key<'_, 'de> {
    type Error = Unusual;

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        visitor.visit_borrowed_str(self.0.string()?)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
        ignored_any
    }
}

struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    first: bool,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unusual;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unusual> {
        if self.reader.peek() == Some(b']') {
            return Ok(None);
        }
        if !std::mem::take(&mut self.first) {
            self.reader.eat(b',')?;
        }
        seed.deserialize(&mut *self.reader).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;
    use serde_json::Value;

    use super::*;

    /// Fields of every kind that models have.
    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Model {
        text: String,
        optional: Option<String>,
        number: i64,
        fraction: Option<f64>,
        flag: Option<bool>,
        list: Option<Vec<String>>,
        inner: Option<Box<Model>>,
        map: Option<serde_json::Map<String, Value>>,
    }

    /// Whatever this reader accepts, serde_json accepts, too, and reads alike.
    fn agree<T: DeserializeOwned + PartialEq + fmt::Debug>(text: &str) -> bool {
        match from_str::<T>(text) {
            Ok(value) => {
                assert_eq!(serde_json::from_str::<T>(text).ok(), Some(value), "{text}");
                true
            }
            Err(Unusual) => false,
        }
    }

    #[test]
    fn the_usual_is_read_and_the_unusual_left_alone() {
        for (text, usual) in [
            (r#"{"text":"a","number":1}"#, true),
            (
                r#"{"type":"X","number":-1,"text":"é","unknown":[{"a":[]},null,true,{}]}"#,
                true,
            ),
            (
                r#" { "number" : 0 , "text" : "" , "inner" : {"text":"b","number":2} } "#,
                true,
            ),
            (
                r#"{"text":"a","number":1,"optional":null,"list":["x","y"],"map":{"a":1}}"#,
                true,
            ),
            (r#"{"text":"a","number":999999999999999999}"#, true),
            (r#"{"text":"a","number":9999999999999999999}"#, false),
            (r#"{"text":"a","number":1,"fraction":1.5}"#, false),
            (r#"{"text":"a","number":1,"fraction":2}"#, true),
            (r#"{"text":"a","number":-0}"#, false),
            (r#"{"text":"a","number":01}"#, false),
            (r#"{"text":"a","number":"1"}"#, false),
            (r#"{"text":"\n","number":1}"#, false),
            ("{\"text\":\"\n\",\"number\":1}", false),
            (r#"{"text":"a","number":1,}"#, false),
            (r#"{"text":"a","number":1}}"#, false),
            (r#"{"text":"a" "number":1}"#, false),
            (r#"{"text":"a","text":"b","number":1}"#, false),
            (r#"{"text":"a"}"#, false),
            (r#"{"text":"a","number":1,"x":[1,]}"#, false),
            (r#"{"text":"a","number":1,"x":truex}"#, false),
            (r#"{"text":"a","number":1"#, false),
            ("", false),
        ] {
            assert_eq!(agree::<Model>(text), usual, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(!agree::<Value>(&deep));
    }

    proptest! {
        #[test]
        fn serde_json_agrees_on_anything(text in "[{}\\[\\]\",:\\\\ \\-.0-9aetrufalsn]{0,40}") {
            agree::<Value>(&text);
        }

        #[test]
        fn serde_json_agrees_on_models(
            text in any::<String>(),
            number in any::<i64>(),
            list in prop::option::of(prop::collection::vec(any::<String>(), 0..4)),
            cut in any::<prop::sample::Index>(),
            junk in any::<char>(),
        ) {
            let mut json = serde_json::json!({
                "text": text, "number": number, "list": list, "map": {"k": {"number": number}},
                "inner": {"text": text, "number": 7},
            }).to_string();
            agree::<Model>(&json);
            // And on what is left of it after an accident.
            let at = (0..=cut.index(json.len() + 1)).rev().find(|&at| json.is_char_boundary(at));
            json.insert(at.unwrap_or_default(), junk);
            agree::<Model>(&json);
            json.truncate(at.unwrap_or_default());
            agree::<Model>(&json);
        }
    }
}
