//! From the specs of one release to an [`Api`] of just that release.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Allowed, AllowedValue, Api, Availability, ErrorCode, Location, MapValue, Method, Model,
    Operation, Parameter, ParameterType, Path, Property, Resource, ResponseType, Scalar, Type,
    WebSocketUpgrade,
};
use crate::error::{Place, Result};
use crate::markdown::{Form, markdown};
use crate::spec::{
    AllowableValues, ModelSpec, OperationSpec, ParameterSpec, PathSpec, PropertySpec, ResourceSpec,
    Spec, UndeclaredValue,
};
use crate::timeline::ChangedParts;
use crate::{Release, Version};

impl Api {
    /// The meaning of one release's specs.
    ///
    /// # Errors
    /// References to models that do not exist, names that stand twice, path variables without
    /// parameter, hierarchies in a circle: each with file, JSON path and operation or model.
    pub fn read(spec: &Spec) -> Result<Api> {
        Api::read_parts(spec, None)
    }

    /// The meaning of some parts of specs, each with its availability; of all of them, and with the
    /// availability that they state, if none are named.
    ///
    /// # Errors
    /// Those of [`Api::read`].
    pub(crate) fn read_parts(spec: &Spec, parts: Option<&ChangedParts<'_>>) -> Result<Api> {
        super::limits::check_limits(spec)?;
        super::graph::check_hierarchy(spec)?;
        let models = model_names(spec)?;
        let reader = Reader {
            release: spec.release,
            models: &models,
            availability: None,
        };
        let mut resources = Vec::new();
        for resource in &spec.resources {
            resources.extend(reader.resource(resource, parts)?);
        }
        let api = Api {
            releases: vec![spec.release],
            points: Vec::new(),
            resources,
        };
        match api.shape_problem() {
            None => Ok(api),
            Some((name, problem)) => {
                let mut models = spec.resources.iter().flat_map(|resource| &resource.models);
                let place = models
                    .find(|model| model.id == name)
                    .map(|m| m.place.clone());
                Err(place.unwrap_or_default().error(problem))
            }
        }
    }
}

/// Returns the names of all models.
///
/// # Errors
/// Returns an error if two files have a model of the same name. Either can be the addition, so the
/// error names both.
fn model_names(spec: &Spec) -> Result<BTreeSet<&str>> {
    let mut places = BTreeMap::new();
    for model in spec.resources.iter().flat_map(|resource| &resource.models) {
        if let Some(first) = places.insert(model.id.as_str(), &model.place) {
            return Err(model.place.error(format!(
                "{} has a model of this name, too: rename the one that is not Asterisk's own",
                first.file
            )));
        }
    }
    Ok(places.into_keys().collect())
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    release: Release,
    models: &'a BTreeSet<&'a str>,
    /// The point releases that have the item as it is read. If they are known, they override the
    /// versions in the specs.
    availability: Option<&'a Availability>,
}

impl Reader<'_> {
    fn availability_since(&self, since: &[Version]) -> Availability {
        match self.availability {
            Some(known) => known.clone(),
            None => Availability::from_release(self.release, since),
        }
    }

    /// Returns the same if something is required.
    fn required_availability(&self, required: bool) -> Availability {
        if required {
            self.availability_since(&[])
        } else {
            Availability::default()
        }
    }

    /// Returns a reader of the items of these point releases.
    fn with_availability<'k>(&'k self, known: Option<&'k Availability>) -> Reader<'k> {
        Reader {
            availability: known,
            ..*self
        }
    }

    /// The parts of a resource, if any of it is wanted.
    fn resource(
        &self,
        spec: &ResourceSpec,
        parts: Option<&ChangedParts<'_>>,
    ) -> Result<Option<Resource>> {
        let known = parts.map(|parts| parts.resource(&spec.name));
        if known == Some(None) {
            return Ok(None);
        }
        let mut operations: Vec<Operation> = Vec::new();
        let mut nicknames: BTreeSet<&str> = BTreeSet::new();
        for path in &spec.apis {
            for operation_spec in &path.operations {
                if !nicknames.insert(&operation_spec.nickname) {
                    return Err(operation_spec
                        .place
                        .error("an operation of this nickname occurs twice in this resource"));
                }
                let method = &operation_spec.http_method;
                let known = parts.map(|parts| parts.operation(&spec.name, method, &path.path));
                if known == Some(None) {
                    continue;
                }
                let known = known.flatten();
                operations.push(
                    self.with_availability(known.as_ref())
                        .operation(path, operation_spec)?,
                );
            }
        }
        let mut models: Vec<Model> = Vec::new();
        for model in &spec.models {
            let known = parts.map(|parts| parts.model(&spec.name, &model.id));
            if known == Some(None) {
                continue;
            }
            models.push(
                self.with_availability(known.flatten().as_ref())
                    .model(model)?,
            );
        }
        for operation in operations
            .iter()
            .filter(|operation| operation.rewrite.is_some())
        {
            let instead = operation.rewrite.as_ref().map(|sent| sent.target.as_str());
            if instead.is_none_or(|instead| !nicknames.contains(instead)) {
                let place = Place {
                    file: spec.file.as_str().into(),
                    path: "$".into(),
                    subject: None,
                };
                return Err(place.error(format!(
                    "{} is to be sent as {}, which does not exist",
                    operation.nickname,
                    instead.unwrap_or_default()
                )));
            }
        }
        Ok(Some(Resource {
            name: spec.name.clone(),
            text: markdown_paragraphs([&spec.description]),
            availability: self
                .with_availability(known.flatten().as_ref())
                .availability_since(&spec.since),
            requires_modules: spec.requires_modules.clone(),
            operations,
            models,
        }))
    }

    fn operation(&self, api: &PathSpec, spec: &OperationSpec) -> Result<Operation> {
        let method = match spec.http_method.as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "PATCH" => Method::Patch,
            "DELETE" => Method::Delete,
            other => {
                let problem =
                    format!("httpMethod {other:?}: expected GET, POST, PUT, PATCH or DELETE");
                return Err(spec.place.error(problem));
            }
        };
        let path = Path::parse(&api.path).map_err(|problem| spec.place.error(problem))?;
        let answer = match spec.response_class.as_str() {
            "void" => ResponseType::Empty,
            "binary" => ResponseType::Binary,
            other => ResponseType::Json(self.kind(other, &spec.place)?),
        };
        let mut parameters: Vec<Parameter> = Vec::new();
        for parameter in &spec.parameters {
            if parameters.iter().any(|other| other.name == parameter.name) {
                return Err(parameter
                    .place
                    .error("a parameter of this name occurs twice"));
            }
            parameters.push(self.parameter(parameter)?);
        }
        check_variables(&path, &parameters, &spec.place)?;
        check_body(&parameters, &spec.place)?;
        let mut errors: Vec<ErrorCode> = Vec::new();
        for response in &spec.error_responses {
            let text = markdown_paragraphs([&response.reason]);
            match errors.iter_mut().find(|error| error.code == response.code) {
                Some(error) => error.text = error.text.take().or(text),
                None => errors.push(ErrorCode {
                    code: response.code,
                    text,
                }),
            }
        }
        errors.sort_by_key(|error| error.code);
        Ok(Operation {
            nickname: spec.nickname.clone(),
            method,
            path,
            parameters,
            response: answer,
            nested_response: None,
            errors,
            websocket_protocol: spec.upgrade.as_ref().map(|protocol| WebSocketUpgrade {
                protocol: protocol.clone(),
                subprotocol: spec.websocket_protocol.clone(),
            }),
            rewrite: spec.rewrite.clone(),
            availability: self.availability_since(&spec.since),
            text: markdown_paragraphs([&spec.summary, &spec.notes]),
            wire_text: None,
            blocks_channel_queue: None,
            crashes: None,
            wire_crashes: None,
        })
    }

    fn parameter(&self, spec: &ParameterSpec) -> Result<Parameter> {
        let location = match spec.param_type.as_str() {
            "path" => Location::Path,
            "query" => Location::Query,
            "body" => Location::Body,
            "header" => {
                return Err(spec.place.error(format!(
                    "the parameter {:?} travels in a header, which requests over a WebSocket do not \
                     have: make it a query parameter, which every Asterisk takes as well, or leave \
                     it out",
                    spec.name
                )));
            }
            "form" => {
                return Err(spec.place.error(format!(
                    "the parameter {:?} travels in a form: make it a query parameter, which every \
                     Asterisk takes as well",
                    spec.name
                )));
            }
            other => {
                let problem = format!("paramType {other:?}: expected path, query or body");
                return Err(spec.place.error(problem));
            }
        };
        let kind = self.parameter_type(&spec.data_type, &spec.place)?;
        let kind = match (kind, spec.allow_multiple) {
            (ParameterType::Scalar(scalar), Some(true)) => ParameterType::List(scalar),
            (kind, _) => kind,
        };
        let fits = match location {
            Location::Path => matches!(kind, ParameterType::Scalar(_)),
            Location::Query => matches!(
                kind,
                ParameterType::Scalar(_)
                    | ParameterType::List(_)
                    | ParameterType::Joined(_)
                    | ParameterType::Split(_)
            ),
            Location::Body => true,
        };
        if !fits {
            return Err(spec.place.error(format!(
                "the type {:?} cannot travel in the {}: make it a plain type, such as string, {}",
                spec.data_type,
                spec.param_type,
                match location {
                    Location::Path => "because a path holds one value",
                    _ => "or send it in the body",
                }
            )));
        }
        if let Some(default) = &spec.default_value {
            check_default(default, &kind, spec.allowable_values.as_ref(), &spec.place)?;
        }
        // A path without one of its variables is another path, whatever the spec says.
        let required = spec.required.unwrap_or(false) || location == Location::Path;
        Ok(Parameter {
            name: spec.name.clone(),
            location,
            kind,
            required,
            required_in: self.required_availability(required),
            default: spec.default_value.clone(),
            sends_default: spec.sends_default,
            duration: spec.duration,
            allowed: spec
                .allowable_values
                .as_ref()
                .map(|values| self.allowed(values, &spec.undeclared_values)),
            availability: self.availability_since(&[]),
            text: markdown_paragraphs([&spec.description, &spec.notes]),
            wire_text: None,
        })
    }

    fn model(&self, spec: &ModelSpec) -> Result<Model> {
        let properties = spec
            .properties
            .iter()
            .map(|property| self.property(property));
        Ok(Model {
            name: spec.id.clone(),
            discriminator: spec.discriminator.clone(),
            sub_types: spec.sub_types.clone(),
            properties: properties.collect::<Result<_>>()?,
            availability: self.availability_since(&[]),
            text: markdown_paragraphs([&spec.description]),
            wire_text: None,
        })
    }

    fn property(&self, spec: &PropertySpec) -> Result<Property> {
        let required = spec.required.unwrap_or(false);
        Ok(Property {
            name: spec.name.clone(),
            kind: self.kind(&spec.data_type, &spec.place)?,
            required,
            required_in: self.required_availability(required),
            duration: spec.duration,
            allowed: spec
                .allowable_values
                .as_ref()
                .map(|values| self.allowed(values, &[])),
            availability: self.availability_since(&[]),
            text: markdown_paragraphs([&spec.description]),
            wire_text: None,
        })
    }

    fn allowed(&self, spec: &AllowableValues, undeclared: &[UndeclaredValue]) -> Allowed {
        match spec {
            AllowableValues::List(values) => {
                let mut unique: Vec<AllowedValue> = Vec::new();
                for value in values {
                    if unique.iter().all(|other| other.value != *value) {
                        let availability = self.availability_since(&[]);
                        unique.push(AllowedValue {
                            value: value.clone(),
                            availability,
                            text: None,
                        });
                    }
                }
                let whole = self.availability_since(&[]);
                unique.extend(undeclared.iter().filter_map(|added| {
                    let availability = whole.starting_at(&added.since);
                    (!availability.is_empty()).then(|| AllowedValue {
                        value: added.value.clone(),
                        availability,
                        text: None,
                    })
                }));
                Allowed::Values(unique)
            }
            AllowableValues::Range { min, max } => Allowed::Range {
                min: *min,
                max: *max,
            },
        }
    }

    fn parameter_type(&self, text: &str, place: &Place) -> Result<ParameterType> {
        if let Some(scalar) = scalar(text) {
            return Ok(ParameterType::Scalar(scalar));
        }
        if text == "Date" {
            return Ok(ParameterType::Scalar(Scalar::Text));
        }
        let unknown = || {
            place.error(format!(
                "the type {text:?} is neither a plain type, a list of one, nor a model that exists"
            ))
        };
        if let Some((outer, inner)) = container(text) {
            return match (outer, inner, scalar(inner)) {
                ("Joined", _, Some(scalar)) => Ok(ParameterType::Joined(scalar)),
                ("Split", _, Some(scalar)) => Ok(ParameterType::Split(scalar)),
                ("List" | "Set" | "Array", _, Some(scalar)) => Ok(ParameterType::List(scalar)),
                ("Map", "VariableValue", _) => Ok(ParameterType::Map(MapValue::Variable)),
                ("Map", _, Some(Scalar::Text)) => Ok(ParameterType::Map(MapValue::Text)),
                _ => Err(unknown()),
            };
        }
        match text {
            "containers" => Ok(ParameterType::Map(MapValue::Json)),
            "object" | "any" => Ok(ParameterType::Json),
            "Fields" => Ok(ParameterType::Fields),
            "EventFilter" => Ok(ParameterType::EventFilter),
            _ if self.models.contains(text) => Ok(ParameterType::Model(text.to_owned())),
            _ => Err(unknown()),
        }
    }

    fn kind(&self, text: &str, place: &Place) -> Result<Type> {
        if let Some(scalar) = scalar(text) {
            return Ok(Type::Scalar(scalar));
        }
        if let Some(("List" | "Set" | "Array", inner)) = container(text) {
            return Ok(Type::List(Box::new(self.kind(inner, place)?)));
        }
        match text {
            "Date" => Ok(Type::Date),
            "object" | "containers" => Ok(Type::Object),
            "any" => Ok(Type::Any),
            _ if self.models.contains(text) => Ok(Type::Model(text.to_owned())),
            _ => Err(place.error(format!("the type {text:?} is not defined in any resource"))),
        }
    }
}

fn scalar(text: &str) -> Option<Scalar> {
    Some(match text {
        "string" => Scalar::Text,
        "boolean" => Scalar::Boolean,
        "byte" | "int" => Scalar::Int,
        // Swagger's own names say nothing of the size.
        "long" | "integer" => Scalar::Long,
        "float" | "double" | "number" => Scalar::Double,
        _ => return None,
    })
}

/// `List[string]` as `("List", "string")`. Nesting is bounded by the length of one type's name,
/// and 64 levels are more than any spec means.
fn container(text: &str) -> Option<(&str, &str)> {
    let (outer, inner) = text.strip_suffix(']')?.split_once('[')?;
    (inner.matches('[').count() < 64).then_some((outer, inner))
}

/// Rejects a default that the parameter cannot have.
fn check_default(
    default: &Value,
    kind: &ParameterType,
    allowed: Option<&AllowableValues>,
    place: &Place,
) -> Result<()> {
    let (scalar, values) = match (kind, default) {
        // An empty text means no default.
        (_, Value::String(text)) if text.trim().is_empty() => return Ok(()),
        (ParameterType::Scalar(scalar), value) => (*scalar, std::slice::from_ref(value)),
        (ParameterType::List(scalar), Value::Array(values)) => (*scalar, values.as_slice()),
        (ParameterType::List(scalar), value) => (*scalar, std::slice::from_ref(value)),
        _ => return Ok(()),
    };
    for value in values {
        if let Some(demand) = unmet_demand(value, scalar, allowed) {
            return Err(place.error(format!("the default {default} is not {demand}")));
        }
    }
    Ok(())
}

/// Returns the demand that a default does not meet, if any.
fn unmet_demand(
    value: &Value,
    scalar: Scalar,
    allowed: Option<&AllowableValues>,
) -> Option<&'static str> {
    let text = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => return Some("a single value, as the type demands"),
    };
    // 1.0 is one.
    let whole = || text.strip_suffix(".0").unwrap_or(&text).parse::<i64>().ok();
    let demand = match scalar {
        Scalar::Int if whole().is_none_or(|whole| i32::try_from(whole).is_err()) => {
            "a whole number of 32 bits, as the type demands"
        }
        Scalar::Long if whole().is_none() => "a whole number of 64 bits, as the type demands",
        Scalar::Double if text.parse::<f64>().is_ok_and(f64::is_finite) => return None,
        Scalar::Double => "a number, as the type demands",
        Scalar::Boolean if text.parse::<bool>().is_err() => "true or false, as the type demands",
        _ => match allowed {
            Some(AllowableValues::Range { min, max }) => {
                let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
                let is_within = whole().is_none_or(|whole| (min..=max).contains(&whole));
                return (!is_within).then_some("within its range");
            }
            // Enumerations are open: `check` notes a default that is none of the values.
            _ => return None,
        },
    };
    Some(demand)
}

/// Rejects other body parameters beside a parameter that is the body itself.
fn check_body(parameters: &[Parameter], place: &Place) -> Result<()> {
    let mut in_body = parameters.iter().filter(|p| p.location == Location::Body);
    let is_whole = |parameter: &&Parameter| {
        let kind = &parameter.kind;
        use ParameterType::{EventFilter, Json, Model};
        matches!(kind, EventFilter | Json | Model(_))
    };
    let Some(whole) = in_body.clone().find(is_whole) else {
        return Ok(());
    };
    match in_body.find(|other| other.name != whole.name) {
        Some(other) => Err(place.error(format!(
            "the parameter {:?} is the whole body, beside which {:?} cannot be sent: make one model \
             of both, or one of them a query parameter",
            whole.name, other.name
        ))),
        None => Ok(()),
    }
}

fn check_variables(path: &Path, parameters: &[Parameter], place: &Place) -> Result<()> {
    let mut seen = BTreeSet::new();
    for variable in path.variables() {
        if !seen.insert(variable) {
            return Err(place.error(format!(
                "the path {path} has the variable {variable:?} twice"
            )));
        }
        if !parameters
            .iter()
            .any(|p| p.name == variable && p.location == Location::Path)
        {
            return Err(place.error(format!(
                "the path {path} has the variable {variable:?}, which no path parameter describes"
            )));
        }
    }
    match parameters
        .iter()
        .find(|p| p.location == Location::Path && !seen.contains(&*p.name))
    {
        Some(stray) => Err(place.error(format!(
            "the path parameter {:?} is not in the path {path}",
            stray.name
        ))),
        None => Ok(()),
    }
}

/// Asterisk's texts as Markdown paragraphs.
fn markdown_paragraphs<'a>(texts: impl IntoIterator<Item = &'a Option<String>>) -> Option<String> {
    let paragraphs: Vec<_> = texts
        .into_iter()
        .flatten()
        .map(|text| markdown(text, Form::Text))
        .collect();
    (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
}
