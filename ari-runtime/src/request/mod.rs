//! Requests as data: their encoding, their parameters, and the traits of generated requests.

pub(crate) mod encoded;
pub(crate) mod from_arguments;
pub(crate) mod one_or_many;
pub(crate) mod param_value;
pub(crate) mod typed_request;
