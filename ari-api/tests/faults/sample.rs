//! Messages as Asterisk sends them, reduced to the required fields.

use serde_json::{Value, json};

const TIME: &str = "2026-11-23T01:08:51.332+0000";

pub(crate) fn channel(id: &str) -> Value {
    let nobody = json!({"name": "", "number": ""});
    json!({
        "id": id, "name": format!("Local/{id}"), "state": "Up", "accountcode": "",
        "caller": nobody, "connected": nobody, "creationtime": TIME, "language": "en",
        "dialplan": {"context": "c", "exten": "s", "priority": 1, "app_name": "", "app_data": ""},
    })
}

/// Returns a channel in this state that executes `Stasis` for an application.
pub(crate) fn channel_in_stasis(id: &str, state: &str, application: &str) -> Value {
    let mut channel = channel(id);
    channel["state"] = state.into();
    channel["dialplan"]["app_name"] = "Stasis".into();
    channel["dialplan"]["app_data"] = format!("{application},x,y").into();
    channel
}

/// Returns a channel in this state that executes nothing.
pub(crate) fn ringing_channel(id: &str, state: &str) -> Value {
    let mut channel = channel(id);
    channel["state"] = state.into();
    channel
}

pub(crate) fn bridge(id: &str) -> Value {
    json!({
        "id": id, "technology": "simple_bridge", "bridge_type": "mixing", "bridge_class": "stasis",
        "creator": "", "name": "", "channels": [], "creationtime": TIME,
    })
}

/// Returns an event with its own fields.
pub(crate) fn event(kind: &str, own: Value) -> Value {
    let mut event = json!({"type": kind, "application": "a", "timestamp": TIME});
    if let (Value::Object(event), Value::Object(own)) = (&mut event, own) {
        event.extend(own);
    }
    event
}

/// Returns an event of a channel that has no fields but the channel.
pub(crate) fn channel_event(kind: &str, id: &str) -> Value {
    event(
        kind,
        json!({"channel": channel(id), "args": [], "cause": 16, "cause_txt": "Normal"}),
    )
}

/// Returns an event with this channel object.
pub(crate) fn channel_object_event(kind: &str, channel: &Value) -> Value {
    let own = json!({"channel": channel, "args": [], "cause": 16, "cause_txt": "Normal"});
    event(kind, own)
}

/// Returns a `Dial` event with this progress of a channel.
pub(crate) fn dial(id: &str, status: &str) -> Value {
    let own = json!({"peer": channel(id), "dialstatus": status, "dialstring": "", "forward": ""});
    event("Dial", own)
}

/// Returns the end of a channel with a cause.
pub(crate) fn destroyed(id: &str, cause: i64) -> Value {
    let mut event = channel_event("ChannelDestroyed", id);
    event["cause"] = cause.into();
    event
}

pub(crate) fn bridge_event(kind: &str, id: &str) -> Value {
    event(kind, json!({"bridge": bridge(id)}))
}

/// Returns a numbered user event of a channel.
pub(crate) fn numbered_user_event(id: &str, number: usize) -> Value {
    let own = json!({"eventname": number.to_string(), "userevent": {}, "channel": channel(id)});
    event("ChannelUserevent", own)
}

/// Returns an event of a playback on the channel `c`.
pub(crate) fn playback_event(kind: &str, id: &str, state: &str) -> Value {
    event(kind, json!({"playback": playback(id, state)}))
}

pub(crate) fn playback(id: &str, state: &str) -> Value {
    json!({"id": id, "media_uri": "sound:x", "target_uri": "channel:c", "language": "en",
        "state": state})
}

/// Returns an event of a live recording of the channel `c`.
pub(crate) fn recording_event(kind: &str, name: &str, state: &str) -> Value {
    event(kind, json!({"recording": recording(name, state)}))
}

pub(crate) fn recording(name: &str, state: &str) -> Value {
    json!({"name": name, "format": "wav", "target_uri": "channel:c", "state": state})
}

/// Returns the response to a request over the WebSocket.
pub(crate) fn websocket_response(id: &Value, status: u16, body: &Value) -> Value {
    let mut answer = event(
        "RESTResponse",
        json!({"transaction_id": "", "request_id": id, "status_code": status,
            "reason_phrase": "So", "uri": ""}),
    );
    if !body.is_null() {
        answer["content_type"] = "application/json".into();
        answer["message_body"] = body.to_string().into();
    }
    answer
}
