//! One program a thousand times, on a clock that goes straight to the next timer.

use std::time::Duration;

use ari_api::Client;
use ari_api::client::{ApiClient as _, Connection};
use ari_mock::Asterisk;
use tokio::time::Instant;

use crate::support::{SOUND, incoming};

const REPETITIONS: u32 = 1000;

/// Asks for four digits, up to five times, while the caller presses nothing. Returns the end, the time
/// of the fake's clock that has passed, and the requests.
async fn ask_in_vain() -> (String, Duration, Vec<&'static str>) {
    let builder = Asterisk::builder().in_process().sound("one", SOUND);
    let pbx = builder.start().await.unwrap();
    let client = Client::from_connection(Connection::new(pbx.transport()));
    let mut app = client.application("calls").connect().await.unwrap();
    let alice = pbx.incoming_call("PJSIP/alice").into_application("calls");
    let mut call = incoming(&client, &mut app).await;
    let begin = Instant::now();
    let collected = call.collect(4).prompt("sound:one").attempts(5).await;
    let end = format!("{:?}", collected.unwrap());
    let elapsed = begin.elapsed();
    alice.hang_up();
    call.wait_for_end().await.unwrap();
    pbx.assert_no_violations();
    let requests = pbx.requests().into_iter();
    (
        end,
        elapsed,
        requests.map(|it| it.operation.nickname).collect(),
    )
}

/// Without sockets nothing waits for the machine, so that a loaded one changes nothing either.
/// `--nocapture` shows the mean time of a repetition, some 6 ms in the development profile.
#[test]
fn five_timeouts_are_alike_in_each_repetition() {
    let repeat = || {
        let mut runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = runtime.enable_all().start_paused(true).build().unwrap();
        runtime.block_on(ask_in_vain())
    };
    let begin = std::time::Instant::now();
    let first = repeat();
    assert!(first.1 >= 5 * SOUND, "{first:?}");
    assert_eq!(first.2.iter().filter(|it| **it == "playWithId").count(), 5);
    for _ in 1..REPETITIONS {
        assert_eq!(repeat(), first);
    }
    let mean = begin.elapsed() / REPETITIONS;
    println!("{:?} of the fake's clock in {mean:?}: {}", first.1, first.0);
}
