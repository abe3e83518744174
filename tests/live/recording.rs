//! Recordings.

use super::session::on_every_release;

#[test]
fn a_recording_is_downloaded_as_a_stream() {
    on_every_release(async |session| {
        let channel = session.call("tone").await;
        channel.record("dir/tone", "wav").beep(true).await.unwrap();
        session.kind("RecordingStarted").await;
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        session
            .client
            .live_recording("dir/tone")
            .stop()
            .await
            .unwrap();
        session.kind("RecordingFinished").await;

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
        // Two seconds of 8000 samples of two bytes; more than one buffer, so it was streamed.
        assert!(bytes.len() > 16_000, "{}", bytes.len());
        assert!(pieces > 1, "{pieces}");

        let whole = stored.get_stored_file().await.unwrap().bytes().await;
        assert_eq!(whole.unwrap(), bytes);
        stored.copy_stored("copy").await.unwrap();
        let copy = session.client.stored_recording("copy").get_stored_file();
        assert_eq!(copy.await.unwrap().bytes().await.unwrap(), bytes);
    });
}
