//! The reasons for which a gateway refuses a request, as they stand in a response.

/// The request is not one of this protocol.
pub(crate) const MALFORMED: &str = "malformed";
/// Another worker has the call.
pub(crate) const NOT_OWNER: &str = "not-owner";
/// The request counts on an epoch that has ended.
pub(crate) const STALE_EPOCH: &str = "stale-epoch";
/// The gateway does not read the socket of the application.
pub(crate) const NO_READER: &str = "no-reader";
/// The subject does not permit this request.
pub(crate) const NOT_PERMITTED: &str = "not-permitted";
/// The server takes no new calls.
pub(crate) const DRAINING: &str = "draining";
/// Too many requests wait for the server.
pub(crate) const BUSY: &str = "busy";
/// The gateway could not send it to Asterisk.
pub(crate) const NOT_SENT: &str = "not-sent";
/// Asterisk may have executed it.
pub(crate) const OUTCOME_UNKNOWN: &str = "outcome-unknown";
/// The request, or the body of its response, is too large even in parts.
pub(crate) const TOO_LARGE: &str = "too-large";
/// The gateway does not have all parts of a request, or this part of a body.
pub(crate) const NO_PART: &str = "no-part";
