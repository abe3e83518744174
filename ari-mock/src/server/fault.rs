//! What goes wrong because a test wants it to.

use std::time::Duration;

use ari_api::runtime::Operation;

use super::Answer;
use crate::pbx::World;

/// Something that befalls calls of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    /// `channels.answer`, or `*` for any.
    pub(crate) operation: String,
    pub(crate) what: Harm,
    /// How often.
    pub(crate) left: usize,
}

#[derive(Clone, Debug)]
pub(crate) enum Harm {
    /// It is answered so instead of being done.
    Answer(Answer),
    /// It is done, and answered, this much later.
    Delay(Duration),
}

/// What befalls this call: an answer, if any, and how much later.
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
