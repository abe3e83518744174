//! The program and its servers: fake and real ones, from one list.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use ari_test_support::{LIMIT, block_until};
use serde_json::Value;

use crate::asterisk::{Asterisk, Release};

/// Returns the program, which cargo builds first.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--offline", "-p", "ari-cli"])
            .arg("--message-format=json")
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text.lines().map(|line| serde_json::from_str(line).unwrap());
        let mut programs = messages.filter_map(|message: Value| {
            let program = message["executable"].as_str();
            program
                .filter(|_| message["target"]["name"] == "ari")
                .map(PathBuf::from)
        });
        let program = programs.next_back();
        program.unwrap_or_else(|| panic!("{}", String::from_utf8_lossy(&output.stderr)))
    })
}

/// A server, and its address.
pub(crate) struct Server {
    kind: Kind,
    /// The name in messages: `the fake Asterisk 16`.
    pub(crate) name: String,
    pub(crate) release: u32,
    pub(crate) url: String,
}

enum Kind {
    /// `ari mock`, in a process of its own; `None` while it is stopped.
    Fake(Option<Child>),
    Real(Box<Asterisk>),
}

/// Runs a test with each available server: the fake ones always, the real ones if they are
/// installed.
pub(crate) fn on_every_server(test: impl Fn(&mut Server)) {
    for release in [16, 22, 24] {
        test(&mut Server::fake(release));
    }
    for release in Release::ALL {
        if let Some(server) = Asterisk::start(release) {
            test(&mut Server::real(server));
        }
    }
}

impl Server {
    pub(crate) fn fake(release: u32) -> Self {
        let (child, url) = fake(release, "0");
        Server {
            kind: Kind::Fake(Some(child)),
            name: format!("the fake Asterisk {release}"),
            release,
            url,
        }
    }

    pub(crate) fn real(server: Asterisk) -> Self {
        Server {
            name: format!("Asterisk {}", server.release()),
            release: server.release().number(),
            url: server.url(),
            kind: Kind::Real(Box::new(server)),
        }
    }

    /// Returns the server itself, if it is a real one.
    pub(crate) fn asterisk(&mut self) -> Option<&mut Asterisk> {
        match &mut self.kind {
            Kind::Real(server) => Some(server),
            Kind::Fake(_) => None,
        }
    }

    /// Kills it, as a power cut would.
    pub(crate) fn stop(&mut self) {
        match &mut self.kind {
            Kind::Real(server) => server.stop(),
            Kind::Fake(child) => {
                let mut child = child.take().expect("it runs");
                child.kill().unwrap();
                child.wait().unwrap();
            }
        }
    }

    /// Starts it again at the same address.
    pub(crate) fn restart(&mut self) {
        match &mut self.kind {
            Kind::Real(server) => server.restart(),
            Kind::Fake(child) => {
                let port = self.url.rsplit_once(':').unwrap().1;
                let port = port.trim_end_matches("/ari");
                *child = Some(fake(self.release, port).0);
            }
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Kind::Fake(Some(child)) = &mut self.kind {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts a fake server, and returns its address when it serves.
fn fake(release: u32, port: &str) -> (Child, String) {
    let release = release.to_string();
    let mut child = isolate(&mut Command::new(program()))
        .args(["mock", "--port", port, "--release", &release, "--json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let out = child.stdout.as_mut().unwrap();
    BufReader::new(out).read_line(&mut line).unwrap();
    let told: Value = serde_json::from_str(&line).expect("the fake Asterisk starts");
    (child, told["url"].as_str().unwrap().to_owned())
}

/// Removes every setting of the machine from the command's environment.
pub(crate) fn isolate(command: &mut Command) -> &mut Command {
    for name in [
        "ARI_URL",
        "ARI_USER",
        "ARI_PASSWORD",
        "ARI_PROFILE",
        "NO_COLOR",
    ] {
        command.env_remove(name);
    }
    command
        .env("HOME", "/nonexistent")
        .env_remove("XDG_CONFIG_HOME")
        .stdin(Stdio::null())
}

/// Adds the settings for a server to the command's environment.
pub(crate) fn environment<'a>(command: &'a mut Command, server: &Server) -> &'a mut Command {
    isolate(command)
        .env("ARI_URL", &server.url)
        .env("ARI_USER", "aritest")
        .env("ARI_PASSWORD", "testme")
}

pub(crate) fn command(server: &Server, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    environment(&mut command, server).args(arguments);
    command
}

/// Runs the command; returns the exit code, standard output and standard error.
pub(crate) fn run(server: &Server, arguments: &[&str]) -> (Option<i32>, String, String) {
    outcome(command(server, arguments))
}

pub(crate) fn outcome(mut command: Command) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (status.code(), text(stdout), text(stderr))
}

/// Returns the output of a command that must succeed.
#[track_caller]
pub(crate) fn run_successfully(server: &Server, arguments: &[&str]) -> String {
    let (code, out, err) = run(server, arguments);
    assert_eq!(code, Some(0), "{} {arguments:?}: {out}{err}", server.name);
    out
}

/// A command that continues, and its lines.
pub(crate) struct RunningCommand {
    pub(crate) child: Child,
    pub(crate) lines: Receiver<String>,
    pub(crate) passed: Vec<String>,
}

impl RunningCommand {
    pub(crate) fn start(server: &Server, arguments: &[&str]) -> Self {
        Self::from_command(command(server, arguments))
    }

    /// Starts a command whose lines are those of its standard error, and whose standard input is
    /// open.
    pub(crate) fn start_for_notes(server: &Server, arguments: &[&str]) -> Self {
        let mut command = command(server, arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let notes = child.stderr.take().unwrap();
        Self::reading(child, notes)
    }

    pub(crate) fn from_command(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let out = child.stdout.take().unwrap();
        Self::reading(child, out)
    }

    fn reading(child: Child, out: impl Read + Send + 'static) -> Self {
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines() {
                let _ = sender.send(line.unwrap());
            }
        });
        RunningCommand {
            child,
            lines,
            passed: Vec::new(),
        }
    }

    /// Returns the next line that contains this text.
    #[track_caller]
    pub(crate) fn wait_for_line(&mut self, part: &str) -> String {
        loop {
            match self.lines.recv_timeout(LIMIT) {
                Ok(line) if line.contains(part) => return line,
                Ok(line) => self.passed.push(line),
                Err(_) => panic!("{part:?} does not come: {:#?}", self.passed),
            }
        }
    }

    pub(crate) fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    pub(crate) fn end(mut self) -> (Option<i32>, Vec<String>) {
        let mut code = None;
        block_until("the end of the program", || {
            code = self.child.try_wait().unwrap();
            code.is_some()
        });
        let code = code.and_then(|status| status.code());
        (code, self.lines.iter().collect())
    }
}

/// A command that a failed test leaves behind would keep the output of the tests open.
impl Drop for RunningCommand {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn signal(process: u32, name: &str) {
    let status = Command::new("kill")
        .args([&format!("-{name}"), &process.to_string()])
        .status();
    assert!(status.unwrap().success());
}

/// Originates a call into the application `hello`, and returns the channel's id.
pub(crate) fn originate(server: &Server, extension: &str) -> String {
    let endpoint = format!("--endpoint=Local/{extension}@testari");
    let arguments = [
        "channels",
        "originate",
        &endpoint,
        "--app",
        "hello",
        "--json",
    ];
    let out = run_successfully(server, &[&arguments[..], &["--app-args", "world"]].concat());
    let channel: Value = serde_json::from_str(&out).unwrap();
    channel["id"].as_str().unwrap().to_owned()
}
