//! The channels and bridges of the server.

use ari_api::operations::{bridges, channels};
use serde_json::json;

use super::explorer::Explorer;
use super::reply::{ApiError, Reply, json};
use crate::api_request;

/// Returns the channels and bridges as the server lists them.
pub(super) async fn respond(explorer: &Explorer) -> Result<Reply, ApiError> {
    let list = async |operation| {
        let found = api_request::execute(&explorer.connection, operation, &[]).await;
        found.map_err(|error| ApiError::from_server(error, &explorer.global))
    };
    let channels = list(&channels::LIST).await?;
    let bridges = list(&bridges::LIST).await?;
    Ok(json(&json!({"channels": channels, "bridges": bridges})))
}
