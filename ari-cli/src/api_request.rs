//! Requests of the commands, and their responses as JSON.

use ari_api::client::{decode_empty, decode_json};
use ari_api::operations::OPERATIONS;
use ari_api::schema::{
    Availability, Location, Method, Operation, Parameter, ParameterType, ResponseType,
};
use ari_api::transport::Request;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::event::CommandConnection;

/// The resource of operations that are not in the table.
pub(crate) const RESOURCE: &str = "request";

/// Sends a request, and returns the response as JSON.
pub(crate) async fn execute(
    connection: &CommandConnection,
    operation: &'static Operation,
    arguments: &[(&str, Value)],
) -> Result<Value, ari_api::Error> {
    let request = Request::from_arguments(operation, arguments.iter().cloned())?;
    let response = connection.execute(&request).await?;
    match operation.response {
        ResponseType::Empty => decode_empty(operation, response).map(|()| Value::Null),
        _ => decode_json(operation, response),
    }
}

/// Builds a request for any path, with an operation that is not in the table.
pub(crate) fn any_request(
    method: Method,
    path: String,
    body: Option<Value>,
) -> Result<Request, ari_api::Error> {
    // A server that lacks the operation may take the request for one of another operation.
    let known = find_known(method, &path).filter(|known| !known.overlaps.is_empty());
    // At most two requests of a process are built here.
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        path: String::leak(path),
        overlaps: known.map_or(&[], |known| known.overlaps),
        availability: known.map_or(EVERYWHERE, |known| known.availability),
        ..unknown_operation(method)
    }));
    Request::from_arguments(operation, body.map(|body| ("body", body)))
}

const EVERYWHERE: Availability = Availability {
    releases: ari_api::operations::RELEASES,
    since: &[],
    until: &[],
};

/// Returns an operation that is not in the table.
const fn unknown_operation(method: Method) -> Operation {
    const BODY: &[Parameter] = &[Parameter {
        name: "body",
        description: "",
        wire_format: "",
        location: Location::Body,
        kind: ParameterType::Json,
        required: false,
        sends_default: false,
        duration: None,
        reserved: &[],
        default: None,
        values: &[],
        min: None,
        max: None,
        availability: EVERYWHERE,
    }];
    Operation {
        resource: RESOURCE,
        nickname: method.as_str(),
        description: "",
        wire_format: "",
        method,
        path: "/…",
        parameters: BODY,
        response: ResponseType::Json("any"),
        errors: &[],
        websocket_protocol: None,
        blocks_channel_queue: false,
        rewrite: None,
        overlaps: &[],
        requires_modules: &[],
        availability: EVERYWHERE,
    }
}

/// Returns the operation of the table that a request with a path is for, or one that stands for all
/// that are not in the table.
#[cfg(feature = "explore")]
pub(crate) fn find_operation(method: Method, path: &str) -> &'static Operation {
    static GET: Operation = unknown_operation(Method::Get);
    static POST: Operation = unknown_operation(Method::Post);
    static PUT: Operation = unknown_operation(Method::Put);
    static PATCH: Operation = unknown_operation(Method::Patch);
    static DELETE: Operation = unknown_operation(Method::Delete);
    find_known(method, path).unwrap_or(match method {
        Method::Post => &POST,
        Method::Put => &PUT,
        Method::Patch => &PATCH,
        Method::Delete => &DELETE,
        _ => &GET,
    })
}

/// Returns the operation of the table that a request is for.
fn find_known(method: Method, path: &str) -> Option<&'static Operation> {
    let path = path.split('?').next().unwrap_or_default();
    let is_path_of = |operation: &Operation| {
        let (known, given) = (operation.path.split('/'), path.split('/'));
        // A server splits the path, and then decodes each part.
        known.clone().count() == given.clone().count()
            && known.zip(given).all(|(known, given)| {
                known.starts_with('{') || percent_decode_str(given).eq(known.bytes())
            })
    };
    let operations = OPERATIONS.iter().copied();
    let found = operations.filter(|operation| operation.method == method && is_path_of(operation));
    // A fixed segment takes precedence over a variable.
    found.min_by_key(|operation| operation.path.matches('{').count())
}
