//! Sessions of the library beside a bare loop on the same sockets:
//!
//! ```text
//! cargo bench -p ari-media --bench sessions
//! ARI_BENCH_SESSIONS=1000 ARI_BENCH_SECONDS=10 ARI_BENCH_ROUNDS=3 cargo bench -p ari-media --bench sessions
//! cargo bench -p ari-media --bench sessions -- audiosocket
//! ```
//!
//! The program is measured as users write it: ARI over HTTP and a WebSocket, whole sessions with
//! the task that the library runs for each, a task that reads `AudioReceiver`, and one that calls
//! `AudioSender::send`. The bare loop has one task for each connection, without resampling, queues
//! and gap filling. The other end is a scripted Asterisk in another process, so the CPU time and
//! the memory are the program's alone, but all three share the machine's cores.
//!
//! | figure | measured |
//! |---|---|
//! | lateness | at the carrier, for each frame, against a schedule of one frame every 20 ms that begins with the earliest frame of the session. Over WebSocket, when the carrier plays it. |
//! | CPU | of all threads of the program, while each session sends and receives 50 frames a second |
//! | memory | resident memory that sessions add, with up to 500 ms of queued audio each. Socket buffers are the kernel's. |
//! | echo | from sending a frame to its return, at the carrier's socket |
//! | clear | from the call of `AudioSender::clear` to its return, and to the last frame of the cleared utterance that the carrier plays |

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark may end at the first problem"
)]

mod bare;
mod carrier;
mod control;
mod figures;
mod library;
mod subject;
mod wire;

use std::process::Command;
use std::str::FromStr;
use std::time::{Duration, Instant};

use ari_api::Client;
use ari_media::{Carrier, SampleRate};
use serde_json::Value;
use tokio::time::sleep;

use self::bare::Bare;
use self::control::{APPLICATION, CARRIER_ARGUMENT, CarrierProcess, Mode};
use self::figures::{cpu_seconds, median, quantiles, resident};
use self::library::Library;
use self::subject::{Activity, Case, Control};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const CASES: [Case; 4] = [
    Case {
        name: "audiosocket",
        title: "AudioSocket, 16 kHz",
        carrier: Carrier::AudioSocket,
        rate: SampleRate::Hz16000,
        format: "slin16",
        outgoing: "slin16",
    },
    Case {
        name: "websocket",
        title: "WebSocket, 16 kHz",
        carrier: Carrier::WebSocket,
        rate: SampleRate::Hz16000,
        format: "slin16",
        outgoing: "slin16",
    },
    Case {
        name: "rtp8",
        title: "RTP, 8 kHz (µ-law)",
        carrier: Carrier::Rtp,
        rate: SampleRate::Hz8000,
        format: "ulaw",
        outgoing: "ulaw",
    },
    Case {
        name: "rtp16",
        title: "RTP, 16 kHz (L16 in, G.722 out)",
        carrier: Carrier::Rtp,
        rate: SampleRate::Hz16000,
        format: "slin16",
        outgoing: "g722",
    },
];

/// The argument with which this program measures one case, in a process of its own so that its
/// memory is not that of another case.
const CASE_ARGUMENT: &str = "case-process";

/// The time for which an activity runs before it is measured, unless it is measured for less.
const WARM_UP: Duration = Duration::from_millis(500);

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let runtime = tokio::runtime::Runtime::new()?;
    match arguments.as_slice() {
        [CARRIER_ARGUMENT] => Ok(runtime.block_on(carrier::run())?),
        [CASE_ARGUMENT, name] => {
            let case = CASES.iter().find(|case| case.name == *name);
            runtime.block_on(measure(*case.expect("a case")))
        }
        named => {
            let is_named = |case: &Case| named.contains(&case.name);
            let is_any = CASES.iter().any(is_named);
            for case in CASES.iter().filter(|case| !is_any || is_named(case)) {
                let program = std::env::current_exe()?;
                let status = Command::new(program)
                    .args([CASE_ARGUMENT, case.name])
                    .status()?;
                assert!(status.success(), "{} failed", case.title);
            }
            Ok(())
        }
    }
}

/// Returns a size, which an environment variable can set.
fn size<T: FromStr>(variable: &str, usual: T) -> T {
    let set = std::env::var(variable).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// The figures of one run of one program. Times are in milliseconds.
#[derive(Default)]
struct Run {
    lateness: [f64; 3],
    holes: f64,
    frames: f64,
    /// The share of a core that a session takes, in percent.
    idle_cpu: f64,
    cpu: f64,
    carrier_cpu: f64,
    echo: [f64; 3],
    /// Bytes of a session.
    idle_memory: f64,
    memory: f64,
}

/// Measures both programs in turns, and prints the medians.
async fn measure(case: Case) -> Result<()> {
    let sessions = size("ARI_BENCH_SESSIONS", 50);
    let length = Duration::from_secs_f64(size("ARI_BENCH_SECONDS", 2.0));
    let rounds = size("ARI_BENCH_ROUNDS", 1);
    let mut carrier = CarrierProcess::start().await?;
    let client = Client::builder(carrier.url()).build()?;
    let events = client.application(APPLICATION).connect().await?;
    let reader = tokio::spawn(async move {
        let mut events = events;
        while events.next().await.is_some() {}
    });
    carrier.enter_calls(sessions).await?;
    while client
        .connection()
        .application_of(&control::call_id(sessions - 1))
        .is_none()
    {
        sleep(Duration::from_millis(5)).await;
    }
    let control = Control::new();
    let (mut of_library, mut of_bare, mut clearings) = (Vec::new(), Vec::new(), Vec::new());
    let mut opening = Vec::new();
    for round in 0..rounds {
        let before = resident();
        let begin = Instant::now();
        let library = Library::open(&client, case, sessions, &control).await?;
        opening.push(begin.elapsed().as_secs_f64() * 1e3);
        let mut run = run(case, &mut carrier, &control, sessions, length, before).await?;
        if round > 0 {
            // The memory of earlier sessions is used again.
            (run.idle_memory, run.memory) = (0.0, 0.0);
        }
        of_library.push(run);
        if case.is_lossless() {
            carrier.set_mode(Mode::Listen).await?;
            clearings.extend(measure_clear(&library, &mut carrier).await?);
        }
        library.close().await;
        wait_until_closed(&mut carrier).await?;

        let address = carrier.address();
        let bare = Bare::open(&client, case, &address, sessions, &control).await?;
        of_bare.push(self::run(case, &mut carrier, &control, sessions, length, 0.0).await?);
        bare.close().await;
        wait_until_closed(&mut carrier).await?;
    }
    reader.abort();
    print(case, sessions, &of_library, &of_bare, &opening);
    print_clear(&clearings);
    Ok(())
}

async fn wait_until_closed(carrier: &mut CarrierProcess) -> Result<()> {
    while carrier.sessions().await? != 0 {
        sleep(Duration::from_millis(20)).await;
    }
    Ok(())
}

/// Measures a program whose sessions are open.
async fn run(
    case: Case,
    carrier: &mut CarrierProcess,
    control: &Control,
    sessions: usize,
    length: Duration,
    memory_before: f64,
) -> Result<Run> {
    let warm_up = WARM_UP.min(length);
    let each = |seconds: f64| seconds / length.as_secs_f64() / sessions as f64 * 100.0;
    let memory = || (resident() - memory_before) / sessions as f64;
    sleep(warm_up).await;
    let before = cpu_seconds(None);
    sleep(length).await;
    let mut run = Run {
        idle_cpu: each(cpu_seconds(None) - before),
        idle_memory: memory(),
        ..Run::default()
    };

    control.set(Activity::Speak);
    sleep(warm_up).await;
    carrier.set_mode(Mode::Duplex).await?;
    sleep(warm_up).await;
    let before = (cpu_seconds(None), cpu_seconds(carrier.pid()));
    sleep(length).await;
    run.cpu = each(cpu_seconds(None) - before.0);
    run.carrier_cpu = each(cpu_seconds(carrier.pid()) - before.1);
    run.memory = memory();
    let report = carrier.report().await?;
    run.frames = report["frames"].as_f64().unwrap_or_default();
    run.holes = report["holes"].as_f64().unwrap_or_default();
    run.lateness = milliseconds(&report["lateness"]);
    assert!(run.frames > 0.0, "no frame has arrived");
    control.set(Activity::Rest);
    sleep(2 * WARM_UP).await;

    if case.is_lossless() {
        control.set(Activity::Echo);
        carrier.set_mode(Mode::Echo).await?;
        sleep(length).await;
        let report = carrier.report().await?;
        run.echo = milliseconds(&report["echo"]);
        let echoes = report["echoes"].as_f64().unwrap_or_default();
        assert!(echoes > 0.0, "no frame has come back");
        control.set(Activity::Rest);
        sleep(warm_up).await;
    }
    Ok(run)
}

fn milliseconds(quantiles: &Value) -> [f64; 3] {
    [0, 1, 2].map(|at| quantiles[at].as_f64().unwrap_or_default() / 1e3)
}

/// Returns the microseconds from the calls of `clear` to their returns, to the last frame, and from
/// the returns to the last frame.
async fn measure_clear(library: &Library, carrier: &mut CarrierProcess) -> Result<Vec<[i64; 3]>> {
    let clearings = library.clear(10).await?;
    sleep(WARM_UP).await;
    let report = carrier.report().await?;
    let heard = report["heard"].as_array().cloned().unwrap_or_default();
    let mut all = Vec::new();
    for it in &clearings {
        let last = heard
            .iter()
            .find(|heard| heard[0] == it.call && heard[1] == it.level);
        // On a machine that is too busy, an utterance can be cleared before it is heard.
        let Some(last) = last.and_then(|heard| heard[2].as_i64()) else {
            continue;
        };
        all.push([
            it.returned - it.called,
            (last - it.called).max(0),
            (last - it.returned).max(0),
        ]);
    }
    assert!(!all.is_empty(), "no utterance was heard");
    Ok(all)
}

fn print(case: Case, sessions: usize, library: &[Run], bare: &[Run], opening: &[f64]) {
    let of = |runs: &[Run], figure: &dyn Fn(&Run) -> f64| median(runs.iter().map(figure).collect());
    let three = |runs: &[Run], figure: &dyn Fn(&Run) -> [f64; 3]| {
        let [p50, p99, max] = [0, 1, 2].map(|at| of(runs, &|run| figure(run)[at]));
        format!("{p50:.2} / {p99:.2} / {max:.2}")
    };
    let line = |name: &str, library: String, bare: String| {
        println!("  {name:<46} {library:>22} {bare:>22}");
    };
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    println!(
        "\n{}, {sessions} sessions (load {})",
        case.title,
        load.trim()
    );
    line("", "library".to_owned(), "bare".to_owned());
    let lateness = |run: &Run| run.lateness;
    line(
        "lateness, p50 / p99 / max, ms",
        three(library, &lateness),
        three(bare, &lateness),
    );
    if case.carrier == Carrier::WebSocket {
        let holes = |run: &Run| run.holes * 1e5 / run.frames;
        let [ours, theirs] = [library, bare].map(|runs| format!("{:.1}", of(runs, &holes)));
        line("holes in 100,000 frames", ours, theirs);
    }
    let cpu = |run: &Run| run.cpu;
    let percent = |runs, figure| format!("{:.4} %", of(runs, figure));
    line(
        "CPU of a session that sends and receives",
        percent(library, &cpu),
        percent(bare, &cpu),
    );
    line(
        "sessions that fill a core",
        format!("{:.0}", 100.0 / of(library, &cpu)),
        format!("{:.0}", 100.0 / of(bare, &cpu)),
    );
    let ratios = library
        .iter()
        .zip(bare)
        .map(|(ours, bare)| ours.cpu / bare.cpu);
    line(
        "  ratio",
        format!("{:.2}", median(ratios.collect())),
        String::new(),
    );
    line(
        "CPU of a session that is idle",
        percent(library, &|run| run.idle_cpu),
        percent(bare, &|run| run.idle_cpu),
    );
    line(
        "  and of the carrier, for each",
        percent(library, &|run| run.carrier_cpu),
        percent(bare, &|run| run.carrier_cpu),
    );
    if let Some(first) = library.first() {
        let kibibytes = |bytes: f64| format!("{:.1} KiB", bytes / 1024.0);
        let text = |bytes| kibibytes(bytes);
        line(
            "memory of a session, idle",
            text(first.idle_memory),
            String::new(),
        );
        line(
            "  while it sends and receives",
            text(first.memory),
            String::new(),
        );
    }
    if case.is_lossless() {
        let echo = |run: &Run| run.echo;
        line(
            "echo, p50 / p99 / max, ms",
            three(library, &echo),
            three(bare, &echo),
        );
        let added = |at: usize| {
            let pairs = library.iter().zip(bare);
            median(
                pairs
                    .map(|(ours, bare)| ours.echo[at] - bare.echo[at])
                    .collect(),
            )
        };
        let added = format!("{:.2} / {:.2}", added(0), added(1));
        line("  added, p50 / p99, ms", added, String::new());
    }
    let opening = format!("{:.1} ms", median(opening.to_vec()) / sessions as f64);
    line("opening a session, 16 at a time", opening, String::new());
}

fn print_clear(clearings: &[[i64; 3]]) {
    if clearings.is_empty() {
        return;
    }
    let names = [
        "clear to its return, p50 / p99 / max, ms",
        "  to the last frame that is heard",
        "  from its return to that frame",
    ];
    for (at, name) in names.into_iter().enumerate() {
        let mut values: Vec<i64> = clearings.iter().map(|it| it[at]).collect();
        let [p50, p99, max] = quantiles(&mut values).map(|it| it as f64 / 1e3);
        let text = format!("{p50:.2} / {p99:.2} / {max:.2}");
        println!("  {name:<46} {text:>22}");
    }
}
