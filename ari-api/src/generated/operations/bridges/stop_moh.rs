// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /bridges/{bridgeId}/moh`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /bridges/{bridgeId}/moh`.
pub static STOP_MOH: Operation = Operation {
    resource: "bridges",
    nickname: "stopMoh",
    description: "Stops the music on hold that `startMoh` began.\n\nMusic of another origin, such as `startMoh` on a channel, goes on.",
    wire_format: "",
    method: Method::Delete,
    path: "/bridges/{bridgeId}/moh",
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
    response: ResponseType::Empty,
    errors: &[
        (404, "No bridge has this id; it may have been destroyed."),
        (
            409,
            "No music that was started with `startMoh` is playing, or the bridge was not created through ARI.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
