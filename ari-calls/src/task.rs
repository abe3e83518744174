//! Requests that run to their end, also if nobody waits for it or the connection is lost.

use std::future::Future;
use std::time::Duration;

use ari_api::Error;
use tokio::time::sleep;

/// Pauses before a request is sent again that was lost.
const RETRY_DELAYS: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(2),
    Duration::from_secs(10),
];

/// Runs requests in a task, so that a future that is dropped in the middle leaves nothing behind:
/// what the task returns is dropped then.
pub(crate) async fn in_task<T: Send + 'static>(
    requests: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    match tokio::spawn(requests).await {
        Ok(result) => result,
        Err(panic) => match panic.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => std::future::pending().await,
        },
    }
}

/// Sends a request again if it was lost with the connection, so that it is not known if the server
/// has received it.
///
/// # Errors
///
/// Returns the error if the server refuses the request, or if the request was lost four times.
pub(crate) async fn until_received<R>(request: R) -> Result<(), Error>
where
    R: Clone + IntoFuture<Output = Result<(), Error>>,
{
    let mut delays = RETRY_DELAYS.iter();
    loop {
        let error = match request.clone().await {
            Err(error) if error.status().is_none() && error.gone_object().is_none() => error,
            result => return result,
        };
        match delays.next() {
            Some(delay) => sleep(*delay).await,
            None => return Err(error),
        }
    }
}
