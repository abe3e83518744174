// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /endpoints/{tech}/{resource}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /endpoints/{tech}/{resource}`.
pub static GET: Operation = Operation {
    resource: "endpoints",
    nickname: "get",
    description: "Returns one endpoint with its state and the channels it has at the moment.",
    wire_format: "",
    method: Method::Get,
    path: "/endpoints/{tech}/{resource}",
    parameters: &[
        Parameter {
            name: "tech",
            description: "Channel technology in capitals, such as `PJSIP` or `IAX2`.",
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
        Parameter {
            name: "resource",
            description: "Name of the endpoint within its technology, such as `alice`.",
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
    response: ResponseType::Json("Endpoint"),
    errors: &[
        (
            400,
            "Declared by the specification, with a reason that belongs to sending messages; a lookup has no such case of its own.",
        ),
        (
            404,
            "No endpoint of this name exists in this technology. Endpoint names are case-sensitive.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
