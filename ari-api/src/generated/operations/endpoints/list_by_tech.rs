// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /endpoints/{tech}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /endpoints/{tech}`.
pub static LIST_BY_TECH: Operation = Operation {
    resource: "endpoints",
    nickname: "listByTech",
    description: "Lists the endpoints of one technology.",
    wire_format: "",
    method: Method::Get,
    path: "/endpoints/{tech}",
    parameters: &[
        Parameter {
            name: "tech",
            description: "Channel technology in capitals, such as `PJSIP` or `IAX2`. Here the case matters.",
            wire_format: "",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &["refer", "sendMessage"],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Json("List[Endpoint]"),
    errors: &[
        (
            404,
            "The technology has no endpoints, its module is not loaded, or its name is not in capitals.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
