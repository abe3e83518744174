//! Each snippet sends the request of which it was made, for every operation.

use std::process::{Command, Stdio};

use ari_api::OPERATIONS;
use ari_api::schema::{Operation, Parameter, ParameterType, Scalar};
use ari_api::transport::Request;
use ari_mock::Asterisk;
use serde_json::{Value, json};

use super::command_line::parse;
use super::given::GivenRequest;
use super::{Snippets, Target, create, samples};
use crate::api_request::any_request;

/// Text that a shell, a URL, JSON, Rust or a terminal could misread.
const HOSTILE: &str =
    "-x 'a' \"b\" $(touch /tmp/owned) `id` !! \\ %41+& #{}[] grüße\u{202e}\u{1b}[31m\r\nz'";

/// A request as a browser gives it.
#[derive(Clone, Debug)]
struct Sample {
    method: &'static str,
    path: String,
    query: String,
    body: Option<Value>,
}

impl Sample {
    fn new(method: &'static str, target: &str, body: Option<Value>) -> Self {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        Self {
            method,
            path: path.to_owned(),
            query: query.to_owned(),
            body,
        }
    }

    fn snippets(&self, url: &str) -> Snippets {
        let body = self.body.clone();
        let target = Target::new(url, None);
        create(&target, self.method, &self.path, &self.query, body).expect("an operation")
    }

    fn given(&self) -> GivenRequest {
        let body = self.body.clone();
        GivenRequest::parse(self.method, &self.path, &self.query, body).expect("an operation")
    }
}

/// The arguments of a sample: the required ones, all with usual values, or all with hostile ones.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Required,
    Usual,
    Hostile,
}

/// Returns samples of every operation, and of requests that options or typed requests cannot
/// express.
fn all_samples() -> Vec<Sample> {
    let mut samples = Vec::new();
    for operation in OPERATIONS.iter().copied() {
        for extent in [Extent::Required, Extent::Hostile] {
            samples.extend(sample(operation, extent));
        }
    }
    let of = Sample::new;
    samples.extend([
        // An unknown parameter, values of other types, and forms that only this sender has chosen.
        of("GET", "/channels?page=2", None),
        of(
            "POST",
            "/channels?endpoint=PJSIP%2Falice&timeout=soon",
            None,
        ),
        of("POST", "/channels?endpoint=PJSIP%2Falice&timeout=030", None),
        of("POST", "/channels?endpoint=PJSIP%2Falice&timeout=-1", None),
        of("POST", "/channels?endpoint=PJSIP%2Falice&timeout=0", None),
        of("POST", "/channels?endpoint=PJSIP%2Falice&timeout=-7", None),
        of(
            "POST",
            "/channels?endpoint=PJSIP/a+b&endpoint=PJSIP/c",
            None,
        ),
        of(
            "POST",
            "/channels?endpoint=PJSIP/a+b&appArgs=%22a,b%22",
            None,
        ),
        of(
            "POST",
            "/channels?endpoint=PJSIP/a+b&appArgs=a%5C,b,,c",
            None,
        ),
        of(
            "POST",
            "/channels",
            Some(json!({"endpoint": "PJSIP/alice", "timeout": 5})),
        ),
        of(
            "POST",
            "/channels?endpoint",
            Some(json!([1, -2, 1e300, "x"])),
        ),
        of(
            "POST",
            "/channels?endpoint=a",
            Some(json!({"variables": {}})),
        ),
        of(
            "POST",
            "/channels?endpoint=a",
            Some(json!({"variables": {"N": 1}})),
        ),
        of(
            "POST",
            "/channels?endpoint=a",
            Some(json!({"variables": {
                "A=B": "1", "C": {"value": "-2", "report_events": true},
                "{D}": {"value": "3", "report_events": false}, "E": "nul\u{0}",
            }})),
        ),
        of("GET", "/channels/..", None),
        of("GET", "/channels/%2E%2e%2f?", None),
        of("GET", "/channels/%FF%00a", None),
        of("DELETE", "/channels/1.2?reason=no%20such", None),
        of("DELETE", "/channels/-1?reason_code=", None),
        of("DELETE", "/channels/1.2?reason=busy", None),
        of("GET", "/channels/1.2", Some(json!("a body"))),
        of("POST", "/channels/1.2/mute", None),
        of(
            "POST",
            "/channels/1.2/record?name=a&format=wav&ifExists=perhaps",
            None,
        ),
        of(
            "POST",
            "/channels/1.2/record?name=a&format=wav&terminateOn=%23",
            None,
        ),
        of(
            "POST",
            "/bridges/b/addChannel?channel=a&absorbDTMF=yes",
            None,
        ),
        of(
            "PUT",
            "/applications/a/eventFilter",
            Some(json!({"allowed": [], "disallowed": []})),
        ),
        of(
            "PUT",
            "/applications/a/eventFilter",
            Some(json!({"allowed": [{"type": "Dial"}]})),
        ),
        of("PUT", "/applications/a/eventFilter", Some(json!(-1))),
        of("GET", "/events", None),
    ]);
    samples
}

/// Returns a request of an operation with these arguments. `None` if it has no such request.
fn sample(operation: &'static Operation, extent: Extent) -> Option<Sample> {
    let parameters = operation.parameters.iter();
    let chosen = parameters.filter(|it| extent != Extent::Required || it.required);
    let arguments = chosen.map(|parameter| (parameter.name, value(parameter, extent)));
    let request = Request::from_arguments(operation, arguments).ok()?;
    let body = request
        .body()
        .map(|body| serde_json::from_slice(body).expect("JSON"));
    Some(Sample::new(
        operation.method.as_str(),
        &request.path_and_query(),
        body,
    ))
}

fn value(parameter: &Parameter, extent: Extent) -> Value {
    let text = match (parameter.values.last(), extent) {
        (Some(last), _) => last.value,
        (None, Extent::Hostile) => HOSTILE,
        // A comma separates the values of some lists.
        (None, _) => "alice",
    };
    let scalar = |kind| match kind {
        Scalar::Boolean => json!(extent == Extent::Hostile),
        Scalar::Int | Scalar::Long => json!(parameter.min.unwrap_or(1).max(1)),
        Scalar::Double => json!(0.25),
        _ => json!(text),
    };
    match parameter.kind {
        ParameterType::Scalar(kind) => scalar(kind),
        ParameterType::List(kind) | ParameterType::Joined(kind) => {
            json!([scalar(kind), scalar(kind)])
        }
        ParameterType::Split(kind) => match extent {
            Extent::Hostile => json!([scalar(kind)]),
            _ => json!([scalar(kind), scalar(kind)]),
        },
        ParameterType::Variables if extent == Extent::Hostile => {
            json!({text: {"value": text, "report_events": true}, "B": text})
        }
        ParameterType::Variables | ParameterType::TextMap => json!({text: text, "B": "2"}),
        ParameterType::JsonMap => json!({text: [1, null, {text: 5_000_000_000_i64}], "B": "2"}),
        ParameterType::Fields => json!([{"attribute": text, "value": text}]),
        ParameterType::EventFilter => {
            json!({"allowed": [{"type": text}, {"type": "RESTResponse"}], "disallowed": []})
        }
        _ => json!({text: text}),
    }
}

/// Returns `true` if a sample has hostile text, or is none of those of all operations.
fn is_unusual(sample: &Sample) -> bool {
    let known = |extent| {
        let operation = sample.given().operation;
        self::sample(operation, extent).is_some_and(|other| other.path == sample.path)
    };
    !known(Extent::Required)
}

/// A request as it arrived at the fake server.
#[derive(Debug, PartialEq)]
struct Arrived {
    method: &'static str,
    path: String,
    query: Vec<(String, String)>,
    body: Option<Value>,
}

/// Takes the requests that have arrived since the last time.
fn take_requests(asterisk: &Asterisk, seen: &mut usize) -> Vec<Arrived> {
    let requests = asterisk.requests();
    let new = requests.iter().skip(*seen).map(|request| {
        let mut query = request.query.clone();
        query.sort();
        let decode = |segment| percent_encoding::percent_decode_str(segment).collect::<Vec<u8>>();
        let segments = request.path.split('/').map(decode);
        Arrived {
            method: request.operation.method.as_str(),
            path: format!("{:?}", segments.collect::<Vec<_>>()),
            query,
            body: request.body.clone(),
        }
    });
    let new = new.collect();
    *seen = requests.len();
    new
}

/// Splits commands into words with a real shell.
fn split(commands: &[&str]) -> Vec<Vec<String>> {
    /// Stands behind the words of a command.
    const END: &str = "\u{1}";
    let lines = commands
        .iter()
        .map(|command| format!("printf '%s\\0' {command} '{END}'\n"));
    let output = run_shell(&lines.collect::<String>(), &[]);
    let output = String::from_utf8(output).expect("UTF-8");
    let words: Vec<&str> = output
        .strip_suffix('\0')
        .expect("words")
        .split('\0')
        .collect();
    let commands = words
        .split(|word| *word == END)
        .filter(|words| !words.is_empty());
    commands
        .map(|words| words.iter().map(|word| (*word).to_owned()).collect())
        .collect()
}

fn run_shell(script: &str, environment: &[(&str, &str)]) -> Vec<u8> {
    let mut command = Command::new("sh");
    command
        .args(["-c", script])
        .envs(environment.iter().copied());
    let output = command.stdin(Stdio::null()).output().expect("a shell");
    output.stdout
}

#[test]
fn every_operation_is_found_by_its_own_path() {
    for operation in OPERATIONS.iter().copied() {
        let sample = sample(operation, Extent::Required).expect("a request");
        assert_eq!(sample.given().operation, operation);
    }
    for (method, path) in [
        ("GET", "/channels/"),
        ("GET", "channels"),
        ("PATCH", "/channels"),
        ("GET", "/channel"),
        ("GET", "/channels/1/2/3"),
        ("GET", ""),
        ("\n", "/channels"),
    ] {
        let target = Target::new("http://pbx:8088/ari", None);
        let refused = create(&target, method, path, "", None);
        assert!(refused.is_err(), "{method} {path}");
    }
}

/// The texts trust the same certificate authority as the command.
#[test]
fn snippets_name_the_certificate_authority() {
    let relative = std::path::Path::new("it's/ca.pem");
    let file = std::path::absolute(relative).expect("a path");
    let file = file.to_str().expect("text");
    let given = GivenRequest::parse("GET", "/channels", "", None).expect("an operation");
    for (url, is_named) in [("https://pbx/ari", true), ("http://pbx/ari", false)] {
        let target = Target::new(url, Some(relative));
        let found = create(&target, "GET", "/channels", "", None).expect("an operation");
        let words = split(&[&found.curl, &found.ari]);
        for (words, option) in words.iter().zip(["--cacert", "--ca-file"]) {
            let has_it = words.windows(2).any(|pair| pair == [option, file]);
            assert_eq!(has_it, is_named, "{words:?}");
        }
        let parsed = parse(given.operation, &words[1]).expect("a request");
        assert!(given.equals(&parsed), "{}", found.ari);
        let option = format!("add_root_certificate({file:?})");
        assert_eq!(found.rust.contains(&option), is_named, "{}", found.rust);
        let code = found.rust.lines().filter(|line| !line.starts_with("//"));
        assert_eq!(code.collect::<String>(), "client.channels().list().await?");
    }
}

/// Samples of all operations have a command of the operation, and a typed request.
#[test]
fn requests_have_commands_and_typed_requests() {
    for operation in OPERATIONS.iter().copied() {
        for extent in [Extent::Required, Extent::Usual, Extent::Hostile] {
            let Some(sample) = sample(operation, extent) else {
                continue;
            };
            let snippets = sample.snippets("http://pbx:8088/ari");
            let is_plain =
                snippets.ari.starts_with("ari ") && !snippets.ari.contains("/ari request ");
            assert!(is_plain, "{operation}: {}", snippets.ari);
            let is_typed =
                snippets.rust.starts_with("client") && !snippets.rust.contains("from_wire");
            assert!(is_typed, "{operation}: {}", snippets.rust);
        }
    }
}

#[test]
fn snippets_are_written_as_in_the_documentation() {
    let url = "http://pbx:8088/ari";
    let variables = json!({"variables": {"CALLERID(name)": "Alice's"}});
    for (sample, expected) in [
        (
            Sample::new("POST", "/channels?endpoint=PJSIP%2Falice&app=hello", None),
            [
                "curl -u \"$ARI_USER:$ARI_PASSWORD\" -X POST \
                 'http://pbx:8088/ari/channels?endpoint=PJSIP%2Falice&app=hello'",
                "ari --url http://pbx:8088/ari channels originate --endpoint PJSIP/alice --app hello",
                "client.channels().originate(\"PJSIP/alice\").app(\"hello\").await?",
            ],
        ),
        (
            Sample::new(
                "POST",
                "/channels?endpoint=PJSIP%2Fbob&timeout=20",
                Some(variables),
            ),
            [
                "curl -u \"$ARI_USER:$ARI_PASSWORD\" -X POST \
                 'http://pbx:8088/ari/channels?endpoint=PJSIP%2Fbob&timeout=20' \
                 -H 'Content-Type: application/json' \
                 --data-raw '{\"variables\":{\"CALLERID(name)\":\"Alice'\\''s\"}}'",
                "ari --url http://pbx:8088/ari channels originate --endpoint PJSIP/bob --timeout 20 \
                 --variables 'CALLERID(name)=Alice'\\''s'",
                "client\n    .channels()\n    .originate(\"PJSIP/bob\")\n    \
                 .timeout(std::time::Duration::from_secs(20))\n    \
                 .variables([(\"CALLERID(name)\", \"Alice's\")])\n    .await?",
            ],
        ),
        (
            Sample::new("DELETE", "/channels/-1?reason=busy", None),
            [
                "curl -u \"$ARI_USER:$ARI_PASSWORD\" -X DELETE \
                 'http://pbx:8088/ari/channels/-1?reason=busy'",
                "ari --url http://pbx:8088/ari channels hangup --reason busy -- -1",
                "client.channel(\"-1\").hangup().reason(\"busy\").await?",
            ],
        ),
        (
            Sample::new("GET", "/recordings/stored/greeting/file", None),
            [
                "curl -u \"$ARI_USER:$ARI_PASSWORD\" --output recording \
                 http://pbx:8088/ari/recordings/stored/greeting/file",
                "ari --url http://pbx:8088/ari recordings get-stored-file greeting --out recording",
                "client.stored_recording(\"greeting\").get_stored_file().await?",
            ],
        ),
        (
            Sample::new("GET", "/channels?page=2", None),
            [
                "curl -u \"$ARI_USER:$ARI_PASSWORD\" 'http://pbx:8088/ari/channels?page=2'",
                "ari --url http://pbx:8088/ari request GET '/channels?page=2'",
                "client\n    .connection()\n    .execute(&ari_api::transport::Request::from_wire(\n        \
                 &ari_api::operations::channels::LIST,\n        \"/channels?page=2\",\n        None,\n    \
                 ))\n    .await?",
            ],
        ),
    ] {
        let Snippets { curl, ari, rust } = sample.snippets(url);
        assert_eq!([&*curl, &ari, &rust], expected);
    }
}

/// A real shell splits each command, whose own parser reads the request again.
#[test]
fn commands_are_read_as_the_request() {
    let samples = all_samples();
    let snippets: Vec<String> = samples
        .iter()
        .map(|it| it.snippets("http://a/ari").ari)
        .collect();
    let are_commands = |text: &&String| text.starts_with("ari ");
    let commands: Vec<&str> = snippets
        .iter()
        .filter(are_commands)
        .map(String::as_str)
        .collect();
    let words = split(&commands);
    assert_eq!(words.len(), commands.len());
    let tree = crate::command::tree(None);
    for words in &words {
        let parsed = tree.clone().try_get_matches_from(words);
        assert!(parsed.is_ok(), "{words:?}: {parsed:?}");
    }
    let given = samples
        .iter()
        .zip(&snippets)
        .filter(|(_, text)| are_commands(text));
    for (words, (sample, text)) in words.iter().zip(given) {
        let given = sample.given();
        let request = request_of(&given, words);
        // `ari request` also sends what cannot be decoded.
        let is_same = request.path_and_query() == given.path_and_query()
            && request
                .body()
                .map(|body| serde_json::from_slice(body).expect("JSON"))
                == sample.body;
        assert!(
            is_same || given.equals(&request),
            "{text}\n{request:?}\n{sample:?}"
        );
    }
    for (sample, text) in samples
        .iter()
        .zip(&snippets)
        .filter(|(_, text)| !are_commands(text))
    {
        assert!(text.starts_with("# ") && !text.contains('\n'), "{text}");
        assert!(sample.given().opens_websocket(), "{text}");
    }
}

/// Returns the request that a command sends.
fn request_of(given: &GivenRequest, words: &[String]) -> Request {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let any = |path: &str, body: Option<&str>| {
        let body = body.map(|body| serde_json::from_str(body).expect("JSON"));
        any_request(given.method(), path.to_owned(), body).expect("a request")
    };
    match words.as_slice() {
        ["ari", "--url", _, "request", _, path] => any(path, None),
        ["ari", "--url", _, "request", _, path, "--body", body] => any(path, Some(body)),
        ["ari", "--url", _, "request", _, path, body] => any(path, body.strip_prefix("--body=")),
        words => {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            parse(given.operation, &words).expect("a command")
        }
    }
}

/// Sends each request itself, by curl, by `ari`'s request and by the expression in Rust, to the fake
/// server.
#[test]
fn snippets_send_the_request() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let asterisk = runtime
        .block_on(Asterisk::builder().user("tester", "s3cret").start())
        .expect("a fake server");
    let client = asterisk.client().expect("a client");
    let samples = all_samples();
    let mut seen = 0;
    let has_curl = Command::new("curl").arg("--version").output().is_ok();
    if !has_curl {
        eprintln!("curl is not installed: its commands are not executed");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let url = asterisk.url();
    let commands: Vec<String> = samples.iter().map(|it| it.snippets(&url).ari).collect();
    // Those that are a comment are one word.
    let commands = commands.iter().map(|text| match text.starts_with('#') {
        true => "none",
        false => text.as_str(),
    });
    let words = split(&commands.collect::<Vec<_>>());
    for (index, sample) in samples.iter().enumerate() {
        let snippets = sample.snippets(&url);
        let given = sample.given();
        if given.opens_websocket() {
            continue;
        }
        runtime.block_on(async {
            let body = sample.body.clone();
            let request = any_request(given.method(), given.path_and_query(), body);
            let _ = client
                .connection()
                .execute(&request.expect("a request"))
                .await;
        });
        let expected = take_requests(&asterisk, &mut seen);
        assert!(!expected.is_empty(), "{sample:?}");
        // Other samples have the same form.
        if has_curl && is_unusual(sample) {
            let script = format!("cd {:?} && {}", folder.path(), snippets.curl);
            let curl = move || {
                let login = [("ARI_USER", "tester"), ("ARI_PASSWORD", "s3cret")];
                run_shell(&script, &login)
            };
            // The server responds while curl runs.
            let finished = runtime.block_on(async { tokio::task::spawn_blocking(curl).await });
            finished.expect("curl");
            let arrived = take_requests(&asterisk, &mut seen);
            assert_eq!(arrived.len(), 1, "{}", snippets.curl);
            assert_eq!(arrived.first(), expected.first(), "{}", snippets.curl);
        }
        let request = request_of(&given, &words[index]);
        let _ = runtime.block_on(client.connection().execute(&request));
        // Behind it are the client's requests for the cause of an error.
        let arrived = take_requests(&asterisk, &mut seen);
        assert_eq!(arrived.first(), expected.first(), "{}", snippets.ari);
        // Most objects do not exist.
        let _ = runtime.block_on(samples::run(&client, index));
        let arrived = take_requests(&asterisk, &mut seen);
        assert_eq!(arrived.first(), expected.first(), "{}", snippets.rust);
    }
}

/// The file that the test above compiles has the snippets of all samples.
#[test]
fn samples_in_rust_are_current() {
    let mut text = String::from(
        "\
// Written by the test `samples_in_rust_are_current`: do not edit.

//! The Rust snippets of all samples, which tests compile and run.

type Outcome = Result<(), Box<dyn std::error::Error>>;

",
    );
    let samples = all_samples();
    let mut arms = String::new();
    for (index, sample) in samples.iter().enumerate() {
        let rust = sample.snippets("http://a/ari").rust;
        let body = match rust.starts_with("//") {
            true => format!("    let _ = client;\n    {rust}\n"),
            false => format!("    {};\n", rust.replace('\n', "\n    ")),
        };
        text.push_str(&format!(
            "async fn sample_{index}(client: &ari_api::Client) -> Outcome {{\n{body}    Ok(())\n}}\n\n"
        ));
        arms.push_str(&format!(
            "        {index} => Box::pin(sample_{index}(client)).await,\n"
        ));
    }
    text.push_str(&format!(
        "\
/// Sends the request of a sample.
pub(super) async fn run(client: &ari_api::Client, index: usize) -> Outcome {{
    match index {{
{arms}        _ => Ok(()),
    }}
}}
"
    ));
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/src/explore/snippets/samples.rs"
    );
    if std::env::var_os("ARI_BLESS").is_some() {
        std::fs::write(path, text).expect("a file");
        return;
    }
    let committed = std::fs::read_to_string(path).expect("a file");
    assert!(
        committed == text,
        "samples.rs differs: run ARI_BLESS=1 cargo test -p ari-cli samples_in_rust, then the tests"
    );
}
