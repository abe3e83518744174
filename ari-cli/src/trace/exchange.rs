//! The events and the requests of a recording, with the objects that they are about.

use std::collections::HashMap;

use serde_json::Value;

use crate::trace::graph::Object;

/// The events by their lines, with the objects that they are about.
pub(crate) type Events = HashMap<usize, (Value, Vec<Object>)>;

/// A request with its outcome.
#[derive(Default)]
pub(crate) struct Exchange {
    pub(crate) objects: Vec<Object>,
    pub(crate) outcome: String,
    pub(crate) is_problem: bool,
}
