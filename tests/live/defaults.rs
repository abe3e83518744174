//! Omitted parameters. The server requires those of each operation that the table requires and
//! those whose default the client sends, and no others. It assumes the other defaults.
//!
//! Requests are sent by hand, so that the client does not correct them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use ari_api::schema::{Location, Operation, Parameter, Version};
use ari_api::{OPERATIONS, models};
use ari_test_support::{CREDENTIALS, send_request};
use serde_json::{Value, json};

use super::session::{APP, Session, on_every_release};

/// Operations that cannot be tried here, and the reason.
const UNTRIED: &[(&str, &str)] = &[
    ("channels.redirect", "a phone has to be called"),
    (
        "channels.transfer_progress",
        "a phone has to transfer a call",
    ),
    ("events.claimChannel", "a call has to be offered"),
    ("events.eventWebsocket", "it is no request of one answer"),
    (
        "mailboxes.update",
        "the packages have no module for mailboxes",
    ),
];

/// Parameters that must not be omitted, because that terminates the server: `api-docs/SERVER.md`.
const FATAL: &[(&str, &str)] = &[
    ("channels.move", "app"),
    ("bridges.record", "format"),
    ("bridges.setBridgeVar", "variable"),
    ("bridges.getBridgeVars", "variables"),
    ("channels.getChannelVars", "variables"),
];

/// One of several parameters of which the server requires one, with a value. The table cannot
/// express this.
const ALTERNATIVES: &[(&str, &str, &str)] = &[
    ("channels.originate", "app", APP),
    ("channels.originateWithId", "app", APP),
    ("channels.snoopChannel", "spy", "in"),
    ("channels.snoopChannelWithId", "spy", "in"),
    ("channels.externalMedia", "external_host", "127.0.0.1:9"),
];

/// Parameters that the specs require and the server does not.
const NOT_DEMANDED: &[(&str, &str)] = &[
    ("channels.create", "app"),
    ("endpoints.refer", "from"),
    ("endpoints.refer", "refer_to"),
    ("endpoints.referToEndpoint", "from"),
    ("endpoints.referToEndpoint", "refer_to"),
    ("endpoints.sendMessage", "from"),
    ("endpoints.sendMessageToEndpoint", "from"),
];

type Given = BTreeMap<&'static str, Value>;

fn name(operation: &Operation) -> String {
    format!("{}.{}", operation.resource, operation.nickname)
}

fn is_among(list: &[(&str, &str)], operation: &Operation, parameter: &str) -> bool {
    list.contains(&(&name(operation), parameter))
}

#[test]
fn required_parameters_and_defaults_match_table() {
    on_every_release(async |session| {
        let info: Value = serde_json::from_str(&session.server.get("/ari/asterisk/info")).unwrap();
        let version = info["system"]["version"].as_str().unwrap();
        let version = Version::from_server_header(&format!("Asterisk/{version}")).unwrap();
        let mut found = Vec::new();
        for operation in OPERATIONS {
            let untried = UNTRIED.iter().any(|(known, _)| *known == name(operation));
            let optional = operation.parameters.iter();
            let mut optional = optional.filter(|one| one.location != Location::Path);
            if !untried && optional.next().is_some() && operation.availability.includes(version) {
                try_operation(session, operation, version, &mut found).await;
            }
        }
        assert!(found.is_empty(), "{version}:\n{}", found.join("\n"));
    });
}

/// Sends an operation with the required parameters, without each of them, and with each other
/// default.
async fn try_operation(
    session: &mut Session,
    operation: &'static Operation,
    version: Version,
    found: &mut Vec<String>,
) {
    let at = name(operation);
    let alternatives: BTreeSet<_> = ALTERNATIVES
        .iter()
        .filter(|(known, ..)| *known == at)
        .map(|(_, parameter, ..)| *parameter)
        .collect();
    let has = |one: &&Parameter| one.availability.includes(version);
    let parameters: Vec<_> = operation.parameters.iter().filter(has).collect();
    let base = required_values(session, operation).await;
    let answer = send(session, operation, base.clone()).await;
    println!("{version} {at}: {} {}", answer.0, shorten(&answer.1));
    if !(200..300).contains(&answer.0) {
        found.push(format!("{at} is refused as it should be asked: {answer:?}"));
        return;
    }
    for parameter in parameters {
        if parameter.location == Location::Path || is_among(FATAL, operation, parameter.name) {
            continue;
        }
        let mut given = required_values(session, operation).await;
        let demanded = given.remove(parameter.name).is_some();
        if !demanded && parameter.default.is_none() {
            continue;
        }
        if let (false, Some(default)) = (demanded, parameter.default) {
            given.insert(parameter.name, default.into());
        }
        let changed = send(session, operation, given).await;
        let text = shorten(&changed.1);
        let here = format!(
            "{at}, {} {}",
            parameter.name,
            if demanded { "left out" } else { "said" }
        );
        println!("{version} {here}: {} {text}", changed.0);
        let refused = !(200..300).contains(&changed.0);
        let expected = demanded && !is_among(NOT_DEMANDED, operation, parameter.name);
        if refused != expected {
            found.push(format!("{here}: {} {text}", changed.0));
        } else if !demanded && normalize_response(&answer.1) != normalize_response(&changed.1) {
            found.push(format!("{here}: {text}\ninstead of {}", shorten(&answer.1)));
        }
        let known = parameter.required || parameter.sends_default;
        if refused && !known && !alternatives.contains(parameter.name) {
            found.push(format!("{here}: the table does not demand it"));
        }
    }
}

/// Returns every parameter that a request of the operation needs, for objects of its own.
async fn required_values(session: &mut Session, operation: &'static Operation) -> Given {
    let at = name(operation);
    let mut given = Given::new();
    for parameter in operation.parameters {
        let alternative = ALTERNATIVES.iter();
        let mut alternative =
            alternative.filter(|(known, name, ..)| *known == at && *name == parameter.name);
        let value = match alternative.next() {
            Some((_, _, value)) => (*value).into(),
            None if parameter.sends_default => parameter.default.unwrap().into(),
            None if parameter.required => value(session, &at, parameter, &given).await,
            None => continue,
        };
        given.insert(parameter.name, value);
    }
    given
}

/// Returns a value that the server accepts, such as the id of an object that is created for it.
async fn value(session: &mut Session, at: &str, parameter: &Parameter, given: &Given) -> Value {
    let client = session.client.clone();
    let new = ari_api::client::unique_id;
    let value: String = match (at, parameter.name) {
        ("channels.originateWithId", "channelId")
        | ("bridges.createWithId", "bridgeId")
        | (_, "snoopId" | "destinationRecordingName" | "name" | "logChannelName" | "id")
        | ("bridges.playWithId" | "channels.playWithId", "playbackId") => new(),
        ("channels.dial", "channelId") => {
            let channel = client.channels().create("Local/1@testari", APP).await;
            let channel = channel.unwrap().id;
            session.wait_for_stasis_start(&channel).await;
            channel
        }
        ("bridges.removeChannel", "channel") => {
            let channel = session.call("1").await;
            let bridge = client.bridge(given["bridgeId"].as_str().unwrap());
            bridge.add_channel([channel.channel_id()]).await.unwrap();
            channel.channel_id().to_owned()
        }
        (_, "channelId" | "channel") => session.call("1").await.channel_id().to_owned(),
        (_, "bridgeId") => {
            let bridge: models::Bridge = client.bridges().create().await.unwrap();
            let set = client.bridge(&bridge.id).set_bridge_var("EPOCH").value("1");
            if session.is_at_least(20) {
                set.await.unwrap();
            }
            bridge.id
        }
        (_, "playbackId") => {
            let playback = session.call("1").await.play(["tone:ring"]).await.unwrap();
            session.wait_for_kind("PlaybackStarted").await;
            playback.id
        }
        (_, "recordingName") => {
            let recording = new();
            let channel = session.call("tone").await;
            channel.record(&recording, "wav").await.unwrap();
            session.wait_for_kind("RecordingStarted").await;
            client.live_recording(&recording).stop().await.unwrap();
            session.wait_for_kind("RecordingFinished").await;
            recording
        }
        ("applications.unsubscribe", "eventSource") => {
            let source = "endpoint:PJSIP/loop";
            let application = client.application(APP);
            application.subscribe([source]).await.unwrap();
            source.to_owned()
        }
        (_, "variables") if parameter.location == Location::Body => return json!({"X": "1"}),
        (_, "variable" | "variables") => "EPOCH".to_owned(),
        (_, "format") if at.ends_with("record") => "wav".to_owned(),
        (_, name) => {
            let known = [
                ("app", APP),
                ("application", APP),
                ("applicationName", APP),
                ("configClass", "res_pjsip"),
                ("configuration", "notice"),
                ("deviceName", "Stasis:x"),
                ("dtmf", "1"),
                ("deviceState", "BUSY"),
                ("endpoint", "Local/1@testari"),
                ("eventName", "Mine"),
                ("eventSource", "endpoint:PJSIP/loop"),
                ("format", "ulaw"),
                ("from", "x"),
                ("media", "sound:beep"),
                ("objectType", "endpoint"),
                ("operation", "pause"),
                ("refer_to", "sip:x@127.0.0.1"),
                ("resource", "loop"),
                ("tech", "PJSIP"),
                ("to", "pjsip:loop"),
            ];
            let known = known.iter().find(|(known, _)| *known == name);
            let known = known.unwrap_or_else(|| panic!("{at} has a new parameter: {name}"));
            known.1.to_owned()
        }
    };
    value.into()
}

/// Sends the request unchanged; returns the status and the body of the response.
async fn send(session: &Session, operation: &Operation, given: Given) -> (u16, String) {
    let encoded = |text: &str| {
        let bytes = text.bytes().map(|byte| format!("%{byte:02X}"));
        bytes.collect::<String>()
    };
    let (mut path, mut query) = (operation.path.to_owned(), String::new());
    let mut body = json!({});
    for (name, value) in given {
        let parameter = operation.parameter(name).unwrap();
        let text = value.as_str().unwrap_or_default();
        match parameter.location {
            Location::Path => path = path.replace(&format!("{{{name}}}"), &encoded(text)),
            Location::Query => write!(query, "&{name}={}", encoded(text)).unwrap(),
            _ => body[name] = value,
        }
    }
    let body = match body.as_object().is_some_and(|body| !body.is_empty()) {
        true => body.to_string(),
        false => String::new(),
    };
    let address = ("127.0.0.1", session.server.http_port());
    let line = format!(
        "{} /ari{path}?{}",
        operation.method,
        query.trim_start_matches('&')
    );
    let headers = format!("{CREDENTIALS}Content-Type: application/json\r\n");
    let response = send_request(address, &line, &headers, body.as_bytes()).await;
    let response = response.expect("a response");
    (response.status, response.text())
}

/// Returns a response without the parts that differ from one request to the next.
fn normalize_response(body: &str) -> Value {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(members) => {
                // A queued playback or a channel that is down may start or come up at any moment.
                let own = [
                    "id",
                    "name",
                    "target_uri",
                    "creationtime",
                    "channels",
                    "state",
                ];
                for name in own.into_iter().chain(["dialplan", "channelvars"]) {
                    members.remove(name);
                }
                members.values_mut().for_each(strip);
            }
            Value::Array(items) => items.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut json = serde_json::from_str(body).unwrap_or_default();
    strip(&mut json);
    json
}

fn shorten(body: &str) -> String {
    body.chars().take(200).collect()
}
