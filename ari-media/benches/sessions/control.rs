//! The carrier's process as the measured process sees it, and the agreements between both.
//!
//! A line of text is a command, and its answer is a line of JSON: `calls N` makes calls enter the
//! application, `sessions` returns the number of open connections, `mode NAME` sets the behaviour of
//! all of them, and `report` ends it and returns what was recorded.

use std::io;
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};

use ari_media::pcm::{ByteOrder, Decoder, Format};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// The application of all calls.
pub(crate) const APPLICATION: &str = "bench";

/// The argument with which this program runs as the carrier.
pub(crate) const CARRIER_ARGUMENT: &str = "carrier-process";

/// The number of levels that tell frames apart.
pub(crate) const LEVELS: usize = 64;

/// The behaviour of the carrier's connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Sends nothing, and records nothing.
    Idle,
    /// Sends a frame every 20 ms, and records the arrival of each frame.
    Duplex,
    /// Sends a frame every 20 ms, and records the time until it comes back.
    Echo,
    /// Sends nothing, and records when each level was heard last.
    Listen,
}

const MODES: [(Mode, &str); 4] = [
    (Mode::Idle, "idle"),
    (Mode::Duplex, "duplex"),
    (Mode::Echo, "echo"),
    (Mode::Listen, "listen"),
];

impl Mode {
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        let mut modes = MODES.iter();
        modes.find(|(_, it)| *it == name).map(|(mode, _)| *mode)
    }

    fn name(self) -> &'static str {
        let mut modes = MODES.iter();
        modes
            .find(|(it, _)| *it == self)
            .map_or("", |(_, name)| name)
    }
}

pub(crate) fn call_id(number: usize) -> String {
    format!("call-{number}")
}

/// Returns the sample of a level. µ-law represents it exactly, and it is not silence.
pub(crate) fn sample_of(level: usize) -> i16 {
    let mut samples = Vec::new();
    let code = u8::try_from(level % LEVELS).unwrap_or_default();
    if let Some(mut decoder) = Decoder::new(Format::Ulaw, ByteOrder::Little) {
        decoder.decode(&[code], &mut samples);
    }
    samples.first().copied().unwrap_or_default()
}

/// Returns the microseconds since the epoch, which both processes read from the same clock.
pub(crate) fn clock() -> i64 {
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    time.map_or(0, |time| {
        i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
    })
}

/// The carrier's process. It ends with this value.
pub(crate) struct CarrierProcess {
    _child: Child,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    pub(crate) port: u64,
}

impl CarrierProcess {
    pub(crate) async fn start() -> io::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(CARRIER_ARGUMENT)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        let mut carrier = CarrierProcess {
            _child: child,
            input,
            output: BufReader::new(output).lines(),
            port: 0,
        };
        carrier.port = carrier.answer().await?.as_u64().unwrap_or_default();
        Ok(carrier)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/ari", self.port)
    }

    pub(crate) fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub(crate) fn pid(&self) -> Option<u32> {
        self._child.id()
    }

    pub(crate) async fn enter_calls(&mut self, count: usize) -> io::Result<()> {
        self.command(&format!("calls {count}")).await.map(drop)
    }

    pub(crate) async fn set_mode(&mut self, mode: Mode) -> io::Result<()> {
        self.command(&format!("mode {}", mode.name()))
            .await
            .map(drop)
    }

    /// Returns the number of connections that are open.
    pub(crate) async fn sessions(&mut self) -> io::Result<u64> {
        let sessions = self.command("sessions").await?;
        sessions.as_u64().ok_or(io::ErrorKind::InvalidData.into())
    }

    pub(crate) async fn report(&mut self) -> io::Result<Value> {
        self.command("report").await
    }

    async fn command(&mut self, line: &str) -> io::Result<Value> {
        self.input.write_all(format!("{line}\n").as_bytes()).await?;
        self.answer().await
    }

    async fn answer(&mut self) -> io::Result<Value> {
        let line = self.output.next_line().await?;
        let line = line.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(serde_json::from_str(&line)?)
    }
}
