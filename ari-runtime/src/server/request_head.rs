//! The head of a request while it arrives. The credentials in it are overwritten as soon as they
//! have been read, and no other copy is left in memory.

use zeroize::Zeroizing;

const AUTHORIZATION: &[u8] = b"authorization:";

/// The bytes of a request, at most `limit`.
pub(super) struct RequestHead {
    bytes: Zeroizing<Vec<u8>>,
    limit: usize,
}

impl RequestHead {
    pub(super) fn new(limit: usize) -> Self {
        RequestHead {
            bytes: Zeroizing::new(Vec::with_capacity(limit.min(1024))),
            limit,
        }
    }

    /// Returns the buffer for the next bytes and the number of bytes that may be added. `None` if
    /// the limit is reached.
    pub(super) fn spare_capacity(&mut self) -> Option<(&mut Vec<u8>, usize)> {
        let left = self.limit.saturating_sub(self.bytes.len());
        if left == 0 {
            return None;
        }
        if self.bytes.len() == self.bytes.capacity() {
            // A vector that reallocates leaves a copy of its contents in memory.
            let capacity = self.bytes.len() + left.min(self.bytes.len());
            let mut larger = Zeroizing::new(Vec::with_capacity(capacity));
            larger.extend_from_slice(&self.bytes);
            self.bytes = larger;
        }
        let room = left.min(self.bytes.capacity() - self.bytes.len());
        Some((&mut self.bytes, room))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Takes the value of the first `Authorization` header as soon as the head is complete.
    /// Overwrites the values of all `Authorization` headers with blanks.
    pub(super) fn take_authorization(&mut self) -> Option<Zeroizing<Vec<u8>>> {
        let mut headers = Vec::new();
        let mut start = 0;
        loop {
            let length = self.bytes[start..].iter().position(|byte| *byte == b'\n')?;
            let line = &self.bytes[start..start + length];
            if line.trim_ascii_end().is_empty() && start > 0 {
                break;
            }
            let name = line.get(..AUTHORIZATION.len());
            if name.is_some_and(|name| name.eq_ignore_ascii_case(AUTHORIZATION)) {
                headers.push(start + AUTHORIZATION.len()..start + line.trim_ascii_end().len());
            }
            start += length + 1;
        }
        let mut first = None;
        for value in headers {
            let value = &mut self.bytes[value];
            first.get_or_insert_with(|| Zeroizing::new(value.trim_ascii().to_vec()));
            value.fill(b' ');
        }
        first
    }

    /// Returns the bytes after the head.
    pub(super) fn trailing_bytes(&self, length: usize) -> Vec<u8> {
        self.bytes.get(length..).unwrap_or_default().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> RequestHead {
        let mut head = RequestHead::new(1 << 20);
        for byte in text.bytes() {
            head.spare_capacity().unwrap().0.push(byte);
        }
        head
    }

    #[test]
    fn credentials_are_redacted() {
        for (text, expected) in [
            (
                "GET / HTTP/1.1\r\nAuthorization: Basic abc\r\n\r\nrest",
                Some("Basic abc"),
            ),
            (
                "GET / HTTP/1.1\nA: b\nauthoriZation:Basic abc  \n\n",
                Some("Basic abc"),
            ),
            (
                "GET / HTTP/1.1\r\nAuthorization: abc\r\nAuthorization: abc2\r\n\r\n",
                Some("abc"),
            ),
            ("GET / HTTP/1.1\r\nAuthorization:\r\n\r\n", Some("")),
            (
                "GET / HTTP/1.1\r\nX-Authorization: 1\r\n\r\nAuthorization: 2\r\n\r\n",
                None,
            ),
            ("GET / HTTP/1.1\r\nAuthorization: Basic abc\r\n", None),
            ("", None),
        ] {
            let mut head = head(text);
            let taken = head.take_authorization();
            let taken = taken.as_deref().map(Vec::as_slice);
            assert_eq!(taken, expected.map(str::as_bytes), "{text}");
            assert_eq!(head.bytes().len(), text.len());
            let left = String::from_utf8_lossy(head.bytes()).into_owned();
            assert!(taken.is_none() || !left.contains("abc"), "{left}");
        }
    }

    #[test]
    fn buffer_is_allocated_on_demand_up_to_capacity() {
        let mut head = RequestHead::new(5000);
        let mut seen = 0;
        while let Some((bytes, room)) = head.spare_capacity() {
            let (at, capacity) = (bytes.as_ptr(), bytes.capacity());
            assert!(room > 0);
            bytes.extend(std::iter::repeat_n(b'x', room));
            assert_eq!((bytes.as_ptr(), bytes.capacity()), (at, capacity));
            seen += room;
        }
        assert_eq!(seen, 5000);
        assert_eq!(head.bytes(), [b'x'; 5000]);
    }
}
