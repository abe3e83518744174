//! Large messages between the bus and a gateway: requests whose parts are joined, and responses
//! whose bodies are fetched in parts.

use std::sync::PoisonError;

use ari_api::client::unique_id;
use bytes::Bytes;
use tokio::time::Instant;

use super::answered::Reply;
use super::fence::refuse;
use super::shared::Shared;
use crate::bus::parts::{self, MAX_BODY_SIZE};
use crate::bus::{Message, respond};
use crate::hooks::{self, Mutant};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::refusal;

/// A message of a subscription to requests.
pub(super) enum Arrival {
    /// A whole message.
    Whole(Message),
    /// A part, which has its response.
    Part,
    /// The end of a message of which parts are missing.
    Incomplete(Message),
}

impl Shared {
    /// Removes what is too old.
    pub(super) fn expire_parts(&self, now: Instant) {
        let requests = self.request_parts.lock();
        requests.unwrap_or_else(PoisonError::into_inner).expire(now);
        let bodies = self.bodies.lock();
        bodies.unwrap_or_else(PoisonError::into_inner).expire(now);
    }

    /// Returns the numbers of requests that arrive in parts and of bodies that are fetched.
    #[cfg(test)]
    pub(super) fn part_counts(&self) -> [(&'static str, usize); 2] {
        let requests = self.request_parts.lock().unwrap().len();
        let bodies = self.bodies.lock().unwrap().len();
        [("requests in parts", requests), ("bodies in parts", bodies)]
    }

    /// Processes a message that may be a part, or the end of one that has come in parts.
    pub(super) fn receive(&self, message: Message) -> Arrival {
        let part = Header::parse(&message.header).and_then(|header| {
            let size = usize::try_from(header.number(field::SIZE)?).ok()?;
            Some((header.text(field::ID)?, size, header.number(field::OFFSET)))
        });
        let Some((id, size, offset)) = part else {
            return Arrival::Whole(message);
        };
        let requests = || {
            let requests = self.request_parts.lock();
            requests.unwrap_or_else(PoisonError::into_inner)
        };
        let Some(offset) = offset else {
            if hooks::is_on(Mutant::KeepsParts) {
                self.update(|state, _| state.answered.forget(&id));
            }
            let whole = requests().take(&id).and_then(parts::unpack);
            let whole = whole.filter(|(header, _)| {
                let inner = Header::parse(header).and_then(|header| header.text(field::ID));
                inner.is_none_or(|inner| inner == id)
            });
            return match whole {
                Some((header, body)) => Arrival::Whole(Message {
                    header,
                    body,
                    ..message
                }),
                None => Arrival::Incomplete(message),
            };
        };
        // Another gateway responds.
        if self.read(|state| state.is_replaced || state.is_handed_over) {
            return Arrival::Part;
        }
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        // A copy of a part may come behind the request.
        let is_known = self.read(|state| state.answered.contains(&id));
        let added = match is_known {
            true => Ok(()),
            false => requests().add(&id, size, offset, message.body.clone(), Instant::now()),
        };
        let header = match added {
            Ok(()) => HeaderWriter::new().plain(field::STATUS, 100).finish(),
            Err(reason) => refuse(reason, None).header,
        };
        respond(&*self.bus, &message, header, Bytes::new());
        Arrival::Part
    }

    /// Returns a message, whose body is kept for fetching its parts if it is large. `id` names the body.
    pub(super) fn fit(&self, id: &str, header: HeaderWriter, body: Bytes) -> Reply {
        if body.len() <= parts::part_size(&*self.bus) {
            let header = header.clone().finish();
            if parts::fits(&*self.bus, &header, &body) {
                return Reply { header, body };
            }
        }
        if body.len() > MAX_BODY_SIZE {
            return refuse(refusal::TOO_LARGE, None);
        }
        let header = header
            .text(field::ID, id)
            .plain(field::SIZE, body.len())
            .finish();
        let bodies = self.bodies.lock();
        let mut bodies = bodies.unwrap_or_else(PoisonError::into_inner);
        bodies.insert(id, body, Instant::now());
        Reply {
            header,
            body: Bytes::new(),
        }
    }

    /// Responds to a request with any body.
    pub(super) fn respond_with(&self, request: &Message, header: HeaderWriter, body: Bytes) {
        let reply = self.fit(&unique_id(), header, body);
        respond(&*self.bus, request, reply.header, reply.body);
    }

    /// Responds to a request for one part of a body.
    pub(super) fn respond_with_part(&self, message: &Message) {
        let part = Header::parse(&message.header).and_then(|header| {
            let id = header.text(field::ID)?;
            let bodies = self.bodies.lock();
            let bodies = bodies.unwrap_or_else(PoisonError::into_inner);
            let body = bodies.get(&id)?;
            parts::part_at(&*self.bus, body, header.number(field::OFFSET)?)
        });
        match part {
            Some(part) => {
                let header = HeaderWriter::new().plain(field::STATUS, 200).finish();
                respond(&*self.bus, message, header, part);
            }
            None => {
                let reply = refuse(refusal::NO_PART, None);
                respond(&*self.bus, message, reply.header, reply.body);
            }
        }
    }
}
