// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `Dialed`.

use crate::runtime;

/// An empty model, which no operation or event uses.
#[doc(hidden)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Dialed {}

runtime::model!(
    Dialed = named("Dialed"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "Dialed",
    fields: &[],
};
