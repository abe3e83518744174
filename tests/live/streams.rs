//! The event stream when its consumer is slow, and when the server ends.

use std::time::Duration;

use ari_api::{Error, Event};
use serde_json::Value;

use super::session::{APP, on_every_release, wait};

/// Asterisk disconnects clients that stop reading for 100 ms: the stream reads in a task of its
/// own.
#[test]
fn slow_consumer_stays_connected_and_loses_nothing() {
    const EVENTS: u64 = 3000;
    on_every_release(async |session| {
        let client = session.client.clone();
        // More than the buffers of a socket hold.
        let padding = "x".repeat(2000);
        for number in 0..EVENTS {
            let request = client.events().user_event("count", APP);
            let number = ("number", Value::from(number));
            let padding = ("padding", Value::from(padding.as_str()));
            request.variables([number, padding]).await.unwrap();
        }
        tokio::time::sleep(Duration::from_secs(3)).await;
        for number in 0..EVENTS {
            let got = session
                .wait("ChannelUserevent", |event| match event {
                    Event::ChannelUserevent(event) => event.userevent.get("number").cloned(),
                    _ => None,
                })
                .await;
            assert_eq!(got, number);
        }
        // Still connected.
        session.call("1").await;
    });
}

#[test]
fn server_shutdown_ends_streams_and_requests() {
    on_every_release(async |session| {
        let client = session.client.clone();
        let channel = session.call("1").await;
        // Waits behind the playback, so it is in flight when the server ends.
        channel.play(["sound:tt-monkeys"]).await.unwrap();
        session.wait_for_kind("PlaybackStarted").await;
        let waiting = tokio::spawn(async move { channel.answer().await });
        tokio::time::sleep(Duration::from_millis(300)).await;
        session.server.stop();

        let waiting = waiting.await.unwrap();
        assert!(
            matches!(waiting, Err(Error::OutcomeUnknown { .. })),
            "{waiting:?}"
        );
        let mut last = None;
        while let Some(event) = session.events.next().await {
            last = Some(event);
        }
        assert!(
            matches!(last, Some(Err(Error::Disconnected { .. }))),
            "{last:?}"
        );
        let error = client.asterisk().ping().await.unwrap_err();
        assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
        assert!(error.is_retryable());
        let error = client.application(APP).connect().await.unwrap_err();
        assert!(matches!(error, Error::NotSent { .. }), "{error:?}");

        session.server.restart();
        client.asterisk().ping().await.unwrap();
        let mut events = client.application(APP).connect().await.unwrap();
        client.events().user_event("back", APP).await.unwrap();
        wait(&mut events, &session.server, "ChannelUserevent", |event| {
            (event.kind() == "ChannelUserevent").then_some(())
        })
        .await;
    });
}
