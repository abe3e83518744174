// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /sounds/{soundId}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /sounds/{soundId}`.
pub static GET: Operation = Operation {
    resource: "sounds",
    nickname: "get",
    description: "Gets one prompt, with all its languages and formats.",
    wire_format: "",
    method: Method::Get,
    path: "/sounds/{soundId}",
    parameters: &[
        Parameter {
            name: "soundId",
            description: "Id of the prompt: its path below the language's directory, without extension, such as `hello-world` or `digits/1`.",
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
    response: ResponseType::Json("Sound"),
    errors: &[(404, "No prompt has this id. The prompt package may not be installed.")],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
