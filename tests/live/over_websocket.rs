//! Requests over the WebSocket of events: Asterisk 22 has it, 16 has not.

use std::time::Duration;

use ari_api::outcome::CallOutcome;
use ari_api::runtime::EventFilter;
use ari_api::{Client, Error};

use super::session::{on, refusal};
use crate::asterisk::Release;

#[test]
fn a_call_is_handled_over_one_socket() {
    on(Release::V22, async |session| {
        let app = session
            .client
            .application("socket")
            .connect()
            .await
            .unwrap();
        let client = Client::over(app.session());
        let info = client.asterisk().get_info().await.unwrap();
        assert!(info.system.unwrap().version.starts_with("22."));
        let originate = client
            .channels()
            .originate("Local/echo@testari")
            .app("socket");
        let originate = originate
            .app_args(["a,b", "c d"])
            .variables([("exotic", "é \"\\ & +%")]);
        let CallOutcome::Answered { channel, .. } = originate.outcome().await.unwrap() else {
            panic!("not answered");
        };
        let value = channel.get_channel_var("exotic").await.unwrap();
        assert_eq!(value.value, "é \"\\ & +%");
        channel.play(["sound:beep"]).finished().await.unwrap();
        // By HTTP, behind the scenes: it waits for the playback, a socket would wait with it.
        let long = channel.play(["sound:tt-monkeys"]).playback_id("long").await;
        long.unwrap();
        let answering = tokio::spawn(channel.clone().answer().into_future());
        let pong = client
            .within(Duration::from_secs(5))
            .asterisk()
            .ping()
            .await;
        assert_eq!(pong.unwrap().ping, "pong");
        assert!(!answering.is_finished());
        super::session::steer(async || client.playback("long").stop().await).await;
        answering.await.unwrap().unwrap();

        assert_eq!(refusal(client.channels().get("no-such").await).0, 404);
        let twice = client.channels().originate("Local/1@testari").app("socket");
        let twice = twice.channel_id(channel.channel_id()).await;
        assert_eq!(refusal(twice).0, 409);
        // A read-only user's session would be refused here; a filter must not stop answers.
        let filter = EventFilter::everything().allow(["StasisEnd"]);
        client
            .application("socket")
            .filter()
            .filter(filter)
            .await
            .unwrap();
        client
            .within(Duration::from_secs(5))
            .asterisk()
            .ping()
            .await
            .unwrap();
        channel.hangup().await.unwrap();
    });
}

/// Asterisk answers in the name of the first application, and drops the answers once another
/// client has that.
#[test]
fn a_replaced_first_application_ends_requests_with_an_error() {
    on(Release::V22, async |session| {
        let http = session.client.clone();
        let both = http.events().event_websocket(["first", "second"]);
        let mut app = both.await.unwrap();
        let client = Client::over(app.session());
        client.asterisk().ping().await.unwrap();
        let _other = http.application("first").connect().await.unwrap();
        while app.next().await.unwrap().unwrap().kind() != "ApplicationReplaced" {}
        let error = client.asterisk().ping().await.unwrap_err();
        assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
        // The second is still served.
        http.events()
            .user_event("still here", "second")
            .await
            .unwrap();
        assert_eq!(
            app.next().await.unwrap().unwrap().kind(),
            "ChannelUserevent"
        );
        let _another = http.application("second").connect().await.unwrap();
        while let Some(item) = app.next().await {
            if let Err(error) = item {
                assert!(error.to_string().contains("taken over"), "{error}");
            }
        }
    });
}

/// 16 does not know such requests: they are not answered, and time out.
#[test]
fn sixteen_does_not_answer() {
    on(Release::V16, async |session| {
        let app = session
            .client
            .application("socket")
            .connect()
            .await
            .unwrap();
        let client = Client::over(app.session());
        let quick = client.within(Duration::from_secs(2));
        let error = quick.asterisk().ping().await.unwrap_err();
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        session.client.asterisk().ping().await.unwrap();
    });
}
