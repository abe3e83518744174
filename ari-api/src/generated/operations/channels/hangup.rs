// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /channels/{channelId}`, as data.

use super::super::availability;
use crate::runtime::{
    AllowedValue, Location, Method, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};

/// `DELETE /channels/{channelId}`.
pub static HANGUP: Operation = Operation {
    resource: "channels",
    nickname: "hangup",
    description: "Hangs up a channel.\n\nWorks for any channel, in Stasis or not, and interrupts a running playback. The channel ends shortly after the response, or even before it: `StasisEnd` can arrive first. Before an answer, the cause determines what the caller's side receives, such as a SIP final status.",
    wire_format: "",
    method: Method::Delete,
    path: "/channels/{channelId}",
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
            availability: availability::IN_12_TO_24,
        },
        Parameter {
            name: "reason_code",
            description: "Cause of the hangup, as the decimal number of a Q.931 cause, such as `17` (busy) or `21` (rejected). Any number is accepted; the channel driver translates it into its protocol. Cannot be combined with `reason`.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            sends_default: false,
            duration: None,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_17_TO_24,
        },
        Parameter {
            name: "reason",
            description: "Cause of the hangup, by name. Cannot be combined with `reason_code`; without either the cause is `normal`.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            sends_default: false,
            duration: None,
            values: &[
                AllowedValue {
                    value: "normal",
                    description: "Normal clearing (16).",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "busy",
                    description: "User busy (17).",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "congestion",
                    description: "No circuit available (34).",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "no_answer",
                    description: "The user was alerted and did not answer (19).",
                    availability: availability::IN_V13_3_0_14_TO_24,
                },
                AllowedValue {
                    value: "timeout",
                    description: "No user responded (18).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "rejected",
                    description: "The call was rejected (21).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "unallocated",
                    description: "The number is not allocated (1).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "normal_unspecified",
                    description: "Normal, unspecified (31).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "number_incomplete",
                    description: "The number is incomplete or has a wrong format (28).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "codec_mismatch",
                    description: "The bearer capability is not available (58).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "interworking",
                    description: "Interworking, unspecified (127).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "failure",
                    description: "Network out of order (38).",
                    availability: availability::IN_V16_2_0_17_TO_24,
                },
                AllowedValue {
                    value: "answered_elsewhere",
                    description: "Another device took the call (26); SIP phones that receive this cause do not list it as missed.",
                    availability: availability::IN_15_TO_24,
                },
            ],
            reserved: &[],
            min: None,
            max: None,
            availability: availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (
            400,
            "The reason is unknown, `reason_code` is not a number, or both were given, to which Asterisk 16 does not object.",
        ),
        (404, "No channel has this id; it may have hung up."),
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
    availability: availability::IN_12_TO_24,
};
