//! Habits of servers that depend on the release.

use ari_mock::ViolationKind;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::raw;
use crate::rtp::connect;
use crate::support::{Lab, Program, listener};

/// Releases, from the first of each branch that has WebSocket channels to the newest.
const WEBSOCKET: &[([u16; 3], Habits)] = &[
    ([20, 16, 0], FIRST),
    ([20, 17, 0], SECOND),
    ([20, 18, 0], JSON),
    ([20, 19, 0], DIRECTIONS),
    ([20, 20, 0], NEW),
    ([21, 11, 0], FIRST),
    ([21, 12, 2], SECOND),
    ([22, 6, 0], FIRST),
    ([22, 7, 0], SECOND),
    ([22, 8, 0], JSON),
    ([22, 9, 0], DIRECTIONS),
    ([22, 10, 1], NEW),
    ([23, 0, 0], FIRST),
    ([23, 1, 0], SECOND),
    ([23, 2, 0], JSON),
    ([23, 3, 0], DIRECTIONS),
    ([23, 4, 0], NEW),
    ([24, 0, 0], NEW),
];

#[derive(Debug, PartialEq)]
struct Habits {
    /// `f(json)` is not ignored.
    has_json: bool,
    /// MEDIA_START has the id of the channel.
    has_id: bool,
    /// PAUSE_MEDIA, CONTINUE_MEDIA and REPORT_QUEUE_DRAINED are understood.
    understands_pauses: bool,
    has_marks: bool,
    has_directions: bool,
    /// An empty queue plays silence.
    fills_gaps: bool,
    /// A ping ends the call.
    ping_ends: bool,
    /// A message in fragments ends the call, instead of being dropped.
    fragments_end: bool,
    has_errors: bool,
}

const FIRST: Habits = Habits {
    has_json: false,
    has_id: false,
    understands_pauses: false,
    has_marks: false,
    has_directions: false,
    fills_gaps: true,
    ping_ends: true,
    fragments_end: true,
    has_errors: false,
};
const SECOND: Habits = Habits {
    has_id: true,
    understands_pauses: true,
    ..FIRST
};
const JSON: Habits = Habits {
    has_json: true,
    has_marks: true,
    ping_ends: false,
    has_errors: true,
    ..SECOND
};
const DIRECTIONS: Habits = Habits {
    has_directions: true,
    fills_gaps: false,
    ..JSON
};
const NEW: Habits = Habits {
    fragments_end: false,
    ..DIRECTIONS
};

/// Sends a command in the syntax of the release, and returns true if it is no violation.
async fn is_understood(lab: &Lab, program: &mut Program, has_json: bool, name: &str) -> bool {
    let before = lab.pbx.violations().len();
    let text = match has_json {
        true => json!({"command": name, "direction": "both"}).to_string(),
        false => name.to_owned(),
    };
    program.text(&text).await;
    lab.pbx.idle().await;
    let violations = &lab.pbx.violations()[before..];
    assert!(violations.len() < 2, "{violations:?}");
    assert!(
        violations
            .iter()
            .all(|one| one.kind == ViolationKind::IgnoredCommand)
    );
    violations.is_empty()
}

/// Creates a channel and connects its program.
async fn program(lab: &Lab) -> Program {
    let path = "channels?endpoint=WebSocket/INCOMING/c(slin16)f(json)&app=hello&channelId=m";
    assert_eq!(lab.post(path).await.0, 200);
    let id = lab
        .pbx
        .channel("m")
        .variable("MEDIA_WEBSOCKET_CONNECTION_ID");
    let program = lab
        .connect(&json!({"MEDIA_WEBSOCKET_CONNECTION_ID": id}))
        .await;
    lab.pbx.idle().await;
    program
}

/// Sends a message in two fragments, and returns true if that ends the call.
async fn fragments_end(version: [u16; 3]) -> bool {
    let lab = Lab::of(version).await;
    let mut program = program(&lab).await;
    for (kind, is_final) in [(Data::Binary, false), (Data::Continue, true)] {
        let frame = Frame::message(vec![0; 640], OpCode::Data(kind), is_final);
        program.send(Message::Frame(frame)).await;
    }
    lab.pbx.idle().await;
    let ends = !lab.pbx.channel("m").exists();
    let expected = match ends {
        true => ViolationKind::MediaHangup,
        false => ViolationKind::DroppedAudio,
    };
    let violations = lab.pbx.violations();
    let kinds: Vec<_> = violations.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [expected], "{version:?}");
    ends
}

async fn observe(version: [u16; 3]) -> Habits {
    let fragments_end = fragments_end(version).await;
    let lab = Lab::of(version).await;
    let alice = lab.call("alice");
    let mut program = program(&lab).await;
    let start = program.texts().remove(0);
    let has_json = start.starts_with('{');
    lab.bridge("b", "alice,m").await;
    lab.frames(1).await;
    alice.take_received_audio();
    lab.frames(50).await;
    let (frames, samples) = lab.heard(&alice);
    assert!([0, 50].contains(&frames), "{frames} frames");
    assert!(samples.iter().all(|one| *one == 0));
    let mut understood = Vec::new();
    for name in [
        "PAUSE_MEDIA",
        "CONTINUE_MEDIA",
        "REPORT_QUEUE_DRAINED",
        "MARK_MEDIA",
        "SET_MEDIA_DIRECTION",
        "START_MEDIA_BUFFERING",
        "STOP_MEDIA_BUFFERING",
        "FLUSH_MEDIA",
        "GET_STATUS",
    ] {
        understood.push(is_understood(&lab, &mut program, has_json, name).await);
    }
    let [pause, resume, drained, has_marks, has_directions, rest @ ..] = &understood[..] else {
        unreachable!()
    };
    assert!(
        rest.iter().all(|it| *it) && [resume, drained] == [pause, pause],
        "{understood:?}"
    );
    // A text that is no JSON has an error event, if the release has any.
    lab.frames(2).await;
    program.texts();
    program.text("SET_MEDIA_DIRECTION x").await;
    lab.pbx.idle().await;
    let has_errors = program.texts().iter().any(|text| text.contains("ERROR"));
    program.send(Message::Ping("".into())).await;
    lab.pbx.idle().await;
    Habits {
        has_json,
        has_id: has_json || start.contains(" channel_id:m "),
        understands_pauses: *pause,
        has_marks: *has_marks,
        has_directions: *has_directions,
        fills_gaps: frames == 50,
        ping_ends: !lab.pbx.channel("m").exists(),
        fragments_end,
        has_errors,
    }
}

#[tokio::test]
async fn websockets_have_the_habits_of_their_release() {
    for (version, expected) in WEBSOCKET {
        assert_eq!(observe(*version).await, *expected, "{version:?}");
    }
}

/// Releases without directions ignore the one of the request, which is reported.
#[tokio::test]
async fn directions_of_requests_need_a_release_that_has_them() {
    for (version, habits) in WEBSOCKET {
        let lab = Lab::of(*version).await;
        let path = "channels/externalMedia?app=hello&transport=websocket&encapsulation=none&\
                    format=slin16&connection_type=server&external_host=INCOMING&direction=";
        assert_eq!(lab.post(&format!("{path}both")).await.0, 200);
        lab.pbx.assert_no_violations();
        assert_eq!(lab.post(&format!("{path}in")).await.0, 200, "{version:?}");
        let violations = lab.pbx.violations();
        let kinds: Vec<_> = violations.iter().map(|one| one.kind).collect();
        let expected = [ViolationKind::NotInThisRelease];
        assert_eq!(kinds == expected, !habits.has_directions, "{violations:?}");
        assert_eq!(kinds.is_empty(), habits.has_directions, "{violations:?}");
    }
}

/// While a program has paused, the server does not report that the queue has room again.
#[tokio::test]
async fn pause_holds_back_xon() {
    let lab = Lab::of([22, 10, 1]).await;
    let mut program = lab.program("m", "slin16", "f(json)").await;
    for _ in 0..9 {
        program.audio(100 * 640).await;
    }
    program.command("PAUSE_MEDIA", "").await;
    program.command("FLUSH_MEDIA", "").await;
    lab.pbx.idle().await;
    assert!(program.texts().last().unwrap().contains("MEDIA_XOFF"));
    lab.frames(10).await;
    assert_eq!(program.texts(), [""; 0]);
    program.command("CONTINUE_MEDIA", "").await;
    lab.frames(2).await;
    assert!(program.texts()[0].contains("MEDIA_XON"));
}

/// The status of unusual requests, as observed on Asterisk 16.28 and 22.10.
#[tokio::test]
async fn unusual_requests_have_the_status_of_the_release() {
    const UUID: &str = "data=40325ec2-5efd-4bd3-805f-53576e581d13";
    let (_listener, address) = listener().await;
    let rtp = "external_host=127.0.0.1:1&format=slin";
    let audiosocket = format!("external_host={address}&transport=tcp&encapsulation=audiosocket");
    let websocket = "transport=websocket&encapsulation=none&format=slin16";
    let serves = format!("{websocket}&connection_type=server");
    for (query, status_16, status_22) in [
        (format!("{rtp}&transport=tcp"), 501, 400),
        (format!("{rtp}&encapsulation=audiosocket"), 501, 400),
        ("external_host=127.0.0.1:1&format=nope".to_owned(), 400, 500),
        (format!("{rtp}&channelId=alice"), 409, 500),
        (format!("{rtp}&direction=sideways"), 200, 400),
        ("format=slin".to_owned(), 400, 400),
        (
            format!("{audiosocket}&format=slin&{UUID}&channelId=alice"),
            501,
            500,
        ),
        (format!("{audiosocket}&format=slin"), 501, 400),
        (format!("{audiosocket}&format=slin&data=x"), 501, 500),
        (format!("{serves}&transport_data=v(a=b)"), 400, 500),
        (format!("{serves}&transport_data=c(nope)"), 400, 500),
        (format!("{serves}&transport_data=d(sideways)"), 400, 500),
        (format!("{websocket}&external_host=nobody"), 400, 400),
    ] {
        for (version, expected) in [([16, 28, 0], status_16), ([22, 10, 1], status_22)] {
            let lab = Lab::of(version).await;
            lab.call("alice");
            let path = format!("channels/externalMedia?app=hello&{query}");
            let (status, response) = lab.post(&path).await;
            assert_eq!(status, expected, "{version:?} {query}: {response}");
            let count = if expected == 200 { 2 } else { 1 };
            assert_eq!(lab.pbx.channel_ids().len(), count, "{query}");
        }
    }
}

/// `data` becomes the arguments of the application, except in 16. Statistics of the channel have an
/// error each.
#[tokio::test]
async fn rtp_channels_have_arguments_by_release() {
    for (version, arguments, status) in [
        ([16, 28, 0], json!([]), 403),
        ([22, 10, 1], json!(["x", "y"]), 404),
    ] {
        let mut lab = Lab::of(version).await;
        let path = "channels/externalMedia?app=hello&external_host=127.0.0.1:1&format=slin&\
                    channelId=m&data=x,y";
        assert_eq!(lab.post(path).await.0, 200);
        lab.pbx.idle().await;
        let mut started = None;
        while let Ok(event) = lab.events.try_recv() {
            if event["type"] == "StasisStart" {
                started = Some(event["args"].clone());
            }
        }
        assert_eq!(started, Some(arguments), "{version:?}");
        let statistics = raw::request(&lab.pbx, "GET", "channels/m/rtp_statistics", "").await;
        assert_eq!(statistics.0, status, "{version:?}");
    }
}

/// With the option `n`, only the program's command answers the channel.
#[tokio::test]
async fn unanswered_channel_waits_for_its_program() {
    let mut lab = Lab::of([22, 10, 1]).await;
    let _program = lab.program("m", "slin16", "f(json)n").await;
    lab.events().await;
    assert_eq!(lab.post("channels/m/answer").await.0, 409);
    lab.frames(31 * 50).await;
    assert_eq!(lab.events().await, ["ChannelDestroyed 19"]);
}

/// Keys arrive on an AudioSocket in the releases that have them. RTP has none.
#[tokio::test]
async fn keys_arrive_by_release() {
    use tokio::io::AsyncReadExt as _;
    for (version, has_keys) in [
        ([18, 0, 0], false),
        ([20, 13, 0], false),
        ([20, 14, 0], true),
        ([22, 3, 0], false),
        ([22, 4, 0], true),
    ] {
        let lab = Lab::of(version).await;
        let alice = lab.call("alice");
        let (listener, address) = listener().await;
        let path = format!(
            "channels/externalMedia?app=hello&external_host={address}&transport=tcp&channelId=m&\
             encapsulation=audiosocket&format=slin&data=40325ec2-5efd-4bd3-805f-53576e581d13"
        );
        assert_eq!(lab.post(&path).await.0, 200);
        let (mut stream, _) = listener.accept().await.unwrap();
        lab.bridge("b", "alice,m").await;
        alice.press("5");
        lab.frames(10).await;
        raw::request(&lab.pbx, "DELETE", "channels/m", "").await;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.unwrap();
        // The UUID comes first. The end of the channel adds no message.
        let key: &[u8] = if has_keys { &[3, 0, 1, b'5'] } else { &[] };
        assert_eq!(&bytes[19..], key, "{version:?}");
    }
    let lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let (program, _) = connect(&lab, "slin").await;
    lab.bridge("b", "alice,m").await;
    alice.press("5");
    lab.frames(10).await;
    assert!(program.try_recv(&mut [0; 100]).is_err());
}
