//! The `ari` command against real servers, as a program.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::asterisk::{Asterisk, Release};

/// How long anything may take that takes milliseconds as a rule.
const LIMIT: Duration = Duration::from_secs(30);

/// The program, which cargo builds first.
fn program() -> &'static Path {
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

fn on_every_release(test: impl Fn(&mut Asterisk)) {
    for release in Release::ALL {
        if let Some(mut server) = Asterisk::start(release) {
            test(&mut server);
        }
    }
}

fn environment<'a>(command: &'a mut Command, server: &Asterisk) -> &'a mut Command {
    command
        .env("ARI_URL", server.url())
        .env("ARI_USER", server.user())
        .env("ARI_PASSWORD", server.password())
        .env("HOME", "/nonexistent")
        .env_remove("XDG_CONFIG_HOME")
}

fn command(server: &Asterisk, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    environment(&mut command, server)
        .args(arguments)
        .stdin(Stdio::null());
    command
}

/// Exit code, standard output and standard error.
fn run(server: &Asterisk, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command(server, arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (status.code(), text(stdout), text(stderr))
}

/// What a success prints.
#[track_caller]
fn good(server: &Asterisk, arguments: &[&str]) -> String {
    let (code, out, err) = run(server, arguments);
    assert_eq!(
        code,
        Some(0),
        "{} {arguments:?}: {out}{err}",
        server.release()
    );
    out
}

/// A command that goes on, and its lines.
struct Running {
    child: Child,
    lines: Receiver<String>,
    passed: Vec<String>,
}

impl Running {
    fn start(server: &Asterisk, arguments: &[&str]) -> Self {
        let mut child = command(server, arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            for line in out.lines() {
                let _ = sender.send(line.unwrap());
            }
        });
        Running {
            child,
            lines,
            passed: Vec::new(),
        }
    }

    /// The next line that holds this.
    #[track_caller]
    fn line(&mut self, part: &str) -> String {
        loop {
            match self.lines.recv_timeout(LIMIT) {
                Ok(line) if line.contains(part) => return line,
                Ok(line) => self.passed.push(line),
                Err(_) => panic!("{part:?} does not come: {:#?}", self.passed),
            }
        }
    }

    fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    fn end(mut self) -> (Option<i32>, Vec<String>) {
        let code = self.child.wait().unwrap().code();
        (code, self.lines.iter().collect())
    }
}

fn signal(process: u32, name: &str) {
    let status = Command::new("kill")
        .args([&format!("-{name}"), &process.to_string()])
        .status();
    assert!(status.unwrap().success());
}

#[track_caller]
fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !done() {
        assert!(begin.elapsed() < LIMIT, "{what} does not come");
        thread::sleep(Duration::from_millis(50));
    }
}

/// Calls into the application `hello`, and returns the channel's id.
fn originate(server: &Asterisk, extension: &str) -> String {
    let endpoint = format!("--endpoint=Local/{extension}@testari");
    let arguments = [
        "channels",
        "originate",
        &endpoint,
        "--app",
        "hello",
        "--json",
    ];
    let out = good(server, &[&arguments[..], &["--app-args", "world"]].concat());
    let channel: Value = serde_json::from_str(&out).unwrap();
    channel["id"].as_str().unwrap().to_owned()
}

/// What was done with wscat and curl.
#[test]
fn the_tutorial_in_a_shell() {
    on_every_release(|server| {
        let release = server.release();
        let mut events = Running::start(server, &["events", "hello"]);
        events.line("Connected");
        let id = originate(server, "1");
        let start = events.line("StasisStart");
        assert!(
            start.contains("args world") && start.contains("Local/1@testari"),
            "{start}"
        );
        assert!(!start.contains('\x1b'), "{start}");
        let list = good(server, &["channels", "list"]);
        assert!(list.starts_with("id ") && list.contains(&id), "{list}");
        good(server, &["channels", "hangup", &id]);
        events.line("StasisEnd");
        let info = good(server, &["asterisk", "info", "--fields", "system.version"]);
        assert!(
            info.starts_with(&format!("system.version  {release}.")),
            "{info}"
        );
        events.signal("INT");
        assert_eq!(events.end().0, Some(0), "Asterisk {release}");
        let left = || good(server, &["applications", "list", "--json"]);
        until("the application's end", || left().trim() == "[]");
    });
}

#[test]
fn events_are_filtered_and_connections_come_back() {
    on_every_release(|server| {
        let arguments = ["events", "hello", "--json", "--type", "StasisStart"];
        let mut events = Running::start(server, &arguments);
        let mut raw = Running::start(server, &["events", "--raw", "--", "events", "claim"]);
        events.line(r#""Connected""#);
        let id = originate(server, "1");
        let start: Value = serde_json::from_str(&events.line("StasisStart")).unwrap();
        assert_eq!(start["channel"]["id"], *id);
        assert_eq!(start["args"], serde_json::json!(["world"]));
        good(
            server,
            &[
                "events",
                "user-event",
                "Ping",
                "--application=events",
                "--variables=n=1",
            ],
        );
        let event: Value = serde_json::from_str(&raw.line("Ping")).unwrap();
        assert_eq!(event["userevent"]["n"], 1);
        server.stop();
        events.line("Disconnected");
        server.restart();
        events.line("Reconnected");
        originate(server, "1");
        events.line("StasisStart");
        assert!(
            events.passed.iter().all(|line| line.contains("Reconciled")),
            "{:?}",
            events.passed
        );
        events.signal("TERM");
        assert_eq!(events.end().0, Some(0));
        raw.signal("TERM");
        assert_eq!(raw.end().0, Some(0));
    });
}

#[test]
fn a_reader_of_events_may_go() {
    on_every_release(|server| {
        let mut child = command(server, &["events", "hello"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        out.read_line(&mut String::new()).unwrap();
        drop(out);
        originate(server, "1");
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && err.is_empty(), "{err}");
    });
}

#[test]
fn calls_are_followed_to_their_end() {
    on_every_release(|server| {
        let release = server.release();
        let call = |extension: &str, more: &[&str]| {
            let endpoint = format!("Local/{extension}@testari");
            run(
                server,
                &[&["call", &endpoint, "--app", "hello"], more].concat(),
            )
        };
        for beside in [false, true] {
            // Beside a program that is that application, the call is followed without taking over.
            let events = beside.then(|| {
                let mut events = Running::start(server, &["events", "hello"]);
                events.line("Connected");
                events
            });
            let (code, out, err) = call("brief", &[]);
            assert_eq!(code, Some(0), "{release}: {out}{err}");
            assert!(
                out.contains("ChannelDestroyed") && out.contains("answered, and ended"),
                "{out}"
            );
            let (code, out, err) = call("busy", &["--timeout", "5"]);
            assert_eq!(code, Some(7), "{release}: {out}{err}");
            assert!(err.contains("the call was not answered"), "{err}");
            if let Some(mut events) = events {
                events.line("StasisEnd");
                events.signal("INT");
                let (_, rest) = events.end();
                assert!(
                    !rest.iter().any(|line| line.contains("ApplicationReplaced")),
                    "{rest:?}"
                );
            }
        }
        let mut waiting = Running::start(server, &["call", "Local/1@testari", "--app", "hello"]);
        waiting.line("StasisStart");
        waiting.signal("INT");
        let (code, rest) = waiting.end();
        assert_eq!(code, Some(130), "{rest:?}");
        assert!(
            rest.iter().any(|line| line.contains("ChannelDestroyed")),
            "{rest:?}"
        );
    });
}

#[test]
fn media_is_played_and_recorded() {
    on_every_release(|server| {
        let mut events = Running::start(server, &["events", "hello"]);
        events.line("Connected");
        let id = originate(server, "tone");
        events.line("StasisStart");
        good(server, &["play", &id, "sound:hello-world"]);
        let (code, _, err) = run(server, &["play", &id, "sound:no-such-sound"]);
        assert_eq!(code, Some(1), "{err}");
        assert!(
            err.contains("sound:no-such-sound cannot be played"),
            "{err}"
        );
        let (code, _, err) = run(server, &["play", "nobody", "sound:hello-world"]);
        assert_eq!(code, Some(3), "{err}");
        assert!(err.contains("there is no channel"), "{err}");

        let file = server.dir().join("here.wav");
        let path = file.to_str().unwrap();
        good(
            server,
            &["record", &id, "--out", path, "--max-duration-seconds", "1"],
        );
        let bytes = std::fs::read(&file).unwrap();
        assert!(
            bytes.starts_with(b"RIFF") && bytes.len() > 8_000,
            "{}",
            bytes.len()
        );
        let arguments = ["record", &id, "--out", path, "--json"];
        let recording = Running::start(server, &arguments);
        let live = || {
            std::fs::read_dir(server.dir().join("spool/recording"))
                .unwrap()
                .count()
        };
        until("the recording", || live() > 0);
        thread::sleep(Duration::from_millis(500));
        recording.signal("INT");
        let (code, lines) = recording.end();
        assert_eq!(code, Some(0), "{lines:?}");
        assert!(lines.concat().contains(r#""state":"done""#), "{lines:?}");
        assert!(std::fs::read(&file).unwrap().starts_with(b"RIFF"));
        assert_eq!(
            good(server, &["recordings", "list-stored", "--json"]).trim(),
            "[]"
        );
        events.signal("INT");
        events.end();
    });
}

#[test]
fn the_doctor_tells_what_to_change() {
    on_every_release(|server| {
        let out = good(server, &["doctor"]);
        for expected in [
            "credentials",
            "release",
            "events",
            "modules",
            "sessions",
            "clock",
        ] {
            let line = out.lines().find(|line| line.contains(expected));
            // Packages lack a module that one resource needs.
            let states = match expected {
                "modules" => &["ok", "warning"][..],
                _ => &["ok"],
            };
            let state = line.and_then(|line| line.split(' ').next());
            assert!(
                state.is_some_and(|state| states.contains(&state)),
                "{expected}: {out}"
            );
        }
        let mut nobody = command(server, &["doctor"]);
        let output = nobody.env("ARI_USER", "nobody").output().unwrap();
        let out = String::from_utf8_lossy(&output.stdout);
        assert_eq!(output.status.code(), Some(7), "{out}");
        assert!(out.contains("401") && out.contains("ari.conf"), "{out}");
        let mut reader = command(server, &["doctor"]);
        reader
            .env("ARI_USER", "reader")
            .env("ARI_PASSWORD", "readme");
        let output = reader.output().unwrap();
        let out = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && out.contains("read_only = no"),
            "{out}"
        );
        let outside = server.url().replace("/ari", "/nowhere");
        let (code, out, _) = run(server, &["doctor", "--url", &outside]);
        assert_eq!(code, Some(7));
        assert!(out.contains("has to end in /ari"), "{out}");
        server.cli("module unload -f res_stasis_recording.so");
        if !server
            .cli("module show like res_stasis_recording")
            .contains("Running")
        {
            let out = good(server, &["doctor"]);
            assert!(out.contains("`load = res_stasis_recording.so`"), "{out}");
        }
    });
}

/// A terminal of 80 columns and 24 rows, in which a shell runs `ari top`.
struct Terminal {
    child: Child,
    written: Arc<Mutex<Vec<u8>>>,
    reader: thread::JoinHandle<()>,
}

impl Terminal {
    fn start(server: &Asterisk) -> Self {
        let shell = "stty rows 24 cols 80; echo before $(stty -g); \
             sh -c 'echo pid $$ end; exec \"$ARI_PROGRAM\" top'; echo code $? end; \
             echo after $(stty -g)";
        let mut command = Command::new("script");
        let mut child = environment(&mut command, server)
            .args(["-qc", shell, "/dev/null"])
            .env("ARI_PROGRAM", program())
            .env("TERM", "xterm-256color")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("script (of util-linux) can be run");
        let written = Arc::new(Mutex::new(Vec::new()));
        let mut out = child.stdout.take().unwrap();
        let into = written.clone();
        let reader = thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = out.read(&mut piece) {
                into.lock().unwrap().extend_from_slice(&piece[..count]);
            }
        });
        Terminal {
            child,
            written,
            reader,
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.written.lock().unwrap()).into_owned()
    }

    /// What a person sees.
    fn screen(&self) -> vt100::Parser {
        let (rows, columns) = (24.try_into().unwrap(), 80.try_into().unwrap());
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&self.written.lock().unwrap());
        parser
    }

    #[track_caller]
    fn until_shown(&self, text: &str) -> String {
        let mut shown = String::new();
        let begin = Instant::now();
        while !shown.contains(text) {
            assert!(begin.elapsed() < LIMIT, "{text:?} is not shown:\n{shown}");
            thread::sleep(Duration::from_millis(50));
            shown = self.screen().screen().contents();
        }
        shown
    }

    fn word_behind(&self, word: &str) -> String {
        let text = self.text();
        let behind = text
            .split_once(&format!("{word} "))
            .map(|(_, behind)| behind);
        behind
            .unwrap_or_default()
            .split_whitespace()
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits for the end; the terminal is as it was.
    fn end(mut self, code: &str) {
        self.until_shown("after");
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
        assert_eq!(self.word_behind("code"), code, "{}", self.text());
        let before = self.word_behind("before");
        assert!(!before.is_empty());
        assert_eq!(before, self.word_behind("after"));
        let parser = self.screen();
        assert!(!parser.screen().alternate_screen() && !parser.screen().hide_cursor());
        self.reader.join().unwrap();
    }
}

#[test]
fn top_shows_the_server_and_gives_the_terminal_back() {
    on_every_release(|server| {
        let release = server.release();
        let mut events = Running::start(server, &["events", "hello"]);
        events.line("Connected");
        originate(server, "1");
        events.line("StasisStart");
        good(
            server,
            &["bridges", "create", "--name", "lobby", "--type", "mixing"],
        );
        let mut terminal = Terminal::start(server);
        terminal.until_shown("lobby");
        originate(server, "brief");
        let shown = terminal.until_shown("ChannelVarset");
        for expected in [
            &format!("Asterisk {release}."),
            "Local/1@testari",
            "hello",
            "mixing",
            "q quits",
            "Events a second",
        ] {
            assert!(shown.contains(expected), "{expected}:\n{shown}");
        }
        println!("{shown}");
        assert!(terminal.screen().screen().alternate_screen());
        terminal
            .child
            .stdin
            .as_mut()
            .unwrap()
            .write_all(b"q")
            .unwrap();
        terminal.end("0");

        let terminal = Terminal::start(server);
        terminal.until_shown("lobby");
        let process = terminal.word_behind("pid");
        signal(process.parse().unwrap(), "TERM");
        terminal.end("0");
        events.signal("INT");
        events.end();
    });
}
