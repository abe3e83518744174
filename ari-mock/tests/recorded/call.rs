//! Plays the recorded call `alice` to the application. Its channels, and 1 bridge:
//!
//! - PJSIP/alice-00000000 (alice)

use ari_mock::Replay;

#[tokio::test]
async fn application_acts_as_recorded() {
    let replay = Replay::parse(include_str!("call.jsonl")).expect("the recording is valid");
    let replay = replay.start().await.expect("the recording can be played");
    let client = replay.client();
    let application = tokio::spawn(async move {
        let _ = crate::helpers::run(client).await;
    });
    let report = replay.finish().await;
    application.abort();
    assert!(report.is_match(), "{report}");
}
