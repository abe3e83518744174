//! Requests as data: their arguments, their form on the wire, and the traits of generated requests.

pub(crate) mod builder;
pub(crate) mod from_arguments;
pub(crate) mod one_or_many;
pub(crate) mod param_value;
pub(crate) mod trace_context;
pub(crate) mod typed_request;
pub(crate) mod untyped_request;
mod wire_form;
