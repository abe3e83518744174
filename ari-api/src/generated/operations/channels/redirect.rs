// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /channels/{channelId}/redirect`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /channels/{channelId}/redirect`.
pub static REDIRECT: Operation = Operation {
    resource: "channels",
    nickname: "redirect",
    description: "Tells the channel's device to call somewhere else.\n\nThis is a transfer by the device, not within Asterisk: on SIP an answered call gets a REFER, an unanswered one a 302. The channel usually leaves the application afterwards. A technology or a peer that cannot transfer is only noted in Asterisk's log.",
    wire_format: "",
    method: Method::Post,
    path: "/channels/{channelId}/redirect",
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
            availability: availability::IN_V13_3_0_14_TO_24,
        },
        Parameter {
            name: "endpoint",
            description: "Destination as `technology/resource`, of the same technology as the channel: `PJSIP/…` for a PJSIP channel.",
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
            availability: availability::IN_V13_3_0_14_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (400, "`endpoint` is empty."),
        (404, "No channel has this id, or the endpoint was not found."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
        (
            422,
            "`endpoint` is not of the form `technology/resource`, or its technology is not that of the channel.",
        ),
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
    availability: availability::IN_V13_3_0_14_TO_24,
};
