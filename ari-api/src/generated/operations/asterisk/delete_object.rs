// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operation `DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}`, as data.

use super::super::availability;
use crate::runtime::{
    Location, Method, Operation, Parameter, ParameterType, ResponseType, Scalar,
};

/// `DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}`.
pub static DELETE_OBJECT: Operation = Operation {
    resource: "asterisk",
    nickname: "deleteObject",
    description: "Removes a configuration object from the backend that holds it.\n\nOnly objects in a writable backend can be removed, not those of a plain configuration file.",
    wire_format: "",
    method: Method::Delete,
    path: "/asterisk/config/dynamic/{configClass}/{objectType}/{id}",
    parameters: &[
        Parameter {
            name: "configClass",
            description: "Module that owns the configuration, such as `res_pjsip`. Only modules that keep their objects in Asterisk's sorcery framework can be reached.",
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
            availability: availability::IN_V13_5_0_14_TO_24,
        },
        Parameter {
            name: "objectType",
            description: "Type of the object within its module, such as `endpoint`, `auth`, `aor` or `identify` of `res_pjsip`.",
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
            availability: availability::IN_V13_5_0_14_TO_24,
        },
        Parameter {
            name: "id",
            description: "Name of the object: what stands between brackets as the section name when the object is kept in a configuration file.",
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
            availability: availability::IN_V13_5_0_14_TO_24,
        },
    ],
    response: ResponseType::Empty,
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
    websocket_protocol: None,
    blocks_channel_queue: false,
    rewrite: None,
    overlaps: &[],
    requires_modules: &[],
    availability: availability::IN_V13_5_0_14_TO_24,
};
