//! What changes between two releases, and whether it breaks callers.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::api::{Allowed, Api, Model, Operation, Parameter, Property};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What became of the item.
    pub kind: ChangeKind,
    /// `operation channels.play`, `operation channels.play, parameter media`, `model Channel`, ….
    pub item: String,
    /// What exactly, where the kind does not say it all.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
    /// Whether code for the older release can stop compiling or working.
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
    let mut changes = Changes(Vec::new());
    let resource = |api: &Api| {
        api.resources
            .iter()
            .map(|r| r.name.clone())
            .collect::<Vec<_>>()
    };
    for name in resource(new)
        .iter()
        .filter(|name| !resource(old).contains(name))
    {
        changes.added(format!("resource {name}"), false);
    }
    for name in resource(old)
        .iter()
        .filter(|name| !resource(new).contains(name))
    {
        changes.removed(format!("resource {name}"));
    }
    for (resource, operation) in new.operations() {
        let item = format!("operation {}.{}", resource.name, operation.nickname);
        let wire = format!("{} {}", operation.method.as_str(), operation.path);
        match old
            .operations()
            .find(|(_, old)| same_operation(old, operation))
        {
            Some((_, old)) => changes.operation(&item, old, operation),
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
    for (_, model) in new.models() {
        match old.model(&model.name) {
            Some(old) => changes.model(old, model),
            None => changes.added(format!("model {}", model.name), false),
        }
    }
    for (_, model) in old
        .models()
        .filter(|(_, model)| new.model(&model.name).is_none())
    {
        changes.removed(format!("model {}", model.name));
    }
    changes.0
}

fn same_operation(a: &Operation, b: &Operation) -> bool {
    a.method == b.method && a.path == b.path
}

struct Changes(Vec<Change>);

impl Changes {
    fn push(&mut self, kind: ChangeKind, item: String, detail: String, breaks: bool) {
        self.0.push(Change {
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

    fn changed(
        &mut self,
        item: &str,
        what: &str,
        from: impl fmt::Debug,
        to: impl fmt::Debug,
        breaks: bool,
    ) {
        let detail = format!("{what} from {from:?} to {to:?}");
        self.push(ChangeKind::Changed, item.to_owned(), detail, breaks);
    }

    fn operation(&mut self, item: &str, old: &Operation, new: &Operation) {
        if old.nickname != new.nickname {
            self.changed(item, "nickname", &old.nickname, &new.nickname, true);
        }
        if old.answer != new.answer {
            self.changed(item, "answer", &old.answer, &new.answer, true);
        }
        let codes = |op: &Operation| op.errors.iter().map(|e| e.code).collect::<Vec<_>>();
        if codes(old) != codes(new) {
            self.changed(item, "error codes", codes(old), codes(new), false);
        }
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
        if old.location != new.location {
            self.changed(item, "location", old.location, new.location, false);
        }
        if old.kind != new.kind {
            self.changed(item, "type", &old.kind, &new.kind, true);
        }
        if old.required != new.required {
            // A required argument is one of the constructor, an optional one a setter.
            self.changed(item, "required", old.required, new.required, true);
        }
        if old.default != new.default {
            self.changed(item, "default", &old.default, &new.default, false);
        }
        self.allowed(item, &old.allowed, &new.allowed, true);
    }

    fn model(&mut self, old: &Model, new: &Model) {
        let item = format!("model {}", new.name);
        let set = |model: &Model| model.sub_types.iter().cloned().collect::<BTreeSet<_>>();
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
        if old.kind != new.kind {
            self.changed(item, "type", &old.kind, &new.kind, true);
        }
        if old.required != new.required {
            self.changed(item, "required", old.required, new.required, true);
        }
        self.allowed(item, &old.allowed, &new.allowed, false);
    }

    /// Values that are no longer accepted break those who send them; values that are no longer
    /// sent break nobody.
    fn allowed(&mut self, item: &str, old: &Option<Allowed>, new: &Option<Allowed>, sent: bool) {
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
                    let item = format!("{item}, value {value:?}");
                    self.push(ChangeKind::Removed, item, String::new(), sent);
                }
            }
            _ if old != new => self.changed(item, "allowed values", old, new, sent),
            _ => {}
        }
    }
}
