//! Downloads that begin and then stall.

use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

use ari_api::transport::ResponseBody;
use ari_api::{Client, Error};
use ari_test_support::{LIMIT, within_limit};
use serde_json::Value;

use crate::server::Server;
use crate::transcript::{format_result, run};

const BRIEF: Duration = Duration::from_millis(100);
const LINE: &str = "GET /recordings/stored/r/file";

async fn begin(server: &Server, client: &Client) -> ResponseBody {
    server.stall_response_to(LINE);
    let asked = client.stored_recording("r").get_stored_file().into_future();
    let mut download = within_limit(asked).await.expect("a download");
    let piece = within_limit(download.next()).await.expect("a piece");
    assert_eq!(piece.expect("no error"), "begun");
    download
}

/// Returns the error, and checks that the stream ends after it.
async fn failure(mut download: ResponseBody) -> Error {
    let error = within_limit(download.next()).await.expect("an error");
    assert!(
        within_limit(download.next()).await.is_none(),
        "nothing behind it"
    );
    error.expect_err("an error")
}

/// Each chunk may take as long as the response: a long recording needs no long timeout.
#[test]
fn stalled_download_times_out() {
    run(async |server| {
        let client = server.client().with_timeout(BRIEF);
        let error = failure(begin(&server, &client).await).await;
        assert_eq!(format_result::<()>(&Err(error)), "OutcomeUnknown");
    });
}

#[test]
fn download_outlives_its_client() {
    run(async |server| {
        let client = server.client();
        let mut download = begin(&server, &client).await;
        drop(client);
        let more = tokio::time::timeout(BRIEF, download.next()).await;
        assert!(more.is_err(), "still waiting for the next piece");
    });
}

#[test]
fn close_waits_for_downloads_and_ends_them() {
    run(async |server| {
        let client = server.client();
        let download = begin(&server, &client).await;
        let closing = client.clone();
        let closed = tokio::spawn(async move { closing.close(BRIEF).await });
        let error = failure(download).await;
        within_limit(closed).await.expect("no panic");
        assert!(
            format!("{error:?}").contains("client was closed"),
            "{error:?}"
        );

        // Closing does not wait for a download that was dropped.
        drop(begin(&server, &client).await);
        within_limit(client.close(LIMIT * 10)).await;
    });
}

/// Any executor may poll the download: the connection returns to the pool without a runtime, too.
#[test]
fn download_can_be_read_outside_runtime() {
    run(async |server| {
        server.set_response(LINE, 200, &Value::from("whole"));
        let client = server.client();
        for _ in 0..2 {
            let asked = client.stored_recording("r").get_stored_file().into_future();
            let mut download = within_limit(asked).await.expect("a download");
            let reading = thread::spawn(move || {
                let mut bytes = Vec::new();
                let mut context = Context::from_waker(Waker::noop());
                loop {
                    match pin!(download.next()).poll(&mut context) {
                        Poll::Ready(Some(piece)) => bytes.extend(piece.expect("a piece")),
                        Poll::Ready(None) => return bytes,
                        Poll::Pending => thread::sleep(Duration::from_millis(1)),
                    }
                }
            });
            let bytes = tokio::task::spawn_blocking(|| reading.join());
            let bytes = within_limit(bytes)
                .await
                .expect("no panic")
                .expect("no panic");
            assert_eq!(bytes, b"\"whole\"");
        }
        drop(client);
    });
}
