//! Differences between two releases, marked if they break callers.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::api::{
    Allowed, Api, Availability, Location, MapValue, Model, Operation, Parameter, ParameterType,
    Property, Resource, ResponseType, Scalar, Type, WebSocketUpgrade,
};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The kind of change.
    pub kind: ChangeKind,
    /// `operation channels.play`, `operation channels.play, parameter media`, `model Channel`, ….
    pub item: String,
    /// Details, if the kind is not enough.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// `true` if code for the older release can stop compiling or working.
    pub breaks: bool,
}

/// Kinds of differences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Only the newer release has it.
    Added,
    /// Only the older release has it.
    Removed,
    /// Both have it, and it differs.
    Changed,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            ChangeKind::Added => "added",
            ChangeKind::Removed => "removed",
            ChangeKind::Changed => "changed",
        };
        write!(f, "{kind:<8} {}", self.item)?;
        if !self.detail.is_empty() {
            write!(f, ": {}", self.detail)?;
        }
        if self.breaks {
            write!(f, " [breaks callers]")
        } else {
            Ok(())
        }
    }
}

/// The differences from `old` to `new`, each an [`Api`] of one release.
pub fn diff(old: &Api, new: &Api) -> Vec<Change> {
    let mut changes = Changes {
        found: Vec::new(),
        compares_since: names_since(old) && names_since(new),
    };
    let named = |api: &Api, name: &str| api.resources.iter().position(|r| r.name == name);
    for resource in &new.resources {
        match named(old, &resource.name) {
            Some(index) => changes.resource(&old.resources[index], resource),
            None => changes.added(format!("resource {}", resource.name), false),
        }
    }
    for resource in &old.resources {
        if named(new, &resource.name).is_none() {
            changes.removed(format!("resource {}", resource.name));
        }
    }
    for (resource, operation) in new.operations() {
        let item = format!("operation {}.{}", resource.name, operation.nickname);
        let wire = format!("{} {}", operation.method.as_str(), operation.path);
        match old
            .operations()
            .find(|(_, old)| same_operation(old, operation))
        {
            Some((before, old)) => {
                // A request is in the module of its resource.
                changes.push_if_different(&item, "resource", &before.name, &resource.name, true);
                changes.operation(&item, old, operation);
            }
            None => changes.push(ChangeKind::Added, item, wire, false),
        }
    }
    for (resource, operation) in old.operations() {
        if !new
            .operations()
            .any(|(_, new)| same_operation(new, operation))
        {
            changes.removed(format!(
                "operation {}.{}",
                resource.name, operation.nickname
            ));
        }
    }
    for (resource, model) in new.models() {
        match old.models().find(|(_, old)| old.name == model.name) {
            Some((before, old)) => {
                let item = format!("model {}", model.name);
                // All models are in one module.
                changes.push_if_different(&item, "resource", &before.name, &resource.name, false);
                changes.model(old, model);
            }
            None => changes.added(format!("model {}", model.name), false),
        }
    }
    for (_, model) in old
        .models()
        .filter(|(_, model)| new.model(&model.name).is_none())
    {
        changes.removed(format!("model {}", model.name));
    }
    changes.found
}

fn same_operation(a: &Operation, b: &Operation) -> bool {
    a.method == b.method && a.path == b.path
}

/// Returns `true` if specs name the point releases that introduced their items. Most servers' specs
/// do not: their items are then of unknown age, which is no difference.
fn names_since(api: &Api) -> bool {
    let resources = api.resources.iter().map(|resource| &resource.availability);
    let operations = api
        .operations()
        .map(|(_, operation)| &operation.availability);
    let mut all = resources.chain(operations);
    all.any(|availability| !availability.since.is_empty())
}

struct Changes {
    found: Vec<Change>,
    compares_since: bool,
}

impl Changes {
    fn push(&mut self, kind: ChangeKind, item: String, detail: String, breaks: bool) {
        self.found.push(Change {
            kind,
            item,
            detail,
            breaks,
        });
    }

    fn added(&mut self, item: String, breaks: bool) {
        self.push(ChangeKind::Added, item, String::new(), breaks);
    }

    fn removed(&mut self, item: String) {
        self.push(ChangeKind::Removed, item, String::new(), true);
    }

    /// A change of a trait that both have, if it is one.
    fn push_if_different(
        &mut self,
        item: &str,
        what: &str,
        from: impl fmt::Display,
        to: impl fmt::Display,
        breaks: bool,
    ) {
        let (from, to) = (from.to_string(), to.to_string());
        if from != to {
            let detail = format!("{what} from {from} to {to}");
            self.push(ChangeKind::Changed, item.to_owned(), detail, breaks);
        }
    }

    fn resource(&mut self, old: &Resource, new: &Resource) {
        let item = format!("resource {}", new.name);
        self.since(&item, &old.availability, &new.availability);
        let modules = |resource: &Resource| list(&resource.requires_modules);
        self.push_if_different(&item, "modules", modules(old), modules(new), false);
    }

    /// The point releases that introduced something: of one release only, because each has its own.
    fn since(&mut self, item: &str, old: &Availability, new: &Availability) {
        if self.compares_since && old.releases == new.releases {
            self.push_if_different(item, "since", list(&old.since), list(&new.since), false);
        }
    }

    fn operation(&mut self, item: &str, old: &Operation, new: &Operation) {
        self.push_if_different(item, "nickname", &old.nickname, &new.nickname, true);
        self.push_if_different(
            item,
            "response",
            describe_response(&old.response),
            describe_response(&new.response),
            true,
        );
        self.push_if_different(
            item,
            "upgrade",
            describe_upgrade(old),
            describe_upgrade(new),
            true,
        );
        let codes = |op: &Operation| list(op.errors.iter().map(|error| error.code));
        self.push_if_different(item, "error codes", codes(old), codes(new), false);
        self.since(item, &old.availability, &new.availability);
        let order = |op: &Operation, other: &Operation| {
            let shared = op.parameters.iter().filter(|own| {
                let other = other.parameters.iter().find(|other| other.name == own.name);
                own.required && other.is_some_and(|other| other.required)
            });
            list(shared.map(|parameter| &parameter.name))
        };
        // They are the arguments of the constructor, in this order.
        let (before, after) = (order(old, new), order(new, old));
        self.push_if_different(item, "order of required parameters", before, after, true);
        for parameter in &new.parameters {
            let item = format!("{item}, parameter {}", parameter.name);
            match old.parameters.iter().find(|old| old.name == parameter.name) {
                Some(old) => self.parameter(&item, old, parameter),
                None => self.added(item, parameter.required),
            }
        }
        for parameter in &old.parameters {
            if new.parameters.iter().all(|new| new.name != parameter.name) {
                self.removed(format!("{item}, parameter {}", parameter.name));
            }
        }
    }

    fn parameter(&mut self, item: &str, old: &Parameter, new: &Parameter) {
        let (from, to) = (location(old.location), location(new.location));
        self.push_if_different(item, "place", from, to, false);
        let (from, to) = (parameter_type(&old.kind), parameter_type(&new.kind));
        self.push_if_different(item, "type", from, to, true);
        // A required argument is one of the constructor, an optional one a setter.
        self.push_if_different(item, "required", old.required, new.required, true);
        let default = |parameter: &Parameter| {
            let value = parameter.default.as_ref();
            value.map_or("none".to_owned(), ToString::to_string)
        };
        self.push_if_different(item, "default", default(old), default(new), false);
        self.allowed(item, &old.allowed, &new.allowed);
    }

    fn model(&mut self, old: &Model, new: &Model) {
        let item = format!("model {}", new.name);
        let set = |model: &Model| model.sub_types.iter().cloned().collect::<BTreeSet<_>>();
        let discriminator = |model: &Model| model.discriminator.clone();
        let none = || "none".to_owned();
        self.push_if_different(
            &item,
            "discriminator",
            discriminator(old).unwrap_or_else(none),
            discriminator(new).unwrap_or_else(none),
            true,
        );
        let (before, after) = (set(old), set(new));
        for name in after.difference(&before) {
            self.added(format!("{item}, subtype {name}"), false);
        }
        for name in before.difference(&after) {
            self.removed(format!("{item}, subtype {name}"));
        }
        for property in &new.properties {
            let item = format!("{item}, property {}", property.name);
            match old.properties.iter().find(|old| old.name == property.name) {
                Some(old) => self.property(&item, old, property),
                None => self.added(item, false),
            }
        }
        for property in &old.properties {
            if new.properties.iter().all(|new| new.name != property.name) {
                self.removed(format!("{item}, property {}", property.name));
            }
        }
    }

    fn property(&mut self, item: &str, old: &Property, new: &Property) {
        self.push_if_different(item, "type", kind(&old.kind), kind(&new.kind), true);
        self.push_if_different(item, "required", old.required, new.required, true);
        self.allowed(item, &old.allowed, &new.allowed);
    }

    /// A removed value breaks callers, because it was a variant.
    fn allowed(&mut self, item: &str, old: &Option<Allowed>, new: &Option<Allowed>) {
        let values = |allowed: &Option<Allowed>| match allowed {
            Some(Allowed::Values(values)) => Some(
                values
                    .iter()
                    .map(|value| value.value.clone())
                    .collect::<BTreeSet<_>>(),
            ),
            _ => None,
        };
        match (values(old), values(new)) {
            (Some(old), Some(new)) => {
                for value in new.difference(&old) {
                    self.added(format!("{item}, value {value:?}"), false);
                }
                for value in old.difference(&new) {
                    self.removed(format!("{item}, value {value:?}"));
                }
            }
            _ => {
                // From or to a list of values is from or to another type; a narrower range refuses
                // numbers that were accepted.
                let breaks = match (old, new) {
                    (Some(Allowed::Range { .. }), None) => false,
                    (
                        Some(Allowed::Range { min, max }),
                        Some(Allowed::Range {
                            min: low,
                            max: high,
                        }),
                    ) => low > min || high.is_some_and(|high| max.is_none_or(|max| high < max)),
                    _ => true,
                };
                self.push_if_different(
                    item,
                    "allowed values",
                    describe_allowed(old),
                    describe_allowed(new),
                    breaks,
                );
            }
        }
    }
}

/// `1, 2, 3`, or `none`.
fn list(items: impl IntoIterator<Item: ToString>) -> String {
    let items: Vec<_> = items.into_iter().map(|item| item.to_string()).collect();
    if items.is_empty() {
        return "none".into();
    }
    items.join(", ")
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Body => "body",
    }
}

/// Types as specs call them.
fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Text => "string",
        Scalar::Boolean => "boolean",
        Scalar::Int => "int",
        Scalar::Long => "long",
        Scalar::Double => "double",
    }
}

fn kind(of: &Type) -> String {
    match of {
        Type::Scalar(of) => scalar(*of).into(),
        Type::Date => "Date".into(),
        Type::Object => "object".into(),
        Type::Any => "any JSON".into(),
        Type::Model(name) => name.clone(),
        Type::List(item) => format!("List[{}]", kind(item)),
    }
}

fn parameter_type(of: &ParameterType) -> String {
    match of {
        ParameterType::Scalar(of) => scalar(*of).into(),
        ParameterType::List(of) => format!("List[{}]", scalar(*of)),
        ParameterType::Joined(of) | ParameterType::Split(of) => {
            format!("List[{}] in one text", scalar(*of))
        }
        ParameterType::Map(MapValue::Variable) => "variables".into(),
        ParameterType::Map(MapValue::Text) => "names and strings".into(),
        ParameterType::Map(MapValue::Json) => "names and any JSON".into(),
        ParameterType::Fields => "attributes and values".into(),
        ParameterType::EventFilter => "event filter".into(),
        ParameterType::Json => "object".into(),
        ParameterType::Model(name) => name.clone(),
    }
}

fn describe_response(answer: &ResponseType) -> String {
    match answer {
        ResponseType::Empty => "nothing".into(),
        ResponseType::Binary => "bytes".into(),
        ResponseType::Json(of) => kind(of),
    }
}

/// `websocket, ari`.
fn describe_upgrade(operation: &Operation) -> String {
    match &operation.websocket_protocol {
        None => "none".into(),
        Some(WebSocketUpgrade {
            protocol,
            subprotocol,
        }) => list([Some(protocol), subprotocol.as_ref()].into_iter().flatten()),
    }
}

fn describe_allowed(allowed: &Option<Allowed>) -> String {
    match allowed {
        None => "any".into(),
        Some(Allowed::Values(values)) => {
            list(values.iter().map(|value| format!("{:?}", value.value)))
        }
        Some(Allowed::Range { min, max }) => match (min, max) {
            (Some(min), Some(max)) => format!("{min} to {max}"),
            (Some(min), None) => format!("{min} and more"),
            (None, Some(max)) => format!("{max} and less"),
            (None, None) => "any number".into(),
        },
    }
}
