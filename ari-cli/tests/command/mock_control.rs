//! The control API of `ari mock`, its commands, scenarios, and the documented examples of all.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use super::fake::Fake;
use super::support::{ari, run, signal};

fn mock_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../ari-mock")
}

/// The application `hello`, which prints its events.
struct Application {
    child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
}

impl Application {
    fn connect(fake: &Fake) -> Self {
        let mut command = fake.command(&["events", "hello", "--json"]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut application = Application { child, lines };
        application.next("Connected");
        application
    }

    /// Returns the next event of a type.
    fn next(&mut self, kind: &str) -> Value {
        loop {
            let line = self.lines.next().expect("a line").expect("text");
            let event: Value = serde_json::from_str(&line).expect("JSON");
            if event["type"] == kind {
                return event;
            }
        }
    }
}

impl Drop for Application {
    fn drop(&mut self) {
        signal(self.child.id(), "INT");
        let _ = self.child.wait();
    }
}

/// Returns the blocks of shell commands below a heading of the README.
fn documented_commands() -> Vec<String> {
    let text = fs::read_to_string(mock_folder().join("README.md")).expect("a file");
    let (_, section) = text
        .split_once("\n## An application in any language\n")
        .expect("a section");
    let (section, _) = section.split_once("\n## ").expect("an end");
    let blocks = section.split("```sh\n").skip(1);
    let commands = blocks.filter_map(|block| block.split_once("```"));
    commands.map(|(commands, _)| commands.to_owned()).collect()
}

/// Returns a shell that runs commands, which find `ari`, the fake and its user.
fn shell(fake: &Fake, commands: &str) -> Command {
    let address = fake
        .url()
        .trim_start_matches("http://")
        .trim_end_matches("/ari");
    let mut command = Command::new("bash");
    command.args(["-ec", &commands.replace("127.0.0.1:8088", address)]);
    let folder = Path::new(env!("CARGO_BIN_EXE_ari"))
        .parent()
        .expect("a folder");
    let path = std::env::var("PATH").expect("a path");
    command.env("PATH", format!("{}:{path}", folder.display()));
    command
        .env("ARI_URL", fake.url())
        .env("HOME", "/nonexistent");
    command.env_remove("ARI_USER").env_remove("ARI_PASSWORD");
    command.stdin(Stdio::null());
    command
}

fn has_curl() -> bool {
    // `--json` is an option since 7.82.
    let help = Command::new("curl").args(["--help", "all"]).output();
    help.is_ok_and(|help| String::from_utf8_lossy(&help.stdout).contains("--json"))
}

#[test]
fn readme_commands_work() {
    let blocks = documented_commands();
    let [start, curl, commands, waits] = &blocks[..] else {
        panic!("other blocks: {blocks:?}");
    };
    assert_eq!(start.trim(), "ari mock");
    let fake = Fake::start(&[], &[]);
    let mut application = Application::connect(&fake);
    for block in [curl, commands] {
        if block == curl && !has_curl() {
            println!("skipped: no curl with --json");
            continue;
        }
        let (code, out, err) = run(shell(&fake, block));
        assert_eq!(code, 0, "{block}: {out}{err}");
        let start = application.next("StasisStart");
        assert_eq!(
            (&start["channel"]["id"], &start["args"][0]),
            (&"alice".into(), &"menu".into())
        );
        assert_eq!(application.next("ChannelDtmfReceived")["digit"], "1");
        assert_eq!(application.next("StasisEnd")["channel"]["id"], "alice");
    }
    if has_curl() {
        let answer = ["channels", "answer", "alice"];
        assert_eq!(fake.ask("aritest", "testme", &answer).0, 3);
        let (code, out, err) = run(shell(&fake, waits));
        assert!(code == 0 && out.contains("404"), "{out}{err}");
    }
    drop(application);
    assert_eq!(fake.end("INT").0, Some(0));
}

#[test]
fn commands_report_errors_of_the_fake() {
    let fake = Fake::start(&[], &[]);
    for (arguments, code, part) in [
        (
            &["mock", "press", "none", "1"][..],
            3,
            "channel \"none\" does not exist",
        ),
        (
            &["mock", "call", "PJSIP/alice"],
            3,
            "either application or extension",
        ),
        (&["mock", "press", "none", "x"], 3, "keys 0 to 9"),
        (&["mock", "press", "none"], 2, "KEYS"),
        (&["mock", "hangup", "none", "--cause=200"], 2, "200"),
        (&["mock", "dance"], 2, "dance"),
        (
            &[
                "mock",
                "requests",
                "--operation=channels.answer",
                "--wait=0.1",
            ],
            7,
            "0 of 1 requests (channels.answer)",
        ),
        (&["mock", "requests", "--times=2"], 3, "wait"),
        (&["mock", "unregister", "PJSIP/none"], 3, "PJSIP/loop"),
    ] {
        let (found, out) = fake.ask("aritest", "testme", arguments);
        assert!(
            found == code && out.contains(part),
            "{arguments:?}: {found} {out}"
        );
    }
    assert_eq!(fake.ask("aritest", "wrong", &["mock", "state"]).0, 3);
    let mut unreachable = ari(&["mock", "state", "--url=http://127.0.0.1:1/ari"]);
    unreachable
        .env_remove("ARI_USER")
        .env_remove("ARI_PASSWORD");
    assert_eq!(run(unreachable).0, 4);
    fake.end("INT");
}

/// A shell script waits for a request of an application, and the journal has what arrives.
#[test]
fn requests_are_waited_for_and_recorded() {
    let folder = tempfile::tempdir().expect("a folder");
    let journal = folder.path().join("journal.jsonl");
    let fake = Fake::start(&["--journal", journal.to_str().expect("a path")], &[]);
    let application = Application::connect(&fake);
    let wait = [
        "mock",
        "requests",
        "--operation=bridges.create",
        "--path=bridges",
    ];
    let wait = [&wait[..], &["--responded", "--wait=100", "--json"]].concat();
    let mut waiting = fake.command(&wait);
    let waiting = waiting.stdout(Stdio::piped()).spawn().expect("it runs");
    fake.good(&["bridges", "create"]);
    let out = waiting.wait_with_output().expect("it ends");
    let found: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    assert_eq!(
        (out.status.code(), &found[0]["status"]),
        (Some(0), &200.into())
    );
    assert_eq!(
        fake.ask("aritest", "testme", &["request", "GET", "/none"])
            .0,
        3
    );
    drop(application);
    fake.end("INT");
    let lines = fs::read_to_string(journal).expect("a file");
    for part in [
        r#""method":"GET","path":"events""#,
        r#""method":"POST","path":"bridges""#,
        r#""method":"GET","path":"none""#,
    ] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
}

#[test]
fn documented_scenario_is_played() {
    let file = mock_folder().join("examples/scenario.toml");
    let file = file.to_str().expect("a path");
    let fake = Fake::start(&["--paused", "--strict", "--scenario", file], &[]);
    // Nothing happens before the application connects.
    fake.good(&["mock", "advance", "5"]);
    assert_eq!(fake.good(&["channels", "list", "--json"]).trim(), "[]");
    let mut application = Application::connect(&fake);
    fake.good(&["mock", "advance", "60"]);
    let start = application.next("StasisStart");
    assert_eq!(
        (&start["channel"]["id"], &start["args"][0]),
        (&"alice".into(), &"menu".into())
    );
    assert_eq!(start["channel"]["caller"]["name"], "Alice");
    assert_eq!(application.next("ChannelDtmfReceived")["digit"], "1");
    assert_eq!(application.next("StasisEnd")["channel"]["id"], "alice");
    for round in 1..=100 {
        let start = application.next("StasisStart");
        assert_eq!(start["channel"]["id"], format!("load-{round}"));
    }
    application.next("StasisEnd");
    let state: Value =
        serde_json::from_str(&fake.good(&["mock", "state", "--json"])).expect("JSON");
    assert_eq!(state["channels"], serde_json::json!([]));
    assert_eq!(state["faults"][0]["operation"], "channels.answer");
    drop(application);
    assert_eq!(fake.end("INT"), (Some(0), Vec::new()));
}

/// A step that is not possible is reported, and makes a strict fake fail.
#[test]
fn impossible_steps_are_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("scenario.json");
    let steps = r#"{"steps": [{"action": "press", "channel": "none", "keys": "1"}]}"#;
    fs::write(&file, steps).expect("a file");
    let mut fake = Fake::start(
        &["--strict", "--scenario", file.to_str().expect("a path")],
        &[],
    );
    let line = fake.lines.next().expect("a line").expect("text");
    let report: Value = serde_json::from_str(&line).expect("JSON");
    let text = report["scenario"].as_str().unwrap_or_default();
    assert!(
        text.starts_with("steps[0] (press): channel \"none\""),
        "{line}"
    );
    assert_eq!(fake.end("INT").0, Some(7));

    for (name, text, parts) in [
        (
            "a.json",
            "{\"steps\": []}",
            &["a.json: the scenario has no steps"][..],
        ),
        ("b.json", "{\n\"steps\": [}", &["b.json, line 2"]),
        (
            "c.toml",
            "[[steps]]\naction = \"pres\"\n",
            &["steps[0].action", "press"],
        ),
        (
            "d.toml",
            "[[steps]]\naction = \"tone\"\nchanel = \"a\"\n",
            &["steps[0].chanel", "channel"],
        ),
        (
            "e.toml",
            "[[loops]]\nevery = 0\n",
            &["loops[0].every", "0.001"],
        ),
        (
            "f.toml",
            "[[steps]]\nat = 3600\naction = \"call\"\nendpoint = \"alice\"\napplication = \"a\"\n",
            &["steps[0].endpoint", "technology"],
        ),
        (
            "g.toml",
            "[[loops]]\nevery = 1\n[[loops.steps]]\naction = \"call\"\nendpoint = \"PJSIP/a\"\n\
             application = \"a\"\nextension = \"1\"\n",
            &["loops[0].steps[0].application", "either"],
        ),
        (
            "h.toml",
            "[[steps]]\naction = \"call\"\nendpoint = \"PJSIP/a\"\nextension = \"nowhere\"\n",
            &["h.toml: steps[0].extension", "\"nowhere\""],
        ),
        (
            "i.toml",
            "application = \"a\"\n[[steps]]\naction = \"fault\"\nstatus = 500\n\
             operation = \"channels.foo\"\n",
            &["steps[0].operation", "\"channels.foo\""],
        ),
        (
            "j.toml",
            "[[steps]]\naction = \"fault\"\noperation = \"channels.answer\"\n",
            &["steps[0].status", "give status"],
        ),
        (
            "k.toml",
            "[[steps]]\naction = \"transfer\"\nchannel = \"a\"\nother = \"a\"\n",
            &["steps[0].other", "the channel itself"],
        ),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        let (code, out, err) = run(ari(&[
            "mock",
            "--port=0",
            "--scenario",
            file.to_str().expect("a path"),
        ]));
        assert_eq!((code, &*out), (2, ""), "{name}: {err}");
        for part in parts {
            assert!(err.contains(part), "{name}: {part}: {err}");
        }
    }
}

/// Returns the values of a key of a YAML file, of one line or indented below `|`.
fn values_of(text: &str, key: &str) -> Vec<String> {
    let mut lines = text.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let Some(value) = line.trim_start().trim_start_matches("- ").strip_prefix(key) else {
            continue;
        };
        let mut value = value.trim().to_owned();
        if value == "|" {
            value.clear();
            while let Some(next) =
                lines.next_if(|next| next.len() - next.trim_start().len() > indent)
            {
                value.push_str(next.trim_start());
                value.push('\n');
            }
        }
        found.push(value);
    }
    found
}

/// The steps of the example of a workflow work, apart from the installation.
#[test]
fn workflow_example_works() {
    let text =
        fs::read_to_string(mock_folder().join("examples/github-actions.yml")).expect("a file");
    let steps = values_of(&text, "run:");
    assert_eq!(steps.len(), 4, "{steps:?}");
    assert_eq!(steps[0], "cargo install --locked --path ari/ari-cli");
    let folder = tempfile::tempdir().expect("a folder");
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let url = format!("http://127.0.0.1:{port}/ari");
    let bin = Path::new(env!("CARGO_BIN_EXE_ari"))
        .parent()
        .expect("a folder");
    let path = format!(
        "{}:{}",
        bin.display(),
        std::env::var("PATH").expect("a path")
    );
    let mut failure = None;
    for step in &steps[1..] {
        // The test ends what the runner of a workflow ends by itself.
        let start = format!("ari mock --port {port} & echo $! > mock.pid");
        let step = step.replace("ari mock &", &start);
        let mut command = Command::new("bash");
        command.args(["-ec", &step]).current_dir(folder.path());
        command
            .env("PATH", &path)
            .env("HOME", "/nonexistent")
            .env("ARI_URL", &url);
        command
            .env("ARI_USER", "aritest")
            .env("ARI_PASSWORD", "testme");
        let log = fs::File::create(folder.path().join("out")).expect("a file");
        command
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a file"))
            .stderr(log);
        if !command.status().expect("bash runs").success() {
            let out = fs::read_to_string(folder.path().join("out")).unwrap_or_default();
            failure = Some(format!("{step}: {out}"));
            break;
        }
    }
    let pid = fs::read_to_string(folder.path().join("mock.pid")).expect("a file");
    signal(pid.trim().parse().expect("a number"), "INT");
    assert_eq!(failure, None);
}

/// The command of the example of a container works, on another port.
#[test]
fn container_example_works() {
    let text = fs::read_to_string(mock_folder().join("examples/Containerfile")).expect("a file");
    let entry = text
        .lines()
        .find_map(|line| line.strip_prefix("ENTRYPOINT "))
        .expect("a command");
    let words: Vec<String> = serde_json::from_str(entry).expect("a list of words");
    assert_eq!(words[..2], ["ari", "mock"]);
    let words: Vec<_> = words[1..]
        .iter()
        .map(|word| word.replace(":8088", ":0"))
        .collect();
    let mut arguments: Vec<_> = words.iter().map(String::as_str).collect();
    arguments.push("--json");
    let fake = Fake::run(&arguments, &[("ARI_USER", "boss"), ("ARI_PASSWORD", "0wn")]);
    assert_eq!(fake.ask("boss", "0wn", &["mock", "state"]).0, 0);
    fake.end("TERM");
}
