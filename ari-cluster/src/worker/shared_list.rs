//! Lists of all channels or bridges of a server, which the sessions of many calls ask for at the same
//! time after a gap: one response serves all that have asked before its request was sent.
//!
//! A request runs in a task of its own. If it ran in the future of one of those that wait, the others
//! would wait for ever when nobody polls that future.

use std::sync::{Arc, Mutex, PoisonError};

use ari_api::Error;
use ari_api::schema::{Operation, Version};
use ari_api::transport::{BoxFuture, Response};
use bytes::Bytes;
use tokio::sync::oneshot;

/// The status, the body and the version of a response, or the text of an error.
type Fetched = Result<(u16, Bytes, Option<Version>), String>;

/// A request for the list.
pub(super) type Fetch = BoxFuture<'static, Result<Response, Error>>;

/// One list of one server.
#[derive(Default)]
pub(super) struct SharedList(Mutex<State>);

#[derive(Default)]
struct State {
    is_running: bool,
    /// The next request, which is sent when the one that is running has its response, with those that
    /// wait for it.
    next: Option<(Fetch, Vec<oneshot::Sender<Fetched>>)>,
}

impl SharedList {
    /// Returns a response whose request is sent after this call. `spawn` runs a task.
    ///
    /// # Errors
    /// Returns [`Error::OutcomeUnknown`] if the request fails.
    pub(super) async fn get(
        self: &Arc<Self>,
        operation: &'static Operation,
        fetch: Fetch,
        spawn: impl FnOnce(BoxFuture<'static, ()>),
    ) -> Result<Response, Error> {
        let fetched = self.join(fetch, spawn);
        let unknown = |reason: String| Error::OutcomeUnknown {
            operation,
            source: reason.into(),
        };
        // The task ends early only with the worker.
        let fetched = fetched.await;
        let fetched = fetched.unwrap_or_else(|_| Err("the worker has ended".to_owned()));
        let (status, body, version) = fetched.map_err(unknown)?;
        Ok(Response::new(status, body).with_version(version))
    }

    /// Joins the next request, or makes it.
    fn join(
        self: &Arc<Self>,
        fetch: Fetch,
        spawn: impl FnOnce(BoxFuture<'static, ()>),
    ) -> oneshot::Receiver<Fetched> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (sender, receiver) = oneshot::channel();
        if let Some((_, waiting)) = &mut state.next {
            waiting.push(sender);
            return receiver;
        }
        state.next = Some((fetch, vec![sender]));
        if !std::mem::replace(&mut state.is_running, true) {
            spawn(Box::pin(self.clone().run()));
        }
        receiver
    }

    /// Sends requests as long as somebody waits for one.
    async fn run(self: Arc<Self>) {
        loop {
            let next = {
                let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                state.is_running = state.next.is_some();
                state.next.take()
            };
            let Some((fetch, waiting)) = next else {
                return;
            };
            let fetched = read(fetch).await;
            for sender in waiting {
                // Those that no longer wait have dropped the receiver.
                let _ = sender.send(fetched.clone());
            }
        }
    }
}

async fn read(fetch: Fetch) -> Fetched {
    let response = fetch.await.map_err(|error| error.to_string())?;
    let (status, version) = (response.status, response.version);
    let body = response
        .body
        .bytes()
        .await
        .map_err(|error| error.to_string())?;
    Ok((status, body, version))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use tokio::task::JoinSet;
    use tokio::time::{sleep, timeout};

    use super::*;

    const OPERATION: &Operation = &ari_api::operations::channels::LIST;

    /// Returns a request that takes 100 ms, with its number as the response.
    fn fetch(count: &Arc<AtomicU64>) -> Fetch {
        let count = count.clone();
        Box::pin(async move {
            let number = count.fetch_add(1, Ordering::Relaxed);
            sleep(Duration::from_millis(100)).await;
            Ok(Response::new(200, number.to_string()))
        })
    }

    fn spawn(task: BoxFuture<'static, ()>) {
        tokio::spawn(task);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_that_wait_share_a_response() {
        let list = Arc::new(SharedList::default());
        let count = Arc::new(AtomicU64::new(0));
        let mut tasks = JoinSet::new();
        for wait in [0, 10, 20, 30, 1000] {
            let (list, count) = (list.clone(), count.clone());
            tasks.spawn(async move {
                sleep(Duration::from_millis(wait)).await;
                let response = list.get(OPERATION, fetch(&count), spawn).await.unwrap();
                (wait, response.body.bytes().await.unwrap())
            });
        }
        let mut got = tasks.join_all().await;
        got.sort();
        let got: Vec<_> = got.iter().map(|(wait, body)| (*wait, &body[..])).collect();
        // The first one has been sent when the others ask. These share the second.
        let second = &b"1"[..];
        let expected = [
            (0, &b"0"[..]),
            (10, second),
            (20, second),
            (30, second),
            (1000, b"2"),
        ];
        assert_eq!(got, expected);
    }

    #[tokio::test(start_paused = true)]
    async fn future_that_is_not_polled_holds_up_no_other() {
        let list = Arc::new(SharedList::default());
        let count = Arc::new(AtomicU64::new(0));
        let mut idle = Box::pin(list.get(OPERATION, fetch(&count), spawn));
        assert!(timeout(Duration::from_millis(10), &mut idle).await.is_err());
        let other = list.get(OPERATION, fetch(&count), spawn).await.unwrap();
        assert_eq!(other.body.bytes().await.unwrap(), "1");
        assert_eq!(idle.await.unwrap().body.bytes().await.unwrap(), "0");
    }
}
