//! The one header of a message: `1;name=value;…`. NATS takes half as many messages a second with
//! four headers as with one.

use std::borrow::Cow;
use std::fmt::Display;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// The name of the header in NATS.
pub(crate) const NAME: &str = "Ari";

/// The version at the beginning. Readers ignore fields that they do not know, so that fields can be
/// added without a new version.
const VERSION: &str = "1";

/// Fields are separated by semicolons, lists by commas.
const ESCAPED: &AsciiSet = &CONTROLS.add(b';').add(b',').add(b'%').add(b'=');

/// The fields of messages.
pub(crate) mod field {
    /// The epoch of the application's socket that a number or a request belongs to.
    pub(crate) const EPOCH: &str = "e";
    /// The number of an event among all of the epoch.
    pub(crate) const ALL: &str = "g";
    /// The number of an event among those for its destination.
    pub(crate) const DESTINATION: &str = "d";
    /// 1 if the gateway has forgotten how many events a destination had before this one.
    pub(crate) const FIRST: &str = "j";
    /// The number of an event among those of its type.
    pub(crate) const KIND: &str = "t";
    /// The calls that a message is about.
    pub(crate) const CALLS: &str = "c";
    /// The generation of a call's assignment.
    pub(crate) const GENERATION: &str = "n";
    /// The id of a request.
    pub(crate) const ID: &str = "i";
    /// The operation of a request.
    pub(crate) const OPERATION: &str = "o";
    /// The path and query of a request.
    pub(crate) const TARGET: &str = "p";
    /// The objects that a request creates.
    pub(crate) const BINDS: &str = "b";
    /// The worker that sends a message, or is to have what it creates.
    pub(crate) const WORKER: &str = "w";
    /// The status of a response.
    pub(crate) const STATUS: &str = "s";
    /// The version of Asterisk.
    pub(crate) const VERSION: &str = "v";
    /// The reason why the gateway refuses a request.
    pub(crate) const ERROR: &str = "x";
    /// The server.
    pub(crate) const SERVER: &str = "h";
    /// The application.
    pub(crate) const APPLICATION: &str = "a";
    /// The first number that is asked for, or that is still known.
    pub(crate) const FROM: &str = "f";
    /// The time in milliseconds for which a reader has been reading, which asks for its first number.
    pub(crate) const SINCE: &str = "y";
    /// The last number that is asked for.
    pub(crate) const TO: &str = "l";
    /// The verb of a message to a worker.
    pub(crate) const VERB: &str = "m";
    /// The size in bytes of a body that is sent or fetched in parts.
    pub(crate) const SIZE: &str = "z";
    /// The offset of a part in a large body.
    pub(crate) const OFFSET: &str = "u";
    /// 1 if there is more to ask for.
    pub(crate) const MORE: &str = "q";
    /// The trace context of a request, as in the header `traceparent` of HTTP.
    pub(crate) const TRACE_CONTEXT: &str = "k";
    /// 1 if the call had another worker.
    pub(crate) const RESUMED: &str = "r";
}

/// Writes a header.
#[derive(Debug, Clone)]
pub(crate) struct HeaderWriter(String);

impl HeaderWriter {
    pub(crate) fn new() -> Self {
        HeaderWriter(VERSION.to_owned())
    }

    /// Adds a field whose value needs no escaping, such as a number.
    pub(crate) fn plain(mut self, name: &str, value: impl Display) -> Self {
        use std::fmt::Write as _;
        // Writing to a string cannot fail.
        let _ = write!(self.0, ";{name}={value}");
        self
    }

    /// Adds a field with any text.
    pub(crate) fn text(self, name: &str, value: &str) -> Self {
        self.plain(name, utf8_percent_encode(value, ESCAPED))
    }

    /// Adds a field with a list, unless the list is empty.
    pub(crate) fn list<T: AsRef<str>>(mut self, name: &str, values: &[T]) -> Self {
        for (index, value) in values.iter().enumerate() {
            if index == 0 {
                self.0.push(';');
                self.0.push_str(name);
                self.0.push('=');
            } else {
                self.0.push(',');
            }
            self.0.extend(utf8_percent_encode(value.as_ref(), ESCAPED));
        }
        self
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }
}

/// Reads a header.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header<'a>(&'a str);

impl<'a> Header<'a> {
    /// Returns a header. `None` if it is of another version.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix(VERSION)?;
        (rest.is_empty() || rest.starts_with(';')).then_some(Header(rest))
    }

    /// Returns true if this is the notice of an event that is too large for the bus.
    pub(crate) fn is_large_event(self) -> bool {
        self.raw(field::SIZE).is_some()
    }

    fn raw(self, name: &str) -> Option<&'a str> {
        let mut fields = self.0.split(';');
        fields.find_map(|field| field.strip_prefix(name)?.strip_prefix('='))
    }

    pub(crate) fn text(self, name: &str) -> Option<Cow<'a, str>> {
        percent_decode_str(self.raw(name)?).decode_utf8().ok()
    }

    pub(crate) fn number(self, name: &str) -> Option<u64> {
        self.raw(name)?.parse().ok()
    }

    pub(crate) fn list(self, name: &str) -> Vec<String> {
        let Some(raw) = self.raw(name) else {
            return Vec::new();
        };
        let values = raw.split(',').map(percent_decode_str);
        values
            .filter_map(|value| Some(value.decode_utf8().ok()?.into_owned()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_versions_and_unknown_fields() {
        assert!(Header::parse("2;e=1").is_none());
        assert!(Header::parse("10;e=1").is_none());
        assert!(Header::parse("").is_none());
        let header = Header::parse("1;new=x;e=a").unwrap();
        assert_eq!(header.text("e").as_deref(), Some("a"));
        assert_eq!(header.text("n"), None);
        assert_eq!(header.number("e"), None);
        assert!(header.list("c").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn any_value_survives(text in ".*", list in proptest::collection::vec(".+", 0..4), number: u64) {
            let written = HeaderWriter::new()
                .text("p", &text)
                .list("c", &list)
                .plain("n", number)
                .finish();
            proptest::prop_assert!(!written.contains(['\r', '\n']));
            let header = Header::parse(&written).unwrap();
            let read = header.text("p");
            proptest::prop_assert_eq!(read.as_deref(), Some(&*text));
            proptest::prop_assert_eq!(header.list("c"), list);
            proptest::prop_assert_eq!(header.number("n"), Some(number));
        }
    }
}
