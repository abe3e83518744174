//! Error messages for invalid arguments, each with a hint.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::text::escape_control;

/// Returns the message, or `None` if there is no error, such as for `--help`.
pub(crate) fn message(error: &Error, tree: &Command, arguments: &[OsString]) -> Option<String> {
    let get = |kind| error.get(kind).map(quoted).unwrap_or_default();
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let problem = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::MissingRequiredArgument => format!("missing argument: {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value"),
        ErrorKind::InvalidValue => format!("invalid value {value:?} for {argument}"),
        ErrorKind::ValueValidation => {
            format!("invalid value {value:?} for {argument}: {}", reason(error))
        }
        ErrorKind::UnknownArgument => format!("unexpected argument {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!("unknown command {:?}", get(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand => "missing command".to_owned(),
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            prior if prior == argument => format!("{argument} can be given only once"),
            prior => format!("{argument} cannot be used together with {prior}"),
        },
        ErrorKind::NoEquals => format!("{argument} needs its value after an equals sign"),
        _ => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    };
    let mut text = escape_control(&problem);
    let known = get(ContextKind::ValidValue);
    if !known.is_empty() {
        text.push_str(&format!("; valid values: {known}"));
    }
    let near = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    if let Some(near) = near.map(get).into_iter().find(|near| !near.is_empty()) {
        text.push_str(&format!("; did you mean {near}?"));
    }
    let separator = if text.ends_with('?') { "" } else { ";" };
    Some(format!(
        "{text}{separator} see `{} --help`",
        command(tree, arguments)
    ))
}

fn quoted(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

/// Returns the command that the arguments name, such as `ari channels originate`.
fn command(tree: &Command, arguments: &[OsString]) -> String {
    let mut words = vec![tree.get_name().to_owned()];
    let mut at = tree;
    let arguments = arguments.iter().skip(1).filter_map(|text| text.to_str());
    for argument in arguments.take_while(|argument| *argument != "--") {
        if let Some(below) = at.find_subcommand(argument) {
            words.push(below.get_name().to_owned());
            at = below;
        }
    }
    words.join(" ")
}

/// Returns the reason why a value is invalid.
fn reason(error: &Error) -> String {
    let reason = error.source().map(ToString::to_string).unwrap_or_default();
    match reason.as_str() {
        "invalid digit found in string" => "expected a whole number".to_owned(),
        "invalid float literal" => "expected a number".to_owned(),
        _ => reason,
    }
}
