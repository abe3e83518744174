//! A program of `ari-api`, `ari-media` or `ari-calls`, as users run it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use ari_test_support::LIMIT;

/// Returns the names of all examples.
pub(crate) fn names() -> BTreeSet<String> {
    let packages = ["ari-api", "ari-media", "ari-calls"].into_iter();
    let files = packages.flat_map(|package| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(package);
        fs::read_dir(folder.join("examples")).unwrap()
    });
    let names = files.filter_map(|file| {
        let file = file.unwrap();
        let name = file.file_name().into_string().unwrap();
        match name.strip_suffix(".rs") {
            Some(name) => Some(name.to_owned()),
            None => file.path().join("main.rs").exists().then_some(name),
        }
    });
    names.collect()
}

/// A running program, and its output.
pub(crate) struct Example {
    name: &'static str,
    child: Child,
    arriving: Receiver<String>,
    lines: Vec<String>,
}

impl Example {
    /// Starts it with the Asterisk at this address, or without any.
    pub(crate) fn start(name: &'static str, url: Option<&str>, arguments: &[&str]) -> Self {
        Self::start_at(name, url, None, arguments)
    }

    /// Starts one that Asterisk connects to, at this address.
    pub(crate) fn start_at(
        name: &'static str,
        url: Option<&str>,
        listen: Option<SocketAddr>,
        arguments: &[&str],
    ) -> Self {
        // Built once: many can run at the same time, and cargo lets one build after the other.
        static BUILT: Once = Once::new();
        BUILT.call_once(|| {
            let mut build = Command::new(env!("CARGO"));
            build.args([
                "build",
                "--quiet",
                "--offline",
                "-p",
                "ari-api",
                "-p",
                "ari-media",
                "-p",
                "ari-calls",
            ]);
            let built = build
                .args(["--features", "ari-api/server,ari-calls/media", "--examples"])
                .status();
            assert!(built.unwrap().success());
        });
        let programs = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("debug/examples");
        let mut command = Command::new(programs.join(name));
        for name in ["ARI_URL", "ARI_USER", "ARI_PASSWORD", "ARI_LISTEN"] {
            command.env_remove(name);
        }
        if let Some(url) = url {
            command.env("ARI_URL", url);
        }
        if let Some(listen) = listen {
            command.env("ARI_LISTEN", listen.to_string());
        }
        let mut child = command
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, arriving) = mpsc::channel();
        forward_lines(child.stdout.take().unwrap(), sender.clone());
        forward_lines(child.stderr.take().unwrap(), sender);
        Example {
            name,
            child,
            arriving,
            lines: Vec::new(),
        }
    }

    /// Waits for a line with this text, after those that earlier calls returned, and returns it.
    pub(crate) fn wait_for_line(&mut self, text: &str) -> String {
        let end = Instant::now() + LIMIT;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(line) = self.arriving.recv_timeout(left) else {
                panic!(
                    "{}: {text:?} did not come, only {:#?}",
                    self.name, self.lines
                );
            };
            self.lines.push(line.clone());
            if line.contains(text) {
                return line;
            }
        }
    }

    /// Presses Ctrl-C.
    pub(crate) fn interrupt(&self) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
        assert!(sent.success());
    }

    /// Returns the number of lines so far that contain this text.
    pub(crate) fn count_arrived(&mut self, text: &str) -> usize {
        self.lines.extend(self.arriving.try_iter());
        self.count(text)
    }

    /// Kills the program.
    pub(crate) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Presses Return.
    pub(crate) fn press_return(&mut self) {
        drop(self.child.stdin.take());
    }

    /// Waits for the program to exit and returns all its lines. One limit covers the whole wait,
    /// because a program that continues to print must not keep the test forever.
    pub(crate) fn end(mut self, success: bool) -> Vec<String> {
        let end = Instant::now() + LIMIT;
        let left = || end.saturating_duration_since(Instant::now());
        while let Ok(line) = self.arriving.recv_timeout(left()) {
            self.lines.push(line);
        }
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                !left().is_zero(),
                "{} has not ended, only {:#?}",
                self.name,
                self.lines
            );
            thread::sleep(Duration::from_millis(10));
        };
        let lines = std::mem::take(&mut self.lines);
        assert_eq!(status.success(), success, "{}: {lines:#?}", self.name);
        println!("{}: {lines:#?}", self.name);
        lines
    }

    /// Returns the number of lines that contain this text.
    pub(crate) fn count(&self, text: &str) -> usize {
        self.lines.iter().filter(|line| line.contains(text)).count()
    }
}

/// Passes lines on until either side ends.
fn forward_lines(from: impl Read + Send + 'static, to: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if to.send(line).is_err() {
                break;
            }
        }
    });
}

impl Drop for Example {
    fn drop(&mut self) {
        // It has ended, unless the test fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.lines.extend(self.arriving.try_iter());
        if !self.lines.is_empty() {
            println!("{}, stopped: {:#?}", self.name, self.lines);
        }
    }
}
