//! A position in a text, and the elements that begin there: punctuation, strings, numbers.

use serde::Deserialize;
use serde::de::{Deserializer, Expected, Unexpected, Visitor};

use crate::json::error::JsonError;

/// A JSON text with the current position.
pub(super) struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    offset: usize,
    /// The number of further arrays and objects that may be entered. The limit is that of
    /// serde_json.
    remaining_depth: u8,
    /// The last string that contained escapes, without them.
    unescaped: String,
    /// The error for the first array or object that was left before its end.
    unfinished_error: Option<JsonError>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Reader {
            text,
            bytes: text.as_bytes(),
            offset: 0,
            remaining_depth: 127,
            unescaped: String::new(),
            unfinished_error: None,
        }
    }

    /// Returns the current position, in bytes.
    pub(super) fn at(&self) -> usize {
        self.offset
    }

    /// Adds the position to an error.
    #[cold]
    pub(super) fn add_position(&mut self, error: JsonError) -> JsonError {
        let error = self.unfinished_error.take().unwrap_or(error);
        error.with_position(self.text, self.offset)
    }

    /// Returns the next byte that is not white space.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => self.offset += 1,
                other => return other,
            }
        }
    }

    /// Returns the next byte.
    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.bytes.get(self.offset).copied()
    }

    /// Consumes the byte that was peeked.
    #[inline]
    pub(super) fn advance(&mut self) {
        self.offset += 1;
    }

    /// Checks that only white space is left.
    pub(super) fn end(&mut self) -> Result<(), JsonError> {
        match self.peek() {
            None if self.unfinished_error.is_none() => Ok(()),
            _ => Err(self.add_position(JsonError::new("trailing characters"))),
        }
    }

    /// Skips white space and consumes `byte`.
    #[inline]
    pub(super) fn expect_byte(
        &mut self,
        byte: u8,
        expected: &'static str,
    ) -> Result<(), JsonError> {
        if self.peek() == Some(byte) {
            self.offset += 1;
            return Ok(());
        }
        Err(self.unexpected_value(expected))
    }

    /// Consumes `null`, `true` or `false`, whose first letter was peeked.
    #[inline]
    pub(super) fn literal(&mut self, word: &'static str) -> Result<(), JsonError> {
        if self.bytes[self.offset..].starts_with(word.as_bytes()) {
            self.offset += word.len();
            return Ok(());
        }
        Err(JsonError::new(format!("expected `{word}`")))
    }

    /// Enters an array or an object with `bracket`. `expected` describes what the visitor expects.
    // This and the following functions are the same for all models. If inlined, they would be
    // compiled for each.
    #[inline(never)]
    pub(super) fn enter(&mut self, bracket: u8, expected: &dyn Expected) -> Result<(), JsonError> {
        if self.peek() != Some(bracket) {
            return Err(self.unexpected(expected));
        }
        if self.remaining_depth == 0 {
            return Err(JsonError::new("nested too deeply"));
        }
        self.offset += 1;
        self.remaining_depth -= 1;
        Ok(())
    }

    /// Leaves it with `bracket`, after its contents were read or skipped. If a visitor has read
    /// less, the error is reported at the end of the text: callers have no code for this error,
    /// which hardly any visitor can cause.
    #[inline(never)]
    pub(super) fn leave(&mut self, bracket: u8) {
        self.remaining_depth += 1;
        if self.peek() == Some(bracket) {
            self.offset += 1;
        } else if self.unfinished_error.is_none() {
            let error = self
                .unexpected_value(separator(bracket))
                .at_offset(self.offset);
            self.unfinished_error = Some(error);
        }
    }

    /// Returns true if another item or member follows before `bracket`. Consumes the comma before
    /// it.
    #[inline(never)]
    pub(super) fn next_item(&mut self, first: &mut bool, bracket: u8) -> Result<bool, JsonError> {
        self.has_next(first, bracket)
    }

    #[inline(always)]
    fn has_next(&mut self, first: &mut bool, bracket: u8) -> Result<bool, JsonError> {
        let next = self.peek();
        if next == Some(bracket) {
            return Ok(false);
        }
        if std::mem::take(first) {
            return Ok(true);
        }
        if next != Some(b',') {
            return Err(self.unexpected_value(separator(bracket)));
        }
        self.offset += 1;
        if self.peek() == Some(bracket) {
            return Err(JsonError::new("trailing comma"));
        }
        Ok(true)
    }

    /// Returns the key of the next member, and consumes the colon after it.
    #[inline(never)]
    pub(super) fn next_key(&mut self, first: &mut bool) -> Result<Option<&str>, JsonError> {
        if !self.has_next(first, b'}')? {
            return Ok(None);
        }
        self.key().map(Some)
    }

    /// Returns a key, and consumes the colon after it.
    #[inline]
    pub(super) fn key(&mut self) -> Result<&str, JsonError> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected_value("expected a string as key"));
        }
        if let Some(key) = self.plain_string() {
            self.expect_byte(b':', "expected `:`")?;
            return Ok(key);
        }
        self.escaped_string()?;
        self.expect_byte(b':', "expected `:`")?;
        Ok(&self.unescaped)
    }

    /// Returns a string without its escapes. The opening quote was peeked.
    #[inline(never)]
    pub(super) fn string(&mut self) -> Result<&str, JsonError> {
        match self.plain_string() {
            Some(text) => Ok(text),
            None => self.escaped_string(),
        }
    }

    /// Returns a string if it contains no escapes.
    #[inline]
    fn plain_string(&mut self) -> Option<&'t str> {
        let start = self.offset + 1;
        let end = self.find_special(start);
        if self.bytes.get(end) != Some(&b'"') {
            return None;
        }
        self.offset = end + 1;
        Some(&self.text[start..end])
    }

    #[cold]
    fn escaped_string(&mut self) -> Result<&str, JsonError> {
        let start = self.offset;
        self.skip_string()?;
        let quoted = &self.text[start..self.offset];
        self.unescaped = serde_json::from_str(quoted)
            .map_err(|error| from_serde_error(&error).at_offset(start))?;
        Ok(&self.unescaped)
    }

    /// Returns the position of the first byte from `at` on that is a quote, a backslash or a
    /// control character, or the end of the text.
    #[inline]
    pub(super) fn find_special(&self, mut at: usize) -> usize {
        // Checks eight bytes at a time as long as none of them is special.
        while let Some(chunk) = self
            .bytes
            .get(at..)
            .and_then(|rest| rest.first_chunk::<8>())
        {
            let found = mark_special_bytes(u64::from_le_bytes(*chunk));
            if found != 0 {
                return at + found.trailing_zeros() as usize / 8;
            }
            at += 8;
        }
        while let Some(byte) = self.bytes.get(at) {
            if matches!(byte, b'"' | b'\\' | 0..=0x1f) {
                break;
            }
            at += 1;
        }
        at
    }

    /// Continues at another position.
    #[inline]
    pub(super) fn seek(&mut self, at: usize) {
        self.offset = at;
    }

    /// Reads a number, whose sign or first digit was peeked.
    #[inline(never)]
    pub(super) fn number(&mut self) -> Result<Number, JsonError> {
        let negative = self.bytes[self.offset] == b'-';
        let start = self.offset + usize::from(negative);
        let mut at = start;
        let mut value = 0_i64;
        while let Some(digit) = self.bytes.get(at).filter(|byte| byte.is_ascii_digit()) {
            if at - start == 18 {
                return self.unusual_number();
            }
            value = value * 10 + i64::from(digit - b'0');
            at += 1;
        }
        let leading_zero = self.bytes.get(start) == Some(&b'0') && at - start > 1;
        let fraction = matches!(self.bytes.get(at), Some(b'.' | b'e' | b'E'));
        // -0 is a floating-point number.
        if at == start || leading_zero || fraction || (negative && value == 0) {
            return self.unusual_number();
        }
        self.offset = at;
        Ok(if negative {
            Number::Signed(-value)
        } else {
            Number::Unsigned(value.unsigned_abs())
        })
    }

    #[cold]
    fn unusual_number(&mut self) -> Result<Number, JsonError> {
        let start = self.offset;
        self.skip_number()?;
        let number = &self.text[start..self.offset];
        serde_json::from_str(number).map_err(|error| from_serde_error(&error).at_offset(start))
    }

    /// Returns the error for a value that the visitor does not accept.
    #[cold]
    pub(super) fn unexpected(&mut self, expected: &dyn Expected) -> JsonError {
        use serde::de::Error as _;
        let error = |found: Unexpected<'_>| JsonError::invalid_type(found, expected);
        let next = self.peek();
        let at = self.offset;
        let found = match next {
            Some(b'"') => self.string().map(|text| error(Unexpected::Str(text))),
            Some(b'{') => Ok(error(Unexpected::Map)),
            Some(b'[') => Ok(error(Unexpected::Seq)),
            Some(b'-' | b'0'..=b'9') => self.number().map(|number| match number {
                Number::Unsigned(value) => error(Unexpected::Unsigned(value)),
                Number::Signed(value) => error(Unexpected::Signed(value)),
                Number::Float(value) => error(Unexpected::Float(value)),
            }),
            Some(b't') => self.literal("true").map(|()| error(Unexpected::Bool(true))),
            Some(b'f') => self
                .literal("false")
                .map(|()| error(Unexpected::Bool(false))),
            Some(b'n') => self
                .literal("null")
                .map(|()| error(Unexpected::Other("null"))),
            _ => Err(self.unexpected_value("expected a value")),
        };
        found.map_or_else(|error| error, |error| error.at_offset(at))
    }

    /// Returns an error at the current position: something else is expected, or the text ends.
    #[cold]
    pub(super) fn unexpected_value(&mut self, expected: &'static str) -> JsonError {
        match self.peek() {
            Some(_) => JsonError::new(expected),
            None => JsonError::new(format!("{expected}, but the text ends")),
        }
    }
}

/// Returns the expectation after an item or a member.
fn separator(bracket: u8) -> &'static str {
    if bracket == b'}' {
        "expected `,` or `}`"
    } else {
        "expected `,` or `]`"
    }
}

/// Converts serde_json's error about a part of the text, without its position in that part.
fn from_serde_error(error: &serde_json::Error) -> JsonError {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text);
    JsonError::new(message)
}

/// Marks the bytes of a word that are a quote, a backslash or a control character, at their highest
/// bit. The lowest mark is exact. Those above it may be wrong.
#[inline]
fn mark_special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
    let quote = below(word ^ (ONES * u64::from(b'"')), 1);
    let backslash = below(word ^ (ONES * u64::from(b'\\')), 1);
    (quote | backslash | below(word, 0x20)) & HIGH
}

/// A number, as the smallest of the types that serde_json distinguishes.
pub(super) enum Number {
    Unsigned(u64),
    Signed(i64),
    Float(f64),
}

impl Number {
    #[inline]
    pub(super) fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonError> {
        match self {
            Number::Unsigned(value) => visitor.visit_u64(value),
            Number::Signed(value) => visitor.visit_i64(value),
            Number::Float(value) => visitor.visit_f64(value),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl Visitor<'_> for Any {
            type Value = Number;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number")
            }

            fn visit_u64<E>(self, value: u64) -> Result<Number, E> {
                Ok(Number::Unsigned(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Number, E> {
                Ok(Number::Signed(value))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Number, E> {
                Ok(Number::Float(value))
            }
        }

        // `deserialize_any` would yield a map with serde_json's feature `arbitrary_precision`,
        // which any crate of an application can enable.
        deserializer.deserialize_f64(Any)
    }
}
