//! `ari request`: a request to any path below `/ari`.

use ari_api::schema::Method;
use ari_api::transport::Request;
use clap::Args;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::signals::Signals;
use crate::{api_request, connect};

/// Send a request to any path below the URL, and print the response.
///
/// This is for resources of your own modules. For those of Asterisk, see `ari RESOURCE OPERATION`.
/// A request that the server's release would take for another operation is not sent.
#[derive(Args, Clone, Debug)]
pub(crate) struct AnyRequest {
    /// Method: GET, POST, PUT or DELETE.
    #[arg(value_parser = ["GET", "POST", "PUT", "DELETE"], ignore_case = true, hide_possible_values = true)]
    method: String,
    /// Path below the URL and query, percent-encoded, such as /channels?limit=1.
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

/// Builds the request.
fn build_request(request: &AnyRequest) -> Result<Request, CliError> {
    let scheme = request.path.split_once("://").map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| scheme.chars().all(char::is_alphanumeric)) {
        return Err(CliError::usage(
            "the path is relative to --url: give /channels, not a whole URL",
        ));
    }
    let path = format!("/{}", request.path.trim_start_matches('/'));
    check_path(&path)?;
    let method = match request.method.to_ascii_uppercase().as_str() {
        "POST" => Method::Post,
        "PUT" => Method::Put,
        "DELETE" => Method::Delete,
        _ => Method::Get,
    };
    let body = match &request.body {
        Some(body) => Some(
            serde_json::from_str::<Value>(body)
                .map_err(|error| CliError::usage(format!("invalid JSON for --body: {error}")))?,
        ),
        None => None,
    };
    Ok(api_request::any_request(method, path, body)?)
}

/// Rejects a path with a query that a server would misread.
pub(crate) fn check_path(path: &str) -> Result<(), CliError> {
    let unfit = |c: char| c.is_control() || c.is_whitespace() || "{}#".contains(c) || !c.is_ascii();
    if let Some(unfit) = path.chars().find(|c| unfit(*c)) {
        return Err(CliError::usage(format!(
            "the path contains {unfit:?}, which must be percent-encoded"
        )));
    }
    let segments = path.split('?').next().unwrap_or_default();
    if segments.contains("//") {
        return Err(CliError::usage(
            "the path has an empty segment, at which Asterisk stops reading: write each `/` once",
        ));
    }
    // The server may take the path for one outside of ARI.
    let is_dots = |segment: &str| {
        let decoded: Vec<u8> = percent_decode_str(segment).collect();
        matches!(decoded.as_slice(), b"." | b"..")
    };
    if segments.split('/').any(is_dots) {
        return Err(CliError::usage(
            "the path has a segment `.` or `..`, which no path of ARI has",
        ));
    }
    Ok(())
}
