//! A fake Asterisk in a process of its own: `ari mock`.

use std::io::{BufRead as _, BufReader, Lines};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;

use ari_mock::Asterisk;
use serde_json::Value;

use super::support::{ari, run, signal};

/// A running fake, and the lines that it prints.
pub(crate) struct Fake {
    child: Child,
    pub(crate) lines: Lines<BufReader<ChildStdout>>,
    /// The content of its first line.
    pub(crate) told: Value,
}

impl Fake {
    pub(crate) fn start(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        Self::run(
            &[&["mock", "--port", "0", "--json"], arguments].concat(),
            environment,
        )
    }

    /// Starts it with all arguments, which must contain `--json`.
    pub(crate) fn run(arguments: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut command = ari(arguments);
        command.env_remove("ARI_USER").env_remove("ARI_PASSWORD");
        command.envs(environment.iter().copied());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let out = child.stdout.take().expect("a pipe");
        let mut lines = BufReader::new(out).lines();
        let first = lines.next().expect("a line").expect("text");
        let told = serde_json::from_str(&first).expect("JSON");
        Fake { child, lines, told }
    }

    pub(crate) fn url(&self) -> &str {
        self.told["url"].as_str().expect("a URL")
    }

    /// Runs a command as a user, and returns its exit code and output.
    pub(crate) fn ask(&self, user: &str, password: &str, arguments: &[&str]) -> (i32, String) {
        let mut command = ari(arguments);
        command.env("ARI_URL", self.url());
        command.env("ARI_USER", user).env("ARI_PASSWORD", password);
        let (code, out, err) = run(command);
        (code, out + &err)
    }

    /// Ends the process, and returns its exit code and its remaining lines.
    pub(crate) fn end(mut self, by: &str) -> (Option<i32>, Vec<String>) {
        signal(self.child.id(), by);
        let lines = self.lines.by_ref().map_while(Result::ok).collect();
        (self.child.wait().expect("it ends").code(), lines)
    }

    /// Returns a command with the URL and the user of the fake.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = ari(arguments);
        command.env("ARI_URL", self.url());
        command
            .env("ARI_USER", "aritest")
            .env("ARI_PASSWORD", "testme");
        command
    }

    /// Runs a command against the fake, which must succeed, and returns its output.
    #[track_caller]
    pub(crate) fn good(&self, arguments: &[&str]) -> String {
        let (code, out, err) = run(self.command(arguments));
        assert_eq!(code, 0, "{arguments:?}: {err}");
        out
    }

    /// Originates a call from `Local/EXTENSION@testari` into the application `hello`, which must be
    /// registered, and returns the channel's id.
    pub(crate) fn call(&self, extension: &str) -> String {
        let endpoint = format!("--endpoint=Local/{extension}@testari");
        let arguments = ["channels", "originate", &endpoint, "--app=hello", "--json"];
        let channel: Value = serde_json::from_str(&self.good(&arguments)).expect("JSON");
        channel["id"].as_str().expect("an id").to_owned()
    }

    /// Makes the fake hang: it accepts connections and sends no responses.
    pub(crate) fn hang(&self) {
        signal(self.child.id(), "STOP");
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        // It has ended, unless it hangs or the test fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a fake in this process, which the test controls.
pub(crate) fn within() -> Asterisk {
    let (sender, started) = channel();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime");
        runtime.block_on(async {
            let _ = sender.send(Asterisk::start().await);
            std::future::pending::<()>().await;
        });
    });
    let started = started.recv().expect("it starts");
    started.expect("a free port")
}

/// Returns a command with the URL and the user of such a fake.
pub(crate) fn to(pbx: &Asterisk, arguments: &[&str]) -> Command {
    let mut command = ari(arguments);
    command.env("ARI_URL", pbx.url());
    command
        .env("ARI_USER", "aritest")
        .env("ARI_PASSWORD", "testme");
    command
}
