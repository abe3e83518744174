// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `endpoints`, as data.

use crate::runtime::{
    AnswerType, Availability, Location, Method, Operation, Parameter, ParameterType,
    Scalar, Version,
};

/// `GET /endpoints`.
pub static LIST: Operation = Operation {
    resource: "endpoints",
    nickname: "list",
    description: "Lists the endpoints of all technologies with state and channels.\n\nAn endpoint that is configured but not registered is listed too, usually as `offline`.",
    method: Method::Get,
    path: "/endpoints",
    parameters: &[],
    answer: AnswerType::Json("List[Endpoint]"),
    errors: &[],
    upgrade: None,
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `PUT /endpoints/sendMessage`.
pub static SEND_MESSAGE: Operation = Operation {
    resource: "endpoints",
    nickname: "sendMessage",
    description: "Sends a text message outside of a call, such as a SIP MESSAGE.\n\nSuccess is 202 and only means that Asterisk took the message. No event reports delivery, and several releases answer 202 even for a destination that does not exist; the reason is then in Asterisk's log.",
    method: Method::Put,
    path: "/endpoints/sendMessage",
    parameters: &[
        Parameter {
            name: "to",
            description: "Destination, beginning with the messaging technology in lower case: `pjsip:alice` for an endpoint, `pjsip:sip:bob@example.com` for any SIP URI, `xmpp:` for XMPP. A URI that matches no endpoint is sent through the `default_outbound_endpoint` of `pjsip.conf` and fails without one.",
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
            name: "from",
            description: "Who the message claims to come from. For `pjsip` an endpoint name, `user@domain` or a SIP URI, with or without a display name; it goes into the `From` header. For `xmpp` a configured client connection.",
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
            name: "body",
            description: "Text of the message. Sent as `text/plain` by `pjsip`. Without it the message is empty.",
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
            name: "variables",
            description: "Additional values for the technology. On the wire they are wrapped: `{\"variables\":{\"X-Ticket\":\"42\"}}`. Every value must be a string. `pjsip` sends each as a SIP header of the MESSAGE, except headers it sets itself, such as `To`, `From`, `Via`, `Contact`, `Call-ID` or `Content-Length`, which are dropped. `Max-Forwards` is counted down by one.",
            location: Location::Body,
            kind: ParameterType::TextMap,
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
        (400, "`to` is empty, or a value in `variables` is not a string."),
        (
            404,
            "The technology in `to` cannot send messages, the destination was not found, or it is an endpoint that has not registered.",
        ),
    ],
    upgrade: None,
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(13, 0, 0)],
    },
};

/// `POST /endpoints/refer`.
pub static REFER: Operation = Operation {
    resource: "endpoints",
    nickname: "refer",
    description: "Asks a device to call another destination, by a SIP REFER outside of a call.\n\nThe device decides whether it obeys. Success is 202 and only means that the request was taken; no event reports what became of it. To transfer a call in progress, use `redirect` of its channel.",
    method: Method::Post,
    path: "/endpoints/refer",
    parameters: &[
        Parameter {
            name: "to",
            description: "Device to be referred: `pjsip:alice`, or `pjsip:` and a SIP URI. Only `pjsip` supports this. A URI that matches no endpoint is sent through the `default_outbound_endpoint` of `pjsip.conf` and fails without one.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "from",
            description: "Who the REFER claims to come from: an endpoint name, `user@domain` or a SIP URI, with or without a display name.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "refer_to",
            description: "Where the device is sent: an endpoint name, or a SIP URI such as `sip:200@example.com`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "to_self",
            description: "Matters only when `refer_to` names an endpoint of this Asterisk. True: the `Refer-To` URI points to Asterisk, so the device calls through it. False: it points straight at the contact of that endpoint.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: Some("false"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Additional values for the technology. On the wire they are wrapped: `{\"variables\":{\"X-Ticket\":\"42\"}}`. Every value must be a string. `pjsip` sends each as a SIP header of the REFER, except headers it sets itself, such as `To`, `From`, `Via`, `Contact` or `Call-ID`, which are dropped. The name `display_name` is special: it becomes the display name of the `Refer-To` URI.",
            location: Location::Body,
            kind: ParameterType::TextMap,
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (400, "`to` is empty, or a value in `variables` is not a string."),
        (404, "The technology in `to` cannot refer, or the device was not found."),
    ],
    upgrade: None,
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_18_20_TO_24,
        since: &[Version::new(18, 20, 0), Version::new(20, 5, 0)],
    },
};

/// `GET /endpoints/{tech}`.
pub static LIST_BY_TECH: Operation = Operation {
    resource: "endpoints",
    nickname: "listByTech",
    description: "Lists the endpoints of one technology.",
    method: Method::Get,
    path: "/endpoints/{tech}",
    parameters: &[
        Parameter {
            name: "tech",
            description: "Channel technology in capitals, such as `PJSIP` or `IAX2`. Here the case matters.",
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
    answer: AnswerType::Json("List[Endpoint]"),
    errors: &[
        (
            404,
            "The technology has no endpoints, its module is not loaded, or its name is not in capitals.",
        ),
    ],
    upgrade: None,
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `GET /endpoints/{tech}/{resource}`.
pub static GET: Operation = Operation {
    resource: "endpoints",
    nickname: "get",
    description: "Returns one endpoint with its state and the channels it has at the moment.",
    method: Method::Get,
    path: "/endpoints/{tech}/{resource}",
    parameters: &[
        Parameter {
            name: "tech",
            description: "Channel technology in capitals, such as `PJSIP` or `IAX2`.",
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
            name: "resource",
            description: "Name of the endpoint within its technology, such as `alice`.",
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
    answer: AnswerType::Json("Endpoint"),
    errors: &[
        (
            400,
            "Declared by the specification, with a reason that belongs to sending messages; a lookup has no such case of its own.",
        ),
        (
            404,
            "No endpoint of this name exists in this technology. Endpoint names are case-sensitive.",
        ),
    ],
    upgrade: None,
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `PUT /endpoints/{tech}/{resource}/sendMessage`.
pub static SEND_MESSAGE_TO_ENDPOINT: Operation = Operation {
    resource: "endpoints",
    nickname: "sendMessageToEndpoint",
    description: "Sends a text message to one endpoint, outside of a call.\n\nSuccess is 202 and only means that Asterisk took the message. No event reports delivery, and several releases answer 202 even if the endpoint has no contact to send to.",
    method: Method::Put,
    path: "/endpoints/{tech}/{resource}/sendMessage",
    parameters: &[
        Parameter {
            name: "tech",
            description: "Channel technology in capitals, such as `PJSIP` or `IAX2`.",
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
            name: "resource",
            description: "Name of the endpoint within its technology, such as `alice`.",
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
            name: "from",
            description: "Who the message claims to come from. For `pjsip` an endpoint name, `user@domain` or a SIP URI, with or without a display name; it goes into the `From` header. For `xmpp` a configured client connection.",
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
            name: "body",
            description: "Text of the message. Sent as `text/plain` by `pjsip`. Without it the message is empty.",
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
            name: "variables",
            description: "Additional values for the technology. On the wire they are wrapped: `{\"variables\":{\"X-Ticket\":\"42\"}}`. Every value must be a string. `pjsip` sends each as a SIP header of the MESSAGE, except headers it sets itself, such as `To`, `From`, `Via`, `Contact`, `Call-ID` or `Content-Length`, which are dropped. `Max-Forwards` is counted down by one.",
            location: Location::Body,
            kind: ParameterType::TextMap,
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
        (400, "A value in `variables` is not a string."),
        (
            404,
            "No endpoint of this name exists in this technology, or it has not registered.",
        ),
    ],
    upgrade: None,
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(13, 0, 0)],
    },
};

/// `POST /endpoints/{tech}/{resource}/refer`.
pub static REFER_TO_ENDPOINT: Operation = Operation {
    resource: "endpoints",
    nickname: "referToEndpoint",
    description: "Asks one endpoint to call another destination, by a SIP REFER outside of a call.\n\nThe endpoint decides whether it obeys. Success is 202 and only means that the request was taken; no event reports what became of it. Only `PJSIP` supports this.",
    method: Method::Post,
    path: "/endpoints/{tech}/{resource}/refer",
    parameters: &[
        Parameter {
            name: "tech",
            description: "Channel technology in capitals, such as `PJSIP` or `IAX2`.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "resource",
            description: "Name of the endpoint within its technology, such as `alice`.",
            location: Location::Path,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "from",
            description: "Who the REFER claims to come from: an endpoint name, `user@domain` or a SIP URI, with or without a display name.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "refer_to",
            description: "Where the device is sent: an endpoint name, or a SIP URI such as `sip:200@example.com`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
            required: true,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "to_self",
            description: "Matters only when `refer_to` names an endpoint of this Asterisk. True: the `Refer-To` URI points to Asterisk, so the device calls through it. False: it points straight at the contact of that endpoint.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: Some("false"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "variables",
            description: "Additional values for the technology. On the wire they are wrapped: `{\"variables\":{\"X-Ticket\":\"42\"}}`. Every value must be a string. `pjsip` sends each as a SIP header of the REFER, except headers it sets itself, such as `To`, `From`, `Via`, `Contact` or `Call-ID`, which are dropped. The name `display_name` is special: it becomes the display name of the `Refer-To` URI.",
            location: Location::Body,
            kind: ParameterType::TextMap,
            required: false,
            default: None,
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_20_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (400, "A value in `variables` is not a string."),
        (404, "No endpoint of this name exists in this technology."),
    ],
    upgrade: None,
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_18_20_TO_24,
        since: &[Version::new(18, 20, 0), Version::new(20, 5, 0)],
    },
};
