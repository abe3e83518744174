//! The requests of the last minutes, by their ids, so that all copies of a request have one outcome.
//!
//! The bus may double a request, and its sender repeats it while no response comes. So a copy can
//! arrive after the response to another one has been sent. If that was a refusal, the sender counts on
//! it: the copy is refused as well, also if the request would be permitted by now.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use crate::wire::header::{HeaderWriter, field};
use crate::wire::refusal;

/// The time for which responses are kept.
const RETENTION: Duration = Duration::from_secs(300);

/// The maximum number of requests that are kept.
const MAX_REQUESTS: usize = 100_000;

/// The maximum total size of the responses that are kept, in bytes.
const MAX_SIZE: usize = 64 * 1024 * 1024;

/// A response on the bus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) header: String,
    pub(crate) body: Bytes,
}

/// The state of a request that has arrived before.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// It is being executed. Its response goes to the latest copy.
    Pending,
    /// It has this response.
    Done(Reply),
}

enum Entry {
    Pending { reply: Option<String> },
    Done(Reply),
}

/// The table of requests.
#[derive(Default)]
pub(crate) struct Answered {
    requests: HashMap<String, Entry>,
    /// The finished ones in the order in which they were finished.
    finished: VecDeque<(Instant, String)>,
    size: usize,
}

impl Answered {
    /// Returns the state of a request that has arrived before. Its response goes to `reply`.
    pub(crate) fn repeat(&mut self, id: &str, reply: Option<&str>) -> Option<Known> {
        match self.requests.get_mut(id)? {
            Entry::Done(response) => Some(Known::Done(response.clone())),
            Entry::Pending { reply: known } => {
                *known = reply.map(str::to_owned);
                Some(Known::Pending)
            }
        }
    }

    /// Returns true if a request has arrived before.
    pub(crate) fn contains(&self, id: &str) -> bool {
        self.requests.contains_key(id)
    }

    /// Returns the number of requests that are kept.
    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.requests.len().max(self.finished.len())
    }

    /// Records a new request.
    pub(crate) fn begin(&mut self, id: &str, reply: Option<&str>) {
        let reply = reply.map(str::to_owned);
        self.requests
            .insert(id.to_owned(), Entry::Pending { reply });
    }

    /// Returns the requests with their responses, for another gateway. Large responses are left out.
    pub(crate) fn export(&self, max_size: usize) -> impl Iterator<Item = (&str, Option<&Reply>)> {
        self.requests.iter().map(move |(id, entry)| match entry {
            Entry::Done(reply) if reply.body.len() <= max_size => (&**id, Some(reply)),
            Entry::Done(_) | Entry::Pending { .. } => (&**id, None),
        })
    }

    /// Records a request that another gateway has executed. Without a response, it is only known that
    /// it must not be executed again.
    pub(crate) fn import(&mut self, id: String, reply: Option<Reply>, now: Instant) {
        let reply = reply.unwrap_or_else(|| Reply {
            header: HeaderWriter::new()
                .plain(field::ERROR, refusal::OUTCOME_UNKNOWN)
                .finish(),
            body: Bytes::from_static(b"another gateway has executed it before it handed over"),
        });
        self.record(id, reply, now);
    }

    /// Records a request that has a response without being executed here.
    pub(crate) fn record(&mut self, id: String, reply: Reply, now: Instant) {
        self.size += reply.body.len();
        self.requests.insert(id.clone(), Entry::Done(reply));
        self.finished.push_back((now, id));
        self.expire(now);
    }

    /// Records the response of a request. Returns the subject that it is to be sent to.
    pub(crate) fn finish(&mut self, id: &str, response: Reply, now: Instant) -> Option<String> {
        let entry = self.requests.get_mut(id)?;
        let size = response.body.len();
        let Entry::Pending { reply } = std::mem::replace(entry, Entry::Done(response)) else {
            return None;
        };
        self.size += size;
        self.finished.push_back((now, id.to_owned()));
        self.expire(now);
        reply
    }

    /// Removes a request, and returns the subject that its response is to be sent to. Another copy is
    /// executed again.
    pub(crate) fn forget(&mut self, id: &str) -> Option<String> {
        match self.requests.remove(id)? {
            Entry::Pending { reply } => reply,
            Entry::Done(_) => None,
        }
    }

    /// Removes responses that are too old or too many.
    pub(crate) fn expire(&mut self, now: Instant) {
        while let Some((at, id)) = self.finished.front() {
            let too_old = now.saturating_duration_since(*at) > RETENTION;
            if !too_old && self.finished.len() <= MAX_REQUESTS && self.size <= MAX_SIZE {
                break;
            }
            if let Some(Entry::Done(response)) = self.requests.remove(id) {
                self.size -= response.body.len();
            }
            self.finished.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn repeated_requests_are_recognized() {
        let mut table = Answered::default();
        let now = Instant::now();
        assert_eq!(table.repeat("1", Some("first")), None);
        table.begin("1", Some("first"));
        assert_eq!(table.repeat("1", Some("second")), Some(Known::Pending));
        let response = Reply {
            header: "1;s=204".into(),
            body: Bytes::new(),
        };
        let reply = table.finish("1", response.clone(), now);
        assert_eq!(reply.as_deref(), Some("second"));
        assert_eq!(
            table.repeat("1", Some("third")),
            Some(Known::Done(response))
        );
        table.expire(now + RETENTION + Duration::from_secs(1));
        assert_eq!(table.repeat("1", None), None);
        assert_eq!(table.forget("1"), None);
        table.begin("1", Some("fourth"));
        assert_eq!(table.forget("1").as_deref(), Some("fourth"));
    }
}
