//! The inspections of the control API.

use ari_api::traffic::redact::REDACTED;

use super::server_actions::seconds;
use super::{Field, FieldKind, Query};
use crate::json::{Json, Object};
use crate::model::{Bridge, Channel};
use crate::pbx::PbxState;
use crate::rest::{Fault, FaultAction, Request};
use crate::violation::Violation;

/// All inspections of the control API.
pub const QUERIES: &[Query] = &[
    Query {
        name: "state",
        description: "Returns the state of the server. Channels, bridges, playbacks, live recordings, \
            applications and endpoints are the objects of ARI. `far_end` of a channel has what only \
            its party notices, such as hold and music.",
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
        run: state,
    },
    Query {
        name: "requests",
        description: "Lists the received requests that match an operation, oldest first.",
        fields: &[
            Field::required(
                "operation",
                FieldKind::Text,
                "The operation, such as `channels.answer`.",
            ),
            Field::required("method", FieldKind::Text, "The method."),
            Field::required(
                "path",
                FieldKind::Text,
                "The path below `/ari/`, as received.",
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
        run: requests,
    },
    Query {
        name: "violations",
        description: "Lists the mistakes of clients that a real server silently ignores.",
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
        run: violations,
    },
];

fn state(pbx: &PbxState) -> Json {
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

fn requests(pbx: &PbxState) -> Json {
    let request = |request: &Request| {
        let operation = request.operation;
        let name = format!("{}.{}", operation.resource, operation.nickname);
        Object::new()
            .with("operation", name)
            .with("method", operation.method.as_str())
            .with("path", &request.path)
            .with("query", pairs(&request.query))
            .with_some("body", request.body.clone())
            .with_some("status", request.status.map(i64::from))
    };
    pbx.requests.iter().map(request).collect()
}

fn violations(pbx: &PbxState) -> Json {
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
