//! Parameters as arguments of functions and as fields of requests.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{OperationPlan, ParameterPlan, Plan};
use super::tokens::ident;
use super::types::model_path;
use crate::api::{DurationFormat, Location, MapValue, ParameterType, Scalar};
use crate::naming;

/// The parameters that a constructor takes: path variables in the order of the path, then the
/// required others.
pub(super) fn arguments<'a, 'p>(
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

pub(super) fn scalar_type(scalar: Scalar, parameter: &ParameterPlan<'_>) -> TokenStream {
    if let Some(format) = duration(parameter) {
        return match format.unlimited {
            Some(_) => quote!(Option<std::time::Duration>),
            None => quote!(std::time::Duration),
        };
    }
    match (&parameter.enum_name, scalar) {
        (Some(name), _) => {
            let name = ident(name);
            quote!(#name)
        }
        (None, Scalar::Text) => quote!(String),
        (None, Scalar::Boolean) => quote!(bool),
        (None, Scalar::Int) => quote!(i32),
        (None, Scalar::Long) => quote!(i64),
        (None, Scalar::Double) => quote!(f64),
    }
}

pub(super) fn map_value(value: MapValue) -> TokenStream {
    match value {
        MapValue::Variable => quote!(runtime::VariableValue),
        MapValue::Text => quote!(String),
        MapValue::Json => quote!(serde_json::Value),
    }
}

pub(super) fn field_type(plan: &Plan<'_>, parameter: &ParameterPlan<'_>) -> TokenStream {
    let base = match &parameter.parameter.kind {
        ParameterType::Scalar(scalar) => scalar_type(*scalar, parameter),
        ParameterType::List(scalar)
        | ParameterType::Joined(scalar)
        | ParameterType::Split(scalar) => {
            let item = scalar_type(*scalar, parameter);
            quote!(Vec<#item>)
        }
        ParameterType::Map(value) => {
            let value = map_value(*value);
            quote!(Vec<(String, #value)>)
        }
        ParameterType::Fields => quote!(Vec<(String, String)>),
        ParameterType::EventFilter => quote!(runtime::EventFilter),
        ParameterType::Json => quote!(serde_json::Value),
        ParameterType::Model(name) => model_path(plan, name),
    };
    if parameter.parameter.required {
        base
    } else {
        quote!(Option<#base>)
    }
}

/// Generic parameters and arguments of a function that takes these parameters, as callers write
/// them.
pub(super) fn signature<'p, 'a: 'p>(
    plan: &Plan<'_>,
    parameters: impl Iterator<Item = &'p ParameterPlan<'a>>,
) -> (TokenStream, Vec<TokenStream>) {
    let parameters: Vec<_> = parameters.collect();
    let forms: Vec<_> = parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| parameter.parameter.kind.is_list())
        .map(|(position, _)| generic_type(position))
        .collect();
    let generics = if forms.is_empty() {
        quote!()
    } else {
        quote!(<#(#forms),*>)
    };
    let arguments = parameters.iter().enumerate();
    let arguments = arguments.map(|(position, parameter)| argument(plan, parameter, position));
    (generics, arguments.collect())
}

/// Returns the type parameter that distinguishes one value from several, of the argument at this
/// position.
pub(super) fn generic_type(position: usize) -> proc_macro2::Ident {
    ident(&format!("{}{}", naming::GENERIC_PREFIX, position + 1))
}

/// `name: type` as callers write it.
pub(super) fn argument(
    plan: &Plan<'_>,
    parameter: &ParameterPlan<'_>,
    position: usize,
) -> TokenStream {
    let field = ident(&parameter.field);
    let single = |scalar: Scalar| {
        let kind = scalar_type(scalar, parameter);
        match scalar {
            Scalar::Text => quote!(impl Into<#kind>),
            _ if unlimited(parameter) => quote!(impl Into<#kind>),
            _ => kind,
        }
    };
    let kind = match &parameter.parameter.kind {
        ParameterType::Scalar(scalar) => single(*scalar),
        ParameterType::List(scalar)
        | ParameterType::Joined(scalar)
        | ParameterType::Split(scalar) => {
            let item = scalar_type(*scalar, parameter);
            let form = generic_type(position);
            quote!(impl runtime::OneOrMany<#item, #form>)
        }
        ParameterType::Map(value) => {
            let value = map_value(*value);
            quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)>)
        }
        ParameterType::Fields => {
            quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>)
        }
        ParameterType::EventFilter => quote!(impl Into<runtime::EventFilter>),
        ParameterType::Json => quote!(impl Into<serde_json::Value>),
        ParameterType::Model(name) => model_path(plan, name),
    };
    quote!(#field: #kind)
}

/// Returns the conversion from the argument to the field's type, or `None` if they are the same.
pub(super) fn conversion(parameter: &ParameterPlan<'_>) -> Option<TokenStream> {
    let field = ident(&parameter.field);
    Some(match &parameter.parameter.kind {
        ParameterType::Scalar(Scalar::Text) | ParameterType::EventFilter | ParameterType::Json => {
            quote!(#field.into())
        }
        ParameterType::Scalar(_) if unlimited(parameter) => quote!(#field.into()),
        kind if kind.is_list() => quote!(runtime::OneOrMany::into_list(#field)),
        ParameterType::Map(_) | ParameterType::Fields => {
            quote!(#field.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
        }
        _ => return None,
    })
}
