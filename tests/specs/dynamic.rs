//! Requests that are created at run time are equal to typed requests.

use std::sync::{Arc, Mutex};

use ari_api::operations::RELEASES;
use ari_api::schema::{ParameterType, Version};
use ari_api::transport::{BoxFuture, Request, Response, Transport, WebSocket};
use ari_api::{Client, Error, OPERATIONS};
use serde_json::{Value, json};

use crate::requests;

/// Stores requests, and sends nothing.
#[derive(Clone, Debug, Default)]
struct RecordingTransport(Arc<Mutex<Option<Request>>>);

impl RecordingTransport {
    fn record(&self, call: &Request) -> Error {
        *self.0.lock().expect("no panic elsewhere") = Some(call.clone());
        Error::InvalidConfig("kept".into())
    }
}

impl Transport for RecordingTransport {
    fn send<'a>(&'a self, call: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async { Err(self.record(call)) })
    }

    fn connect<'a>(
        &'a self,
        call: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async { Err(self.record(call)) })
    }
}

fn operation(name: &str) -> &'static ari_api::schema::Operation {
    let mut operations = OPERATIONS.iter().copied();
    let found = operations.find(|known| format!("{} {}", known.method, known.path) == name);
    found.expect("a known operation")
}

/// Converts numbers and booleans to text, as on a command line.
fn texts(given: &Value) -> Value {
    let text = |value: &Value| match value {
        Value::Number(_) | Value::Bool(_) => value.to_string().into(),
        other => other.clone(),
    };
    let given = given.as_object().expect("values by name").iter();
    given
        .map(|(name, value)| (name.clone(), text(value)))
        .collect()
}

fn dynamic(name: &str, given: &Value) -> Result<Request, Error> {
    let given = given.as_object().expect("values by name").clone();
    Request::from_arguments(operation(name), given)
}

#[tokio::test]
async fn dynamic_requests_equal_typed_requests() {
    let keeper = RecordingTransport::default();
    // A server of the newest release needs no request for its version.
    let newest = Version::new(*RELEASES.last().expect("releases"), 0, 0);
    let client = Client::builder("").server_version(newest);
    let client = client.build_with_transport(keeper.clone());
    let table = requests::table();
    assert_eq!(table.len(), OPERATIONS.len());
    for row in table {
        (row.send)(client.clone())
            .await
            .expect_err("nothing is sent");
        let kept = keeper.0.lock().expect("no panic elsewhere").take();
        let typed = kept.expect("a call");
        for given in [&row.given, &texts(&row.given)] {
            let call = dynamic(row.operation, given).expect(row.operation);
            assert_eq!(call, typed, "{}", row.operation);
        }
        // The order of the arguments does not matter.
        let backwards = row.given.as_object().expect("values by name").clone();
        let backwards = backwards.into_iter().rev();
        let call = Request::from_arguments(operation(row.operation), backwards);
        assert_eq!(call.expect(row.operation), typed, "{}", row.operation);
        // Each required argument matters.
        for parameter in operation(row.operation).parameters {
            let mut given = row.given.as_object().expect("values by name").clone();
            given.remove(parameter.name);
            let call = Request::from_arguments(operation(row.operation), given);
            let problem = call.map(|_| ()).map_err(|error| error.to_string());
            let missing = format!("`{}` is missing", parameter.name);
            let refused = problem.as_ref().is_err_and(|text| text.contains(&missing));
            assert_eq!(
                refused, parameter.required,
                "{}: {problem:?}",
                row.operation
            );
        }
    }
}

/// The server would ignore or misread a value of another type.
#[test]
fn values_of_another_type_are_refused_for_every_parameter() {
    for row in requests::table() {
        for parameter in operation(row.operation).parameters {
            if parameter.kind == ParameterType::Json {
                continue;
            }
            for wrong in [
                Value::Null,
                json!([[1]]),
                json!({"a": [1.5]}),
                json!([null]),
            ] {
                let object = matches!(parameter.kind, ParameterType::JsonMap);
                if object && wrong.is_object() {
                    continue;
                }
                let mut given = row.given.clone();
                given[parameter.name] = wrong.clone();
                let error = dynamic(row.operation, &given).expect_err(row.operation);
                let about = matches!(
                    &error,
                    Error::InvalidArgument { parameter: name, .. } if *name == parameter.name
                );
                assert!(about, "{}: {wrong}: {error}", row.operation);
            }
        }
    }
}

#[test]
fn unknown_arguments_are_refused() {
    for (name, given, expected) in [
        (
            "GET /channels/{channelId}",
            json!({"channelId": ""}),
            "`channelId` is empty",
        ),
        (
            "GET /channels/{channelId}",
            json!({"channelId": "1", "colour": "red"}),
            "no parameter `colour`",
        ),
        (
            "POST /channels/{channelId}/record",
            json!({"channelId": "1", "name": "a", "format": "wav", "maxDurationSeconds": "-1"}),
            "`maxDurationSeconds` is smaller",
        ),
        (
            "POST /channels/{channelId}/play",
            json!({"channelId": "1", "media": ["tone:ring"], "skipms": "12 miles"}),
            "`skipms` is neither a whole number of the unit nor a duration",
        ),
        (
            "POST /channels/{channelId}/dial",
            json!({"channelId": "1", "timeout": 3_000_000_000_i64}),
            "`timeout` is no whole number of 32 bits",
        ),
        (
            "POST /channels",
            json!({"endpoint": "Local/1", "variables": {"A": {"value": "1", "reports": true}}}),
            "`variables` holds a value",
        ),
        (
            "POST /bridges/{bridgeId}/addChannel",
            json!({"bridgeId": "1", "channel": "1", "mute": "yes"}),
            "`mute` is neither true nor false",
        ),
    ] {
        let error = dynamic(name, &given).expect_err(name).to_string();
        assert!(error.contains(expected), "{name}: {error}");
    }
    let twice = [("channelId", json!("1")), ("channelId", json!("2"))];
    let error = Request::from_arguments(operation("GET /channels/{channelId}"), twice);
    let error = error.expect_err("two ids").to_string();
    assert!(error.contains("`channelId` is given twice"), "{error}");
}

/// With variables a bridge is created under an id, which is generated if none is given.
#[test]
fn dynamic_bridge_with_variables_gets_id() {
    let given = json!({"name": "lobby", "variables": {"COLOR": "red"}});
    let call = dynamic("POST /bridges", &given).expect("a call");
    assert_eq!(call.operation().nickname, "createWithId");
    let id = call.path().strip_prefix("/bridges/").expect("an id");
    assert_eq!(id.len(), 32);
    let without = dynamic("POST /bridges", &json!({"name": "lobby"})).expect("a call");
    assert_eq!(without.path_and_query(), "/bridges?name=lobby");
}

/// One text is one value, even if several are possible.
#[test]
fn one_text_is_one_list_value() {
    let given = json!({"bridgeId": "1", "channel": "a,b"});
    let call = dynamic("POST /bridges/{bridgeId}/addChannel", &given).expect("a call");
    assert_eq!(
        call.body().map(|body| &body[..]),
        Some(&br#"{"channel":["a,b"]}"#[..])
    );
}
