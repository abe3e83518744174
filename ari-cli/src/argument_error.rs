//! Error messages for invalid arguments, each one sentence with the next step.

use std::error::Error as _;
use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, Error};

use crate::text::escape_control;

/// The sentence; none for what is no error, such as the help that was asked for.
pub(crate) fn message(error: &Error, tree: &Command, arguments: &[OsString]) -> Option<String> {
    let get = |kind| error.get(kind).map(quoted).unwrap_or_default();
    let argument = get(ContextKind::InvalidArg);
    let value = get(ContextKind::InvalidValue);
    let problem = match error.kind() {
        ErrorKind::DisplayHelp
        | ErrorKind::DisplayVersion
        | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return None,
        ErrorKind::MissingRequiredArgument => format!("missing: {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} needs a value"),
        ErrorKind::InvalidValue => format!("{value:?} is no value for {argument}"),
        ErrorKind::ValueValidation => {
            format!("{value:?} is no value for {argument}: {}", reason(error))
        }
        ErrorKind::UnknownArgument => format!("there is no {argument} here"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "there is no command {:?}",
                get(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingSubcommand => "a command is missing".to_owned(),
        ErrorKind::ArgumentConflict => match get(ContextKind::PriorArg) {
            prior if prior == argument => format!("{argument} can be given only once"),
            prior => format!("{argument} cannot be used together with {prior}"),
        },
        ErrorKind::NoEquals => format!("{argument} needs its value behind an equals sign"),
        _ => {
            let text = error.to_string();
            let first = text.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
    };
    let mut text = escape_control(&problem);
    let known = get(ContextKind::ValidValue);
    if !known.is_empty() {
        text.push_str(&format!("; it takes {known}"));
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
        "{text}{separator} `{} --help` shows all",
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

/// `ari channels originate`: the command that the arguments have come to.
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
        "invalid digit found in string" => "a whole number is expected".to_owned(),
        "invalid float literal" => "a number is expected".to_owned(),
        _ => reason,
    }
}
