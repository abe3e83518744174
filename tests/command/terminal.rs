//! A terminal, and what a person sees of it.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::support::{LIMIT, Server, environment, program};

/// A terminal of 80 columns and 24 rows, in which a shell runs `ari top`.
pub(crate) struct Terminal {
    pub(crate) child: Child,
    pub(crate) written: Arc<Mutex<Vec<u8>>>,
    pub(crate) reader: thread::JoinHandle<()>,
}

impl Terminal {
    pub(crate) fn start(server: &Server) -> Self {
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

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.written.lock().unwrap()).into_owned()
    }

    /// What a person sees.
    pub(crate) fn screen(&self) -> vt100::Parser {
        let (rows, columns) = (24.try_into().unwrap(), 80.try_into().unwrap());
        let mut parser = vt100::Parser::new(rows, columns, 0);
        parser.process(&self.written.lock().unwrap());
        parser
    }

    #[track_caller]
    pub(crate) fn until_shown(&self, text: &str) -> String {
        let mut shown = String::new();
        let begin = Instant::now();
        while !shown.contains(text) {
            assert!(begin.elapsed() < LIMIT, "{text:?} is not shown:\n{shown}");
            thread::sleep(Duration::from_millis(50));
            shown = self.screen().screen().contents();
        }
        shown
    }

    pub(crate) fn word_behind(&self, word: &str) -> String {
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
    pub(crate) fn end(mut self, code: &str) {
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
