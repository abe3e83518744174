// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /asterisk/modules/{moduleName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /asterisk/modules/{moduleName}`.
pub static GET_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "getModule",
    description: "Returns one loaded module: description, use count, state and support level.",
    wire_format: "",
    method: Method::Get,
    path: "/asterisk/modules/{moduleName}",
    parameters: &[
        Parameter {
            name: "moduleName",
            description: "File name of the module, with `.so` and in its exact spelling, such as `app_dial.so`.",
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
            availability: availability::IN_V13_5_0_14_TO_24,
        },
    ],
    response: ResponseType::Json("Module"),
    errors: &[
        (404, "No module of this name is loaded. Compare with `listModules`."),
        (
            409,
            "The module is loaded but was named differently than Asterisk lists it; most often `.so` is missing or the case differs.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_5_0_14_TO_24,
};
