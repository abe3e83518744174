// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /asterisk/modules/{moduleName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /asterisk/modules/{moduleName}`.
pub static LOAD_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "loadModule",
    description: "Loads a module from Asterisk's module directory.\n\nThe request returns when the module has been initialised. The change lasts until Asterisk stops; `modules.conf` decides what the next start loads.",
    wire_format: "",
    method: Method::Post,
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
        (
            409,
            "The module is loaded already, its file does not exist, or it declined to start, for example because a module it needs or its configuration is missing. The `message` says in general which, Asterisk's log why.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_5_0_14_TO_24,
};
