//! The server's release: how the client learns it on each transport, and which requests it
//! prevents.

use ari_api::operations::channels::{CREATE, ORIGINATE_WITH_ID};
use ari_api::schema::Version;
use ari_api::transport::Request;
use ari_api::{Client, Error};
use ari_test_support::{wait_until, within_limit};
use serde_json::{Value, json};

use crate::over_socket::pong;
use crate::sample;
use crate::transcript::{format_result, run};

/// Returns the response to `GET /asterisk/info?only=system`.
fn info(version: &str) -> Value {
    json!({"system": {"version": version, "entity_id": "x"}})
}

/// Sends an operation that Asterisk 16 and 22.4 lack, for a channel that they do not have either.
async fn progress(client: &Client) -> Result<(), Error> {
    within_limit(client.channel("c").progress().into_future()).await
}

/// The header determines the version, or else the body; a refusal determines none, whatever sent
/// it.
#[test]
fn version_is_learnt_from_header_or_body() {
    for (name, status, body, expected) in [
        (
            Some("Asterisk/22.10.1"),
            200,
            info("22.10.1"),
            Ok("22.10.1"),
        ),
        (
            Some("Asterisk/certified-22.8-cert2"),
            200,
            info(""),
            Ok("22.8.0"),
        ),
        (Some("Apache/2.4.1"), 200, info("20.1.2~dfsg"), Ok("20.1.2")),
        (None, 200, info("certified-20.7-cert4"), Ok("20.7.0")),
        (None, 200, info("GIT-master-1a2b"), Ok("none")),
        (Some("Asterisk/GIT-1a2b"), 200, info("anything"), Ok("none")),
        (None, 200, json!({"system": 1}), Err("cannot be decoded")),
        (
            Some("Asterisk/22.10.1"),
            401,
            json!({"message": "no"}),
            Err("401"),
        ),
        (
            Some("Asterisk/22.10.1"),
            403,
            json!({"message": "no"}),
            Err("403"),
        ),
        (
            Some("Asterisk/22.10.1"),
            503,
            json!({"message": "no"}),
            Err("503"),
        ),
    ] {
        run(async |server| {
            server.set_server_header(name);
            server.set_response("GET /asterisk/info", status, &body);
            let client = server.client();
            let told = within_limit(client.connection().fetch_version()).await;
            match (told, expected) {
                (Ok(version), Ok(expected)) => {
                    let text = version.map_or_else(|| "none".to_owned(), |it| it.to_string());
                    assert_eq!(text, expected);
                    assert_eq!(client.connection().server_version(), version);
                }
                (Err(error), Err(expected)) => {
                    assert!(error.to_string().contains(expected), "{error}");
                }
                (told, _) => panic!("{name:?} {status} {body}: {told:?}"),
            }
            assert_eq!(server.requests()[0].query(), "only=system");
        });
    }
}

/// A server that lacks an operation refuses it like one that lacks the object.
#[test]
fn missing_operation_is_distinguished_from_missing_object() {
    run(async |server| {
        server.set_server_header(Some("Asterisk/22.4.0"));
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let missing = progress(&client).await;
        assert!(
            matches!(missing, Err(Error::UnsupportedByRelease { .. })),
            "{missing:?}"
        );
        for status in [404, 405] {
            let request = tokio::spawn(over.channel("c").progress().into_future());
            let arrived = peer.next_request();
            peer.respond(&arrived, status, &json!({"message": "Resource not found"}));
            let Err(error) = within_limit(request).await.expect("no panic") else {
                panic!("a refusal");
            };
            assert!(
                matches!(error, Error::UnsupportedByRelease { .. }),
                "{error:?}"
            );
            assert_eq!(error.status(), Some(status));
        }
    });
}

/// A server silently drops requests over a WebSocket that it does not support: the client sends no
/// request there that would only wait.
#[test]
fn unsupported_websocket_requests_use_http() {
    for (release, over_socket) in [
        ("Asterisk/16.28.0", false),
        ("Asterisk/20.13.9", false),
        ("Asterisk/20.14.0", true),
        ("Asterisk/21.8.0", false),
        ("Asterisk/22.3.0", false),
        ("Asterisk/22.4.0", true),
        ("Asterisk/23.0.0", true),
        ("Asterisk/25.0.0", true),
    ] {
        run(async |server| {
            server.set_server_header(Some(release));
            server.set_response("GET /asterisk/ping", 200, &pong());
            let client = server.client();
            let (app, mut peer) = server.connect(&client).await;
            let known = || client.connection().server_version().is_some();
            wait_until("the version is known", known).await;
            let before = server.request_count("GET /asterisk/ping");
            let over = Client::over_session(app.session());
            let request = tokio::spawn(over.asterisk().ping().into_future());
            if over_socket {
                let arrived = peer.next_request();
                peer.respond(&arrived, 200, &pong());
            }
            let answer = within_limit(request).await.expect("no panic");
            assert_eq!(answer.expect("a response").ping, "pong", "{release}");
            let over_http = server.request_count("GET /asterisk/ping") - before;
            assert_eq!(over_http, usize::from(!over_socket), "{release}");
        });
    }
}

/// The client over a session and the one that connected it share the version.
#[test]
fn availability_check_applies_to_every_transport() {
    run(async |server| {
        let builder = server.builder().enforce_availability(true);
        let client = builder.build().expect("a client");
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        // Not known yet: the server decides.
        assert_eq!(format_result(&progress(&client).await), "Refused 404");
        let request = tokio::spawn(async move {
            let version = over.connection().fetch_version().await;
            (version, over)
        });
        let arrived = peer.next_request();
        peer.respond(&arrived, 200, &info("22.4.0"));
        let (version, over) = within_limit(request).await.expect("no panic");
        assert_eq!(version.expect("a response"), Some(Version::new(22, 4, 0)));
        let before = server.requests().len();
        for client in [&client, &over] {
            let Err(error) = progress(client).await else {
                panic!("a refusal");
            };
            let Error::UnsupportedByRelease {
                server,
                refusal: None,
                ..
            } = error
            else {
                panic!("{error:?}");
            };
            assert_eq!(server.minor, 4);
        }
        assert_eq!(server.requests().len(), before);
        // The server has been upgraded: any response shows it.
        server.set_server_header(Some("Asterisk/22.10.1"));
        server.set_response("GET /channels/c", 200, &sample::channel("c"));
        within_limit(client.channel("c").get().into_future())
            .await
            .expect("a response");
        let request = tokio::spawn(over.channel("c").progress().into_future());
        let arrived = peer.next_request();
        peer.respond(&arrived, 204, &Value::Null);
        within_limit(request)
            .await
            .expect("no panic")
            .expect("a response");
    });
}

/// Formats the outcome of `POST /channels/create`, sent as a typed or an untyped request.
async fn create(client: &Client, as_call: bool) -> String {
    let sent = if as_call {
        let arguments = [("endpoint", "PJSIP/100"), ("app", "a")];
        let call =
            Request::from_arguments(&CREATE, arguments.map(|(name, value)| (name, value.into())));
        let call = call.expect("a call");
        within_limit(client.connection().execute(&call))
            .await
            .map(|_| ())
    } else {
        let request = client.channels().create("PJSIP/100", "a");
        within_limit(request.into_future()).await.map(|_| ())
    };
    match sent {
        Err(Error::UnsupportedByRelease {
            instead, refusal, ..
        }) => {
            assert!(refusal.is_none());
            assert_eq!(instead, Some(&ORIGINATE_WITH_ID));
            "would originate".to_owned()
        }
        sent => format_result(&sent),
    }
}

/// Asterisk 12 and 13 originate a channel with the id `create`: the phone rings.
#[test]
fn misread_operation_is_never_sent() {
    let git = "GIT-master-1a2b3c";
    let no = || json!({"message": "no"});
    for (name, status, body, given, asked, expected) in [
        // The version comes from the header, or else from the response, on each transport.
        (
            Some("Asterisk/12.8.2"),
            200,
            info(""),
            None,
            1,
            "would originate",
        ),
        (
            Some("Asterisk/13.38.3"),
            403,
            no(),
            None,
            1,
            "would originate",
        ),
        (None, 200, info("13.38.3~dfsg"), None, 1, "would originate"),
        (None, 200, info("16.28.0"), None, 1, "Ok"),
        (Some("Asterisk/22.10.1"), 401, no(), None, 1, "Ok"),
        // Without a version nothing is refused. It is requested again only if that may help.
        (None, 200, info(git), None, 1, "Ok"),
        (None, 401, no(), None, 2, "Ok"),
        (None, 503, no(), None, 2, "NotSent"),
        // The application's setting takes precedence.
        (None, 200, info(git), Some(13), 0, "would originate"),
        (Some("Asterisk/13.38.3"), 200, info(""), Some(22), 0, "Ok"),
    ] {
        run(async |server| {
            server.set_server_header(name);
            server.set_response("GET /asterisk/info", status, &body);
            server.set_response("POST /channels/create", 200, &sample::channel("create"));
            let mut builder = server.builder();
            if let Some(major) = given {
                builder = builder.server_version(Version::new(major, 1, 0));
            }
            let client = builder.build().expect("a client");
            for as_call in [false, true] {
                assert_eq!(create(&client, as_call).await, expected, "{name:?} {body}");
            }
            let posted = if expected == "Ok" { 2 } else { 0 };
            assert_eq!(
                server.request_count("POST /channels/create"),
                posted,
                "{name:?} {body}"
            );
            assert_eq!(
                server.request_count("GET /asterisk/info"),
                asked,
                "{name:?} {body}"
            );
        });
    }
}

/// A version that was learnt otherwise is used. Otherwise the WebSocket carries the request for it,
/// too.
#[test]
fn version_lookup_uses_the_same_transport() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let over = Client::over_session(app.session());
        let request = tokio::spawn(async move { (create(&over, false).await, over) });
        let arrived = peer.next_request();
        assert_eq!(arrived["uri"], "asterisk/info");
        peer.respond(&arrived, 200, &info("13.38.3"));
        let (created, over) = within_limit(request).await.expect("no panic");
        assert_eq!(created, "would originate");
        for client in [&client, &over] {
            assert_eq!(create(client, true).await, "would originate");
        }
        assert_eq!(server.request_count("GET /asterisk/info"), 0);
        assert_eq!(server.request_count("POST /channels/create"), 0);
    });
}
