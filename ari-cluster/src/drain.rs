//! The commands that drain a server.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

use crate::bus::{Bus, BusError};
use crate::error::ClusterError;
use crate::wire::header::HeaderWriter;
use crate::wire::{subject, verb};

/// The time limit of a command.
const LIMIT: Duration = Duration::from_secs(2);

/// Sets whether a server takes new calls of dialers. Returns the number of its calls.
pub(crate) async fn set_draining(
    bus: &dyn Bus,
    server: &str,
    is_draining: bool,
) -> Result<usize, ClusterError> {
    let verb = match is_draining {
        true => verb::DRAIN,
        false => verb::UNDRAIN,
    };
    let subject = subject::administration(verb, server);
    let header = HeaderWriter::new().finish();
    let response = bus.request(subject, header, Bytes::new(), LIMIT).await;
    let response = response.map_err(|error| match error {
        BusError::NoResponders(_) => {
            ClusterError::NoServer(format!("no gateway of a server {server:?} is running"))
        }
        error => ClusterError::bus(error),
    })?;
    let body: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let calls = body.get("calls").and_then(Value::as_u64).unwrap_or(0);
    Ok(usize::try_from(calls).unwrap_or(usize::MAX))
}
