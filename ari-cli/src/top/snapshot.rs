//! The data of the screen, as the server lists it.

use ari_api::operations::{applications, asterisk, bridges, channels};
use serde_json::{Value, json};

use crate::api_request;
use crate::event::CommandConnection;

/// The responses of a refresh.
pub(super) struct Snapshot {
    pub(super) info: Value,
    pub(super) channels: Value,
    pub(super) bridges: Value,
    pub(super) applications: Value,
}

/// Fetches the data from the server.
pub(super) async fn fetch(connection: &CommandConnection) -> Result<Snapshot, ari_api::Error> {
    let only = [("only", json!(["status", "system"]))];
    Ok(Snapshot {
        info: api_request::execute(connection, &asterisk::GET_INFO, &only).await?,
        channels: api_request::execute(connection, &channels::LIST, &[]).await?,
        bridges: api_request::execute(connection, &bridges::LIST, &[]).await?,
        applications: api_request::execute(connection, &applications::LIST, &[]).await?,
    })
}
