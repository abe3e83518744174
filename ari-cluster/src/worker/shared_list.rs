//! Lists of all channels or bridges of a server, which the sessions of many calls ask for at the same
//! time after a gap: one response serves all that have asked before its request was sent.

use std::sync::atomic::{AtomicU64, Ordering};

use ari_api::Error;
use ari_api::schema::{Operation, Version};
use ari_api::transport::Response;
use bytes::Bytes;
use tokio::sync::Mutex;

/// A response, or `None` if there was none, and the number of the last request that it
/// serves.
struct Fetched {
    serves: u64,
    response: Option<(u16, Bytes, Option<Version>)>,
}

/// One list of one server.
#[derive(Default)]
pub(super) struct SharedList {
    /// The number of requests so far.
    asked: AtomicU64,
    latest: Mutex<Option<Fetched>>,
}

impl SharedList {
    /// Returns a response whose request is sent after this call, by this call or another. If another
    /// one's request fails, this one fails, too: the sender tries again.
    pub(super) async fn get(
        &self,
        operation: &'static Operation,
        fetching: impl Future<Output = Result<Response, Error>>,
    ) -> Result<Response, Error> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed) + 1;
        let mut latest = self.latest.lock().await;
        if let Some(fetched) = latest.as_ref().filter(|fetched| fetched.serves >= number) {
            let (status, body, version) =
                fetched
                    .response
                    .clone()
                    .ok_or_else(|| Error::OutcomeUnknown {
                        operation,
                        source: "another call has asked at the same time, and got no list".into(),
                    })?;
            return Ok(Response::new(status, body).with_version(version));
        }
        let serves = self.asked.load(Ordering::Relaxed);
        let fetched = fetch(fetching).await;
        // Kept only as long as somebody waits for it.
        *latest = (serves > number).then(|| Fetched {
            serves,
            response: fetched.as_ref().ok().cloned(),
        });
        fetched.map(|(status, body, version)| Response::new(status, body).with_version(version))
    }
}

/// Returns the status, the body and the version of a response.
async fn fetch(
    fetching: impl Future<Output = Result<Response, Error>>,
) -> Result<(u16, Bytes, Option<Version>), Error> {
    let response = fetching.await?;
    let (status, version) = (response.status, response.version);
    Ok((status, response.body.bytes().await?, version))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use tokio::task::JoinSet;
    use tokio::time::sleep;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn requests_that_wait_share_a_response() {
        let operation = &ari_api::operations::channels::LIST;
        let list = Arc::new(SharedList::default());
        let fetches = Arc::new(AtomicU64::new(0));
        let mut tasks = JoinSet::new();
        for wait in [0, 10, 20, 30, 1000] {
            let (list, fetches) = (list.clone(), fetches.clone());
            tasks.spawn(async move {
                sleep(Duration::from_millis(wait)).await;
                let fetching = async {
                    let number = fetches.fetch_add(1, Ordering::Relaxed);
                    sleep(Duration::from_millis(100)).await;
                    Ok(Response::new(200, number.to_string()))
                };
                let response = list.get(operation, fetching).await.unwrap();
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
}
