// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `PUT /asterisk/modules/{moduleName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `PUT /asterisk/modules/{moduleName}`.
pub static RELOAD_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "reloadModule",
    description: "Makes a module read its configuration again, without interrupting calls.\n\nSuccess is 204, or 202 when the reload was only queued because Asterisk is still starting. Neither proves that the new configuration is in force: many modules keep the old one when a file is faulty, which only Asterisk's log reports.",
    wire_format: "",
    method: Method::Put,
    path: "/asterisk/modules/{moduleName}",
    parameters: &[
        Parameter {
            name: "moduleName",
            description: "File name of the module, such as `app_dial.so`. Loading, unloading and reloading also accept it without `.so`; `getModule` does not.",
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
    response: ResponseType::Empty,
    errors: &[
        (404, "No module of this name is loaded. Compare with `listModules`."),
        (
            409,
            "Another reload is running, the module has not been initialised, it reported an error, or it cannot be reloaded. Only the first resolves itself.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_5_0_14_TO_24,
};
