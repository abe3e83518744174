//! Values with a meaning of their own in requests and models.

pub(crate) mod body;
pub(crate) mod open_enum;
pub(crate) mod timestamp;
