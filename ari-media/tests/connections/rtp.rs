//! RTP.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use ari_media::carrier::rtp::{Packet, encode};
use ari_media::connection::{Cause, RtpConnection, RtpPorts};
use ari_media::pcm::{Format, SampleRate};
use tokio::net::UdpSocket;

use super::*;

const LOCALHOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Returns a range of free ports.
async fn free_range(size: u16) -> RtpPorts {
    loop {
        let socket = UdpSocket::bind((LOCALHOST, 0)).await.expect("a port");
        let first = socket.local_addr().expect("an address").port() & !1;
        drop(socket);
        let free =
            (first..first + size).all(|port| std::net::UdpSocket::bind((LOCALHOST, port)).is_ok());
        if free {
            return RtpPorts::new(LOCALHOST, first..=first + size - 1).expect("a range");
        }
    }
}

async fn pair(outgoing: Format) -> (RtpConnection, SocketAddr, UdpSocket) {
    let ports = free_range(2).await;
    let socket = ports.bind().expect("a port");
    let address = socket.local_addr();
    let asterisk = UdpSocket::bind((LOCALHOST, 0)).await.expect("a port");
    let peer = asterisk.local_addr().expect("an address");
    (
        socket.connect(peer, outgoing).expect("a connection"),
        address,
        asterisk,
    )
}

fn packet(payload_type: u8, sequence: u16) -> bytes::Bytes {
    encode(&Packet {
        payload_type,
        marker: false,
        sequence,
        timestamp: u32::from(sequence) * 320,
        ssrc: 7,
        payload: vec![sequence as u8; 640].into(),
    })
}

#[tokio::test]
async fn only_packets_of_the_peer_pass_in_order() {
    let (mut connection, address, asterisk) = pair(Format::G722).await;
    let stranger = UdpSocket::bind((LOCALHOST, 0)).await.expect("a port");
    stranger
        .send_to(&packet(118, 1), address)
        .await
        .expect("sent");
    for datagram in [
        packet(118, 1),
        // Neither audio nor RTP, and too long.
        b"hello"[..].into(),
        packet(101, 2),
        vec![0x80; 6000].into(),
        packet(118, 4),
        packet(118, 3),
        packet(118, 3),
        // One packet is missing.
        packet(118, 6),
        packet(118, 7),
    ] {
        asterisk.send_to(&datagram, address).await.expect("sent");
    }
    let mut found = Vec::new();
    for _ in 0..5 {
        let Received::Audio(packet) = item(within_limit(connection.next()).await) else {
            panic!("no audio");
        };
        assert_eq!(packet.format, Format::Slin(SampleRate::Hz16000));
        let timestamp = packet.timestamp.expect("a timestamp");
        found.push((
            packet.payload[0],
            timestamp / 320,
            packet.lost,
            packet.is_new_stream,
        ));
    }
    let expected = [
        (1, 1, 0, true),
        (3, 3, 0, false),
        (4, 4, 0, false),
        (6, 6, 1, false),
        (7, 7, 0, false),
    ];
    assert_eq!(found, expected);
    let stats = connection.stats();
    let counts = (stats.received, stats.lost, stats.late, stats.foreign_source);
    assert_eq!(counts, (5, 1, 1, 1), "{stats:?}");
    assert_eq!((stats.malformed, stats.other_payload), (2, 1), "{stats:?}");
}

#[tokio::test]
async fn frames_are_sent_with_numbers_and_static_types() {
    let (mut connection, address, asterisk) = pair(Format::G722).await;
    for length in [0, 80, 161, 320] {
        let error = connection
            .send_audio(vec![0; length].into())
            .expect_err("refused");
        assert!(matches!(error.cause, Cause::InvalidAudio { .. }), "{error}");
    }
    connection.send_audio(vec![1; 160].into()).expect("sent");
    connection.skip(4);
    connection.send_audio(vec![2; 160].into()).expect("sent");
    within_limit(connection.flush()).await.expect("sent");
    let mut packets = Vec::new();
    for _ in 0..2 {
        let mut buffer = [0; 2000];
        let (length, source) = within_limit(asterisk.recv_from(&mut buffer))
            .await
            .expect("a packet");
        assert_eq!(source, address);
        packets.push(Packet::parse(&buffer[..length].to_vec().into()).expect("a packet"));
    }
    let [first, second] = packets.as_slice() else {
        panic!("two packets");
    };
    assert_eq!(
        (first.payload_type, first.marker, second.marker),
        (9, true, true)
    );
    assert_eq!(second.sequence.wrapping_sub(first.sequence), 1);
    assert_eq!(second.timestamp.wrapping_sub(first.timestamp), 5 * 160);
    assert_eq!(first.ssrc, second.ssrc);
    assert_eq!(second.payload[..], [2; 160]);

    // A peer whose port is closed is no error. Only ARI reports the end of the channel.
    drop(asterisk);
    for _ in 0..3 {
        connection.send_audio(vec![1; 160].into()).expect("sent");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    let next = tokio::time::timeout(std::time::Duration::from_millis(20), connection.next());
    assert!(next.await.is_err());
}

#[tokio::test]
async fn even_ports_are_taken_in_turn_and_released() {
    let ports = free_range(6).await;
    let sockets: Vec<_> = (0..3).map(|_| ports.bind().expect("a port")).collect();
    let taken: Vec<_> = sockets
        .iter()
        .map(|socket| socket.local_addr().port())
        .collect();
    assert!(taken.iter().all(|port| port % 2 == 0), "{taken:?}");
    let error = ports.bind().expect_err("all are taken");
    assert!(matches!(error.cause, Cause::NoPort { .. }), "{error}");
    assert!(error.to_string().contains("widen the range"), "{error}");

    let mut sockets = sockets.into_iter();
    let released = sockets.next().expect("a socket");
    let port = released.local_addr().port();
    let peer = SocketAddr::from((LOCALHOST, 9));
    drop(released.connect(peer, Format::Ulaw).expect("a connection"));
    assert_eq!(
        ports.bind().expect("it is free again").local_addr().port(),
        port
    );

    // Asterisk drops packets of wideband PCM, and some ranges have no even port.
    let socket = sockets.next().expect("a socket");
    let refused = socket.connect(peer, Format::Slin(SampleRate::Hz16000));
    assert!(refused.unwrap_err().to_string().contains("g722"));
    for range in [7..=7, 0..=1] {
        assert!(RtpPorts::new(LOCALHOST, range).is_err());
    }
    assert!(RtpPorts::new(LOCALHOST, 65_534..=65_535).is_ok());
}
