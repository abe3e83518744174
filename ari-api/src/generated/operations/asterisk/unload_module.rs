// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /asterisk/modules/{moduleName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /asterisk/modules/{moduleName}`.
pub static UNLOAD_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "unloadModule",
    description: "Stops a module and removes it from memory.\n\nA module in use is kept, so one that serves a call cannot be pulled away. Unloading what ARI itself stands on takes this interface away from the application that asked.",
    wire_format: "",
    method: Method::Delete,
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
            "The module is in use, another module depends on it, or it refuses to be unloaded while Asterisk runs. Its `use_count` gives a hint; try again when it is 0.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_5_0_14_TO_24,
};
