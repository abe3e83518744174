//! Faults that a test has requested.

use std::time::Duration;

use super::Response;

/// A fault that affects requests for an operation.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The operation, such as `channels.answer`, or `*` for any.
    pub(crate) operation: String,
    pub(crate) action: FaultAction,
    /// The number of requests that it still affects.
    pub(crate) remaining: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum FaultAction {
    /// Sends this response. The operation is not executed.
    Response(Response),
    /// Executes the operation, and sends the response, this much later.
    Delay(Duration),
}
