//! The types of specs, which mirror their JSON.

use crate::api::{DurationFormat, DurationUnit};
use crate::error::{Place, Result};
use crate::release::{Release, Version};

/// Keys that hold Asterisk's prose, which the facts in `api-docs` leave out.
pub const TEXT_KEYS: [&str; 9] = [
    "description",
    "summary",
    "notes",
    "reason",
    "_copyright",
    "_author",
    "_svn_revision",
    // Misspelt or improvised by Asterisk; see the fixups of the same names.
    "descriptioni",
    "__note",
];

/// All specs of one release.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// The release they belong to.
    pub release: Release,
    /// `apiVersion` of the index, the one that Asterisk announces.
    pub api_version: String,
    /// One entry a resource file, in the order of the index.
    pub resources: Vec<ResourceSpec>,
}

/// Adds models that name the model they extend to the subtypes of that.
///
/// # Errors
/// [`Error::Spec`](crate::Error::Spec): they extend a model that does not exist.
pub(crate) fn resolve_extends(resources: &mut [ResourceSpec]) -> Result<()> {
    let models = resources.iter().flat_map(|resource| &resource.models);
    let extending: Vec<_> = models
        .filter_map(|model| {
            Some((
                model.extends.clone()?,
                model.id.clone(),
                model.place.clone(),
            ))
        })
        .collect();
    for (parent, child, place) in extending {
        let mut models = resources
            .iter_mut()
            .flat_map(|resource| &mut resource.models);
        let Some(parent) = models.find(|model| model.id == parent) else {
            return Err(place.error(format!(
                "it extends {parent:?}, which is not defined in any resource"
            )));
        };
        if !parent.sub_types.contains(&child) {
            parent.sub_types.push(child);
        }
    }
    Ok(())
}

/// One resource file, such as `channels.json`.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourceSpec {
    /// The resource's name: the file's name without its ending.
    pub name: String,
    /// File or address it was read from.
    pub file: String,
    /// The file's own `apiVersion`, which often lags behind the index.
    pub api_version: String,
    /// `swaggerVersion`: 1.1, or 1.2 for events.
    pub swagger_version: String,
    /// `basePath`.
    pub base_path: String,
    /// `resourcePath`.
    pub resource_path: String,
    /// The index's text about the resource.
    pub description: Option<String>,
    /// Versions that introduced the resource.
    pub since: Vec<Version>,
    /// Modules that must be loaded for the resource to work.
    pub requires_modules: Vec<String>,
    /// Paths with their operations.
    pub apis: Vec<PathSpec>,
    /// Models declared in this file, in its order.
    pub models: Vec<ModelSpec>,
}

/// One path and its operations.
#[derive(Clone, Debug, PartialEq)]
pub struct PathSpec {
    /// Path below `/ari`, such as `/channels/{channelId}`.
    pub path: String,
    /// Asterisk's text.
    pub description: Option<String>,
    /// Operations, one an HTTP method.
    pub operations: Vec<OperationSpec>,
}

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct OperationSpec {
    /// Its place in the spec.
    pub place: Place,
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub http_method: String,
    /// Name, unique within the resource.
    pub nickname: String,
    /// Type of the response: a model, `List[…]`, `void` or `binary`.
    pub response_class: String,
    /// `websocket` if the connection is upgraded.
    pub upgrade: Option<String>,
    /// Subprotocol of that WebSocket.
    pub websocket_protocol: Option<String>,
    /// Versions that introduced it.
    pub since: Vec<Version>,
    /// Asterisk's one-line text.
    pub summary: Option<String>,
    /// Asterisk's longer text.
    pub notes: Option<String>,
    /// Parameters in the order of the spec.
    pub parameters: Vec<ParameterSpec>,
    /// Declared status codes other than success.
    pub error_responses: Vec<ErrorResponseSpec>,
    /// The operation that is sent in this one's place; only fixups say so.
    pub rewrite: Option<Rewrite>,
}

/// The replacement of an operation, and its condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrite {
    /// The parameter whose presence calls for it.
    pub if_present: String,
    /// Nickname of the operation that is sent.
    pub target: String,
    /// The parameter that is a path variable there. If it is missing, a unique value is used.
    pub id_param: String,
}

/// One parameter of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct ParameterSpec {
    /// Its place in the spec.
    pub place: Place,
    /// Name on the wire.
    pub name: String,
    /// `path`, `query` or `body`.
    pub param_type: String,
    /// Type of its value, or of each value if `allow_multiple`.
    pub data_type: String,
    /// `true` if it is required; `None` if the spec does not say.
    pub required: Option<bool>,
    /// `true` if it is a list; `None` if the spec does not say.
    pub allow_multiple: Option<bool>,
    /// The default that Asterisk assumes.
    pub default_value: Option<serde_json::Value>,
    /// `true` if the server does not assume the default, so it is sent. Set by fixups only.
    pub sends_default: bool,
    /// Encoding as a duration, if it is one. Set by fixups only.
    pub duration: Option<DurationFormat>,
    /// Closed list or range of values.
    pub allowable_values: Option<AllowableValues>,
    /// Values that the server also accepts. Set by fixups only.
    pub undeclared_values: Vec<UndeclaredValue>,
    /// Asterisk's text.
    pub description: Option<String>,
    /// Asterisk's additional text.
    pub notes: Option<String>,
}

/// A status code that an operation declares.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorResponseSpec {
    /// HTTP status.
    pub code: u16,
    /// Asterisk's text.
    pub reason: Option<String>,
}

/// A value that the server accepts and the spec leaves out.
#[derive(Clone, Debug, PartialEq)]
pub struct UndeclaredValue {
    /// On the wire.
    pub value: String,
    /// The versions that introduced it, each within its release.
    pub since: Vec<Version>,
}

/// `allowableValues`.
#[derive(Clone, Debug, PartialEq)]
pub enum AllowableValues {
    /// `LIST`: one of these.
    List(Vec<String>),
    /// `RANGE`: a number within these limits, both inclusive.
    Range {
        /// Smallest value.
        min: Option<i64>,
        /// Largest value.
        max: Option<i64>,
    },
}

/// One model.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelSpec {
    /// Its place in the spec.
    pub place: Place,
    /// Name, unique across all files of a release.
    pub id: String,
    /// The property that distinguishes subtypes, on the root of a hierarchy.
    pub discriminator: Option<String>,
    /// Names of the models that extend this one.
    pub sub_types: Vec<String>,
    /// The model that this one extends, if it names one, as in early specs.
    pub extends: Option<String>,
    /// Properties in the order of the spec.
    pub properties: Vec<PropertySpec>,
    /// Asterisk's text.
    pub description: Option<String>,
}

/// One property of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertySpec {
    /// Its place in the spec.
    pub place: Place,
    /// Name on the wire.
    pub name: String,
    /// Type of its value.
    pub data_type: String,
    /// `true` if it is always present; `None` if the spec does not say.
    pub required: Option<bool>,
    /// Unit, if it is a duration. Set by fixups only.
    pub duration: Option<DurationUnit>,
    /// Closed list of values.
    pub allowable_values: Option<AllowableValues>,
    /// Asterisk's text.
    pub description: Option<String>,
}
