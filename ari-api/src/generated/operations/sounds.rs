// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `sounds`, as data.

use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /sounds`.
pub static LIST: Operation = Operation {
    resource: "sounds",
    nickname: "list",
    description: "Lists the installed prompts, all or by language and format.\n\nThe full list of a server with several prompt packages is long.",
    method: Method::Get,
    path: "/sounds",
    parameters: &[
        Parameter {
            name: "lang",
            description: "Only prompts in this language, such as `en` or `en_GB`. It is compared literally: `en` does not find `en_GB`.",
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
            availability: super::availability::IN_12_TO_24,
        },
        Parameter {
            name: "format",
            description: "Only prompts in this format. It is the name of the codec, not the file's extension: `slin` finds `.wav` files.",
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
            availability: super::availability::IN_12_TO_24,
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
    availability: super::availability::IN_12_TO_24,
};

/// `GET /sounds/{soundId}`.
pub static GET: Operation = Operation {
    resource: "sounds",
    nickname: "get",
    description: "Gets one prompt, with all its languages and formats.",
    method: Method::Get,
    path: "/sounds/{soundId}",
    parameters: &[
        Parameter {
            name: "soundId",
            description: "Id of the prompt: its path below the language's directory, without extension, such as `hello-world` or `digits/1`.",
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
            availability: super::availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Json("Sound"),
    errors: &[(404, "No prompt has this id. The prompt package may not be installed.")],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: super::availability::IN_12_TO_24,
};
