//! Kinds of objects in events: the models that a handle stands for and that some event carries.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{HandlePlan, ObjectKindIndex, Plan, PropertyPlan};
use crate::api::{Scalar, Type};

/// Events of these names report the end of the object that they begin with: `BridgeDestroyed`.
pub(super) const TERMINAL_SUFFIXES: &[&str] = &["Destroyed", "Finished", "Failed"];

/// Properties whose text is a URI of an object: `channel:1700000000.1`.
pub(super) const URI_PROPERTY: &str = "target_uri";

/// Returns `true` if a property is such a text.
pub(super) fn is_uri(property: &PropertyPlan<'_>) -> bool {
    property.property.name == URI_PROPERTY
        && property.property.kind == Type::Scalar(Scalar::Text)
        && property.enum_name.is_none()
}

/// Returns the identity of a model's objects: a property for each variable of the handle. `id` for
/// `channelId`, `name` for `recordingName`, `technology` and `resource` for `tech` and `resource`.
pub(super) fn identity<'p, 'a>(
    plan: &'p Plan<'a>,
    model: &str,
) -> Option<Vec<&'p PropertyPlan<'a>>> {
    let handle = plan.find_handle(model)?;
    let properties = &plan.models.get(model)?.properties;
    let plain = |property: &&PropertyPlan<'a>| {
        property.property.required
            && property.property.kind == Type::Scalar(Scalar::Text)
            && property.enum_name.is_none()
    };
    let find = |name: &dyn Fn(&str) -> bool| {
        let mut properties = properties.iter();
        properties
            .find(|property| name(&property.property.name))
            .filter(plain)
    };
    if let [(wire, _)] = handle.variables.as_slice() {
        let wire = wire.to_lowercase();
        let key = ["id", "name"].into_iter().find(|key| wire.ends_with(key))?;
        return Some(vec![find(&|name| name == key)?]);
    }
    let variables = handle.variables.iter();
    variables
        .map(|(wire, _)| find(&|name| name.starts_with(wire)))
        .collect()
}

/// A kind of objects.
pub(super) struct ObjectKindPlan<'p, 'a> {
    pub(super) handle: &'p HandlePlan<'a>,
    pub(super) identity: Vec<&'p PropertyPlan<'a>>,
    /// Events that report the end of such an object.
    pub(super) terminal_events: &'p [&'a str],
}

impl ObjectKindPlan<'_, '_> {
    pub(super) fn name(&self) -> &str {
        self.handle.name()
    }
}

/// Returns the object kinds of a plan, by their models: those that events carry and that one or two
/// texts identify.
pub(super) fn find_object_kinds<'a>(plan: &Plan<'a>) -> BTreeMap<&'a str, ObjectKindIndex<'a>> {
    let carried = models_in_events(plan);
    let models = plan.models.keys().copied();
    models
        .filter(|model| carried.contains(model))
        .filter_map(|model| {
            let keys = identity(plan, model).filter(|keys| (1..=2).contains(&keys.len()))?;
            let properties = &plan.models.get(model)?.properties;
            let position = |key: &&PropertyPlan<'a>| {
                let mut properties = properties.iter();
                properties.position(|property| std::ptr::eq(property, *key))
            };
            let events = plan.events.iter().copied();
            let class = ObjectKindIndex {
                handle: plan.position_of_handle(model)?,
                identity: keys.iter().map(position).collect::<Option<_>>()?,
                terminal_events: events
                    .filter(|event| is_terminal_event(event, model))
                    .collect(),
            };
            Some((model, class))
        })
        .collect()
}

/// Every model that an event carries, directly or inside another one.
pub(super) fn models_in_events<'a>(plan: &Plan<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = plan.events.clone();
    while let Some(model) = open.pop() {
        let properties = plan.models.get(model).into_iter();
        for property in properties.flat_map(|model| &model.properties) {
            let Type::Model(name) = &property.property.kind else {
                continue;
            };
            let Some((name, _)) = plan.models.get_key_value(name.as_str()) else {
                continue;
            };
            if found.insert(*name) {
                open.push(name);
            }
        }
    }
    found
}

/// Returns the object kind of a model.
pub(super) fn object_kind<'p, 'a>(
    plan: &'p Plan<'a>,
    model: &str,
) -> Option<ObjectKindPlan<'p, 'a>> {
    let class = plan.object_kinds.get(model)?;
    let (resource, handle) = class.handle;
    let properties = &plan.models.get(model)?.properties;
    Some(ObjectKindPlan {
        handle: &plan.resources[resource].handles[handle],
        identity: class.identity.iter().map(|&key| &properties[key]).collect(),
        terminal_events: &class.terminal_events,
    })
}

/// Returns `true` if an event of this name reports the end of an object of the model.
pub(super) fn is_terminal_event(event: &str, model: &str) -> bool {
    let stem = TERMINAL_SUFFIXES
        .iter()
        .find_map(|end| event.strip_suffix(end));
    stem.is_some_and(|stem| !stem.is_empty() && model.ends_with(stem))
}

/// Returns the kind of the objects whose id a property contains, by its name: `destination_bridge`.
pub(super) fn kind_of_id<'p, 'a>(
    plan: &'p Plan<'a>,
    property: &PropertyPlan<'_>,
) -> Option<ObjectKindPlan<'p, 'a>> {
    let is_text = property.property.kind == Type::Scalar(Scalar::Text);
    if !is_text || property.enum_name.is_some() {
        return None;
    }
    let is_named = |&(_, class): &(&&str, &ObjectKindIndex<'_>)| {
        let (resource, handle) = class.handle;
        let name = plan.resources[resource].handles[handle].name();
        let before = property.property.name.strip_suffix(name);
        before.is_some_and(|before| before.ends_with('_'))
    };
    let (model, _) = plan.object_kinds.iter().find(is_named)?;
    object_kind(plan, model).filter(|class| class.identity.len() == 1)
}
