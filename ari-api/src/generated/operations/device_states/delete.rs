// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /deviceStates/{deviceName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /deviceStates/{deviceName}`.
pub static DELETE: Operation = Operation {
    resource: "deviceStates",
    nickname: "delete",
    description: "Removes a controlled device; its state becomes `UNKNOWN`.\n\nSubscribers are notified of the change. Deleting a device that does not exist succeeds.",
    wire_format: "",
    method: Method::Delete,
    path: "/deviceStates/{deviceName}",
    parameters: &[
        Parameter {
            name: "deviceName",
            description: "Name of the device, beginning with `Stasis:`, such as `Stasis:lamp`. Avoid `/` in the rest of the name: `list` shows only what follows the last one.",
            wire_format: "",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (404, "Nothing follows `Stasis:` in the name."),
        (
            409,
            "The name does not begin with `Stasis:`. States of other devices come from their channel driver and cannot be changed here.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_device_state"],
    availability: availability::IN_12_TO_24,
};
