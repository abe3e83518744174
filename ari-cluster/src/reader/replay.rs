//! Asking a gateway for lost events.

use std::time::Duration;

use bytes::Bytes;

use super::inbox::Missing;
use crate::bus::{Bus, Message};
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
}

/// The events that a gateway still has.
#[derive(Debug)]
pub(crate) struct Replayed {
    pub(crate) epoch: String,
    pub(crate) events: Vec<BatchedEvent>,
    /// The number of the first event that it has, if that is after the one that was asked for.
    pub(crate) first_kept: Option<u64>,
}

/// The result of asking.
#[derive(Debug)]
pub(crate) enum Outcome {
    Replayed(Replayed),
    /// No response, or none that can be read. Ask again, unless the epoch has ended.
    Unanswered,
}

/// Asks for events.
pub(crate) async fn fetch(
    bus: &dyn Bus,
    (server, application): (&str, &str),
    counter: &Counter,
    missing: Missing,
) -> Outcome {
    let mut header = HeaderWriter::new()
        .text(field::EPOCH, &missing.epoch)
        .plain(field::FROM, missing.from)
        .plain(field::TO, missing.to);
    header = match counter {
        Counter::All => header,
        Counter::Worker(worker) => header.text(field::DESTINATION, worker),
        Counter::Kind(kind) => header.text(field::KIND, kind),
    };
    let subject = subject::replay(server, application, &missing.epoch);
    let response = bus
        .request(subject, header.finish(), Bytes::new(), LIMIT)
        .await;
    match response {
        Ok(response) => read(response, missing.epoch).unwrap_or(Outcome::Unanswered),
        Err(_) => Outcome::Unanswered,
    }
}

fn read(response: Message, epoch: String) -> Option<Outcome> {
    let header = Header::parse(&response.header)?;
    header.number(field::STATUS)?;
    let first_kept = header.number(field::FROM);
    Some(Outcome::Replayed(Replayed {
        epoch,
        events: batch::read(response.body)?,
        first_kept,
    }))
}
