//! Values with a meaning of their own in requests and models.

pub(crate) mod body;
#[cfg(feature = "client")]
pub(crate) mod capped;
pub(crate) mod open_enum;
pub(crate) mod timestamp;
