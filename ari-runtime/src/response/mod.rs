//! Responses: decoding of bodies, and of models.

pub(crate) mod body;
pub(crate) mod decode;
pub(crate) mod model;
