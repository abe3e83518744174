//! Formats on each carrier: sizes, payload types and time stamps, and the sound of G.722.

use std::net::SocketAddr;

use ari_mock::FakeChannel;
use ari_pcm::{ByteOrder, Decoder, Encoder, Format};
use ari_test_support::signal::{amplitude, db, sine};
use tokio::net::UdpSocket;
use tokio_tungstenite::tungstenite::Message;

use crate::rtp::{connect, packet};
use crate::support::{Lab, ramp};

/// Observed on Asterisk 22.10: the bytes of a frame, the payload type, and the steps of time stamps.
#[tokio::test]
async fn frames_have_the_sizes_and_types_of_a_real_server() {
    let lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    for (format, bytes, payload_type, step) in [
        ("ulaw", 160, 0, 160),
        ("alaw", 160, 8, 160),
        ("g722", 160, 9, 160),
        ("slin", 320, 10, 160),
        ("slin12", 480, 122, 240),
        ("slin16", 640, 118, 320),
        ("slin24", 960, 123, 480),
        ("slin32", 1280, 124, 640),
        ("slin44", 1764, 125, 882),
        ("slin48", 1920, 126, 960),
        ("slin96", 3840, 127, 1920),
        ("slin192", 7680, 96, 3840),
    ] {
        let media = lab.incoming("w", format, "f(json)").await;
        let size = &media["channelvars"]["MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE"];
        assert_eq!(size, &bytes.to_string(), "{format}");
        lab.pbx.channel("w").hang_up();

        let (program, _) = connect(&lab, format).await;
        lab.bridge("b", "alice,m").await;
        alice.send_audio(&ramp(320), 8_000);
        lab.frames(5).await;
        let mut stamps = Vec::new();
        let mut buffer = [0; 9000];
        for _ in 0..2 {
            let (length, _) = program.recv_from(&mut buffer).await.unwrap();
            assert_eq!(
                (buffer[1] & 0x7f, length - 12),
                (payload_type, bytes),
                "{format}"
            );
            stamps.push(u32::from_be_bytes(*buffer[4..].first_chunk().unwrap()));
        }
        assert_eq!(stamps[1] - stamps[0], step, "{format}");
        lab.pbx.channel("m").hang_up();
        lab.pbx.idle().await;
    }
    // These have no frames of a fixed size, or are not translated.
    for (format, bytes) in [("gsm", "33"), ("g729", "0"), ("opus", "0")] {
        let media = lab.incoming("w", format, "f(json)").await;
        let size = &media["channelvars"]["MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE"];
        assert_eq!(size, bytes, "{format}");
        lab.pbx.channel("w").hang_up();
    }
}

const FREQUENCY: f64 = 3000.0;

/// Checks that a tone of this frequency has the level of the one that was sent.
#[track_caller]
fn assert_tone(what: &str, samples: &[i16]) {
    // The codec adapts at the beginning.
    let settled = &samples[samples.len() / 4..];
    let gain = db(amplitude(settled, FREQUENCY, 16_000) / 8000.0);
    assert!(gain.abs() < 0.5, "{what}: {gain} dB");
}

fn heard(alice: &FakeChannel) -> Vec<i16> {
    let received = alice.take_received_audio();
    assert!(received.iter().all(|one| one.sample_rate == 16_000));
    received
        .iter()
        .flat_map(|one| one.samples.clone())
        .collect()
}

fn encode(samples: &[i16]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(Format::G722, ByteOrder::Big).unwrap();
    encoder.encode(samples, &mut bytes);
    bytes
}

fn decode(bytes: &[u8]) -> Vec<i16> {
    let mut samples = Vec::new();
    let mut decoder = Decoder::new(Format::G722, ByteOrder::Big).unwrap();
    decoder.decode(bytes, &mut samples);
    samples
}

async fn send_packets(program: &UdpSocket, server: SocketAddr, bytes: &[u8]) {
    for frame in bytes.chunks(160) {
        program.send_to(&packet(9, frame), server).await.unwrap();
    }
}

/// Wideband audio over RTP is G.722 to the server, whatever the format of the channel.
#[tokio::test]
async fn g722_is_heard_over_rtp() {
    for format in ["slin16", "g722"] {
        let lab = Lab::of([22, 10, 1]).await;
        let alice = lab.call("alice");
        let (program, server) = connect(&lab, format).await;
        lab.bridge("b", "alice,m").await;
        let tone = sine(FREQUENCY, 16_000, 16_000, 8000.0);
        send_packets(&program, server, &encode(&tone)).await;
        lab.pbx.idle().await;
        let samples = heard(&alice);
        assert_eq!(samples.len(), 16_000, "{format}");
        assert_tone(format, &samples);
        alice.send_audio(&tone, 16_000);
        lab.frames(55).await;
        let (mut bytes, mut buffer) = (Vec::new(), [0; 2000]);
        for _ in 0..50 {
            let (length, _) = program.recv_from(&mut buffer).await.unwrap();
            bytes.extend(&buffer[12..length]);
        }
        if format == "g722" {
            assert_tone("to the program", &decode(&bytes));
        }
        lab.pbx.assert_no_violations();
    }
}

#[tokio::test]
async fn g722_is_heard_over_websocket() {
    let lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let mut program = lab.program("m", "g722", "f(json)").await;
    lab.bridge("b", "alice,m").await;
    program.take();
    let tone = sine(FREQUENCY, 16_000, 16_000, 8000.0);
    program.send(Message::binary(encode(&tone))).await;
    alice.send_audio(&tone, 16_000);
    lab.frames(55).await;
    assert_tone("to the party", &heard(&alice));
    let messages = program.take().into_iter();
    let bytes: Vec<u8> = messages.flat_map(|(_, one)| one.into_data()).collect();
    assert_eq!(bytes.len(), 8_000);
    assert_tone("to the program", &decode(&bytes));
    lab.pbx.assert_no_violations();
}
