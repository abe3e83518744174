// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /events/claim`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `POST /events/claim`.
pub static CLAIM_CHANNEL: Operation = Operation {
    resource: "events",
    nickname: "claimChannel",
    description: "Claims a call on offer from `CallBroadcast` for an application.\n\nExactly one claim succeeds, however many arrive at once. After the 204, wait for `StasisStart` before doing anything with the channel. Claim before thinking long: the offer lasts half a second unless the dialplan gives another time.",
    wire_format: "",
    method: Method::Post,
    path: "/events/claim",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the offered channel, from the `channel` of `CallBroadcast`.",
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
            availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
        },
        Parameter {
            name: "application",
            description: "Name of the application that wants the call. The name is not checked here: a claim for an application that is not registered wins, and the call then fails to enter it.",
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
            availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (400, "`channelId` or `application` is missing or empty."),
        (
            404,
            "This channel is not on offer: the time is over, the caller hung up, or it never was. Nothing is left to do.",
        ),
        (409, "Another claim was faster. Not an error: forget the call."),
        (
            501,
            "The module `res_stasis_broadcast` is not loaded on this server; load it, or do without broadcasts.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_http_websocket"],
    availability: availability::IN_V20_20_0_V22_10_0_V23_4_0_24,
};
