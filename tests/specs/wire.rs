//! Every operation of every release arrives as its spec declares.

use serde_json::{Map, Value};

use crate::requests::{self, Row};
use crate::sample::{self, Extent};
use crate::server::{ENCODED, PASSWORD, ReceivedRequest, Reply, Server, messages};
use crate::spec::{Operation, Parameter, Spec, text};

/// The table of requests is the union of the specs: no operation is missing or occurs twice, and
/// every parameter of every release is set to a value of its type that is not the server's default.
#[test]
fn request_table_covers_every_operation_and_parameter() {
    let spec = Spec::read();
    let table = requests::table();
    let mut listed: Vec<_> = table.iter().map(|row| row.operation).collect();
    listed.sort_unstable();
    let expected: Vec<_> = spec.operations.keys().map(String::as_str).collect();
    assert_eq!(listed, expected);
    assert_eq!(listed.len(), 109);
    for row in &table {
        let parameters = spec.operations[row.operation].parameters();
        let given = row.given.as_object().expect("values by name");
        let mut names: Vec<_> = parameters.iter().map(|p| p.name.as_str()).collect();
        names.sort_unstable();
        let mut set: Vec<_> = given.keys().map(String::as_str).collect();
        set.sort_unstable();
        assert_eq!(set, names, "{}", row.operation);
        for parameter in &parameters {
            assert_fits(parameter, &given[&parameter.name], row.operation);
        }
        let values: Vec<_> = given.values().filter(|value| !value.is_boolean()).collect();
        let twice = (1..values.len()).find(|&at| values[..at].contains(&values[at]));
        assert_eq!(twice, None, "{}: values that look alike", row.operation);
    }
}

fn assert_fits(parameter: &Parameter, value: &Value, operation: &str) {
    let name = &parameter.name;
    let fits = |value: &Value| match parameter.data_type.as_str() {
        "string" => value.is_string(),
        "boolean" => value == true,
        "int" => value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok()),
        "long" => value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_err()),
        "containers" | "object" => value.is_object() || value.is_array(),
        other => panic!("{operation}: {name} is of the unknown type {other}"),
    };
    let several = parameter.list || is_joined(parameter, value);
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    if several {
        assert_eq!(items.len(), 2, "{operation}: {name}");
        assert!(items.iter().all(fits), "{operation}: {name}");
    } else {
        assert!(fits(value), "{operation}: {name} is {value}");
        let assumed = parameter.default.as_deref();
        // One parameter accepts only the server's default.
        assert!(
            parameter.values.len() == 1 || assumed != Some(&plain(value)),
            "{operation}: {name} is what the server assumes"
        );
    }
}

/// A request for every release that has the operation, with the smallest and the largest response
/// that the release may send. The same request arrives each time, exactly as the spec declares it,
/// and the response is decoded completely.
#[tokio::test(flavor = "multi_thread")]
async fn operations_match_specs_on_the_wire() {
    let spec = Spec::read();
    // A connected client requests its applications by itself.
    let server = Server::start_ignoring(&[
        "/ari/applications/front%20desk",
        "/ari/applications/back%20office",
    ]);
    let client = server.client();
    for row in requests::table() {
        let operation = &spec.operations[row.operation];
        // Most point releases respond like others.
        let mut seen = Vec::new();
        for (release, json) in &operation.releases {
            for extent in [Extent::Minimal, Extent::Complete] {
                let models = &spec.models[release];
                let kind = text(&json["responseClass"]);
                let held = (kind != operation.answer(&spec)).then(|| operation.answer(&spec));
                let (reply, expected) = answer(operation, kind, held, models, extent);
                if seen.contains(&(kind, expected.clone())) {
                    continue;
                }
                seen.push((kind, expected.clone()));
                server.set_reply(reply);
                let read = (row.send)(client.clone()).await.unwrap_or_else(|error| {
                    panic!(
                        "{} of Asterisk {release:?}, {extent:?}: {error}",
                        row.operation
                    )
                });
                assert_eq!(read, expected, "{} of Asterisk {release:?}", row.operation);
                assert_as_specified(operation, &row, &server.next_request());
            }
        }
    }
}

/// Returns the response of the server, and the expected decoded part: all of it, or the part of
/// this type.
fn answer(
    operation: &Operation,
    kind: &str,
    held: Option<&str>,
    models: &sample::Models,
    extent: Extent,
) -> (Reply, Value) {
    match (operation.subprotocol(), kind) {
        (Some(_), _) => {
            let sent = sample::messages(models, extent);
            let texts = sent.iter().map(Value::to_string).collect();
            (messages(texts), sent.into())
        }
        (None, "void") => (Reply::empty(), Value::Null),
        (None, "binary") => {
            let bytes: Vec<u8> = (0..=255).collect();
            (Reply::response(200, bytes.clone()), bytes.into())
        }
        (None, kind) => {
            let value = sample::value(models, kind, extent);
            let expected = match held {
                Some(held) => {
                    let properties = models[kind]["properties"].as_object();
                    let mut properties = properties.expect("properties").iter();
                    let (name, _) = properties
                        .find(|(_, property)| property["type"] == held)
                        .expect("what holds the answer");
                    value[name].clone()
                }
                None => value.clone(),
            };
            (Reply::json(200, &value), expected)
        }
    }
}

/// The expected request, and nothing else.
#[derive(Debug, PartialEq)]
struct RequestForm {
    method: String,
    path: Vec<String>,
    query: Vec<(String, String)>,
    body: Value,
}

fn assert_as_specified(operation: &Operation, row: &Row, arrived: &ReceivedRequest) {
    let form = RequestForm {
        method: arrived.method.clone(),
        path: arrived.segments(),
        query: arrived.query_pairs(),
        body: arrived.json(),
    };
    let given = row.given.as_object().expect("values by name");
    assert_eq!(form, expected_form(operation, given), "{}", row.operation);
    assert_headers(operation, arrived);
    for (name, value) in arrived.headers() {
        let elsewhere = name != "authorization";
        let shown = value.contains(PASSWORD) || value.contains(ENCODED);
        assert!(
            !(elsewhere && shown),
            "{}: {name} holds the password",
            row.operation
        );
    }
    let sent = [arrived.target.as_bytes(), &arrived.body].concat();
    let sent = String::from_utf8_lossy(&sent);
    for secret in ["nter2", "api_key", ENCODED] {
        assert!(!sent.contains(secret), "{}: {sent}", row.operation);
    }
}

fn expected_form(operation: &Operation, given: &Map<String, Value>) -> RequestForm {
    let path = path_as_sent(operation, given);
    let mut query = Vec::new();
    let mut members = Map::new();
    let mut bare = Value::Null;
    for parameter in operation.parameters() {
        let (name, value) = (parameter.name.clone(), &given[&parameter.name]);
        if path.contains(&format!("{{{name}}}")) {
            continue;
        }
        match parameter.location.as_str() {
            // Split at every comma: nothing to escape.
            "query" if operation.path.ends_with("/move") => query.push((name, plain(value))),
            "query" if is_joined(&parameter, value) => query.push((name, joined(value))),
            "query" if splits_wrongly(value) => {
                members.insert(name, value.clone());
            }
            "query" => query.push((name, plain(value))),
            // The one body without a wrapper.
            "body" if operation.path.ends_with("/eventFilter") => bare = value.clone(),
            "body" => {
                members.insert(name, value.clone());
            }
            other => panic!("{name} in {other}"),
        }
    }
    query.sort();
    let segments = path.trim_start_matches('/').split('/').map(|segment| {
        let name = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
        name.map_or_else(|| segment.to_owned(), |name| plain(&given[name]))
    });
    RequestForm {
        method: operation.method.clone(),
        path: segments.collect(),
        query,
        body: if members.is_empty() {
            bare
        } else {
            members.into()
        },
    }
}

/// Returns the path that is used, which is the spec's with one exception. The server responds 400
/// to the documented `POST /bridges` with variables, and leaks the bridge that it created.
fn path_as_sent(operation: &Operation, given: &Map<String, Value>) -> String {
    let creates_bridge = operation.method == "POST" && operation.path == "/bridges";
    if creates_bridge && given.contains_key("variables") {
        return "/bridges/{bridgeId}".to_owned();
    }
    operation.path.clone()
}

/// Returns whether a parameter is a string in the specs that the server splits at commas.
fn is_joined(parameter: &Parameter, value: &Value) -> bool {
    matches!(parameter.name.as_str(), "appArgs" | "formats") && value.is_array()
}

/// Returns the values with commas between them, and a backslash before characters that the server
/// would interpret.
fn joined(value: &Value) -> String {
    let items = value.as_array().expect("several values").iter().map(plain);
    let escaped = items.map(|item| {
        let special = |c: char| r#",\"()[]{}"#.contains(c);
        let parts = item.chars().map(|c| {
            if special(c) {
                format!("\\{c}")
            } else {
                c.into()
            }
        });
        parts.collect::<String>()
    });
    escaped.collect::<Vec<_>>().join(",")
}

/// Returns whether the server would split a list from a query wrongly.
fn splits_wrongly(value: &Value) -> bool {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    items
        .iter()
        .any(|item| plain(item).contains([',', '(', ')', '"', '\'', '\\']))
}

/// Formats a value as in a query: numbers and booleans as text, commas between the values of a
/// list.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

/// Checks the headers: the user in `Authorization`, a content type exactly if there is content, and
/// otherwise only headers that HTTP and the upgrade need.
fn assert_headers(operation: &Operation, arrived: &ReceivedRequest) {
    let basic = format!("Basic {ENCODED}");
    assert_eq!(arrived.header("authorization"), Some(basic.as_str()));
    let kind = (!arrived.body.is_empty()).then_some("application/json");
    assert_eq!(arrived.header("content-type"), kind, "{}", operation.path);
    let mut known = vec!["authorization", "content-type", "content-length", "host"];
    if let Some(subprotocol) = operation.subprotocol() {
        assert_eq!(arrived.header("sec-websocket-protocol"), Some(subprotocol));
        assert_eq!(arrived.header("sec-websocket-version"), Some("13"));
        assert_eq!(arrived.header("upgrade"), Some("websocket"));
        assert_eq!(arrived.header("connection"), Some("Upgrade"));
        known.extend([
            "sec-websocket-protocol",
            "sec-websocket-version",
            "sec-websocket-key",
        ]);
        known.extend(["upgrade", "connection"]);
    }
    for (name, _) in arrived.headers() {
        assert!(known.contains(&name.as_str()), "{}: {name}", operation.path);
    }
}
