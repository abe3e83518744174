//! Traffic that is recorded, and played to programs.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use ari_api::traffic::{DisconnectCause, Item, Recorder, TrafficFile, TrafficLog};
use ari_api::{Client, Error, Event};
use ari_mock::{Asterisk, DifferenceKind, Replay, Speed};
use ari_test_support::within_limit;
use serde_json::json;

#[cfg(test)]
mod helpers {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use ari_api::client::unique_id;
    use ari_api::traffic::{Recorder, TrafficLog};
    use ari_api::{Client, Error, Event};
    use ari_mock::{Asterisk, Replay, ReplayReport};
    use ari_test_support::within_limit;

    /// A writer whose bytes stay readable, or that fails after a number of bytes.
    #[derive(Clone, Default)]
    pub(crate) struct Memory {
        pub(crate) bytes: Arc<Mutex<Vec<u8>>>,
        pub(crate) limit: Option<usize>,
    }

    impl Write for Memory {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut written = self.bytes.lock().unwrap();
            if self.limit.is_some_and(|limit| written.len() >= limit) {
                return Err(io::ErrorKind::StorageFull.into());
            }
            written.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Memory {
        pub(crate) fn text(&self) -> String {
            String::from_utf8(self.bytes.lock().unwrap().clone()).unwrap()
        }
    }

    /// The actions of the program in a call.
    #[derive(Clone, Copy, PartialEq)]
    pub(crate) enum Variant {
        Usual,
        /// Plays before it answers.
        Swapped,
        /// Does not answer.
        Forgetful,
        /// Rings as well.
        Eager,
        /// Plays something else.
        Other,
    }

    /// The program: answers a call, puts it into a bridge of its own, plays to it, and hangs up.
    pub(crate) async fn serve(client: Client, variant: Variant) -> Result<(), Error> {
        let mut app = client.application("app").connect().await?;
        let bridge = unique_id();
        while let Some(event) = app.next().await {
            match event?.as_ref() {
                Event::StasisStart(start) => {
                    let channel = client.channel(&start.channel.id);
                    let playback = unique_id();
                    let sound = match variant {
                        Variant::Other => "sound:goodbye",
                        _ => "sound:hello",
                    };
                    let play = channel.play([sound]).playback_id(&playback);
                    if variant == Variant::Swapped {
                        play.clone().await?;
                    }
                    if variant == Variant::Eager {
                        // The response says that the recording has no such request.
                        let _ = channel.ring().await;
                    }
                    if variant != Variant::Forgetful {
                        channel.answer().await?;
                    }
                    client.bridges().create().bridge_id(&bridge).await?;
                    client
                        .bridge(&bridge)
                        .add_channel([&start.channel.id])
                        .await?;
                    if variant != Variant::Swapped {
                        play.await?;
                    }
                    channel.set_channel_var("USER_PIN").value("hunter2").await?;
                }
                Event::PlaybackFinished(end) => {
                    let channel = end.playback.target_uri.trim_start_matches("channel:");
                    client.channel(channel).hangup().await?;
                }
                Event::StasisEnd(_) => break,
                _ => {}
            }
        }
        client.bridge(&bridge).destroy().await?;
        app.close(Duration::from_secs(5)).await;
        Ok(())
    }

    /// Runs the usual program, as the recorded test does.
    pub(crate) async fn run(client: Client) -> Result<(), Error> {
        serve(client, Variant::Usual).await
    }

    /// Records the usual program.
    pub(crate) async fn record() -> String {
        let pbx = Asterisk::start().await.unwrap();
        let memory = Memory::default();
        let log = TrafficLog::new(memory.clone()).unwrap();
        let builder = Client::builder(pbx.url()).credentials("aritest", "testme");
        let transport = Recorder::new(builder.http_transport().unwrap(), pbx.url(), &log);
        let client = builder.build_with_transport(transport);
        let program = tokio::spawn(serve(client, Variant::Usual));
        within_limit(pbx.wait_for_response("applications.get", 1)).await;
        let alice = pbx.incoming_call("PJSIP/alice").id("alice");
        alice.into_application("app");
        within_limit(program).await.unwrap().unwrap();
        log.flush();
        memory.text()
    }

    pub(crate) async fn replay(recording: &str, variant: Variant) -> ReplayReport {
        let replay = Replay::parse(recording).unwrap();
        let replay = replay.request_timeout(Duration::from_millis(300));
        let replay = replay.start().await.unwrap();
        let program = tokio::spawn(serve(replay.client(), variant));
        let report = within_limit(replay.finish()).await;
        program.abort();
        report
    }
}

/// A test that `ari trace alice call.jsonl --write-test call.rs --function crate::helpers::run` has
/// written.
#[cfg(test)]
#[path = "recorded/call.rs"]
mod recorded_call;

use helpers::{Memory, Variant, record, replay, serve};

#[tokio::test]
async fn recordings_have_all_traffic_and_no_secrets() {
    let text = record().await;
    for secret in ["hunter2", "testme", "Basic"] {
        assert!(!text.contains(secret), "{text}");
    }
    let file = TrafficFile::parse(&text).unwrap();
    let items: Vec<_> = file.lines.iter().map(|line| &line.item).collect();
    assert!(matches!(items[0], Item::Start { version: 1, .. }));
    let position = |fits: &dyn Fn(&Item) -> bool| items.iter().position(|item| fits(item)).unwrap();
    let connected = position(
        &|item| matches!(item, Item::Connected { applications, gap: None, .. } if applications == &["app"]),
    );
    let start = position(
        &|item| matches!(item, Item::Event { text, .. } if text.contains("\"StasisStart\"")),
    );
    let request = position(
        &|item| matches!(item, Item::Request { path, .. } if path == "/channels/alice/answer"),
    );
    let Item::Request { request: id, .. } = items[request] else {
        unreachable!()
    };
    let response = position(
        &|item| matches!(item, Item::Response { request, status: 204, .. } if request == id),
    );
    let closed = position(&|item| {
        matches!(
            item,
            Item::Disconnected {
                by: DisconnectCause::Client,
                ..
            }
        )
    });
    assert!(connected < start && start < request && request < response && response < closed);
    assert!(text.contains("variable=USER_PIN&value=(redacted)"));
    assert!(file.lines.windows(2).all(|pair| pair[0].at <= pair[1].at));
}

#[tokio::test]
async fn programs_are_compared_with_a_recording() {
    let recording = record().await;
    for (variant, expected) in [
        (Variant::Usual, &[][..]),
        (Variant::Swapped, &[DifferenceKind::Order]),
        (
            Variant::Forgetful,
            &[DifferenceKind::Order, DifferenceKind::Missing],
        ),
        (Variant::Eager, &[DifferenceKind::Unexpected]),
        (Variant::Other, &[DifferenceKind::Parameters]),
    ] {
        let report = replay(&recording, variant).await;
        let kinds: Vec<_> = report.differences.iter().map(|found| found.kind).collect();
        assert_eq!(kinds, expected, "{report}");
        for difference in &report.differences {
            assert!(difference.line.is_some(), "{difference}");
            let is_missing = difference.kind == DifferenceKind::Missing;
            let names_others = difference
                .details
                .iter()
                .any(|text| text.contains("arrive"));
            assert_eq!(names_others, is_missing, "{difference}");
        }
    }
}

#[tokio::test]
async fn replays_are_reached_over_http_and_at_a_speed() {
    let recording = record().await;
    let recorded = TrafficFile::parse(&recording).unwrap();
    let duration = recorded.lines.last().unwrap().at;
    let replay = Replay::parse(&recording).unwrap().port(0);
    let replay = replay.speed(Speed::Times(2.0)).start().await.unwrap();
    let client = Client::builder(replay.url().unwrap()).credentials("any", "word");
    let client = client.build().unwrap();
    let began = std::time::Instant::now();
    let program = tokio::spawn(serve(client, Variant::Usual));
    let report = within_limit(replay.finish()).await;
    program.abort();
    assert!(report.is_match(), "{report}");
    assert!(report.matched >= 6, "{report}");
    assert!(began.elapsed() >= duration / 4);
}

#[tokio::test]
async fn requests_over_the_websocket_are_recorded_and_played() {
    /// Answers a call over the WebSocket.
    async fn answer(client: Client) -> Result<(), Error> {
        let mut app = client.application("app").connect().await?;
        let client = Client::over_session(app.session());
        while let Some(event) = app.next().await {
            if let Event::StasisStart(start) = event?.as_ref() {
                let channel = client.channel(&start.channel.id);
                channel.ring().await?;
                let wrong = channel.set_channel_var("").value("x").await;
                assert!(wrong.is_err());
                break;
            }
        }
        Ok(())
    }
    let pbx = Asterisk::start().await.unwrap();
    let memory = Memory::default();
    let log = TrafficLog::new(memory.clone()).unwrap();
    let builder = Client::builder(pbx.url()).credentials("aritest", "testme");
    let transport = Recorder::new(builder.http_transport().unwrap(), pbx.url(), &log);
    let client = builder.build_with_transport(transport);
    let program = tokio::spawn(answer(client));
    within_limit(pbx.wait_for_response("applications.get", 1)).await;
    pbx.incoming_call("PJSIP/alice").into_application("app");
    within_limit(program).await.unwrap().unwrap();
    log.flush();
    let text = memory.text();
    let over_socket = |item: &Item| {
        matches!(
            item,
            Item::Request {
                socket: Some(_),
                ..
            }
        )
    };
    let file = TrafficFile::parse(&text).unwrap();
    assert!(
        file.lines.iter().any(|line| over_socket(&line.item)),
        "{text}"
    );
    assert!(!text.contains("RESTRe"), "{text}");

    let replay = Replay::parse(&text).unwrap().port(0).start().await.unwrap();
    let client = Client::builder(replay.url().unwrap()).credentials("any", "word");
    let program = tokio::spawn(answer(client.build().unwrap()));
    let report = within_limit(replay.finish()).await;
    assert!(report.is_match(), "{report}");
    within_limit(program).await.unwrap().unwrap();
}

#[tokio::test]
async fn gaps_are_recorded_and_played() {
    /// Reads events until the connection has been lost and is back.
    async fn read(client: Client) -> Result<(), Error> {
        let mut app = client.application("app").connect().await?;
        while let Some(event) = app.next().await {
            if event?.kind() == "Reconnected" {
                break;
            }
        }
        client.channel("1").answer().await
    }
    let pbx = Asterisk::start().await.unwrap();
    let memory = Memory::default();
    let log = TrafficLog::new(memory.clone()).unwrap();
    let builder = Client::builder(pbx.url()).credentials("aritest", "testme");
    let transport = Recorder::new(builder.http_transport().unwrap(), pbx.url(), &log);
    let program = tokio::spawn(read(builder.build_with_transport(transport)));
    within_limit(pbx.wait_for_response("applications.get", 1)).await;
    pbx.drop_socket("app");
    let error = within_limit(program).await.unwrap().unwrap_err();
    assert_eq!(error.status(), Some(404));
    log.flush();
    let text = memory.text();
    let file = TrafficFile::parse(&text).unwrap();
    let gaps = |item: &Item| matches!(item, Item::Connected { gap: Some(_), .. });
    assert_eq!(
        file.lines.iter().filter(|line| gaps(&line.item)).count(),
        1,
        "{text}"
    );

    let replay = Replay::parse(&text).unwrap().start().await.unwrap();
    let program = tokio::spawn(read(replay.client()));
    let report = within_limit(replay.finish()).await;
    assert!(report.is_match(), "{report}");
    assert_eq!(
        within_limit(program).await.unwrap().unwrap_err().status(),
        Some(404)
    );
}

/// Nobody waits for what the server sent to a program that has ended.
#[tokio::test]
async fn programs_that_have_ended_end_the_replay() {
    let mut recording = record().await;
    let event = recording
        .lines()
        .rfind(|line| line.contains(r#""kind":"event""#));
    let mut late: serde_json::Value = serde_json::from_str(event.unwrap()).unwrap();
    late["at"] = 3_600_000_000_u64.into();
    recording.push_str(&format!("{late}\n"));
    let replay = Replay::parse(&recording).unwrap().port(0);
    let replay = replay.speed(Speed::Times(1.0)).start().await.unwrap();
    let client = Client::builder(replay.url().unwrap()).credentials("any", "word");
    let program = serve(client.build().unwrap(), Variant::Usual);
    within_limit(program).await.unwrap();
    let report = within_limit(replay.finish()).await;
    assert!(report.is_match(), "{report}");
}

/// The time for a request begins anew with each other one of the recording.
#[tokio::test(start_paused = true)]
async fn requests_are_awaited_while_the_program_goes_on() {
    let mut lines = vec![json!({"kind": "traffic", "version": 1, "program": "test"})];
    for (number, channel) in ["a", "b", "c", "d"].iter().enumerate() {
        let path = format!("/channels/{channel}/answer");
        lines.extend([
            json!({"kind": "request", "request": number, "server": "x", "method": "POST", "path": path}),
            json!({"kind": "response", "request": number, "status": 204, "took": 1, "body": ""}),
        ]);
    }
    for line in &mut lines {
        line["at"] = 0.into();
        line["time"] = "2026-11-30T16:21:00.000+0000".into();
    }
    let lines = lines.iter().map(|line| format!("{line}\n"));
    let recording: String = lines.collect();
    for (pause, is_match) in [(8, true), (12, false)] {
        let replay = Replay::parse(&recording).unwrap().start().await.unwrap();
        let client = replay.client();
        let program = async {
            for channel in ["d", "c", "b", "a"] {
                tokio::time::sleep(Duration::from_secs(pause)).await;
                client.channel(channel).answer().await.unwrap();
            }
            replay.report()
        };
        let report = program.await;
        assert_eq!(report.differences.is_empty(), is_match, "{pause}: {report}");
    }
}

#[tokio::test]
async fn replays_that_are_not_over_report_the_rest() {
    let recording = record().await;
    let end = recording.trim_end().len() - 1;
    let replay = Replay::parse(&recording[..end])
        .unwrap()
        .start()
        .await
        .unwrap();
    let report = replay.report();
    assert!(report.differences.is_empty() && !report.is_match());
    let remaining = report.remaining.as_ref().unwrap();
    assert!(
        remaining.messages > 3 && remaining.requests.len() >= 6,
        "{report}"
    );
    let text = report.to_string();
    let lines = recording.lines().count();
    for part in [
        "no differences so far",
        &format!("breaks off in line {lines}:"),
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[tokio::test]
async fn a_full_disk_is_reported_once_and_harms_no_request() {
    let pbx = Asterisk::start().await.unwrap();
    let full = Memory {
        limit: Some(1),
        ..Memory::default()
    };
    let reports = Arc::new(Mutex::new(Vec::new()));
    let noted = Arc::clone(&reports);
    let log = TrafficLog::with_error_handler(full, move |error| {
        noted.lock().unwrap().push(error.to_string());
    });
    let log = log.unwrap();
    let transport = Recorder::new(pbx.transport(), "fake", &log);
    let client = Client::builder("http://fake/ari").build_with_transport(transport);
    for _ in 0..3 {
        client.asterisk().ping().await.unwrap();
        log.flush();
    }
    assert_eq!(reports.lock().unwrap().len(), 1);
    assert_eq!(log.error().as_ref(), reports.lock().unwrap().first());
}

#[tokio::test]
async fn dropping_a_log_writes_everything() {
    let pbx = Asterisk::start().await.unwrap();
    let memory = Memory::default();
    {
        let log = TrafficLog::new(memory.clone()).unwrap();
        let transport = Recorder::new(pbx.transport(), "fake", &log);
        let client = Client::builder("http://fake/ari").build_with_transport(transport);
        for _ in 0..100 {
            client.asterisk().ping().await.unwrap();
        }
        log.note("the end");
    }
    let file = TrafficFile::parse(&memory.text()).unwrap();
    assert_eq!(file.lines.len(), 202);
    assert_eq!(file.truncated_line, None);
    assert!(matches!(&file.lines[201].item, Item::Note { text } if text == "the end"));
}
