//! Documentation of generated items: our text, then the facts.

use std::borrow::Cow;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::Version;
use crate::api::{
    Allowed, Api, Availability, DurationFormat, DurationUnit, ErrorCode, Operation, Parameter,
    ParameterType, Scalar,
};
use crate::markdown::code;

/// Stands for the end of a line in a `#[doc]` attribute. It cannot be part of a text: [`lines`]
/// replaces control characters.
pub(super) const LINE_BREAK: char = '\u{1}';

/// Returns a text as one `#[doc]` attribute, which [`super::format`] prints in lines. An attribute
/// a line would take much longer to parse and print.
pub(crate) fn doc(text: &str) -> TokenStream {
    let mut doc = String::with_capacity(text.len() + 1);
    for line in lines(text) {
        doc.push(if doc.is_empty() { ' ' } else { LINE_BREAK });
        doc.push_str(&line);
    }
    if doc.is_empty() {
        return TokenStream::new();
    }
    let doc = raw_string(&doc);
    quote!(#[doc = #doc])
}

/// Returns a text as a raw string literal. Nothing in it is escaped, so that it is quick to parse,
/// which happens several times on the way to the file.
fn raw_string(text: &str) -> Literal {
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    let raw = format!("r{hashes}\"{text}\"{hashes}").parse();
    raw.unwrap_or_else(|_| Literal::string(text))
}

/// Returns the lines of a text as a comment can contain them: Rust refuses a carriage return, and
/// characters that change the direction of the text.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let visible = |c: char| match c {
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        c if c.is_control() => ' ',
        c => c,
    };
    let text = text.trim_end().lines();
    text.map(move |line| {
        let line = line.trim_end();
        let is_plain = |byte: u8| byte.is_ascii_graphic() || byte == b' ';
        match line.bytes().all(is_plain) || line.chars().all(|c| visible(c) == c) {
            true => Cow::Borrowed(line),
            false => line.chars().map(visible).collect(),
        }
    })
}

/// Joins paragraphs.
pub(crate) fn paragraphs(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Method and path of an operation.
pub(crate) fn wire(operation: &Operation) -> String {
    code(&format!("{} {}", operation.method.as_str(), operation.path))
}

/// The documentation of a request: text, method and path, availability, modules.
pub(crate) fn operation(operation: &Operation, covered: &Availability) -> String {
    let wire = wire(operation);
    let text = operation
        .text
        .clone()
        .unwrap_or_else(|| format!("Sends {wire}."));
    paragraphs([
        Some(text),
        operation
            .crashes
            .as_ref()
            .map(|text| format!("**Warning:** {text}")),
        operation.blocks_channel_queue.as_ref().map(|what| {
            format!(
                "It waits for {what}. A client over a WebSocket sends it by HTTP if it knows an \
                 address, because the server sends no other response on the socket until then."
            )
        }),
        Some(wire),
        available(&operation.availability, covered),
        nested_response(operation),
    ])
}

/// Returns `Available in …`, unless all covered releases have the item.
pub(crate) fn available(availability: &Availability, covered: &Availability) -> Option<String> {
    availability
        .describe(covered)
        .map(|text| format!("Available in {text}."))
}

/// Returns `Always sent by …`, if some but not all releases with the item do so.
pub(crate) fn releases_note(
    what: &str,
    somewhere: &Availability,
    availability: &Availability,
) -> Option<String> {
    let text = somewhere.describe(availability);
    text.filter(|_| !somewhere.is_empty())
        .map(|text| format!("{what} {text}."))
}

/// Documents the larger response of some releases that contains the operation's result.
fn nested_response(operation: &Operation) -> Option<String> {
    let within = operation.nested_response.as_ref()?;
    let all = Availability::default();
    let releases = within
        .availability
        .describe(&operation.availability)
        .or_else(|| within.availability.describe(&all))?;
    Some(format!(
        "{releases} responds with a `{}`, of which this returns the `{}`.",
        within.model, within.property
    ))
}

/// The section on error codes.
pub(crate) fn errors(errors: &[ErrorCode]) -> Option<String> {
    if errors.is_empty() {
        return None;
    }
    let lines: Vec<_> = errors
        .iter()
        .map(|error| match &error.text {
            Some(text) => format!("- {}: {}", error.code, indent(text)),
            None => format!("- {}", error.code),
        })
        .collect();
    Some(format!(
        "# Errors\n\nAsterisk refuses the request with\n{}",
        lines.join("\n")
    ))
}

/// A text as an item of a list.
pub(crate) fn indent(text: &str) -> String {
    text.trim_end().replace('\n', "\n  ")
}

/// The documentation of a setter: text, then default, range and availability.
pub(crate) fn parameter(parameter: &Parameter, covered: &Availability) -> String {
    let text = parameter
        .text
        .clone()
        .unwrap_or_else(|| format!("Sets {}.", code(&parameter.name)));
    paragraphs([Some(text), facts(parameter, covered)])
}

/// Default, range and availability of a parameter, in one paragraph.
pub(crate) fn facts(parameter: &Parameter, covered: &Availability) -> Option<String> {
    let mut facts = Vec::new();
    if let Some(format) = &parameter.duration {
        facts.push(duration(parameter, format));
    } else if let Some(default) = &parameter.default {
        let default = match default.as_str() {
            Some(text) => text.to_owned(),
            None => default.to_string(),
        };
        facts.push(format!("Default: {}.", code(&default)));
    }
    match &parameter.allowed {
        _ if parameter.duration.is_some() => {}
        Some(Allowed::Range {
            min: Some(min),
            max: Some(max),
        }) => {
            facts.push(format!("Range: {min} to {max}."));
        }
        Some(Allowed::Range {
            min: Some(min),
            max: None,
        }) => {
            facts.push(format!("Range: {min} or more."));
        }
        Some(Allowed::Range {
            min: None,
            max: Some(max),
        }) => {
            facts.push(format!("Range: {max} or less."));
        }
        _ => {}
    }
    facts.extend(available(&parameter.availability, covered));
    if !parameter.required {
        facts.extend(releases_note(
            "Required by",
            &parameter.required_in,
            &parameter.availability,
        ));
    }
    (!facts.is_empty()).then(|| facts.join(" "))
}

/// Default, rounding and limits of a length of time.
fn duration(parameter: &Parameter, format: &DurationFormat) -> String {
    let DurationFormat {
        unit,
        unlimited,
        takes_zero,
    } = *format;
    let symbol = unit.symbol();
    let mut facts = Vec::new();
    let default = parameter.default.as_ref();
    match default.and_then(serde_json::Value::as_i64) {
        Some(default) if unlimited == Some(default) => facts.push("Default: no limit.".to_owned()),
        Some(default) => facts.push(format!("Default: {default} {symbol}.")),
        None => {}
    }
    facts.push(format!("Sent in whole {}, rounded up.", unit.plural()));
    if unlimited.is_some() {
        facts.push("`None` sets no limit.".to_owned());
    }
    let max = match &parameter.allowed {
        Some(Allowed::Range { max, .. }) => *max,
        _ => None,
    };
    let largest = match parameter.kind {
        ParameterType::Scalar(Scalar::Int) => i32::MAX.into(),
        _ => i64::MAX,
    };
    let max = max.map_or(largest, |max| max.min(largest));
    let zero = match (takes_zero, unlimited) {
        (true, _) => "",
        (false, Some(0)) => ", or zero, which Asterisk takes for no limit",
        (false, _) => ", or zero, which Asterisk takes for its default",
    };
    facts.push(format!(
        "If it is more than {max} {symbol}{zero}, the request fails with \
         [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent."
    ));
    facts.join(" ")
}

/// Returns the unit in which Asterisk counts a property.
pub(crate) fn counted((unit, number): (DurationUnit, Scalar)) -> String {
    match number {
        Scalar::Double => format!("Asterisk counts it in {}.", unit.plural()),
        _ => format!("Asterisk counts it in whole {}.", unit.plural()),
    }
}

/// `Asterisk 22`, `Asterisk 12 to 24`, `Asterisk 16, 20 and 22`, `Asterisk 13.1.0`.
pub(crate) fn covered(api: &Api) -> String {
    let releases = api.releases.as_slice();
    let is_range = api.points.is_empty()
        && releases.len() > 2
        && releases
            .windows(2)
            .all(|pair| pair[1].number() == pair[0].number() + 1);
    if let (true, [first, .., last]) = (is_range, releases) {
        return format!("Asterisk {first} to {last}");
    }
    let names = releases.iter().flat_map(|release| {
        let points = api.points.iter();
        let points = points.filter(|point| point.major == release.number());
        let points: Vec<_> = points.map(Version::to_string).collect();
        match points.is_empty() {
            true => vec![release.to_string()],
            false => points,
        }
    });
    let names: Vec<_> = names.collect();
    match names.split_last() {
        None => "no Asterisk".into(),
        Some((last, [])) => format!("Asterisk {last}"),
        Some((last, first)) => format!("Asterisk {} and {last}", first.join(", ")),
    }
}

/// `A` or `An` in front of a noun.
pub(super) fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "An"
    } else {
        "A"
    }
}
