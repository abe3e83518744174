// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `GET /bridges/{bridgeId}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `GET /bridges/{bridgeId}`.
pub static GET: Operation = Operation {
    resource: "bridges",
    nickname: "get",
    description: "Gets the present state of a bridge.\n\nThis works for any bridge, also one that was not created through ARI.",
    wire_format: "",
    method: Method::Get,
    path: "/bridges/{bridgeId}",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
    response: ResponseType::Json("Bridge"),
    errors: &[(404, "No bridge has this id; it may have been destroyed.")],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
