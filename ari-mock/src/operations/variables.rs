//! Variables in requests: their names and values, and the errors about them.

use serde_json::Value;

use crate::json::Object;
use crate::pbx::PbxState;
use crate::rest::{Params, Response};
use crate::violation::ViolationKind;

/// Returns the error for a request without the name of a variable.
pub(crate) fn missing_name() -> Response {
    Response::error(400, "Variable name is required")
}

/// Returns the error for a request without a body of variables.
pub(crate) fn missing_variables() -> Response {
    Response::error(400, "The 'variables' field is required")
}

/// Returns the variables in a body: names, values, and whether events report them.
pub(crate) fn body_variables(
    pbx: &PbxState,
    params: &Params,
) -> Result<Vec<(String, String, bool)>, Response> {
    let message = "The 'variables' field must be a JSON object";
    let values = params.object("variables");
    parse_variables(pbx, values.ok_or_else(|| Response::error(400, message))?)
}

/// Returns the values of several variables, which are looked up one by one.
pub(crate) fn read_variables(
    pbx: &mut PbxState,
    params: &Params,
    read: impl Fn(&PbxState, &str) -> Result<String, Response>,
) -> Response {
    if params.is_invalid_list("variables") {
        let what = "variables that are neither a list nor a string crash a real server";
        pbx.record_violation(None, ViolationKind::Crash, what);
    }
    let required = || Response::error(400, "Variable names are required");
    let names = params.list("variables");
    if names.is_empty() {
        return required();
    }
    let mut values = Object::new();
    for name in names {
        if name.is_empty() {
            return required();
        }
        match read(pbx, &name) {
            Ok(value) => values = values.with(name, value),
            Err(response) => return response,
        }
    }
    Response::object(&Object::new().with("variables", values))
}

/// Converts the variables of a body: names, values, and whether events report them.
pub(crate) fn parse_variables(
    pbx: &PbxState,
    values: &serde_json::Map<String, Value>,
) -> Result<Vec<(String, String, bool)>, Response> {
    let newer = pbx.supports_variable_reports();
    let refused = |message: &str| Response::error(400, message);
    values
        .iter()
        .map(|(name, value)| match value {
            Value::String(text) => Ok((name.clone(), text.clone(), false)),
            Value::Object(object) if newer => {
                let Some(Value::String(text)) = object.get("value") else {
                    return Err(refused(
                        "Each object value in 'variables' must include string field 'value'",
                    ));
                };
                match object.get("report_events") {
                    None => Ok((name.clone(), text.clone(), false)),
                    Some(Value::Bool(report)) => Ok((name.clone(), text.clone(), *report)),
                    Some(_) => Err(refused(
                        "Field 'report_events' in 'variables' entries must be boolean",
                    )),
                }
            }
            _ if newer => Err(refused(
                "Each value in 'variables' must be a string or an object with 'value' and \
                 optional 'report_events'",
            )),
            _ => Err(refused(
                "Only string values in the 'variables' object allowed",
            )),
        })
        .collect()
}
