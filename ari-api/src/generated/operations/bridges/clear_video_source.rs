// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /bridges/{bridgeId}/videoSource`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /bridges/{bridgeId}/videoSource`.
pub static CLEAR_VIDEO_SOURCE: Operation = Operation {
    resource: "bridges",
    nickname: "clearVideoSource",
    description: "Clears the chosen video source of a mixing bridge.\n\nThe bridge changes to the video mode `talker`, where the picture follows whoever speaks; it does not return to the mode it was created with. `get` shows that only after something else has changed in the bridge, such as its participants. With two participants or fewer it makes no difference.",
    wire_format: "",
    method: Method::Delete,
    path: "/bridges/{bridgeId}/videoSource",
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
            availability: availability::IN_V13_13_0_V14_2_0_15_TO_24,
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
    availability: availability::IN_V13_13_0_V14_2_0_15_TO_24,
};
