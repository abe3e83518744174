//! Tests of the queue with both clocks, in simulated time.

mod deadline;
mod lead;
mod properties;
mod queue;
mod simulation;
