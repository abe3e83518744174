//! From JSON to [`Spec`](super::Spec)'s types.

use std::collections::BTreeSet;

use serde_json::Value;

use super::anomaly::Anomaly;
use super::json::{Node, Object};
use super::types::{
    AllowableValues, ErrorResponseSpec, ModelSpec, OperationSpec, ParameterSpec, PathSpec,
    PropertySpec, ResourceSpec,
};
use crate::error::{Place, Result};
use crate::release::Version;

/// HTTP methods that requests can have.
const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The index `resources.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The version that Asterisk announces for the whole API.
    pub api_version: String,
    /// Name and text of each resource, in order.
    pub resources: Vec<(String, Option<String>)>,
}

/// Reads the index.
///
/// # Errors
/// Returns [`Error::Spec`](crate::Error::Spec) with the JSON path if a required key is missing or
/// of another type, if a path is not of the form `/api-docs/NAME.{format}`, or if a resource occurs
/// twice.
pub fn read_index(file: &str, json: &Value, anomalies: &mut Vec<Anomaly>) -> Result<Index> {
    let mut top = root(file, json).object()?;
    skip_authorship(&mut top);
    for key in ["openapi", "swagger"] {
        if let Some(version) = top.take(key) {
            return Err(version.place.error(
                "this is OpenAPI or a newer Swagger: give a folder of Asterisk's own specs, whose \
                 swaggerVersion is 1.1",
            ));
        }
    }
    let api_version = top.require_text("apiVersion")?;
    swagger_version(&mut top)?;
    top.require_text("basePath")?;
    let mut resources = Vec::new();
    let mut names = BTreeSet::new();
    for node in top.items("apis")? {
        let mut api = node.object()?;
        let path = api.require("path")?;
        let name = resource_name(path.text()?).ok_or_else(|| {
            path.place
                .error("expected a path of the form /api-docs/NAME.{format}")
        })?;
        if !names.insert(name.clone()) {
            return Err(path.place.error("a resource of this name occurs twice"));
        }
        resources.push((name, api.text("description")?));
        api.finish(anomalies);
    }
    top.finish(anomalies);
    Ok(Index {
        api_version,
        resources,
    })
}

/// `channels` of `/api-docs/channels.{format}`; only plain names, since they become file names.
fn resource_name(path: &str) -> Option<String> {
    let name = path.strip_prefix("/api-docs/")?.strip_suffix(".{format}")?;
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
    (plain && !name.is_empty()).then(|| name.to_owned())
}

/// Reads the version of Swagger.
fn swagger_version(top: &mut Object<'_>) -> Result<String> {
    let version = top.require_text("swaggerVersion")?;
    // 1.3 differs from 1.2 in the number only.
    if !matches!(version.as_str(), "1.1" | "1.2" | "1.3") {
        return Err(top.place.error(format!(
            "swaggerVersion {version:?} is not understood: specs of Asterisk are of 1.1, 1.2 or \
             1.3, and no other kind of Swagger or OpenAPI is read"
        )));
    }
    Ok(version)
}

/// One resource file.
///
/// # Errors
/// Returns [`Error::Spec`](crate::Error::Spec) with the JSON path if a required key is missing or
/// of another type, or has an unsupported value: another version of Swagger, another kind of
/// `valueType`, a code that is no HTTP status.
pub fn read_resource(
    name: &str,
    description: Option<String>,
    file: &str,
    json: &Value,
    anomalies: &mut Vec<Anomaly>,
) -> Result<ResourceSpec> {
    let mut top = root(file, json).object()?;
    skip_authorship(&mut top);
    let api_version = top.require_text("apiVersion")?;
    let swagger_version = swagger_version(&mut top)?;
    let base_path = top.require_text("basePath")?;
    let resource_path = top.require_text("resourcePath")?;
    let since = versions(&mut top)?;
    let requires_modules = top.texts("requiresModules")?;
    let mut apis = Vec::new();
    top.require("apis")?;
    for node in top.items("apis")? {
        apis.push(read_path(name, node, anomalies)?);
    }
    let mut models = Vec::new();
    for (id, node) in top.members("models")? {
        models.push(read_model(id, node, anomalies)?);
    }
    top.finish(anomalies);
    Ok(ResourceSpec {
        name: name.to_owned(),
        file: file.to_owned(),
        api_version,
        swagger_version,
        base_path,
        resource_path,
        description,
        since,
        requires_modules,
        apis,
        models,
    })
}

fn root<'a>(file: &str, value: &'a Value) -> Node<'a> {
    Node {
        value,
        place: Place {
            file: file.into(),
            path: "$".into(),
            subject: None,
        },
    }
}

fn skip_authorship(top: &mut Object<'_>) {
    for key in ["_copyright", "_author", "_svn_revision"] {
        top.take(key);
    }
}

fn versions(object: &mut Object<'_>) -> Result<Vec<Version>> {
    object
        .items_or_single("since")?
        .iter()
        .map(|node| {
            node.text()?
                .parse()
                .map_err(|problem: String| node.place.error(problem))
        })
        .collect()
}

fn read_path(resource: &str, node: Node<'_>, anomalies: &mut Vec<Anomaly>) -> Result<PathSpec> {
    let mut api = node.object()?;
    let path = api.require_text("path")?;
    let description = api.text("description")?;
    let mut operations = Vec::new();
    for node in api.items("operations")? {
        operations.push(read_operation(resource, node, anomalies)?);
    }
    api.finish(anomalies);
    Ok(PathSpec {
        path,
        description,
        operations,
    })
}

fn read_operation(
    resource: &str,
    node: Node<'_>,
    anomalies: &mut Vec<Anomaly>,
) -> Result<OperationSpec> {
    let mut operation = node.object()?;
    let nickname = operation.require_text("nickname")?;
    operation.place.subject = Some(format!("operation {resource}.{nickname}").into());
    let mut parameters = Vec::new();
    for node in operation.items("parameters")? {
        parameters.push(read_parameter(node, anomalies)?);
    }
    let mut error_responses = Vec::new();
    for node in operation.items("errorResponses")? {
        let mut response = node.object()?;
        let code = response
            .integer("code")?
            .and_then(|code| u16::try_from(code).ok());
        let code = code
            .filter(|code| (100..600).contains(code))
            .ok_or_else(|| {
                response
                    .place
                    .error("expected `code` to be an HTTP status from 100 to 599")
            })?;
        error_responses.push(ErrorResponseSpec {
            code,
            reason: response.text("reason")?,
        });
        response.finish(anomalies);
    }
    let spec = OperationSpec {
        http_method: operation.require_one_of("httpMethod", &METHODS)?,
        response_class: operation.require_text("responseClass")?,
        upgrade: operation.text("upgrade")?,
        websocket_protocol: operation.text("websocketProtocol")?,
        since: versions(&mut operation)?,
        summary: operation.text("summary")?,
        notes: operation.text("notes")?,
        place: operation.place.clone(),
        nickname,
        parameters,
        error_responses,
        rewrite: None,
    };
    operation.finish(anomalies);
    Ok(spec)
}

fn read_parameter(node: Node<'_>, anomalies: &mut Vec<Anomaly>) -> Result<ParameterSpec> {
    let mut parameter = node.object()?;
    let spec = ParameterSpec {
        place: parameter.place.clone(),
        name: parameter.require_text("name")?,
        param_type: parameter.require_one_of("paramType", &["path", "query", "body"])?,
        data_type: parameter.require_text("dataType")?,
        required: parameter.boolean("required")?,
        allow_multiple: parameter.boolean("allowMultiple")?,
        default_value: parameter
            .take("defaultValue")
            .map(|node| node.value.clone()),
        sends_default: false,
        duration: None,
        allowable_values: read_allowable_values(&mut parameter, anomalies)?,
        undeclared_values: Vec::new(),
        description: parameter.text("description")?,
        notes: parameter.text("notes")?,
    };
    parameter.finish(anomalies);
    Ok(spec)
}

fn read_allowable_values(
    object: &mut Object<'_>,
    anomalies: &mut Vec<Anomaly>,
) -> Result<Option<AllowableValues>> {
    let Some(node) = object.take("allowableValues") else {
        return Ok(None);
    };
    let mut values = node.object()?;
    let place = values.place.clone();
    let value_type = values.require_one_of("valueType", &["LIST", "RANGE"])?;
    let allowed = match value_type.as_str() {
        "LIST" => {
            values.require("values")?;
            AllowableValues::List(values.texts("values")?)
        }
        "RANGE" => {
            let (min, max) = (values.integer("min")?, values.integer("max")?);
            if let (Some(min), Some(max)) = (min, max)
                && min > max
            {
                return Err(values.place.error(format!(
                    "min is {min} and max is {max}: no number is within this range"
                )));
            }
            AllowableValues::Range { min, max }
        }
        other => {
            return Err(place.error(format!(
                "valueType {other:?} is not understood: expected LIST or RANGE"
            )));
        }
    };
    values.finish(anomalies);
    Ok(Some(allowed))
}

fn read_model(name: &str, node: Node<'_>, anomalies: &mut Vec<Anomaly>) -> Result<ModelSpec> {
    let mut model = node.object()?;
    let subject = Some(format!("model {name}").into());
    model.place.subject.clone_from(&subject);
    let id = model.require("id")?;
    if id.text()? != name {
        return Err(id.place.error(format!(
            "the id {:?} differs from the key {name:?}",
            id.text()?
        )));
    }
    let mut properties = Vec::new();
    for (property_name, node) in model.members("properties")? {
        let mut property = node.object()?;
        property.place.subject.clone_from(&subject);
        properties.push(PropertySpec {
            place: property.place.clone(),
            name: property_name.to_owned(),
            data_type: property.require_text("type")?,
            required: property.boolean("required")?,
            duration: None,
            allowable_values: read_allowable_values(&mut property, anomalies)?,
            description: property.text("description")?,
        });
        property.finish(anomalies);
    }
    let spec = ModelSpec {
        place: model.place.clone(),
        id: name.to_owned(),
        discriminator: model.text("discriminator")?,
        sub_types: model.texts("subTypes")?,
        extends: model.text("extends")?,
        properties,
        description: model.text("description")?,
    };
    model.finish(anomalies);
    Ok(spec)
}
