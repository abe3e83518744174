//! A terminal, and the screen that a person would see.

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use ari_test_support::{LIMIT, block_until};

use super::support::{Server, environment, program};

/// A terminal of 80 columns and 24 rows, in which a shell runs a command.
pub(crate) struct Terminal {
    child: Child,
    written: Arc<Mutex<Vec<u8>>>,
    /// `None` once it has ended.
    reader: Option<thread::JoinHandle<()>>,
    size: (u16, u16),
}

impl Terminal {
    /// Runs `ari` with these arguments, and with settings in addition to those for the server.
    pub(crate) fn start(server: &Server, words: &str, settings: &[(&str, &str)]) -> Self {
        // Ctrl-C is for the command. Any shell continues after it, and prints the exit code.
        let shell = format!(
            "trap : INT; stty rows 24 cols 80; echo before $(stty -g); echo tty $(tty) end; \
             sh -c 'echo pid $$ end; exec \"$ARI_PROGRAM\" {words}'; echo code $? end; \
             echo after $(stty -g)"
        );
        let mut command = Command::new("script");
        let mut child = environment(&mut command, server)
            .args(["-qc", &shell, "/dev/null"])
            .env("ARI_PROGRAM", program())
            .env("TERM", "xterm-256color")
            .env("SHELL", "/bin/sh")
            .envs(settings.iter().copied())
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
            reader: Some(reader),
            size: (24, 80),
        }
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.written.lock().unwrap()).into_owned()
    }

    /// Returns the screen that a person would see.
    pub(crate) fn screen(&self) -> vt100::Parser {
        let (rows, columns) = self.size;
        let (rows, columns) = (rows.try_into().unwrap(), columns.try_into().unwrap());
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&self.written.lock().unwrap());
        parser
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        let input = self.child.stdin.as_mut().unwrap();
        input.write_all(keys.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    /// Resizes it; earlier output no longer counts.
    pub(crate) fn resize(&mut self, rows: u16, columns: u16) {
        let place = self.word_after("tty");
        self.size = (rows, columns);
        self.written.lock().unwrap().clear();
        let mut stty = Command::new("stty");
        stty.args(["-F", &place, "rows", &rows.to_string()]);
        let status = stty.args(["cols", &columns.to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// Waits until the terminal shows no keys that are pressed.
    #[track_caller]
    pub(crate) fn wait_until_echo_is_off(&self) {
        let place = self.word_after("tty");
        block_until("the end of the echo", || {
            let stty = Command::new("stty").args(["-F", &place, "-a"]).output();
            String::from_utf8_lossy(&stty.unwrap().stdout).contains(" -echo ")
        });
    }

    /// Waits for text that was written at any time.
    #[track_caller]
    pub(crate) fn wait_for_output(&self, text: &str) {
        block_until(text, || self.text().contains(text));
    }

    #[track_caller]
    pub(crate) fn wait_for_screen(&self, text: &str) -> String {
        let mut shown = String::new();
        let begin = Instant::now();
        while !shown.contains(text) {
            assert!(begin.elapsed() < LIMIT, "{text:?} is not shown:\n{shown}");
            thread::sleep(Duration::from_millis(50));
            shown = self.screen().screen().contents();
        }
        shown
    }

    pub(crate) fn word_after(&self, word: &str) -> String {
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

    /// Waits for the end, and checks that the terminal's state is restored.
    #[track_caller]
    pub(crate) fn end(mut self, code: &str) {
        self.wait_for_output("after ");
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
        assert_eq!(self.word_after("code"), code, "{}", self.text());
        // Missing if it was resized.
        let before = self.word_after("before");
        if !before.is_empty() {
            assert_eq!(before, self.word_after("after"));
        }
        let parser = self.screen();
        assert!(!parser.screen().alternate_screen() && !parser.screen().hide_cursor());
        let reader = self.reader.take().unwrap();
        reader.join().unwrap();
    }
}

impl Drop for Terminal {
    /// Ends the command of a failed test, so that no process remains.
    fn drop(&mut self) {
        if self.reader.is_some() {
            let command = self.word_after("pid");
            let mut kill = Command::new("kill");
            let _ = kill.arg(command).stderr(Stdio::null()).status();
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}
