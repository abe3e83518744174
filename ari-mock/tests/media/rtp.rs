//! RTP: packets to and from the program.

use std::net::SocketAddr;

use ari_mock::ViolationKind;
use tokio::net::UdpSocket;

use crate::support::{Lab, ramp};

/// Creates a channel and returns the program's socket and the address to which it sends.
pub(crate) async fn connect(lab: &Lab, format: &str) -> (UdpSocket, SocketAddr) {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let host = socket.local_addr().unwrap();
    let path = format!(
        "channels/externalMedia?app=hello&external_host={host}&format={format}&channelId=m"
    );
    let (status, media) = lab.post(&path).await;
    assert_eq!(status, 200, "{media}");
    let place = &media["channelvars"];
    let port = place["UNICASTRTP_LOCAL_PORT"].as_str().unwrap();
    let address = place["UNICASTRTP_LOCAL_ADDRESS"].as_str().unwrap();
    (socket, format!("{address}:{port}").parse().unwrap())
}

pub(crate) fn packet(kind: u8, payload: &[u8]) -> Vec<u8> {
    let head = [0x80, kind, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];
    [&head, payload].concat()
}

#[tokio::test]
async fn packets_in_both_directions() {
    let lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let (program, server) = connect(&lab, "slin16").await;
    lab.bridge("b", "alice,m").await;
    let speech = ramp(640);
    alice.send_audio(&speech, 16_000);
    lab.frames(5).await;
    let big_endian: Vec<_> = speech.iter().flat_map(|one| one.to_be_bytes()).collect();
    let mut buffer = [0; 2000];
    for (number, payload) in big_endian.chunks(640).enumerate() {
        let (length, _) = program.recv_from(&mut buffer).await.unwrap();
        let marker = if number == 0 { 0x80 } else { 0 };
        assert_eq!(buffer[..2], [0x80, marker | 118]);
        assert_eq!(buffer[7], [0, 64][number]);
        assert_eq!(&buffer[12..length], payload);
    }
    // Static payload types are played, whatever the format of the channel. Others are dropped.
    for (kind, payload, expected) in [
        (10, &[1, 0, 2, 0][..], &[256, 512][..]),
        (11, &[1, 0], &[256]),
        (0, &[0xff, 0xff], &[0, 0]),
        (8, &[0xd5], &[8]),
        (118, &[1, 0], &[]),
        (3, &[0; 33], &[]),
    ] {
        // Packets from another port are played, too.
        let other = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        other.send_to(&packet(kind, payload), server).await.unwrap();
        lab.pbx.idle().await;
        let (_, heard) = lab.heard(&alice);
        assert_eq!(heard, expected, "{kind}");
    }
    let violations = lab.pbx.violations();
    assert_eq!(violations.len(), 1);
    assert_eq!(violations[0].kind, ViolationKind::DroppedAudio);
    // The address to which the server sends stays the one of the request.
    let other = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    other.send_to(&packet(0, &[0; 160]), server).await.unwrap();
    lab.pbx.idle().await;
    alice.send_audio(&speech, 16_000);
    lab.frames(5).await;
    assert_eq!(program.try_recv(&mut buffer).unwrap(), 12 + 640);
    assert!(other.try_recv(&mut buffer).is_err());
}

/// In 16 signed linear becomes ulaw. A burst is played at once.
#[tokio::test]
async fn older_release() {
    let mut lab = Lab::of([16, 28, 0]).await;
    let alice = lab.call("alice");
    let (program, server) = connect(&lab, "slin").await;
    let events = lab.events().await;
    assert_eq!(events.last().unwrap(), "StasisStart");
    lab.bridge("b", "alice,m").await;
    alice.send_audio(&[0; 160], 8_000);
    lab.frames(2).await;
    let mut buffer = [0; 2000];
    let (length, _) = program.recv_from(&mut buffer).await.unwrap();
    assert_eq!((buffer[1], length), (0x80, 172));
    for _ in 0..50 {
        program
            .send_to(&packet(0, &[0; 160]), server)
            .await
            .unwrap();
    }
    lab.pbx.idle().await;
    assert_eq!(lab.heard(&alice).0, 50);
}
