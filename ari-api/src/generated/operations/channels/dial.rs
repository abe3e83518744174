// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `POST /channels/{channelId}/dial`, as data.

use super::super::availability;
use crate::runtime::{
    DurationFormat, DurationUnit, Location, Method, Operation, Parameter, ParameterType,
    ResponseType, Scalar,
};

/// `POST /channels/{channelId}/dial`.
pub static DIAL: Operation = Operation {
    resource: "channels",
    nickname: "dial",
    description: "Dials a channel made with `create`.\n\nReturns as soon as dialing is arranged. Progress comes as `Dial` and `ChannelStateChange` events; an answered channel becomes `Up`, one that fails ends with `ChannelDestroyed`. Early media flows if the channel is in a bridge.",
    wire_format: "",
    method: Method::Post,
    path: "/channels/{channelId}/dial",
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
            availability: availability::IN_14_TO_24,
        },
        Parameter {
            name: "caller",
            description: "Id of the channel on whose behalf to dial. Its caller id, language, account code, music-on-hold class and inheritable variables are taken over; an unknown id is ignored.",
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
            availability: availability::IN_14_TO_24,
        },
        Parameter {
            name: "timeout",
            description: "Time to wait for an answer before the channel is hung up.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("0"),
            sends_default: false,
            duration: Some(DurationFormat {
                unit: DurationUnit::Seconds,
                unlimited: Some(0),
                takes_zero: false,
            }),
            values: &[],
            reserved: &[],
            min: Some(0),
            max: Some(2147483),
            availability: availability::IN_14_TO_24,
        },
    ],
    response: ResponseType::Empty,
    errors: &[
        (404, "No channel has this id; it may have hung up."),
        (
            409,
            "The channel is not in a Stasis application, was not made with `create`, or was dialed already (it must be `Down` or `Rsrved`).",
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
    availability: availability::IN_14_TO_24,
};
