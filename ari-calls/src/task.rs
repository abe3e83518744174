//! Requests that run to their end, also if nobody waits for it.

use std::future::Future;

use ari_api::Error;
use tracing::Instrument as _;

/// Runs requests in a task, so that a future that is dropped in the middle leaves nothing behind:
/// what the task returns is dropped then.
pub(crate) async fn in_task<T: Send + 'static>(
    requests: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    match tokio::spawn(requests.in_current_span()).await {
        Ok(result) => result,
        Err(panic) => match panic.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => std::future::pending().await,
        },
    }
}
