//! The verbs of requests to a gateway itself, the last token of their subject.

/// A worker claims the calls that it serves.
pub(crate) const CLAIM: &str = "claim";
/// A worker gives a call up, to another worker.
pub(crate) const RELEASE: &str = "release";
/// The handler of a call has returned.
pub(crate) const DONE: &str = "done";
/// A dialer takes a call whose originating request has no known outcome.
pub(crate) const ADOPT: &str = "adopt";
/// A worker leaves state for its successor.
pub(crate) const KEEP: &str = "keep";
/// A server is to take no new calls of dialers, or to take them again.
pub(crate) const DRAIN: &str = "drain";
pub(crate) const UNDRAIN: &str = "undrain";
/// A client fetches a part of a large body.
pub(crate) const PART: &str = "part";
