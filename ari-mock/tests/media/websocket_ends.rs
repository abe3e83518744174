//! The ends of WebSocket channels, from each side.

use ari_mock::ViolationKind;
use tokio_tungstenite::tungstenite::Message;

use crate::raw;
use crate::support::{Lab, Program};

async fn end(lab: &Lab, mut program: Program, how: &str) -> Option<u16> {
    match how {
        "hang up" => program.command("HANGUP", "").await,
        "close" => program.send(Message::Close(None)).await,
        "too long" => program.audio(65_528).await,
        "delete" => {
            raw::request(&lab.pbx, "DELETE", "channels/m", "").await;
        }
        _ => {
            program.abort();
            lab.pbx.idle().await;
            return None;
        }
    }
    lab.pbx.idle().await;
    program.close_code()
}

#[tokio::test]
async fn ends_have_codes_and_causes() {
    for (how, is_bridged, code, request, destroyed) in [
        ("hang up", false, Some(1000), "16 1000", "0 1000"),
        ("hang up", true, Some(1000), "16 1000", "16 1000"),
        ("close", false, None, "16 1001", "0 1001"),
        ("close", true, None, "16 1001", "16 1001"),
        ("lost", false, None, "38 1001", "0 1001"),
        ("lost", true, None, "38 1001", "38 1001"),
        ("too long", false, Some(1009), "38 1001", "0 1001"),
        ("delete", true, Some(1000), "32", "16"),
    ] {
        let mut lab = Lab::of([22, 10, 1]).await;
        let alice = lab.call("alice");
        let program = lab.program("m", "slin16", "f(json)").await;
        if is_bridged {
            lab.bridge("b", "m,alice").await;
        }
        lab.events().await;
        assert_eq!(end(&lab, program, how).await, code, "{how}");
        let mut expected = vec![format!("ChannelHangupRequest {request}")];
        if is_bridged {
            expected.push("ChannelLeftBridge".to_owned());
        }
        expected.push("StasisEnd".to_owned());
        expected.push(format!("ChannelDestroyed {destroyed}"));
        assert_eq!(lab.events().await, expected, "{how} {is_bridged}");
        assert!(alice.exists());
        let is_mistake = how == "too long";
        assert_eq!(lab.pbx.violations().len(), usize::from(is_mistake));
    }
}

/// The media channel stays when the caller hangs up.
#[tokio::test]
async fn media_channel_outlives_the_caller() {
    let lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let program = lab.program("m", "slin16", "f(json)").await;
    lab.bridge("b", "m,alice").await;
    alice.hang_up();
    lab.pbx.idle().await;
    assert_eq!(lab.pbx.channel_ids(), ["m"]);
    assert_eq!(program.close_code(), None);
}

/// The connection of a program that does not read is closed when it is full.
#[tokio::test]
async fn unread_audio_ends_the_channel() {
    let mut lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let media = lab.incoming("m", "slin192", "f(json)").await;
    let id = media["channelvars"]["MEDIA_WEBSOCKET_CONNECTION_ID"]
        .as_str()
        .unwrap();
    let target = format!("/media/{id}");
    let _socket = ari_test_support::connect_websocket(&lab.address(), &target, "Basic x").await;
    lab.bridge("b", "m,alice").await;
    lab.events().await;
    let second = vec![1; 192_000];
    for _ in 0..120 {
        alice.send_audio(&second, 192_000);
        lab.frames(50).await;
        if !lab.pbx.channel("m").exists() {
            break;
        }
    }
    let events = lab.events().await;
    assert_eq!(events.last().unwrap(), "ChannelDestroyed 16");
    assert_eq!(lab.pbx.violations()[0].kind, ViolationKind::UnreadAudio);
}
