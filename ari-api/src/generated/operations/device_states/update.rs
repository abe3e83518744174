// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `PUT /deviceStates/{deviceName}`, as data.

use super::super::availability;
use crate::runtime::{
    AllowedValue, Location, Method, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};

/// `PUT /deviceStates/{deviceName}`.
pub static UPDATE: Operation = Operation {
    resource: "deviceStates",
    nickname: "update",
    description: "Sets the state of a controlled device, and creates the device if needed.\n\nThe state is kept in Asterisk's database and survives restarts, also that of the application: set it back when you are done. A phone shows it through a hint in the dialplan, such as `exten => 100,hint,Stasis:lamp`.",
    wire_format: "",
    method: Method::Put,
    path: "/deviceStates/{deviceName}",
    parameters: &[
        Parameter {
            name: "deviceName",
            description: "Name of the device, beginning with `Stasis:`, such as `Stasis:lamp`. Avoid `/` in the rest of the name: `list` shows only what follows the last one.",
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
        Parameter {
            name: "deviceState",
            description: "New state. `UNKNOWN` or an unknown word is answered with 500 and changes nothing; use `delete` to return to `UNKNOWN`.",
            wire_format: "",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            duration: None,
            values: &[
                AllowedValue {
                    value: "NOT_INUSE",
                    description: "Idle.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "INUSE",
                    description: "In use; a lamp is lit.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "BUSY",
                    description: "Busy, taking no further calls.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "INVALID",
                    description: "The device does not exist.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "UNAVAILABLE",
                    description: "The device exists but cannot be reached.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "RINGING",
                    description: "Ringing; a lamp typically flashes.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "RINGINUSE",
                    description: "In use, and ringing with a further call.",
                    availability: availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "ONHOLD",
                    description: "The device has put its call on hold.",
                    availability: availability::IN_12_TO_24,
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
        (404, "Nothing follows `Stasis:` in the name."),
        (
            409,
            "The name does not begin with `Stasis:`. States of other devices come from their channel driver and cannot be changed here.",
        ),
    ],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_device_state"],
    availability: availability::IN_12_TO_24,
};
