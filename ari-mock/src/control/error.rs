//! Errors of the control API.

use crate::json::Object;

/// The error of a request.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ControlError {
    pub(crate) status: u16,
    /// The field with the problem.
    pub(crate) field: Option<String>,
    pub(crate) message: String,
}

impl ControlError {
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        ControlError {
            status,
            field: None,
            message: message.into(),
        }
    }

    /// Returns the error for an invalid value of a field.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        ControlError {
            status: 400,
            field: Some(field.to_owned()),
            message: message.into(),
        }
    }

    /// Returns the body of the response.
    pub(crate) fn object(&self) -> Object {
        Object::new()
            .with("message", &self.message)
            .with_some("field", self.field.as_deref())
    }
}
