//! Waiting for a program, and the clock that the program shares with the fake.

#![cfg(test)]

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant, SystemTime};

use ari_api::Event;
use ari_api::Timestamp;
use ari_mock::{Asterisk, Step};
use ari_test_support::wait_until;
use futures_util::FutureExt;

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn wait_timeout_lists_the_requests_that_arrived() {
    let limit = Duration::from_millis(50);
    let pbx = Asterisk::builder()
        .wait_timeout(limit)
        .start()
        .await
        .unwrap();
    let client = pbx.client().unwrap();
    client.asterisk().ping().await.unwrap();
    client.channel("nope").answer().await.unwrap_err();
    pbx.delay("channels.list", 60 * SECOND);
    let list = tokio::spawn(client.channels().list().into_future());
    wait_until("the request arrives", || pbx.requests().len() == 3).await;
    assert_eq!(pbx.wait_for_request("channels.list", 1).await.status, None);
    let pinged = pbx.wait_for_response("asterisk.ping", 1).await;
    assert_eq!(pinged.status, Some(200));
    for (wait, verb) in [
        ("channels.answer", "arrive 2"),
        ("channels.list", "get an answer 1"),
    ] {
        let waiting = async {
            match wait {
                "channels.answer" => pbx.wait_for_request(wait, 2).await,
                _ => pbx.wait_for_response(wait, 1).await,
            }
        };
        let panic = AssertUnwindSafe(waiting).catch_unwind().await.unwrap_err();
        let text = panic.downcast_ref::<String>().unwrap();
        let expected = format!(
            "{wait} did not {verb} times within 50ms; what arrived:\n\
             asterisk.ping (GET asterisk/ping): 200\n\
             channels.answer (POST channels/nope/answer): 404\n\
             channels.list (GET channels): not answered"
        );
        assert_eq!(text, &expected);
    }
    list.abort();
}

/// A delay is measured by the fake's clock, even if that is paused.
#[tokio::test]
async fn delays_use_the_clock_of_the_fake() {
    let pbx = Asterisk::builder().paused().start().await.unwrap();
    let client = pbx.client().unwrap();
    pbx.delay("asterisk.ping", 60 * SECOND);
    let ping = tokio::spawn(client.asterisk().ping().into_future());
    pbx.wait_for_request("asterisk.ping", 1).await;
    pbx.advance(59 * SECOND);
    pbx.idle().await;
    assert!(!ping.is_finished());
    pbx.advance(SECOND);
    ping.await.unwrap().unwrap();
}

/// A program that hangs up if nobody answers within twenty seconds, and sends a request every
/// second.
#[tokio::test]
async fn the_fake_and_the_program_have_one_clock() {
    let begin = Instant::now();
    let steps = [Step::Ringing, Step::Wait(45 * SECOND), Step::Answer];
    let pbx = Asterisk::builder().frozen().endpoint("PJSIP/slow", steps);
    let pbx = pbx.start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("hello").connect().await.unwrap();
    let seconds = std::rc::Rc::new(std::cell::Cell::new(0));
    let counted = std::rc::Rc::clone(&seconds);
    let local = tokio::task::LocalSet::new();
    local.spawn_local(async move {
        let request = client.channels().originate("PJSIP/slow").app("hello");
        let call = client.channel(request.timeout(None).await.unwrap().id);
        let start = tokio::time::Instant::now();
        for _ in 0..20 {
            tokio::time::sleep(SECOND).await;
            counted.set(start.elapsed().as_secs());
            client.asterisk().ping().await.unwrap();
        }
        call.hangup().await.unwrap();
    });
    local
        .run_until(async {
            pbx.wait_for_response("channels.originate", 1).await;
            pbx.elapse(Duration::from_millis(19_500)).await;
            assert_eq!((seconds.get(), pbx.channel_ids().len()), (19, 1));
            // Almost no real time has passed, so nothing advances by itself.
            tokio::task::yield_now().await;
            pbx.idle().await;
            assert_eq!(seconds.get(), 19);
            pbx.elapse(SECOND).await;
            assert_eq!((seconds.get(), pbx.channel_ids().len()), (20, 0));
        })
        .await;
    let pings = pbx
        .requests()
        .iter()
        .filter(|one| one.operation.nickname == "ping")
        .count();
    assert_eq!(pings, 20);
    let passed = loop {
        if let Event::ChannelDestroyed(end) = app.next().await.unwrap().unwrap().as_ref() {
            let time = |stamp: &Timestamp| SystemTime::from(*stamp);
            let made = &end.channel.creationtime;
            let gone = end.timestamp.as_ref().unwrap();
            break time(gone).duration_since(time(made)).unwrap();
        }
    };
    assert!((20 * SECOND..21 * SECOND).contains(&passed), "{passed:?}");
    assert!(begin.elapsed() < 15 * SECOND, "{:?}", begin.elapsed());
}

/// Timeouts of the client are measured by the shared clock, too, and expire exactly when it reaches
/// them.
#[tokio::test]
async fn timeout_of_the_client_follows_the_frozen_clock() {
    let pbx = Asterisk::builder().frozen().start().await.unwrap();
    let client = pbx.client().unwrap();
    pbx.delay("asterisk.ping", 60 * SECOND);
    let ping = tokio::spawn(
        client
            .with_timeout(30 * SECOND)
            .asterisk()
            .ping()
            .into_future(),
    );
    pbx.wait_for_request("asterisk.ping", 1).await;
    pbx.elapse(29 * SECOND).await;
    assert!(!ping.is_finished());
    pbx.elapse(2 * SECOND).await;
    assert!(ping.is_finished());
    ping.await.unwrap().unwrap_err();
}

/// The steps of a call that has ended are not taken by a later one of the same id.
#[tokio::test]
async fn channel_takes_no_step_of_an_earlier_one_with_its_id() {
    let phone = [Step::Wait(SECOND), Step::Ringing, Step::Answer];
    let builder = Asterisk::builder().paused().endpoint("PJSIP/slow", phone);
    let pbx = builder.start().await.unwrap();
    let client = pbx.client().unwrap();
    let mut app = client.application("hello").connect().await.unwrap();
    for (endpoint, next_step) in [("Local/1@testari", SECOND / 2), ("PJSIP/slow", SECOND)] {
        let call = async || {
            let request = client.channels().originate(endpoint).app("hello");
            request.channel_id("a").await.unwrap();
        };
        let mut events_up_to = async |mark: &str| {
            let request = client.events().user_event(mark, "hello");
            request.await.unwrap();
            let mut kinds = Vec::new();
            loop {
                match app.next().await.unwrap().unwrap().as_ref() {
                    Event::ChannelUserevent(event) if event.eventname == mark => return kinds,
                    event => kinds.push(event.kind().to_owned()),
                }
            }
        };
        call().await;
        pbx.advance(next_step - SECOND / 5);
        client.channel("a").hangup().await.unwrap();
        call().await;
        events_up_to("called").await;
        pbx.advance(next_step - SECOND / 10);
        let early = events_up_to("early").await;
        assert_eq!(early, Vec::<String>::new(), "{endpoint}");
        pbx.advance(SECOND / 10);
        let due = events_up_to("due").await;
        assert!(!due.is_empty(), "{endpoint}");
        client.channel("a").hangup().await.unwrap();
    }
}

/// Without sockets, the fake also works on a clock that advances by itself.
#[tokio::test(start_paused = true)]
async fn fake_in_memory_needs_no_real_time() {
    use ari_api::Client;
    use ari_api::client::{ApiClient as _, Connection};

    let mut pbx = Asterisk::builder().in_process().start().await.unwrap();
    let client = Client::from_connection(Connection::new(pbx.transport()));
    let mut app = client.application("hello").connect().await.unwrap();
    let alice = pbx.incoming_call("PJSIP/alice").into_application("hello");
    while app.next().await.unwrap().unwrap().kind() != "StasisStart" {}
    let channel = client.channel(alice.id());
    channel.answer().await.unwrap();
    let begin = tokio::time::Instant::now();
    channel
        .play(["sound:hello"])
        .wait_until_finished()
        .await
        .unwrap();
    assert!(begin.elapsed() >= Duration::from_millis(800));

    // The application's WebSocket is lost and opened again.
    assert!(pbx.drop_socket("hello"));
    while app.next().await.unwrap().unwrap().kind() != "Reconnected" {}
    pbx.stop();
    let error = client.asterisk().ping().await.unwrap_err();
    assert!(error.is_retryable(), "{error}");
    pbx.restart().await.unwrap();
    client.asterisk().ping().await.unwrap();
    pbx.assert_no_violations();
}
