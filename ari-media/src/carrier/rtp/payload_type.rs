//! The payload types that Asterisk sends, and the few that it accepts.
//!
//! Asterisk sends formats under its own numbers, but silently drops received packets with dynamic
//! numbers (96 to 127). It accepts only static numbers. They need not be those of the channel. A
//! channel of `slin16` accepts G.722, and the caller hears it correctly. Wideband audio is
//! therefore `slin16` from Asterisk, and G.722 to it.

use crate::pcm::Format;

/// Returns the format of a packet from Asterisk. `None` if Asterisk sends no audio under this
/// number.
///
/// The format can differ from the requested one: `slin` becomes `ulaw` before Asterisk 20.6, 21.1
/// and 22.
pub fn format_of(payload_type: u8) -> Option<Format> {
    let mut formats = Format::ALL.into_iter();
    formats.find(|format| format.rtp_payload_type() == payload_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_name_formats() {
        for format in Format::ALL {
            assert_eq!(format_of(format.rtp_payload_type()), Some(format));
        }
        // Comfort noise, and keys.
        for other in [13, 101] {
            assert_eq!(format_of(other), None);
        }
    }
}
