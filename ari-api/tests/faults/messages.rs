//! Invalid messages: each is reported, and the stream continues.

use ari_api::{Error, Event, models};
use ari_test_support::{
    frame::{self, opcode},
    within_limit,
};
use serde_json::json;

use crate::sample::{self, channel_event, numbered_user_event};
use crate::transcript::{next_transcript, run};

/// Each yields an error with the whole text, at its place in the stream.
#[test]
fn undecodable_event_keeps_its_text() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        // No object has ended, whatever cannot be decoded.
        server.add_call("c");
        let mut typed = app.events_of::<models::StasisStart>();
        let mut object = client.channel("c").events();
        let missing = json!({"type": "StasisStart", "application": "a", "args": [],
            "channel": {"id": "c"}});
        // The text, and whether it affects the streams of one type and of one object.
        let wrong = [
            ("{\"type\":\"StasisStart\",".to_owned(), true, false),
            (missing.to_string(), true, true),
            (
                "{\"type\":\"ChannelDtmfReceived\"}".to_owned(),
                false,
                false,
            ),
            ("{}".to_owned(), true, false),
            (String::new(), true, false),
            ("null".to_owned(), true, false),
            ("[{\"type\":\"StasisStart\"}]".to_owned(), true, false),
            ("{\"type\":7}".to_owned(), true, false),
            ("{\"type\":null}".to_owned(), true, false),
            ("not JSON".to_owned(), true, false),
            (
                "{\"event\":{\"type\":\"StasisStart\"}}".to_owned(),
                true,
                false,
            ),
            ("\u{0}\u{1F4A9}".to_owned(), true, false),
            (format!("{{\"a\":{}", "[".repeat(100_000)), true, false),
        ];
        for (number, (text, is_typed, is_object)) in wrong.iter().enumerate() {
            peer.send_text(text);
            peer.send_event(&numbered_user_event("c", number));
            let expected = format!("Decode {text}");
            assert_eq!(next_transcript(&mut app).await, expected);
            assert_eq!(
                next_transcript(&mut app).await,
                format!("ChannelUserevent {number}")
            );
            if *is_typed {
                assert_eq!(next_transcript(&mut typed).await, expected);
            }
            if *is_object {
                assert_eq!(next_transcript(&mut object).await, expected);
            }
            assert_eq!(
                next_transcript(&mut object).await,
                format!("ChannelUserevent {number}")
            );
        }
        let stats = app.session().stats();
        assert_eq!(stats.decode_errors, wrong.len() as u64);
        assert_eq!(stats.received, 2 * wrong.len() as u64);
        assert_eq!(stats.decoded, wrong.len() as u64);
        assert_eq!((stats.dropped, stats.reconnects), (0, 0));
    });
}

#[test]
fn unknown_event_types_are_preserved() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let text = r#"{"new": {"type": "x"}, "type": "SomethingNew", "channel": {"id": "c"}}"#;
        peer.send_text(text);
        let event = within_limit(app.next())
            .await
            .expect("an item")
            .expect("an event");
        assert_eq!(event.kind(), "SomethingNew");
        assert!(
            matches!(&*event, Event::Unknown { raw, .. } if &**raw == text),
            "{event:?}"
        );
    });
}

#[test]
fn fragmented_and_large_frames_are_read() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        // Binary messages are not events.
        peer.send_raw(&frame::encode(true, opcode::BINARY, &[0; 1000]));
        // In fragments, with a ping between them, and byte by byte.
        let text = numbered_user_event("c", 1).to_string();
        let (first, second) = text.as_bytes().split_at(7);
        let mut bytes = frame::encode(false, opcode::TEXT, first);
        bytes.extend(frame::encode(true, opcode::PING, b"p"));
        bytes.extend(frame::encode(false, opcode::CONTINUATION, b""));
        bytes.extend(frame::encode(true, opcode::CONTINUATION, second));
        for byte in bytes {
            peer.send_raw(&[byte]);
        }
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 1");
        assert_eq!(peer.next_frame(), Some((opcode::PONG, b"p".to_vec())));
        // Larger than the default maximum frame size of many libraries.
        let mut large = numbered_user_event("c", 2);
        large["userevent"] = json!({"x": "y".repeat(20 << 20)});
        peer.send_event(&large);
        assert_eq!(next_transcript(&mut app).await, "ChannelUserevent 2");
        assert_eq!(app.session().stats().received, 2);
    });
}

/// The client does not even wait for a message whose announced length exceeds the limit.
#[test]
fn message_over_limit_closes_connection() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let mut head = vec![0x81, 127];
        head.extend(((64_u64 << 20) + 1).to_be_bytes());
        peer.send_raw(&head);
        let item = within_limit(app.next())
            .await
            .expect("an item")
            .expect("an event");
        assert!(item.kind() == "Disconnected", "{item:?}");
        let Event::Connection(event) = &*item else {
            panic!("{item:?}")
        };
        assert!(event.to_string().contains("too long"), "{event}");
        assert_eq!(next_transcript(&mut app).await, "Reconnected");
    });
}

/// An event that no stream wants is not decoded, and cannot fail.
#[test]
fn skipped_events_are_counted() {
    run(async |server| {
        let client = server.client();
        let (app, mut peer) = server.connect(&client).await;
        let session = app.session().clone();
        let mut typed = app.events_of::<models::StasisStart>();
        drop(app);
        for number in 0..10 {
            peer.send_event(&numbered_user_event("c", number));
        }
        peer.send_event(&json!({"type": "ChannelDtmfReceived"}));
        peer.send_event(&channel_event("StasisStart", "c"));
        assert_eq!(next_transcript(&mut typed).await, "StasisStart c");
        let stats = session.stats();
        assert_eq!((stats.received, stats.skipped), (12, 11));
        assert_eq!((stats.decoded, stats.decode_errors), (1, 0));
    });
}

/// An error prints an excerpt, not megabytes.
#[test]
fn errors_about_large_messages_are_excerpted() {
    run(async |server| {
        let client = server.client();
        let (mut app, mut peer) = server.connect(&client).await;
        let mut event = sample::channel_event("StasisStart", "c");
        event["channel"]["name"] = "é".repeat(1 << 20).into();
        event["args"] = json!(7);
        let text = event.to_string();
        peer.send_text(&text);
        let error = within_limit(app.next())
            .await
            .expect("an item")
            .expect_err("no event");
        assert!(error.to_string().len() < 1000);
        assert!(matches!(&error, Error::Decode(error) if error.raw == text));
    });
}
