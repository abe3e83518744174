//! The state of a scenario.

use crate::sorted_map::SortedMap;

/// The state of a scenario.
#[derive(Default)]
pub(crate) struct ScenarioState {
    /// The problems of its steps, of which the first thousand are kept.
    pub(crate) problems: Vec<String>,
    /// The rounds of loops that go on, by the numbers of the loop and of the round.
    pub(crate) rounds: SortedMap<(usize, u64), Round>,
}

/// A round of a loop.
pub(crate) struct Round {
    /// The number of steps that have yet to run.
    pub(crate) steps_left: usize,
    /// The channels of its calls.
    pub(crate) channels: Vec<String>,
}
