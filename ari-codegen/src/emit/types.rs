//! Types of the specs in Rust, and as the tables of data name them.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::Plan;
use super::tokens::ident;
use crate::api::{DurationUnit, Scalar, Type};

/// Returns the variant of the runtime's `DurationUnit`.
pub(super) fn unit(unit: DurationUnit) -> &'static str {
    match unit {
        DurationUnit::Seconds => "Seconds",
        DurationUnit::Milliseconds => "Milliseconds",
    }
}

/// Returns the variant of the runtime's `Scalar`.
pub(super) fn scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Text => "Text",
        Scalar::Boolean => "Boolean",
        Scalar::Int => "Int",
        Scalar::Long => "Long",
        Scalar::Double => "Double",
    }
}

/// A type as the specs write it.
pub(super) fn type_name(kind: &Type) -> String {
    match kind {
        Type::Scalar(Scalar::Text) => "string".into(),
        Type::Scalar(Scalar::Boolean) => "boolean".into(),
        Type::Scalar(Scalar::Int) => "int".into(),
        Type::Scalar(Scalar::Long) => "long".into(),
        Type::Scalar(Scalar::Double) => "double".into(),
        Type::Date => "Date".into(),
        Type::Object | Type::Any => "object".into(),
        Type::Model(name) => name.clone(),
        Type::List(item) => format!("List[{}]", type_name(item)),
    }
}

/// Returns the Rust type of a property or a response.
pub(super) fn rust_type(plan: &Plan<'_>, kind: &Type) -> String {
    match kind {
        Type::Scalar(Scalar::Text) => "String".into(),
        Type::Scalar(Scalar::Boolean) => "bool".into(),
        // `int` is 32 bits in most places, but unsigned ones (ssrc) exceed what is signed.
        Type::Scalar(Scalar::Int | Scalar::Long) => "i64".into(),
        Type::Scalar(Scalar::Double) => "f64".into(),
        Type::Date => "runtime::Timestamp".into(),
        Type::Object => "serde_json::Map<String, serde_json::Value>".into(),
        Type::Any => "serde_json::Value".into(),
        Type::Model(name) => model_type(plan, name),
        Type::List(item) => format!("Vec<{}>", rust_type(plan, item)),
    }
}

/// Returns the Rust type of a model.
pub(super) fn model_type(plan: &Plan<'_>, name: &str) -> String {
    format!("models::{}", plan.models[name].type_name)
}

/// Returns the Rust type of a model as tokens.
pub(super) fn model_path(plan: &Plan<'_>, name: &str) -> TokenStream {
    let ident = ident(&plan.models[name].type_name);
    quote!(models::#ident)
}
