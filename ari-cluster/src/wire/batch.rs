//! Several events in one body, each with its subject, its header and its text, byte for byte.

use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};

/// One event of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BatchedEvent {
    pub(crate) subject: String,
    pub(crate) header: String,
    pub(crate) body: Bytes,
}

/// Returns the size of an event in a batch.
pub(crate) fn size(subject: &str, header: &str, body: &[u8]) -> usize {
    3 * size_of::<u32>() + subject.len() + header.len() + body.len()
}

/// Writes events, each part after its length.
#[derive(Debug, Default)]
pub(crate) struct BatchWriter(BytesMut);

impl BatchWriter {
    pub(crate) fn add(&mut self, subject: &str, header: &str, body: &[u8]) {
        for part in [subject.as_bytes(), header.as_bytes(), body] {
            // Nothing here is as long as 4 GiB.
            self.0.put_u32(part.len() as u32);
            self.0.put_slice(part);
        }
    }

    /// Returns the size in bytes.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn finish(self) -> Bytes {
        self.0.freeze()
    }
}

/// Reads the events of a batch. `None` if it is not one.
pub(crate) fn read(mut batch: Bytes) -> Option<Vec<BatchedEvent>> {
    let mut events = Vec::new();
    while batch.has_remaining() {
        let mut part = || {
            let length = batch.try_get_u32().ok()? as usize;
            (length <= batch.len()).then(|| batch.split_to(length))
        };
        let (subject, header, body) = (part()?, part()?, part()?);
        events.push(BatchedEvent {
            subject: String::from_utf8(subject.into()).ok()?,
            header: String::from_utf8(header.into()).ok()?,
            body,
        });
    }
    Some(events)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn batches_are_read_as_written(
            events in proptest::collection::vec((".*", ".*", proptest::collection::vec(0_u8.., 0..50)), 0..5),
            cut: u8,
        ) {
            let mut writer = BatchWriter::default();
            for (subject, header, body) in &events {
                writer.add(subject, header, body);
            }
            let batch = writer.finish();
            let read_back: Vec<_> = read(batch.clone())
                .unwrap()
                .into_iter()
                .map(|event| (event.subject, event.header, event.body.to_vec()))
                .collect();
            proptest::prop_assert_eq!(&read_back, &events);
            // Any bytes are refused or read, without a panic.
            let length = usize::from(cut).min(batch.len());
            let _ = read(batch.slice(..length));
        }
    }
}
