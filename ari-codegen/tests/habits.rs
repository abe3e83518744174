//! Conventions of other spec generators are accepted with a note, for every release. Specs are
//! refused if information would be lost.

#![cfg(test)]

#[path = "support/specs.rs"]
#[allow(dead_code, reason = "these specs are not always JSON")]
mod specs;

use ari_codegen::{Bindings, Error, Generator, Source};
use serde_json::{Value, json};

/// Returns a resource with an operation and two models.
fn plain() -> Value {
    let parameters = json!([
        {"name": "a", "paramType": "query", "dataType": "string", "required": true},
        {"name": "b", "paramType": "query", "dataType": "int",
            "allowableValues": {"valueType": "RANGE", "min": 1, "max": 5}},
    ]);
    let operation = json!({
        "httpMethod": "GET", "nickname": "get", "responseClass": "void",
        "parameters": parameters, "errorResponses": [{"code": 404, "reason": "gone"}],
        "since": ["22.1.0"],
    });
    specs::resource(
        "things",
        json!([{"path": "/things", "operations": [operation]}]),
        json!({
            "Base": {"id": "Base", "discriminator": "kind", "subTypes": ["One"],
                "properties": {"kind": {"type": "string", "required": true}}},
            "One": {"id": "One", "properties": {}},
        }),
    )
}

fn source(text: Vec<u8>) -> Source {
    let index = specs::index(["things"]).to_string().into_bytes();
    Source::Memory {
        origin: "handmade".into(),
        files: [("resources".into(), index), ("things".into(), text)].into(),
    }
}

fn generate(release: &str, text: Vec<u8>) -> Result<Bindings, Error> {
    let generator = Generator::new().add_release(release, source(text));
    generator.expect("a known release").generate()
}

fn with(pointer: &str, value: Value) -> Vec<u8> {
    let mut json = plain();
    *json.pointer_mut(pointer).expect("a place") = value;
    json.to_string().into_bytes()
}

#[test]
fn habits_of_other_generators_are_understood() {
    let operation = "/apis/0/operations/0";
    let at = |rest: &str, value: Value| with(&format!("{operation}{rest}"), value);
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(plain().to_string().into_bytes());
    let repeated = plain()
        .to_string()
        .replacen("{", "{\"swaggerVersion\":\"1.1\",", 1);
    let cases = [
        (
            "a string for a code",
            at("/errorResponses/0/code", json!("404")),
            "read as 404",
        ),
        (
            "a string for a flag",
            at("/parameters/0/required", json!("true")),
            "read as true",
        ),
        (
            "a flag in capitals",
            at("/parameters/0/required", json!("True")),
            "read as true",
        ),
        (
            "a string for a limit",
            at("/parameters/1/allowableValues/min", json!("1")),
            "read as 1",
        ),
        (
            "a whole float",
            at("/parameters/1/allowableValues/max", json!(5.0)),
            "read as 5",
        ),
        (
            "a small method",
            at("/httpMethod", json!("get")),
            "expected \"GET\"",
        ),
        (
            "a large place",
            at("/parameters/0/paramType", json!("Query")),
            "expected \"query\"",
        ),
        (
            "one version",
            at("/since", json!("22.1.0")),
            "read as a list of it",
        ),
        (
            "one subtype",
            with("/models/Base/subTypes", json!("One")),
            "read as a list of it",
        ),
        (
            "a number of a version",
            with("/swaggerVersion", json!(1.1)),
            "read as its text",
        ),
        (
            "nothing for a text",
            at("/errorResponses/0/reason", Value::Null),
            "read as none",
        ),
        ("a byte order mark", marked, "byte order mark"),
        (
            "an equal key",
            repeated.into_bytes(),
            "$.swaggerVersion: occurs twice",
        ),
    ];
    for release in ["12", "22"] {
        let expected = generate(release, plain().to_string().into_bytes()).expect("bindings");
        for (what, text, note) in cases.clone() {
            let found = generate(release, text).expect(what);
            let same = what.starts_with("nothing") || found.files == expected.files;
            assert!(same, "{what}: other bindings");
            let mut anomalies = found.releases[0].anomalies.iter();
            let noted = anomalies.any(|anomaly| anomaly.to_string().contains(note));
            assert!(noted, "{what}: {:?}", found.releases[0].anomalies);
        }
    }
}

#[test]
fn subtypes_may_name_their_parent() {
    let mut json = plain();
    json["models"]["Base"]["subTypes"] = json!([]);
    json["models"]["One"]["extends"] = "Base".into();
    json["apis"][0]["operations"][0]["responseClass"] = "Base".into();
    json["apis"][0]["operations"][0]["upgrade"] = "websocket".into();
    let generate = |json: &Value| generate("12", json.to_string().into_bytes());
    let bindings = generate(&json).expect("bindings");
    assert!(bindings.files["event/mod.rs"].contains("One(Arc<models::One>)"));
    let mut anomalies = bindings.releases[0].anomalies.iter();
    assert!(anomalies.all(|anomaly| !anomaly.problem.contains("extends")));
    json["models"]["One"]["extends"] = "Other".into();
    let error = generate(&json).expect_err("no such model").to_string();
    assert!(
        error.contains("(model One): it extends \"Other\", which is not defined"),
        "{error}"
    );
}

/// The known strings of `move` are not a licence for the others of the resource.
#[test]
fn other_error_codes_of_channels_that_are_strings_are_reported() {
    let channels = specs::resource(
        "channels",
        json!([{"path": "/channels", "operations": [{
            "httpMethod": "GET", "nickname": "list", "responseClass": "void",
            "errorResponses": [{"code": "404", "reason": "gone"}],
        }]}]),
        json!({}),
    );
    let files = [
        ("resources".into(), specs::index(["channels"]).to_string()),
        ("channels".into(), channels.to_string()),
    ];
    let source = Source::Memory {
        origin: "handmade".into(),
        files: files
            .map(|(name, text): (String, String)| (name, text.into_bytes()))
            .into(),
    };
    let generator = Generator::new().add_release("22", source);
    let bindings = generator.and_then(|one| one.generate()).expect("bindings");
    let mut anomalies = bindings.releases[0].anomalies.iter();
    assert!(
        anomalies.any(|anomaly| anomaly.to_string().contains("read as 404")),
        "{:?}",
        bindings.releases[0].anomalies
    );
}

/// The index and the resources have the same versions of Swagger.
#[test]
fn indexes_of_other_swaggers_are_refused() {
    for (version, is_read) in [("1.1", true), ("1.3", true), ("2.0", false)] {
        let mut index = specs::index(["things"]);
        index["swaggerVersion"] = version.into();
        let things = plain().to_string().into_bytes();
        let source = Source::Memory {
            origin: "handmade".into(),
            files: [
                ("resources".into(), index.to_string().into_bytes()),
                ("things".into(), things),
            ]
            .into(),
        };
        let generator = Generator::new().add_release("22", source);
        let generated = generator.and_then(|one| one.generate());
        assert_eq!(generated.is_ok(), is_read, "{version}");
        if let Err(error) = generated {
            let expected = "swaggerVersion \"2.0\" is not understood";
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}

#[test]
fn what_would_be_lost_is_refused() {
    let body =
        |name: &str, kind: &str| json!({"name": name, "paramType": "body", "dataType": kind});
    let parameters = |list: Value| with("/apis/0/operations/0/parameters", list);
    let twice = plain()
        .to_string()
        .replacen("\"apis\":", "\"apis\":[],\"apis\":", 1);
    let cases = [
        (
            twice.into_bytes(),
            "$.apis occurs twice, with different values",
        ),
        (
            parameters(json!([body("a", "One"), body("b", "Base")])),
            "the parameter \"a\" is the whole body, beside which \"b\" cannot be sent: make one model",
        ),
        (
            parameters(json!([body("a", "string"), body("b", "object")])),
            "the parameter \"b\" is the whole body, beside which \"a\" cannot be sent",
        ),
        (
            parameters(json!([{"name": "x-a", "paramType": "header", "dataType": "string"}])),
            "the parameter \"x-a\" travels in a header, which requests over a WebSocket do not have: \
             make it a query parameter",
        ),
    ];
    for (text, expected) in cases {
        let guessed = Generator::new()
            .add_source(source(text))
            .expect("an apiVersion");
        let error = guessed.generate().expect_err(expected).to_string();
        assert!(error.contains(expected), "{error}");
        // The error also includes the remedy for a wrong guess.
        assert!(
            error.contains("identified as those of Asterisk 22") && error.contains("--release")
        );
    }
}
