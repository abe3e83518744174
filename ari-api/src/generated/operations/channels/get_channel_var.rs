// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /channels/{channelId}/variable`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /channels/{channelId}/variable`.
pub static GET_CHANNEL_VAR: Operation = Operation {
    resource: "channels",
    nickname: "getChannelVar",
    description: "Returns the value of a channel variable or dialplan function.\n\nWorks for channels outside Stasis too. A function that cannot be read gives 500.",
    wire_format: "",
    method: Method::Get,
    path: "/channels/{channelId}/variable",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            wire_format: "Percent-encoded, `/` included.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &["create", "externalMedia"],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
        Parameter {
            name: "variable",
            description: "Name of the variable, such as `DIALSTATUS`, or a function with its arguments, such as `CHANNEL(language)`. A name ending in `)` is taken as a function.",
            wire_format: "",
            location: Location::Query,
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
    response: ResponseType::Json("Variable"),
    errors: &[
        (400, "`variable` is missing or empty."),
        (404, "No channel has this id, or it has no variable of this name."),
        (409, "Declared for channels outside Stasis, although reading works there too."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: availability::IN_12_TO_24,
};
