//! Another client takes over an application.

use ari_api::runtime::EventStream;
use ari_api::{Client, Error, Event};

use crate::over_socket::pong;
use crate::sample::{event, numbered, of_channel};
use crate::server::{LIMIT, Peer, Server};
use crate::tell::{next, outcome, rest, run, soon, up_to};

fn replaced(application: &str) -> serde_json::Value {
    let mut event = event("ApplicationReplaced", serde_json::json!({}));
    event["application"] = application.into();
    event
}

async fn both(server: &Server, client: &Client) -> (EventStream<Event>, Peer) {
    let connecting = client.events().event_websocket(["a", "b"]).into_future();
    let mut app = soon(connecting).await.expect("two applications");
    assert_eq!(next(&mut app).await, "Connected");
    (app, server.peer())
}

#[test]
fn the_only_application_ends_the_stream() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        server.has_call("c");
        let mut object = client.channel("c").events();
        let over = Client::over_session(app.session());
        let request = tokio::spawn(over.asterisk().ping().into_future());
        peer.request();
        peer.event(&replaced("a"));
        peer.close_with_client();
        let items = rest(&mut app).await;
        assert_eq!(items[0], "ApplicationReplaced");
        assert!(
            items[1].contains("another client has taken over"),
            "{items:?}"
        );
        assert!(rest(&mut object).await[0].contains("another client"));
        let outcome = outcome(&soon(request).await.expect("no panic"));
        assert_eq!(outcome, "OutcomeUnknown");
        // It is not taken back.
        assert_eq!(server.count("GET /events"), 1);
        drop(over);
    });
}

/// Asterisk responds in the name of the first application, and drops the responses when another
/// client has it.
#[test]
fn the_first_of_two_ends_requests_over_the_socket() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = both(&server, &client).await;
        let over = Client::over_session(app.session());
        let request = tokio::spawn(over.asterisk().ping().into_future());
        peer.request();
        peer.event(&replaced("a"));
        assert_eq!(next(&mut app).await, "ApplicationReplaced");
        assert_eq!(next(&mut app).await, "Replaced");
        let error = soon(request)
            .await
            .expect("no panic")
            .expect_err("no answer");
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        let error = soon(over.asterisk().ping().into_future())
            .await
            .expect_err("no way");
        assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
        peer.event(&numbered("c", 1));
        assert_eq!(next(&mut app).await, "ChannelUserevent 1");

        // The remaining application is reconnected, and responses arrive in its name.
        peer.cut();
        up_to(&mut app, "Resynced").await;
        let again = server
            .arrived()
            .into_iter()
            .rfind(|r| r.line == "GET /events");
        let query = again.expect("a WebSocket").query;
        assert!(
            query.contains("app=b") && !query.contains("app=a"),
            "{query}"
        );
        let mut peer = server.peer();
        let request = tokio::spawn(over.asterisk().ping().into_future());
        let arrived = peer.request();
        peer.answer(&arrived, 200, &pong());
        soon(request).await.expect("no panic").expect("an answer");

        peer.event(&replaced("b"));
        peer.close_with_client();
        let items = rest(&mut app).await;
        assert!(
            items[1].contains("another client has taken over"),
            "{items:?}"
        );
    });
}

#[test]
fn the_second_of_two_changes_nothing_else() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = both(&server, &client).await;
        let over = Client::over_session(app.session()).with_timeout(LIMIT);
        peer.event(&replaced("b"));
        assert_eq!(next(&mut app).await, "ApplicationReplaced");
        assert_eq!(next(&mut app).await, "Replaced");
        let request = tokio::spawn(over.asterisk().ping().into_future());
        let arrived = peer.request();
        peer.answer(&arrived, 200, &pong());
        soon(request).await.expect("no panic").expect("an answer");

        // The other client's subscriptions do not keep our streams open.
        let mut object = client.channel("c").events();
        server.application("b", &["c"], &[]);
        peer.event(&of_channel("StasisEnd", "c"));
        assert_eq!(rest(&mut object).await, ["StasisEnd c", "Gone channel c"]);
    });
}
