//! Messages that are larger than the bus takes: they are sent and fetched in parts.
//!
//! A large request is sent as parts, each with a response, on the subject of the request itself, so that
//! it needs no other permission. A last message without a part asks the gateway to process what has
//! arrived. Until it is sent, nothing is executed, whatever became of the parts.

use std::time::Duration;

use ari_api::client::unique_id;
use bytes::{Buf as _, BufMut as _, Bytes, BytesMut};
use tokio::time::timeout;

use super::{Bus, BusError, Message};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::refusal;

/// The largest part. Most NATS servers take messages of 1 MB.
const MAX_PART_SIZE: usize = 512 * 1024;

/// The space for the header of a part.
const HEADER_SIZE: usize = 512;

/// The maximum size of a response, an event or a table that is fetched.
pub(crate) const MAX_BODY_SIZE: usize = 64 * 1024 * 1024;

/// The time limit of one part, and how often it is sent or asked for.
const LIMIT: Duration = Duration::from_secs(2);
const ATTEMPTS: u32 = 3;

/// The time limit of all parts of a request.
const SEND_LIMIT: Duration = Duration::from_secs(30);

/// Returns the largest body that is sent in one message, and the size of a part.
pub(crate) fn part_size(bus: &dyn Bus) -> usize {
    bus.max_size()
        .saturating_sub(HEADER_SIZE)
        .clamp(1, MAX_PART_SIZE)
}

/// Returns true if the bus takes a message.
pub(crate) fn fits(bus: &dyn Bus, header: &str, body: &[u8]) -> bool {
    header.len() + body.len() <= bus.max_size()
}

/// The reason why the parts of a request were not sent. Nothing was executed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    #[error("{0}")]
    Bus(BusError),
    /// The gateway refuses them, for a reason of [`refusal`].
    #[error("the gateway refuses parts of it: {0}")]
    Refused(String),
}

/// Returns a message as the bytes that are sent in parts.
pub(crate) fn pack(header: &str, body: &[u8]) -> Bytes {
    let mut packed = BytesMut::with_capacity(4 + header.len() + body.len());
    // No header is as long as 4 GiB.
    packed.put_u32(header.len() as u32);
    packed.put_slice(header.as_bytes());
    packed.put_slice(body);
    packed.freeze()
}

/// Returns the header and the body that were packed.
pub(crate) fn unpack(mut packed: Bytes) -> Option<(String, Bytes)> {
    let length = packed.try_get_u32().ok()? as usize;
    if length > packed.len() {
        return None;
    }
    let header = String::from_utf8(packed.split_to(length).into()).ok()?;
    Some((header, packed))
}

/// Sends the parts of a packed message to the gateway of an epoch. Returns the header of the message
/// that asks to process them.
pub(crate) async fn send(
    bus: &dyn Bus,
    subject: &str,
    id: &str,
    packed: &Bytes,
) -> Result<String, SendError> {
    let sending = async {
        let size = part_size(bus);
        let mut offset = 0;
        while offset < packed.len() {
            let part = packed.slice(offset..packed.len().min(offset + size));
            let header = part_header(id, packed.len())
                .plain(field::OFFSET, offset)
                .finish();
            offset += part.len();
            let response = ask(bus, subject, &header, &part).await;
            let response = response.map_err(SendError::Bus)?;
            let header = Header::parse(&response.header);
            if header.is_none_or(|header| header.number(field::STATUS).is_none()) {
                let reason = header.and_then(|header| header.text(field::ERROR));
                let reason = reason.map_or(refusal::MALFORMED.to_owned(), |it| it.into_owned());
                return Err(SendError::Refused(reason));
            }
        }
        Ok(part_header(id, packed.len()).finish())
    };
    match timeout(SEND_LIMIT, sending).await {
        Ok(sent) => sent,
        Err(_) => Err(SendError::Bus(BusError::TimedOut(SEND_LIMIT))),
    }
}

fn part_header(id: &str, size: usize) -> HeaderWriter {
    HeaderWriter::new()
        .text(field::ID, id)
        .plain(field::SIZE, size)
}

/// Asks several times for a response to one part.
async fn ask(
    bus: &dyn Bus,
    subject: &str,
    header: &str,
    part: &Bytes,
) -> Result<Message, BusError> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        let asking = bus.request(subject.to_owned(), header.to_owned(), part.clone(), LIMIT);
        match asking.await {
            Err(BusError::TimedOut(_) | BusError::Disconnected(_)) if attempts < ATTEMPTS => {}
            outcome => return outcome,
        }
    }
}

/// Sends a request that a gateway may process several times, in parts if it is large, and fetches a
/// large response. `part_subject` is the one on which the parts of responses are asked for.
pub(crate) async fn request(
    bus: &dyn Bus,
    subject: String,
    part_subject: &str,
    header: String,
    body: Bytes,
    limit: Duration,
) -> Result<Message, BusError> {
    let (header, body) = match fits(bus, &header, &body) {
        true => (header, body),
        false => {
            let sent = send(bus, &subject, &unique_id(), &pack(&header, &body)).await;
            let header = sent.map_err(|error| match error {
                SendError::Bus(error) => error,
                SendError::Refused(_) => BusError::TooLarge(error.to_string()),
            })?;
            (header, Bytes::new())
        }
    };
    let mut response = bus.request(subject, header, body, limit).await?;
    let header = Header::parse(&response.header);
    let reason = header.and_then(|header| header.text(field::ERROR));
    if reason.is_some_and(|reason| reason == refusal::NO_PART) {
        // Another gateway has got the last message. The request is sent again.
        return Err(BusError::TimedOut(limit));
    }
    if let Some(body) = fetch_body(bus, part_subject, &response).await {
        response.body = body.map_err(BusError::Disconnected)?;
    }
    Ok(response)
}

/// Fetches the body of a message that says that its body is to be fetched. `None` if it is in the
/// message.
pub(crate) async fn fetch_body(
    bus: &dyn Bus,
    part_subject: &str,
    message: &Message,
) -> Option<Result<Bytes, String>> {
    let header = Header::parse(&message.header)?;
    let size = usize::try_from(header.number(field::SIZE)?).unwrap_or(usize::MAX);
    let id = header.text(field::ID)?;
    Some(fetch(bus, part_subject, &id, size).await)
}

async fn fetch(bus: &dyn Bus, subject: &str, id: &str, size: usize) -> Result<Bytes, String> {
    let mut collected = Collected::new(size, &Bytes::new())?;
    while let Some(offset) = collected.next_offset() {
        let header = HeaderWriter::new()
            .text(field::ID, id)
            .plain(field::OFFSET, offset)
            .finish();
        let asking = ask(bus, subject, &header, &Bytes::new()).await;
        let part = asking.map_err(|error| error.to_string())?;
        let header = Header::parse(&part.header);
        if header.is_none_or(|header| header.number(field::STATUS).is_none()) {
            return Err("a part of the response is missing".to_owned());
        }
        collected.add(&part.body)?;
    }
    Ok(collected.finish())
}

/// A body whose parts are being fetched.
pub(crate) struct Collected {
    body: BytesMut,
    size: usize,
}

impl Collected {
    /// Begins with the first part of a body of a size, which may be empty.
    pub(crate) fn new(size: usize, first: &Bytes) -> Result<Self, String> {
        if size > MAX_BODY_SIZE {
            return Err(format!("{size} bytes are too large"));
        }
        let body = BytesMut::from(&first[..]);
        Ok(Collected { body, size })
    }

    /// Returns the offset of the next part. `None` if the body is whole.
    pub(crate) fn next_offset(&self) -> Option<usize> {
        (self.body.len() < self.size).then_some(self.body.len())
    }

    /// Adds the next part.
    pub(crate) fn add(&mut self, part: &Bytes) -> Result<(), String> {
        if part.is_empty() || self.body.len() + part.len() > self.size {
            return Err("a part has a wrong size".to_owned());
        }
        self.body.extend_from_slice(part);
        Ok(())
    }

    pub(crate) fn finish(self) -> Bytes {
        self.body.freeze()
    }
}

/// Returns the part of a body at an offset. `None` if there is none.
pub(crate) fn part_at(bus: &dyn Bus, body: &Bytes, offset: u64) -> Option<Bytes> {
    let offset = usize::try_from(offset).ok()?;
    let end = body.len().min(offset.saturating_add(part_size(bus)));
    (offset < body.len()).then(|| body.slice(offset..end))
}
