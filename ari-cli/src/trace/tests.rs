//! Tests of traces of small recordings.

use ari_api::traffic::TrafficFile;
use serde_json::{Value, json};

use super::print;
use super::timeline::Timeline;

/// Returns a recording with these lines, a second apart.
fn recording(lines: &[Value]) -> TrafficFile {
    let first = json!({"kind": "traffic", "version": 1, "program": "test"});
    let mut text = String::new();
    for (second, line) in std::iter::once(&first).chain(lines).enumerate() {
        let mut line = line.clone();
        line["at"] = json!(second * 1_000_000);
        line["time"] = json!(format!("2026-11-30T16:21:{second:02}.000+0000"));
        text.push_str(&format!("{line}\n"));
    }
    TrafficFile::parse(&text).expect("a recording")
}

fn event(event: &Value) -> Value {
    json!({"kind": "event", "socket": 2, "text": event.to_string()})
}

/// Returns a channel that was created at a second of the day.
fn channel(id: &str, name: &str, second: u32) -> Value {
    json!({
        "id": id, "name": name, "state": "Up",
        "creationtime": format!("2026-11-30T16:20:{second:02}.000+0000"),
    })
}

fn created(channel: &Value) -> Value {
    event(&json!({"type": "ChannelCreated", "application": "app", "channel": channel}))
}

fn destroyed_for(application: &str, channel: &Value, cause: u64) -> Value {
    event(&json!({
        "type": "ChannelDestroyed", "application": application, "channel": channel,
        "cause": cause, "cause_txt": "",
    }))
}

/// Returns the text of a trace.
fn trace(lines: &[Value], call: &str) -> String {
    let file = recording(lines);
    let timeline = Timeline::new(&file, call).expect("a call");
    let mut text = Vec::new();
    print::write(&mut text, call, &timeline).expect("memory");
    String::from_utf8(text).expect("text")
}

/// Asserts that a trace has some parts and lacks others.
fn check(what: &str, text: &str, parts: &[&str], absent: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{what} lacks {part:?}:\n{text}");
    }
    for part in absent {
        assert!(!text.contains(part), "{what} has {part:?}:\n{text}");
    }
}

#[test]
fn copies_of_events_count_once() {
    let a = channel("a", "PJSIP/a-00000000", 0);
    for (applications, expected) in [
        (&["app"][..], ", 1 problem\n"),
        (&["app", "other", "third"], ", 1 problem\n"),
    ] {
        let events = applications
            .iter()
            .map(|application| destroyed_for(application, &a, 17));
        let lines: Vec<_> = std::iter::once(created(&a)).chain(events).collect();
        let text = trace(&lines, "a");
        check("the trace", &text, &["1 leg, ", expected], &[]);
        assert_eq!(
            text.matches("! A      ChannelDestroyed").count(),
            2,
            "{text}"
        );
        // A replay has all of them.
        let timeline = Timeline::new(&recording(&lines), "a").expect("a call");
        assert_eq!(timeline.lines.len(), lines.len());
    }
}

#[test]
fn second_halves_name_the_first() {
    let one = channel("one", "Local/1@x-00000000;1", 0);
    let two = channel("two", "Local/1@x-00000000;2", 0);
    let lines = [created(&one), created(&two)];
    let text = trace(&lines, "one");
    check("the trace", &text, &["B  other half of A; "], &[]);
    let stasis = event(&json!({"type": "StasisStart", "channel": two, "args": []}));
    let text = trace(&[created(&one), stasis], "two");
    check("the trace", &text, &["A  other half of B; "], &["incoming"]);
}
