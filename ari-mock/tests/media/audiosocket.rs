//! AudioSocket: the server connects to the program.

use ari_mock::ViolationKind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::raw;
use crate::support::{Lab, listener, little_endian, ramp};

const UUID: &str = "40325ec2-5efd-4bd3-805f-53576e581d13";

/// Creates a channel and returns the program's side of its connection, after the UUID.
async fn connect(lab: &Lab, format: &str) -> TcpStream {
    let (listener, address) = listener().await;
    let path = format!(
        "channels/externalMedia?app=hello&external_host={address}&transport=tcp&channelId=m&\
         encapsulation=audiosocket&format={format}&data={UUID}"
    );
    let (status, media) = lab.post(&path).await;
    assert_eq!(status, 200, "{media}");
    assert_eq!(media["channelvars"]["AUDIOSOCKET_UUID"], UUID);
    let (mut stream, _) = listener.accept().await.unwrap();
    stream.set_nodelay(true).unwrap();
    let first = read_message(&mut stream).await.unwrap();
    assert_eq!((first.0, &first.1[..4]), (1, &[0x40, 0x32, 0x5e, 0xc2][..]));
    stream
}

async fn read_message(stream: &mut TcpStream) -> Option<(u8, Vec<u8>)> {
    let kind = stream.read_u8().await.ok()?;
    let length = stream.read_u16().await.ok()?;
    let mut payload = vec![0; length.into()];
    stream.read_exact(&mut payload).await.ok()?;
    Some((kind, payload))
}

fn message(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len()).unwrap().to_be_bytes();
    [&[kind, length[0], length[1]], payload].concat()
}

#[tokio::test]
async fn audio_and_keys() {
    let mut lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let mut program = connect(&lab, "slin16").await;
    lab.events().await;
    lab.bridge("b", "alice,m").await;
    let speech = ramp(640);
    alice.send_audio(&speech, 16_000);
    alice.press("7");
    lab.frames(10).await;
    for half in speech.chunks(320) {
        let expected = (0x12, little_endian(half));
        assert_eq!(read_message(&mut program).await.unwrap(), expected);
    }
    assert_eq!(
        read_message(&mut program).await.unwrap(),
        (3, b"7".to_vec())
    );
    // Any rate, any length, several messages at once, and a head in pieces. Nothing is paced.
    let audio = message(0x10, &little_endian(&speech[..100]));
    program.write_all(&audio.repeat(2)).await.unwrap();
    let (head, rest) = audio.split_at(2);
    program.write_all(head).await.unwrap();
    lab.frames(10).await;
    program.write_all(rest).await.unwrap();
    lab.pbx.idle().await;
    let received = alice.take_received_audio();
    assert_eq!(received.len(), 3);
    assert!(
        received
            .iter()
            .all(|one| one.samples == speech[..100] && one.sample_rate == 8_000)
    );
    // Deleting the channel ends the connection without a message.
    raw::request(&lab.pbx, "DELETE", "channels/m", "").await;
    assert_eq!(read_message(&mut program).await, None);
    lab.pbx.assert_no_violations();
}

/// Input that ends the channel, and whether it is a violation.
#[tokio::test]
async fn ends() {
    let split = &message(0x10, &[0; 320])[..100];
    for (version, bytes, mistake) in [
        ([22, 10, 1], &message(0x00, &[])[..], false),
        ([22, 10, 1], split, true),
        ([22, 10, 1], &message(0x03, b"1"), true),
        ([22, 10, 1], &message(0x10, &[]), true),
        ([22, 5, 0], &message(0x12, &[0; 640]), true),
        ([22, 8, 0], &[0x10, 1], true),
    ] {
        let mut lab = Lab::of(version).await;
        let mut program = connect(&lab, "slin").await;
        lab.events().await;
        program.write_all(bytes).await.unwrap();
        lab.frames(1).await;
        let expected = ["StasisEnd", "ChannelDestroyed 0"];
        assert_eq!(lab.events().await, expected, "{version:?} {bytes:?}");
        assert_eq!(read_message(&mut program).await, None);
        let violations = lab.pbx.violations();
        let kinds: Vec<_> = violations.iter().map(|one| one.kind).collect();
        assert_eq!(
            kinds,
            vec![ViolationKind::MediaHangup; usize::from(mistake)]
        );
    }
    let mut lab = Lab::of([22, 10, 1]).await;
    drop(connect(&lab, "slin").await);
    lab.events().await;
    lab.pbx.idle().await;
    assert!(lab.pbx.channel_ids().is_empty());
}

#[tokio::test]
async fn channel_needs_a_program_that_listens() {
    let mut lab = Lab::of([22, 10, 1]).await;
    let (listener, address) = listener().await;
    drop(listener);
    let path = format!(
        "channels/externalMedia?app=hello&external_host={address}&transport=tcp&\
         encapsulation=audiosocket&format=slin&data={UUID}"
    );
    assert_eq!(lab.post(&path).await.0, 500);
    assert_eq!(lab.events().await, [""; 0]);
}

/// Another format than signed linear is sent as if it were signed linear.
#[tokio::test]
async fn other_formats_are_mislabelled() {
    let lab = Lab::of([22, 10, 1]).await;
    let alice = lab.call("alice");
    let mut program = connect(&lab, "ulaw").await;
    lab.bridge("b", "alice,m").await;
    alice.send_audio(&[0; 160], 8_000);
    lab.frames(2).await;
    assert_eq!(
        read_message(&mut program).await.unwrap(),
        (0x10, vec![0xff; 160])
    );
}
