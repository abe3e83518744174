//! The boundaries of WebSocket frames in the bytes that are written.
//!
//! Asterisk waits for its socket before it reads a frame. It does not look for bytes that its TLS
//! library has read from the socket already. So it reads a frame that follows another one in the same
//! TLS record only when further bytes arrive (16 and 22). A frame that is written by itself has
//! records of its own.

/// The position of a writer between two frames.
#[derive(Debug, Default)]
pub(super) struct FrameBoundary {
    /// The bytes of the current frame that were not written yet.
    remaining: u64,
}

impl FrameBoundary {
    /// Returns the number of bytes up to the end of the current frame. The bytes are the ones to be
    /// written next.
    pub(super) fn limit(&mut self, bytes: &[u8]) -> usize {
        if self.remaining == 0 {
            self.remaining = frame_length(bytes).unwrap_or(bytes.len() as u64);
        }
        let remaining = usize::try_from(self.remaining).unwrap_or(usize::MAX);
        remaining.min(bytes.len())
    }

    /// Advances by the number of bytes that were written, which is not above the limit.
    pub(super) fn advance(&mut self, written: usize) {
        self.remaining = self.remaining.saturating_sub(written as u64);
    }
}

/// Returns the length of a frame with its header, or `None` if its header is incomplete.
fn frame_length(bytes: &[u8]) -> Option<u64> {
    let &[_, second, ref rest @ ..] = bytes else {
        return None;
    };
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    let (extended, payload) = match second & 0x7f {
        126 => (2, u64::from(u16::from_be_bytes(*rest.first_chunk()?))),
        127 => (8, u64::from_be_bytes(*rest.first_chunk()?)),
        length => (0, u64::from(length)),
    };
    Some(payload.saturating_add(2 + extended + mask))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_written_apart() {
        let frames: Vec<Vec<u8>> = [0, 1, 125, 126, 65_535, 65_536]
            .into_iter()
            .flat_map(|length: usize| [(length, 0), (length, 0x80)])
            .map(|(length, mask)| {
                let mut frame = vec![0x82];
                match length {
                    0..=125 => frame.push(mask | length as u8),
                    126..=65_535 => {
                        frame.push(mask | 126);
                        frame.extend((length as u16).to_be_bytes());
                    }
                    _ => {
                        frame.push(mask | 127);
                        frame.extend((length as u64).to_be_bytes());
                    }
                }
                frame.extend(vec![0xff; length + if mask == 0 { 0 } else { 4 }]);
                frame
            })
            .collect();
        let bytes = frames.concat();
        // The writer accepts everything, or only a part.
        for accepted in [usize::MAX, 1000] {
            let mut boundary = FrameBoundary::default();
            let (mut at, mut ends) = (0, Vec::new());
            while at < bytes.len() {
                let limit = boundary.limit(&bytes[at..]);
                let written = limit.min(accepted);
                boundary.advance(written);
                at += written;
                if written == limit {
                    ends.push(at);
                }
            }
            let expected: Vec<usize> = frames
                .iter()
                .scan(0, |end, frame| {
                    *end += frame.len();
                    Some(*end)
                })
                .collect();
            assert_eq!(ends, expected);
        }
    }
}
