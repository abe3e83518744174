//! How models refer to each other: checks that hold for any set of specs.

use std::collections::{BTreeMap, BTreeSet};

use super::Type;
use crate::error::Result;
use crate::spec::{ModelSpec, Spec};

/// Refuses models that extend each other in a circle, have two parents, or extend what is not
/// there.
pub(super) fn check_hierarchy(spec: &Spec) -> Result<()> {
    let models: BTreeMap<&str, &ModelSpec> = spec
        .resources
        .iter()
        .flat_map(|r| &r.models)
        .map(|m| (m.id.as_str(), m))
        .collect();
    let mut parents: BTreeMap<&str, &str> = BTreeMap::new();
    for model in models.values() {
        for child in &model.sub_types {
            if !models.contains_key(child.as_str()) {
                return Err(model.place.error(format!(
                    "the subtype {child:?} is not defined in any resource"
                )));
            }
            if let Some(other) = parents.insert(child, &model.id) {
                let problem = if other == model.id {
                    format!("the subtype {child:?} is listed twice")
                } else {
                    format!(
                        "{child:?} is a subtype of both {other:?} and {:?}",
                        model.id
                    )
                };
                return Err(model.place.error(problem));
            }
        }
    }
    // With one parent each, a model is in a circle exactly when the way up never ends.
    for model in models.values() {
        let mut seen = BTreeSet::from([model.id.as_str()]);
        let mut name = model.id.as_str();
        while let Some(parent) = parents.get(name) {
            if !seen.insert(parent) {
                return Err(model.place.error("its subTypes form a circle"));
            }
            name = parent;
        }
    }
    Ok(())
}

impl super::Api {
    /// Models that contain themselves by value, through properties that are not lists: such
    /// properties must be boxed and optional, or no value could exist.
    pub fn recursive_models(&self) -> BTreeSet<&str> {
        let direct: BTreeMap<&str, Vec<&str>> = self
            .models()
            .map(|(_, model)| {
                let own = self.ancestors(model).into_iter().chain([model]);
                let targets = own
                    .flat_map(|m| &m.properties)
                    .filter_map(|p| match &p.kind {
                        Type::Model(name) => Some(name.as_str()),
                        _ => None,
                    });
                (model.name.as_str(), targets.collect())
            })
            .collect();
        let reaches_itself = |start: &str| {
            let mut seen = BTreeSet::new();
            let mut open = direct.get(start).cloned().unwrap_or_default();
            while let Some(name) = open.pop() {
                if name == start {
                    return true;
                }
                if seen.insert(name) {
                    open.extend(direct.get(name).into_iter().flatten());
                }
            }
            false
        };
        direct
            .keys()
            .copied()
            .filter(|name| reaches_itself(name))
            .collect()
    }
}
