//! The trace context of a request, which travels in the header `traceparent`.

use std::fmt;
use std::str::FromStr;

/// The flags that version 00 defines: sampled, and a random trace id.
const KNOWN_FLAGS: u8 = 0b11;

/// The number of characters of an invalid text that an error shows.
const SHOWN: usize = 80;

/// The place of a request in a distributed trace, as the header `traceparent` of
/// [W3C Trace Context](https://www.w3.org/TR/trace-context/) carries it.
///
/// `Display` writes the value of the header in version 00, and `FromStr` reads it. Later versions are
/// read as far as version 00 defines them. There is no `tracestate`.
///
/// ```
/// use ari_runtime::client::TraceContext;
///
/// let text = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// let context: TraceContext = text.parse()?;
/// assert_eq!(context.to_string(), text);
/// assert!(context.is_sampled());
/// # Ok::<(), ari_runtime::client::TraceContextError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TraceContext {
    trace_id: [u8; 16],
    parent_id: [u8; 8],
    flags: u8,
}

impl TraceContext {
    /// Creates a context from the id of the trace, the id of the span that sends the request, and the
    /// flags, of which bit 0 means sampled. `None` if one of the ids is zero, which means that there is
    /// no trace.
    pub fn new(trace_id: [u8; 16], parent_id: [u8; 8], flags: u8) -> Option<Self> {
        let is_valid = trace_id != [0; 16] && parent_id != [0; 8];
        is_valid.then_some(TraceContext {
            trace_id,
            parent_id,
            flags,
        })
    }

    /// Returns the id of the trace.
    pub fn trace_id(&self) -> [u8; 16] {
        self.trace_id
    }

    /// Returns the id of the span that sends the request.
    pub fn parent_id(&self) -> [u8; 8] {
        self.parent_id
    }

    /// Returns the flags.
    pub fn flags(&self) -> u8 {
        self.flags
    }

    /// Returns true if the caller may have recorded the trace.
    pub fn is_sampled(&self) -> bool {
        self.flags & 1 != 0
    }

    fn parse(text: &str) -> Option<Self> {
        let mut fields = text.splitn(5, '-');
        let [version] = decode_hex(fields.next()?)?;
        let trace_id = decode_hex(fields.next()?)?;
        let parent_id = decode_hex(fields.next()?)?;
        let [flags] = decode_hex(fields.next()?)?;
        let flags = match (version, fields.next()) {
            (0, None) => flags,
            (0, Some(_)) | (0xff, _) => return None,
            _ => flags & KNOWN_FLAGS,
        };
        TraceContext::new(trace_id, parent_id, flags)
    }
}

/// Decodes lower-case hexadecimal digits.
fn decode_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let mut bytes = [0; N];
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

impl fmt::Display for TraceContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let trace_id = u128::from_be_bytes(self.trace_id);
        let parent_id = u64::from_be_bytes(self.parent_id);
        write!(f, "00-{trace_id:032x}-{parent_id:016x}-{:02x}", self.flags)
    }
}

/// A text that is not the value of the header `traceparent`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no trace context such as 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
)]
pub struct TraceContextError(String);

impl FromStr for TraceContext {
    type Err = TraceContextError;

    fn from_str(text: &str) -> Result<Self, TraceContextError> {
        let invalid = || TraceContextError(text.chars().take(SHOWN).collect());
        TraceContext::parse(text).ok_or_else(invalid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traceparents_are_read_and_written() {
        const IDS: &str = "4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7";
        let zero = "0".repeat(16);
        for (text, written) in [
            (format!("00-{IDS}-01"), Some(format!("00-{IDS}-01"))),
            (format!("00-{IDS}-00"), Some(format!("00-{IDS}-00"))),
            // Passed on as it is.
            (format!("00-{IDS}-ff"), Some(format!("00-{IDS}-ff"))),
            // Later versions, which may be longer, and have flags that nobody knows.
            (format!("01-{IDS}-ff"), Some(format!("00-{IDS}-03"))),
            (
                format!("cc-{IDS}-01-what-ever"),
                Some(format!("00-{IDS}-01")),
            ),
            (format!("cc-{IDS}-01."), None),
            (format!("ff-{IDS}-01"), None),
            (format!("00-{IDS}-01-"), None),
            (format!("00-{IDS}-01-x"), None),
            (format!("00-{IDS}"), None),
            (format!("00-{IDS}-1"), None),
            (format!("0-{IDS}-01"), None),
            (format!("00-{}-01", IDS.to_uppercase()), None),
            (format!("00-{zero}{zero}-00f067aa0ba902b7-01"), None),
            (
                format!("00-4bf92f3577b34da6a3ce929d0e0e4736-{zero}-01"),
                None,
            ),
            (format!("00-{IDS}-01\r\nX-Header: 1"), None),
            (format!(" 00-{IDS}-01"), None),
            (format!("00-{IDS}-0g"), None),
            ("é".repeat(55), None),
            (String::new(), None),
        ] {
            let context = text.parse::<TraceContext>().ok();
            assert_eq!(context.map(|it| it.to_string()), written, "{text}");
        }
        let error = "x".repeat(1000).parse::<TraceContext>().unwrap_err();
        assert!(error.to_string().len() < 200, "{error}");
    }

    #[test]
    fn contexts_are_made_of_ids() {
        assert_eq!(TraceContext::new([0; 16], [1; 8], 1), None);
        assert_eq!(TraceContext::new([1; 16], [0; 8], 1), None);
        let context = TraceContext::new([0xab; 16], [1; 8], 0).unwrap();
        let text = format!("00-{}-{}-00", "ab".repeat(16), "01".repeat(8));
        assert_eq!(context.to_string(), text);
        assert_eq!(context.trace_id(), [0xab; 16]);
        assert_eq!((context.parent_id(), context.flags()), ([1; 8], 0));
        assert!(!context.is_sampled());
    }
}
