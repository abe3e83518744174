//! The parts of requests that have not arrived whole, and the bodies whose parts are fetched. Both have
//! a limited size and time.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::Instant;

use crate::hooks::{self, Mutant};
use crate::wire::refusal;

/// The maximum size of a request.
const MAX_REQUEST_SIZE: usize = 16 * 1024 * 1024;

/// The maximum size of all parts of requests that wait, and of all bodies that can be fetched.
const MAX_SIZE: usize = 64 * 1024 * 1024;

/// The space that a part takes in addition to its bytes.
const PART_OVERHEAD: usize = 256;

/// The time for which parts of a request wait for the next one, and for which bodies can be fetched.
const RETENTION: Duration = Duration::from_secs(60);

/// The parts of one request.
#[derive(Debug)]
struct Incomplete {
    last_part: Instant,
    size: usize,
    parts: BTreeMap<usize, Bytes>,
}

impl Incomplete {
    fn space(&self) -> usize {
        let parts = self.parts.values();
        parts.map(|part| part.len() + PART_OVERHEAD).sum()
    }

    /// Returns the whole message. `None` if a part is missing.
    fn join(&self) -> Option<Bytes> {
        let mut whole = BytesMut::new();
        for (offset, part) in &self.parts {
            if *offset != whole.len() {
                return None;
            }
            whole.extend_from_slice(part);
        }
        (whole.len() == self.size).then(|| whole.freeze())
    }
}

/// The parts of requests that have not been processed yet.
#[derive(Debug, Default)]
pub(super) struct RequestParts {
    requests: HashMap<String, Incomplete>,
    space: usize,
}

impl RequestParts {
    /// Adds a part, in any order and any number of times. Returns the reason if it is refused.
    pub(super) fn add(
        &mut self,
        id: &str,
        size: usize,
        offset: usize,
        part: Bytes,
        now: Instant,
    ) -> Result<(), &'static str> {
        if size > MAX_REQUEST_SIZE {
            return Err(refusal::TOO_LARGE);
        }
        let end = offset.checked_add(part.len());
        if part.is_empty() || end.is_none_or(|end| end > size) {
            return Err(refusal::MALFORMED);
        }
        let space = part.len() + PART_OVERHEAD;
        let known = self.requests.get(id);
        if known.is_some_and(|known| known.size != size) {
            return Err(refusal::MALFORMED);
        }
        if known.is_some_and(|known| known.parts.contains_key(&offset)) {
            return Ok(());
        }
        if self.space + space > MAX_SIZE {
            return Err(refusal::BUSY);
        }
        self.space += space;
        let request = self.requests.entry(id.to_owned());
        let request = request.or_insert_with(|| Incomplete {
            last_part: now,
            size,
            parts: BTreeMap::new(),
        });
        request.last_part = now;
        request.parts.insert(offset, part);
        Ok(())
    }

    /// Removes a request. Returns its message, unless a part is missing.
    pub(super) fn take(&mut self, id: &str) -> Option<Bytes> {
        let request = self.requests.get(id)?;
        let whole = request.join();
        if !hooks::is_on(Mutant::KeepsParts) {
            self.space -= request.space();
            self.requests.remove(id);
        }
        whole
    }

    /// Removes requests whose next part does not come.
    pub(super) fn expire(&mut self, now: Instant) {
        let space = &mut self.space;
        self.requests.retain(|_, request| {
            let is_kept = now.saturating_duration_since(request.last_part) < RETENTION;
            if !is_kept {
                *space -= request.space();
            }
            is_kept
        });
    }

    /// Returns the number of requests.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.requests.len()
    }
}

/// The bodies whose parts are fetched.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    bodies: HashMap<String, Bytes>,
    /// The oldest first.
    order: VecDeque<(Instant, String)>,
    size: usize,
}

impl Bodies {
    pub(super) fn insert(&mut self, id: &str, body: Bytes, now: Instant) {
        self.size += body.len();
        match self.bodies.insert(id.to_owned(), body) {
            Some(before) => self.size -= before.len(),
            None => self.order.push_back((now, id.to_owned())),
        }
        while self.size > MAX_SIZE && self.order.len() > 1 {
            self.remove_oldest();
        }
    }

    /// Returns a body that is kept.
    pub(super) fn get(&self, id: &str) -> Option<&Bytes> {
        self.bodies.get(id)
    }

    /// Returns the number of bodies.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    fn remove_oldest(&mut self) {
        if let Some((_, id)) = self.order.pop_front()
            && let Some(body) = self.bodies.remove(&id)
        {
            self.size -= body.len();
        }
    }

    /// Removes bodies that are too old.
    pub(super) fn expire(&mut self, now: Instant) {
        let is_old = |(at, _): &(Instant, String)| now.saturating_duration_since(*at) >= RETENTION;
        while self.order.front().is_some_and(is_old) {
            self.remove_oldest();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Whatever is lost, doubled and in another order: the message is whole, or missing.
        #[test]
        fn parts_come_in_any_order(
            body in proptest::collection::vec(0_u8.., 1..200),
            size in 1_usize..40,
            order in proptest::collection::vec(0_usize..200, 0..60),
            is_complete: bool,
        ) {
            let now = Instant::now();
            let body = Bytes::from(body);
            let offsets: Vec<_> = (0..body.len()).step_by(size).collect();
            let mut requests = RequestParts::default();
            let mut sent: Vec<_> = order.iter().map(|it| offsets[it % offsets.len()]).collect();
            if is_complete {
                sent.extend(offsets.iter().rev());
            }
            for offset in &sent {
                let part = body.slice(*offset..body.len().min(offset + size));
                requests.add("1", body.len(), *offset, part, now).unwrap();
            }
            let has_all = offsets.iter().all(|offset| sent.contains(offset));
            proptest::prop_assert_eq!(requests.take("1"), has_all.then_some(body));
            proptest::prop_assert_eq!((requests.space, requests.len()), (0, 0));
        }
    }

    #[tokio::test]
    async fn parts_have_limits() {
        let now = Instant::now();
        let part = |size: usize| Bytes::from(vec![b'x'; size]);
        let mut requests = RequestParts::default();
        for (size, offset, length, expected) in [
            (10, 0, 5, Ok(())),
            (10, 6, 5, Err(refusal::MALFORMED)),
            (10, usize::MAX, 5, Err(refusal::MALFORMED)),
            (10, 5, 0, Err(refusal::MALFORMED)),
            (11, 5, 5, Err(refusal::MALFORMED)),
            (MAX_REQUEST_SIZE + 1, 0, 5, Err(refusal::TOO_LARGE)),
        ] {
            let added = requests.add("1", size, offset, part(length), now);
            assert_eq!(added, expected, "{size} {offset} {length}");
        }
        // All together.
        let large = part(MAX_REQUEST_SIZE - PART_OVERHEAD);
        for number in 2..10 {
            let added = requests.add(&number.to_string(), large.len(), 0, large.clone(), now);
            assert_eq!(added.is_ok(), number < 5, "{number}");
        }
        requests.expire(now + RETENTION);
        assert_eq!((requests.space, requests.len()), (0, 0));
        let mut bodies = Bodies::default();
        for number in 0..10 {
            bodies.insert(&number.to_string(), large.clone(), now);
        }
        assert_eq!(bodies.bodies.len(), 4);
        assert!(bodies.bodies.contains_key("9"));
        bodies.expire(now + RETENTION);
        assert_eq!((bodies.size, bodies.order.len()), (0, 0));
    }
}
