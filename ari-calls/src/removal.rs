//! Removing a channel or a bridge from the server, again after failures.

use std::time::Duration;

use ari_api::Error;
use tokio::time::sleep;

/// Pauses before a request is sent again.
const RETRY_DELAYS: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(2),
    Duration::from_secs(10),
];

/// Sends a request that removes an object. An object that no longer exists is a success.
///
/// # Errors
///
/// Returns the error if the request is invalid (400), or has failed four times.
pub(crate) async fn remove<R>(request: R, id: &str) -> Result<(), Error>
where
    R: Clone + IntoFuture<Output = Result<(), Error>>,
{
    let mut delays = RETRY_DELAYS.iter();
    loop {
        let error = match request.clone().await {
            Ok(()) => return Ok(()),
            Err(error) if error.gone_object().is_some() => return Ok(()),
            Err(error) => error,
        };
        match delays.next() {
            Some(delay) if error.status() != Some(400) => {
                tracing::debug!(id, %error, "not removed; trying again");
                sleep(*delay).await;
            }
            _ => return Err(error),
        }
    }
}
