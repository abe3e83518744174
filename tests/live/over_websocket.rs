//! Requests over the WebSocket of events: Asterisk 22 supports them, 16 does not.

use std::time::Duration;

use ari_api::EventFilter;
use ari_api::outcome::CallOutcome;
use ari_api::schema::Version;
use ari_api::{Client, Error, Event};
use ari_test_support::{AUTHORIZATION, LIMIT, connect_websocket};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::session::{on_release, refusal};
use crate::asterisk::{Asterisk, Release};

#[test]
fn call_is_handled_over_one_websocket() {
    on_release(Release::V22, async |session| {
        let app = session
            .client
            .application("socket")
            .connect()
            .await
            .unwrap();
        let client = Client::over_session(app.session());
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
        channel
            .play(["sound:beep"])
            .wait_until_finished()
            .await
            .unwrap();
        // Sent over HTTP automatically: it waits for the playback, and would block a socket.
        let long = channel.play(["sound:tt-monkeys"]).playback_id("long").await;
        long.unwrap();
        let answering = tokio::spawn(channel.clone().answer().into_future());
        let pong = client.asterisk().ping().await;
        assert_eq!(pong.unwrap().ping, "pong");
        assert!(!answering.is_finished());
        super::session::retry_until_controllable(async || client.playback("long").stop().await)
            .await;
        answering.await.unwrap().unwrap();

        assert_eq!(refusal(client.channels().get("no-such").await).0, 404);
        let twice = client.channels().originate("Local/1@testari").app("socket");
        let twice = twice.channel_id(channel.channel_id()).await;
        assert_eq!(refusal(twice).0, 409);
        // A read-only user's session would be refused here. A filter must not block responses.
        let filter = EventFilter::allow_all().allow(["StasisEnd"]);
        client
            .application("socket")
            .filter()
            .filter(filter)
            .await
            .unwrap();
        client.asterisk().ping().await.unwrap();
        channel.hangup().await.unwrap();
    });
}

/// Asterisk responds in the name of the first application, and drops the responses once another
/// client has that application.
#[test]
fn takeover_of_first_application_fails_requests() {
    on_release(Release::V22, async |session| {
        let http = session.client.clone();
        let both = http.events().event_websocket(["first", "second"]);
        let mut app = both.await.unwrap();
        let client = Client::over_session(app.session());
        client.asterisk().ping().await.unwrap();
        let _other = http.application("first").connect().await.unwrap();
        while app.next().await.unwrap().unwrap().kind() != "ApplicationReplaced" {}
        assert_eq!(app.next().await.unwrap().unwrap().kind(), "Replaced");
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

/// The longest frame that Asterisk reads has 65535 bytes, including a header of four bytes and a
/// mask.
#[test]
fn oversized_frame_closes_websocket() {
    on_release(Release::V22, async |session| {
        for (length, answered) in [(65535 - 8, true), (65535 - 7, false)] {
            let mut socket = open(&session.server).await;
            let mut text = String::from(
                r#"{"type":"RESTRequest","request_id":"1","method":"GET","uri":"asterisk/ping","x":""#,
            );
            text.push_str(&"x".repeat(length - text.len() - 2));
            text.push_str("\"}");
            socket.send(Message::text(text)).await.unwrap();
            let came = tokio::time::timeout(LIMIT, socket.next()).await;
            match came.unwrap() {
                Some(Ok(Message::Text(text))) if answered => {
                    assert!(text.contains(r#""status_code":200"#), "{text}");
                }
                Some(Ok(Message::Close(Some(frame)))) if !answered => {
                    assert_eq!(u16::from(frame.code), 1009);
                }
                other => panic!("{length}: {other:?}"),
            }
        }
    });
}

/// Requests that no frame can carry use HTTP, whose bodies may be as long as they are after
/// escaping.
#[test]
fn oversized_requests_arrive_over_http() {
    on_release(Release::V22, async |session| {
        let mut app = session.client.application("long").connect().await.unwrap();
        let over = Client::over_session(app.session());
        for length in [100, 20_000] {
            let quotes = "\"".repeat(length);
            let event = over.events().user_event("quotes", "long");
            event
                .variables([("quotes", quotes.as_str())])
                .await
                .unwrap();
            let told = loop {
                let event = tokio::time::timeout(LIMIT, app.next()).await;
                if let Event::ChannelUserevent(event) = event.unwrap().unwrap().unwrap().as_ref() {
                    break event.clone();
                }
            };
            assert_eq!(told.userevent["quotes"], quotes);
        }
        assert_eq!(app.session().stats().reconnects, 0);
    });
}

/// 16 does not know such requests, and does not respond to them. Our client sends none once a
/// response has shown the release.
#[test]
fn asterisk_16_ignores_websocket_requests() {
    on_release(Release::V16, async |session| {
        let mut socket = open(&session.server).await;
        let request =
            r#"{"type":"RESTRequest","request_id":"1","method":"GET","uri":"asterisk/ping"}"#;
        socket.send(Message::text(request)).await.unwrap();
        let answer = tokio::time::timeout(Duration::from_secs(2), socket.next()).await;
        assert!(answer.is_err(), "{answer:?}");

        let client = &session.client;
        let app = client.application("socket").connect().await.unwrap();
        let version = client.connection().fetch_version().await.unwrap();
        assert!(version.unwrap() < Version::new(17, 0, 0));
        let over = Client::over_session(app.session());
        over.asterisk().ping().await.unwrap();
    });
}

/// Opens a WebSocket of an application, without the library.
async fn open(server: &Asterisk) -> WebSocketStream<TcpStream> {
    let address = format!("127.0.0.1:{}", server.http_port());
    connect_websocket(&address, "/ari/events?app=bare", AUTHORIZATION).await
}
