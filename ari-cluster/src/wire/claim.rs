//! Claims of workers to the calls that they serve, after a new epoch has begun.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A call that a worker claims to serve.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub(crate) struct Claim {
    pub(crate) call: String,
    pub(crate) generation: u64,
    pub(crate) channels: Vec<String>,
    pub(crate) bridges: Vec<String>,
}

/// The response to claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Verdict {
    /// The calls that the worker does not have.
    pub(crate) lost: Vec<String>,
    /// The calls of the worker whose channels are gone, without an event.
    #[serde(default)]
    pub(crate) over: Vec<String>,
    /// The generations of calls that a gateway, which has begun anew, has accepted. They are greater
    /// than all before.
    pub(crate) generations: BTreeMap<String, u64>,
}
