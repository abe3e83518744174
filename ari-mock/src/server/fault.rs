//! Faults that a test has requested.

use std::time::Duration;

use ari_api::schema::Operation;

use super::Response;
use crate::pbx::PbxState;

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

/// Returns the faults for this request: the response, if any, and the delay.
pub(crate) fn inject(world: &mut PbxState, operation: &Operation) -> (Option<Response>, Duration) {
    let name = format!("{}.{}", operation.resource, operation.nickname);
    let (mut answer, mut delay) = (None, None);
    for fault in &mut world.faults {
        if fault.remaining == 0 || (fault.operation != name && fault.operation != "*") {
            continue;
        }
        match &fault.action {
            FaultAction::Response(given) if answer.is_none() => answer = Some(given.clone()),
            FaultAction::Delay(time) if delay.is_none() => delay = Some(*time),
            _ => continue,
        }
        fault.remaining -= 1;
    }
    world.faults.retain(|fault| fault.remaining > 0);
    (answer, world.response_delay + delay.unwrap_or_default())
}
