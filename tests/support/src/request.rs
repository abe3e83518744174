//! Requests as they arrive at the scripted server.

use std::io::{self, BufRead, Read};

use serde_json::Value;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    /// The method.
    pub method: String,
    /// The path and the query, percent-encoded, as on the request line.
    pub target: String,
    /// All lines before the body.
    pub head: String,
    /// The body.
    pub body: Vec<u8>,
}

impl ReceivedRequest {
    /// Reads the next request; `None` if the client has closed the connection.
    pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if reader.read_line(&mut head)? == 0 {
                return Ok(None);
            }
        }
        let start = head.lines().next().unwrap_or_default();
        let words: Vec<_> = start.split(' ').collect();
        let [method, target, "HTTP/1.1"] = words[..] else {
            panic!("{start:?} is not the first line of a request");
        };
        let mut request = ReceivedRequest {
            method: method.to_owned(),
            target: target.to_owned(),
            head,
            body: Vec::new(),
        };
        if let Some(length) = request.header("content-length") {
            let length = length.parse().expect("a number of bytes");
            reader.take(length).read_to_end(&mut request.body)?;
        }
        Ok(Some(request))
    }

    /// Returns the value of a header, which must not occur twice. `name` is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let value = found.next().map(|(_, value)| value);
        assert!(found.next().is_none(), "{name} twice in {:?}", self.head);
        value
    }

    /// Returns the headers in order, with names in lower case.
    pub fn headers(&self) -> Vec<(String, &str)> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .map(|(name, value)| (name.to_lowercase(), value))
            .collect()
    }

    /// Returns the path without the query, percent-encoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// Returns the query, percent-encoded.
    pub fn query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }

    /// Returns the method and the path below `/ari`, such as `POST /channels/c/ring`.
    pub fn line(&self) -> String {
        let path = self.path();
        let below = path.split_once("/ari").map_or(path, |(_, below)| below);
        format!("{} {below}", self.method)
    }

    /// Returns the segments of the path below `/ari`, decoded.
    pub fn segments(&self) -> Vec<String> {
        let below = self.path().strip_prefix("/ari/");
        let below = below.expect("a path below /ari");
        below.split('/').map(decode).collect()
    }

    /// Returns the names and values of the query, decoded, sorted by name.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        let pairs = self.query().split('&').filter(|pair| !pair.is_empty());
        let mut pairs: Vec<_> = pairs
            .map(|pair| {
                let (name, value) = pair.split_once('=').expect("a name and a value");
                (decode(name), decode(value))
            })
            .collect();
        pairs.sort();
        pairs
    }

    /// Returns the body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// Returns the body as JSON; null if there is none.
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).expect("a body in JSON")
    }
}

/// Decodes percent-encoded text. Asterisk would decode a plain `+` to a space: it must not occur
/// anywhere.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next().expect("a digit"), rest.next().expect("a digit")];
                let digits = std::str::from_utf8(&digits).expect("two digits");
                u8::from_str_radix(digits, 16).expect("two hexadecimal digits")
            }
            b'-' | b'.' | b'_' | b'~' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => byte,
            _ => panic!("{:?} is not encoded in {text}", char::from(byte)),
        });
    }
    String::from_utf8(bytes).expect("UTF-8")
}
