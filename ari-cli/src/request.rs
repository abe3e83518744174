//! `ari request`: any path below `/ari`, such as a resource of one's own module.

use ari_api::schema::{
    Availability, Location, Method, Operation, Parameter, ParameterType, ResponseType,
};
use ari_api::transport::Request;
use clap::Args;
use serde_json::Value;

use crate::connect;
use crate::connection_options::GlobalOptions;
use crate::error::CliError;
use crate::output::Output;
use crate::signals::Signals;

/// The resource of operations that no table has.
pub(crate) const RESOURCE: &str = "request";

/// Send any request below the address, and print the response.
///
/// For resources of one's own modules; `ari RESOURCE OPERATION` knows those of Asterisk.
#[derive(Args, Clone, Debug)]
pub(crate) struct AnyRequest {
    /// GET, POST, PUT or DELETE.
    #[arg(value_parser = ["GET", "POST", "PUT", "DELETE"], ignore_case = true, hide_possible_values = true)]
    method: String,
    /// Path below the address, with its query, as they are on the wire: /channels?limit=1.
    path: String,
    /// JSON to send as the body.
    #[arg(long, value_name = "JSON")]
    body: Option<String>,
}

pub(crate) async fn run(
    request: AnyRequest,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let request = build_request(&request)?;
    let connection = connect::open(global)?;
    let work = async {
        let bytes = connection.execute(&request).await?.body.bytes().await?;
        let output = Output::new(global);
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(value) => output.print(&value),
            Err(_) => output.print_bytes(&bytes),
        }
    };
    signals.run_until_signal(work).await
}

/// The request.
fn build_request(request: &AnyRequest) -> Result<Request, CliError> {
    let scheme = request.path.split_once("://").map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| scheme.chars().all(char::is_alphanumeric)) {
        return Err(CliError::usage(
            "the path is what follows the address of --url: /channels, not a whole address",
        ));
    }
    let path = format!("/{}", request.path.trim_start_matches('/'));
    let unfit = |c: char| c.is_control() || c.is_whitespace() || "{}#".contains(c) || !c.is_ascii();
    if let Some(unfit) = path.chars().find(|c| unfit(*c)) {
        return Err(CliError::usage(format!(
            "the path holds {unfit:?}, which has to be percent-encoded"
        )));
    }
    let method = match request.method.to_ascii_uppercase().as_str() {
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "DELETE" => Method::Delete,
        _ => Method::Get,
    };
    let body = match &request.body {
        Some(body) => Some(
            serde_json::from_str::<Value>(body)
                .map_err(|error| CliError::usage(format!("--body is no JSON: {error}")))?,
        ),
        None => None,
    };
    Ok(any_request(method, path, body)?)
}

/// A request of any path, of an operation that no table has.
pub(crate) fn any_request(
    method: Method,
    path: String,
    body: Option<Value>,
) -> Result<Request, ari_api::Error> {
    const EVERYWHERE: Availability = Availability {
        releases: ari_api::operations::RELEASES,
        since: &[],
        until: &[],
    };
    const BODY: &[Parameter] = &[Parameter {
        name: "body",
        description: "",
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
    // There are one or two in the life of the program.
    let operation: &'static Operation = Box::leak(Box::new(Operation {
        resource: RESOURCE,
        nickname: method.as_str(),
        description: "",
        method,
        path: String::leak(path),
        parameters: BODY,
        response: ResponseType::Json("any"),
        errors: &[],
        websocket_protocol: None,
        blocks_channel_queue: false,
        rewrite: None,
        overlaps: &[],
        requires_modules: &[],
        availability: EVERYWHERE,
    }));
    Request::from_arguments(operation, body.map(|body| ("body", body)))
}
