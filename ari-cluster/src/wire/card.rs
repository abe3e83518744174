//! The body of a heartbeat.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The report of a gateway on an application of its server, each second.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) server: String,
    pub(crate) application: String,
    /// The gateway's own id.
    pub(crate) gateway: String,
    /// Increases with each heartbeat of the gateway.
    pub(crate) sequence: u64,
    /// The epoch. `None` if the gateway does not read the socket.
    pub(crate) epoch: Option<String>,
    /// True if the gateway has handed its epoch over to another one, which goes on with it.
    #[serde(default)]
    pub(crate) handed_over: bool,
    /// The number of events in the epoch.
    pub(crate) all: u64,
    /// The number of events for each destination.
    pub(crate) destinations: BTreeMap<String, u64>,
    /// The first name of the destinations that this message counts, if a heartbeat is several messages.
    /// `None` if it counts those from the beginning on.
    #[serde(default)]
    pub(crate) destinations_from: Option<String>,
    /// The first name of the next message. `None` in the last one.
    #[serde(default)]
    pub(crate) destinations_to: Option<String>,
    /// The number of events of each type.
    pub(crate) kinds: BTreeMap<String, u64>,
    pub(crate) calls: usize,
    pub(crate) channels: usize,
    /// The number of requests that are executed or wait.
    pub(crate) requests: usize,
    /// True if the server takes no new calls.
    pub(crate) draining: bool,
    /// The version of Asterisk, once it is known.
    pub(crate) version: Option<String>,
}

impl Card {
    /// Returns the number of events for a worker. `None` if another message of the heartbeat has it.
    pub(crate) fn last_for(&self, worker: &str) -> Option<u64> {
        let (from, to) = (&self.destinations_from, &self.destinations_to);
        let is_counted = from.as_ref().is_none_or(|from| **from <= *worker)
            && to.as_ref().is_none_or(|to| *worker < **to);
        is_counted.then(|| self.destinations.get(worker).copied().unwrap_or(0))
    }

    /// Returns the number of events of a type, or of all.
    pub(crate) fn last_of(&self, kind: Option<&str>) -> u64 {
        match kind {
            Some(kind) => self.kinds.get(kind).copied().unwrap_or(0),
            None => self.all,
        }
    }
}
