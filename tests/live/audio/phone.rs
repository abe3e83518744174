//! Phones: calls by SIP, whose sound passes through RTP and a phone's codec.
//!
//! The server itself is the phone of one test, and SIPp that of another. SIPp is Debian's package
//! `sip-tester`. Without it that test reports that it is skipped.

use std::fs;
use std::path::Path;

use ari_media::Format;
use ari_media::pcm::{ByteOrder, Decoder, Encoder};
use tokio::net::UdpSocket;

use super::*;
use crate::live::sipp::{Sipp, is_installed};

/// Tones of each side reach the other through the phone's codec, keys arrive as the phone sends
/// them, and the hangup of the phone ends both sessions.
#[test]
fn calls_by_sip_carry_audio_and_keys() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        let call = calls.create_by_sip().await;
        let near = service.open(&call.near).carrier(carrier);
        let far = service.open(&call.far).carrier(carrier);
        let (mut near, mut far) = tokio::try_join!(near, far).unwrap();
        let rate = SampleRate::Hz16000;
        let long = Duration::from_secs(4);
        near.sender().try_send(&tone(440.0, rate, long)).unwrap();
        far.sender().try_send(&tone(1000.0, rate, long)).unwrap();
        tokio::join!(
            hear(&mut near, 1000.0, 440.0),
            hear(&mut far, 440.0, 1000.0)
        );
        tokio::join!(near.sender().clear(), far.sender().clear());
        client.channel(&call.far).send_dtmf("19#").await.unwrap();
        for expected in ['1', '9', '#'] {
            match next_event(&mut near).await {
                MediaEvent::Dtmf(digit) => assert_eq!(digit, expected, "{carrier}"),
                other => panic!("{release}, {carrier}: {other:?}"),
            }
        }
        client.channel(&call.far).hangup().await.unwrap();
        for media in [&mut near, &mut far] {
            let reason = wait_for_end(media).await;
            assert!(matches!(reason, CloseReason::CallEnded(_)), "{reason}");
        }
        wait_until_removed(client, 0).await;
    });
}

/// A running SIPp, and the socket on which it wants to receive audio.
struct Phone {
    sipp: Sipp,
    audio: UdpSocket,
}

impl Phone {
    /// Calls the extension `live` of a server. When that answers, the phone plays a tone of 1 kHz
    /// for four seconds, and then hangs up.
    async fn call(server: &Asterisk) -> Phone {
        let folder = server.dir().join("phone");
        fs::create_dir_all(&folder).unwrap();
        let samples = tone(1000.0, SampleRate::Hz8000, Duration::from_secs(4));
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(Format::Ulaw, ByteOrder::Big).unwrap();
        encoder.encode(&samples, &mut bytes);
        fs::write(folder.join("tone.ulaw"), bytes).unwrap();

        let free = async || UdpSocket::bind((LOCAL, 0)).await.unwrap();
        let port = |socket: &UdpSocket| socket.local_addr().unwrap().port();
        let (audio, sip, media) = (free().await, free().await, free().await);
        let ports = [port(&sip), port(&media)];
        drop((sip, media));
        let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/asterisk/phone.xml");
        let audio_port = port(&audio).to_string();
        let arguments = ["-key", "audio_port", &audio_port, "-d", "4000"];
        let sipp = Sipp::start(server, &folder, &scenario, ports, &arguments);
        Phone { sipp, audio }
    }

    /// Receives until a tone is heard.
    async fn hear(&self, frequency: f64) {
        let mut decoder = Decoder::new(Format::Ulaw, ByteOrder::Big).unwrap();
        let mut heard = Vec::new();
        let mut packet = [0; 2048];
        for _ in 0..15 {
            let mut samples = Vec::new();
            while samples.len() < 1600 {
                let (length, _) = within_limit(self.audio.recv_from(&mut packet))
                    .await
                    .unwrap();
                assert_eq!(packet[1] & 0x7f, 0, "the payload type of μ-law");
                decoder.decode(&packet[12..length], &mut samples);
            }
            let level = amplitude(&samples, frequency, SampleRate::Hz8000) / AMPLITUDE;
            if (0.8..1.2).contains(&level) {
                return;
            }
            heard.push(level);
        }
        panic!("the phone hears {heard:?} at {frequency}");
    }

    /// Waits until SIPp has ended.
    async fn end(self) {
        let status = self.sipp.end().await;
        assert!(status.success(), "SIPp: {status}");
    }
}

/// A phone that is no Asterisk plays a tone, hears the program's, and hangs up.
#[test]
fn sipp_speaks_listens_and_hangs_up() {
    if !is_installed() {
        return;
    }
    for (release, carriers) in CARRIERS {
        on_calls(
            release,
            |builder| builder,
            async |server, client, calls| {
                let service = service(client).await;
                for &carrier in carriers {
                    let phone = Phone::call(server).await;
                    let (_, channel) = within_limit(calls.started.recv()).await.unwrap();
                    client.channel(&channel.id).answer().await.unwrap();
                    let media = service.open(&channel.id).carrier(carrier).await;
                    let mut media = media.unwrap();
                    let long = Duration::from_secs(10);
                    let samples = tone(440.0, SampleRate::Hz16000, long);
                    media.sender().try_send(&samples).unwrap();
                    tokio::join!(hear(&mut media, 1000.0, 440.0), phone.hear(440.0));
                    let reason = wait_for_end(&mut media).await;
                    assert!(matches!(reason, CloseReason::CallEnded(_)), "{reason}");
                    phone.end().await;
                    wait_until_removed(client, 0).await;
                }
            },
        );
    }
}
