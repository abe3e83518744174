// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /sounds`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /sounds`.
pub static LIST: Operation = Operation {
    resource: "sounds",
    nickname: "list",
    description: "Lists the installed prompts, all or by language and format.\n\nThe full list of a server with several prompt packages is long.",
    wire_format: "",
    method: Method::Get,
    path: "/sounds",
    parameters: &[
        Parameter {
            name: "lang",
            description: "Only prompts in this language, such as `en` or `en_GB`. It is compared literally: `en` does not find `en_GB`.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
        Parameter {
            name: "format",
            description: "Only prompts in this format. It is the name of the codec, not the file's extension: `slin` finds `.wav` files.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
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
    response: ResponseType::Json("List[Sound]"),
    errors: &[
        (
            404,
            "No prompt matches the language and the format: this is how Asterisk says that the list is empty.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
