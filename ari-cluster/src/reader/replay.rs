//! Asking a gateway for lost events.

use std::time::Duration;

use bytes::Bytes;
use tokio::time::Instant;

use super::inbox::Missing;
use crate::bus::parts::{Collected, MAX_BODY_SIZE};
use crate::bus::{Bus, BusError};
use crate::wire::batch::{self, BatchedEvent};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;

/// The time limit of a request. It is repeated until the gap is filled or reported.
const LIMIT: Duration = Duration::from_secs(2);

/// The counter that a reader reads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Counter {
    /// All events of the application.
    All,
    /// The events of a worker's calls.
    Worker(String),
    /// The events of a type.
    Kind(String),
}

impl Counter {
    /// Returns the field of an event's header that has its number.
    pub(crate) fn field(&self) -> &'static str {
        match self {
            Counter::All => field::ALL,
            Counter::Worker(_) => field::DESTINATION,
            Counter::Kind(_) => field::KIND,
        }
    }

    /// Adds the counter to the header of a question.
    fn add_to(&self, header: HeaderWriter) -> HeaderWriter {
        match self {
            Counter::All => header,
            Counter::Worker(worker) => header.text(field::DESTINATION, worker),
            Counter::Kind(kind) => header.text(field::KIND, kind),
        }
    }
}

/// The events that a gateway still has.
#[derive(Debug)]
pub(crate) struct Replayed {
    pub(crate) epoch: String,
    pub(crate) events: Vec<BatchedEvent>,
    /// The number of the first event that it has, if that is after the one that was asked for.
    pub(crate) first_kept: Option<u64>,
}

impl Replayed {
    /// Returns true if the response has events, or tells that there are none.
    pub(crate) fn helps(&self) -> bool {
        !self.events.is_empty() || self.first_kept.is_some()
    }
}

/// The time limit of asking for the first event, and how often it is asked for.
const START_LIMIT: Duration = Duration::from_secs(1);
const START_ATTEMPTS: u32 = 3;

/// The time that a question may take to the gateway. Events from as long before the beginning may come
/// as well.
const START_MARGIN: Duration = Duration::from_millis(100);

/// Asks for the number of the first event since a reader has begun. `None` if there is no response.
pub(crate) async fn fetch_start(
    bus: &dyn Bus,
    (server, application): (&str, &str),
    counter: &Counter,
    epoch: &str,
    begun: Instant,
) -> Option<u64> {
    for _ in 0..START_ATTEMPTS {
        let header = HeaderWriter::new()
            .text(field::EPOCH, epoch)
            .plain(field::SINCE, (begun.elapsed() + START_MARGIN).as_millis());
        let header = counter.add_to(header).finish();
        let subject = subject::replay(server, application, epoch);
        let asking = bus.request(subject, header, Bytes::new(), START_LIMIT);
        match asking.await {
            Ok(response) => return Header::parse(&response.header)?.number(field::FROM),
            Err(BusError::TimedOut(_)) => {}
            Err(_) => return None,
        }
    }
    None
}

/// Asks for events. `None` if there is no response, or none that can be read: ask again, unless the
/// epoch has ended.
pub(crate) async fn fetch(
    bus: &dyn Bus,
    (server, application): (&str, &str),
    counter: &Counter,
    missing: Missing,
) -> Option<Replayed> {
    let subject = subject::replay(server, application, &missing.epoch);
    let question = |from: u64, to: u64| {
        let header = HeaderWriter::new()
            .text(field::EPOCH, &missing.epoch)
            .plain(field::FROM, from)
            .plain(field::TO, to);
        counter.add_to(header)
    };
    let asking = bus.request(
        subject.clone(),
        question(missing.from, missing.to).finish(),
        Bytes::new(),
        LIMIT,
    );
    let response = asking.await.ok()?;
    let header = Header::parse(&response.header)?;
    header.number(field::STATUS)?;
    let first_kept = header.number(field::FROM);
    let mut batch = response.body;
    if let Some(size) = header.number(field::SIZE) {
        // One event that is too large for a message.
        let number = first_kept.unwrap_or(missing.from);
        let size = usize::try_from(size).ok()?;
        if size > MAX_BODY_SIZE {
            return Some(Replayed {
                epoch: missing.epoch,
                first_kept: Some(number + 1),
                events: Vec::new(),
            });
        }
        let mut collected = Collected::new(size, &batch).ok()?;
        while let Some(offset) = collected.next_offset() {
            let header = question(number, number).plain(field::OFFSET, offset);
            let part = fetch_part(bus, &subject, &header.finish()).await;
            collected.add(&part.ok()?).ok()?;
        }
        batch = collected.finish();
    }
    Some(Replayed {
        epoch: missing.epoch.clone(),
        first_kept,
        events: batch::read(batch)?,
    })
}

/// Asks for a part of a large event.
async fn fetch_part(bus: &dyn Bus, subject: &str, header: &str) -> Result<Bytes, String> {
    let mut attempts = 0;
    loop {
        attempts += 1;
        let asking = bus.request(subject.to_owned(), header.to_owned(), Bytes::new(), LIMIT);
        match asking.await {
            // A response without a size means that the gateway no longer has the event.
            Ok(response) => {
                let header = Header::parse(&response.header);
                let has_size = header.is_some_and(|header| header.number(field::SIZE).is_some());
                return match has_size {
                    true => Ok(response.body),
                    false => Err("the event is no longer kept".to_owned()),
                };
            }
            Err(BusError::TimedOut(_)) if attempts < START_ATTEMPTS => {}
            Err(error) => return Err(error.to_string()),
        }
    }
}
