//! The commands of operators, against one NATS node, a fake server and its gateway.

use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::nats;
use crate::process::Process;

const ARI: &str = env!("CARGO_BIN_EXE_ari");

/// The time limit of each wait.
const LIMIT: Duration = Duration::from_secs(60);

/// A cluster, and the settings of commands.
struct Operators {
    variables: [(&'static str, String); 4],
    _processes: Vec<Process>,
}

impl Operators {
    /// Starts the cluster. `None` if NATS is not installed.
    fn start(folder: &Path) -> Option<Operators> {
        let (node, url) = nats::start_with_jetstream(folder)?;
        let address = url.trim_start_matches("nats://");
        wait_for("NATS", || TcpStream::connect(address).ok());
        let mock = folder.join("mock");
        let arguments = ["mock", "--port", "0", "--json"];
        let mut processes = vec![node, Process::start(ARI, &arguments, &[], &mock)];
        let started = wait_for("the fake", || {
            let text = std::fs::read_to_string(mock.with_extension("out")).ok()?;
            serde_json::from_str::<Value>(text.lines().next()?).ok()
        });
        let variables = [
            ("ARI_NATS", url),
            ("ARI_URL", started["url"].as_str().unwrap().to_owned()),
            ("ARI_USER", "aritest".to_owned()),
            ("ARI_PASSWORD", "testme".to_owned()),
        ];
        let given = variables.each_ref();
        let given = given.map(|(name, value)| (*name, value.as_str()));
        let history = "StasisStart,StasisEnd";
        let recording = folder.join("gateway.jsonl");
        let arguments = [
            "--record",
            recording.to_str().unwrap(),
            "gateway",
            "--name",
            "munich",
            "--app",
            "hello",
            "--history",
            history,
        ];
        let gateway = Process::start(ARI, &arguments, &given, &folder.join("gateway"));
        processes.push(gateway);
        Some(Operators {
            variables,
            _processes: processes,
        })
    }

    /// Runs a command. Returns its output, and the one of its errors.
    fn run(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(ARI);
        command.args(arguments).stdin(Stdio::null());
        command.envs(self.variables.iter().map(|(name, value)| (*name, value)));
        let Output {
            status,
            stdout,
            stderr,
        } = command.output().unwrap();
        match status.success() {
            true => Ok(String::from_utf8(stdout).unwrap()),
            false => Err(String::from_utf8(stderr).unwrap()),
        }
    }

    /// Returns the state of the server, as `ari gateway list` shows it.
    fn state(&self) -> Option<String> {
        let text = self.run(&["gateway", "list", "--json"]).ok()?;
        let servers: Value = serde_json::from_str(&text).unwrap();
        let server = &servers.as_array()?.first()?;
        assert_eq!(
            [&server["name"], &server["application"]],
            ["munich", "hello"]
        );
        Some(server["state"].as_str().unwrap().to_owned())
    }

    fn wait_for_state(&self, expected: &str) {
        wait_for(expected, || self.state().filter(|state| state == expected));
    }
}

fn wait_for<T>(what: &str, mut get: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(value) = get() {
            return value;
        }
        assert!(begin.elapsed() < LIMIT, "{what} did not come");
        sleep(Duration::from_millis(50));
    }
}

#[test]
fn operators_drain_servers_and_read_the_history() {
    let folder = tempfile::tempdir().unwrap();
    let Some(operators) = Operators::start(folder.path()) else {
        assert!(
            std::env::var_os("ARI_LIVE").is_none(),
            "nats-server is not installed"
        );
        println!("skipped: nats-server is not installed");
        return;
    };
    operators.wait_for_state("serving");
    let drained = operators.run(&["gateway", "drain", "munich"]);
    assert_eq!(drained.unwrap(), "munich is draining; it has 0 calls\n");
    operators.wait_for_state("draining");
    let undrained = operators.run(&["gateway", "undrain", "munich"]);
    assert_eq!(
        undrained.unwrap(),
        "munich takes new calls; it has 0 calls\n"
    );
    operators.wait_for_state("serving");
    // A gateway that cannot log in to Asterisk says why.
    let log = folder.path().join("wrong");
    let given = operators.variables.each_ref();
    let mut given = given.map(|(name, value)| (*name, value.as_str()));
    given[3].1 = "wrong";
    let arguments = [
        "gateway", "--name", "paris", "--app", "hello", "--app", "hello",
    ];
    let wrong = Process::start(ARI, &arguments, &given, &log);
    let text = wait_for("the reason", || {
        let text = std::fs::read_to_string(log.with_extension("err")).ok()?;
        text.contains("warning").then_some(text)
    });
    assert!(text.contains("the password is wrong"), "{text}");
    drop(wrong);
    let unknown = operators.run(&["gateway", "drain", "nowhere"]).unwrap_err();
    assert!(unknown.contains("nowhere"), "{unknown}");

    // No worker takes the call, so that it goes on in the dialplan.
    let endpoint = ["--endpoint", "Local/1@testari", "--channel-id", "first"];
    let arguments = [&["channels", "originate", "--app", "hello"][..], &endpoint].concat();
    operators.run(&arguments).unwrap();
    let kinds = |text: &str| -> Vec<String> {
        let events = text.lines().map(|line| serde_json::from_str(line).unwrap());
        let kind = |event: Value| event["type"].as_str().unwrap().to_owned();
        events.map(kind).collect()
    };
    let history = ["history", "first"];
    let events = wait_for("the history", || {
        let text = operators.run(&[&history[..], &["--json"]].concat()).ok()?;
        Some(kinds(&text)).filter(|kinds| kinds.len() == 2)
    });
    assert_eq!(events, ["StasisStart", "StasisEnd"]);
    let table = operators.run(&history).unwrap();
    assert!(
        table.contains("StasisEnd") && table.contains("munich"),
        "{table}"
    );

    // The gateway records what it exchanges with the server. The history has no such traffic.
    let recording = folder.path().join("gateway.jsonl");
    let recording = recording.to_str().unwrap();
    let parts = [
        "StasisStart",
        "> POST /channels/first/continue",
        "StasisEnd",
    ];
    wait_for("the recording", || {
        let trace = operators.run(&["trace", "first", recording]).ok()?;
        parts.iter().all(|part| trace.contains(part)).then_some(())
    });
    let other = folder.path().join("other.jsonl");
    let arguments = [&history[..], &["--record", other.to_str().unwrap()]].concat();
    let refused = operators.run(&arguments).unwrap_err();
    assert!(refused.contains("it reads from NATS"), "{refused}");
    assert!(!other.exists());
}
