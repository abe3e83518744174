//! The programs of the folders `examples`, as users run them, with calls connected to them.

use ari_api::Client;
use ari_api::channels::ChannelHandle;

use super::session::{Session, on_every_release, on_release, wait_until_bridges_are_gone};
use crate::asterisk::{Asterisk, Release};
use crate::example::Example;

fn start(name: &'static str, server: &Asterisk, arguments: &[&str]) -> Example {
    Example::start(name, Some(&server.url()), arguments)
}

/// Connects a caller, who acts like the extension `caller`, to an extension that enters an
/// application.
async fn put_through(client: &Client, caller: &str, to: &str) -> ChannelHandle {
    let call = client.channels().originate(format!("Local/{to}@testari"));
    let call = call.context("testari").extension(caller);
    let channel = call.caller_id("Alice <100>").await.unwrap();
    client.channel(channel.id)
}

#[test]
fn ivr_handles_digits_silence_and_hangups() {
    on_every_release(async |session| {
        let mut menu = start("ivr", &session.server, &[]);
        menu.wait_for_line("connected");
        // Digits, also before the prompt has ended.
        put_through(&session.client, "keys12#", "ivr").await;
        for line in ["calls", "presses 1", "presses 2", "presses #"] {
            menu.wait_for_line(line);
        }
        // Hangs up in the middle of the prompt.
        put_through(&session.client, "brief", "ivr").await;
        menu.wait_for_line("calls");
        menu.wait_for_line("hung up");
        // Silent.
        put_through(&session.client, "1", "ivr").await;
        menu.wait_for_line("makes no choice");
        menu.interrupt();
        let lines = menu.end(true);
        assert!(
            !lines.iter().any(|line| line.contains("refused")),
            "{lines:#?}"
        );
    });
}

#[test]
fn conference_connects_callers_and_destroys_bridge() {
    on_every_release(async |session| {
        let client = &session.client.clone();
        let mut room = start("conference", &session.server, &[]);
        room.wait_for_line("connected");
        let first = put_through(client, "1", "conference").await;
        room.wait_for_line("is made");
        let second = put_through(client, "1", "conference").await;
        room.wait_for_line("is in");
        room.wait_for_line("is in");
        let bridges = client.bridges().list().await.unwrap();
        let made: Vec<_> = bridges
            .iter()
            .filter(|it| it.name == "conference")
            .collect();
        assert_eq!(made.len(), 1, "{bridges:?}");
        assert!(made[0].channels.len() >= 2, "{bridges:?}");
        first.hangup().await.unwrap();
        room.wait_for_line("is out, 1 left");
        second.hangup().await.unwrap();
        room.wait_for_line("is out, 0 left");
        room.wait_for_line("is destroyed");
        // A caller who hangs up during the welcome.
        put_through(client, "brief", "conference").await;
        room.wait_for_line("is made");
        room.wait_for_line("is out, 0 left");
        room.wait_for_line("is destroyed");
        // A server that crashes ends all calls.
        put_through(client, "1", "conference").await;
        room.wait_for_line("is in");
        session.server.stop();
        room.wait_for_line("disconnected");
        session.server.restart();
        for text in ["compared with", "is out, 0 left", "is destroyed"] {
            room.wait_for_line(text);
        }
        put_through(client, "1", "conference").await;
        room.wait_for_line("is in");
        // A caller who is still in the conference when it ends continues in the dialplan.
        room.interrupt();
        room.wait_for_line("is destroyed");
        room.end(true);
        wait_until_bridges_are_gone(client).await;
    });
}

#[test]
fn record_call_saves_recordings() {
    on_every_release(async |session| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_str().unwrap();
        let mut recorder = start("record_call", &session.server, &[path]);
        recorder.wait_for_line("connected");
        // One ends it with a key, the other by hanging up.
        for caller in ["keys12#", "stay"] {
            put_through(&session.client, caller, "record").await;
            recorder.wait_for_line("is recorded");
            let line = recorder.wait_for_line("bytes in");
            let file = line.rsplit_once(" in ").unwrap().1;
            let bytes = std::fs::read(file).unwrap();
            assert!(bytes.starts_with(b"RIFF"), "{line}");
            assert!(line.contains(&format!(" {} bytes", bytes.len())), "{line}");
        }
        let stored = session.client.recordings().list_stored().await.unwrap();
        assert_eq!(stored, []);
        recorder.interrupt();
        recorder.end(true);
    });
}

#[test]
fn dialer_prints_outcomes() {
    on_every_release(async |session| {
        let calls = [
            ("Local/1@testari", "answered, and heard"),
            ("Local/busy@testari", "busy"),
            ("Local/ring@testari", "no answer"),
            ("Local/brief@testari", "answered, and did not hear"),
            ("PJSIP/busy@loop", "busy"),
            (
                "Local/no-such@testari",
                "unknown extension: the dialplan has no extension",
            ),
            (
                "PJSIP/phone",
                "unreachable: the endpoint PJSIP/phone is offline",
            ),
            ("PJSIP/nobody", "unreachable: the server has no endpoint"),
            (
                "Nonsense/1",
                "unreachable: the server has no channel technology",
            ),
        ];
        let endpoints: Vec<_> = calls.iter().map(|(endpoint, _)| *endpoint).collect();
        let dialer = start("dialer", &session.server, &endpoints);
        let lines = dialer.end(true);
        for (endpoint, outcome) in calls {
            let expected = format!("{endpoint}: {outcome}");
            assert!(
                lines.iter().any(|line| line.starts_with(&expected)),
                "{expected}: {lines:#?}"
            );
        }
        let mut open = 0_i32;
        for line in &lines {
            open += if line.ends_with(": dialing") { 1 } else { -1 };
            assert!((0..=2).contains(&open), "{lines:#?}");
        }
    });
}

#[test]
fn dialer_stops_on_interrupt() {
    on_release(Release::V22, async |session| {
        let endpoints = ["Local/ring@testari"; 4];
        let mut dialer = start("dialer", &session.server, &endpoints);
        dialer.wait_for_line("dialing");
        dialer.wait_for_line("dialing");
        dialer.interrupt();
        for text in ["not dialed", "not dialed", "no answer", "no answer"] {
            dialer.wait_for_line(text);
        }
        dialer.end(true);
    });
}

#[test]
fn claim_distributes_calls() {
    on_release(Release::V22, async |session: &mut Session| {
        let mut workers = start("claim", &session.server, &[]);
        workers.wait_for_line("worker-1: connected");
        workers.wait_for_line("worker-2: connected");
        for _ in 0..2 {
            put_through(&session.client, "1", "claim").await;
            workers.wait_for_line("served");
        }
        workers.interrupt();
        assert_eq!(
            (workers.count(": won "), workers.count(": served ")),
            (2, 2)
        );
        let lines = workers.end(true);
        let lost = lines
            .iter()
            .filter(|line| line.contains(": lost ") || line.contains("too late"));
        assert_eq!(lost.count(), 2, "{lines:#?}");
    });
    on_release(Release::V16, async |session| {
        let workers = start("claim", &session.server, &[]);
        let lines = workers.end(false);
        let told = lines
            .iter()
            .any(|line| line.contains("this is Asterisk 16."));
        assert!(told, "{lines:#?}");
    });
}
