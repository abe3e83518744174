//! `ari wait`: what it waits for, and its exit codes.

use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::fake::Fake;
use super::support::{answer, answering, ari, run, signal};
use super::watching::{LIMIT, Watching};

/// Waits until a temporary application is subscribed to an object.
fn until_subscribed(fake: &Fake, part: &str) {
    let begin = Instant::now();
    while !fake
        .good(&["applications", "list", "--json"])
        .contains(part)
    {
        assert!(begin.elapsed() < LIMIT, "no subscription to {part}");
        thread::sleep(Duration::from_millis(20));
    }
}

fn start(fake: &Fake, arguments: &[&str]) -> Child {
    let mut command = fake.command(&[&["wait"], arguments].concat());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("it runs")
}

/// Returns the exit code and the output.
fn end(child: Child) -> (i32, String) {
    let output = child.wait_with_output().expect("it ends");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(text).expect("text"),
    )
}

#[test]
fn states_are_reached_before_and_during_the_wait() {
    let fake = Fake::start(&[], &[]);
    let mut program = Watching::start(fake.command(&["events", "hello"]));
    program.until("Connected");
    let channel = fake.call("1");
    fake.good(&["bridges", "create-with-id", "lobby"]);
    let up = ["channel", &channel, "--state", "up", "--timeout", "60"];
    assert_eq!(end(start(&fake, &up)).0, 0);
    for (arguments, code, words) in [
        (
            &["channel", &channel, "--state", "Busy", "--timeout", "1"][..],
            8,
            "within 1 s",
        ),
        (&["channel", "none", "--state", "Up"], 3, "does not exist"),
        (&["channel", "none", "--state", "gone"], 0, ""),
        (&["bridge", "lobby", "--channels", "0"], 0, "lobby"),
        (&["bridge", "lobby"], 2, ""),
        (&["bridge", "none", "--state", "gone"], 0, ""),
        (
            &["endpoint", "PJSIP/phone", "--state", "offline"],
            0,
            "phone",
        ),
        (
            &["endpoint", "phone", "--state", "online"],
            2,
            "TECHNOLOGY/RESOURCE",
        ),
        (&["event", "StasisStart"], 2, "give --app NAME"),
        (&["event", "StasisStar"], 2, "did you mean StasisStart?"),
        (&["event", "StasisStart", "--app", "hello"], 3, "hello"),
        (
            &["event", "ChannelDestroyed", "--where", "chanel.id=1"],
            2,
            "unknown field",
        ),
        (
            &["event", "ChannelDestroyed", "--timeout", "1"],
            8,
            "within 1 s",
        ),
        (&["server", "--timeout", "60"], 0, ""),
    ] {
        let (found, text) = end(start(&fake, arguments));
        assert_eq!(found, code, "{arguments:?}: {text}");
        assert!(text.contains(words), "{arguments:?}: {text}");
    }
    // The change comes after the look.
    let waiting = start(&fake, &["bridge", "lobby", "--channels", "1", "--json"]);
    until_subscribed(&fake, "\"lobby\"");
    fake.good(&["bridges", "add-channel", "lobby", "--channel", &channel]);
    let (code, text) = end(waiting);
    assert!(code == 0 && text.contains(&channel), "{code}: {text}");
    let condition = format!("channel.id={channel}");
    let event = start(&fake, &["event", "channeldestroyed", "--where", &condition]);
    let gone = start(&fake, &["channel", &channel, "--state", "gone"]);
    let never = start(&fake, &["channel", &channel, "--state", "Busy"]);
    // Three temporary applications, of which two are subscribed to this channel alone.
    let begin = Instant::now();
    while fake
        .good(&["applications", "list", "--json"])
        .matches("ari-command-")
        .count()
        < 3
        || fake
            .good(&["applications", "list", "--json"])
            .matches(&format!("\"{channel}\""))
            .count()
            < 2
    {
        assert!(begin.elapsed() < LIMIT);
        thread::sleep(Duration::from_millis(20));
    }
    until_subscribed(&fake, "__AST_CHANNEL_ALL_TOPIC");
    fake.good(&["channels", "hangup", &channel]);
    assert_eq!(end(gone).0, 0);
    let (code, text) = end(event);
    assert!(code == 0 && text.contains("ChannelDestroyed"), "{text}");
    let (code, text) = end(never);
    assert!(code == 3 && text.contains("no longer exists"), "{text}");
    let interrupted = start(&fake, &["bridge", "lobby", "--channels", "7"]);
    until_subscribed(&fake, "\"lobby\"");
    signal(interrupted.id(), "INT");
    assert_eq!(end(interrupted).0, 130);
    signal(program.child.id(), "INT");
    assert!(program.child.wait().expect("it ends").success());
}

/// A server that starts refuses connections, responds 404 without content, and 503.
#[test]
fn server_is_awaited_until_it_is_booted() {
    let requests = std::sync::atomic::AtomicUsize::new(0);
    let (url, _requests) = answering(move |_| {
        Some(
            match requests.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
                0 => answer("404 Not Found", "22.10.1", ""),
                1 => answer(
                    "503 Service Unavailable",
                    "22.10.1",
                    "{\"message\":\"not booted\"}",
                ),
                _ => answer("200 OK", "22.10.1", "{\"status\":{}}"),
            },
        )
    });
    for (url, status, code) in [
        (url.as_str(), "", 0),
        ("http://127.0.0.1:1/ari", "within 1 s", 8),
    ] {
        let limit = if code == 0 { "60" } else { "1" };
        let (found, _, err) = run(ari(&["wait", "server", "--url", url, "--timeout", limit]));
        assert_eq!(found, code, "{err}");
        assert!(err.contains(status), "{err}");
    }
    let (url, _requests) = answering(|_| Some(answer("401 Unauthorized", "22.10.1", "{}")));
    assert_eq!(run(ari(&["wait", "server", "--url", &url])).0, 3);
}
