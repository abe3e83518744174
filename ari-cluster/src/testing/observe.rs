//! Observations of a cluster.

use std::time::Duration;

use crate::gateway::Record;
use crate::hooks::Event;

/// An observation.
#[derive(Clone, Debug)]
pub enum Observation {
    /// A record of a gateway's journal.
    Gateway {
        /// The server.
        server: String,
        /// The number of the gateway: each one that is started has another.
        gateway: usize,
        /// The record.
        record: Record,
    },
    /// An observation of a program: what it has got, done, and believed to have.
    Program(Event),
    /// A worker has ended, or was killed.
    WorkerEnded {
        /// The worker.
        worker: String,
    },
    /// An event that was sent to a gateway, which it did not read.
    Unread {
        /// The server.
        server: String,
        /// The type of the event.
        kind: String,
        /// The channel that it is about.
        channel: String,
    },
    /// An event has waited too long until the gateway read it.
    ReadLate {
        /// The server.
        server: String,
        /// The time for which it has waited.
        delay: Duration,
    },
    /// A worker does nothing for a while, or the bus if no worker is named. Afterwards everything
    /// arrives.
    Frozen {
        /// The worker.
        worker: Option<String>,
        /// The duration.
        duration: Duration,
    },
    /// A step of the test itself. `gateway N is killed` is one that the checker reads.
    Note(String),
}
