//! The Rust expression.

use std::sync::LazyLock;

use ari_api::schema::{DurationFormat, DurationUnit, Operation, Parameter, ParameterType, Scalar};
use ari_codegen::Generator;
use ari_codegen::rust_names::{OperationNames, operation_names};
use serde_json::Value;

use super::arguments::{self, Argument, fields, items, members};
use super::given::GivenRequest;
use super::{Target, json_text};

/// The columns of an expression in one line.
const WIDTH: usize = 80;

/// The members and items of JSON that is written by `json!`, whose expansion is recursive.
const MAX_ITEMS: usize = 16;

/// Returns the expression, with a typed request if it can express the given one.
pub(super) fn expression(server: &Target, given: &GivenRequest) -> String {
    let expression = of_request(given);
    match &server.ca_file {
        Some(file) => format!(
            "// With the feature `tls`, client is built by\n\
             // ari_api::Client::builder({}).add_root_certificate({})\n\
             {expression}",
            literal(&server.url),
            literal(file)
        ),
        None => expression,
    }
}

fn of_request(given: &GivenRequest) -> String {
    let Some(names) = find_names(given.operation) else {
        return "// The bindings have no name for this operation.".to_owned();
    };
    let typed = arguments::from_request(given).and_then(|arguments| typed(names, &arguments));
    match typed {
        Some(expression) => expression,
        None if given.opens_websocket() => {
            "// No typed request stands for this one, and only those open a WebSocket.".to_owned()
        }
        None => untyped(names, given),
    }
}

/// Returns the Rust names of an operation.
fn find_names(operation: &Operation) -> Option<&'static OperationNames> {
    static NAMES: LazyLock<Vec<OperationNames>> = LazyLock::new(|| {
        let read = Generator::bundled().and_then(|generator| generator.read());
        read.map_or_else(|_| Vec::new(), |(api, ..)| operation_names(&api))
    });
    NAMES
        .iter()
        .find(|names| names.resource == operation.resource && names.nickname == operation.nickname)
}

/// Returns an expression with a typed request. `None` if a value has no Rust expression.
fn typed(names: &OperationNames, arguments: &[Argument]) -> Option<String> {
    let find = |name: &String| {
        let (parameter, value) = arguments.iter().find(|(known, _)| known.name == name)?;
        value_of(parameter, value)
    };
    let list = |wires: &[String]| -> Option<String> {
        let values: Option<Vec<String>> = wires.iter().map(find).collect();
        Some(values?.join(", "))
    };
    let mut steps = vec![
        format!("{}({})", names.accessor, list(&names.handle)?),
        format!("{}({})", names.method, list(&names.arguments)?),
    ];
    for (wire, setter) in &names.setters {
        if arguments.iter().any(|(known, _)| known.name == wire) {
            steps.push(format!("{setter}({})", find(wire)?));
        }
    }
    let line = format!("client.{}.await?", steps.join("."));
    Some(match line.len() <= WIDTH {
        true => line,
        false => format!("client\n    .{}\n    .await?", steps.join("\n    .")),
    })
}

/// Returns an expression that sends the request as it was given.
fn untyped(names: &OperationNames, given: &GivenRequest) -> String {
    let body = given.body.as_ref().map(json_text::to_text);
    let body = match body {
        Some(body) => format!("Some({}.into())", literal(&body)),
        None => "None".to_owned(),
    };
    format!(
        "\
client
    .connection()
    .execute(&ari_api::transport::Request::from_wire(
        &ari_api::operations::{}::{},
        {},
        {body},
    ))
    .await?",
        names.module,
        names.constant,
        literal(&given.path_and_query()),
    )
}

/// Returns a value as the argument of a method.
fn value_of(parameter: &Parameter, value: &Value) -> Option<String> {
    if let Some(format) = parameter.duration {
        return duration(parameter, format, value);
    }
    Some(match parameter.kind {
        ParameterType::Scalar(kind) => scalar(kind, value)?,
        ParameterType::List(kind) | ParameterType::Joined(kind) | ParameterType::Split(kind) => {
            let values = items(value).iter().map(|value| scalar(kind, value));
            let values = values.collect::<Option<Vec<_>>>()?;
            match values.as_slice() {
                [] => return None,
                [one] => one.clone(),
                several => format!("[{}]", several.join(", ")),
            }
        }
        ParameterType::Variables => variables(value)?,
        ParameterType::TextMap => pairs(members(value).map(|(name, value)| {
            let value = value.as_str()?;
            Some((literal(name), literal(value)))
        }))?,
        ParameterType::JsonMap => {
            pairs(members(value).map(|(name, value)| Some((literal(name), json(value)?))))?
        }
        ParameterType::Fields => {
            let fields = fields(value).into_iter();
            pairs(fields.map(|(name, value)| Some((literal(name), literal(value)))))?
        }
        ParameterType::EventFilter => event_filter(value)?,
        ParameterType::Json => json(value)?,
        _ => return None,
    })
}

fn scalar(kind: Scalar, value: &Value) -> Option<String> {
    Some(match (kind, value) {
        (Scalar::Text, Value::String(text)) => literal(text),
        (Scalar::Double, Value::Number(number)) => format!("{:?}", number.as_f64()?),
        (Scalar::Double, Value::String(text)) => format!("{:?}", text.parse::<f64>().ok()?),
        (Scalar::Boolean, Value::Bool(value)) => value.to_string(),
        (Scalar::Int | Scalar::Long, Value::Number(number)) => number.as_i64()?.to_string(),
        _ => return None,
    })
}

/// Returns a duration, or `None` as Rust's expression for no limit.
fn duration(parameter: &Parameter, format: DurationFormat, value: &Value) -> Option<String> {
    let number = value.as_i64()?;
    if format.unlimited == Some(number) {
        return Some("None".to_owned());
    }
    let (constructor, symbol) = match format.unit {
        DurationUnit::Seconds => ("from_secs", "s"),
        DurationUnit::Milliseconds => ("from_millis", "ms"),
        _ => return None,
    };
    // A typed request refuses some numbers.
    let sent = parameter.parse_duration(&format!("{number}{symbol}"));
    (sent == Ok(number)).then(|| format!("std::time::Duration::{constructor}({number})"))
}

fn variables(value: &Value) -> Option<String> {
    let is_text = members(value).all(|(_, value)| value.is_string());
    pairs(members(value).map(|(name, value)| {
        let value = match value {
            Value::String(text) if is_text => literal(text),
            Value::String(text) => format!("ari_api::VariableValue::from({})", literal(text)),
            value if value["report_events"] == true => format!(
                "ari_api::VariableValue::with_event_reporting({})",
                literal(value["value"].as_str()?)
            ),
            _ => return None,
        };
        Some((literal(name), value))
    }))
}

/// Returns an array of names and values, unless it is empty, because then it has no type.
fn pairs(pairs: impl Iterator<Item = Option<(String, String)>>) -> Option<String> {
    let pairs = pairs.map(|pair| pair.map(|(name, value)| format!("({name}, {value})")));
    let pairs = pairs.collect::<Option<Vec<_>>>()?;
    (!pairs.is_empty()).then(|| format!("[{}]", pairs.join(", ")))
}

fn event_filter(value: &Value) -> Option<String> {
    let mut text = String::from("ari_api::EventFilter::new()");
    for (name, method) in [("allowed", "allow"), ("disallowed", "disallow")] {
        let Some(types) = value.get(name) else {
            continue;
        };
        let types = types.as_array()?.iter();
        let types = types.map(|it| it["type"].as_str().or(it.as_str()).map(literal));
        let types = types.collect::<Option<Vec<_>>>()?;
        text.push_str(&match types.as_slice() {
            [] => format!(".{method}([\"\"; 0])"),
            types => format!(".{method}([{}])", types.join(", ")),
        });
    }
    Some(text)
}

/// Returns a value of JSON, unless it is too large for the macro.
fn json(value: &Value) -> Option<String> {
    let mut items = 0;
    let text = json_tokens(value, &mut items)?;
    (items <= MAX_ITEMS).then(|| format!("serde_json::json!({text})"))
}

fn json_tokens(value: &Value, count: &mut usize) -> Option<String> {
    *count += 1;
    Some(match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::String(text) => literal(text),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(value), _) if i32::try_from(value).is_ok() => value.to_string(),
            // The smallest number has no literal.
            (Some(i64::MIN), _) => return None,
            (Some(value), _) => format!("{value}_i64"),
            (None, Some(value)) => format!("{value}_u64"),
            (None, None) => format!("{:?}", number.as_f64()?),
        },
        Value::Array(items) => {
            let items = items.iter().map(|item| json_tokens(item, count));
            format!("[{}]", items.collect::<Option<Vec<_>>>()?.join(", "))
        }
        Value::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = json_tokens(value, count)?;
                Some(format!("{}: {value}", literal(name)))
            });
            format!("{{{}}}", members.collect::<Option<Vec<_>>>()?.join(", "))
        }
    })
}

/// Returns a text as a literal, whose escapes are those of `Debug`.
fn literal(text: &str) -> String {
    format!("{text:?}")
}
