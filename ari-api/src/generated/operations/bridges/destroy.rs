// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /bridges/{bridgeId}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /bridges/{bridgeId}`.
pub static DESTROY: Operation = Operation {
    resource: "bridges",
    nickname: "destroy",
    description: "Destroys a bridge and lets its channels go.\n\nThe channels are not hung up: those of a Stasis application are back in the application, without a bridge. `BridgeDestroyed` follows.",
    wire_format: "",
    method: Method::Delete,
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
    response: ResponseType::Empty,
    errors: &[
        (404, "No bridge has this id; it may have been destroyed."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_12_TO_24,
};
