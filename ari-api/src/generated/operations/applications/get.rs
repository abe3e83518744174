// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /applications/{applicationName}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /applications/{applicationName}`.
pub static GET: Operation = Operation {
    resource: "applications",
    nickname: "get",
    description: "Returns one application with its subscriptions and filters.",
    wire_format: "",
    method: Method::Get,
    path: "/applications/{applicationName}",
    parameters: &[
        Parameter {
            name: "applicationName",
            description: "Name of the Stasis application, exactly as it registered. With an outbound WebSocket that is opened for each call, this is the full ephemeral name that events carry in `application`.",
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
    response: ResponseType::Json("Application"),
    errors: &[
        (
            404,
            "No application of this name is registered: it has not connected to `/events`, or its socket closed and left no subscription and no channel behind.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_12_TO_24,
};
