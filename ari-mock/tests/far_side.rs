//! Actions of the far end, and the state that survives a restart.

use std::time::Duration;

use ari_mock::{Asterisk, Step, ViolationKind};
use helpers::until;
use raw::request;

#[cfg(test)]
#[expect(dead_code, reason = "other tests use the rest")]
mod raw;

#[cfg(test)]
mod helpers {
    use ari_api::Event;
    use ari_api::stream::EventStream;
    use ari_test_support::within_limit;

    /// Returns the types of the events up to the first one of type `kind`.
    pub(crate) async fn until(events: &mut EventStream<Event>, kind: &str) -> Vec<String> {
        let mut kinds = Vec::new();
        while kinds.last().is_none_or(|last| last != kind) {
            let event = within_limit(events.next()).await.unwrap().unwrap();
            kinds.push(event.kind().to_owned());
        }
        kinds
    }
}

/// An incoming call is not dialled, so its phone cannot answer it.
#[tokio::test]
async fn only_a_dialled_phone_answers() {
    let pbx = Asterisk::builder()
        .endpoint("PJSIP/bob", [Step::Wait(Duration::from_secs(60))])
        .start()
        .await
        .unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("app").connect().await.unwrap();
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .app_args(["x"])
        .into_application("app");
    until(&mut app, "StasisStart").await;
    alice.answer();
    assert_eq!(alice.state().as_deref(), Some("Ring"));
    client.channel(alice.id()).answer().await.unwrap();
    alice.hang_up();
    let kinds = until(&mut app, "StasisEnd").await;
    assert!(!kinds.contains(&"Dial".to_owned()), "{kinds:?}");

    let call = client.channels().originate("PJSIP/bob").app("app");
    let bob = pbx.channel(call.await.unwrap().id);
    bob.ring();
    assert_eq!(bob.state().as_deref(), Some("Ringing"));
    bob.answer();
    let kinds = until(&mut app, "StasisStart").await;
    assert_eq!(kinds.iter().filter(|kind| *kind == "Dial").count(), 3);
    bob.hang_up_with(21);
    until(&mut app, "StasisEnd").await;
}

#[tokio::test]
async fn restart_keeps_the_time_and_the_settings_of_a_test() {
    let mut pbx = Asterisk::builder().paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let before = client.asterisk().ping().await.unwrap().timestamp;
    pbx.advance(Duration::from_secs(3600));
    pbx.fail("asterisk.ping", 503, "Asterisk not booted");
    let call = pbx
        .incoming_call("PJSIP/alice")
        .to_extension("testari", "1");
    pbx.restart().await.unwrap();
    assert!(!call.exists());
    // The connections to the previous server are closed.
    let client = pbx.client().unwrap();
    let refused = client.asterisk().ping().await.unwrap_err();
    assert_eq!(refused.status(), Some(503));
    let after = client.asterisk().ping().await.unwrap().timestamp;
    // An hour has passed.
    assert!(
        after.to_string()[..13] > before.to_string()[..13],
        "{before} {after}"
    );
}

/// Another release has this operation with a method that this release does not have on the path.
#[tokio::test]
async fn method_of_another_release_is_a_violation() {
    let pbx = Asterisk::builder().release(16).start().await.unwrap();
    let client = pbx.client().unwrap();
    let request = client.endpoints().refer("PJSIP/x", "y", "z");
    assert!(request.await.is_err());
    let kinds: Vec<_> = pbx.violations().iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [ViolationKind::NotInThisRelease]);
}

/// A path that this release reads as the id of an object is not reported as another release's
/// operation.
#[tokio::test]
async fn an_id_that_another_release_takes_for_an_operation_is_no_violation() {
    for release in [12, 16, 24] {
        let pbx = Asterisk::builder().release(release).start().await.unwrap();
        let (status, _) = request(&pbx, "GET", "channels/externalMedia", "").await;
        assert!((400..410).contains(&status), "{release}: {status}");
        assert_eq!(pbx.violations(), [], "{release}");
    }
}

/// Commands of a channel are queued, and the test advances the clock.
#[tokio::test]
async fn leaving_waits_for_the_playback() {
    let pbx = Asterisk::builder().paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("app").connect().await.unwrap();
    let call = pbx.incoming_call("PJSIP/alice").into_application("app");
    let channel = client.channel(call.id());
    channel.answer().await.unwrap();
    channel.play(["sound:hello-world"]).await.unwrap();
    channel
        .continue_in_dialplan()
        .context("testari")
        .extension("ring")
        .await
        .unwrap();
    assert_eq!(call.application().as_deref(), Some("app"));
    pbx.advance(Duration::from_secs(2));
    assert_eq!(call.application(), None);
    let kinds = until(&mut app, "StasisEnd").await;
    assert!(kinds.contains(&"PlaybackFinished".to_owned()), "{kinds:?}");
}
