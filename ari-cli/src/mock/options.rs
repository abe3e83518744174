//! The options of the fake that add extensions, endpoints and sounds.

use std::time::Duration;

use ari_mock::{Builder, Step};

use super::setup::parse_length;

/// `CONTEXT/EXTENSION=STEPS` or `ENDPOINT=STEPS`: a name, and what follows there.
#[derive(Clone, Debug)]
pub(super) struct Steps {
    pub(super) name: String,
    /// `None` for an endpoint that is offline.
    steps: Option<Vec<Step>>,
}

/// Parses `CONTEXT/EXTENSION=STEPS`.
pub(super) fn parse_extension(text: &str) -> Result<Steps, String> {
    let (name, steps) = split(
        text,
        "CONTEXT/EXTENSION=STEPS, such as testari/100=Answer(),Echo()",
    )?;
    let is_place =
        |(context, extension): (&str, &str)| !context.is_empty() && !extension.is_empty();
    if !name.split_once('/').is_some_and(is_place) {
        return Err(format!(
            "{name:?} is not a context and an extension, such as testari/100"
        ));
    }
    Ok(Steps {
        name: name.to_owned(),
        steps: Some(parse_steps(steps)?),
    })
}

/// Parses `ENDPOINT=STEPS` or `ENDPOINT=offline`.
pub(super) fn parse_endpoint(text: &str) -> Result<Steps, String> {
    let (name, steps) = split(
        text,
        "ENDPOINT=STEPS, such as PJSIP/alice=Ringing(),Wait(2),Answer()",
    )?;
    if !name.contains('/') {
        return Err(format!("{name:?} is not an endpoint, such as PJSIP/alice"));
    }
    let steps = match steps {
        "offline" => None,
        steps => Some(parse_steps(steps)?),
    };
    Ok(Steps {
        name: name.to_owned(),
        steps,
    })
}

/// Parses `NAME=SECONDS`.
pub(super) fn parse_sound(text: &str) -> Result<(String, Duration), String> {
    let (name, length) = split(text, "NAME=SECONDS, such as my/greeting=2.5")?;
    let length = length.parse().ok().and_then(parse_length);
    let length = length.ok_or("the length is a number of seconds from 0 to 86400")?;
    Ok((name.to_owned(), length))
}

fn split<'a>(text: &'a str, form: &str) -> Result<(&'a str, &'a str), String> {
    let parts = text.split_once('=');
    parts
        .filter(|(name, _)| !name.is_empty())
        .ok_or_else(|| format!("expected {form}"))
}

/// Parses steps that commas outside of parentheses separate.
fn parse_steps(text: &str) -> Result<Vec<Step>, String> {
    let mut depth = 0;
    let steps = text.split(|c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    });
    steps
        .map(|step| {
            step.parse()
                .map_err(|error: ari_mock::StepError| error.to_string())
        })
        .collect()
}

/// Adds an extension.
pub(super) fn add_extension(builder: Builder, extension: &Steps) -> Builder {
    let (context, name) = extension.name.split_once('/').unwrap_or_default();
    builder.extension(context, name, extension.steps.clone().unwrap_or_default())
}

/// Adds an endpoint.
pub(super) fn add_endpoint(builder: Builder, endpoint: &Steps) -> Builder {
    match &endpoint.steps {
        Some(steps) => builder.endpoint(&endpoint.name, steps.clone()),
        None => builder.offline_endpoint(&endpoint.name),
    }
}
