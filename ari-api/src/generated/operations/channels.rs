// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `channels`, as data.

use crate::runtime::{
    AllowedValue, AnswerType, Availability, Location, Method, Operation, Parameter,
    ParameterType, Scalar, Version,
};

/// `GET /channels`.
pub static LIST: Operation = Operation {
    resource: "channels",
    nickname: "list",
    description: "Lists all channels of the server.\n\nChannels outside any Stasis application are included; internal channels that Asterisk hides from applications are not.",
    method: Method::Get,
    path: "/channels",
    parameters: &[],
    answer: AnswerType::Json("List[Channel]"),
    errors: &[],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels`.
pub static ORIGINATE: Operation = Operation {
    resource: "channels",
    nickname: "originate",
    description: "Calls an endpoint and connects the answered call to an application or the dialplan.\n\nThe response describes the channel while it is still being dialed: success says only that dialing began. With `app`, the application is subscribed to the channel (both halves of a Local channel) from the start, and receives `StasisStart` once the call is answered; a call that fails ends with `ChannelDestroyed` and its cause. With `extension`, the answered channel runs the dialplan there.\n\nAn `app` that is not registered is not refused: the request succeeds and the channel ends after it was answered. To control the leg before it is answered, use `create` and `dial`.",
    method: Method::Post,
    path: "/channels",
    parameters: &[
        Parameter {
            name: "endpoint",
            description: "What to call, as `technology/resource`: `PJSIP/alice`, `PJSIP/+4930123@trunk`, `Local/100@default`. In a query a `+` must be sent as `%2B`, or it arrives as a space.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "extension",
            description: "Dialplan extension at which the channel continues after it is answered. Give this or `app`; with both, `app` wins.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "context",
            description: "Dialplan context of `extension`; `default` when omitted.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "priority",
            description: "Dialplan priority within `extension`, counted from 1; 1 when omitted. `label` takes precedence.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Long),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "label",
            description: "Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the priority itself.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "app",
            description: "Stasis application that is subscribed to the channel and receives it when it is answered. Takes precedence over `extension`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "appArgs",
            description: "Arguments for `app`, comma-separated; they arrive as `args` of `StasisStart`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "callerId",
            description: "Caller to present, as a number or as `Name <number>`. It is set as the caller and as the connected line of the new channel.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "timeout",
            description: "Seconds to let it ring; -1 means without limit, and 0 means 30 seconds. On expiry the channel is hung up.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("30"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Channel variables and functions to set before dialing, by name: `{\"variables\":{\"CALLERID(name)\":\"Alice\"}}`. Each value is a string; releases with variable reporting also take `{\"value\":\"…\",\"report_events\":true}`, which adds the variable to `channelvars` in events. A number or null gives 400.",
            location: Location::Body,
            kind: ParameterType::Variables,
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "channelId",
            description: "Id to give the new channel, at most 149 characters and unique on the server. Choosing it lets an application register interest first: `ChannelCreated` can arrive before the response.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "otherChannelId",
            description: "Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the second becomes that id followed by `;2`. Without meaning for other technologies.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "originator",
            description: "Id of an existing channel on whose behalf the new one is made; its formats are offered. Cannot be combined with `formats`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "formats",
            description: "Comma-separated names of the codecs to offer, such as `ulaw,slin16`; `core show codecs` on the Asterisk console lists them. Cannot be combined with `originator`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Channel"),
    errors: &[
        (
            400,
            "The endpoint is missing or malformed, neither `app` nor `extension` is given, `originator` and `formats` are combined, the originator or a format is unknown, an id is longer than 149 characters, or a variable is not a string.",
        ),
        (404, "The `label` does not exist in that extension of the dialplan."),
        (
            409,
            "A channel with the chosen id exists already. Once a kept-alive connection has carried this answer, it also carries it for later channels that cannot be made for another reason, an unknown technology for one, where others answer 500.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/create`.
pub static CREATE: Operation = Operation {
    resource: "channels",
    nickname: "create",
    description: "Creates a channel without dialing it yet.\n\nThe channel enters `app` at once in state `Down`, where it can be given variables or be put into a bridge for early media; `dial` then places the call. It is hung up when it leaves the application.",
    method: Method::Post,
    path: "/channels/create",
    parameters: &[
        Parameter {
            name: "endpoint",
            description: "What to call, as `technology/resource`: `PJSIP/alice`, `PJSIP/+4930123@trunk`, `Local/100@default`. In a query a `+` must be sent as `%2B`, or it arrives as a space.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "app",
            description: "Name of the Stasis application, exactly as it registered itself when it connected to `/events`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "appArgs",
            description: "Arguments for `app`, comma-separated; they arrive as `args` of `StasisStart`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "channelId",
            description: "Id to give the new channel, at most 149 characters and unique on the server. Choosing it lets an application register interest first: `ChannelCreated` can arrive before the response.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "otherChannelId",
            description: "Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the second becomes that id followed by `;2`. Without meaning for other technologies.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "originator",
            description: "Id of an existing channel on whose behalf the new one is made; its formats are offered. Cannot be combined with `formats`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "formats",
            description: "Comma-separated names of the codecs to offer, such as `ulaw,slin16`; `core show codecs` on the Asterisk console lists them. Cannot be combined with `originator`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Channel variables and functions to set before dialing, by name: `{\"variables\":{\"CALLERID(name)\":\"Alice\"}}`. Each value is a string; releases with variable reporting also take `{\"value\":\"…\",\"report_events\":true}`, which adds the variable to `channelvars` in events. A number or null gives 400.",
            location: Location::Body,
            kind: ParameterType::Variables,
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Channel"),
    errors: &[
        (
            400,
            "The endpoint is missing or malformed, `originator` and `formats` are combined, a format is unknown, or a variable is not a string.",
        ),
        (
            409,
            "A channel with the chosen id exists already. Once a kept-alive connection has carried this answer, it also carries it for later channels that cannot be made for another reason, an unknown technology for one, where others answer 500.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_14_TO_24,
        since: &[Version::new(14, 0, 0)],
    },
};

/// `GET /channels/{channelId}`.
pub static GET: Operation = Operation {
    resource: "channels",
    nickname: "get",
    description: "Returns one channel.\n\nThe channel need not be in a Stasis application.",
    method: Method::Get,
    path: "/channels/{channelId}",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Channel"),
    errors: &[(404, "No channel has this id; it may have hung up meanwhile.")],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}`.
pub static ORIGINATE_WITH_ID: Operation = Operation {
    resource: "channels",
    nickname: "originateWithId",
    description: "Calls an endpoint under a chosen channel id.\n\nOtherwise the same as `originate`. The response describes the channel while it is still being dialed: success says only that dialing began. With `app`, the application is subscribed to the channel (both halves of a Local channel) from the start, and receives `StasisStart` once the call is answered; a call that fails ends with `ChannelDestroyed` and its cause. With `extension`, the answered channel runs the dialplan there.\n\nAn `app` that is not registered is not refused: the request succeeds and the channel ends after it was answered. To control the leg before it is answered, use `create` and `dial`.",
    method: Method::Post,
    path: "/channels/{channelId}",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id to give the new channel, at most 149 characters and unique on the server. Choosing it lets an application register interest first: `ChannelCreated` can arrive before the response.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "endpoint",
            description: "What to call, as `technology/resource`: `PJSIP/alice`, `PJSIP/+4930123@trunk`, `Local/100@default`. In a query a `+` must be sent as `%2B`, or it arrives as a space.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "extension",
            description: "Dialplan extension at which the channel continues after it is answered. Give this or `app`; with both, `app` wins.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "context",
            description: "Dialplan context of `extension`; `default` when omitted.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "priority",
            description: "Dialplan priority within `extension`, counted from 1; 1 when omitted. `label` takes precedence.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Long),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "label",
            description: "Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the priority itself.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "app",
            description: "Stasis application that is subscribed to the channel and receives it when it is answered. Takes precedence over `extension`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "appArgs",
            description: "Arguments for `app`, comma-separated; they arrive as `args` of `StasisStart`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "callerId",
            description: "Caller to present, as a number or as `Name <number>`. It is set as the caller and as the connected line of the new channel.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "timeout",
            description: "Seconds to let it ring; -1 means without limit, and 0 means 30 seconds. On expiry the channel is hung up.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("30"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Channel variables and functions to set before dialing, by name: `{\"variables\":{\"CALLERID(name)\":\"Alice\"}}`. Each value is a string; releases with variable reporting also take `{\"value\":\"…\",\"report_events\":true}`, which adds the variable to `channelvars` in events. A number or null gives 400.",
            location: Location::Body,
            kind: ParameterType::Variables,
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "otherChannelId",
            description: "Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the second becomes that id followed by `;2`. Without meaning for other technologies.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "originator",
            description: "Id of an existing channel on whose behalf the new one is made; its formats are offered. Cannot be combined with `formats`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "formats",
            description: "Comma-separated names of the codecs to offer, such as `ulaw,slin16`; `core show codecs` on the Asterisk console lists them. Cannot be combined with `originator`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Channel"),
    errors: &[
        (
            400,
            "The endpoint is missing or malformed, neither `app` nor `extension` is given, `originator` and `formats` are combined, the originator or a format is unknown, an id is longer than 149 characters, or a variable is not a string.",
        ),
        (404, "The `label` does not exist in that extension of the dialplan."),
        (
            409,
            "A channel with the chosen id exists already. Once a kept-alive connection has carried this answer, it also carries it for later channels that cannot be made for another reason, an unknown technology for one, where others answer 500.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 2, 0)],
    },
};

/// `DELETE /channels/{channelId}`.
pub static HANGUP: Operation = Operation {
    resource: "channels",
    nickname: "hangup",
    description: "Hangs up a channel.\n\nWorks for any channel, in Stasis or not, and interrupts a running playback. The channel ends shortly after the response, or even before it: `StasisEnd` can arrive first. Before an answer, the cause decides what the caller's side is told, a SIP final status for example.",
    method: Method::Delete,
    path: "/channels/{channelId}",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "reason_code",
            description: "Why the call ends, as the decimal number of a Q.931 cause, such as `17` (busy) or `21` (rejected). Any number is accepted; the channel driver translates it into its protocol. Cannot be combined with `reason`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_17_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "reason",
            description: "Why the call ends, by name. Cannot be combined with `reason_code`; without either the cause is `normal`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[
                AllowedValue {
                    value: "normal",
                    description: "Normal clearing (16).",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "busy",
                    description: "User busy (17).",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "congestion",
                    description: "No circuit available (34).",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "no_answer",
                    description: "The user was alerted and did not answer (19).",
                    availability: Availability {
                        releases: super::IN_13_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "timeout",
                    description: "No user responded (18).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "rejected",
                    description: "The call was rejected (21).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "unallocated",
                    description: "The number is not allocated (1).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "normal_unspecified",
                    description: "Normal, unspecified (31).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "number_incomplete",
                    description: "The number is incomplete or has a wrong format (28).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "codec_mismatch",
                    description: "The bearer capability is not available (58).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "interworking",
                    description: "Interworking, unspecified (127).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "failure",
                    description: "Network out of order (38).",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "answered_elsewhere",
                    description: "Another device took the call (26); SIP phones that are told so do not list it as missed.",
                    availability: Availability {
                        releases: super::IN_15_TO_24,
                        since: &[],
                    },
                },
            ],
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
            "The reason is unknown, `reason_code` is not a number, or both were given, to which Asterisk 16 does not object.",
        ),
        (404, "No channel has this id; it may have hung up meanwhile."),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/continue`.
pub static CONTINUE_IN_DIALPLAN: Operation = Operation {
    resource: "channels",
    nickname: "continueInDialplan",
    description: "Sends the channel out of the application, on to the dialplan.\n\nThe channel leaves its bridge and `StasisEnd` follows. With no location given, execution goes on with the priority after the one that called `Stasis`. A location that does not exist is not refused: the channel is then handled as the dialplan handles any invalid extension. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/continue",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "context",
            description: "Context to go to; the channel's current one when omitted.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "extension",
            description: "Extension to go to. When omitted: `s` if a context is given, otherwise the current extension.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "priority",
            description: "Priority to go to, counted from 1. When omitted: 1 if a context or an extension is given, otherwise the next priority.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "label",
            description: "Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the priority itself.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (400, "The `label` is 0, which is no priority."),
        (
            404,
            "No channel has this id, or the `label` does not exist in that extension.",
        ),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/move`.
pub static MOVE: Operation = Operation {
    resource: "channels",
    nickname: "move",
    description: "Hands the channel to another Stasis application without leaving Stasis.\n\nThe old application receives `StasisEnd`, the new one `StasisStart`. If the new application is not registered, the request still succeeds; `ApplicationMoveFailed` tells, and the channel stays where it is. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/move",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "app",
            description: "Name of the application that takes the channel over.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "appArgs",
            description: "Arguments for the new application, comma-separated; they arrive as `args` of its `StasisStart`. Unlike elsewhere nothing can be escaped: an argument cannot hold a comma, and an empty one is dropped.",
            location: Location::Query,
            kind: ParameterType::Split(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_16_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_13_16_TO_24,
        since: &[Version::new(13, 26, 0), Version::new(16, 3, 0)],
    },
};

/// `POST /channels/{channelId}/redirect`.
pub static REDIRECT: Operation = Operation {
    resource: "channels",
    nickname: "redirect",
    description: "Tells the channel's device to call somewhere else.\n\nThis is a transfer by the device, not within Asterisk: on SIP an answered call gets a REFER, an unanswered one a 302. The channel usually leaves the application afterwards. A technology or a peer that cannot transfer is only noted in Asterisk's log.",
    method: Method::Post,
    path: "/channels/{channelId}/redirect",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "endpoint",
            description: "Destination as `technology/resource`, of the same technology as the channel: `PJSIP/…` for a PJSIP channel.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
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
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 3, 0)],
    },
};

/// `POST /channels/{channelId}/answer`.
pub static ANSWER: Operation = Operation {
    resource: "channels",
    nickname: "answer",
    description: "Answers an incoming channel.\n\nOn SIP the caller receives 200 OK; a channel that is already `Up` stays as it is. The request waits for the channel's queue: behind a playback of 12 seconds it takes 12 seconds, and over REST-over-WebSocket it blocks every later request on that socket meanwhile. Do not use a short timeout.",
    method: Method::Post,
    path: "/channels/{channelId}/answer",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/ring`.
pub static RING: Operation = Operation {
    resource: "channels",
    nickname: "ring",
    description: "Indicates ringing to the caller.\n\nOn SIP an unanswered caller receives 180 Ringing; on an answered channel Asterisk plays the ringing tone. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/ring",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `DELETE /channels/{channelId}/ring`.
pub static RING_STOP: Operation = Operation {
    resource: "channels",
    nickname: "ringStop",
    description: "Stops a ringing tone that Asterisk plays itself.\n\nA tone made by the caller's own device, after a SIP 180, goes on. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Delete,
    path: "/channels/{channelId}/ring",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/progress`.
pub static PROGRESS: Operation = Operation {
    resource: "channels",
    nickname: "progress",
    description: "Indicates call progress to the caller.\n\nOn SIP an unanswered caller receives 183 Session Progress, after which it hears early media. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/progress",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_20_TO_24,
        since: &[
            Version::new(20, 16, 0),
            Version::new(21, 11, 0),
            Version::new(22, 6, 0),
        ],
    },
};

/// `POST /channels/{channelId}/dtmf`.
pub static SEND_DTMF: Operation = Operation {
    resource: "channels",
    nickname: "sendDTMF",
    description: "Sends DTMF digits to the channel's device.\n\nThe far end of this channel receives the digits. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running. Later commands wait until all digits are sent.\n\nAll times are milliseconds and must be JSON integers if sent in the body: a string or a decimal silently becomes the default.",
    method: Method::Post,
    path: "/channels/{channelId}/dtmf",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "dtmf",
            description: "Digits to send: `0` to `9`, `*`, `#`, `A` to `D`; `w` pauses for half a second. In a query, encode `#` as `%23`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "before",
            description: "Milliseconds to wait before the first digit.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("0"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "between",
            description: "Milliseconds between two digits.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("100"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "duration",
            description: "Milliseconds each digit lasts.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("100"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "after",
            description: "Milliseconds to wait after the last digit.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("0"),
            values: &[],
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
        (400, "`dtmf` is missing or empty."),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/mute`.
pub static MUTE: Operation = Operation {
    resource: "channels",
    nickname: "mute",
    description: "Mutes a channel's audio.\n\nOnly voice is affected; digits still pass. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/mute",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "direction",
            description: "Which audio to suppress.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("both"),
            values: &[
                AllowedValue {
                    value: "both",
                    description: "Both directions.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "in",
                    description: "Audio that comes from the channel's device: Asterisk and the other parties no longer hear it.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "out",
                    description: "Audio that goes to the channel's device: it no longer hears anything.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
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
        (400, "The direction is none of `both`, `in` and `out`."),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `DELETE /channels/{channelId}/mute`.
pub static UNMUTE: Operation = Operation {
    resource: "channels",
    nickname: "unmute",
    description: "Lets the audio of a muted channel pass again.\n\nThe answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Delete,
    path: "/channels/{channelId}/mute",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "direction",
            description: "Which audio to let pass again.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("both"),
            values: &[
                AllowedValue {
                    value: "both",
                    description: "Both directions.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "in",
                    description: "Audio that comes from the channel's device.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "out",
                    description: "Audio that goes to the channel's device.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
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
        (400, "The direction is none of `both`, `in` and `out`."),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/hold`.
pub static HOLD: Operation = Operation {
    resource: "channels",
    nickname: "hold",
    description: "Puts a channel on hold.\n\nUsually its device hears music on hold; a PJSIP endpoint with `moh_passthrough` is sent a hold re-INVITE instead. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/hold",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `DELETE /channels/{channelId}/hold`.
pub static UNHOLD: Operation = Operation {
    resource: "channels",
    nickname: "unhold",
    description: "Takes a channel off hold.\n\nThe answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Delete,
    path: "/channels/{channelId}/hold",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/moh`.
pub static START_MOH: Operation = Operation {
    resource: "channels",
    nickname: "startMoh",
    description: "Plays music on hold to a channel.\n\nA playback or another media operation ends the music, which does not resume by itself. A caller that is not answered yet hears it as early media. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/moh",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "mohClass",
            description: "Music-on-hold class from `musiconhold.conf`. The channel's or the server's default class when omitted.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `DELETE /channels/{channelId}/moh`.
pub static STOP_MOH: Operation = Operation {
    resource: "channels",
    nickname: "stopMoh",
    description: "Stops music on hold on a channel.\n\nThe answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Delete,
    path: "/channels/{channelId}/moh",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/silence`.
pub static START_SILENCE: Operation = Operation {
    resource: "channels",
    nickname: "startSilence",
    description: "Sends silence to a channel, so that media keeps flowing.\n\nUseful against peers that drop calls without RTP. A playback or another media operation ends the silence, which does not resume by itself. A caller that is not answered yet receives it as early media. The answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Post,
    path: "/channels/{channelId}/silence",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `DELETE /channels/{channelId}/silence`.
pub static STOP_SILENCE: Operation = Operation {
    resource: "channels",
    nickname: "stopSilence",
    description: "Stops sending silence to a channel.\n\nThe answer comes at once; the command is queued and takes effect after a playback or recording that is already running.",
    method: Method::Delete,
    path: "/channels/{channelId}/silence",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
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
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/play`.
pub static PLAY: Operation = Operation {
    resource: "channels",
    nickname: "play",
    description: "Plays media to a channel.\n\nThe response is 201 and comes as soon as the playback is queued. Playbacks on one channel run one after another; `PlaybackStarted` and `PlaybackFinished` report each. Media that does not exist is not refused: look at the `state` of the playback in `PlaybackFinished`. Pause, rewind or stop it through the playbacks resource.\n\nA caller that is not answered yet hears it as early media. While it runs, `answer`, setting variables and entering or leaving a bridge wait; a malformed `tone:` URI never finishes and blocks them until it is stopped.",
    method: Method::Post,
    path: "/channels/{channelId}/play",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "media",
            description: "Media URIs, played one after another: `sound:hello-world`, `recording:name`, `number:42`, `digits:0123`, `characters:abc`, `tone:ring`. A malformed `tone:` URI never finishes, and later operations on the channel wait behind it. Asterisk 12 and 13 take a single URI.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "lang",
            description: "Language of the prompts, such as `en` or `en_GB`. The channel's own language when omitted.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "offsetms",
            description: "Milliseconds to skip at the start of the first media URI; the others play from their beginning.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "skipms",
            description: "Milliseconds by which the `forward` and `reverse` operations of this playback jump.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("3000"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "playbackId",
            description: "Id of the playback. Choosing it beforehand allows an application to watch for its events before the request is sent.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Playback"),
    errors: &[
        (400, "`offsetms` or `skipms` is negative."),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/play/{playbackId}`.
pub static PLAY_WITH_ID: Operation = Operation {
    resource: "channels",
    nickname: "playWithId",
    description: "Plays media to a channel under a chosen playback id.\n\nOtherwise the same as `play`. The response is 201 and comes as soon as the playback is queued. Playbacks on one channel run one after another; `PlaybackStarted` and `PlaybackFinished` report each. Media that does not exist is not refused: look at the `state` of the playback in `PlaybackFinished`. Pause, rewind or stop it through the playbacks resource.\n\nA caller that is not answered yet hears it as early media. While it runs, `answer`, setting variables and entering or leaving a bridge wait; a malformed `tone:` URI never finishes and blocks them until it is stopped.",
    method: Method::Post,
    path: "/channels/{channelId}/play/{playbackId}",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "playbackId",
            description: "Id to give the playback; choosing it allows watching for its events before the request is sent. It must not hold a line break: Asterisk repeats it in a header of its answer.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "media",
            description: "Media URIs, played one after another: `sound:hello-world`, `recording:name`, `number:42`, `digits:0123`, `characters:abc`, `tone:ring`. A malformed `tone:` URI never finishes, and later operations on the channel wait behind it. Asterisk 12 and 13 take a single URI.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "lang",
            description: "Language of the prompts, such as `en` or `en_GB`. The channel's own language when omitted.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "offsetms",
            description: "Milliseconds to skip at the start of the first media URI; the others play from their beginning.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "skipms",
            description: "Milliseconds by which the `forward` and `reverse` operations of this playback jump.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("3000"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Playback"),
    errors: &[
        (400, "`offsetms` or `skipms` is negative."),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (
            412,
            "The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered. Wait until it is `Up`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 2, 0)],
    },
};

/// `POST /channels/{channelId}/record`.
pub static RECORD: Operation = Operation {
    resource: "channels",
    nickname: "record",
    description: "Records what a channel's device says.\n\nOnly audio coming from the channel is recorded; to capture a conversation, record the bridge or use a snooping channel. An unanswered channel is answered first. The response is 201; `RecordingStarted`, `RecordingFinished` and `RecordingFailed` report the rest.\n\nWhile it records, the channel is busy: it cannot enter a bridge, and commands such as `answer` wait. A channel in a bridge cannot be recorded this way: the answer is 409, or `RecordingFailed` follows.",
    method: Method::Post,
    path: "/channels/{channelId}/record",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "name",
            description: "Name of the recording, without extension, relative to Asterisk's recording directory; missing subdirectories named in it are created. Later requests address the recording by this name.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "format",
            description: "File format, which is also the extension: `wav`, `wav16`, `ulaw`, `gsm`, as the installed format modules allow.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "maxDurationSeconds",
            description: "Seconds after which the recording ends; 0 means without limit.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("0"),
            values: &[],
            min: Some(0),
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "maxSilenceSeconds",
            description: "Seconds of continuous silence after which the recording ends; 0 means without limit. With 0, `talking_duration` and `silence_duration` are not measured.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("0"),
            values: &[],
            min: Some(0),
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "ifExists",
            description: "What to do when a stored recording of this name exists. A recording in progress under the name is always a conflict.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("fail"),
            values: &[
                AllowedValue {
                    value: "fail",
                    description: "Refuse the request; the existing recording stays as it is.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "overwrite",
                    description: "Replace the existing recording.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "append",
                    description: "Add to the end of the existing recording.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "beep",
            description: "Plays a beep before the recording begins.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: Some("false"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "terminateOn",
            description: "Digit that ends the recording.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("none"),
            values: &[
                AllowedValue {
                    value: "none",
                    description: "No digit ends the recording.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "any",
                    description: "Any digit ends the recording.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "*",
                    description: "The star key ends the recording.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "#",
                    description: "The pound key ends the recording.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("LiveRecording"),
    errors: &[
        (
            400,
            "A duration is negative, or `terminateOn` or `ifExists` is unknown. A name that leads outside the recording directory is answered with 500.",
        ),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel is not in a Stasis application or is in a bridge, or a recording of this name is in progress, or is stored and `ifExists` is `fail`.",
        ),
        (422, "Asterisk has no file format of this name; load its format module."),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `GET /channels/{channelId}/variable`.
pub static GET_CHANNEL_VAR: Operation = Operation {
    resource: "channels",
    nickname: "getChannelVar",
    description: "Returns the value of a channel variable or dialplan function.\n\nWorks for channels outside Stasis too. A function that cannot be read gives 500.",
    method: Method::Get,
    path: "/channels/{channelId}/variable",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variable",
            description: "Name of the variable, such as `DIALSTATUS`, or a function with its arguments, such as `CHANNEL(language)`. A name ending in `)` is taken as a function.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Variable"),
    errors: &[
        (400, "`variable` is missing or empty."),
        (404, "No channel has this id, or it has no variable of this name."),
        (409, "Declared for channels outside Stasis, although reading works there too."),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/variable`.
pub static SET_CHANNEL_VAR: Operation = Operation {
    resource: "channels",
    nickname: "setChannelVar",
    description: "Sets or removes a channel variable, or writes a dialplan function.\n\nThe request can wait for the channel's queue, behind a running playback. Asterisk 16 does not wait, but answers before the variable is set: read back at once, it may still be missing. Success does not prove an effect: writing a function that does not exist is answered 204 as well.",
    method: Method::Post,
    path: "/channels/{channelId}/variable",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variable",
            description: "Name of the variable, or a function with its arguments, such as `CALLERID(name)`. A leading `_` lets channels it creates inherit the variable once, `__` for ever.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "value",
            description: "The new value; omitted, the variable is removed. In a JSON body it must be a string: a number silently sets an empty value.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "report_events",
            description: "Adds the variable to `channelvars` of this channel in events.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: Some("false"),
            values: &[],
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
        (
            400,
            "`variable` is missing or empty, or Asterisk refused to write the function.",
        ),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `GET /channels/{channelId}/variables`.
pub static GET_CHANNEL_VARS: Operation = Operation {
    resource: "channels",
    nickname: "getChannelVars",
    description: "Returns the values of several channel variables or functions.\n\nIf one of them is missing, the whole request fails with 404.",
    method: Method::Get,
    path: "/channels/{channelId}/variables",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_22_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Names of variables, or functions with their arguments. In a query one comma-separated list; commas inside parentheses do not separate.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_22_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Variables"),
    errors: &[
        (400, "`variables` is missing or empty."),
        (404, "No channel has this id, or one of the variables does not exist."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_20_22_TO_24,
        since: &[
            Version::new(20, 20, 0),
            Version::new(22, 10, 0),
            Version::new(23, 4, 0),
        ],
    },
};

/// `POST /channels/{channelId}/variables`.
pub static SET_CHANNEL_VARS: Operation = Operation {
    resource: "channels",
    nickname: "setChannelVars",
    description: "Sets several channel variables or functions in one request.\n\nThe request can wait for the channel's queue, behind a running playback.",
    method: Method::Post,
    path: "/channels/{channelId}/variables",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_22_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "The variables by name, inside the key `variables`: `{\"variables\":{\"lang\":\"de\",\"step\":{\"value\":\"3\",\"report_events\":true}}}`. Each value is a string, or an object whose `report_events` adds the variable to `channelvars` in events. A number or null gives 400.",
            location: Location::Body,
            kind: ParameterType::Variables,
            required: true,
            default: None,
            values: &[],
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
        (
            400,
            "`variables` is missing, or a value is neither a string nor such an object.",
        ),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_20_22_TO_24,
        since: &[
            Version::new(20, 20, 0),
            Version::new(22, 10, 0),
            Version::new(23, 4, 0),
        ],
    },
};

/// `POST /channels/{channelId}/snoop`.
pub static SNOOP_CHANNEL: Operation = Operation {
    resource: "channels",
    nickname: "snoopChannel",
    description: "Listens in on a channel, or whispers to it, through a new channel.\n\nThe new channel, named `Snoop/…`, enters `app` and can be bridged, recorded or played to like any other; it works in signed linear at the channel's sample rate. The channel snooped on need not be in Stasis and notices nothing but the whispering. The snooping ends when either channel hangs up.",
    method: Method::Post,
    path: "/channels/{channelId}/snoop",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "spy",
            description: "Which audio of the channel the snooping channel hears. Either this or `whisper` must differ from `none`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("none"),
            values: &[
                AllowedValue {
                    value: "none",
                    description: "Hears nothing.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "both",
                    description: "Hears both directions, mixed.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "out",
                    description: "Hears what is sent to the channel's device.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "in",
                    description: "Hears what the channel's device says.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "whisper",
            description: "Where audio written to the snooping channel is mixed in. Either this or `spy` must differ from `none`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("none"),
            values: &[
                AllowedValue {
                    value: "none",
                    description: "Whispers to nobody.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "both",
                    description: "Heard by the channel's device and by those it talks to.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "out",
                    description: "Heard by the channel's device only.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "in",
                    description: "Mixed into what the device says, so heard by those it talks to.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "app",
            description: "Stasis application that receives the snooping channel.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "appArgs",
            description: "Arguments handed to the Stasis application; they arrive in order in the `args` of `StasisStart`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "snoopId",
            description: "Id to give the snooping channel; chosen by Asterisk when omitted.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Channel"),
    errors: &[
        (
            400,
            "`spy` and `whisper` are both `none`, a direction is unknown, or `app` is empty.",
        ),
        (404, "No channel has this id; it may have hung up meanwhile."),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /channels/{channelId}/snoop/{snoopId}`.
pub static SNOOP_CHANNEL_WITH_ID: Operation = Operation {
    resource: "channels",
    nickname: "snoopChannelWithId",
    description: "Listens in on a channel through a new channel with a chosen id.\n\nOtherwise the same as `snoopChannel`. The new channel, named `Snoop/…`, enters `app` and can be bridged, recorded or played to like any other; it works in signed linear at the channel's sample rate. The channel snooped on need not be in Stasis and notices nothing but the whispering. The snooping ends when either channel hangs up.",
    method: Method::Post,
    path: "/channels/{channelId}/snoop/{snoopId}",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "snoopId",
            description: "Id to give the snooping channel.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "spy",
            description: "Which audio of the channel the snooping channel hears. Either this or `whisper` must differ from `none`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("none"),
            values: &[
                AllowedValue {
                    value: "none",
                    description: "Hears nothing.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "both",
                    description: "Hears both directions, mixed.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "out",
                    description: "Hears what is sent to the channel's device.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "in",
                    description: "Hears what the channel's device says.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "whisper",
            description: "Where audio written to the snooping channel is mixed in. Either this or `spy` must differ from `none`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("none"),
            values: &[
                AllowedValue {
                    value: "none",
                    description: "Whispers to nobody.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "both",
                    description: "Heard by the channel's device and by those it talks to.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "out",
                    description: "Heard by the channel's device only.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "in",
                    description: "Mixed into what the device says, so heard by those it talks to.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "app",
            description: "Stasis application that receives the snooping channel.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "appArgs",
            description: "Arguments handed to the Stasis application; they arrive in order in the `args` of `StasisStart`.",
            location: Location::Query,
            kind: ParameterType::Joined(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Channel"),
    errors: &[
        (
            400,
            "`spy` and `whisper` are both `none`, a direction is unknown, or `app` is empty.",
        ),
        (404, "No channel has this id; it may have hung up meanwhile."),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 2, 0)],
    },
};

/// `POST /channels/{channelId}/dial`.
pub static DIAL: Operation = Operation {
    resource: "channels",
    nickname: "dial",
    description: "Dials a channel made with `create`.\n\nReturns as soon as dialing is arranged. Progress comes as `Dial` and `ChannelStateChange` events; an answered channel becomes `Up`, one that fails ends with `ChannelDestroyed`. Early media flows where the channel is in a bridge.",
    method: Method::Post,
    path: "/channels/{channelId}/dial",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "caller",
            description: "Id of the channel on whose behalf to dial. Its caller id, language, account code, music-on-hold class and inheritable variables are taken over; an unknown id is ignored.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "timeout",
            description: "Seconds to wait for an answer before the channel is hung up; 0 means without limit.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("0"),
            values: &[],
            min: Some(0),
            max: None,
            availability: Availability {
                releases: super::IN_14_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel is not in a Stasis application, was not made with `create`, or was dialed already (it must be `Down` or `Rsrved`).",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_14_TO_24,
        since: &[Version::new(14, 0, 0)],
    },
};

/// `GET /channels/{channelId}/rtp_statistics`.
pub static RTP_STATISTICS: Operation = Operation {
    resource: "channels",
    nickname: "rtpStatistics",
    description: "Returns packet, jitter, loss and round-trip figures of a channel's RTP stream.\n\nThe figures are those of the moment and end with the channel: fetch them before it hangs up. The channel need not be in a Stasis application.",
    method: Method::Get,
    path: "/channels/{channelId}/rtp_statistics",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel, as in `Channel.id`. It may hold any character that is percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be addressed.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_13_16_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("RTPstat"),
    errors: &[
        (403, "The channel's technology, `Local` for example, does not use RTP."),
        (404, "No channel has this id, or it has no RTP stream or statistics yet."),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_13_16_TO_24,
        since: &[Version::new(13, 27, 0), Version::new(16, 4, 0)],
    },
};

/// `POST /channels/externalMedia`.
pub static EXTERNAL_MEDIA: Operation = Operation {
    resource: "channels",
    nickname: "externalMedia",
    description: "Creates a channel whose audio goes to and comes from an external program.\n\n`transport` and `encapsulation` together select the kind: `udp` with `rtp` sends plain RTP, `tcp` with `audiosocket` speaks AudioSocket, `websocket` with `none` carries raw media in WebSocket frames. The channel enters `app` when it is answered, which Asterisk does by itself: at once for RTP, on connection for the others. Put it into a bridge with the call to exchange audio, and hang it up when done.\n\nFor RTP, `channelvars` of the response hold `UNICASTRTP_LOCAL_ADDRESS` and `UNICASTRTP_LOCAL_PORT`, where Asterisk expects the program's packets. For a WebSocket of type `server` they hold `MEDIA_WEBSOCKET_CONNECTION_ID`: connect to `/media/` followed by that id, below the HTTP server's prefix, with the subprotocol `media`.",
    method: Method::Post,
    path: "/channels/externalMedia",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id to give the new channel, at most 149 characters and unique on the server. Choosing it lets an application register interest first: `ChannelCreated` can arrive before the response.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "app",
            description: "Stasis application that receives the channel.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Channel variables and functions to set before dialing, by name: `{\"variables\":{\"CALLERID(name)\":\"Alice\"}}`. Each value is a string; releases with variable reporting also take `{\"value\":\"…\",\"report_events\":true}`, which adds the variable to `channelvars` in events. A number or null gives 400.",
            location: Location::Body,
            kind: ParameterType::Variables,
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "external_host",
            description: "Where the media goes: `host:port` for RTP and AudioSocket, an id from `websocket_client.conf` (with `connection_type=per_call_config`) for a WebSocket that Asterisk dials. Empty or `INCOMING` when the program connects to Asterisk.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "encapsulation",
            description: "How the audio is packed.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("rtp"),
            values: &[
                AllowedValue {
                    value: "rtp",
                    description: "RTP packets, with `udp`.",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "audiosocket",
                    description: "AudioSocket frames, with `tcp`.",
                    availability: Availability {
                        releases: super::IN_18_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "none",
                    description: "Raw media, with `websocket`.",
                    availability: Availability {
                        releases: super::IN_20_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "transport",
            description: "What carries the audio.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("udp"),
            values: &[
                AllowedValue {
                    value: "udp",
                    description: "UDP packets.",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "tcp",
                    description: "A TCP connection that Asterisk opens.",
                    availability: Availability {
                        releases: super::IN_18_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "websocket",
                    description: "A WebSocket.",
                    availability: Availability {
                        releases: super::IN_20_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "connection_type",
            description: "Which side connects. `server` exists only with the `websocket` transport.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("client"),
            values: &[
                AllowedValue {
                    value: "client",
                    description: "Asterisk connects to the program.",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "server",
                    description: "The program connects to Asterisk.",
                    availability: Availability {
                        releases: super::IN_20_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "format",
            description: "Codec of the audio, such as `ulaw`, `slin16` or `opus`. Over RTP the linear formats are sent in network byte order.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "direction",
            description: "Which way media flows. The WebSocket channel of newer releases also knows `in` and `out`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: Some("both"),
            values: &[
                AllowedValue {
                    value: "both",
                    description: "Media flows both ways.",
                    availability: Availability {
                        releases: super::IN_16_TO_24,
                        since: &[],
                    },
                },
            ],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "data",
            description: "For AudioSocket the UUID that identifies the call to the server, which cannot be left out. Newer releases also pass it to `app` as arguments.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "transport_data",
            description: "Options for the WebSocket channel, appended to its dial string: `c(codec)`, `n` (no automatic answer), `f(json|plain-text)` (control message format), `p` (pass media through), `v(a=b,…)` (URI parameters), `d(in|out|both)` (media direction).",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_22_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Channel"),
    errors: &[
        (
            400,
            "`app`, `format`, `external_host` or the AudioSocket `data` is missing, `external_host` is no `host:port` or no known WebSocket client, the format is unknown, the combination is refused, or a variable is not a string.",
        ),
        (
            404,
            "Asterisk has no such resource; the ARI channels module may not be loaded.",
        ),
        (409, "A channel with the chosen id exists already."),
        (
            501,
            "This release does not support the combination of `encapsulation` and `transport`.",
        ),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_16_TO_24,
        since: &[Version::new(16, 6, 0), Version::new(17, 1, 0)],
    },
};

/// `POST /channels/{channelId}/transfer_progress`.
pub static TRANSFER_PROGRESS: Operation = Operation {
    resource: "channels",
    nickname: "transfer_progress",
    description: "Reports the progress of a transfer to the device that requested it.\n\nFor transfers that the application carries out itself, after a `ChannelTransfer` event: this needs `PJSIP_TRANSFER_HANDLING()=ari-only` on the channel. The device that sent the SIP REFER receives a NOTIFY with the matching status. Every state but `channel_progress` ends the transfer for the device.",
    method: Method::Post,
    path: "/channels/{channelId}/transfer_progress",
    parameters: &[
        Parameter {
            name: "channelId",
            description: "Id of the channel on which the transfer was requested.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "states",
            description: "One of `channel_progress` (still under way), `channel_answered` (done), `channel_unavailable` (the target could not be reached) and `channel_declined` (refused).",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_20_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (400, "`states` is empty or unknown."),
        (404, "No channel has this id; it may have hung up meanwhile."),
        (
            409,
            "The channel exists, but is not in a Stasis application, so it cannot be controlled. It may not have arrived yet, or may have left for the dialplan.",
        ),
        (412, "The channel's state does not allow it."),
    ],
    upgrade: None,
    requires_modules: &[
        "res_stasis_answer",
        "res_stasis_playback",
        "res_stasis_recording",
        "res_stasis_snoop",
    ],
    availability: Availability {
        releases: super::IN_20_TO_24,
        since: &[Version::new(20, 13, 0), Version::new(21, 8, 0), Version::new(22, 3, 0)],
    },
};
