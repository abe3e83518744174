//! Detection of messages that arrive in fragments, which the WebSocket library joins.

use std::collections::VecDeque;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// For each text or binary message that has arrived, true if it had several frames.
#[derive(Clone, Default)]
pub(super) struct Fragments(Arc<Mutex<VecDeque<bool>>>);

impl Fragments {
    /// Takes the entry of the next message.
    pub(super) fn next_is_fragmented(&self) -> bool {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.pop_front().unwrap_or_default()
    }
}

/// A stream of WebSocket frames whose headers are observed as they are read.
pub(super) struct ObservedStream<S> {
    stream: S,
    headers: FrameHeaders,
    fragments: Fragments,
}

impl<S> ObservedStream<S> {
    pub(super) fn new(stream: S) -> (Self, Fragments) {
        let fragments = Fragments::default();
        let observed = ObservedStream {
            stream,
            headers: FrameHeaders::default(),
            fragments: fragments.clone(),
        };
        (observed, fragments)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for ObservedStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = Pin::new(&mut self.stream).poll_read(context, buffer);
        let ObservedStream {
            headers, fragments, ..
        } = &mut *self;
        let mut entries = fragments.0.lock().unwrap_or_else(PoisonError::into_inner);
        headers.read(&buffer.filled()[before..], &mut entries);
        result
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for ObservedStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The headers of frames in a stream of bytes.
#[derive(Default)]
struct FrameHeaders {
    /// The beginning of the next header.
    header: Vec<u8>,
    /// The bytes of the current frame that follow.
    rest: u64,
}

impl FrameHeaders {
    /// Reads bytes, and appends an entry for each message that ends in them.
    fn read(&mut self, mut bytes: &[u8], messages: &mut VecDeque<bool>) {
        const CONTINUATION: u8 = 0;
        const FIRST_CONTROL: u8 = 8;
        while let Some((first, after)) = bytes.split_first() {
            if self.rest > 0 {
                let skipped = usize::try_from(self.rest).unwrap_or(usize::MAX);
                let skipped = skipped.min(bytes.len());
                self.rest -= skipped as u64;
                bytes = &bytes[skipped..];
                continue;
            }
            self.header.push(*first);
            bytes = after;
            if let Some(rest) = rest_of_frame(&self.header) {
                let (is_final, opcode) = (self.header[0] & 0x80 != 0, self.header[0] & 0x0f);
                if is_final && opcode < FIRST_CONTROL {
                    messages.push_back(opcode == CONTINUATION);
                }
                self.rest = rest;
                self.header.clear();
            }
        }
    }
}

/// Returns the number of bytes that follow a header, or `None` if it is incomplete.
fn rest_of_frame(header: &[u8]) -> Option<u64> {
    let &[_, second, ref extended @ ..] = header else {
        return None;
    };
    let payload = match second & 0x7f {
        126 => u64::from(u16::from_be_bytes(*extended.first_chunk()?)),
        127 => u64::from_be_bytes(*extended.first_chunk()?),
        length => u64::from(length),
    };
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    Some(payload.saturating_add(mask))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_found_wherever_the_bytes_are_cut() {
        let mut bytes = Vec::new();
        for (first, length) in [
            (0x82, 3),
            (0x02, 200),
            (0x89, 4),
            (0x00, 1),
            (0x80, 5),
            (0x81, 70_000_u64),
        ] {
            bytes.push(first);
            match length {
                0..126 => bytes.push(0x80 | length as u8),
                126..65_536 => {
                    bytes.push(0x80 | 126);
                    bytes.extend((length as u16).to_be_bytes());
                }
                _ => {
                    bytes.push(0x80 | 127);
                    bytes.extend(length.to_be_bytes());
                }
            }
            bytes.extend(vec![0x80; length as usize + 4]);
        }
        for size in [1, 7, 1000, bytes.len()] {
            let (mut headers, mut messages) = (FrameHeaders::default(), VecDeque::new());
            for chunk in bytes.chunks(size) {
                headers.read(chunk, &mut messages);
            }
            assert_eq!(messages, [false, true, false], "{size}");
        }
    }
}
