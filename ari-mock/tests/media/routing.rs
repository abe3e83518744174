//! Audio between channels: bridges, snoop channels, mute, echo.

use crate::raw;
use crate::support::{Lab, ramp};

/// In a bridge of three or more, each channel receives the sum of the others, or silence.
#[tokio::test]
async fn larger_bridges_mix() {
    let lab = Lab::of([22, 10, 1]).await;
    let (alice, bob) = (lab.call("alice"), lab.call("bob"));
    let program = lab.program("m", "slin", "f(json)").await;
    lab.bridge("b", "alice,bob,m").await;
    program.take();
    lab.frames(50).await;
    let (frames, samples) = program.heard();
    assert_eq!(frames, 50);
    assert!(samples.iter().all(|one| *one == 0));
    assert_eq!(lab.heard(&alice).0, 50);
    lab.heard(&bob);
    alice.send_audio(&[1000; 1600], 8_000);
    bob.send_audio(&[-300; 800], 8_000);
    lab.frames(20).await;
    let (frames, samples) = program.heard();
    assert_eq!(frames, 20);
    let count = |value: i16| samples.iter().filter(|one| **one == value).count();
    assert_eq!((count(700), count(1000), count(0)), (800, 800, 1600));
    let (_, heard) = lab.heard(&alice);
    assert_eq!(heard.iter().filter(|one| **one == -300).count(), 800);
    assert_eq!(heard.iter().filter(|one| **one == 1000).count(), 0);
    lab.pbx.assert_no_violations();
}

/// Two snoop channels receive the two directions separately.
#[tokio::test]
async fn snoop_channels_hear_each_direction() {
    let lab = Lab::of([22, 10, 1]).await;
    let (alice, bob) = (lab.call("alice"), lab.call("bob"));
    lab.bridge("talk", "alice,bob").await;
    let mut programs = Vec::new();
    for direction in ["in", "out"] {
        let program = lab
            .program(&format!("m-{direction}"), "slin", "f(json)d(in)")
            .await;
        let spy = format!("channels/alice/snoop/s-{direction}?app=hello&spy={direction}");
        assert_eq!(lab.post(&spy).await.0, 200);
        let members = format!("s-{direction},m-{direction}");
        lab.bridge(&format!("tap-{direction}"), &members).await;
        program.take();
        programs.push(program);
    }
    alice.send_audio(&[100; 1600], 8_000);
    bob.send_audio(&[-100; 800], 8_000);
    lab.frames(50).await;
    for (program, value, length) in [(&programs[0], 100, 1600), (&programs[1], -100, 800)] {
        let (frames, samples) = program.heard();
        assert_eq!(frames, 50);
        let count = samples.iter().filter(|one| **one == value).count();
        assert_eq!(count, length);
        assert!(samples.iter().all(|one| *one == value || *one == 0));
    }
    alice.hang_up();
    lab.pbx.idle().await;
    assert_eq!(lab.pbx.channel_ids(), ["bob", "m-in", "m-out"]);
}

/// Whispering adds to what a party hears, to what it says, or to both.
#[tokio::test]
async fn whispers_are_added_to_each_direction() {
    for (whisper, at_alice, at_bob) in [("out", 7, 0), ("in", 0, 7), ("both", 7, 7)] {
        let lab = Lab::of([22, 10, 1]).await;
        let [alice, bob, carol] = ["alice", "bob", "carol"].map(|name| lab.call(name));
        lab.bridge("talk", "alice,bob").await;
        let snoop = format!("channels/alice/snoop/s?app=hello&spy=both&whisper={whisper}");
        assert_eq!(lab.post(&snoop).await.0, 200);
        lab.bridge("supervision", "carol,s").await;
        let sum = |channel| -> Vec<i16> {
            let (_, samples) = lab.heard(channel);
            samples.into_iter().filter(|one| *one != 0).collect()
        };
        carol.send_audio(&[7; 1600], 8_000);
        lab.frames(20).await;
        assert_eq!(sum(&alice), vec![7; at_alice / 7 * 1600], "{whisper}");
        assert_eq!(sum(&bob), vec![7; at_bob / 7 * 1600], "{whisper}");
        assert_eq!(
            sum(&carol),
            [0; 0],
            "{whisper}: the snoop channel hears itself"
        );
        // It is mixed with what they say.
        carol.send_audio(&[7; 1600], 8_000);
        alice.send_audio(&[100; 1600], 8_000);
        bob.send_audio(&[50; 1600], 8_000);
        lab.frames(20).await;
        let loudest = |channel| sum(channel).into_iter().max();
        assert_eq!(loudest(&alice), Some(50 + at_alice as i16), "{whisper}");
        assert_eq!(loudest(&bob), Some(100 + at_bob as i16), "{whisper}");
        // A channel outside of bridges is sent nothing.
        lab.post("bridges/talk/removeChannel?channel=alice").await;
        sum(&alice);
        carol.send_audio(&[7; 1600], 8_000);
        lab.frames(20).await;
        assert_eq!(sum(&alice), [0; 0], "{whisper}");
    }
}

#[tokio::test]
async fn audio_passes_local_channels_and_echo_but_not_mute() {
    let lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let path = "channels?endpoint=Local/echo@testari&app=hello&channelId=l";
    assert_eq!(lab.post(path).await.0, 200);
    lab.frames(50).await;
    lab.bridge("b", "alice,l").await;
    let speech = ramp(800);
    alice.send_audio(&speech, 8_000);
    lab.frames(10).await;
    assert_eq!(lab.heard(&alice), (5, speech.clone()));
    for direction in ["in", "out"] {
        let mute = format!("channels/alice/mute?direction={direction}");
        assert_eq!(lab.post(&mute).await.0, 204);
        alice.send_audio(&speech, 8_000);
        lab.frames(10).await;
        assert_eq!(lab.heard(&alice).0, 0);
        raw::request(&lab.pbx, "DELETE", &mute, "").await;
    }
    // A holding bridge passes no audio.
    lab.post("bridges/h?type=holding").await;
    lab.post("bridges/h/addChannel?channel=alice,l").await;
    alice.send_audio(&speech, 8_000);
    lab.frames(10).await;
    assert_eq!(lab.heard(&alice).0, 0);
}
