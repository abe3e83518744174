//! Decodes responses and events, and compares their encoded form with the original.

use ari_api::stream::EventType as _;
use ari_api::{Event, models};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Response fields that no spec declares: scores of the call's audio quality.
const UNDECLARED: &[&str] = &[
    "txmes",
    "rxmes",
    "remote_maxmes",
    "remote_minmes",
    "remote_normdevmes",
    "remote_stdevmes",
    "local_maxmes",
    "local_minmes",
    "local_normdevmes",
    "local_stdevmes",
];

/// Decodes a response of this type, as the specs name it, and compares. Returns true if it shows
/// that the type is complete: an empty list does not show the type of its items, and the client
/// returns an error for a response that cannot be decoded.
///
/// # Panics
///
/// Panics if any key or value is lost or different, unless no spec declares it.
pub(super) fn check_response(kind: &str, body: &[u8]) -> bool {
    let item = kind
        .strip_prefix("List[")
        .and_then(|rest| rest.strip_suffix(']'));
    macro_rules! re_encode {
        ($($model:ident)*) => {
            match (kind, item) {
                ("RTPstat", _) => encode::<models::RtpStat>(body),
                $(
                    (stringify!($model), _) => encode::<models::$model>(body),
                    (_, Some(stringify!($model))) => encode::<Vec<models::$model>>(body),
                )*
                _ => panic!("{kind} is missing in this list"),
            }
        };
    }
    let encoded = re_encode! {
        Application AsteriskInfo AsteriskPing Bridge Channel ConfigTuple DeviceState Endpoint
        LiveRecording LogChannel Mailbox Module Playback Sound StoredRecording Variable
        Variables
    };
    let Some(encoded) = encoded else { return false };
    let mut arrived: Value = serde_json::from_slice(body).unwrap();
    if let (Value::Object(arrived), "RTPstat") = (&mut arrived, kind) {
        arrived.retain(|name, _| !UNDECLARED.contains(&name.as_str()));
    }
    assert_eq!(encoded, arrived, "{kind}");
    encoded.as_array().is_none_or(|items| !items.is_empty())
}

/// Returns the JSON of the decoded body; `None` if it cannot be decoded.
fn encode<T: DeserializeOwned + Serialize>(body: &[u8]) -> Option<Value> {
    let decoded: T = serde_json::from_slice(body).ok()?;
    Some(serde_json::to_value(&decoded).unwrap())
}

/// Decodes an event, and compares. Returns its type.
///
/// # Panics
///
/// Panics if any key or value is lost or different, or if the type of the event is unknown.
pub(super) fn check_event(text: &str) -> String {
    let event = Event::decode(text).unwrap();
    let arrived: Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap(), arrived);
    assert_eq!(event.kind(), arrived["type"]);
    assert!(!matches!(event, Event::Unknown { .. }), "{text}");
    assert!(event.timestamp().is_some() && event.application().is_some());
    assert_eq!(event.asterisk_id().unwrap(), arrived["asterisk_id"]);
    event.kind().to_owned()
}
