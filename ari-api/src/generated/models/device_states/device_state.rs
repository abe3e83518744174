// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `DeviceState`.

use crate::{models, runtime};

/// State of one device.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DeviceState {
    /// Name of the device, such as `Stasis:lamp` or `PJSIP/alice`.
    pub name: String,
    /// State, combined over all calls the device takes part in.
    pub state: models::DeviceStateState,
}

runtime::model!(
    DeviceState = named("DeviceState"),
    name = required("name"),
    state = required("state"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "DeviceState",
    fields: &[("name", "string"), ("state", "string")],
};
