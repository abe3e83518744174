// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `events`, as data.

use crate::runtime::{
    AnswerType, Availability, Location, Method, Operation, Parameter, ParameterType,
    Scalar, Version,
};

/// `GET /events`.
pub static EVENT_WEBSOCKET: Operation = Operation {
    resource: "events",
    nickname: "eventWebsocket",
    description: "Opens the WebSocket that registers applications and delivers their events.\n\nA GET with a WebSocket upgrade; subprotocol `ari` or none. Naming an application here is what creates it. If it is connected already, the new socket takes it over and the old one gets `ApplicationReplaced`. When the socket closes, calls and bridges stay up, but the events until the next connection are lost: after reconnecting, list channels and bridges and compare.\n\nRead without pause, in a task of its own: a client that did not read for about half a second was disconnected. The server does not ping; send pings yourself to notice a dead link, allowing for a late answer while a request is being handled on the same socket. Never send a pong that nobody asked for; it can crash a server newer than 22.10.1. Over the socket itself this operation answers 400.",
    method: Method::Get,
    path: "/events",
    parameters: &[
        Parameter {
            name: "app",
            description: "Names of the applications to register, separated by commas. The first one matters most: when it is taken over by another socket, requests sent over this one get no response any more. An empty name fails the upgrade with 500.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "subscribeAll",
            description: "With `true`, the applications get the events of every channel, bridge, endpoint and device of the server, whether subscribed or not. Convenient for monitoring; on a busy server it is a flood. Asterisk 22 can stop answering when such a WebSocket is closed while a device state changes: cancel the subscription to `deviceState:` before, or subscribe to `channel:`, `bridge:` and `endpoint:` instead.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Message"),
    errors: &[],
    upgrade: Some("ari"),
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &["res_http_websocket"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /events/user/{eventName}`.
pub static USER_EVENT: Operation = Operation {
    resource: "events",
    nickname: "userEvent",
    description: "Sends an event of your own making to an application.\n\nIt arrives there as `ChannelUserevent`, with the named objects and variables in it, without any subscription. If a channel is among the sources, it is also published to the manager interface (AMI). Useful for letting parts of a system signal each other.",
    method: Method::Post,
    path: "/events/user/{eventName}",
    parameters: &[
        Parameter {
            name: "eventName",
            description: "Name of the event, free to choose; arrives as `eventname`.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "application",
            description: "Name of the application that is to get the event; it must be registered.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "source",
            description: "Objects to put into the event: `channel:id`, `bridge:id`, `endpoint:tech/resource`. The event has room for one of each kind. `deviceState:` is refused with 400, whatever other documentation says.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
            required: false,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Keys and values to put into `userevent`, sent as `{\"variables\": {…}}`. Values may be of any JSON type. A key `eventname` is overwritten.",
            location: Location::Body,
            kind: ParameterType::JsonMap,
            required: false,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (
            400,
            "A source starts with none of `channel:`, `bridge:` and `endpoint:`, `application` is missing, or the variables are malformed. Nothing was sent.",
        ),
        (404, "No application of this name is registered; check that it is connected."),
        (
            422,
            "One of the sources does not exist; a channel or bridge may be gone meanwhile. Nothing was sent.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &["res_http_websocket"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 3, 0)],
    },
};

/// `POST /events/claim`.
pub static CLAIM_CHANNEL: Operation = Operation {
    resource: "events",
    nickname: "claimChannel",
    description: "Claims a call on offer from `CallBroadcast` for an application.\n\nExactly one claim succeeds, however many arrive at once. After the 204, wait for `StasisStart` before doing anything with the channel. Claim before thinking long: the offer lasts half a second unless the dialplan gives another time.",
    method: Method::Post,
    path: "/events/claim",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the offered channel, from the `channel` of `CallBroadcast`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_22_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "application",
            description: "Name of the application that wants the call. The name is not checked here: a claim for an application that is not registered wins, and the call then fails to enter it.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            sends_default: false,
            values: &[],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_22_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
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
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &["res_http_websocket"],
    availability: Availability {
        releases: super::IN_20_22_TO_24,
        since: &[
            Version::new(20, 17, 0),
            Version::new(22, 10, 0),
            Version::new(23, 1, 0),
        ],
    },
};
