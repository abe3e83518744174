//! The events and the requests of a recording, with the objects that they are about.

use std::collections::HashMap;

use serde_json::Value;

use crate::trace::object::Object;

/// The events by their lines, with the objects that they are about.
pub(crate) type Events = HashMap<usize, (Value, Vec<Object>)>;

/// A request with its outcome.
#[derive(Default)]
pub(crate) struct Exchange {
    pub(crate) objects: Vec<Object>,
    /// True if the request creates the objects that it names.
    pub(crate) begins: bool,
    /// True if its objects belong to one call.
    pub(crate) is_relating: bool,
    pub(crate) outcome: String,
    pub(crate) is_problem: bool,
}
