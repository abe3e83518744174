//! Frames, commands and events of a connected WebSocket.

use std::time::Instant;

use ari_mock::ViolationKind;
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Lab, little_endian, ramp};

const NEW: [u16; 3] = [22, 10, 1];

/// One frame is played at each tick, marks are reported when they are due, and only the sent audio
/// is heard.
#[tokio::test]
async fn queue_plays_a_frame_at_each_tick() {
    let lab = Lab::of(NEW).await;
    let alice = lab.call("alice");
    let mut program = lab.program("m", "slin16", "f(json)").await;
    lab.bridge("b", "alice,m").await;
    program.take();
    let speech = ramp(320 * 100);
    for half in speech.chunks(320 * 50) {
        for message in half.chunks(320 * 10) {
            program.send(Message::binary(little_endian(message))).await;
        }
        program.command("MARK_MEDIA", "half").await;
    }
    program.command("REPORT_QUEUE_DRAINED", "").await;
    lab.pbx.idle().await;
    let begin = lab.elapsed();
    lab.frames(110).await;
    let ticks: Vec<_> = program
        .events()
        .iter()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(at, event)| (at.parse::<u128>().unwrap() - begin, event.to_owned()))
        .collect();
    let [first, second, drained] = ticks.try_into().unwrap();
    assert_eq!(first.1, "MEDIA_MARK_PROCESSED half");
    assert_eq!(second.0 - first.0, 1000);
    assert!((1000..=1020).contains(&first.0), "{first:?}");
    assert_eq!(
        (drained.1.as_str(), drained.0 - second.0),
        ("QUEUE_DRAINED", 20)
    );
    let received = alice.take_received_audio();
    assert_eq!(received.len(), 100);
    let times: Vec<_> = received
        .windows(2)
        .map(|two| two[1].at - two[0].at)
        .collect();
    assert!(times.iter().all(|time| time.as_millis() == 20), "{times:?}");
    assert!(received.iter().all(|one| one.sample_rate == 16_000));
    let samples: Vec<_> = received
        .iter()
        .flat_map(|one| one.samples.clone())
        .collect();
    assert_eq!(samples, speech);
    lab.pbx.assert_no_violations();
}

/// In a bridge of two nothing arrives while the other side is silent.
#[tokio::test]
async fn program_hears_what_the_party_says() {
    let lab = Lab::of(NEW).await;
    let alice = lab.call("alice");
    let mut program = lab.program("m", "slin", "f(json)").await;
    lab.bridge("b", "alice,m").await;
    program.take();
    lab.frames(50).await;
    assert_eq!(program.heard().0, 0);
    let speech = ramp(480);
    alice.send_audio(&speech, 8_000);
    alice.press("5");
    lab.frames(10).await;
    let received = program.take();
    let keys = received.iter().filter(|(_, one)| one.is_text()).count();
    let frames: Vec<_> = received.iter().filter(|(_, one)| one.is_binary()).collect();
    assert_eq!((keys, frames.len()), (1, 3));
    let bytes = frames.iter().flat_map(|(_, one)| one.clone().into_data());
    assert!(bytes.eq(little_endian(&speech)));
    assert!(!alice.is_sending_audio());
    // The server sends no audio if the program has excluded this direction.
    program
        .text(r#"{"command":"SET_MEDIA_DIRECTION","direction":"out"}"#)
        .await;
    lab.pbx.idle().await;
    alice.send_audio(&speech, 8_000);
    lab.frames(10).await;
    assert_eq!(program.heard().0, 0);
    lab.pbx.assert_no_violations();
}

#[tokio::test]
async fn queue_has_limits() {
    let lab = Lab::of(NEW).await;
    let mut program = lab.program("m", "slin16", "f(json)").await;
    program.take();
    for _ in 0..18 {
        program.audio(60 * 640).await;
    }
    program.command("GET_STATUS", "").await;
    lab.pbx.idle().await;
    let events = program.events();
    let names: Vec<_> = events
        .iter()
        .map(|line| line.split_once(' ').unwrap().1)
        .collect();
    assert_eq!(names, ["MEDIA_XOFF", "STATUS 1020"]);
    let lost = lab.pbx.violations();
    assert_eq!(lost.len(), 1);
    assert_eq!(lost[0].kind, ViolationKind::DroppedAudio);
    lab.frames(220).await;
    assert_eq!(program.events().len(), 0);
    lab.frames(2).await;
    assert!(program.events()[0].ends_with("MEDIA_XON"));
    // A flush removes the marks, but keeps the pause and the request for QUEUE_DRAINED.
    program.command("MARK_MEDIA", "lost").await;
    program.command("REPORT_QUEUE_DRAINED", "").await;
    program.command("PAUSE_MEDIA", "").await;
    program.command("FLUSH_MEDIA", "").await;
    lab.frames(10).await;
    assert_eq!(program.events().len(), 0);
    program.command("CONTINUE_MEDIA", "").await;
    lab.frames(2).await;
    let events = program.events();
    assert_eq!(events.len(), 1);
    assert!(events[0].ends_with("QUEUE_DRAINED"));
}

/// Each message, the frames that it gives and the frames after STOP_MEDIA_BUFFERING.
#[tokio::test]
async fn messages_are_cut_into_whole_frames() {
    let lab = Lab::of(NEW).await;
    let mut program = lab.program("m", "slin16", "f(json)").await;
    for (buffers, sizes, frames, kept, stopped) in [
        (false, &[639][..], 0, 1, 0),
        (false, &[641], 1, 1, 1),
        (false, &[1300], 2, 1, 2),
        (true, &[1300], 2, 0, 3),
        (true, &[320, 320], 1, 0, 1),
    ] {
        program.take();
        let before = lab.pbx.violations().len();
        program.command("PAUSE_MEDIA", "").await;
        if buffers {
            program.command("START_MEDIA_BUFFERING", "").await;
        }
        for size in sizes {
            program.audio(*size).await;
        }
        program.command("GET_STATUS", "").await;
        program.command("STOP_MEDIA_BUFFERING", "s").await;
        program.command("GET_STATUS", "").await;
        lab.pbx.idle().await;
        let lengths: Vec<_> = program
            .events()
            .iter()
            .map(|line| line.rsplit_once(' ').unwrap().1.parse::<i32>().unwrap())
            .collect();
        assert_eq!(lengths, [frames, stopped], "{sizes:?}");
        let kinds = lab.pbx.violations()[before..].to_vec();
        assert_eq!(kinds.len(), kept, "{kinds:?}");
        assert!(
            kinds
                .iter()
                .all(|one| one.kind == ViolationKind::IncompleteFrame)
        );
        program.command("CONTINUE_MEDIA", "").await;
        lab.frames(5).await;
        assert!(program.events()[0].ends_with("MEDIA_BUFFERING_COMPLETED s"));
    }
}

/// Commands, with the errors and violations that they cause.
#[tokio::test]
async fn commands_fail_in_silence() {
    let lab = Lab::of(NEW).await;
    let mut program = lab.program("m", "slin16", "f(json)").await;
    let mut passthrough = lab.program("p", "opus", "f(json)").await;
    let long = format!(r#"{{"command":"GET_STATUS","x":"{}"}}"#, "x".repeat(100));
    let direction = |to: &str| format!(r#"{{"command":"SET_MEDIA_DIRECTION","direction":"{to}"}}"#);
    for (passes, text, error) in [
        (false, r#"{"command":"get_status"}"#, ""),
        (false, r#"{"no":"command"}"#, ""),
        (false, "[1]", ""),
        (false, &long, ""),
        (false, "xx", "Unable to parse JSON command"),
        (
            false,
            &direction("x"),
            "'x' is not a valid direction for SET_MEDIA_DIRECTION.\n",
        ),
        (
            false,
            r#"{"command":"SET_MEDIA_DIRECTION"}"#,
            "SET_MEDIA_DIRECTION requires a 'direction' parameter.\n",
        ),
        (
            true,
            r#"{"command":"FLUSH_MEDIA"}"#,
            "FLUSH_MEDIA not supported in passthrough mode",
        ),
    ] {
        let program = if passes {
            &mut passthrough
        } else {
            &mut program
        };
        program.take();
        let before = lab.pbx.violations().len();
        program.text(text).await;
        lab.pbx.idle().await;
        let events = program.events();
        let errors: Vec<_> = events
            .iter()
            .filter_map(|line| line.split_once("ERROR "))
            .collect();
        let errors: Vec<_> = errors.iter().map(|(_, text)| *text).collect();
        let expected: Vec<_> = [error].into_iter().filter(|one| !one.is_empty()).collect();
        assert_eq!(errors, expected, "{text}");
        let violations = &lab.pbx.violations()[before..];
        assert_eq!(violations.len(), 1, "{text}");
        assert_eq!(violations[0].kind, ViolationKind::IgnoredCommand, "{text}");
    }
    program.text(&direction("in")).await;
    for name in ["PAUSE_MEDIA", "FLUSH_MEDIA", "REPORT_QUEUE_DRAINED"] {
        program.command(name, "").await;
    }
    program.audio(640).await;
    lab.frames(3).await;
    let refused = "PAUSE_MEDIA not supported while media direction is 'in'";
    let events = program.events();
    assert_eq!(events.len(), 1, "{events:?}");
    assert!(events[0].ends_with(refused), "{events:?}");
    program.text(&direction("both")).await;
    lab.frames(2).await;
    assert!(program.events()[0].ends_with("QUEUE_DRAINED"));
}

/// A simulated minute takes much less than a minute, and has the same frames in each run.
#[tokio::test]
async fn conversation_of_a_minute() {
    let begin = Instant::now();
    let lab = Lab::of(NEW).await;
    let alice = lab.call("alice");
    let mut program = lab.program("m", "slin16", "f(json)").await;
    lab.bridge("b", "alice,m").await;
    program.take();
    let second = ramp(8_000);
    for _ in 0..15 {
        alice.send_audio(&second, 8_000);
        program.audio(640 * 50).await;
        lab.frames(200).await;
        let (frames, samples) = program.heard();
        assert_eq!((frames, samples.len()), (50, 16_000));
        assert_eq!(lab.heard(&alice).0, 50);
    }
    println!("a minute took {:?}", begin.elapsed());
    assert!(begin.elapsed().as_secs() < 30, "{:?}", begin.elapsed());
    lab.pbx.assert_no_violations();
}
