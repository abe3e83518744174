//! The commands of all operations, built from the operation table.

use std::sync::LazyLock;

use ari_api::schema::{
    Availability, DurationFormat, Location, Operation, Parameter, ParameterType, ResponseType,
    Scalar,
};
use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Arg, ArgAction, Args as _, Command, value_parser};

use crate::global_options::GlobalOptions;
use crate::help_text::{first_sentence, to_plain_text};
use crate::names::{kebab, operations};
use crate::release::Release;

/// The option for the file of a download, for operations that return bytes.
pub(crate) const OUT: &str = "out";

/// The option that allows overwriting an existing file.
pub(crate) const OVERWRITE: &str = "overwrite";

/// The option that takes over registered applications, for the operation that connects them.
pub(crate) const TAKE_OVER: &str = "take-over";

/// Returns `true` if a release has an item, or if no release is given.
pub(crate) fn is_available(availability: &Availability, release: Option<Release>) -> bool {
    release.is_none_or(|release| release.includes(availability))
}

/// Returns the command of a resource.
pub(crate) fn resource(name: &'static str, release: Option<Release>) -> Command {
    let command = Command::new(kebab(name))
        .about(format!("Operations of the resource {name}"))
        .subcommand_required(true)
        .arg_required_else_help(true);
    let command = match kebab(name) == name {
        true => command,
        false => command.alias(name),
    };
    with_operations(command, name, release)
}

pub(crate) fn with_operations(
    command: Command,
    resource: &'static str,
    release: Option<Release>,
) -> Command {
    operations(resource).fold(command, |command, operation| {
        command.subcommand(operation_command(operation, release))
    })
}

fn operation_command(operation: &'static Operation, release: Option<Release>) -> Command {
    let name = kebab(operation.nickname);
    let mut aliases = Vec::new();
    // `ari asterisk info`: `get-` can be omitted, unless the rest is the name of another operation.
    if let Some(short) = name.strip_prefix("get-") {
        let mut others = operations(operation.resource);
        if others.all(|other| kebab(other.nickname) != short) {
            aliases.push(short.to_owned());
        }
    }
    let mut command = Command::new(name.clone())
        .visible_aliases(aliases)
        .about(first_sentence(operation.description))
        .long_about(format!(
            "{}\n\n{} {}\nAvailable in {}.",
            to_plain_text(operation.description),
            operation.method,
            operation.path,
            operation.availability
        ))
        .after_long_help(operation_facts(operation))
        .hide(!is_available(&operation.availability, release));
    if name != operation.nickname {
        command = command.alias(operation.nickname);
    }
    // Variables of the path are in its order, other parameters in that of the table.
    for segment in operation.path.split('/') {
        let variable = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
        if let Some(parameter) = variable.and_then(|name| operation.parameter(name)) {
            let argument = argument(operation, parameter, release);
            command = command.arg(
                argument
                    .required(true)
                    .value_name(kebab(parameter.name).replace('-', "_").to_uppercase()),
            );
        }
    }
    for parameter in operation.parameters {
        if parameter.location == Location::Path {
            continue;
        }
        let option = option_name(parameter);
        let mut argument = argument(operation, parameter, release)
            .long(option.clone())
            .required(parameter.required);
        if option != parameter.name && !is_reserved(parameter.name) {
            argument = argument.alias(parameter.name);
        }
        command = command.arg(argument);
    }
    if operation.response == ResponseType::Binary {
        command = command.arg(
            Arg::new(OVERWRITE)
                .long(OVERWRITE)
                .action(ArgAction::SetTrue)
                .help("Replace the file if it exists"),
        );
        command = command.arg(
            Arg::new(OUT)
                .long(OUT)
                .short('o')
                .value_name("FILE")
                .value_parser(value_parser!(std::path::PathBuf))
                .help("File to write; defaults to the standard output, unless it is a terminal"),
        );
    }
    if operation.websocket_protocol.is_some() {
        command = command.arg(
            Arg::new(TAKE_OVER)
                .long(TAKE_OVER)
                .action(ArgAction::SetTrue)
                .help("Take over the applications from the programs that are connected as them"),
        );
    }
    command
}

/// Options of the command itself, whose names parameters of operations cannot have.
static RESERVED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let command = GlobalOptions::augment_args(Command::new("ari"));
    let global = command.get_arguments().filter_map(Arg::get_long);
    let own = ["help", "version", OUT, OVERWRITE, TAKE_OVER];
    global.chain(own).map(str::to_owned).collect()
});

fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|reserved| reserved == name)
}

/// Returns the name of a parameter's option. Fields are given one by one.
pub(crate) fn option_name(parameter: &Parameter) -> String {
    match parameter.kind {
        ParameterType::Fields => "field".to_owned(),
        _ if is_reserved(parameter.name) => format!("param-{}", parameter.name),
        _ => kebab(parameter.name),
    }
}

/// Returns clap's id for the argument of a parameter.
pub(crate) fn id(parameter: &Parameter) -> String {
    format!("parameter {}", parameter.name)
}

fn argument(operation: &Operation, parameter: &'static Parameter, release: Option<Release>) -> Arg {
    let mut help = to_plain_text(parameter.description);
    // Here users write the value as it is sent.
    if value_name(parameter.kind) == JSON && !parameter.wire_format.is_empty() {
        help.push_str(&format!(" {}", to_plain_text(parameter.wire_format)));
    }
    if let Some(default) = parameter.default {
        help.push_str(&format!(" [default: {default}]"));
    }
    if let Some(format) = &parameter.duration {
        help.push_str(&duration(format));
    }
    match (parameter.min, parameter.max) {
        (Some(min), Some(max)) => help.push_str(&format!(" [{min} to {max}]")),
        (Some(min), None) => help.push_str(&format!(" [{min} or more]")),
        (None, Some(max)) => help.push_str(&format!(" [{max} or less]")),
        (None, None) => {}
    }
    if let Some(form) = format_hint(parameter.kind) {
        help.push_str(&format!(" {form}"));
    }
    if parameter.availability != operation.availability {
        help.push_str(&format!(" Available in {}.", parameter.availability));
    }
    let argument = Arg::new(id(parameter))
        .help(first_sentence(&help))
        .long_help(help.trim().to_owned())
        .value_name(match parameter.duration {
            Some(_) => "DURATION",
            None => value_name(parameter.kind),
        })
        .hide(!is_available(&parameter.availability, release));
    match parameter.kind {
        ParameterType::Scalar(kind) => scalar(argument, parameter, kind, release),
        ParameterType::List(kind) | ParameterType::Joined(kind) | ParameterType::Split(kind) => {
            scalar(argument, parameter, kind, release).action(ArgAction::Append)
        }
        ParameterType::Variables
        | ParameterType::TextMap
        | ParameterType::JsonMap
        | ParameterType::Fields => argument.action(ArgAction::Append),
        _ => argument,
    }
}

fn scalar(
    argument: Arg,
    parameter: &'static Parameter,
    kind: Scalar,
    release: Option<Release>,
) -> Arg {
    match kind {
        Scalar::Boolean => argument
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(["true", "false"]),
        Scalar::Int | Scalar::Long if parameter.duration.is_some() => argument
            .allow_negative_numbers(true)
            .value_parser(move |text: &str| {
                let problem = |problem| format!("it {problem}");
                parameter.parse_duration(text).map_err(problem)
            }),
        Scalar::Int | Scalar::Long => {
            let (least, most) = match kind {
                Scalar::Int => (i32::MIN.into(), i32::MAX.into()),
                _ => (i64::MIN, i64::MAX),
            };
            let range = parameter.min.unwrap_or(least)..=parameter.max.unwrap_or(most);
            let parser = value_parser!(i64).range(range);
            argument.allow_negative_numbers(true).value_parser(parser)
        }
        Scalar::Double => argument
            .allow_negative_numbers(true)
            .value_parser(value_parser!(f64)),
        _ if parameter.values.is_empty() => argument,
        _ => {
            let values = parameter.values.iter().map(|value| {
                PossibleValue::new(value.value)
                    .help(to_plain_text(value.description))
                    .hide(!is_available(&value.availability, release))
            });
            argument.value_parser(PossibleValuesParser::new(values))
        }
    }
}

/// Describes the format of a duration and the meaning of its special numbers.
fn duration(format: &DurationFormat) -> String {
    let unit = format.unit.plural();
    let unlimited = match format.unlimited {
        Some(number) => format!("; {number}: no limit"),
        None => String::new(),
    };
    format!(" [{unit}, or with a unit: 500ms, 30s, 2m{unlimited}]")
}

/// The name of values that are sent as they are written.
const JSON: &str = "JSON";

fn value_name(kind: ParameterType) -> &'static str {
    match kind {
        ParameterType::Scalar(kind)
        | ParameterType::List(kind)
        | ParameterType::Joined(kind)
        | ParameterType::Split(kind) => match kind {
            Scalar::Boolean => "BOOLEAN",
            Scalar::Int | Scalar::Long => "NUMBER",
            Scalar::Double => "DECIMAL",
            _ => "TEXT",
        },
        ParameterType::Variables
        | ParameterType::TextMap
        | ParameterType::JsonMap
        | ParameterType::Fields => "NAME=VALUE",
        _ => JSON,
    }
}

/// Describes the format of a value if it is not obvious.
fn format_hint(kind: ParameterType) -> Option<&'static str> {
    match kind {
        ParameterType::Split(_) => {
            Some("Repeat the option for further values, or separate them by commas.")
        }
        ParameterType::List(_) | ParameterType::Joined(_) => {
            Some("Repeat the option for further values; a comma is part of a value.")
        }
        ParameterType::Variables => Some(
            "Give NAME=VALUE for each, or a JSON object such as \
             {\"NAME\":{\"value\":\"…\",\"report_events\":true}}, with or without the key \
             variables around it.",
        ),
        ParameterType::TextMap => Some("Give NAME=VALUE for each, or a JSON object."),
        ParameterType::JsonMap => Some(
            "Give NAME=VALUE for each, or a JSON object. A value that is JSON is sent as such, any \
             other one as text.",
        ),
        ParameterType::Fields => Some("Give NAME=VALUE for each."),
        _ => None,
    }
}

/// Describes the status codes of errors and the required modules of an operation.
fn operation_facts(operation: &Operation) -> String {
    let mut text = String::new();
    if !operation.errors.is_empty() {
        text.push_str("Errors:");
        for (code, reason) in operation.errors {
            text.push_str(&format!("\n  {code}  {}", to_plain_text(reason)));
        }
    }
    if !operation.requires_modules.is_empty() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let modules = operation.requires_modules.join(", ");
        text.push_str(&format!("Required modules: {modules}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use ari_api::OPERATIONS;

    use super::*;

    /// A value that is sent as it is written has its form on the wire in its help; others do not.
    #[test]
    fn help_has_the_wire_format_of_json_alone() {
        let mut of_json = 0;
        for operation in OPERATIONS {
            for parameter in operation.parameters {
                let wire_format = to_plain_text(parameter.wire_format);
                let help = argument(operation, parameter, None);
                let help = help.get_long_help().or(help.get_help());
                let help = help.map(ToString::to_string).unwrap_or_default();
                let is_json = value_name(parameter.kind) == JSON;
                if !wire_format.is_empty() {
                    assert_eq!(help.contains(&wire_format), is_json, "{operation}: {help}");
                    of_json += usize::from(is_json);
                }
            }
        }
        assert!(of_json > 0);
    }
}
