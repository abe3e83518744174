//! Tests of traces of small recordings.

use ari_api::traffic::TrafficFile;
use serde_json::{Value, json};

use super::object::Object;
use super::print;
use super::related_lines::related_lines;
use super::timeline::Timeline;

/// Returns a recording with these lines, a second apart.
fn recording(lines: &[Value]) -> TrafficFile {
    recorded(lines).1
}

/// Returns the same, and its text.
fn recorded(lines: &[Value]) -> (String, TrafficFile) {
    let first = json!({"kind": "traffic", "version": 1, "program": "test"});
    let mut text = String::new();
    for (second, line) in std::iter::once(&first).chain(lines).enumerate() {
        let mut line = line.clone();
        line["at"] = json!(second * 1_000_000);
        line["time"] = json!(format!("2026-11-30T16:21:{second:02}.000+0000"));
        text.push_str(&format!("{line}\n"));
    }
    let file = TrafficFile::parse(&text).expect("a recording");
    (text, file)
}

fn event(event: &Value) -> Value {
    json!({"kind": "event", "socket": 2, "text": event.to_string()})
}

fn request(number: u64, method: &str, path: &str, query: &str) -> Value {
    json!({
        "kind": "request", "request": number, "server": "http://127.0.0.1:8088/ari",
        "method": method, "path": path, "query": query,
    })
}

fn response(number: u64, status: u16, body: &Value) -> Value {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    json!({"kind": "response", "request": number, "status": status, "took": 1000, "body": body})
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

fn destroyed(channel: &Value, cause: u64) -> Value {
    destroyed_for("app", channel, cause)
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

fn bridge_event(kind: &str, bridge_type: &str, channel: &Value, members: &[&str]) -> Value {
    event(&json!({
        "type": kind, "application": "app", "channel": channel,
        "bridge": {"id": "queue", "bridge_type": bridge_type, "channels": members},
    }))
}

#[test]
fn bridge_joins_those_who_are_in_it_together() {
    for bridge_type in ["holding", "mixing"] {
        let mut lines = vec![
            request(1, "POST", "/bridges", "bridgeId=queue"),
            response(
                1,
                200,
                &json!({"id": "queue", "bridge_type": bridge_type, "channels": []}),
            ),
        ];
        for number in 1..=3 {
            let id = format!("v{number}");
            let visitor = channel(&id, &format!("PJSIP/v-0000000{number}"), number);
            let add = request(
                u64::from(number) * 10,
                "POST",
                "/bridges/queue/addChannel",
                &format!("channel={id}"),
            );
            lines.extend([
                created(&visitor),
                add,
                response(u64::from(number) * 10, 204, &Value::Null),
                bridge_event("ChannelEnteredBridge", bridge_type, &visitor, &[&id]),
                bridge_event("ChannelLeftBridge", bridge_type, &visitor, &[]),
                event(&json!({"type": "ChannelHangupRequest", "channel": visitor})),
                destroyed(&visitor, 16),
            ]);
        }
        for (call, parts, absent) in [
            (
                "v3",
                &[
                    "1 leg, 1 bridge",
                    "first hangup was that of A ",
                    "channel=v3",
                ][..],
                &["v1", "v2"][..],
            ),
            ("v1", &["1 leg, 1 bridge", "channel=v1"], &["v2", "v3"]),
            (
                "queue",
                &["3 legs, 1 bridge", "channel=v1", "channel=v3"],
                &[],
            ),
        ] {
            let what = format!("{bridge_type} {call}");
            check(&what, &trace(&lines, call), parts, absent);
        }
    }
}

/// A channel that a request names before any event has begun before the recording.
#[test]
fn older_channels_are_neither_incoming_nor_answered() {
    let a = channel("a", "PJSIP/a-00000000", 0);
    let start = event(&json!({"type": "StasisStart", "channel": a, "args": []}));
    let incoming = "A  incoming call; answered after";
    for (request_first, part) in [
        (
            true,
            "A  origin not in the recording; no answer in the recording",
        ),
        (false, incoming),
    ] {
        let moving = [
            request(1, "POST", "/channels/a/move", "app=app"),
            response(1, 204, &Value::Null),
        ];
        let mut lines = moving.to_vec();
        lines.insert(if request_first { 2 } else { 0 }, start.clone());
        lines.push(event(&json!({"type": "ChannelVarset", "channel": a})));
        check("the trace", &trace(&lines, "a"), &[part], &[]);
    }
}

/// A replay of a later call has the bridge that an earlier one, or the start of the program, has created.
#[test]
fn shared_bridges_are_created_in_written_tests() {
    for (is_created, chosen) in [(true, true), (true, false), (false, false)] {
        let bridge = json!({"id": "queue", "bridge_type": "mixing", "channels": []});
        let query = if chosen { "bridgeId=queue" } else { "" };
        let mut lines = vec![
            request(1, "POST", "/bridges", query),
            response(1, 200, &bridge),
        ];
        if !is_created {
            lines.clear();
        }
        for number in 1..=2 {
            let id = format!("v{number}");
            let visitor = channel(&id, &format!("PJSIP/v-0000000{number}"), number);
            let add = number + 10;
            let query = format!("channel={id}");
            lines.extend([
                created(&visitor),
                request(u64::from(add), "POST", "/bridges/queue/addChannel", &query),
                response(u64::from(add), 204, &Value::Null),
                bridge_event("ChannelEnteredBridge", "mixing", &visitor, &[&id]),
                bridge_event("ChannelLeftBridge", "mixing", &visitor, &[]),
                destroyed(&visitor, 16),
            ]);
        }
        let (text, file) = recorded(&lines);
        let timeline = Timeline::new(&file, "v2").expect("a call");
        let kept = related_lines(&text, &timeline);
        let position = |part: &str| kept.find(part);
        let creation = position(r#""path":"/bridges""#);
        assert_eq!(creation.is_some(), is_created, "{kept}");
        assert_eq!(
            creation.is_some(),
            position(r#"[]}","at""#).is_some(),
            "{kept}"
        );
        if let Some(creation) = creation {
            let arrival = position("ChannelCreated").expect("an event");
            let use_of_it = position("addChannel").expect("a request");
            assert!(arrival < creation && creation < use_of_it, "{kept}");
        }
        assert!(!kept.contains("v1"), "{kept}");
        let kept = TrafficFile::parse(&kept).expect("a recording");
        assert!(kept.lines.windows(2).all(|pair| pair[0].at <= pair[1].at));
        let existing = timeline.origins.existing.iter().map(Object::id);
        let expected: &[&str] = if is_created { &[] } else { &["queue"] };
        assert_eq!(existing.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn bridge_joins_those_who_overlap() {
    let [a, b, c, d] = [("a", 1), ("b", 2), ("c", 3), ("d", 4)]
        .map(|(id, second)| channel(id, &format!("PJSIP/{id}-00000000"), second));
    let entered = "ChannelEnteredBridge";
    let left = "ChannelLeftBridge";
    let mixing = [
        bridge_event(entered, "mixing", &a, &["a"]),
        bridge_event(entered, "mixing", &b, &["a", "b"]),
        bridge_event(left, "mixing", &a, &["b"]),
        bridge_event(entered, "mixing", &c, &["b", "c"]),
        bridge_event(left, "mixing", &b, &["c"]),
        bridge_event(left, "mixing", &c, &[]),
        bridge_event(entered, "mixing", &d, &["d"]),
    ];
    for (call, legs, absent) in [
        ("a", "3 legs, 1 bridge", "PJSIP/d"),
        ("c", "3 legs, 1 bridge", "PJSIP/d"),
        ("d", "1 leg, 1 bridge", "PJSIP/a"),
    ] {
        check(call, &trace(&mixing, call), &[legs], &[absent]);
    }
}

#[test]
fn newest_life_of_an_id_or_name_is_shown() {
    let lost = json!({"kind": "disconnected", "socket": 2, "by": "network", "reason": "reset"});
    let generation = |second| channel("alice", "PJSIP/alice-00000000", second);
    let other = |id: &str, second| channel(id, "PJSIP/alice-00000000", second);
    let originate = |number| request(number, "POST", "/channels", "channelId=alice&app=app");
    for (what, lines, call, parts, absent) in [
        (
            "an id after its end",
            vec![
                created(&generation(1)),
                destroyed(&generation(1), 17),
                created(&generation(2)),
                destroyed(&generation(2), 16),
            ],
            "alice",
            &["1 leg, ", "0 problems", "that of 1 earlier channel too"][..],
            &["ended: 17"][..],
        ),
        (
            "an id after a restart",
            vec![
                created(&generation(1)),
                lost.clone(),
                created(&generation(2)),
                destroyed(&generation(2), 16),
            ],
            "alice",
            &["1 leg, ", "that of 1 earlier channel too", "16:21:03"],
            &["disconnected", "16:21:01"],
        ),
        (
            "a name after a restart",
            vec![
                created(&other("1.1", 1)),
                lost.clone(),
                created(&other("2.1", 2)),
            ],
            "PJSIP/alice-00000000",
            &["1 leg, ", "(2.1)", "that of 1 earlier channel too"],
            &["1.1"],
        ),
        (
            "Local channels after a restart",
            vec![
                created(&channel("1.1", "Local/1@x-00000000;1", 1)),
                created(&channel("1.2", "Local/1@x-00000000;2", 1)),
                lost.clone(),
                created(&channel("2.2", "Local/1@x-00000000;2", 40)),
                created(&channel("2.1", "Local/1@x-00000000;1", 40)),
            ],
            "2.1",
            &["2 legs, ", "(2.2)", "B  other half of A"],
            &["1.1", "1.2", "earlier"],
        ),
        (
            "originated twice",
            vec![
                originate(1),
                response(1, 200, &generation(1)),
                destroyed(&generation(1), 16),
                originate(2),
                response(2, 200, &generation(2)),
                destroyed(&generation(2), 17),
            ],
            "alice",
            &[
                "1 leg, ",
                "ended: 17",
                "originated by the application",
                "16:21:04",
            ],
            &["16:21:01", "ended: 16"],
        ),
        (
            "refused the second time",
            vec![
                originate(1),
                response(1, 200, &generation(1)),
                destroyed(&generation(1), 16),
                originate(2),
                response(2, 500, &json!({"message": "Allocation failed"})),
            ],
            "alice",
            &["500 Allocation failed", "that of 1 earlier channel too"],
            &["ChannelDestroyed"],
        ),
    ] {
        check(what, &trace(&lines, call), parts, absent);
    }
}

#[test]
fn failed_originate_is_shown() {
    let failed = [
        request(
            1,
            "POST",
            "/channels",
            "endpoint=PJSIP/nobody&channelId=nobod",
        ),
        response(1, 500, &json!({"error": "Allocation failed"})),
    ];
    let refused = [
        request(1, "POST", "/channels/nobod/answer", ""),
        response(1, 404, &json!({"message": "Channel not found"})),
    ];
    for (lines, parts) in [
        (
            failed,
            [
                "1 problem\n",
                "endpoint=PJSIP/nobody&channelId=nobod  [500 Allocation failed",
            ],
        ),
        (
            refused,
            [
                "1 problem\n",
                "POST /channels/nobod/answer  [404 Channel not found",
            ],
        ),
    ] {
        check(
            "the trace",
            &trace(&lines, "nobod"),
            &parts,
            &["dialed", "()"],
        );
    }
}
