//! WebSocket channels before they are connected: addresses, options, releases.

use ari_mock::{Asterisk, ViolationKind};
use ari_test_support::RawClient;
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::raw;
use crate::support::{FRAME, Lab, Program, builder, listener};

const UPGRADE: &str = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

#[tokio::test]
async fn connection_is_made_once() {
    let lab = Lab::start(builder([22, 10, 1]).http_prefix("pbx")).await;
    let media = lab.incoming("m", "slin16", "f(json)").await;
    let id = media["channelvars"]["MEDIA_WEBSOCKET_CONNECTION_ID"]
        .as_str()
        .unwrap();
    let address = lab.address();
    let upper = id.to_uppercase();
    for (path, protocol, expected) in [
        (format!("/pbx/media/{upper}"), "media", 404),
        (format!("/pbx/media/{id}/"), "media", 404),
        (format!("/media/{id}"), "media", 404),
        ("/pbx/media/x".to_owned(), "media", 404),
        (format!("/pbx/media/{id}"), "foo", 400),
        (format!("/pbx/media/{id}"), "", 426),
        (format!("/pbx/media/{id}"), "foo, media", 101),
        (format!("/pbx/media/{id}"), "media", 409),
    ] {
        let mut client = RawClient::connect(&address).await;
        let headers = match protocol {
            "" => "Content-Length: 0\r\n".to_owned(),
            protocol => format!("{UPGRADE}Sec-WebSocket-Protocol: {protocol}\r\n"),
        };
        let response = client.exchange(&format!("GET {path}"), &headers, b"").await;
        assert_eq!(response.status, expected, "{path} {protocol}");
        if expected == 101 {
            assert_eq!(response.header("sec-websocket-protocol"), Some("media"));
            lab.pbx.idle().await;
            // The connection stays for the next attempt.
            std::mem::forget(client);
        }
    }
}

#[tokio::test]
async fn channel_starts_when_the_program_connects() {
    let mut lab = Lab::of([22, 10, 1]).await;
    let path = "channels/externalMedia?app=hello&connection_type=server&transport=websocket&\
                encapsulation=none&format=slin16&transport_data=f(json)&channelId=m&data=x,y";
    let body = json!({"variables": {"A": "1", "_B": "2"}}).to_string();
    let (_, media) = raw::request(&lab.pbx, "POST", path, &body).await;
    let variables = &media["channelvars"];
    assert_eq!(variables["MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE"], "640");
    assert_eq!(
        (&variables["A"], &variables["_B"]),
        (&json!("1"), &json!("2"))
    );
    lab.frames(10).await;
    assert_eq!(lab.events().await, ["Dial \"\""]);
    let program = lab.connect(variables).await;
    let expected = ["ChannelStateChange", "Dial \"ANSWER\"", "StasisStart"];
    assert_eq!(lab.events().await, expected);
    let start: serde_json::Value = serde_json::from_str(&program.texts()[0]).unwrap();
    let id = &variables["MEDIA_WEBSOCKET_CONNECTION_ID"];
    assert_eq!(
        start,
        json!({"event": "MEDIA_START", "connection_id": id, "channel": media["name"],
            "channel_id": "m", "format": "slin16", "optimal_frame_size": 640, "ptime": 20,
            "channel_variables": {"_B": "2", "A": "1", "MEDIA_WEBSOCKET_CONNECTION_ID": id,
                "MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE": "640"}})
    );
    // No program connects.
    lab.incoming("late", "slin16", "f(json)").await;
    lab.events().await;
    lab.frames(31 * 50).await;
    assert_eq!(lab.events().await, ["ChannelDestroyed 19"]);
    // The program answers the channel with a command.
    let mut waiting = lab.program("n", "slin16", "f(json)n").await;
    lab.events().await;
    assert_eq!(lab.pbx.channel("n").state().as_deref(), Some("Down"));
    waiting.command("ANSWER", "").await;
    assert_eq!(lab.events().await, expected);
}

#[tokio::test]
async fn created_channel_is_in_its_application_before_it_is_connected() {
    let mut lab = Lab::of([22, 10, 1]).await;
    let path = "channels/create?endpoint=WebSocket/INCOMING/c(slin16)f(json)&app=hello&channelId=m";
    assert_eq!(lab.post(path).await.0, 200);
    let events = lab.events().await;
    assert_eq!(events.last().unwrap(), "StasisStart");
    let id = lab
        .pbx
        .channel("m")
        .variable("MEDIA_WEBSOCKET_CONNECTION_ID")
        .unwrap();
    let program = lab
        .connect(&json!({"MEDIA_WEBSOCKET_CONNECTION_ID": id}))
        .await;
    assert_eq!(lab.events().await, ["ChannelStateChange"]);
    assert!(program.texts()[0].contains(r#""format":"slin16""#));
    for endpoint in [
        "WebSocket/nope",
        "WebSocket/INCOMING/c(nope)",
        "WebSocket/INCOMING/v(a=b)",
    ] {
        let path = format!("channels/create?endpoint={endpoint}&app=hello");
        assert_eq!(lab.post(&path).await.0, 500, "{endpoint}");
    }
}

/// An id that is in use crashes the server in releases with this fault.
#[tokio::test]
async fn taken_id_crashes_the_server() {
    for (version, path, crashes) in [
        ([22, 10, 1], "channels/externalMedia?CHANNEL", true),
        (
            [22, 10, 1],
            "channels/create?endpoint=WebSocket/INCOMING&app=hello&channelId=alice",
            true,
        ),
        (
            [22, 10, 1],
            "channels/externalMedia?CHANNELx&transport_data=f(xml)",
            true,
        ),
        ([22, 11, 0], "channels/externalMedia?CHANNEL", false),
    ] {
        let mut lab = Lab::of(version).await;
        let alice = lab.call("alice");
        let media = "app=hello&connection_type=server&transport=websocket&encapsulation=none&\
                     format=slin&channelId=alice";
        let target = format!("POST /ari/{}", path.replace("CHANNEL", media));
        let credentials = ari_test_support::CREDENTIALS;
        let address = lab.address();
        let response = ari_test_support::send_request(address, &target, credentials, b"").await;
        assert_eq!(response.is_none(), crashes, "{version:?} {path}");
        assert_eq!(alice.exists(), !crashes);
        let violations = lab.pbx.violations();
        assert_eq!(violations.len(), usize::from(crashes), "{violations:?}");
        assert!(
            violations
                .iter()
                .all(|one| one.kind == ViolationKind::Crash)
        );
        // Under load, the end of a connection takes the kernel a moment.
        for _ in 0..100 {
            lab.events().await;
            if lab.events.is_closed() || !crashes {
                break;
            }
        }
        assert_eq!(lab.events.is_closed(), crashes);
        // The server accepts connections again.
        assert_eq!(
            raw::request(&lab.pbx, "GET", "asterisk/ping", "").await.0,
            200
        );
    }
}

#[tokio::test]
async fn releases_and_modules_have_carriers() {
    let websocket = "transport=websocket&encapsulation=none&connection_type=server";
    let audiosocket = "transport=tcp&encapsulation=audiosocket&external_host=127.0.0.1:1&\
                       data=40325ec2-5efd-4bd3-805f-53576e581d13";
    for (version, missing, query, expected) in [
        ([22, 5, 0], "", websocket, 400),
        ([22, 6, 0], "", websocket, 200),
        ([22, 6, 0], "chan_websocket", websocket, 500),
        ([17, 9, 0], "", audiosocket, 501),
        ([18, 0, 0], "", audiosocket, 500),
        ([22, 6, 0], "chan_rtp", "external_host=127.0.0.1:1", 500),
        ([22, 6, 0], "", "external_host=nowhere.invalid:1", 500),
    ] {
        let lab = Lab::start(builder(version).without_module(missing)).await;
        let path = format!("channels/externalMedia?app=hello&format=slin&{query}");
        let (status, response) = lab.post(&path).await;
        assert_eq!(
            status, expected,
            "{version:?} {missing} {query}: {response}"
        );
    }
    let lab = Lab::start(builder([22, 6, 0]).without_module("chan_websocket")).await;
    for (module, status) in [("chan_websocket.so", 404), ("chan_audiosocket.so", 200)] {
        let path = format!("asterisk/modules/{module}");
        assert_eq!(raw::request(&lab.pbx, "GET", &path, "").await.0, status);
    }
}

/// Before 22.8 the option for JSON is ignored, and a ping ends the call.
#[tokio::test]
async fn older_releases_talk_plain_text() {
    let mut lab = Lab::of([22, 6, 0]).await;
    let path = "channels?endpoint=WebSocket/INCOMING/c(slin16)f(json)&app=hello&channelId=m";
    assert_eq!(lab.post(path).await.0, 200);
    let variable = lab
        .pbx
        .channel("m")
        .variable("MEDIA_WEBSOCKET_CONNECTION_ID");
    let mut program = lab
        .connect(&json!({"MEDIA_WEBSOCKET_CONNECTION_ID": variable}))
        .await;
    lab.pbx.idle().await;
    let start = program.texts();
    assert!(
        start[0].starts_with("MEDIA_START connection_id:"),
        "{start:?}"
    );
    assert!(!start[0].contains("channel_id:"), "{start:?}");
    program.audio(640).await;
    program.text("STOP_MEDIA_BUFFERING a b").await;
    program.text("MARK_MEDIA c").await;
    lab.frames(3).await;
    assert_eq!(program.texts(), ["MEDIA_BUFFERING_COMPLETED a b"]);
    lab.events().await;
    program
        .send(tokio_tungstenite::tungstenite::Message::Ping("".into()))
        .await;
    let events = lab.events().await;
    assert_eq!(events.last().unwrap(), "ChannelDestroyed 0");
    let violations = lab.pbx.violations();
    let kinds: Vec<_> = violations.iter().map(|one| one.kind).collect();
    assert_eq!(
        kinds,
        [ViolationKind::IgnoredCommand, ViolationKind::MediaHangup]
    );
}

#[tokio::test]
async fn plain_text() {
    let lab = Lab::of([22, 10, 1]).await;
    let mut program = lab.program("m", "slin16", "").await;
    assert!(program.texts()[0].contains(" channel_id:m "));
    program.text("MARK_MEDIA").await;
    program.text("GET_STATUS").await;
    program.text("SET_MEDIA_DIRECTION in").await;
    lab.post("channels/m/dtmf?dtmf=5").await;
    lab.frames(20).await;
    assert_eq!(
        program.texts(),
        [
            "STATUS channel_id:m queue_length:0 xon_level:800 xoff_level:900 queue_full:false \
             bulk_media:false media_paused:false",
            "ERROR channel_id:m error_text:SET_MEDIA_DIRECTION only supports JSON format.\n",
            "MEDIA_MARK_PROCESSED",
            "DTMF_END digit:5 channel_id:m",
        ]
    );
}

/// The server connects to the program, with the credentials and parameters of the call.
#[tokio::test]
async fn outgoing_connection() {
    let (server, address) = listener().await;
    let url = format!("ws://{address}/media?x=1");
    let builder = builder([22, 10, 1]).websocket_client_with_credentials("agent", &url, "u", "p");
    let mut lab = Lab::start(builder).await;
    let path = "channels/externalMedia?app=hello&external_host=agent&transport=websocket&\
                encapsulation=none&format=slin16&channelId=m&transport_data=f(json)v(a=b,c=d)";
    let (status, media) = lab.post(path).await;
    assert_eq!(status, 200, "{media}");
    assert_eq!(
        media["channelvars"]["MEDIA_WEBSOCKET_CONNECTION_ID"],
        "agent"
    );
    let (mut stream, _) = server.accept().await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    assert!(
        head.starts_with("GET /media?x=1&a=b&c=d HTTP/1.1\r\n"),
        "{head}"
    );
    let header = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .unwrap()
            .1
    };
    assert_eq!(header("authorization"), "Basic dTpw");
    assert_eq!(header("sec-websocket-protocol"), "media");
    let accept = tokio_tungstenite::tungstenite::handshake::derive_accept_key(
        header("sec-websocket-key").as_bytes(),
    );
    let reply = format!(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
         Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: media\r\n\r\n"
    );
    stream.write_all(reply.as_bytes()).await.unwrap();
    let role = tokio_tungstenite::tungstenite::protocol::Role::Server;
    let socket = tokio_tungstenite::WebSocketStream::from_raw_socket(stream, role, None).await;
    let program = Program::new(socket, tokio::time::Instant::now());
    let events = lab.events().await;
    assert_eq!(events.last().unwrap(), "StasisStart");
    assert!(program.texts()[0].contains(r#""connection_id":"agent""#));
    // The program no longer accepts connections.
    drop(server);
    let path = path.replace("channelId=m", "channelId=n");
    assert_eq!(lab.post(&path).await.0, 200);
    lab.events().await;
    lab.pbx.elapse(FRAME * 74).await;
    assert_eq!(lab.events().await, [""; 0]);
    lab.pbx.elapse(FRAME * 2).await;
    let events = lab.events().await;
    assert_eq!(events, ["ChannelDestroyed 3"]);
}

/// The clock of the fake alone, without a frozen runtime.
#[tokio::test]
async fn default_release_has_all_carriers() {
    let pbx = Asterisk::start().await.unwrap();
    let _events = raw::connect_events(&pbx, "app=hello").await;
    let path = "channels/externalMedia?app=hello&connection_type=server&transport=websocket&\
                encapsulation=none&format=slin192&transport_data=f(json)";
    assert_eq!(raw::request(&pbx, "POST", path, "").await.0, 200);
}
