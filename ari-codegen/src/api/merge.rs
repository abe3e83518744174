//! Folding the releases into one [`Api`], by named rules; what no rule covers is an error.
//!
//! | rule | where the releases differ | what the merged surface says |
//! |---|---|---|
//! | *optional wins* | required here, optional or missing there | optional |
//! | *a list takes one* | a single value here, several there | several |
//! | *the wider number* | `int` and `long`, a whole number and `double` | the wider one |
//! | *any JSON* | an object here, a list there | any JSON |
//! | *all values* | lists of allowed values | all of them, each with its releases |
//! | *the wider range* | limits of numbers | the wider ones |
//! | *all codes* | error codes, subtypes, `since` | all of them |
//! | *the newest speaks* | defaults, required modules, texts, order | those of the newest release |
//!
//! Operations are the same when method and path are; models when their names are.

use super::{
    Allowed, Answer, Api, Model, Operation, Parameter, ParameterType, Property, Resource, Scalar,
    Type,
};
use crate::Release;
use crate::error::{Error, Result};

impl Api {
    /// One surface for all these releases.
    ///
    /// # Errors
    /// No release, a release twice, or a conflict that no rule covers.
    pub fn merge(mut apis: Vec<Api>) -> Result<Api> {
        // From the newest to the oldest, so that the newest gives the order and the texts.
        apis.sort_by(|a, b| b.releases.cmp(&a.releases));
        let mut apis = apis.into_iter();
        let Some(mut merged) = apis.next() else {
            return Err(Error::Usage(
                "no release was given: name at least one".into(),
            ));
        };
        for older in apis {
            if let Some(twice) = older.releases.iter().find(|r| merged.releases.contains(r)) {
                return Err(Error::Usage(format!("Asterisk {twice} was given twice")));
            }
            let names = Names::new(&merged, &older);
            for resource in older.resources {
                match merged
                    .resources
                    .iter_mut()
                    .find(|known| known.name == resource.name)
                {
                    Some(known) => known.absorb(resource, &names)?,
                    None => merged.resources.push(resource),
                }
            }
            merged.releases.extend(older.releases);
            merged.check_models_stay(&names)?;
            if let Some((name, problem)) = merged.shape_problem() {
                return Err(names.conflict(format!("model {name}"), "otherwise", problem));
            }
        }
        merged.releases.sort();
        Ok(merged)
    }

    /// A model that moved to another resource would stand twice.
    fn check_models_stay(&self, names: &Names) -> Result<()> {
        let mut seen: Vec<(&str, &str)> = Vec::new();
        for (resource, model) in self.models() {
            if let Some((other, _)) = seen.iter().find(|(_, name)| *name == model.name) {
                let subject = format!("model {}", model.name);
                return Err(names.conflict(subject, resource.name.as_str(), other));
            }
            seen.push((&resource.name, &model.name));
        }
        Ok(())
    }
}

/// The two sides of a merge, for messages.
struct Names {
    newer: String,
    older: String,
}

impl Names {
    fn new(newer: &Api, older: &Api) -> Self {
        let list = |releases: &[Release]| {
            releases
                .iter()
                .map(Release::to_string)
                .collect::<Vec<_>>()
                .join(", ")
        };
        Names {
            newer: list(&newer.releases),
            older: list(&older.releases),
        }
    }

    fn conflict(&self, subject: String, old: impl ToString, new: impl ToString) -> Error {
        Error::Conflict {
            subject,
            older: self.older.clone(),
            old: old.to_string(),
            newer: self.newer.clone(),
            new: new.to_string(),
        }
    }
}

impl Resource {
    fn absorb(&mut self, older: Resource, names: &Names) -> Result<()> {
        self.availability.extend(&older.availability);
        for operation in older.operations {
            let same = |known: &&mut Operation| {
                known.method == operation.method && known.path == operation.path
            };
            if let Some(known) = self.operations.iter_mut().find(same) {
                known.absorb(operation, &self.name, names)?;
                continue;
            }
            let named = self
                .operations
                .iter()
                .find(|known| known.nickname == operation.nickname);
            if let Some(known) = named {
                return Err(names.conflict(
                    format!("operation {}.{}", self.name, operation.nickname),
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
                Some(known) => known.absorb(model, names)?,
                None => self.models.push(model),
            }
        }
        Ok(())
    }
}

impl Operation {
    fn absorb(&mut self, older: Operation, resource: &str, names: &Names) -> Result<()> {
        let subject = format!("operation {resource}.{}", self.nickname);
        if self.nickname != older.nickname {
            return Err(names.conflict(subject, older.nickname, &self.nickname));
        }
        self.answer = match (&self.answer, &older.answer) {
            (Answer::Json(new), Answer::Json(old)) => Answer::Json(
                merge_types(new, old)
                    .ok_or_else(|| names.conflict(subject.clone(), debug(old), debug(new)))?,
            ),
            (new, old) if new == old => new.clone(),
            (new, old) => return Err(names.conflict(subject, debug(old), debug(new))),
        };
        if self.upgrade != older.upgrade {
            let (old, new) = (debug(&older.upgrade), debug(&self.upgrade));
            return Err(names.conflict(subject, old, new));
        }
        self.sent_as = self.sent_as.take().or(older.sent_as);
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
                Some(known) => known.absorb(parameter, &subject, names)?,
                None => {
                    parameter.required = false;
                    self.parameters.push(parameter);
                }
            }
        }
        Ok(())
    }
}

impl Parameter {
    fn absorb(&mut self, older: Parameter, owner: &str, names: &Names) -> Result<()> {
        let subject = format!("{owner}, parameter {}", self.name);
        if self.location != older.location {
            let (old, new) = (debug(older.location), debug(self.location));
            return Err(names.conflict(subject, old, new));
        }
        self.kind = merge_parameter_types(&self.kind, &older.kind).ok_or_else(|| {
            names.conflict(subject.clone(), debug(&older.kind), debug(&self.kind))
        })?;
        self.required &= older.required;
        // What the server assumes can be said, too; without a default there is nothing to send.
        self.sends_default |= older.sends_default && self.default.is_some();
        merge_allowed(&mut self.allowed, older.allowed, &subject, names)?;
        self.availability.extend(&older.availability);
        self.text = self.text.take().or(older.text);
        Ok(())
    }
}

impl Model {
    fn absorb(&mut self, older: Model, names: &Names) -> Result<()> {
        let subject = format!("model {}", self.name);
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
                Some(known) => known.absorb(property, &subject, names)?,
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
    fn absorb(&mut self, older: Property, owner: &str, names: &Names) -> Result<()> {
        let subject = format!("{owner}, property {}", self.name);
        self.kind = merge_types(&self.kind, &older.kind).ok_or_else(|| {
            names.conflict(subject.clone(), debug(&older.kind), debug(&self.kind))
        })?;
        self.required &= older.required;
        merge_allowed(&mut self.allowed, older.allowed, &subject, names)?;
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
    subject: &str,
    names: &Names,
) -> Result<()> {
    match (new.as_mut(), old) {
        // What has no limits in one release is without them; values stay known.
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
            return Err(names.conflict(subject.to_owned(), debug(&old), debug(&*new)));
        }
    }
    Ok(())
}

fn debug(value: impl std::fmt::Debug) -> String {
    format!("{value:?}")
}
