//! Recordings, live and stored.

mod ours {
    use std::time::Duration;

    use ari_api::outcome::CallOutcome;

    use crate::live::session::{on_every_release, retry_until_controllable};

    #[test]
    fn recordings_have_their_length() {
        on_every_release(async |session| {
            let client = &session.client;
            let _app = client.application("taped").connect().await.unwrap();
            let call = client.channels().originate("Local/tone@testari");
            let CallOutcome::Answered { channel, .. } = call.app("taped").outcome().await.unwrap()
            else {
                panic!("not answered");
            };
            let name = format!("length-{}", ari_api::client::unique_id());
            let recording = channel.record(&name, "wav");
            let limited = recording.max_duration(Duration::from_millis(1_500));
            let recording = limited
                .max_silence(None)
                .wait_until_finished()
                .await
                .unwrap();
            let length = recording.duration.unwrap();
            // The server counts two whole seconds of its clock, or more, and the samples of those.
            let expected = Duration::from_secs(1)..=Duration::from_secs(3);
            assert!(expected.contains(&length), "{length:?}");
            channel.hangup().await.unwrap();
        });
    }

    #[test]
    fn recordings_are_controlled() {
        on_every_release(async |session| {
            session.subscribe_to_everything().await;
            let client = session.client.clone();
            let channel = session.call("tone").await;
            let record = channel
                .record("recording-one", "wav")
                .max_duration(Duration::from_secs(60));
            record.max_silence(Duration::from_secs(50)).await.unwrap();
            session
                .wait_for_kinds(&["RecordingStarted"], "recording-one")
                .await;
            let live = client.live_recording("recording-one");
            live.get_live().await.unwrap();
            retry_until_controllable(async || live.pause().await).await;
            live.pause().await.unwrap();
            live.unpause().await.unwrap();
            live.mute().await.unwrap();
            live.unmute().await.unwrap();
            live.stop().await.unwrap();
            session
                .wait_for_kinds(&["RecordingFinished"], "recording-one")
                .await;

            let stored = client.stored_recording("recording-one");
            stored.get_stored().await.unwrap();
            let file = stored.get_stored_file().await.unwrap();
            assert!(!file.bytes().await.unwrap().is_empty());
            stored.copy_stored("copy").await.unwrap();
            client.recordings().list_stored().await.unwrap();
            stored.delete_stored().await.unwrap();

            channel.record("recording-two", "wav").await.unwrap();
            session
                .wait_for_kinds(&["RecordingStarted"], "recording-two")
                .await;
            let live = client.live_recording("recording-two");
            retry_until_controllable(async || live.pause().await).await;
            // 409 if it is ending, because of an attempt that was refused with 500.
            retry_until_controllable(async || match live.cancel().await {
                Err(error) if error.status() == Some(409) => Ok(()),
                result => result,
            })
            .await;
            session
                .wait_for_kinds(&["RecordingFinished"], "recording-two")
                .await;

            // Accepted, but a channel in a bridge cannot be recorded.
            let bridge = client.bridges().create().await.unwrap().id;
            let bridge = client.bridge(bridge);
            bridge.add_channel([channel.channel_id()]).await.unwrap();
            let entered = ["ChannelEnteredBridge"];
            session.wait_for_kinds(&entered, channel.channel_id()).await;
            channel.record("recording-three", "wav").await.unwrap();
            session
                .wait_for_kinds(&["RecordingFailed"], "recording-three")
                .await;
            bridge.destroy().await.unwrap();
            channel.hangup().await.unwrap();
        });
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::time::Duration;

    use ari_api::Event;
    use ari_api::outcome::CallOutcome;

    use crate::live::session::{
        on_every_release, refusal, retry_until_controllable, retry_while_status, wait,
    };

    /// As a stream, and as a whole.
    #[test]
    fn stored_file_download() {
        on_every_release(async |session| {
            let channel = session.call("tone").await;
            channel.record("dir/tone", "wav").beep(true).await.unwrap();
            session.wait_for_kind("RecordingStarted").await;
            tokio::time::sleep(std::time::Duration::from_secs(2)).await;
            session
                .client
                .live_recording("dir/tone")
                .stop()
                .await
                .unwrap();
            session.wait_for_kind("RecordingFinished").await;

            let stored = session.client.stored_recording("dir/tone");
            let mut download = stored.get_stored_file().await.unwrap();
            let (mut bytes, mut pieces) = (Vec::new(), 0);
            while let Some(piece) = download.next().await {
                bytes.extend_from_slice(&piece.unwrap());
                pieces += 1;
            }
            let file = session.server.dir().join("spool/recording/dir/tone.wav");
            assert_eq!(bytes, std::fs::read(file).unwrap());
            assert!(bytes.starts_with(b"RIFF") && &bytes[8..12] == b"WAVE");
            // Two seconds of 8000 samples of two bytes: more than one buffer, so it was streamed.
            assert!(bytes.len() > 16_000, "{}", bytes.len());
            assert!(pieces > 1, "{pieces}");

            let whole = stored.get_stored_file().await.unwrap().bytes().await;
            assert_eq!(whole.unwrap(), bytes);
            stored.copy_stored("copy").await.unwrap();
            let copy = session.client.stored_recording("copy").get_stored_file();
            assert_eq!(copy.await.unwrap().bytes().await.unwrap(), bytes);
        });
    }

    /// A name is in use if there is a file of a finished recording, or a recording in progress. With
    /// `ifExists` a file is replaced or continued.
    #[test]
    fn recording_file_conflicts() {
        on_every_release(async |session| {
            let client = session.client.clone();
            let mut app = client.application("recorder").connect().await.unwrap();
            let call = client.channels().originate("Local/tone@testari");
            let call = call.app("recorder").outcome().await.unwrap();
            let CallOutcome::Answered { channel, .. } = call else {
                panic!("not answered");
            };
            let size = async || {
                let file = client.stored_recording("taken").get_stored_file();
                file.await.unwrap().bytes().await.unwrap().len()
            };
            let expected = (
                409,
                "Recording 'taken' already exists and can not be overwritten".to_owned(),
            );
            let record = || {
                channel
                    .record("taken", "wav")
                    .max_duration(Duration::from_secs(3))
            };
            record().wait_until_finished().await.unwrap();
            let first = size().await;
            assert!(first > 16_000, "{first}");
            assert_eq!(refusal(record().await), expected);
            assert_eq!(refusal(record().if_exists("fail").await), expected);
            // Its end is reported a moment before its name is free.
            let replacing = async || {
                let replaced = channel.record("taken", "wav").if_exists("overwrite");
                replaced
                    .max_duration(Duration::from_secs(1))
                    .wait_until_finished()
                    .await
            };
            let replaced = retry_while_status(409, replacing).await;
            assert_eq!(replaced.state.as_str(), "done");
            let second = size().await;
            assert!(second < first, "{second} of {first}");
            let continuing = async || {
                let continued = channel.record("taken", "wav").if_exists("append");
                continued
                    .max_duration(Duration::from_secs(1))
                    .wait_until_finished()
                    .await
            };
            retry_while_status(409, continuing).await;
            assert!(size().await > second);

            // In use while it is being written, too.
            channel.record("going on", "wav").await.unwrap();
            wait(&mut app, &session.server, "the second one", |event| {
            matches!(event, Event::RecordingStarted(started) if started.recording.name == "going on")
                .then_some(())
        })
        .await;
            let again = refusal(channel.record("going on", "wav").await);
            assert_eq!(again.0, 409);
            let live = client.live_recording("going on");
            retry_until_controllable(async || live.pause().await).await;
            live.cancel().await.unwrap();
            let stored = client.stored_recording("taken");
            assert_eq!(refusal(stored.copy_stored("taken").await).0, 409);
            stored.delete_stored().await.unwrap();
            assert_eq!(refusal(stored.delete_stored().await).0, 404);
        });
    }
}
