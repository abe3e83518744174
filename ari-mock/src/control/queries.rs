//! The inspections of the control API.

use ari_api::traffic::redact::REDACTED;

use super::server_actions::{check_operation, seconds};
use super::{ControlError, Field, FieldKind, Query, Values, WAIT};
use crate::json::{Json, Object};
use crate::model::{Bridge, Channel};
use crate::pbx::PbxState;
use crate::rest::{Fault, FaultAction, ReceivedRequest};
use crate::violation::Violation;

/// The most seconds that a query waits.
const MAX_WAIT: u32 = 600;

/// The number of requests in the error for one that has not arrived.
const MAX_SHOWN: usize = 20;

/// All inspections of the control API.
pub const QUERIES: &[Query] = &[
    Query {
        name: "state",
        description: "Returns the state of the server. Channels, bridges, playbacks, live recordings, \
            applications and endpoints are the objects of ARI. `far_end` of a channel has what only \
            its party notices, such as hold and music.",
        parameters: &[],
        fields: &[
            Field::required("version", FieldKind::Text, "The version of Asterisk."),
            Field::required(
                "clock",
                FieldKind::Object,
                "The clock: `seconds` and `paused`.",
            ),
            Field::required("channels", FieldKind::Objects, "The channels."),
            Field::required("bridges", FieldKind::Objects, "The bridges."),
            Field::required(
                "playbacks",
                FieldKind::Objects,
                "The current and queued playbacks.",
            ),
            Field::required(
                "live_recordings",
                FieldKind::Objects,
                "The recordings in progress.",
            ),
            Field::required(
                "stored_recordings",
                FieldKind::Texts,
                "The names of stored recordings.",
            ),
            Field::required("applications", FieldKind::Objects, "The applications."),
            Field::required("endpoints", FieldKind::Objects, "The endpoints."),
            Field::required(
                "sent_messages",
                FieldKind::Objects,
                "The messages that applications have sent to endpoints.",
            ),
            Field::required(
                "faults",
                FieldKind::Objects,
                "The faults that wait for a request: `operation`, `times`, and `status` or `delay`.",
            ),
            Field::required(
                "scenario_problems",
                FieldKind::Texts,
                "The problems of the steps of a scenario, with their places.",
            ),
        ],
        is_list: false,
        check: |_, _| Ok(()),
        missing: |_, _| None,
        run: state,
    },
    Query {
        name: "requests",
        description: "Lists the received requests, oldest first: those for operations, openings of \
            WebSockets, and those that were rejected. With `wait`, the response waits until so many \
            requests have arrived.",
        parameters: &[
            Field::optional(
                "operation",
                FieldKind::Text,
                "Only requests for this operation, such as `channels.answer`; \
                 `events.eventWebsocket` is the opening of a WebSocket.",
            ),
            Field::optional(
                "path",
                FieldKind::Text,
                "Only requests with this path, such as `channels/alice/answer`.",
            ),
            Field::optional(
                "responded",
                FieldKind::Boolean,
                "Only requests with a response, which have been executed, if `true`; defaults to \
                 `false`.",
            ),
            Field::optional(
                WAIT,
                FieldKind::SecondsUpTo(MAX_WAIT),
                "The time to wait in seconds, of real time. After that the response is 504.",
            ),
            Field::optional(
                "times",
                FieldKind::Integer(1, 1_000_000),
                "The number of requests to wait for, counted from the start or the last `reset`; \
                 defaults to 1.",
            ),
        ],
        fields: &[
            Field::optional(
                "operation",
                FieldKind::Text,
                "The operation, such as `channels.answer`, if the release has it and the user may \
                 request it.",
            ),
            Field::required("method", FieldKind::Text, "The method."),
            Field::required(
                "path",
                FieldKind::Text,
                "The path below `/ari/` as received, or the whole path with its slash.",
            ),
            Field::required(
                "query",
                FieldKind::Objects,
                "The decoded query parameters: `name` and `value`.",
            ),
            Field::optional("body", FieldKind::Any, "The body, if it is JSON."),
            Field::optional(
                "status",
                FieldKind::Integer(100, 599),
                "The status of the response, once there is one.",
            ),
        ],
        is_list: true,
        check: check_requests,
        missing: missing_requests,
        run: requests,
    },
    Query {
        name: "violations",
        description: "Lists the mistakes of clients that a real server silently ignores.",
        parameters: &[],
        fields: &[
            Field::optional(
                "operation",
                FieldKind::Text,
                "The operation, if it is known.",
            ),
            Field::required(
                "kind",
                FieldKind::Text,
                "The kind, such as `UnknownParameter`.",
            ),
            Field::required("text", FieldKind::Text, "The mistake and its consequence."),
        ],
        is_list: true,
        check: |_, _| Ok(()),
        missing: |_, _| None,
        run: violations,
    },
];

fn state(pbx: &PbxState, _: &Values) -> Json {
    let clock = Object::new()
        .with("seconds", seconds(pbx.clock.now()))
        .with("paused", !pbx.clock.is_running());
    let channels: Json = pbx.channels.values().map(channel).collect();
    let bridges: Json = pbx.bridges.values().map(Bridge::object).collect();
    let playbacks: Json = pbx.playbacks.values().map(|one| one.object()).collect();
    let live: Json = pbx
        .live_recordings
        .values()
        .map(|one| one.object())
        .collect();
    let stored: Json = pbx.stored_recordings.keys().collect();
    let apps: Json = pbx
        .apps
        .iter()
        .map(|(name, app)| app.object(name))
        .collect();
    let endpoints: Json = pbx
        .endpoints
        .keys()
        .map(|name| pbx.endpoint_object(name))
        .collect();
    let messages: Json = pbx
        .sent_messages
        .iter()
        .map(|sent| {
            Object::new()
                .with("endpoint", &sent.endpoint)
                .with("from", &sent.from)
                .with("body", &sent.body)
                .with_some("refer_to", sent.refer_to.as_deref())
                .with("variables", pairs(&sent.variables))
        })
        .collect();
    let state = Object::new()
        .with("version", pbx.settings.version.to_string())
        .with("clock", clock)
        .with("channels", channels)
        .with("bridges", bridges)
        .with("playbacks", playbacks)
        .with("live_recordings", live)
        .with("stored_recordings", stored)
        .with("applications", apps)
        .with("endpoints", endpoints)
        .with("sent_messages", messages)
        .with("faults", pbx.faults.iter().map(fault).collect::<Json>())
        .with(
            "scenario_problems",
            pbx.scenario.problems.iter().collect::<Json>(),
        );
    state.into()
}

/// Returns a channel with what only its party notices.
fn channel(channel: &Channel) -> Object {
    let media = &channel.media_state;
    let variables = channel.variables.iter();
    let variables = variables.fold(Object::new(), |object, (name, value)| {
        object.with(name.clone(), value)
    });
    let far_end = Object::new()
        .with("is_held", media.is_held)
        .with("is_holding", media.is_holding)
        .with("is_muted_in", media.muted_in || media.muted_in_bridge)
        .with("is_muted_out", media.muted_out)
        .with_some("music_class", media.music.as_deref())
        .with("is_playing_silence", media.silence)
        .with("is_playing_ringing", media.ringing)
        .with("is_talk_detected", media.detectors.talk.is_some())
        .with_some("redirect_target", channel.redirect_target.as_deref());
    channel
        .object()
        .with_some("application", channel.stasis_app.as_deref())
        .with_some("bridge", channel.bridge.as_deref())
        .with("variables", variables)
        .with("far_end", far_end)
}

fn fault(fault: &Fault) -> Object {
    let times = i64::try_from(fault.remaining).unwrap_or(i64::MAX);
    let object = Object::new()
        .with("operation", &fault.operation)
        .with("times", times);
    match &fault.action {
        FaultAction::Response(response) => object.with("status", i64::from(response.status)),
        FaultAction::Delay(time) => object.with("delay", seconds(*time)),
    }
}

fn pairs(pairs: &[(String, String)]) -> Json {
    let shown = pairs.iter().map(|(name, value)| {
        // A login, which users of the control API need not know.
        let value = match &**name {
            "api_key" => REDACTED,
            _ => value,
        };
        Object::new().with("name", name).with("value", value)
    });
    shown.collect()
}

/// Returns the name of the operation of a request.
fn operation_name(request: &ReceivedRequest) -> Option<String> {
    let operation = request.operation?;
    Some(format!("{}.{}", operation.resource, operation.nickname))
}

/// Returns the requests that match the parameters.
fn matching<'a>(
    pbx: &'a PbxState,
    values: &'a Values,
) -> impl Iterator<Item = &'a ReceivedRequest> {
    let (operation, path) = (values.text("operation"), values.text("path"));
    let only_responded = values.is_true("responded");
    pbx.requests.iter().filter(move |request| {
        operation.is_none_or(|operation| request.is_for(operation))
            && path.is_none_or(|path| request.path == path)
            && (request.status.is_some() || !only_responded)
    })
}

fn check_requests(pbx: &PbxState, values: &Values) -> Result<(), ControlError> {
    if let Some(operation) = values.text("operation") {
        check_operation(Some(&pbx.settings), operation, "")?;
    }
    if values.integer("times").is_some() && values.seconds(WAIT).is_none() {
        let message = "times belongs to wait: give the seconds to wait, too";
        return Err(ControlError::invalid("times", message));
    }
    Ok(())
}

fn missing_requests(pbx: &PbxState, values: &Values) -> Option<ControlError> {
    let times = values.integer("times").unwrap_or(1);
    let times = usize::try_from(times).unwrap_or(usize::MAX);
    let found = matching(pbx, values).take(times).count();
    if found >= times {
        return None;
    }
    let described = ["operation", "path"].into_iter();
    let described: Vec<_> = described.filter_map(|name| values.text(name)).collect();
    let described = match &*described {
        [] => "any".to_owned(),
        described => described.join(" "),
    };
    let state = match values.is_true("responded") {
        true => "with a response ",
        false => "",
    };
    let skipped = pbx.requests.len().saturating_sub(MAX_SHOWN);
    let arrived: Vec<_> = pbx.requests.iter().skip(skipped).map(describe).collect();
    let last = match skipped {
        0 => "",
        _ => "; the last ones",
    };
    let arrived = match arrived.is_empty() {
        true => "nothing".to_owned(),
        false => arrived.join(", "),
    };
    Some(ControlError::new(
        504,
        format!(
            "{found} of {times} requests ({described}) {state}arrived in time. All that arrived: \
             {}{last}: {arrived}",
            pbx.requests.len()
        ),
    ))
}

/// Returns a request in a few words.
fn describe(request: &ReceivedRequest) -> String {
    let name = operation_name(request).unwrap_or_else(|| "no operation".to_owned());
    let status = match request.status {
        Some(status) => status.to_string(),
        None => "no response yet".to_owned(),
    };
    format!("{name} ({} {}): {status}", request.method, request.path)
}

fn requests(pbx: &PbxState, values: &Values) -> Json {
    let request = |request: &ReceivedRequest| {
        Object::new()
            .with_some("operation", operation_name(request))
            .with("method", &request.method)
            .with("path", &request.path)
            .with("query", pairs(&request.query))
            .with_some("body", request.body.clone())
            .with_some("status", request.status.map(i64::from))
    };
    matching(pbx, values).map(request).collect()
}

fn violations(pbx: &PbxState, _: &Values) -> Json {
    let violation = |violation: &Violation| {
        let operation = violation.operation;
        let name = operation.map(|known| format!("{}.{}", known.resource, known.nickname));
        Object::new()
            .with_some("operation", name)
            .with("kind", format!("{:?}", violation.kind))
            .with("text", violation.to_string())
    };
    pbx.violations.iter().map(violation).collect()
}
