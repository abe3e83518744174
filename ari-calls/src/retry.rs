//! Requests that are sent again after failures.

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
pub(crate) async fn remove<R>(request: R) -> Result<(), Error>
where
    R: Clone + IntoFuture<Output = Result<(), Error>>,
{
    let is_gone = |error: &Error| error.gone_object().is_some();
    match retry(request, |error| {
        is_gone(error) || error.status() == Some(400)
    })
    .await
    {
        Err(error) if is_gone(&error) => Ok(()),
        result => result,
    }
}

/// Sends a request again if it was lost with the connection, so that it is not known if the server
/// has received it, or if the server or a proxy was not ready for it (502, 503, 504).
///
/// # Errors
///
/// Returns the error if the server refuses the request, or if the request has failed four times.
pub(crate) async fn until_received<R>(request: R) -> Result<(), Error>
where
    R: Clone + IntoFuture<Output = Result<(), Error>>,
{
    retry(request, |error| {
        let is_ready = |status| !matches!(status, 502..=504);
        error.status().is_some_and(is_ready) || error.gone_object().is_some()
    })
    .await
}

async fn retry<R>(request: R, is_final: impl Fn(&Error) -> bool) -> Result<(), Error>
where
    R: Clone + IntoFuture<Output = Result<(), Error>>,
{
    let mut delays = RETRY_DELAYS.iter();
    loop {
        let error = match request.clone().await {
            Err(error) if !is_final(&error) => error,
            result => return result,
        };
        let Some(delay) = delays.next() else {
            return Err(error);
        };
        tracing::debug!(%error, "a request has failed; trying again");
        sleep(*delay).await;
    }
}
