//! The UUID by which a connection of AudioSocket is matched to its channel.

use std::fmt;

use ari_api::client::unique_id;

/// The id of a call on AudioSocket: a UUID, which the program creates, passes to `externalMedia` as
/// `data`, and receives in the first message of the connection.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CallId([u8; 16]);

impl CallId {
    /// Creates a random id (RFC 9562, version 4).
    pub fn random() -> Self {
        let text = unique_id();
        let mut bytes = u128::from_str_radix(&text, 16)
            .unwrap_or_default()
            .to_be_bytes();
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        CallId(bytes)
    }

    /// Creates the id with these bytes, in their order on the wire.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        CallId(bytes)
    }

    /// Returns the bytes in their order on the wire.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// Writes the usual form: 32 lowercase hexadecimal digits in five groups.
impl fmt::Display for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            let dash = if matches!(at, 4 | 6 | 8 | 10) {
                "-"
            } else {
                ""
            };
            write!(f, "{dash}{byte:02x}")?;
        }
        Ok(())
    }
}

/// Hides the second half, because the id admits a connection.
impl fmt::Debug for CallId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CallId({}…)", &self.to_string()[..18])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_random_uuids() {
        let ids: std::collections::HashSet<_> = (0..1000).map(|_| CallId::random()).collect();
        assert_eq!(ids.len(), 1000);
        for id in ids {
            let text = id.to_string();
            assert_eq!(text.len(), 36);
            assert_eq!(&text[14..15], "4");
            assert!(matches!(&text[19..20], "8" | "9" | "a" | "b"), "{text}");
            assert!(!format!("{id:?}").contains(&text));
        }
        let id = CallId::from_bytes(
            *b"\x40\x32\x5e\xc2\x5e\xfd\x4b\xd3\x80\x5f\x53\x57\x6e\x58\x1d\x13",
        );
        assert_eq!(id.to_string(), "40325ec2-5efd-4bd3-805f-53576e581d13");
    }
}
