//! The content of Asterisk's specs as data: operations, parameters, models and their availability.

pub(crate) mod duration;
pub(crate) mod operation;
pub(crate) mod unit;

pub use crate::response::model::Model;
pub use operation::{
    AllowedValue, Availability, Location, Method, ModelInfo, Operation, Parameter, ParameterType,
    ResponseType, Rewrite, Scalar, Version,
};
pub use unit::{DurationFormat, DurationUnit};
