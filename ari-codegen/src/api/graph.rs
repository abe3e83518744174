//! References between models, with checks that hold for any set of specs.

use std::collections::{BTreeMap, BTreeSet};
use std::iter;

use super::{Api, Model, ParameterType, ResponseType, Type};
use crate::error::Result;
use crate::spec::{ModelSpec, Spec};

/// Rejects models that extend a model that does not exist, or each other in a way that is no tree.
pub(super) fn check_hierarchy(spec: &Spec) -> Result<()> {
    let models: BTreeMap<&str, &ModelSpec> = spec
        .resources
        .iter()
        .flat_map(|r| &r.models)
        .map(|m| (m.id.as_str(), m))
        .collect();
    for model in models.values() {
        let unknown = |child: &&String| !models.contains_key(child.as_str());
        if let Some(child) = model.sub_types.iter().find(unknown) {
            return Err(model.place.error(format!(
                "the subtype {child:?} is not defined in any resource"
            )));
        }
    }
    let sub_types = models.iter().map(|(id, m)| (*id, m.sub_types.as_slice()));
    match hierarchy_problem(&sub_types.collect::<Vec<_>>()) {
        Some((name, problem)) => Err(models[name].place.error(problem)),
        None => Ok(()),
    }
}

/// More generations than this are no hierarchy of Asterisk's, which has three.
const MAX_ANCESTORS: usize = 32;

/// A model that extends itself, has two parents, or too many ancestors: its name and the problem.
fn hierarchy_problem<'a>(models: &[(&'a str, &'a [String])]) -> Option<(&'a str, String)> {
    let mut parents: BTreeMap<&str, &str> = BTreeMap::new();
    for &(name, sub_types) in models {
        for child in sub_types {
            if let Some(other) = parents.insert(child, name) {
                let problem = if other == name {
                    format!("the subtype {child:?} is listed twice")
                } else {
                    format!("{child:?} is a subtype of both {other:?} and {name:?}")
                };
                return Some((name, problem));
            }
        }
    }
    // With one parent each, a model is in a circle exactly when the way up never ends.
    for &(start, _) in models {
        let line = iter::successors(Some(start), |name| parents.get(name).copied());
        let line = line.take(MAX_ANCESTORS + 1);
        if line.clone().count() > MAX_ANCESTORS {
            let is_circle = line.collect::<BTreeSet<_>>().len() <= MAX_ANCESTORS;
            let problem = match is_circle {
                true => "its subTypes form a circle".into(),
                false => format!("has more than {MAX_ANCESTORS} ancestors"),
            };
            return Some((start, problem));
        }
    }
    None
}

/// More properties than this, inherited ones included, are no models of Asterisk's: it has 600.
const MAX_FIELDS: usize = 20_000;
/// So many models inside each other, from an event inwards, are none either: it has five.
const MAX_DEPTH: usize = 32;
/// And so many ways lead from an event to models inside it: it has at most ten.
const MAX_PATHS: usize = 2_000;

impl Api {
    /// Returns a problem across models that would make bindings endless: the model's name and the
    /// problem.
    pub(super) fn shape_problem(&self) -> Option<(String, String)> {
        let sub_types = self
            .models()
            .map(|(_, model)| (model.name.as_str(), model.sub_types.as_slice()));
        if let Some((name, problem)) = hierarchy_problem(&sub_types.collect::<Vec<_>>()) {
            return Some((name.to_owned(), problem));
        }
        let parents = self.parents();
        let mut fields = 0;
        for (_, model) in self.models() {
            let inherited = ancestors_of(&parents, model);
            fields += inherited.map(|m| m.properties.len()).sum::<usize>();
            if fields > MAX_FIELDS {
                let problem = format!(
                    "its properties and those of other models, with inherited ones, are more than \
                     {MAX_FIELDS}"
                );
                return Some((model.name.clone(), problem));
            }
        }
        let inside = self.models_inside();
        let leaves = self.event_root().map(|root| self.leaves(root));
        leaves.into_iter().flatten().find_map(|leaf| {
            let mut ways = 0;
            exceeds_max_paths(&inside, &leaf.name, &mut Vec::new(), &mut ways).then(|| {
                let problem = format!(
                    "holds models that hold each other in more than {MAX_PATHS} ways or \
                     {MAX_DEPTH} levels"
                );
                (leaf.name.clone(), problem)
            })
        })
    }

    /// Returns the model that each model extends, if any.
    fn parents(&self) -> BTreeMap<&str, &Model> {
        let models = self.models();
        let children = models.flat_map(|(_, model)| {
            let children = model.sub_types.iter();
            children.map(move |child| (child.as_str(), model))
        });
        children.collect()
    }

    /// Returns the models that each model holds by value, inherited properties included.
    fn models_inside(&self) -> BTreeMap<&str, Vec<&str>> {
        let parents = self.parents();
        let inside = self.models().map(|(_, model)| {
            let targets = ancestors_of(&parents, model)
                .flat_map(|m| &m.properties)
                .filter_map(|p| match &p.kind {
                    Type::Model(name) => Some(name.as_str()),
                    _ => None,
                });
            (model.name.as_str(), targets.collect())
        });
        inside.collect()
    }

    /// Returns the models that no operation and no event carries: bases of others, and those that
    /// only describe messages of the transport.
    pub fn unreachable_models(&self) -> BTreeSet<&str> {
        let root = self.event_root();
        let mut open: Vec<&str> = root
            .into_iter()
            .flat_map(|root| self.leaves(root))
            .map(|leaf| leaf.name.as_str())
            .collect();
        for (_, op) in self.operations() {
            match &op.response {
                ResponseType::Json(kind) if !self.opens_event_stream(op) => {
                    open.extend(kind.model());
                }
                _ => {}
            }
            open.extend(op.parameters.iter().filter_map(|own| match &own.kind {
                ParameterType::Model(name) => Some(name.as_str()),
                _ => None,
            }));
        }
        let parents = self.parents();
        let models: BTreeMap<&str, &Model> = self
            .models()
            .map(|(_, model)| (model.name.as_str(), model))
            .collect();
        let mut unreachable: BTreeSet<&str> = models.keys().copied().collect();
        while let Some(name) = open.pop() {
            let Some(model) = models.get(name).filter(|_| unreachable.remove(name)) else {
                continue;
            };
            let properties = ancestors_of(&parents, model).flat_map(|model| &model.properties);
            open.extend(properties.filter_map(|property| property.kind.model()));
        }
        unreachable
    }

    /// Models that contain themselves by value, through properties that are not lists: such
    /// properties must be boxed and optional, or no value could exist.
    pub fn recursive_models(&self) -> BTreeSet<&str> {
        let direct = self.models_inside();
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

/// Returns a model and the models that it extends.
fn ancestors_of<'a>(
    parents: &BTreeMap<&str, &'a Model>,
    model: &'a Model,
) -> impl Iterator<Item = &'a Model> {
    iter::successors(Some(model), |model| {
        parents.get(model.name.as_str()).copied()
    })
}

/// Returns `true` if so many paths lead inwards from `name`, none through a model twice.
fn exceeds_max_paths<'a>(
    inside: &BTreeMap<&'a str, Vec<&'a str>>,
    name: &'a str,
    above: &mut Vec<&'a str>,
    ways: &mut usize,
) -> bool {
    if above.contains(&name) {
        return false;
    }
    *ways += 1;
    if *ways > MAX_PATHS || above.len() > MAX_DEPTH {
        return true;
    }
    above.push(name);
    let mut targets = inside.get(name).into_iter().flatten();
    let found = targets.any(|target| exceeds_max_paths(inside, target, above, ways));
    above.pop();
    found
}
