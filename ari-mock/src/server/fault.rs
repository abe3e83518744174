//! Faults that a test has requested.

use std::time::Duration;

use ari_api::runtime::Operation;

use super::Answer;
use crate::pbx::World;

/// A fault that affects requests for an operation.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// The operation, such as `channels.answer`, or `*` for any.
    pub(crate) operation: String,
    pub(crate) what: Harm,
    /// The number of requests that it still affects.
    pub(crate) left: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Harm {
    /// Sends this response. The operation is not executed.
    Answer(Answer),
    /// Executes the operation, and sends the response, this much later.
    Delay(Duration),
}

/// Returns the faults for this request: the response, if any, and the delay.
pub(crate) fn strike(world: &mut World, operation: &Operation) -> (Option<Answer>, Duration) {
    let name = format!("{}.{}", operation.resource, operation.nickname);
    let (mut answer, mut delay) = (None, None);
    for fault in &mut world.faults {
        if fault.left == 0 || (fault.operation != name && fault.operation != "*") {
            continue;
        }
        match &fault.what {
            Harm::Answer(given) if answer.is_none() => answer = Some(given.clone()),
            Harm::Delay(time) if delay.is_none() => delay = Some(*time),
            _ => continue,
        }
        fault.left -= 1;
    }
    world.faults.retain(|fault| fault.left > 0);
    (answer, world.delay + delay.unwrap_or_default())
}
