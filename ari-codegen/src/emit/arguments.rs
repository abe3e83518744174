//! Parameters as arguments of functions and as fields of requests.

use super::plan::{OperationPlan, ParameterPlan, Plan};
use super::types::model_type;
use crate::api::{DurationFormat, Location, MapValue, ParameterType, Scalar};
use crate::naming;

/// The parameters that a constructor takes: path variables in the order of the path, then the
/// required others.
pub(crate) fn arguments<'a, 'p>(
    op: &'p OperationPlan<'a>,
) -> impl Iterator<Item = &'p ParameterPlan<'a>> {
    let in_path = op.operation.path.variables().filter_map(|variable| {
        op.parameters
            .iter()
            .find(|parameter| parameter.parameter.name == variable)
    });
    let others = op.parameters.iter().filter(|parameter| {
        parameter.parameter.required && parameter.parameter.location != Location::Path
    });
    in_path.chain(others)
}

/// Returns the encoding of a parameter as a duration, if it is one.
pub(super) fn duration(parameter: &ParameterPlan<'_>) -> Option<DurationFormat> {
    let format = parameter.parameter.duration;
    format.filter(|_| parameter.enum_name.is_none())
}

/// Returns `true` if a parameter is a duration that can be unlimited.
pub(super) fn unlimited(parameter: &ParameterPlan<'_>) -> bool {
    duration(parameter).is_some_and(|format| format.unlimited.is_some())
}

fn scalar_type(scalar: Scalar, parameter: &ParameterPlan<'_>) -> String {
    if let Some(format) = duration(parameter) {
        return match format.unlimited {
            Some(_) => "Option<std::time::Duration>".into(),
            None => "std::time::Duration".into(),
        };
    }
    match (&parameter.enum_name, scalar) {
        (Some(name), _) => name.clone(),
        (None, Scalar::Text) => "String".into(),
        (None, Scalar::Boolean) => "bool".into(),
        (None, Scalar::Int) => "i32".into(),
        (None, Scalar::Long) => "i64".into(),
        (None, Scalar::Double) => "f64".into(),
    }
}

fn map_value(value: MapValue) -> &'static str {
    match value {
        MapValue::Variable => "runtime::VariableValue",
        MapValue::Text => "String",
        MapValue::Json => "serde_json::Value",
    }
}

/// Returns the type of a parameter as a field.
pub(super) fn field_type(plan: &Plan<'_>, parameter: &ParameterPlan<'_>) -> String {
    let base = match &parameter.parameter.kind {
        ParameterType::Scalar(scalar) => scalar_type(*scalar, parameter),
        ParameterType::List(scalar)
        | ParameterType::Joined(scalar)
        | ParameterType::Split(scalar) => format!("Vec<{}>", scalar_type(*scalar, parameter)),
        ParameterType::Map(value) => format!("Vec<(String, {})>", map_value(*value)),
        ParameterType::Fields => "Vec<(String, String)>".into(),
        ParameterType::EventFilter => "runtime::EventFilter".into(),
        ParameterType::Json => "serde_json::Value".into(),
        ParameterType::Model(name) => model_type(plan, name),
    };
    match parameter.parameter.required {
        true => base,
        false => format!("Option<{base}>"),
    }
}

/// Generic parameters and arguments of a function that takes these parameters, as callers write
/// them.
pub(super) fn signature<'p, 'a: 'p>(
    plan: &Plan<'_>,
    parameters: impl Iterator<Item = &'p ParameterPlan<'a>>,
) -> (String, Vec<String>) {
    let mut forms = Vec::new();
    let mut arguments = Vec::new();
    for (position, parameter) in parameters.enumerate() {
        if parameter.parameter.kind.is_list() {
            forms.push(generic_type(position));
        }
        arguments.push(argument(plan, parameter, position));
    }
    let generics = match forms.as_slice() {
        [] => String::new(),
        forms => format!("<{}>", forms.join(", ")),
    };
    (generics, arguments)
}

/// Returns the type parameter that distinguishes one value from several, of the argument at this
/// position.
fn generic_type(position: usize) -> String {
    format!("{}{}", naming::GENERIC_PREFIX, position + 1)
}

/// `name: type` as callers write it.
fn argument(plan: &Plan<'_>, parameter: &ParameterPlan<'_>, position: usize) -> String {
    let single = |scalar: Scalar| {
        let kind = scalar_type(scalar, parameter);
        match scalar == Scalar::Text || unlimited(parameter) {
            true => format!("impl Into<{kind}>"),
            false => kind,
        }
    };
    let pairs =
        |value: &str| format!("impl IntoIterator<Item = (impl Into<String>, impl Into<{value}>)>");
    let kind = match &parameter.parameter.kind {
        ParameterType::Scalar(scalar) => single(*scalar),
        ParameterType::List(scalar)
        | ParameterType::Joined(scalar)
        | ParameterType::Split(scalar) => {
            let item = scalar_type(*scalar, parameter);
            format!(
                "impl runtime::OneOrMany<{item}, {}>",
                generic_type(position)
            )
        }
        ParameterType::Map(value) => pairs(map_value(*value)),
        ParameterType::Fields => pairs("String"),
        ParameterType::EventFilter => "impl Into<runtime::EventFilter>".into(),
        ParameterType::Json => "impl Into<serde_json::Value>".into(),
        ParameterType::Model(name) => model_type(plan, name),
    };
    format!("{}: {kind}", parameter.field)
}

/// Returns the conversion from the argument to the field's type, or `None` if they are the same. A
/// long conversion is indented like a value inside a method.
pub(super) fn conversion(parameter: &ParameterPlan<'_>) -> Option<String> {
    let field = &parameter.field;
    Some(match &parameter.parameter.kind {
        ParameterType::Scalar(Scalar::Text) | ParameterType::EventFilter | ParameterType::Json => {
            format!("{field}.into()")
        }
        ParameterType::Scalar(_) if unlimited(parameter) => format!("{field}.into()"),
        kind if kind.is_list() => format!("runtime::OneOrMany::into_list({field})"),
        ParameterType::Map(_) | ParameterType::Fields => format!(
            "\
{field}
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect()"
        ),
        _ => return None,
    })
}
