//! Actions on the clock, on faults, on the server and on its surroundings.

use std::time::Duration;

use ari_api::operations::OPERATIONS;
use tokio_tungstenite::tungstenite::Message;

use super::{ControlError, Effect, Outcome, Values};
use crate::json::Object;
use crate::model::{DEVICE_STATES, Settings};
use crate::pbx::PbxState;
use crate::rest::{Fault, FaultAction, Response};

type ActionResult = Result<Outcome, ControlError>;

/// Returns the clock after a change.
fn clock(pbx: &PbxState) -> Outcome {
    let result = Object::new()
        .with("seconds", seconds(pbx.clock.now()))
        .with("paused", !pbx.clock.is_running());
    Outcome {
        result: Some(result),
        ..Outcome::default()
    }
}

pub(super) fn seconds(time: Duration) -> serde_json::Value {
    // Milliseconds are the resolution of the events, too.
    let millis = Duration::from_millis(u64::from(time.subsec_millis()));
    (Duration::from_secs(time.as_secs()) + millis)
        .as_secs_f64()
        .into()
}

pub(super) fn advance(pbx: &mut PbxState, values: &Values) -> ActionResult {
    pbx.advance(values.seconds("seconds").unwrap_or_default());
    Ok(clock(pbx))
}

pub(super) fn pause(pbx: &mut PbxState, _: &Values) -> ActionResult {
    pbx.clock.pause();
    Ok(clock(pbx))
}

pub(super) fn resume(pbx: &mut PbxState, _: &Values) -> ActionResult {
    pbx.clock.resume();
    Ok(clock(pbx))
}

/// Checks that a fault has an operation of the release, and a status or a delay.
pub(super) fn check_fault(
    settings: Option<&Settings>,
    values: &Values,
) -> Result<(), ControlError> {
    if let Some(operation) = values.text("operation").filter(|name| *name != "*") {
        check_operation(settings, operation, "*, or ")?;
    }
    match (values.integer("status"), values.seconds("delay")) {
        (None, _) if values.text("message").is_some() => Err(ControlError::invalid(
            "message",
            "message belongs to status: give the status, too",
        )),
        (None, None) => Err(ControlError::invalid(
            "status",
            "give status (the requests fail), delay (they are late), or both",
        )),
        _ => Ok(()),
    }
}

pub(super) fn fault(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let operation = values.text("operation").unwrap_or("*");
    let times = values.integer("times").unwrap_or(1);
    let remaining = usize::try_from(times).unwrap_or(usize::MAX);
    let status = values.integer("status").map(|status| {
        let message = values.text("message").unwrap_or("Injected fault");
        let status = u16::try_from(status).unwrap_or(500);
        FaultAction::Response(Response::error(status, message))
    });
    let delay = values.seconds("delay").map(FaultAction::Delay);
    for action in [status, delay].into_iter().flatten() {
        pbx.faults.push(Fault {
            operation: operation.to_owned(),
            action,
            remaining,
        });
    }
    Ok(Outcome::default())
}

/// Returns an error if a name is not that of an operation of the release, or of any release if the
/// settings are unknown. `others` describes what else it may be.
pub(super) fn check_operation(
    settings: Option<&Settings>,
    name: &str,
    others: &str,
) -> Result<(), ControlError> {
    let parts = name.split_once('.').unwrap_or_default();
    let mut known = OPERATIONS.iter();
    let found = known.find(|known| (known.resource, known.nickname) == parts);
    let version = settings.map(|settings| settings.version);
    match (found, version) {
        (Some(_), None) => Ok(()),
        (Some(found), Some(version)) if found.availability.includes(version) => Ok(()),
        (Some(found), Some(version)) => Err(ControlError::invalid(
            "operation",
            format!(
                "{version} does not have the operation {name:?}: {}",
                found.availability
            ),
        )),
        (None, _) => Err(ControlError::invalid(
            "operation",
            format!(
                "operation is {name:?}, but must be {others}a resource and an operation such as \
                 channels.answer; events.eventWebsocket is the opening of a WebSocket"
            ),
        )),
    }
}

pub(super) fn response_delay(pbx: &mut PbxState, values: &Values) -> ActionResult {
    pbx.response_delay = values.seconds("seconds").unwrap_or_default();
    Ok(Outcome::default())
}

pub(super) fn disconnect(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let Some(name) = values.text("application") else {
        return Ok(Outcome::with_effect(Effect::AbortConnections));
    };
    let app = pbx.apps.get(name);
    match app.and_then(|app| app.socket) {
        Some(socket) => Ok(Outcome::with_effect(Effect::AbortSocket(socket))),
        None => Err(ControlError {
            status: 404,
            field: Some("application".to_owned()),
            message: format!("the application {name:?} has no WebSocket: it is not connected"),
        }),
    }
}

pub(super) fn send(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let message = Message::text(values.required("text"));
    for socket in pbx.sockets.values() {
        // Sending fails only if the socket is just being closed.
        let _ = socket.send(message.clone());
    }
    Ok(Outcome::default())
}

pub(super) fn restart(pbx: &mut PbxState, _: &Values) -> ActionResult {
    pbx.restart();
    Ok(Outcome::with_effect(Effect::AbortConnections))
}

pub(super) fn reset(pbx: &mut PbxState, _: &Values) -> ActionResult {
    pbx.reset();
    Ok(Outcome::default())
}

/// Returns an endpoint such as `PJSIP/alice`.
fn endpoint(values: &Values) -> Result<&str, ControlError> {
    let endpoint = values.required("endpoint");
    match endpoint.contains('/') {
        true => Ok(endpoint),
        false => Err(ControlError::invalid(
            "endpoint",
            format!("endpoint is {endpoint:?}, but must have a technology, such as PJSIP/alice"),
        )),
    }
}

pub(super) fn register(pbx: &mut PbxState, values: &Values) -> ActionResult {
    pbx.set_endpoint_online(endpoint(values)?, true);
    Ok(Outcome::default())
}

/// Returns the error for an endpoint that does not exist.
fn unknown_endpoint(pbx: &PbxState, endpoint: &str) -> ControlError {
    let known: Vec<_> = pbx.endpoints.keys().map(String::as_str).collect();
    ControlError {
        status: 404,
        field: Some("endpoint".to_owned()),
        message: format!(
            "the endpoint {endpoint:?} does not exist; endpoints: {}; register adds one",
            known.join(", ")
        ),
    }
}

pub(super) fn unregister(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let endpoint = endpoint(values)?;
    if !pbx.endpoints.contains_key(endpoint) {
        return Err(unknown_endpoint(pbx, endpoint));
    }
    pbx.set_endpoint_online(endpoint, false);
    Ok(Outcome::default())
}

pub(super) fn device_state(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let state = values.required("state");
    if !DEVICE_STATES.contains(&state) {
        return Err(ControlError::invalid(
            "state",
            format!(
                "state is {state:?}, but must be one of {}",
                DEVICE_STATES.join(", ")
            ),
        ));
    }
    pbx.set_device_state(values.required("device"), state);
    Ok(Outcome::default())
}

pub(super) fn mailbox(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let count = |name| values.integer(name).unwrap_or_default();
    let counts = (count("old"), count("new"));
    pbx.mailboxes
        .insert(values.required("mailbox").to_owned(), counts);
    Ok(Outcome::default())
}

pub(super) fn message(pbx: &mut PbxState, values: &Values) -> ActionResult {
    let (to, text) = (values.required("to"), values.required("text"));
    let endpoint = endpoint(values)?;
    let mut channels = pbx.channels.values();
    let calls = channels.any(|channel| channel.device() == Some(endpoint));
    if !calls && !pbx.endpoints.contains_key(endpoint) {
        return Err(unknown_endpoint(pbx, endpoint));
    }
    pbx.receive_message(endpoint, to, text, &[]);
    Ok(Outcome::default())
}
