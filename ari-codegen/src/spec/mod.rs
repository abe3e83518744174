//! Asterisk's resource specs in its dialect of Swagger 1.1, read strictly.
//!
//! The types here mirror the JSON; nothing is dropped and nothing is interpreted. [`read_resource`]
//! turns JSON into them and reports every key it does not know; [`crate::fixups`] mends the known
//! bugs; [`crate::api`] gives the result a meaning.

mod anomaly;
mod json;
mod parse;
mod read;
mod types;

pub use anomaly::Anomaly;
pub(crate) use parse::parse;
pub use read::{Index, read_index, read_resource};
pub(crate) use types::resolve_extends;
pub use types::{
    AllowableValues, ErrorResponseSpec, ModelSpec, OperationSpec, ParameterSpec, PathSpec,
    PropertySpec, ResourceSpec, Rewrite, Spec, TEXT_KEYS, UndeclaredValue,
};
