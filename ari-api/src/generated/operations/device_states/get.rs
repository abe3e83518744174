// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /deviceStates/{deviceName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /deviceStates/{deviceName}`.
pub static GET: Operation = Operation {
    resource: "deviceStates",
    nickname: "get",
    description: "Returns the current state of any device.\n\nA device nobody knows is no error: it is answered with 200 and a state such as `UNKNOWN` or `INVALID`.",
    wire_format: "",
    method: Method::Get,
    path: "/deviceStates/{deviceName}",
    parameters: &[
        Parameter {
            name: "deviceName",
            description: "Name of the device: a channel driver's, such as `PJSIP/alice`, or another provider's, such as `Stasis:lamp`, `Custom:lamp` or `Queue:sales`.",
            wire_format: "A `/` in it must be percent-encoded.",
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
    response: ResponseType::Json("DeviceState"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_device_state"],
    availability: availability::IN_12_TO_24,
};
