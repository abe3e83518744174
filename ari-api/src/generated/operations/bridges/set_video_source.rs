// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /bridges/{bridgeId}/videoSource/{channelId}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /bridges/{bridgeId}/videoSource/{channelId}`.
pub static SET_VIDEO_SOURCE: Operation = Operation {
    resource: "bridges",
    nickname: "setVideoSource",
    description: "Makes one channel the video source of a mixing bridge.\n\nThe bridge changes to the video mode `single`. With two participants or fewer it makes no difference. The request waits on the channel's command queue, behind a playback on it.",
    wire_format: "",
    method: Method::Post,
    path: "/bridges/{bridgeId}/videoSource/{channelId}",
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
        Parameter {
            name: "channelId",
            description: "Id of the channel to show; it must be in this bridge.",
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
        (400, "No channel has this id; it may have hung up."),
        (
            404,
            "No bridge has this id. Asterisk documents this code for an unknown channel too, but answers 400 then.",
        ),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
        (422, "The channel is not in this bridge, or not in a Stasis application."),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: availability::IN_V13_13_0_V14_2_0_15_TO_24,
};
