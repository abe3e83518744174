//! The one intermediate representation that all emission reads: what the covered releases offer,
//! with the availability of every item.
//!
//! [`Api::read`] gives the specs of one release a meaning, [`Api::merge`] folds several into one.
//! The types here are free of JSON and of Rust: no names are changed and no tokens are made.

mod availability;
mod duration;
mod graph;
mod limits;
mod merge;
mod path;
mod read;

pub use availability::Availability;
pub use duration::{DurationFormat, DurationUnit};
pub(crate) use merge::{ApiMerger, duplicate_release};
pub use path::{Path, Segment};

use crate::{Release, Version};

/// Everything that the covered releases offer.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The covered releases, oldest first.
    pub releases: Vec<Release>,
    /// The covered point releases, oldest first, of releases that are not covered as a whole.
    pub points: Vec<Version>,
    /// Resources in the order of the newest release's index.
    pub resources: Vec<Resource>,
}

/// A resource such as `channels`: one spec file.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Name, as in `/ari/api-docs/channels.json`.
    pub name: String,
    /// Purpose of the resource.
    pub text: Option<String>,
    /// Releases that have it.
    pub availability: Availability,
    /// Modules that must be loaded for it to work; the newest release's list.
    pub requires_modules: Vec<String>,
    /// Operations in the order of the newest release.
    pub operations: Vec<Operation>,
    /// Models declared in the resource's file.
    pub models: Vec<Model>,
}

/// One operation: a method on a path.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// Name, unique within the resource.
    pub nickname: String,
    /// HTTP method.
    pub method: Method,
    /// Path below `/ari`.
    pub path: Path,
    /// Parameters: path variables, then the others in the order of the spec.
    pub parameters: Vec<Parameter>,
    /// Content of a successful response.
    pub response: ResponseType,
    /// Property with the operation's result, if some releases wrap it in a larger model.
    pub nested_response: Option<NestedResponse>,
    /// Status codes of failure, ascending.
    pub errors: Vec<ErrorCode>,
    /// Protocol upgrade of the connection, if the operation performs one.
    pub websocket_protocol: Option<WebSocketUpgrade>,
    /// The operation that is sent instead of this one.
    pub rewrite: Option<crate::spec::Rewrite>,
    /// Releases that have it.
    pub availability: Availability,
    /// Description of its effect.
    pub text: Option<String>,
    /// Facts of the form on the wire, which Rust types hide.
    pub wire_text: Option<String>,
    /// Condition that can delay the response for a long time, if there is one.
    pub blocks_channel_queue: Option<String>,
    /// Requests of it that terminate the whole server, if some do.
    pub crashes: Option<String>,
    /// Requests that do so, and that Rust types exclude.
    pub wire_crashes: Option<String>,
}

/// HTTP methods that ARI uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// Returns the method's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// Content of an operation's successful response.
#[derive(Clone, Debug, PartialEq)]
pub enum ResponseType {
    /// An empty body.
    Empty,
    /// Bytes, such as a recording.
    Binary,
    /// JSON of this type.
    Json(Type),
}

/// A response model with a property that other releases return on its own.
#[derive(Clone, Debug, PartialEq)]
pub struct NestedResponse {
    /// The model of the response.
    pub model: String,
    /// The model's property that holds the result.
    pub property: String,
    /// Releases that respond with this model.
    pub availability: Availability,
}

/// An upgrade of the connection to another protocol.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebSocketUpgrade {
    /// The protocol: `websocket`.
    pub protocol: String,
    /// Its subprotocol, such as `ari`.
    pub subprotocol: Option<String>,
}

/// A status code of failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode {
    /// HTTP status.
    pub code: u16,
    /// Meaning of the status for this operation.
    pub text: Option<String>,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Name on the wire.
    pub name: String,
    /// Part of the request that carries it.
    pub location: Location,
    /// Type of its value.
    pub kind: ParameterType,
    /// `true` if every covered release that has the operation requires it.
    pub required: bool,
    /// Releases that require it.
    pub required_in: Availability,
    /// Default in the newest release.
    pub default: Option<serde_json::Value>,
    /// `true` if a request sends the default when the parameter is not given.
    pub sends_default: bool,
    /// Encoding of a duration as a whole number, if the value is a duration.
    pub duration: Option<DurationFormat>,
    /// Accepted values.
    pub allowed: Option<Allowed>,
    /// Releases that have it.
    pub availability: Availability,
    /// Description of its effect.
    pub text: Option<String>,
    /// Facts of the form on the wire, which Rust types hide.
    pub wire_text: Option<String>,
}

/// Part of the request that carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Location {
    Path,
    Query,
    Body,
}

/// Type of a parameter. Fixups name these types as given in parentheses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterType {
    /// One value.
    Scalar(Scalar),
    /// Several values: `allowMultiple`, or `List[…]`.
    List(Scalar),
    /// Several values that the server splits at commas in one string (`Joined[string]`).
    Joined(Scalar),
    /// The same if the server knows no escapes and drops empty values (`Split[string]`).
    Split(Scalar),
    /// Names and values, in the body below the parameter's name (`Map[…]`; `containers`).
    Map(MapValue),
    /// A list of attributes and values, in the body below the parameter's name (`Fields`).
    Fields,
    /// The body itself: an event filter (`EventFilter`).
    EventFilter,
    /// The body itself: any JSON (`object`).
    Json,
    /// The body itself: a model.
    Model(String),
}

impl ParameterType {
    /// Returns `true` if it takes several single values.
    pub fn is_list(&self) -> bool {
        matches!(
            self,
            ParameterType::List(_) | ParameterType::Joined(_) | ParameterType::Split(_)
        )
    }
}

/// Values of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MapValue {
    /// A string, or a string whose changes are reported in events (`VariableValue`).
    Variable,
    /// A string (`string`).
    Text,
    /// Any JSON.
    Json,
}

/// A single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// `string`, and `Date` in parameters.
    Text,
    /// `boolean`.
    Boolean,
    /// `int` and `byte`: 32 bits in the server.
    Int,
    /// `long`: 64 bits.
    Long,
    /// `float` and `double`.
    Double,
}

/// Accepted values of a parameter, or known values of a property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// One of these; servers may know more.
    Values(Vec<AllowedValue>),
    /// A number within these limits, both inclusive.
    Range {
        /// Smallest value.
        min: Option<i64>,
        /// Largest value.
        max: Option<i64>,
    },
}

/// One accepted value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedValue {
    /// On the wire.
    pub value: String,
    /// Releases that accept it.
    pub availability: Availability,
    /// Meaning of the value.
    pub text: Option<String>,
}

/// One model.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Name, unique across all resources.
    pub name: String,
    /// The property that distinguishes subtypes, on the root of a hierarchy.
    pub discriminator: Option<String>,
    /// Names of the models that extend this one.
    pub sub_types: Vec<String>,
    /// Properties in the order of the newest release, without inherited ones.
    pub properties: Vec<Property>,
    /// Releases that have it.
    pub availability: Availability,
    /// Description of the model.
    pub text: Option<String>,
    /// Facts of the form on the wire, which Rust types hide.
    pub wire_text: Option<String>,
}

/// One property of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Property {
    /// Name on the wire.
    pub name: String,
    /// Type of its value.
    pub kind: Type,
    /// `true` if every covered release that has the model always sends it.
    pub required: bool,
    /// Releases that always send it.
    pub required_in: Availability,
    /// Unit of a single number, if the value is a duration.
    pub duration: Option<DurationUnit>,
    /// Known values.
    pub allowed: Option<Allowed>,
    /// Releases that have it.
    pub availability: Availability,
    /// Description of the property.
    pub text: Option<String>,
    /// Facts of the form on the wire, which Rust types hide.
    pub wire_text: Option<String>,
}

/// Type of a property or a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A single value.
    Scalar(Scalar),
    /// A time stamp.
    Date,
    /// An object with names that are not known beforehand.
    Object,
    /// Any JSON, used if releases disagree about the type.
    Any,
    /// A model, by name.
    Model(String),
    /// A list.
    List(Box<Type>),
}

impl Type {
    /// Returns the model that this type is, or is a list of.
    pub fn model(&self) -> Option<&str> {
        match self {
            Type::Model(name) => Some(name),
            Type::List(item) => item.model(),
            _ => None,
        }
    }
}

impl Api {
    /// Returns the availability in all covered releases.
    pub fn full_availability(&self) -> Availability {
        Availability::throughout(self.releases.iter().copied())
    }

    /// Returns all models, each with the resource that declares it.
    pub fn models(&self) -> impl Iterator<Item = (&Resource, &Model)> {
        self.resources
            .iter()
            .flat_map(|resource| resource.models.iter().map(move |model| (resource, model)))
    }

    /// Returns the model of that name.
    pub fn model(&self, name: &str) -> Option<&Model> {
        self.models()
            .map(|(_, model)| model)
            .find(|model| model.name == name)
    }

    /// Returns all operations with their resource.
    pub fn operations(&self) -> impl Iterator<Item = (&Resource, &Operation)> {
        self.resources
            .iter()
            .flat_map(|resource| resource.operations.iter().map(move |op| (resource, op)))
    }

    /// Returns the ancestors of a model, root first.
    pub fn ancestors<'a>(&'a self, model: &'a Model) -> Vec<&'a Model> {
        let mut chain = Vec::new();
        let mut name = &model.name;
        while let Some((_, parent)) = self.models().find(|(_, m)| m.sub_types.contains(name)) {
            chain.push(parent);
            name = &parent.name;
        }
        chain.reverse();
        chain
    }

    /// Returns the models without subtypes below `root`, in the order of the spec.
    pub fn leaves<'a>(&'a self, root: &'a Model) -> Vec<&'a Model> {
        let mut leaves = Vec::new();
        let mut open = vec![root];
        while let Some(model) = open.pop() {
            if model.sub_types.is_empty() {
                leaves.push(model);
            }
            open.extend(
                model
                    .sub_types
                    .iter()
                    .rev()
                    .filter_map(|name| self.model(name)),
            );
        }
        leaves
    }

    /// The root of the hierarchy of messages that the WebSocket of events carries: the model that
    /// an upgraded connection answers with. That is the one of `/events`, wherever it stands, or,
    /// where there is none, the first.
    pub fn event_root(&self) -> Option<&Model> {
        let upgraded = self.operations().filter_map(|(_, op)| {
            let ResponseType::Json(Type::Model(name)) = &op.response else {
                return None;
            };
            let root = self.model(name)?;
            (op.websocket_protocol.is_some() && root.discriminator.is_some()).then_some((op, root))
        });
        let events = Segment::Literal("events".into());
        let is_other = |(op, _): &(&Operation, &Model)| op.path.0.as_slice() != [events.clone()];
        Some(upgraded.min_by_key(is_other)?.1)
    }

    /// Returns `true` if an operation opens a WebSocket of these messages.
    pub fn opens_event_stream(&self, operation: &Operation) -> bool {
        let root = self.event_root();
        operation.websocket_protocol.is_some()
            && matches!((&operation.response, root), (ResponseType::Json(Type::Model(name)), Some(root))
                if *name == root.name)
    }

    /// Counts the items, for reports.
    pub fn counts(&self) -> Counts {
        Counts {
            operations: self.operations().count(),
            parameters: self.operations().map(|(_, op)| op.parameters.len()).sum(),
            models: self.models().count(),
            properties: self.models().map(|(_, model)| model.properties.len()).sum(),
            events: self
                .event_root()
                .map(|root| {
                    let direct = |model: &&Model| !root.sub_types.contains(&model.name);
                    self.leaves(root).iter().copied().filter(direct).count()
                })
                .unwrap_or_default(),
        }
    }
}

/// Numbers of items in an [`Api`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Parameters of all operations.
    pub parameters: usize,
    /// Models.
    pub models: usize,
    /// Own properties of all models.
    pub properties: usize,
    /// Leaf types of events: messages that extend a subtype of the root, not the root itself.
    pub events: usize,
}
