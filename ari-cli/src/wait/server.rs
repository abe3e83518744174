//! `ari wait server`: waits until the server is ready.

use std::time::Duration;

use ari_api::Error;
use ari_api::error::ConnectionProblem;
use ari_api::operations::asterisk;
use serde_json::json;

use crate::error::CliError;
use crate::event::CommandConnection;
use crate::global_options::GlobalOptions;
use crate::signals::Signals;
use crate::wait::limit::{Limit, run_limited};
use crate::{api_request, connect};

/// The delay between two requests.
const RETRY_DELAY: Duration = Duration::from_millis(250);

/// The timeout of each request. A server that hangs while it starts must not hold up the next one.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(5);

pub(super) async fn run(
    limit: &Limit,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let connection = connect::open(global)?.with_timeout(REQUEST_TIMEOUT);
    run_limited(limit, signals, respond(&connection)).await
}

/// Sends requests until one succeeds. A server that starts refuses connections first, responds 404
/// without any content from ARI then, and 503 until it is fully booted.
async fn respond(connection: &CommandConnection) -> Result<(), CliError> {
    loop {
        let only = [("only", json!(["status"]))];
        match api_request::execute(connection, &asterisk::GET_INFO, &only).await {
            Ok(_) => return Ok(()),
            // A certificate does not change by waiting.
            Err(error) if ConnectionProblem::of(&error) == Some(ConnectionProblem::Tls) => {
                return Err(error.into());
            }
            Err(Error::NotSent { .. } | Error::OutcomeUnknown { .. }) => {}
            Err(error) if matches!(error.status(), Some(404 | 500..)) => {}
            // Wrong credentials do not become right.
            Err(error) => return Err(error.into()),
        }
        tokio::time::sleep(RETRY_DELAY).await;
    }
}
