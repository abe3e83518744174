//! Requests of operations that are chosen at run time: by a command line, a script, a gateway. They
//! are checked against the table of operations, and encoded by the same encoder as typed requests.

use serde_json::Value;

use crate::error::types::Error;
use crate::request::encoded::{Request, RequestEncoder};
use crate::request::param_value::{ParamValue, ToParamValue};
use crate::schema::operation::{Location, Operation, Parameter, ParameterType, Scalar};
use crate::values::body::{EventFilter, VariableValue, unique_id};

/// A parameter of the table with its value.
type GivenParam = (&'static Parameter, ParamInput);

/// A value in the form in which the typed request of the operation holds it.
enum ParamInput {
    Single(ParamValue),
    List(Vec<ParamValue>),
    Variables(Vec<(String, VariableValue)>),
    Texts(Vec<(String, String)>),
    Entries(Vec<(String, Value)>),
    Filter(EventFilter),
    Json(Value),
}

impl ToParamValue for ParamValue {
    fn to_param_value(&self) -> Option<ParamValue> {
        Some(self.clone())
    }
}

impl Request {
    /// Creates a request of an operation that is known only at run time, from names and values of
    /// its parameters. The result equals the request that the operation's typed request encodes.
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
        let mut given: Vec<GivenParam> = Vec::new();
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
        RequestEncoder::request(operation, &|encoder| {
            // In the order of the table, like typed requests.
            for parameter in operation.parameters {
                let value = given.iter().find(|(known, _)| known.name == parameter.name);
                if let Some((_, value)) = value {
                    encode(encoder, parameter, value);
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
fn apply_rewrite(operation: &'static Operation, given: &mut Vec<GivenParam>) -> &'static Operation {
    let has = |given: &[GivenParam], name: &str| given.iter().any(|(known, _)| known.name == name);
    let Some(sent) = operation.rewrite.filter(|sent| has(given, sent.if_present)) else {
        return operation;
    };
    if !has(given, sent.id_param)
        && let Some(id) = sent.target.parameter(sent.id_param)
    {
        given.push((id, ParamInput::Single(ParamValue::Text(unique_id()))));
    }
    sent.target
}

fn encode(encoder: &mut RequestEncoder, parameter: &'static Parameter, value: &ParamInput) {
    let name = parameter.name;
    match value {
        ParamInput::Single(value) => match parameter.location {
            Location::Path => encoder.path_param(name, value),
            Location::Query => encoder.query_param(name, value),
            Location::Body => encoder.body_field(name, value),
        },
        ParamInput::List(values) => match (parameter.kind, parameter.location) {
            (ParameterType::Joined(_), _) => encoder.escaped_list(name, values),
            (ParameterType::Split(_), _) => encoder.comma_list(name, values),
            (_, Location::Body) => encoder.body_field(name, values),
            _ => encoder.query_param(name, values),
        },
        ParamInput::Variables(entries) => encoder.object(name, entries),
        ParamInput::Texts(entries) if parameter.kind == ParameterType::Fields => {
            encoder.attribute_list(name, entries);
        }
        ParamInput::Texts(entries) => encoder.object(name, entries),
        ParamInput::Entries(entries) => encoder.object(name, entries),
        ParamInput::Filter(filter) => encoder.raw_body(filter),
        ParamInput::Json(value) => encoder.raw_body(value),
    }
}

fn convert(parameter: &Parameter, value: Value) -> Result<ParamInput, &'static str> {
    Ok(match parameter.kind {
        ParameterType::Scalar(kind) => ParamInput::Single(match value {
            Value::String(text) if parameter.duration.is_some() => {
                ParamValue::Integer(parameter.parse_duration(&text)?)
            }
            value => scalar(kind, value)?,
        }),
        ParameterType::List(kind) | ParameterType::Joined(kind) | ParameterType::Split(kind) => {
            let values = match value {
                Value::Array(values) => values,
                one => vec![one],
            };
            let values = values.into_iter().map(|value| scalar(kind, value));
            ParamInput::List(values.collect::<Result<_, _>>()?)
        }
        ParameterType::Variables => {
            let entries = entries(value)?.into_iter();
            let entries = entries.map(|(name, value)| Ok((name, variable(value)?)));
            ParamInput::Variables(entries.collect::<Result<_, &'static str>>()?)
        }
        ParameterType::TextMap => ParamInput::Texts(texts(value)?),
        ParameterType::JsonMap => ParamInput::Entries(entries(value)?),
        ParameterType::Fields => ParamInput::Texts(fields(value)?),
        ParameterType::EventFilter => ParamInput::Filter(filter(value)?),
        ParameterType::Json | ParameterType::Model(_) => ParamInput::Json(value),
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

fn entries(value: Value) -> Result<Vec<(String, Value)>, &'static str> {
    match value {
        Value::Object(entries) => Ok(entries.into_iter().collect()),
        _ => Err("is no object of names and values"),
    }
}

fn texts(value: Value) -> Result<Vec<(String, String)>, &'static str> {
    let texts = entries(value)?.into_iter().map(|entry| match entry {
        (name, Value::String(value)) => Ok((name, value)),
        _ => Err("holds a value that is no text"),
    });
    texts.collect()
}

/// Converts a variable. The server would refuse a number or null, and read anything else as an
/// empty value.
fn variable(value: Value) -> Result<VariableValue, &'static str> {
    const PROBLEM: &str =
        "holds a value that is neither a text nor {\"value\": text, \"report_events\": boolean}";
    match value {
        Value::String(value) => Ok(VariableValue::Text(value)),
        Value::Object(mut members) => {
            let reports = members.remove("report_events").unwrap_or(Value::Null);
            match (members.remove("value"), reports) {
                _ if !members.is_empty() => Err(PROBLEM),
                (Some(Value::String(value)), Value::Bool(report_events)) => {
                    Ok(VariableValue::Reported {
                        value,
                        report_events,
                    })
                }
                (Some(Value::String(value)), Value::Null) => Ok(VariableValue::Text(value)),
                _ => Err(PROBLEM),
            }
        }
        _ => Err(PROBLEM),
    }
}

/// Converts an object of names and values. If a name recurs, the list of the wire format is
/// accepted instead.
fn fields(value: Value) -> Result<Vec<(String, String)>, &'static str> {
    let Value::Array(items) = value else {
        return texts(value);
    };
    let fields = items.into_iter().map(|item| {
        let mut members = texts(item)?;
        members.sort();
        match <[_; 2]>::try_from(members) {
            Ok([(attribute, name), (value, text)])
                if attribute == "attribute" && value == "value" =>
            {
                Ok((name, text))
            }
            _ => Err("holds an item that is not {\"attribute\": text, \"value\": text}"),
        }
    });
    fields.collect()
}

fn filter(value: Value) -> Result<EventFilter, &'static str> {
    let mut filter = EventFilter::new();
    for (name, value) in entries(value)? {
        let Value::Array(kinds) = value else {
            return Err("holds something else than lists of types");
        };
        let kinds = kinds.into_iter().map(|kind| match kind {
            Value::String(kind) => Ok(kind),
            Value::Object(mut members) => match (members.remove("type"), members.is_empty()) {
                (Some(Value::String(kind)), true) => Ok(kind),
                _ => Err("holds a type that is not {\"type\": text}"),
            },
            _ => Err("holds a type that is no text"),
        });
        let kinds = kinds.collect::<Result<Vec<_>, _>>()?;
        filter = match name.as_str() {
            "allowed" => filter.allow(kinds),
            "disallowed" => filter.disallow(kinds),
            _ => return Err("holds a list that is neither `allowed` nor `disallowed`"),
        };
    }
    Ok(filter)
}
