//! The content of Asterisk's specs as data: operations, parameters, models and their availability.

pub(crate) mod duration;
pub(crate) mod operation;

pub use crate::response::model::Model;
pub use duration::{DurationFormat, DurationUnit};
pub use operation::{
    AllowedValue, Availability, Location, Method, ModelInfo, Operation, Parameter, ParameterType,
    ResponseType, Rewrite, Scalar, Version,
};
