//! Names of the methods that find objects in events.

use std::collections::BTreeMap;

use super::object_kinds;
use super::plan::Plan;
use crate::naming::{self, Scope};

/// Methods that events have already.
pub(super) const RESERVED_METHODS: [&str; 3] = ["kind", "decode", "visit_objects"];

/// The names of `channels()` and `channel_ids()`, by model: for every model that events carry and
/// a handle stands for.
pub(super) fn method_names<'a>(plan: &Plan<'a>) -> BTreeMap<&'a str, (String, String)> {
    let mut scope = Scope::with(&RESERVED_METHODS);
    let models = object_kinds::models_in_events(plan).into_iter();
    let models = models.filter(|model| plan.find_handle(model).is_some());
    let names = models.map(|model| {
        let list = scope.claim(naming::plural(model));
        let identity = object_kinds::identity(plan, model).unwrap_or_default();
        let identity = identity.first().map_or("id", |key| key.field.as_str());
        let ids = naming::snake(&format!("{}_{identity}s", naming::type_name(model, "")));
        (model, (list, scope.claim(ids)))
    });
    names.collect()
}
