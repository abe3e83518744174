//! Named corrections of known bugs in Asterisk's specs.
//!
//! A fixup says why it exists and which releases need it. On the releases that this generator
//! bundles, one that finds nothing to fix is an error: upstream has corrected the spec, and the
//! fixup must go. On anyone's own specs it is a note, since their users cannot edit this file.
//!
//! Fixups of the JSON (a misspelt key) run before strict reading; the others edit the specs as
//! read.

mod durations;

use serde_json::Value;

use crate::api::{DurationFormat, DurationUnit};
use crate::spec::{
    AllowableValues, ErrorResponseSpec, OperationSpec, ParameterSpec, PropertySpec, ResourceSpec,
    UndeclaredValue,
};
use crate::{Release, Version};

/// A named correction.
#[derive(Clone, Copy, Debug)]
pub struct Fixup {
    /// Name, as errors and `check` print it.
    pub name: &'static str,
    /// The bug upstream, and the evidence for it.
    pub reason: &'static str,
    /// Releases whose specs need it.
    pub releases: ReleaseRange,
    /// `true` if only specs with Asterisk's prose have the bug, and `api-docs` does not.
    pub raw_specs_only: bool,
    /// The correction.
    pub edit: Edit,
}

/// The change that a fixup makes.
#[derive(Clone, Copy, Debug)]
pub enum Edit {
    /// Renames a key everywhere in a resource's JSON.
    RenameKey {
        /// The resource.
        resource: &'static str,
        /// The misspelt key.
        from: &'static str,
        /// The right key.
        to: &'static str,
    },
    /// Turns error codes written as strings into numbers.
    NumberErrorCodes {
        /// The resource.
        resource: &'static str,
        /// The operation.
        nickname: &'static str,
    },
    /// Gives an operation another nickname.
    RenameOperation {
        /// The resource.
        resource: &'static str,
        /// The nickname in the spec.
        from: &'static str,
        /// The nickname to use.
        to: &'static str,
    },
    /// Corrects the version that introduced an operation.
    ReplaceSince {
        /// The resource.
        resource: &'static str,
        /// The operation.
        nickname: &'static str,
        /// The version in the spec.
        from: &'static str,
        /// The version that really has it.
        to: &'static str,
    },
    /// Declares status codes that the server sends and the spec leaves out.
    AddErrorCodes(&'static [(&'static str, &'static str, &'static [u16])]),
    /// Gives parameters the type that the server reads.
    ChangeParameterType {
        /// Resource, operation and parameter of each.
        parameters: &'static [(&'static str, &'static str, &'static str)],
        /// The type in the spec.
        from: &'static str,
        /// The type in this generator's terms, see [`crate::api::ParameterType`].
        to: &'static str,
    },
    /// Sends the default of parameters that are not given, since the server does not assume it.
    SendDefaults(&'static [(&'static str, &'static str, &'static str)]),
    /// Adds values to those of a parameter.
    AddValues {
        /// Resource, operation and parameter.
        parameter: (&'static str, &'static str, &'static str),
        /// The values.
        values: &'static [&'static str],
        /// The versions that introduced them, each within its release.
        since: &'static [&'static str],
    },
    /// Demands parameters that the server demands and the spec leaves open.
    RequireParameters(&'static [(&'static str, &'static str, &'static str)]),
    /// Declares whole numbers as durations.
    MeasureParameters {
        /// Resource, operation and parameter of each.
        parameters: &'static [(&'static str, &'static str, &'static str)],
        /// Their unit.
        format: DurationFormat,
    },
    /// Says of numbers in models that they are a length of time.
    MeasureProperties {
        /// Model and property of each.
        properties: &'static [(&'static str, &'static str)],
        /// Their unit.
        unit: DurationUnit,
    },
    /// Says of properties of models that they can be omitted.
    OptionalProperties(&'static [(&'static str, &'static str)]),
    /// Limits whole numbers to those that the server can handle.
    LimitNumbers {
        /// Resource, operation and parameter of each.
        parameters: &'static [(&'static str, &'static str, &'static str)],
        /// The largest one.
        max: i64,
    },
    /// Sends an operation as another one whenever a parameter is given.
    RewriteOperation {
        /// The resource of both.
        resource: &'static str,
        /// The operation that the server gets wrong.
        nickname: &'static str,
        /// The parameter it gets wrong.
        parameter: &'static str,
        /// The operation that does the same.
        target: &'static str,
        /// The query parameter of the first that is the path variable of the second; where it is
        /// not given, a unique one is made.
        id_param: &'static str,
    },
}

/// Releases, by their numbers. An open range includes future releases: a bug
/// lasts until upstream mends it, and then the fixup is an error.
#[derive(Clone, Copy, Debug)]
pub struct ReleaseRange {
    first: u16,
    last: Option<u16>,
    except: &'static [u16],
}

impl ReleaseRange {
    const fn since(first: u16) -> Self {
        ReleaseRange {
            first,
            last: None,
            except: &[],
        }
    }

    const fn until(self, last: u16) -> Self {
        ReleaseRange {
            last: Some(last),
            ..self
        }
    }

    const fn except(self, without: &'static [u16]) -> Self {
        ReleaseRange {
            except: without,
            ..self
        }
    }

    /// Returns `true` if a release is among them.
    pub fn contains(&self, release: Release) -> bool {
        let number = release.number();
        self.first <= number
            && self.last.is_none_or(|last| number <= last)
            && !self.except.contains(&number)
    }
}

const ALL: ReleaseRange = ReleaseRange::since(12);
/// Those with the operations that 13 got late and 14 and 15 never.
const LATE_IN_13: ReleaseRange = ReleaseRange::since(13).except(&[14, 15]);
/// Those in which modules can be configured, and a channel's codecs chosen.
const SINCE_13: ReleaseRange = ReleaseRange::since(13);
/// Those with variables of bridges and several variables at once, which 21 never got.
const VARIABLES: ReleaseRange = ReleaseRange::since(20).except(&[21]);

/// Every fixup, in the order in which they are applied.
pub const FIXUPS: &[Fixup] = &[
    Fixup {
        name: "misspelt-default",
        reason: "`defalutValue` stands for `defaultValue` in the hangup reason",
        releases: ReleaseRange::since(12).until(16),
        raw_specs_only: false,
        edit: Edit::RenameKey {
            resource: "channels",
            from: "defalutValue",
            to: "defaultValue",
        },
    },
    Fixup {
        name: "misspelt-description",
        reason: "`descriptioni` stands for `description` in two parameters of sendMessage",
        releases: ALL,
        raw_specs_only: true,
        edit: Edit::RenameKey {
            resource: "endpoints",
            from: "descriptioni",
            to: "description",
        },
    },
    Fixup {
        name: "improvised-note",
        reason: "`__note` stands for `notes` in the sound format",
        releases: ALL,
        raw_specs_only: true,
        edit: Edit::RenameKey {
            resource: "sounds",
            from: "__note",
            to: "notes",
        },
    },
    Fixup {
        name: "string-error-codes",
        reason: "the error codes of move are strings where all others are numbers",
        releases: LATE_IN_13,
        raw_specs_only: false,
        edit: Edit::NumberErrorCodes {
            resource: "channels",
            nickname: "move",
        },
    },
    Fixup {
        name: "create-with-id-nickname",
        reason: "12 calls createWithId create_or_update_with_id, the same operation",
        releases: ReleaseRange::since(12).until(12),
        raw_specs_only: false,
        edit: Edit::RenameOperation {
            resource: "bridges",
            from: "create_or_update_with_id",
            to: "createWithId",
        },
    },
    Fixup {
        name: "rtp-statistics-nickname",
        reason: "`rtpstatistics` hides its two words, which the path rtp_statistics shows",
        releases: LATE_IN_13,
        raw_specs_only: false,
        edit: Edit::RenameOperation {
            resource: "channels",
            from: "rtpstatistics",
            to: "rtpStatistics",
        },
    },
    Fixup {
        name: "claim-since",
        reason: "no Asterisk 22 before 22.10.0 has the operation that the spec dates to 22.7.0",
        releases: VARIABLES,
        raw_specs_only: false,
        edit: Edit::ReplaceSince {
            resource: "events",
            nickname: "claimChannel",
            from: "22.7.0",
            to: "22.10.0",
        },
    },
    Fixup {
        name: "undeclared-error-codes",
        reason: "the server answers these codes, observed or read in its source",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::AddErrorCodes(&[
            ("bridges", "create", &[400]),
            ("bridges", "createWithId", &[400]),
            ("bridges", "destroy", &[409]),
            ("bridges", "setVideoSource", &[400]),
            ("bridges", "clearVideoSource", &[409]),
            ("channels", "originate", &[404]),
            ("channels", "originateWithId", &[404]),
            ("channels", "create", &[400]),
            ("channels", "continueInDialplan", &[400]),
            ("channels", "mute", &[400]),
            ("channels", "unmute", &[400]),
            ("channels", "play", &[400]),
            ("channels", "playWithId", &[400]),
            ("channels", "rtpStatistics", &[403]),
            ("channels", "externalMedia", &[404, 501]),
            ("events", "claimChannel", &[400, 501]),
            ("recordings", "copyStored", &[400, 403]),
            ("recordings", "cancel", &[409]),
            ("recordings", "stop", &[409]),
            ("sounds", "list", &[404]),
            ("sounds", "get", &[404]),
        ]),
    },
    Fixup {
        name: "comma-separated-text",
        reason: "the server splits these strings at commas, though the spec has no list",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::ChangeParameterType {
            parameters: &[
                ("channels", "originate", "appArgs"),
                ("channels", "originateWithId", "appArgs"),
                ("channels", "create", "appArgs"),
                ("channels", "snoopChannel", "appArgs"),
                ("channels", "snoopChannelWithId", "appArgs"),
            ],
            from: "string",
            to: "Joined[string]",
        },
    },
    Fixup {
        name: "comma-separated-formats",
        reason: "the server splits names of codecs at every comma, though the spec has no list",
        releases: SINCE_13,
        raw_specs_only: false,
        edit: Edit::ChangeParameterType {
            parameters: &[
                ("channels", "originate", "formats"),
                ("channels", "originateWithId", "formats"),
                ("channels", "create", "formats"),
            ],
            from: "string",
            to: "Split[string]",
        },
    },
    Fixup {
        name: "comma-separated-move",
        reason: "move splits its arguments at every comma, escaped or not, and drops empty ones",
        releases: LATE_IN_13,
        raw_specs_only: false,
        edit: Edit::ChangeParameterType {
            parameters: &[("channels", "move", "appArgs")],
            from: "string",
            to: "Split[string]",
        },
    },
    Fixup {
        name: "channel-variables-body",
        reason: "the spec says only `containers`; the server reads names and strings, since 22.10 \
                 also {value, report_events}",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::ChangeParameterType {
            parameters: &[
                ("channels", "originate", "variables"),
                ("channels", "originateWithId", "variables"),
                ("channels", "create", "variables"),
                ("channels", "externalMedia", "variables"),
                ("channels", "setChannelVars", "variables"),
                ("bridges", "create", "variables"),
                ("bridges", "createWithId", "variables"),
                ("bridges", "setBridgeVars", "variables"),
            ],
            from: "containers",
            to: "Map[VariableValue]",
        },
    },
    Fixup {
        name: "message-variables-body",
        reason: "the spec says only `containers`; the server takes strings and nothing else",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::ChangeParameterType {
            parameters: &[
                ("endpoints", "sendMessage", "variables"),
                ("endpoints", "sendMessageToEndpoint", "variables"),
                ("endpoints", "refer", "variables"),
                ("endpoints", "referToEndpoint", "variables"),
            ],
            from: "containers",
            to: "Map[string]",
        },
    },
    Fixup {
        name: "dynamic-configuration-body",
        reason: "the spec says only `containers`; the server reads a list of ConfigTuple",
        releases: SINCE_13,
        raw_specs_only: false,
        edit: Edit::ChangeParameterType {
            parameters: &[("asterisk", "updateObject", "fields")],
            from: "containers",
            to: "Fields",
        },
    },
    Fixup {
        name: "event-filter-body",
        reason: "the spec says only `object`; the server reads `allowed` and `disallowed`",
        releases: LATE_IN_13,
        raw_specs_only: false,
        edit: Edit::ChangeParameterType {
            parameters: &[("applications", "filter", "filter")],
            from: "object",
            to: "EventFilter",
        },
    },
    Fixup {
        name: "sent-direction",
        reason: "the spec assumes `both`; the server answers 400 `Direction is required` without",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::SendDefaults(&[
            ("channels", "mute", "direction"),
            ("channels", "unmute", "direction"),
        ]),
    },
    Fixup {
        name: "media-directions",
        reason: "the spec knows only `both`; chan_websocket also takes `in` and `out`",
        releases: VARIABLES,
        raw_specs_only: false,
        edit: Edit::AddValues {
            parameter: ("channels", "externalMedia", "direction"),
            values: &["in", "out"],
            since: &["20.19.0", "22.9.0", "23.3.0"],
        },
    },
    Fixup {
        name: "required-keys",
        reason: "the spec can do without digits; the server answers 400 `DTMF is required`",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::RequireParameters(&[("channels", "sendDTMF", "dtmf")]),
    },
    Fixup {
        name: "ids-of-requests-over-websockets",
        reason: "the spec requires both ids; the server takes a request without them, and its \
                 response has empty ones",
        releases: ReleaseRange::since(20),
        raw_specs_only: false,
        edit: Edit::OptionalProperties(&[
            ("RESTRequest", "transaction_id"),
            ("RESTRequest", "request_id"),
        ]),
    },
    Fixup {
        name: "bridge-create-variables",
        reason: "POST /bridges takes its whole body for the variables, answers the documented one \
                 with 400 and leaks a bridge; POST /bridges/{bridgeId} does it right",
        releases: VARIABLES,
        raw_specs_only: false,
        edit: Edit::RewriteOperation {
            resource: "bridges",
            nickname: "create",
            parameter: "variables",
            target: "createWithId",
            id_param: "bridgeId",
        },
    },
    Fixup {
        name: "seconds-to-ring",
        reason: "the spec says only `int`; the server counts seconds, -1 of them without limit",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::MeasureParameters {
            parameters: durations::RINGING_PARAMETERS,
            format: durations::RINGING,
        },
    },
    Fixup {
        name: "seconds-at-most",
        reason: "the spec says only `int`; the server counts seconds, 0 of them without limit",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::MeasureParameters {
            parameters: durations::LIMITS_PARAMETERS,
            format: durations::LIMITS,
        },
    },
    Fixup {
        name: "milliseconds",
        reason: "the spec says only `int`; the server counts milliseconds",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::MeasureParameters {
            parameters: durations::LENGTHS_PARAMETERS,
            format: durations::LENGTHS,
        },
    },
    Fixup {
        name: "milliseconds-with-default",
        reason: "the spec says only `int`; the server counts milliseconds, and takes 0 for its default",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::MeasureParameters {
            parameters: durations::STEPS_PARAMETERS,
            format: durations::STEPS,
        },
    },
    Fixup {
        name: "seconds-in-32-bits-of-milliseconds",
        reason: "the spec has no upper limit; the server multiplies by 1000 in 32 bits, so that \
                 4294968 seconds are 0.7",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::LimitNumbers {
            parameters: durations::MULTIPLIED_PARAMETERS,
            max: durations::MAX_SECONDS,
        },
    },
    Fixup {
        name: "seconds-in-models",
        reason: "the spec says only `int` and `double`; the server counts seconds",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::MeasureProperties {
            properties: durations::SECONDS_PROPERTIES,
            unit: DurationUnit::Seconds,
        },
    },
    Fixup {
        name: "milliseconds-in-models",
        reason: "the spec says only `int`; the server counts milliseconds",
        releases: ALL,
        raw_specs_only: false,
        edit: Edit::MeasureProperties {
            properties: durations::MILLISECONDS_PROPERTIES,
            unit: DurationUnit::Milliseconds,
        },
    },
];

/// Returns the fixups that specs of `release` need.
pub fn for_release(release: Release, has_prose: bool) -> impl Iterator<Item = &'static Fixup> {
    FIXUPS
        .iter()
        .filter(move |fixup| fixup.releases.contains(release))
        .filter(move |fixup| has_prose || !fixup.raw_specs_only)
}

impl Fixup {
    /// Returns `true` if it corrects the JSON of a resource.
    pub(crate) fn edits_json(&self, resource: &str) -> bool {
        match self.edit {
            Edit::RenameKey { resource: at, .. } | Edit::NumberErrorCodes { resource: at, .. } => {
                at == resource
            }
            _ => false,
        }
    }

    /// Corrects a resource's JSON and returns the number of changed places.
    pub(crate) fn edit_json(&self, resource: &str, json: &mut Value) -> usize {
        match self.edit {
            Edit::RenameKey {
                resource: at,
                from,
                to,
            } if at == resource => rename_key(json, from, to),
            Edit::NumberErrorCodes {
                resource: at,
                nickname,
            } if at == resource => number_codes(json, nickname),
            _ => 0,
        }
    }

    /// Corrects a resource that was read and returns the number of changed places.
    pub(crate) fn edit_resource(&self, resource: &mut ResourceSpec) -> usize {
        match self.edit {
            Edit::RenameKey { .. } | Edit::NumberErrorCodes { .. } => 0,
            Edit::RenameOperation {
                resource: at,
                from,
                to,
            } => edit_operation(resource, at, from, |operation| {
                operation.nickname = to.to_owned();
                1
            }),
            Edit::ReplaceSince {
                resource: at,
                nickname,
                from,
                to,
            } => edit_operation(resource, at, nickname, |operation| {
                let Ok(to) = to.parse() else { return 0 };
                let wrong = operation
                    .since
                    .iter_mut()
                    .filter(|since| since.to_string() == from);
                wrong.map(|since| *since = to).count()
            }),
            Edit::AddErrorCodes(operations) => operations
                .iter()
                .map(|&(at, nickname, codes)| {
                    edit_operation(resource, at, nickname, |operation| {
                        add_codes(operation, codes)
                    })
                })
                .sum(),
            Edit::ChangeParameterType {
                parameters,
                from,
                to,
            } => edit_parameters(resource, parameters, |parameter| {
                let wrong = parameter.data_type == from;
                if wrong {
                    parameter.data_type = to.to_owned();
                }
                wrong
            }),
            Edit::SendDefaults(parameters) => edit_parameters(resource, parameters, |parameter| {
                let optional = parameter.required != Some(true);
                parameter.sends_default = optional && parameter.default_value.is_some();
                parameter.sends_default
            }),
            Edit::AddValues {
                parameter,
                values,
                since,
            } => edit_parameters(resource, &[parameter], |parameter| {
                add_values(parameter, values, since)
            }),
            Edit::RequireParameters(parameters) => {
                edit_parameters(resource, parameters, |parameter| {
                    parameter.required.replace(true) != Some(true)
                })
            }
            Edit::MeasureParameters { parameters, format } => {
                edit_parameters(resource, parameters, |parameter| {
                    let counts = is_whole_number(parameter) && parameter.duration.is_none();
                    if counts {
                        parameter.duration = Some(format);
                    }
                    counts
                })
            }
            Edit::MeasureProperties { properties, unit } => {
                edit_properties(resource, properties, |property| {
                    let counts = is_number(property) && property.duration.is_none();
                    if counts {
                        property.duration = Some(unit);
                    }
                    counts
                })
            }
            Edit::OptionalProperties(properties) => {
                edit_properties(resource, properties, |property| {
                    property.required.replace(false) == Some(true)
                })
            }
            Edit::LimitNumbers { parameters, max } => {
                edit_parameters(resource, parameters, |parameter| {
                    is_whole_number(parameter) && limit(&mut parameter.allowable_values, max)
                })
            }
            Edit::RewriteOperation {
                resource: at,
                nickname,
                parameter,
                target: instead,
                id_param: id,
            } => edit_operation(resource, at, nickname, |operation| {
                // Point releases that came before the parameter have nothing to send otherwise.
                if operation.parameters.iter().all(|p| p.name != parameter) {
                    return 0;
                }
                operation.rewrite = Some(crate::spec::Rewrite {
                    if_present: parameter.to_owned(),
                    target: instead.to_owned(),
                    id_param: id.to_owned(),
                });
                1
            }),
        }
    }
}

/// Edits parameters, for which `edit` returns `true` if they were wrong, and returns the number of
/// these.
fn edit_parameters(
    resource: &mut ResourceSpec,
    parameters: &[(&str, &str, &str)],
    edit: impl Fn(&mut ParameterSpec) -> bool,
) -> usize {
    let places = parameters.iter().map(|&(at, nickname, name)| {
        edit_operation(resource, at, nickname, |operation| {
            let found = operation.parameters.iter_mut().find(|p| p.name == name);
            found.map_or(0, |parameter| usize::from(edit(parameter)))
        })
    });
    places.sum()
}

/// Edits properties of models, as [`edit_parameters`] does.
fn edit_properties(
    resource: &mut ResourceSpec,
    properties: &[(&str, &str)],
    edit: impl Fn(&mut PropertySpec) -> bool,
) -> usize {
    let places = properties.iter().map(|&(model, name)| {
        let mut models = resource.models.iter_mut();
        let model = models.find(|known| known.id == model);
        let mut properties = model.into_iter().flat_map(|model| &mut model.properties);
        let found = properties.find(|property| property.name == name);
        found.map_or(0, |property| usize::from(edit(property)))
    });
    places.sum()
}

fn is_whole_number(parameter: &ParameterSpec) -> bool {
    matches!(parameter.data_type.as_str(), "int" | "long")
        && parameter.param_type != "path"
        && parameter.allow_multiple != Some(true)
}

fn is_number(property: &PropertySpec) -> bool {
    matches!(property.data_type.as_str(), "int" | "long" | "double")
}

/// Adds values to the list of a parameter if it does not contain them.
fn add_values(parameter: &mut ParameterSpec, values: &[&str], since: &[&str]) -> bool {
    let Some(AllowableValues::List(declared)) = &parameter.allowable_values else {
        return false;
    };
    let since: Vec<Version> = since.iter().filter_map(|text| text.parse().ok()).collect();
    let missing = values.iter().map(|value| value.to_string());
    let missing = missing.filter(|value| !declared.contains(value));
    let added = missing.map(|value| UndeclaredValue {
        value,
        since: since.clone(),
    });
    parameter.undeclared_values = added.collect();
    !parameter.undeclared_values.is_empty()
}

/// Adds an upper limit if there is none.
fn limit(values: &mut Option<AllowableValues>, at: i64) -> bool {
    match values {
        None => {
            let (min, max) = (None, Some(at));
            *values = Some(AllowableValues::Range { min, max });
            true
        }
        Some(AllowableValues::Range { max, .. }) if max.is_none() => {
            *max = Some(at);
            true
        }
        Some(_) => false,
    }
}

fn edit_operation(
    resource: &mut ResourceSpec,
    name: &str,
    nickname: &str,
    mut edit: impl FnMut(&mut OperationSpec) -> usize,
) -> usize {
    if resource.name != name {
        return 0;
    }
    let operations = resource.apis.iter_mut().flat_map(|api| &mut api.operations);
    operations
        .filter(|operation| operation.nickname == nickname)
        .map(&mut edit)
        .sum()
}

fn add_codes(operation: &mut OperationSpec, codes: &[u16]) -> usize {
    let before = operation.error_responses.len();
    for &code in codes {
        if operation
            .error_responses
            .iter()
            .all(|declared| declared.code != code)
        {
            operation
                .error_responses
                .push(ErrorResponseSpec { code, reason: None });
        }
    }
    operation
        .error_responses
        .sort_by_key(|response| response.code);
    operation.error_responses.len() - before
}

fn rename_key(json: &mut Value, from: &str, to: &str) -> usize {
    match json {
        Value::Object(map) => {
            let mut places = 0;
            if let Some(value) = map.get(from).cloned().filter(|_| !map.contains_key(to)) {
                map.insert(to.to_owned(), value);
                map.shift_remove(from);
                places += 1;
            }
            places
                + map
                    .values_mut()
                    .map(|value| rename_key(value, from, to))
                    .sum::<usize>()
        }
        Value::Array(items) => items
            .iter_mut()
            .map(|item| rename_key(item, from, to))
            .sum(),
        _ => 0,
    }
}

fn number_codes(json: &mut Value, nickname: &str) -> usize {
    match json {
        Value::Object(map) => {
            let mut places = 0;
            let is_meant = map.get("nickname").is_some_and(|name| name == nickname);
            if let Some(Value::Array(responses)) =
                map.get_mut("errorResponses").filter(|_| is_meant)
            {
                for code in responses
                    .iter_mut()
                    .filter_map(|response| response.get_mut("code"))
                {
                    if let Some(number) = code.as_str().and_then(|text| text.parse::<u16>().ok()) {
                        *code = number.into();
                        places += 1;
                    }
                }
            }
            let inner = map.values_mut();
            places
                + inner
                    .map(|json| number_codes(json, nickname))
                    .sum::<usize>()
        }
        Value::Array(items) => items
            .iter_mut()
            .map(|json| number_codes(json, nickname))
            .sum(),
        _ => 0,
    }
}
