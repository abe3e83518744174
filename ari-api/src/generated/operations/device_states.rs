// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `deviceStates`, as data.

use crate::runtime::{
    AllowedValue, Location, Method, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};

/// `GET /deviceStates`.
pub static LIST: Operation = Operation {
    resource: "deviceStates",
    nickname: "list",
    description: "Lists the devices controlled through this interface, with their states.\n\nPhones and trunks are not listed; read those one by one by name.",
    method: Method::Get,
    path: "/deviceStates",
    parameters: &[],
    response: ResponseType::Json("List[DeviceState]"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_device_state"],
    availability: super::availability::IN_12_TO_24,
};

/// `GET /deviceStates/{deviceName}`.
pub static GET: Operation = Operation {
    resource: "deviceStates",
    nickname: "get",
    description: "Returns the current state of any device.\n\nA device nobody knows is no error: it is answered with 200 and a state such as `UNKNOWN` or `INVALID`.",
    method: Method::Get,
    path: "/deviceStates/{deviceName}",
    parameters: &[
        Parameter {
            name: "deviceName",
            description: "Name of the device: a channel driver's, such as `PJSIP/alice`, or another provider's, such as `Stasis:lamp`, `Custom:lamp` or `Queue:sales`. A `/` in it must be percent-encoded.",
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
            availability: super::availability::IN_12_TO_24,
        },
    ],
    response: ResponseType::Json("DeviceState"),
    errors: &[],
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &["res_stasis_device_state"],
    availability: super::availability::IN_12_TO_24,
};

/// `PUT /deviceStates/{deviceName}`.
pub static UPDATE: Operation = Operation {
    resource: "deviceStates",
    nickname: "update",
    description: "Sets the state of a controlled device, and creates the device if needed.\n\nThe state is kept in Asterisk's database and survives restarts, also that of the application: set it back when you are done. A phone shows it through a hint in the dialplan, such as `exten => 100,hint,Stasis:lamp`.",
    method: Method::Put,
    path: "/deviceStates/{deviceName}",
    parameters: &[
        Parameter {
            name: "deviceName",
            description: "Name of the device, beginning with `Stasis:`, such as `Stasis:lamp`. Avoid `/` in the rest of the name: `list` shows only what follows the last one.",
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
            availability: super::availability::IN_12_TO_24,
        },
        Parameter {
            name: "deviceState",
            description: "New state. `UNKNOWN` or an unknown word is answered with 500 and changes nothing; use `delete` to return to `UNKNOWN`.",
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
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "INUSE",
                    description: "In use; a lamp is lit.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "BUSY",
                    description: "Busy, taking no further calls.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "INVALID",
                    description: "The device does not exist.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "UNAVAILABLE",
                    description: "The device exists but cannot be reached.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "RINGING",
                    description: "Ringing; a lamp typically flashes.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "RINGINUSE",
                    description: "In use, and ringing with a further call.",
                    availability: super::availability::IN_12_TO_24,
                },
                AllowedValue {
                    value: "ONHOLD",
                    description: "The device has put its call on hold.",
                    availability: super::availability::IN_12_TO_24,
                },
            ],
            reserved: &[],
            min: None,
            max: None,
            availability: super::availability::IN_12_TO_24,
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
    availability: super::availability::IN_12_TO_24,
};

/// `DELETE /deviceStates/{deviceName}`.
pub static DELETE: Operation = Operation {
    resource: "deviceStates",
    nickname: "delete",
    description: "Removes a controlled device; its state becomes `UNKNOWN`.\n\nSubscribers are notified of the change. Deleting a device that does not exist succeeds.",
    method: Method::Delete,
    path: "/deviceStates/{deviceName}",
    parameters: &[
        Parameter {
            name: "deviceName",
            description: "Name of the device, beginning with `Stasis:`, such as `Stasis:lamp`. Avoid `/` in the rest of the name: `list` shows only what follows the last one.",
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
            availability: super::availability::IN_12_TO_24,
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
    availability: super::availability::IN_12_TO_24,
};
