//! Another client takes over an application.

use ari_api::stream::EventStream;
use ari_api::{Client, Error, Event};
use ari_test_support::{LIMIT, Peer, within_limit};

use crate::over_socket::pong;
use crate::sample::{channel_event, event, numbered_user_event};
use crate::server::Server;
use crate::transcript::{
    format_result, next_transcript, remaining_transcripts, run, transcripts_up_to,
};

fn replaced(application: &str) -> serde_json::Value {
    let mut event = event("ApplicationReplaced", serde_json::json!({}));
    event["application"] = application.into();
    event
}

async fn connect_both(server: &Server, client: &Client) -> (EventStream<Event>, Peer) {
    let connecting = client.events().event_websocket(["a", "b"]).into_future();
    let mut app = within_limit(connecting).await.expect("two applications");
    assert_eq!(next_transcript(&mut app).await, "Connected");
    (app, server.peer())
}

#[test]
fn takeover_of_only_application_ends_stream() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        server.add_call("c");
        let mut object = client.channel("c").events();
        let over = Client::over_session(app.session());
        let request = tokio::spawn(over.asterisk().ping().into_future());
        peer.next_request();
        peer.send_event(&replaced("a"));
        peer.close_with_client();
        let items = remaining_transcripts(&mut app).await;
        assert_eq!(items[0], "ApplicationReplaced");
        assert!(
            items[1].contains("another client has taken over"),
            "{items:?}"
        );
        assert!(remaining_transcripts(&mut object).await[0].contains("another client"));
        let outcome = format_result(&within_limit(request).await.expect("no panic"));
        assert_eq!(outcome, "OutcomeUnknown");
        // It is not taken back.
        assert_eq!(server.request_count("GET /events"), 1);
        drop(over);
    });
}

/// Asterisk responds in the name of the first application, and drops the responses when another
/// client has it.
#[test]
fn takeover_of_first_application_ends_websocket_requests() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = connect_both(&server, &client).await;
        let over = Client::over_session(app.session());
        let request = tokio::spawn(over.asterisk().ping().into_future());
        peer.next_request();
        peer.send_event(&replaced("a"));
        assert_eq!(next_transcript(&mut app).await, "ApplicationReplaced");
        assert_eq!(next_transcript(&mut app).await, "Replaced");
        let error = within_limit(request)
            .await
            .expect("no panic")
            .expect_err("no response");
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        let error = within_limit(over.asterisk().ping().into_future())
            .await
            .expect_err("no way");
        assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
        peer.send_event(&numbered_user_event("c", 1));
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");

        // The remaining application is reconnected, and responses arrive in its name.
        peer.cut();
        transcripts_up_to(&mut app, "Resynced").await;
        let again = server
            .requests()
            .into_iter()
            .rfind(|r| r.line() == "GET /events");
        let query = again.expect("a WebSocket");
        let query = query.query();
        assert!(
            query.contains("app=b") && !query.contains("app=a"),
            "{query}"
        );
        let mut peer = server.peer();
        let request = tokio::spawn(over.asterisk().ping().into_future());
        let arrived = peer.next_request();
        peer.respond(&arrived, 200, &pong());
        within_limit(request)
            .await
            .expect("no panic")
            .expect("a response");

        peer.send_event(&replaced("b"));
        peer.close_with_client();
        let items = remaining_transcripts(&mut app).await;
        assert!(
            items[1].contains("another client has taken over"),
            "{items:?}"
        );
    });
}

#[test]
fn takeover_of_second_application_affects_nothing_else() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = connect_both(&server, &client).await;
        let over = Client::over_session(app.session()).with_timeout(LIMIT);
        peer.send_event(&replaced("b"));
        assert_eq!(next_transcript(&mut app).await, "ApplicationReplaced");
        assert_eq!(next_transcript(&mut app).await, "Replaced");
        let request = tokio::spawn(over.asterisk().ping().into_future());
        let arrived = peer.next_request();
        peer.respond(&arrived, 200, &pong());
        within_limit(request)
            .await
            .expect("no panic")
            .expect("a response");

        // The other client's subscriptions do not keep our streams open.
        let mut object = client.channel("c").events();
        server.set_application("b", &["c"], &[]);
        peer.send_event(&channel_event("StasisEnd", "c"));
        assert_eq!(
            remaining_transcripts(&mut object).await,
            ["StasisEnd c", "Gone channel c"]
        );
    });
}
