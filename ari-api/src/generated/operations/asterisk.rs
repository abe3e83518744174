// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `asterisk`, as data.

use crate::runtime::{
    AllowedValue, AnswerType, Availability, Location, Method, Operation, Parameter,
    ParameterType, Scalar, Version,
};

/// `GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}`.
pub static GET_OBJECT: Operation = Operation {
    resource: "asterisk",
    nickname: "getObject",
    description: "Reads one configuration object as a list of attributes and values.\n\nAttributes the object leaves at their default are listed too. Passwords, as in a `res_pjsip` `auth`, come back in the clear: an account that may read ARI may read them.",
    method: Method::Get,
    path: "/asterisk/config/dynamic/{configClass}/{objectType}/{id}",
    parameters: &[
        Parameter {
            name: "configClass",
            description: "Module that owns the configuration, such as `res_pjsip`. Only modules that keep their objects in Asterisk's sorcery framework can be reached.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "objectType",
            description: "Type of the object within its module, such as `endpoint`, `auth`, `aor` or `identify` of `res_pjsip`.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "id",
            description: "Name of the object: what stands between brackets as the section name when the object is kept in a configuration file.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("List[ConfigTuple]"),
    errors: &[
        (
            404,
            "The module, the object type or the object does not exist; the `message` of the answer says which of the three.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}`.
pub static UPDATE_OBJECT: Operation = Operation {
    resource: "asterisk",
    nickname: "updateObject",
    description: "Creates a configuration object, or changes the named attributes of one that exists.\n\nThe answer is the whole object afterwards. Attributes that are not named keep their value, or their default in a new object. The type must be mapped, in `sorcery.conf`, to a backend that can be written, such as `astdb`, `memory` or `realtime`; what comes from a plain file like `pjsip.conf` is read-only. With `memory` the object is gone after a restart.",
    method: Method::Put,
    path: "/asterisk/config/dynamic/{configClass}/{objectType}/{id}",
    parameters: &[
        Parameter {
            name: "configClass",
            description: "Module that owns the configuration, such as `res_pjsip`. Only modules that keep their objects in Asterisk's sorcery framework can be reached.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "objectType",
            description: "Type of the object within its module, such as `endpoint`, `auth`, `aor` or `identify` of `res_pjsip`.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "id",
            description: "Name of the object: what stands between brackets as the section name when the object is kept in a configuration file.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "fields",
            description: "Attributes to set. On the wire the list is wrapped: `{\"fields\":[{\"attribute\":\"direct_media\",\"value\":\"no\"}]}`. Every value is a string, numbers and booleans included. May be left out only when the object is to be created with defaults.",
            location: Location::Body,
            kind: ParameterType::Fields,
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
    answer: AnswerType::Json("List[ConfigTuple]"),
    errors: &[
        (
            400,
            "The body is not valid JSON, an existing object was to be changed without `fields`, or the module rejected an attribute or its value. Asterisk's log names the attribute.",
        ),
        (
            403,
            "No writable backend holds objects of this type: map the type to one in `sorcery.conf`. Also the answer to a read-only ARI user.",
        ),
        (
            404,
            "The module or the object type does not exist. An unknown id is no error here; the object is created.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}`.
pub static DELETE_OBJECT: Operation = Operation {
    resource: "asterisk",
    nickname: "deleteObject",
    description: "Removes a configuration object from the backend that holds it.\n\nOnly objects in a writable backend can be removed, not those of a plain configuration file.",
    method: Method::Delete,
    path: "/asterisk/config/dynamic/{configClass}/{objectType}/{id}",
    parameters: &[
        Parameter {
            name: "configClass",
            description: "Module that owns the configuration, such as `res_pjsip`. Only modules that keep their objects in Asterisk's sorcery framework can be reached.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "objectType",
            description: "Type of the object within its module, such as `endpoint`, `auth`, `aor` or `identify` of `res_pjsip`.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "id",
            description: "Name of the object: what stands between brackets as the section name when the object is kept in a configuration file.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (
            403,
            "The object is in a backend that cannot be written, such as `pjsip.conf`. Also the answer to a read-only ARI user.",
        ),
        (
            404,
            "The module, the object type or the object does not exist; the `message` of the answer says which of the three.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `GET /asterisk/info`.
pub static GET_INFO: Operation = Operation {
    resource: "asterisk",
    nickname: "getInfo",
    description: "Tells the release, the build, the main limits and the start time of the server.",
    method: Method::Get,
    path: "/asterisk/info",
    parameters: &[
        Parameter {
            name: "only",
            description: "Sections to return; all four when omitted. An unknown name is skipped with a warning in Asterisk's log, so a request for nothing but unknown names is answered with an empty object.",
            location: Location::Query,
            kind: ParameterType::List(Scalar::Text),
            required: false,
            default: None,
            sends_default: false,
            values: &[
                AllowedValue {
                    value: "build",
                    description: "How the running binary was compiled.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "system",
                    description: "Release and entity id.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "config",
                    description: "Name, default language and limits from `asterisk.conf`.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
                AllowedValue {
                    value: "status",
                    description: "Times of start and last reload.",
                    availability: Availability {
                        releases: super::IN_12_TO_24,
                        since: &[],
                    },
                },
            ],
            reserved: &[],
            min: None,
            max: None,
            availability: Availability {
                releases: super::IN_12_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("AsteriskInfo"),
    errors: &[],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `GET /asterisk/ping`.
pub static PING: Operation = Operation {
    resource: "asterisk",
    nickname: "ping",
    description: "Checks that the server answers, and returns its entity id and clock.\n\nIt touches no channel and never waits behind media. Over REST-over-WebSocket it still waits for earlier requests of the same socket, since those are answered strictly in order.",
    method: Method::Get,
    path: "/asterisk/ping",
    parameters: &[],
    answer: AnswerType::Json("AsteriskPing"),
    errors: &[],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_16_TO_24,
        since: &[Version::new(13, 25, 0), Version::new(16, 2, 0)],
    },
};

/// `GET /asterisk/modules`.
pub static LIST_MODULES: Operation = Operation {
    resource: "asterisk",
    nickname: "listModules",
    description: "Lists the modules that are loaded, sorted by name.\n\nA loaded module need not be running: see its `status`.",
    method: Method::Get,
    path: "/asterisk/modules",
    parameters: &[],
    answer: AnswerType::Json("List[Module]"),
    errors: &[],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `GET /asterisk/modules/{moduleName}`.
pub static GET_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "getModule",
    description: "Returns one loaded module: description, use count, state and support level.",
    method: Method::Get,
    path: "/asterisk/modules/{moduleName}",
    parameters: &[
        Parameter {
            name: "moduleName",
            description: "File name of the module, with `.so` and in its exact spelling, such as `app_dial.so`.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Json("Module"),
    errors: &[
        (404, "No module of this name is loaded. Compare with `listModules`."),
        (
            409,
            "The module is loaded but was named differently than Asterisk lists it; most often `.so` is missing or the case differs.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `POST /asterisk/modules/{moduleName}`.
pub static LOAD_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "loadModule",
    description: "Loads a module from Asterisk's module directory.\n\nThe request returns when the module has been initialised. The change lasts until Asterisk stops; `modules.conf` decides what the next start loads.",
    method: Method::Post,
    path: "/asterisk/modules/{moduleName}",
    parameters: &[
        Parameter {
            name: "moduleName",
            description: "File name of the module, such as `app_dial.so`. Loading, unloading and reloading also accept it without `.so`; `getModule` does not.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (
            409,
            "The module is loaded already, its file does not exist, or it declined to start, for example because a module it needs or its configuration is missing. The `message` says in general which, Asterisk's log why.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `DELETE /asterisk/modules/{moduleName}`.
pub static UNLOAD_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "unloadModule",
    description: "Stops a module and removes it from memory.\n\nA module in use is kept, so one that serves a call cannot be pulled away. Unloading what ARI itself stands on takes this interface away from the application that asked.",
    method: Method::Delete,
    path: "/asterisk/modules/{moduleName}",
    parameters: &[
        Parameter {
            name: "moduleName",
            description: "File name of the module, such as `app_dial.so`. Loading, unloading and reloading also accept it without `.so`; `getModule` does not.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (404, "No module of this name is loaded. Compare with `listModules`."),
        (
            409,
            "The module is in use, another module depends on it, or it refuses to be unloaded while Asterisk runs. Its `use_count` gives a hint; try again when it is 0.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `PUT /asterisk/modules/{moduleName}`.
pub static RELOAD_MODULE: Operation = Operation {
    resource: "asterisk",
    nickname: "reloadModule",
    description: "Makes a module read its configuration again, without interrupting calls.\n\nSuccess is 204, or 202 when the reload was only queued because Asterisk is still starting. Neither proves that the new configuration is in force: many modules keep the old one when a file is faulty, and only Asterisk's log tells.",
    method: Method::Put,
    path: "/asterisk/modules/{moduleName}",
    parameters: &[
        Parameter {
            name: "moduleName",
            description: "File name of the module, such as `app_dial.so`. Loading, unloading and reloading also accept it without `.so`; `getModule` does not.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (404, "No module of this name is loaded. Compare with `listModules`."),
        (
            409,
            "Another reload is running, the module has not been initialised, it reported an error, or it cannot be reloaded at all. Only the first passes by itself.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 5, 0)],
    },
};

/// `GET /asterisk/logging`.
pub static LIST_LOG_CHANNELS: Operation = Operation {
    resource: "asterisk",
    nickname: "listLogChannels",
    description: "Lists the destinations Asterisk logs to, with their levels.",
    method: Method::Get,
    path: "/asterisk/logging",
    parameters: &[],
    answer: AnswerType::Json("List[LogChannel]"),
    errors: &[],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 6, 0)],
    },
};

/// `POST /asterisk/logging/{logChannelName}`.
pub static ADD_LOG: Operation = Operation {
    resource: "asterisk",
    nickname: "addLog",
    description: "Opens a further log destination until it is deleted or Asterisk restarts.\n\nA level that Asterisk does not know is silently left out. If the file cannot be opened, or the syslog facility is unknown, the answer is 500.",
    method: Method::Post,
    path: "/asterisk/logging/{logChannelName}",
    parameters: &[
        Parameter {
            name: "logChannelName",
            description: "Name as in `logger.conf`: a file name, relative to Asterisk's log directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such as `syslog.local0`.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
        Parameter {
            name: "configuration",
            description: "Levels to log, comma-separated, in the notation of `logger.conf`: `error,warning,notice`, also `verbose`, `debug`, `dtmf`, and `*` for all.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (400, "`configuration` is missing or empty."),
        (
            409,
            "A log channel of this name exists already, from `logger.conf` or from an earlier request. Delete it first to change its levels.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 6, 0)],
    },
};

/// `DELETE /asterisk/logging/{logChannelName}`.
pub static DELETE_LOG: Operation = Operation {
    resource: "asterisk",
    nickname: "deleteLog",
    description: "Closes a log destination that was added while Asterisk runs.\n\nThe file itself stays on disk.",
    method: Method::Delete,
    path: "/asterisk/logging/{logChannelName}",
    parameters: &[
        Parameter {
            name: "logChannelName",
            description: "Name as in `logger.conf`: a file name, relative to Asterisk's log directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such as `syslog.local0`.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (
            404,
            "No log channel of this name was added while Asterisk runs. Current releases refuse in the same way to remove one that comes from `logger.conf`.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 6, 0)],
    },
};

/// `PUT /asterisk/logging/{logChannelName}/rotate`.
pub static ROTATE_LOG: Operation = Operation {
    resource: "asterisk",
    nickname: "rotateLog",
    description: "Rotates one log file: the current file is renamed and a new one begun.\n\nHow old files are named follows `rotatestrategy` in `logger.conf`. Disabled log channels are enabled again on the way. A log channel that was added while Asterisk runs is gone after it was rotated.",
    method: Method::Put,
    path: "/asterisk/logging/{logChannelName}/rotate",
    parameters: &[
        Parameter {
            name: "logChannelName",
            description: "Name as in `logger.conf`: a file name, relative to Asterisk's log directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such as `syslog.local0`.",
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
                releases: super::IN_13_TO_24,
                since: &[],
            },
        },
    ],
    answer: AnswerType::Nothing,
    errors: &[
        (
            404,
            "No log file of this name is open. The console and syslog cannot be rotated and end here too.",
        ),
    ],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_13_TO_24,
        since: &[Version::new(13, 6, 0)],
    },
};

/// `GET /asterisk/variable`.
pub static GET_GLOBAL_VAR: Operation = Operation {
    resource: "asterisk",
    nickname: "getGlobalVar",
    description: "Reads a global dialplan variable.\n\nA variable that was never set reads as an empty string, not as an error. Dialplan functions are not evaluated here.",
    method: Method::Get,
    path: "/asterisk/variable",
    parameters: &[
        Parameter {
            name: "variable",
            description: "Name of the variable, without `${` and `}`. Names are case-sensitive.",
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
    ],
    answer: AnswerType::Json("Variable"),
    errors: &[(400, "`variable` is missing or empty.")],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};

/// `POST /asterisk/variable`.
pub static SET_GLOBAL_VAR: Operation = Operation {
    resource: "asterisk",
    nickname: "setGlobalVar",
    description: "Sets a global dialplan variable, visible to every channel.\n\nGlobal variables live in memory and are gone after a restart. 204 is no proof of success: setting a function that does not exist, or fails, is answered in the same way.",
    method: Method::Post,
    path: "/asterisk/variable",
    parameters: &[
        Parameter {
            name: "variable",
            description: "Name of the variable. A name ending in `)` writes to a dialplan function instead, without a channel.",
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
            name: "value",
            description: "New value. Leaving it out removes the variable. In a JSON body it must be a string; any other type sets an empty value.",
            location: Location::Query,
            kind: ParameterType::Scalar(Scalar::Text),
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
    errors: &[(400, "`variable` is missing or empty.")],
    upgrade: None,
    waits: false,
    sent_as: None,
    overlaps: &[],
    requires_modules: &[],
    availability: Availability {
        releases: super::IN_12_TO_24,
        since: &[Version::new(12, 0, 0)],
    },
};
