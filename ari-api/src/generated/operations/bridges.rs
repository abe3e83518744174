// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `bridges`, as data.

use crate::runtime::{
    AllowedValue, AnswerType, Availability, Location, Method, Operation, Parameter,
    ParameterType, Scalar, Version,
};

/// `GET /bridges`.
pub static LIST: Operation = Operation {
    resource: "bridges",
    nickname: "list",
    description: "Lists the bridges, including those that Asterisk made by itself.\n\nBridges that Asterisk keeps invisible are left out.",
    method: Method::Get,
    path: "/bridges",
    parameters: &[],
    answer: AnswerType::Json("List[Bridge]"),
    errors: &[],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /bridges`.
pub static CREATE: Operation = Operation {
    resource: "bridges",
    nickname: "create",
    description: "Creates a bridge with an id that Asterisk or the caller chooses.\n\nSend everything but variables in the query. In the releases that know `variables`, this operation takes the whole JSON body as the map of variables: the documented `{\"variables\":{…}}` answers 400 *and leaves the created bridge behind*, and `{\"type\":\"holding\"}` makes a mixing bridge with a variable named `type`. To create a bridge with variables use `createWithId`, which is not affected.",
    method: Method::Post,
    path: "/bridges",
    parameters: &[
        Parameter {
            name: "type",
            description: "Attributes of the bridge, separated by commas; a mixing bridge when omitted.\n\n- `mixing`: everyone hears everyone.\n- `holding`: participants do not hear each other; they wait, and hear music or an announcer.\n- `dtmf_events`, `proxy_media`: keep the media inside Asterisk instead of letting two endpoints exchange it directly. Use them beside `mixing`.\n- `video_sfu`: forwards every participant's video to all the others.\n- `video_single`: shows one participant's video, chosen with `setVideoSource`.\n- `sdp_label`: marks the outgoing streams in SDP with the channel they come from; of use with `video_sfu`.\n\n`mixing` and `holding` together, or no attribute that Asterisk knows, answer 500.",
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
            name: "bridgeId",
            description: "Id for the new bridge; Asterisk generates one when omitted. It should be no channel's id: an application that is subscribed to a channel of the same id misses the events of the bridge. Choosing it beforehand allows an application to watch for its events before the request is sent.",
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
            name: "name",
            description: "Name for display; it need not be unique and does not identify the bridge.",
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
            description: "Variables to set on the new bridge. The documented wrapper `{\"variables\":{…}}` is answered with 400 and leaks the bridge, because Asterisk takes the whole body as the map; use `createWithId` instead.",
            location: Location::Body,
            kind: ParameterType::Variables,
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
    answer: AnswerType::Json("Bridge"),
    errors: &[
        (
            400,
            "A value in the JSON body is not a string or an object with a string `value`, which is also what the documented wrapper `variables` leads to. The bridge has been created all the same: destroy it.",
        ),
        (409, "A bridge with this id exists already."),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /bridges/{bridgeId}`.
pub static CREATE_WITH_ID: Operation = Operation {
    resource: "bridges",
    nickname: "createWithId",
    description: "Creates a bridge with the id in the path.\n\nUp to Asterisk 19 a bridge that exists already is not an error: the request then counts as an update. It answers 500 if it gives a type or another name, and otherwise 200 without a body, which reads as an answer that cannot be decoded.",
    method: Method::Post,
    path: "/bridges/{bridgeId}",
    parameters: &[
        Parameter {
            name: "type",
            description: "Attributes of the bridge, separated by commas; a mixing bridge when omitted.\n\n- `mixing`: everyone hears everyone.\n- `holding`: participants do not hear each other; they wait, and hear music or an announcer.\n- `dtmf_events`, `proxy_media`: keep the media inside Asterisk instead of letting two endpoints exchange it directly. Use them beside `mixing`.\n- `video_sfu`: forwards every participant's video to all the others.\n- `video_single`: shows one participant's video, chosen with `setVideoSource`.\n- `sdp_label`: marks the outgoing streams in SDP with the channel they come from; of use with `video_sfu`.\n\n`mixing` and `holding` together, or no attribute that Asterisk knows, answer 500.",
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
            name: "bridgeId",
            description: "Id for the new bridge. It should be no channel's id: an application that is subscribed to a channel of the same id misses the events of the bridge.",
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
            description: "Name for display; it need not be unique and does not identify the bridge.",
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
            description: "Map of variables, `{\"variables\":{\"name\":value}}` in the body; a value is a string or `{\"value\":\"text\",\"report_events\":true}`, where `report_events` puts the variable into the `bridgevars` of later bridge events. A number, a boolean or null in place of a string is refused with 400.",
            location: Location::Body,
            kind: ParameterType::Variables,
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
    answer: AnswerType::Json("Bridge"),
    errors: &[
        (
            400,
            "A value in `variables` is neither a string nor an object with a string `value` and, if any, a boolean `report_events`. The bridge may have been created all the same: destroy it before trying again.",
        ),
        (409, "A bridge with this id exists already, whether or not ARI created it."),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 2, 0)],
    },
};

/// `GET /bridges/{bridgeId}`.
pub static GET: Operation = Operation {
    resource: "bridges",
    nickname: "get",
    description: "Gets the present state of a bridge.\n\nThis works for any bridge, also one that was not created through ARI.",
    method: Method::Get,
    path: "/bridges/{bridgeId}",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
    answer: AnswerType::Json("Bridge"),
    errors: &[(404, "No bridge has this id; it may have been destroyed meanwhile.")],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `DELETE /bridges/{bridgeId}`.
pub static DESTROY: Operation = Operation {
    resource: "bridges",
    nickname: "destroy",
    description: "Destroys a bridge and lets its channels go.\n\nThe channels are not hung up: those of a Stasis application are back in the application, without a bridge. `BridgeDestroyed` follows.",
    method: Method::Delete,
    path: "/bridges/{bridgeId}",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `GET /bridges/{bridgeId}/variable`.
pub static GET_BRIDGE_VAR: Operation = Operation {
    resource: "bridges",
    nickname: "getBridgeVar",
    description: "Gets the value of one bridge variable.\n\nUnlike variables of channels these are no functions: the name of one is answered with 404.",
    method: Method::Get,
    path: "/bridges/{bridgeId}/variable",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            name: "variable",
            description: "Name of the bridge variable.",
            location: Location::Query,
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
    ],
    answer: AnswerType::Json("Variable"),
    errors: &[
        (400, "The name of the variable is missing or empty."),
        (
            404,
            "No bridge has this id, or the bridge has no such variable; the message tells which.",
        ),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_20_22_TO_24,
        since: &[
            Version::new(20, 20, 0),
            Version::new(22, 10, 0),
            Version::new(23, 4, 0),
        ],
    },
};

/// `POST /bridges/{bridgeId}/variable`.
pub static SET_BRIDGE_VAR: Operation = Operation {
    resource: "bridges",
    nickname: "setBridgeVar",
    description: "Sets one bridge variable.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/variable",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            name: "variable",
            description: "Name of the bridge variable; blanks around it are removed.",
            location: Location::Query,
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
            name: "value",
            description: "The new value. In a JSON body it must be a string: a number silently becomes an empty value.",
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
        Parameter {
            name: "report_events",
            description: "Puts the variable into the `bridgevars` of later bridge events.",
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
            "The name of the variable is missing or empty, or Asterisk could not set it.",
        ),
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_20_22_TO_24,
        since: &[
            Version::new(20, 20, 0),
            Version::new(22, 10, 0),
            Version::new(23, 4, 0),
        ],
    },
};

/// `GET /bridges/{bridgeId}/variables`.
pub static GET_BRIDGE_VARS: Operation = Operation {
    resource: "bridges",
    nickname: "getBridgeVars",
    description: "Gets the values of several bridge variables at once.\n\nIt is all or nothing: one missing variable turns the whole answer into 404.",
    method: Method::Get,
    path: "/bridges/{bridgeId}/variables",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            description: "Names of the variables, comma-separated in the query or an array in a JSON body; at most 127. A name that ends with `)` is evaluated as a dialplan function, without a channel.",
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
        (400, "No name was given, or one of them is empty."),
        (
            404,
            "No bridge has this id, or it lacks one of the variables; the message tells which.",
        ),
        (
            409,
            "The bridge exists, but was not created through ARI. Asterisk may answer 404 instead.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_20_22_TO_24,
        since: &[
            Version::new(20, 20, 0),
            Version::new(22, 10, 0),
            Version::new(23, 4, 0),
        ],
    },
};

/// `POST /bridges/{bridgeId}/variables`.
pub static SET_BRIDGE_VARS: Operation = Operation {
    resource: "bridges",
    nickname: "setBridgeVars",
    description: "Sets several bridge variables at once.\n\nThey are set one after another: when one fails, those before it stay set.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/variables",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            description: "Map of variables, `{\"variables\":{\"name\":value}}` in the body; a value is a string or `{\"value\":\"text\",\"report_events\":true}`, where `report_events` puts the variable into the `bridgevars` of later bridge events. A number, a boolean or null in place of a string is refused with 400.",
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
            "`variables` is missing or no object, or one of its values has the wrong type, or Asterisk could not set one of them.",
        ),
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI. Asterisk may answer 404 instead.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_20_22_TO_24,
        since: &[
            Version::new(20, 20, 0),
            Version::new(22, 10, 0),
            Version::new(23, 4, 0),
        ],
    },
};

/// `POST /bridges/{bridgeId}/addChannel`.
pub static ADD_CHANNEL: Operation = Operation {
    resource: "bridges",
    nickname: "addChannel",
    description: "Puts one or more channels into a bridge.\n\nA channel leaves the bridge it was in. The request waits on the channel's command queue: behind a prompt of 12 seconds it is answered after 12 seconds, so stop the playback first, and do not use a short timeout. Over a WebSocket, the wait holds up every later request on that socket as well.\n\nAll channels are looked up before the first one is added, so 400 and 422 leave the bridge as it was. Success means that the move was ordered; `ChannelEnteredBridge` says that it took place.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/addChannel",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            name: "channel",
            description: "Ids of the channels, comma-separated in the query or an array in a JSON body. An id that contains a comma needs the array.",
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
            name: "role",
            description: "Role of the channels in the bridge, replacing the roles they had. It matters to holding bridges, where everyone hears a channel with the role `announcer`.",
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
            name: "absorbDTMF",
            description: "Keeps DTMF digits of these channels from the others in the bridge. The application still receives `ChannelDtmfReceived`.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: Some("false"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "mute",
            description: "Keeps the audio of these channels from the others; they still hear the bridge. It lasts until the channel leaves this bridge.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: Some("false"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_16_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "inhibitConnectedLineUpdates",
            description: "Keeps the identity of these channels from being announced to the others as connected line.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Boolean),
            required: false,
            default: Some("false"),
            values: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_18_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (
            400,
            "No channel was given, or one of the ids does not exist; it may have hung up meanwhile.",
        ),
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge was not created through ARI, or one of the channels is being recorded: stop that recording first, or record the bridge instead. Channels named before the one being recorded may have been added already.",
        ),
        (422, "One of the channels exists, but is not in a Stasis application."),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /bridges/{bridgeId}/removeChannel`.
pub static REMOVE_CHANNEL: Operation = Operation {
    resource: "bridges",
    nickname: "removeChannel",
    description: "Takes one or more channels out of a bridge.\n\nThe channels are not hung up; they stay in their Stasis application. All are checked before the first is removed. Like `addChannel`, the request waits behind a playback on the channel.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/removeChannel",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            name: "channel",
            description: "Ids of the channels, comma-separated in the query or an array in a JSON body. An id that contains a comma needs the array.",
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
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (
            400,
            "No channel was given, or one of the ids does not exist; it may have hung up meanwhile.",
        ),
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
        (
            422,
            "One of the channels is not in this bridge, or not in a Stasis application.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /bridges/{bridgeId}/videoSource/{channelId}`.
pub static SET_VIDEO_SOURCE: Operation = Operation {
    resource: "bridges",
    nickname: "setVideoSource",
    description: "Makes one channel the video source of a mixing bridge.\n\nThe bridge changes to the video mode `single`. With two participants or fewer it makes no difference. The request waits on the channel's command queue, behind a playback on it.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/videoSource/{channelId}",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            name: "channelId",
            description: "Id of the channel to show; it must be in this bridge.",
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
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (400, "No channel has this id; it may have hung up meanwhile."),
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
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 13, 0), Version::new(14, 2, 0)],
    },
};

/// `DELETE /bridges/{bridgeId}/videoSource`.
pub static CLEAR_VIDEO_SOURCE: Operation = Operation {
    resource: "bridges",
    nickname: "clearVideoSource",
    description: "Clears the chosen video source of a mixing bridge.\n\nThe bridge changes to the video mode `talker`, where the picture follows whoever speaks; it does not return to the mode it was created with. `get` shows that only after something else has changed in the bridge, such as its participants. With two participants or fewer it makes no difference.",
    method: Method::Delete,
    path: "/bridges/{bridgeId}/videoSource",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 13, 0), Version::new(14, 2, 0)],
    },
};

/// `POST /bridges/{bridgeId}/moh`.
pub static START_MOH: Operation = Operation {
    resource: "bridges",
    nickname: "startMoh",
    description: "Plays music on hold to a bridge, or changes the class that is playing.\n\nAn internal channel joins the bridge and plays; in a mixing bridge everyone hears the music along with the others.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/moh",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            description: "Music-on-hold class from `musiconhold.conf`. The server's default class when omitted.",
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
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `DELETE /bridges/{bridgeId}/moh`.
pub static STOP_MOH: Operation = Operation {
    resource: "bridges",
    nickname: "stopMoh",
    description: "Stops the music on hold that `startMoh` began.\n\nMusic of another origin, such as `startMoh` on a channel, goes on.",
    method: Method::Delete,
    path: "/bridges/{bridgeId}/moh",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "No music that was started with `startMoh` is playing, or the bridge was not created through ARI.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /bridges/{bridgeId}/play`.
pub static PLAY: Operation = Operation {
    resource: "bridges",
    nickname: "play",
    description: "Plays media to everyone in a bridge.\n\nAn internal announcer channel joins the bridge and plays. It answers as soon as the playback is queued: `PlaybackStarted` and `PlaybackFinished` tell the rest. Playbacks on the same bridge run one after another, not mixed. A playback without media, or with a negative `offsetms` or `skipms`, answers 500.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/play",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            name: "announcer_format",
            description: "Codec of the internal announcer channel, such as `slin16` or `ulaw`. When omitted, it follows the channels in the bridge: the codec of a lone channel, otherwise signed linear at the highest sample rate among them. It is ignored, not even checked, while the bridge still has an announcer from an earlier playback.",
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
        Parameter {
            name: "lang",
            description: "Language of the prompts, such as `en` or `en_GB`. The server's default language when omitted: the languages of the channels in the bridge play no part.",
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
            description: "Milliseconds to skip at the start of the first media URI; later ones play from their beginning.",
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
            name: "skipms",
            description: "Milliseconds that `forward` and `reverse` of `playbacks/{playbackId}/control` jump. 0 also means 3000.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("3000"),
            values: &[],
            min: Some(0),
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
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
        (422, "`announcer_format` is no codec that this server knows."),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /bridges/{bridgeId}/play/{playbackId}`.
pub static PLAY_WITH_ID: Operation = Operation {
    resource: "bridges",
    nickname: "playWithId",
    description: "Plays media to everyone in a bridge, as the playback with the id in the path.\n\nApart from where the id stands, this is `play`: it answers as soon as the playback is queued, and playbacks on the same bridge run one after another.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/play/{playbackId}",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            description: "Id of the playback. Choosing it beforehand allows an application to watch for its events before the request is sent.",
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
            name: "announcer_format",
            description: "Codec of the internal announcer channel, such as `slin16` or `ulaw`. When omitted, it follows the channels in the bridge: the codec of a lone channel, otherwise signed linear at the highest sample rate among them. It is ignored, not even checked, while the bridge still has an announcer from an earlier playback.",
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
        Parameter {
            name: "lang",
            description: "Language of the prompts, such as `en` or `en_GB`. The server's default language when omitted: the languages of the channels in the bridge play no part.",
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
            description: "Milliseconds to skip at the start of the first media URI; later ones play from their beginning.",
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
            name: "skipms",
            description: "Milliseconds that `forward` and `reverse` of `playbacks/{playbackId}/control` jump. 0 also means 3000.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Int),
            required: false,
            default: Some("3000"),
            values: &[],
            min: Some(0),
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Playback"),
    errors: &[
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "The bridge exists, but was not created through ARI, so it cannot be controlled here.",
        ),
        (422, "`announcer_format` is no codec that this server knows."),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 3, 0)],
    },
};

/// `POST /bridges/{bridgeId}/record`.
pub static RECORD: Operation = Operation {
    resource: "bridges",
    nickname: "record",
    description: "Records the mixed audio of a bridge into a file.\n\nAn internal recorder channel joins the bridge. It answers while the recording is still `queued`: `RecordingStarted`, then `RecordingFinished` or `RecordingFailed` follow. Steer it with the operations under `recordings/live`; afterwards the file is found under `recordings/stored`.",
    method: Method::Post,
    path: "/bridges/{bridgeId}/record",
    parameters: &[
        Parameter {
            name: "bridgeId",
            description: "Id of the bridge, as in `Bridge.id`.",
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
            description: "Name of the recording and, below Asterisk's recording directory, of its file; without an extension. A `/` makes subdirectories, which are created when missing.",
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
            description: "File format, given as the extension that Asterisk knows it by: `wav`, `gsm`, `ulaw`, `sln16`, and so on.",
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
            name: "recorder_format",
            description: "Codec of the internal recorder channel, such as `slin16`. The codec that goes with `format` when omitted.",
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
        Parameter {
            name: "maxDurationSeconds",
            description: "Length, in seconds, at which the recording ends by itself; time spent paused does not count. 0 for no limit.",
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
            description: "Seconds of silence after which the recording ends by itself; 0 for no limit. Any other value also makes Asterisk measure `talking_duration` and `silence_duration`.",
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
            description: "What to do when a recording of this name exists. `fail` looks at the name only: a file of another format counts too.",
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
            description: "Plays a beep when the recording begins.",
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
            description: "DTMF digit that ends the recording.",
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
            "`ifExists` or `terminateOn` has a value that does not exist. A `name` that leads out of the recording directory is answered with 500.",
        ),
        (404, "No bridge has this id; it may have been destroyed meanwhile."),
        (
            409,
            "A recording of this name is in progress, or it exists and `ifExists` is `fail`; or the bridge was not created through ARI.",
        ),
        (
            422,
            "`format` is no file format, or `recorder_format` no codec, that this server knows. The module for it may not be loaded.",
        ),
    ],
    upgrade: None,
    requires_modules: &["res_stasis_recording", "res_stasis_playback"],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};
