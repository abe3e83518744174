//! Folding the releases into one [`Api`], by named rules. A conflict without a rule is an error.
//!
//! | rule | where the releases differ | what the merged surface says |
//! |---|---|---|
//! | *optional wins* | required here, optional or missing there | optional |
//! | *a list takes one* | a single value here, several there | several |
//! | *the wider number* | `int` and `long`, a whole number and `double` | the wider one |
//! | *any JSON* | an object here, a list there | any JSON |
//! | *all values* | lists of allowed values | all of them, each with its releases |
//! | *an open list stays open* | a parameter had a list of values that newer releases dropped | none |
//! | *the inner answer* | a model here, there one that holds it in a required property | the inner one |
//! | *the wider range* | limits of numbers | the wider ones |
//! | *all codes* | error codes, subtypes, `since` | all of them |
//! | *one unit* | only some are known to count a length of time | that it is one |
//! | *the newest speaks* | defaults, required modules, texts, order | those of the newest release |
//!
//! Operations are the same when method and path are; models when their names are.

use std::collections::BTreeMap;
use std::fmt;

use super::{
    Allowed, Api, Availability, Model, NestedResponse, Operation, Parameter, ParameterType,
    Property, Resource, ResponseType, Scalar, Type,
};
use crate::Release;
use crate::error::{Error, Result};

impl Api {
    /// Merges these releases into one surface.
    ///
    /// # Errors
    /// Returns an error if there is no release, if one occurs twice, or if no rule covers a
    /// conflict.
    pub fn merge(mut apis: Vec<Api>) -> Result<Api> {
        // From the newest to the oldest, so that the newest gives the order and the texts.
        apis.sort_by(|a, b| b.releases.cmp(&a.releases));
        let mut merging = ApiMerger::default();
        let mut seen: Vec<Release> = Vec::new();
        for api in apis {
            if let Some(twice) = api.releases.iter().find(|release| seen.contains(release)) {
                return Err(duplicate_release(*twice));
            }
            seen.extend(&api.releases);
            let label = list(&api.releases);
            merging.merge_from(api, label)?;
        }
        merging.into_api()
    }

    /// A model that moved to another resource would occur twice.
    fn check_models_stay(&self, names: &MergeContext<'_>) -> Result<()> {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for (resource, model) in self.models() {
            if let Some(other) = seen.insert(&model.name, &resource.name) {
                let subject = Subject::Model(&model.name);
                return Err(names.conflict(subject, resource.name.as_str(), other));
            }
        }
        Ok(())
    }
}

impl Api {
    /// Returns `true` if this resource has such a model, with at least the same properties.
    fn includes(&self, resource: &Resource, model: &Model) -> bool {
        let mut resources = self.resources.iter();
        let own = resources.find(|own| own.name == resource.name);
        let known = own.and_then(|own| own.models.iter().find(|known| known.name == model.name));
        known.is_some_and(|known| {
            let has = |property: &Property| {
                let mut properties = known.properties.iter();
                properties.any(|known| known.name == property.name && known.kind == property.kind)
            };
            known.discriminator == model.discriminator
                && model
                    .sub_types
                    .iter()
                    .all(|name| known.sub_types.contains(name))
                && model.properties.iter().all(has)
        })
    }
}

/// Returns the error for a duplicate release.
pub(crate) fn duplicate_release(release: Release) -> Error {
    Error::Usage(format!("Asterisk {release} was given twice"))
}

fn list(releases: &[Release]) -> String {
    let releases: Vec<_> = releases.iter().map(Release::to_string).collect();
    releases.join(", ")
}

/// A surface that takes in older and older ones: whole releases, or the resources of a release
/// that its older point releases have in another form.
#[derive(Default)]
pub(crate) struct ApiMerger {
    merged: Option<Api>,
    /// The properties that always hold a model, by the model that has them: property and model.
    container_properties: BTreeMap<String, BTreeMap<String, String>>,
}

impl ApiMerger {
    /// Takes in an older surface, which errors call `label`.
    pub(crate) fn merge_from(&mut self, older: Api, label: String) -> Result<()> {
        for (_, model) in older.models() {
            let held = model.properties.iter().filter(|property| property.required);
            let held = held.filter_map(|property| match &property.kind {
                Type::Model(inner) => Some((property.name.clone(), inner.clone())),
                _ => None,
            });
            self.container_properties
                .entry(model.name.clone())
                .or_default()
                .extend(held);
        }
        let Some(merged) = &mut self.merged else {
            self.merged = Some(older);
            return Ok(());
        };
        // Only new models and properties, and a WebSocket of other events, change the shape.
        let reshapes = older
            .models()
            .any(|(resource, model)| !merged.includes(resource, model))
            || older
                .operations()
                .any(|(_, op)| op.websocket_protocol.is_some());
        let names = MergeContext {
            newer: list(&merged.releases),
            older: label,
            container_properties: &self.container_properties,
        };
        for resource in older.resources {
            match merged
                .resources
                .iter_mut()
                .find(|known| known.name == resource.name)
            {
                Some(known) => known.merge_from(resource, &names)?,
                None => merged.resources.push(resource),
            }
        }
        for release in older.releases {
            if !merged.releases.contains(&release) {
                merged.releases.push(release);
            }
        }
        if !reshapes {
            return Ok(());
        }
        merged.check_models_stay(&names)?;
        match merged.shape_problem() {
            Some((name, problem)) => {
                Err(names.conflict(Subject::Model(&name), "otherwise", problem))
            }
            None => Ok(()),
        }
    }

    /// Returns the merged surface.
    ///
    /// # Errors
    /// Returns an error if nothing was merged.
    pub(crate) fn into_api(self) -> Result<Api> {
        let mut merged = self
            .merged
            .ok_or_else(|| Error::Usage("no release was given: name at least one".into()))?;
        merged.releases.sort();
        Ok(merged)
    }
}

/// The two sides of a merge, for messages, and their knowledge of models.
struct MergeContext<'a> {
    newer: String,
    older: String,
    container_properties: &'a BTreeMap<String, BTreeMap<String, String>>,
}

impl MergeContext<'_> {
    /// The one property of a model that always holds another.
    fn property_containing(&self, outer: &str, inner: &str) -> Option<String> {
        let mut held = self.container_properties.get(outer)?.iter();
        let mut held = held.by_ref().filter(|(_, model)| *model == inner);
        let (property, _) = held.next()?;
        held.next().is_none().then(|| property.clone())
    }

    fn conflict(&self, subject: Subject<'_>, old: impl ToString, new: impl ToString) -> Error {
        Error::Conflict {
            subject: subject.to_string(),
            older: self.older.clone(),
            old: old.to_string(),
            newer: self.newer.clone(),
            new: new.to_string(),
        }
    }
}

/// The subject of a conflict. Its text is built for errors only, since most merges have none.
#[derive(Clone, Copy)]
enum Subject<'a> {
    /// A resource and the nickname of an operation.
    Operation(&'a str, &'a str),
    Model(&'a str),
    /// The owner, the kind and the name.
    Part(&'a Subject<'a>, &'static str, &'a str),
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Subject::Operation(resource, nickname) => write!(f, "operation {resource}.{nickname}"),
            Subject::Model(name) => write!(f, "model {name}"),
            Subject::Part(owner, kind, name) => write!(f, "{owner}, {kind} {name}"),
        }
    }
}

impl Resource {
    fn merge_from(&mut self, older: Resource, names: &MergeContext<'_>) -> Result<()> {
        self.availability.extend(&older.availability);
        for operation in older.operations {
            let same = |known: &&mut Operation| {
                known.method == operation.method && known.path == operation.path
            };
            if let Some(known) = self.operations.iter_mut().find(same) {
                known.merge_from(operation, &self.name, names)?;
                continue;
            }
            let named = self
                .operations
                .iter()
                .find(|known| known.nickname == operation.nickname);
            if let Some(known) = named {
                return Err(names.conflict(
                    Subject::Operation(&self.name, &operation.nickname),
                    format!("{} {}", operation.method.as_str(), operation.path),
                    format!("{} {}", known.method.as_str(), known.path),
                ));
            }
            self.operations.push(operation);
        }
        for model in older.models {
            match self
                .models
                .iter_mut()
                .find(|known| known.name == model.name)
            {
                Some(known) => known.merge_from(model, names)?,
                None => self.models.push(model),
            }
        }
        Ok(())
    }
}

impl Operation {
    fn merge_from(
        &mut self,
        older: Operation,
        resource: &str,
        names: &MergeContext<'_>,
    ) -> Result<()> {
        let subject = Subject::Operation(resource, &self.nickname);
        if self.nickname != older.nickname {
            return Err(names.conflict(subject, older.nickname, &self.nickname));
        }
        self.response = match (&self.response, &older.response) {
            (ResponseType::Json(Type::Model(new)), ResponseType::Json(Type::Model(old)))
                if new != old =>
            {
                let inner = self.nested_response(new, old, &older.availability, names);
                let (inner, within) = inner.ok_or_else(|| names.conflict(subject, old, new))?;
                self.nested_response = Some(within);
                ResponseType::Json(Type::Model(inner))
            }
            (ResponseType::Json(new), ResponseType::Json(old)) => ResponseType::Json(
                merge_types(new, old)
                    .ok_or_else(|| names.conflict(subject, debug(old), debug(new)))?,
            ),
            (new, old) if new == old => new.clone(),
            (new, old) => return Err(names.conflict(subject, debug(old), debug(new))),
        };
        if self.websocket_protocol != older.websocket_protocol {
            let (old, new) = (
                debug(&older.websocket_protocol),
                debug(&self.websocket_protocol),
            );
            return Err(names.conflict(subject, old, new));
        }
        self.rewrite = self.rewrite.take().or(older.rewrite);
        self.availability.extend(&older.availability);
        for error in older.errors {
            match self
                .errors
                .iter_mut()
                .find(|known| known.code == error.code)
            {
                Some(known) => known.text = known.text.take().or(error.text),
                None => self.errors.push(error),
            }
        }
        self.errors.sort_by_key(|error| error.code);
        for known in &mut self.parameters {
            known.required &= older.parameters.iter().any(|old| old.name == known.name);
        }
        for mut parameter in older.parameters {
            match self
                .parameters
                .iter_mut()
                .find(|known| known.name == parameter.name)
            {
                Some(known) => known.merge_from(parameter, &subject, names)?,
                None => {
                    parameter.required = false;
                    self.parameters.push(parameter);
                }
            }
        }
        Ok(())
    }
}

impl Operation {
    /// Returns the response that the other one contains, and how it contains it.
    fn nested_response(
        &self,
        new: &str,
        old: &str,
        older: &Availability,
        names: &MergeContext<'_>,
    ) -> Option<(String, NestedResponse)> {
        let (inner, outer, where_outer, property) = match names.property_containing(old, new) {
            Some(property) => (new, old, older, property),
            None => (
                old,
                new,
                &self.availability,
                names.property_containing(new, old)?,
            ),
        };
        let mut availability = where_outer.clone();
        if let Some(known) = &self.nested_response {
            if known.model != outer || known.property != property {
                return None;
            }
            availability.extend(&known.availability);
        }
        let within = NestedResponse {
            model: outer.to_owned(),
            property,
            availability,
        };
        Some((inner.to_owned(), within))
    }
}

impl Parameter {
    fn merge_from(
        &mut self,
        older: Parameter,
        owner: &Subject<'_>,
        names: &MergeContext<'_>,
    ) -> Result<()> {
        let subject = Subject::Part(owner, "parameter", &self.name);
        if self.location != older.location {
            let (old, new) = (debug(older.location), debug(self.location));
            return Err(names.conflict(subject, old, new));
        }
        self.kind = merge_parameter_types(&self.kind, &older.kind)
            .ok_or_else(|| names.conflict(subject, debug(&older.kind), debug(&self.kind)))?;
        self.required &= older.required;
        // A default that the server assumes can also be sent. Without a default nothing can be.
        self.sends_default |= older.sends_default && self.default.is_some();
        self.required_in.extend(&older.required_in);
        let single = matches!(self.kind, ParameterType::Scalar(Scalar::Int | Scalar::Long));
        self.duration = self.duration.or(older.duration).filter(|_| single);
        // Servers that dropped the list of values also accept others.
        let dropped = self.allowed.is_none() && matches!(older.allowed, Some(Allowed::Values(_)));
        if !dropped {
            merge_allowed(&mut self.allowed, older.allowed, subject, names)?;
        }
        self.availability.extend(&older.availability);
        self.text = self.text.take().or(older.text);
        Ok(())
    }
}

impl Model {
    fn merge_from(&mut self, older: Model, names: &MergeContext<'_>) -> Result<()> {
        let subject = Subject::Model(&self.name);
        if self.discriminator != older.discriminator {
            let (old, new) = (debug(&older.discriminator), debug(&self.discriminator));
            return Err(names.conflict(subject, old, new));
        }
        for name in older.sub_types {
            if !self.sub_types.contains(&name) {
                self.sub_types.push(name);
            }
        }
        self.availability.extend(&older.availability);
        self.text = self.text.take().or(older.text);
        for known in &mut self.properties {
            known.required &= older.properties.iter().any(|old| old.name == known.name);
        }
        for mut property in older.properties {
            match self
                .properties
                .iter_mut()
                .find(|known| known.name == property.name)
            {
                Some(known) => known.merge_from(property, &subject, names)?,
                None => {
                    property.required = false;
                    self.properties.push(property);
                }
            }
        }
        Ok(())
    }
}

impl Property {
    fn merge_from(
        &mut self,
        older: Property,
        owner: &Subject<'_>,
        names: &MergeContext<'_>,
    ) -> Result<()> {
        let subject = Subject::Part(owner, "property", &self.name);
        self.kind = merge_types(&self.kind, &older.kind)
            .ok_or_else(|| names.conflict(subject, debug(&older.kind), debug(&self.kind)))?;
        self.required &= older.required;
        self.required_in.extend(&older.required_in);
        self.duration = self.duration.or(older.duration);
        merge_allowed(&mut self.allowed, older.allowed, subject, names)?;
        self.availability.extend(&older.availability);
        self.text = self.text.take().or(older.text);
        Ok(())
    }
}

fn merge_types(new: &Type, old: &Type) -> Option<Type> {
    Some(match (new, old) {
        _ if new == old => new.clone(),
        (Type::Scalar(new), Type::Scalar(old)) => Type::Scalar(wider(*new, *old)?),
        (Type::List(new), Type::List(old)) => Type::List(Box::new(merge_types(new, old)?)),
        (Type::Object, Type::List(_)) | (Type::List(_), Type::Object) => Type::Any,
        (Type::Any, Type::Object | Type::List(_)) | (Type::Object | Type::List(_), Type::Any) => {
            Type::Any
        }
        _ => return None,
    })
}

fn merge_parameter_types(new: &ParameterType, old: &ParameterType) -> Option<ParameterType> {
    use ParameterType::{Joined, List, Scalar, Split};
    Some(match (new, old) {
        _ if new == old => new.clone(),
        (Scalar(new), Scalar(old)) => Scalar(wider(*new, *old)?),
        (List(new), Scalar(old) | List(old)) | (Scalar(new), List(old)) => List(wider(*new, *old)?),
        (Joined(new), Scalar(old) | Joined(old)) | (Scalar(new), Joined(old)) => {
            Joined(wider(*new, *old)?)
        }
        (Split(new), Scalar(old) | Split(old)) | (Scalar(new), Split(old)) => {
            Split(wider(*new, *old)?)
        }
        _ => return None,
    })
}

/// Int < Long < Double; nothing else mixes.
fn wider(a: Scalar, b: Scalar) -> Option<Scalar> {
    let width = |scalar| match scalar {
        Scalar::Int => Some(0),
        Scalar::Long => Some(1),
        Scalar::Double => Some(2),
        Scalar::Text | Scalar::Boolean => None,
    };
    if a == b {
        return Some(a);
    }
    Some(if width(a)? > width(b)? { a } else { b })
}

fn merge_allowed(
    new: &mut Option<Allowed>,
    old: Option<Allowed>,
    subject: Subject<'_>,
    names: &MergeContext<'_>,
) -> Result<()> {
    match (new.as_mut(), old) {
        // If one release has no limits, the result has none. Known values are kept.
        (Some(Allowed::Range { .. }), None) => *new = None,
        (_, None) | (None, Some(Allowed::Range { .. })) => {}
        (None, old) => *new = old,
        (Some(Allowed::Values(known)), Some(Allowed::Values(values))) => {
            for value in values {
                match known.iter_mut().find(|other| other.value == value.value) {
                    Some(other) => other.availability.extend(&value.availability),
                    None => known.push(value),
                }
            }
        }
        (
            Some(Allowed::Range { min, max }),
            Some(Allowed::Range {
                min: old_min,
                max: old_max,
            }),
        ) => {
            *min = min.zip(old_min).map(|(a, b)| a.min(b));
            *max = max.zip(old_max).map(|(a, b)| a.max(b));
        }
        (Some(new), Some(old)) => {
            return Err(names.conflict(subject, debug(&old), debug(&*new)));
        }
    }
    Ok(())
}

fn debug(value: impl std::fmt::Debug) -> String {
    format!("{value:?}")
}
