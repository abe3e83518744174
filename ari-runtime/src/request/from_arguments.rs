//! Requests of operations that are chosen at run time: by a command line, a script, a gateway. They
//! are checked against the table of operations, and then in the same way as typed requests.

use serde_json::{Map, Value, json};

use crate::error::types::Error;
use crate::protocol::key;
use crate::request::builder::RequestBuilder;
use crate::request::param_value::ParamValue;
use crate::request::untyped_request::{Argument, Request};
use crate::schema::operation::{Operation, Parameter, ParameterType, Scalar};
use crate::values::body::{EventFilter, unique_id};

impl Request {
    /// Creates a request of an operation that is known only at run time, from names and values of
    /// its parameters. The result equals the request of the operation's typed request.
    ///
    /// Numbers and booleans can also be given as text, and durations as text with a unit, see
    /// [`Parameter::parse_duration`]. Several values are an array, and a text alone is one value.
    /// Variables, maps and fields are an object of names and values. An event filter is
    /// `{"allowed": […], "disallowed": […]}` with types or `{"type": …}`.
    ///
    /// ```
    /// use ari_api::operations;
    /// use ari_api::transport::Request;
    /// use serde_json::json;
    ///
    /// let request = Request::from_arguments(
    ///     &operations::channels::ORIGINATE,
    ///     [("endpoint", json!("PJSIP/100")), ("timeout", json!("20"))],
    /// )?;
    /// assert_eq!(request.path_and_query(), "/channels?endpoint=PJSIP%2F100&timeout=20");
    /// # Ok::<(), ari_api::Error>(())
    /// ```
    ///
    /// # Errors
    /// Returns [`Error::UnknownParameter`] if the operation does not have a parameter of that name.
    /// Returns [`Error::InvalidArgument`] if a parameter is given twice, a required one is missing,
    /// a value has another type, a number is out of range, or a path variable is empty.
    pub fn from_arguments<N: AsRef<str>>(
        operation: &'static Operation,
        arguments: impl IntoIterator<Item = (N, Value)>,
    ) -> Result<Request, Error> {
        let mut given: Vec<Argument> = Vec::new();
        for (name, value) in arguments {
            let name = name.as_ref();
            let Some(parameter) = operation.parameter(name) else {
                return Err(Error::UnknownParameter {
                    operation,
                    parameter: name.to_owned(),
                });
            };
            if given.iter().any(|(known, _)| known.name == name) {
                return Err(Error::invalid_argument(
                    operation,
                    parameter.name,
                    "is given twice",
                ));
            }
            let value = convert(parameter, value)
                .map_err(|problem| Error::invalid_argument(operation, parameter.name, problem))?;
            given.push((parameter, value));
        }
        let missing = operation.parameters.iter().find(|parameter| {
            parameter.required && !given.iter().any(|(known, _)| known.name == parameter.name)
        });
        if let Some(missing) = missing {
            return Err(Error::invalid_argument(
                operation,
                missing.name,
                "is missing",
            ));
        }
        let operation = apply_rewrite(operation, &mut given);
        RequestBuilder::build(operation, &|request| {
            // In the order of the table, like typed requests.
            for parameter in operation.parameters {
                let value = given.iter().find(|(known, _)| known.name == parameter.name);
                if let Some((_, value)) = value {
                    request.add(parameter.name, value.clone());
                }
            }
        })
    }
}

impl Parameter {
    /// Returns the default in the form in which a typed request holds it. `None` if the parameter
    /// is not a single value.
    pub(crate) fn default_value(&self) -> Option<ParamValue> {
        let ParameterType::Scalar(kind) = self.kind else {
            return None;
        };
        scalar(kind, self.default?.into()).ok()
    }
}

/// Returns the operation that is sent, which `Rewrite` may replace.
fn apply_rewrite(operation: &'static Operation, given: &mut Vec<Argument>) -> &'static Operation {
    let has = |given: &[Argument], name: &str| given.iter().any(|(known, _)| known.name == name);
    let Some(sent) = operation.rewrite.filter(|sent| has(given, sent.if_present)) else {
        return operation;
    };
    if !has(given, sent.id_param)
        && let Some(id) = sent.target.parameter(sent.id_param)
    {
        given.push((id, ParamValue::Text(unique_id())));
    }
    sent.target
}

fn convert(parameter: &Parameter, value: Value) -> Result<ParamValue, &'static str> {
    Ok(match parameter.kind {
        ParameterType::Scalar(kind) => match value {
            Value::String(text) if parameter.duration.is_some() => {
                ParamValue::Integer(parameter.parse_duration(&text)?)
            }
            value => scalar(kind, value)?,
        },
        ParameterType::List(kind) | ParameterType::Joined(kind) | ParameterType::Split(kind) => {
            let values = match value {
                Value::Array(values) => values,
                one => vec![one],
            };
            let values = values.into_iter().map(|value| scalar(kind, value));
            ParamValue::List(values.collect::<Result<_, _>>()?)
        }
        ParameterType::Variables => ParamValue::Json(variables(value)?),
        ParameterType::TextMap => ParamValue::Json(texts(value)?.into()),
        ParameterType::JsonMap => ParamValue::Json(entries(value)?.into()),
        ParameterType::Fields => ParamValue::Json(fields(value)?),
        ParameterType::EventFilter => ParamValue::Json(filter(value)?),
        ParameterType::Json | ParameterType::Model(_) => ParamValue::Json(value),
    })
}

fn scalar(kind: Scalar, value: Value) -> Result<ParamValue, &'static str> {
    match kind {
        Scalar::Text => match value {
            Value::String(text) => Ok(ParamValue::Text(text)),
            _ => Err("is no text"),
        },
        Scalar::Boolean => match value {
            Value::Bool(value) => Ok(ParamValue::Boolean(value)),
            Value::String(text) if text == "true" => Ok(ParamValue::Boolean(true)),
            Value::String(text) if text == "false" => Ok(ParamValue::Boolean(false)),
            _ => Err("is neither true nor false"),
        },
        Scalar::Int => match integer(&value).map(i32::try_from) {
            Some(Ok(value)) => Ok(ParamValue::Integer(value.into())),
            _ => Err("is no whole number of 32 bits"),
        },
        Scalar::Long => match integer(&value) {
            Some(value) => Ok(ParamValue::Integer(value)),
            None => Err("is no whole number of 64 bits"),
        },
        Scalar::Double => {
            let number = match &value {
                Value::String(text) => text.parse().ok(),
                value => value.as_f64(),
            };
            number.map(ParamValue::Double).ok_or("is no number")
        }
    }
}

fn integer(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_i64(),
    }
}

fn entries(value: Value) -> Result<Map<String, Value>, &'static str> {
    match value {
        Value::Object(entries) => Ok(entries),
        _ => Err("is no object of names and values"),
    }
}

fn texts(value: Value) -> Result<Map<String, Value>, &'static str> {
    let entries = entries(value)?;
    match entries.values().all(Value::is_string) {
        true => Ok(entries),
        false => Err("holds a value that is no text"),
    }
}

/// Converts an object of variables. The server would refuse a number or null, and read anything
/// else as an empty value.
fn variables(value: Value) -> Result<Value, &'static str> {
    let mut variables = entries(value)?;
    for variable in variables.values_mut() {
        let Value::Object(members) = variable else {
            if variable.is_string() {
                continue;
            }
            return Err(NO_VARIABLE);
        };
        let reports = members.remove("report_events").unwrap_or(Value::Null);
        *variable = match (members.remove("value"), reports, members.is_empty()) {
            (Some(Value::String(value)), Value::Bool(report_events), true) => {
                json!({"value": value, "report_events": report_events})
            }
            (Some(Value::String(value)), Value::Null, true) => value.into(),
            _ => return Err(NO_VARIABLE),
        };
    }
    Ok(variables.into())
}

const NO_VARIABLE: &str =
    "holds a value that is neither a text nor {\"value\": text, \"report_events\": boolean}";

/// Converts an object of names and values. If a name recurs, the list of the wire format is
/// accepted instead.
fn fields(value: Value) -> Result<Value, &'static str> {
    let Value::Array(items) = value else {
        let fields = texts(value)?.into_iter();
        let fields = fields.map(|(name, value)| json!({"attribute": name, "value": value}));
        return Ok(fields.collect());
    };
    let is_field = |item: &Value| {
        item.as_object().is_some_and(|members| members.len() == 2)
            && item["attribute"].is_string()
            && item["value"].is_string()
    };
    match items.iter().all(is_field) {
        true => Ok(Value::Array(items)),
        false => Err("holds an item that is not {\"attribute\": text, \"value\": text}"),
    }
}

fn filter(value: Value) -> Result<Value, &'static str> {
    let mut filter = EventFilter::new();
    for (name, value) in entries(value)? {
        let Value::Array(kinds) = value else {
            return Err("holds something else than lists of types");
        };
        let kinds = kinds.into_iter().map(|kind| match kind {
            Value::String(kind) => Ok(kind),
            Value::Object(mut members) => match (members.remove(key::TYPE), members.is_empty()) {
                (Some(Value::String(kind)), true) => Ok(kind),
                _ => Err("holds a type that is not {\"type\": text}"),
            },
            _ => Err("holds a type that is no text"),
        });
        let kinds = kinds.collect::<Result<Vec<_>, _>>()?;
        filter = match name.as_str() {
            key::ALLOWED => filter.allow(kinds),
            key::DISALLOWED => filter.disallow(kinds),
            _ => return Err("holds a list that is neither `allowed` nor `disallowed`"),
        };
    }
    serde_json::to_value(filter).map_err(|_| "cannot be written as JSON")
}
