//! `ari request`: any path below `/ari`, such as a resource of one's own module.

use ari_api::schema::Method;
use ari_api::transport::Request;
use clap::Args;
use serde_json::Value;

use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::{api_request, connect};

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
    Ok(api_request::any_request(method, path, body)?)
}
