//! A command that continues, and its output.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::thread;

/// The limit of all waits. It is below the request timeout of two minutes, which no exit waits for.
pub(crate) use ari_test_support::LIMIT;

/// A command that continues, and its lines.
pub(crate) struct Watching {
    pub(crate) child: Child,
    pub(crate) lines: std::sync::mpsc::Receiver<String>,
}

impl Watching {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let out = child.stdout.take().expect("a pipe");
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        Watching { child, lines }
    }

    #[track_caller]
    pub(crate) fn until(&mut self, part: &str) {
        let mut passed = Vec::new();
        loop {
            match self.lines.recv_timeout(LIMIT) {
                Ok(line) if line.contains(part) => return,
                Ok(line) => passed.push(line),
                Err(_) => panic!("{part:?} does not come: {passed:#?}"),
            }
        }
    }
}
