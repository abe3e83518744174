//! Records of what a gateway has done, for tests of the whole and for operators.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A record of the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Record {
    /// The gateway has begun to read the socket of its application.
    ReadingStarted {
        /// The epoch.
        epoch: String,
        /// True if another gateway has handed it over, without a gap.
        is_continued: bool,
    },
    /// The gateway no longer reads the socket.
    ReadingEnded {
        /// The epoch that has ended.
        epoch: String,
    },
    /// An event was read and published.
    Published {
        /// The epoch.
        epoch: String,
        /// The number of the event in the epoch.
        number: u64,
        /// The worker, or `-`.
        destination: String,
        /// The number of the event for its destination.
        in_destination: u64,
        /// The calls that it is about.
        calls: Vec<String>,
        /// The type.
        kind: String,
    },
    /// A worker has taken a call.
    Assigned {
        /// The call.
        call: String,
        /// The generation of the assignment.
        generation: u64,
        /// The worker.
        worker: String,
    },
    /// A call has no worker any more, or none yet, and is being offered.
    Offered {
        /// The call.
        call: String,
        /// The generation of the offer.
        generation: u64,
    },
    /// Nobody has taken a call, and the policy was applied.
    PolicyApplied {
        /// The call.
        call: String,
    },
    /// A call has ended.
    CallEnded {
        /// The call.
        call: String,
    },
    /// A request was passed on to Asterisk.
    Executed {
        /// The request.
        id: String,
        /// The operation.
        operation: String,
        /// The call and the generation that it was sent for, if it was sent for one.
        call: Option<(String, u64)>,
    },
    /// A request could not be sent to Asterisk.
    NotSent {
        /// The request.
        id: String,
    },
    /// A request was refused.
    Refused {
        /// The request.
        id: String,
        /// The reason.
        reason: String,
    },
}

type Writer = Arc<dyn Fn(&Record) + Send + Sync>;

/// A function that receives the records.
#[derive(Clone, Default)]
pub(crate) struct Journal(Option<Writer>);

impl Journal {
    pub(crate) fn new(record: impl Fn(&Record) + Send + Sync + 'static) -> Self {
        Journal(Some(Arc::new(record)))
    }

    /// Writes a record, which is only made if somebody wants it.
    pub(crate) fn write(&self, record: impl FnOnce() -> Record) {
        if let Some(write) = &self.0 {
            write(&record());
        }
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "Journal" } else { "None" })
    }
}
