//! A whole session on a simulated clock: the real program's side, real sockets, and a scripted
//! Asterisk that is in time.
//!
//! Tokio's clock is the clock of the program, which runs only when the simulation wakes it. Between
//! two wakes, neither its timers nor its sockets are polled, as if the machine were busy. Asterisk
//! acts on time, without a runtime.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use ari_api::stream::EventStream;
use ari_media::pcm::{Format, SampleRate};
use ari_media::{AudioSender, Media, SendError, SendOutcome};
use ari_test_support::LIMIT;
use ari_test_support::frame::opcode;

use crate::ari::{APPLICATION, Ari, CALL, Script};
use crate::asterisk::Asterisk;
use crate::program;
use crate::wire::Kind;

const MILLISECOND: Duration = Duration::from_millis(1);

/// The number of times that all tasks of the program run before the simulation looks again. Each
/// time, everything that has arrived on a socket is delivered.
const TURNS: usize = 3;

/// A generator of numbers that are the same in each run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number from 1 to `max`.
    pub(crate) fn up_to(&mut self, max: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % max + 1
    }
}

pub(crate) struct Simulation {
    pub(crate) asterisk: Asterisk,
    pub(crate) media: Media,
    kind: Kind,
    /// The time of Asterisk, and that of the program, which stands still between its wakes.
    pub(crate) now: Duration,
    program: Duration,
    next_wake: Duration,
    /// The longest time in milliseconds between two wakes.
    pub(crate) max_delay: u64,
    random: Random,
    /// The pings and the frames that were sent to the program.
    pings: usize,
    spoken: u64,
    _ari: Ari,
    _app: EventStream<ari_api::Event>,
    /// Keeps the clock from advancing by itself.
    _frozen: mpsc::Sender<()>,
}

/// Runs a simulation on a clock of its own.
pub(crate) fn simulate(kind: Kind, seed: u64, test: impl AsyncFnOnce(Simulation)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async { test(Simulation::open(kind, seed).await).await });
}

/// Lets the program run until the future is ready, without advancing its clock.
async fn finish<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> T {
    let task = tokio::spawn(future);
    let begin = Instant::now();
    while !task.is_finished() {
        assert!(begin.elapsed() < LIMIT, "not finished");
        tokio::task::yield_now().await;
        // The scripted server has threads.
        thread::sleep(Duration::from_micros(200));
    }
    task.await.expect("a result")
}

impl Simulation {
    async fn open(kind: Kind, seed: u64) -> Self {
        tokio::time::pause();
        let (frozen, dropped) = mpsc::channel::<()>();
        // A paused clock does not advance by itself while a blocking task runs.
        tokio::task::spawn_blocking(move || {
            let _ = dropped.recv();
        });
        let ari = Ari::start(Script::new(kind));
        let client = program::client(&ari);
        let service = finish(program::service(client.clone(), ari.control())).await;
        let app = finish(async move { client.application(APPLICATION).connect().await }).await;
        let opening = service
            .open(CALL)
            .application(APPLICATION)
            .carrier(kind.carrier());
        let opening = match kind {
            // Other formats of RTP lose the exact values.
            Kind::Rtp => opening.raw(Format::Slin(SampleRate::Hz8000)),
            _ => opening,
        };
        let media = finish(async move { opening.await })
            .await
            .expect("a session");
        let frame_bytes = if kind == Kind::Rtp { 320 } else { 640 };
        Simulation {
            asterisk: Asterisk::new(kind, ari.wire(), frame_bytes),
            media,
            kind,
            now: Duration::ZERO,
            program: Duration::ZERO,
            next_wake: Duration::ZERO,
            max_delay: 10,
            random: Random::new(seed),
            pings: 0,
            spoken: 0,
            _ari: ari,
            _app: app.expect("an application"),
            _frozen: frozen,
        }
    }

    /// Returns the number of samples in a frame.
    pub(crate) fn frame(&self) -> usize {
        match self.kind {
            Kind::Rtp => 160,
            _ => 320,
        }
    }

    /// Returns the duration of samples.
    pub(crate) fn duration(&self, samples: usize) -> Duration {
        Duration::from_millis(20) * u32::try_from(samples).expect("few samples")
            / u32::try_from(self.frame()).expect("few samples")
    }

    /// Sends samples without waiting.
    pub(crate) fn try_send(
        &self,
        sender: &AudioSender,
        samples: &[i16],
    ) -> Result<SendOutcome, SendError> {
        match self.kind {
            Kind::Rtp => {
                let bytes = samples.iter().flat_map(|one| one.to_be_bytes());
                sender.try_send_raw(bytes.collect::<Vec<_>>())
            }
            _ => sender.try_send(samples),
        }
    }

    /// Returns the samples of a frame that Asterisk has received.
    pub(crate) fn samples(&self, frame: &[u8]) -> Vec<i16> {
        let (pairs, _) = frame.as_chunks::<2>();
        let decode = match self.kind {
            Kind::Rtp => i16::from_be_bytes,
            _ => i16::from_le_bytes,
        };
        pairs.iter().map(|pair| decode(*pair)).collect()
    }

    /// Returns the time at which the program runs next.
    pub(crate) fn next_wake(&self) -> Duration {
        self.next_wake
    }

    /// Keeps the program from running for this time.
    pub(crate) fn stall(&mut self, time: Duration) {
        self.next_wake = self.now + time;
    }

    /// Advances to the next wake of the program, and wakes it.
    pub(crate) async fn advance(&mut self) {
        while self.now < self.next_wake {
            self.now += MILLISECOND;
            if self.asterisk.next_action().is_some_and(|at| at <= self.now) {
                self.asterisk.step(self.now);
            }
        }
        self.wake().await;
        let delay = self.random.up_to(self.max_delay);
        self.next_wake = self.now + MILLISECOND * u32::try_from(delay).expect("a short delay");
    }

    /// Lets the program run, until it has processed all that was sent to it, and Asterisk has
    /// received all that it has sent. The system can delay packets in real time, although both ends
    /// are on one machine.
    async fn wake(&mut self) {
        if self.kind.is_websocket() {
            self.asterisk.wire.send_frame(opcode::PING, b"");
            self.pings += 1;
        }
        let passed = self.now - self.program;
        self.program = self.now;
        tokio::time::advance(passed).await;
        let begin = Instant::now();
        loop {
            for _ in 0..TURNS {
                tokio::task::yield_now().await;
            }
            self.asterisk.step(self.now);
            let stats = self.media.stats();
            let is_quiet = self.asterisk.pongs >= self.pings
                && self.asterisk.received as u64 >= stats.frames_sent
                && stats.packets_received >= self.spoken;
            if is_quiet {
                return;
            }
            assert!(begin.elapsed() < LIMIT, "not quiet: {stats:?}");
            thread::sleep(Duration::from_micros(50));
        }
    }

    /// Sends a frame of the caller, all samples of which have this value.
    pub(crate) fn speak(&mut self, value: i16) {
        let samples = vec![value; self.frame()];
        let bytes = samples.iter();
        let (code, bytes): (u8, Vec<u8>) = match self.kind {
            Kind::Rtp => (10, bytes.flat_map(|one| one.to_be_bytes()).collect()),
            _ => (0x12, bytes.flat_map(|one| one.to_le_bytes()).collect()),
        };
        self.asterisk.wire.send_audio(code, &bytes);
        self.spoken += 1;
    }
}
