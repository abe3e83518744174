//! Skipping of values that are not needed. They are checked for syntax, to any depth.
//!
//! As in serde_json, skipped values must be well-formed, but need not be representable: numbers may
//! be out of range, and escapes may be lone surrogates.

use crate::json::error::JsonError;
use crate::json::reader::Reader;

impl Reader<'_> {
    /// Skips a value without recursion, so that depth uses no stack.
    pub(super) fn skip_value(&mut self) -> Result<(), JsonError> {
        // The brackets around the current value. The innermost one is kept separately, because most
        // values need no more than that.
        let mut innermost: Option<u8> = None;
        let mut outer = Vec::new();
        loop {
            let opened = match self.peek() {
                Some(bracket @ (b'{' | b'[')) => {
                    self.advance();
                    outer.extend(innermost.take());
                    innermost = Some(bracket);
                    true
                }
                Some(byte) => {
                    self.skip_scalar(byte)?;
                    false
                }
                None => return Err(self.unexpected_value("expected a value")),
            };
            let mut first = opened;
            // Leave all arrays and objects that end here.
            loop {
                let Some(bracket) = innermost else {
                    return Ok(());
                };
                let closing = if bracket == b'{' { b'}' } else { b']' };
                if self.next_item(&mut first, closing)? {
                    break;
                }
                self.advance();
                innermost = outer.pop();
                first = false;
            }
            if innermost == Some(b'{') {
                if self.peek() != Some(b'"') {
                    return Err(self.unexpected_value("expected a string as key"));
                }
                self.skip_string()?;
                self.expect_byte(b':', "expected `:`")?;
            }
        }
    }

    fn skip_scalar(&mut self, first: u8) -> Result<(), JsonError> {
        match first {
            b'"' => self.skip_string(),
            b'-' | b'0'..=b'9' => self.skip_number(),
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            _ => Err(JsonError::new("expected a value")),
        }
    }

    /// Skips a string. The opening quote was peeked.
    pub(super) fn skip_string(&mut self) -> Result<(), JsonError> {
        self.advance();
        loop {
            self.seek(self.find_special(self.at()));
            match self.byte() {
                Some(b'"') => {
                    self.advance();
                    return Ok(());
                }
                Some(b'\\') => {
                    self.advance();
                    self.skip_escape()?;
                }
                Some(_) => return Err(JsonError::new("control character in a string")),
                None => return Err(JsonError::new("the text ends within a string")),
            }
        }
    }

    fn skip_escape(&mut self) -> Result<(), JsonError> {
        let digits = match self.byte() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 0,
            Some(b'u') => 4,
            _ => return Err(JsonError::new("invalid escape")),
        };
        self.advance();
        for _ in 0..digits {
            if !self.byte().is_some_and(|byte| byte.is_ascii_hexdigit()) {
                return Err(JsonError::new("invalid escape"));
            }
            self.advance();
        }
        Ok(())
    }

    /// Skips a number, whose sign or first digit was peeked.
    pub(super) fn skip_number(&mut self) -> Result<(), JsonError> {
        if self.byte() == Some(b'-') {
            self.advance();
        }
        if self.byte() == Some(b'0') {
            self.advance();
            if self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
                return Err(JsonError::new("a number with a leading zero"));
            }
        } else {
            self.skip_digits()?;
        }
        if self.byte() == Some(b'.') {
            self.advance();
            self.skip_digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.advance();
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.advance();
            }
            self.skip_digits()?;
        }
        Ok(())
    }

    /// Skips digits, at least one.
    fn skip_digits(&mut self) -> Result<(), JsonError> {
        let start = self.at();
        while self.byte().is_some_and(|byte| byte.is_ascii_digit()) {
            self.advance();
        }
        if self.at() == start {
            return Err(JsonError::new("a number lacks a digit"));
        }
        Ok(())
    }
}
