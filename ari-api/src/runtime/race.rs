//! Two futures, of which the first to finish counts.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

/// Waits for whichever finishes first; the first one, if both have.
pub(super) async fn race<A, B>(
    first: impl Future<Output = A>,
    second: impl Future<Output = B>,
) -> Result<A, B> {
    let mut first = pin!(first);
    let mut second = pin!(second);
    poll_fn(|context| {
        if let Poll::Ready(output) = first.as_mut().poll(context) {
            return Poll::Ready(Ok(output));
        }
        second.as_mut().poll(context).map(Err)
    })
    .await
}
