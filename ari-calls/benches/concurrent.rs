//! CPU and memory of a call in progress, from 1 to 1,000 calls at once:
//!
//! ```text
//! cargo bench -p ari-calls --bench concurrent
//! ```
//!
//! Each call is in a menu: it hears a prompt, presses a key after two seconds, and chooses again. The
//! fake Asterisk runs in a process of its own, and is not measured. Linux reports the time and the
//! memory. `ARI_BENCH_SECONDS` sets the duration of a measurement (10), `ARI_BENCH_CALLS` the largest
//! number of calls (1000).

#![allow(
    clippy::expect_used,
    reason = "a benchmark may end at the first problem"
)]

use std::env;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ari_api::{Client, Event};
use ari_calls::Call;
use ari_calls::menu::Menu;
use ari_mock::Asterisk;
use tokio::time::sleep;

/// The argument of the process that is the fake Asterisk.
const SERVER: &str = "server";

/// The time after which a caller presses a key.
const KEY_INTERVAL: Duration = Duration::from_secs(2);

/// The time in which new calls arrive, and reach their menus.
const SETTLING_TIME: Duration = Duration::from_secs(4);

#[tokio::main(flavor = "current_thread")]
async fn main() {
    if env::args().any(|argument| argument == SERVER) {
        return serve().await;
    }
    if fs::metadata("/proc/self/schedstat").is_err() {
        println!("skipped: this system does not report the time of a thread");
        return;
    }
    measure().await;
}

/// Runs the fake Asterisk. Each line of the standard input is a number of calls, which press keys
/// from then on.
async fn serve() {
    let pbx = Asterisk::builder()
        .sound("menu", Duration::from_secs(60))
        .start()
        .await
        .expect("a fake Asterisk");
    let mut out = std::io::stdout();
    writeln!(out, "{}", pbx.url()).expect("a reader");
    let pbx = Arc::new(pbx);
    let (sender, mut numbers) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines() {
            let number: usize = line.expect("a line").parse().expect("a number");
            if sender.send(number).is_err() {
                return;
            }
        }
    });
    while let Some(number) = numbers.recv().await {
        for index in 0..number {
            let caller = pbx
                .incoming_call(format!("PJSIP/caller{index}"))
                .into_application("bench");
            tokio::spawn(async move {
                // Not all at the same moment.
                sleep(KEY_INTERVAL * index as u32 / number as u32).await;
                loop {
                    sleep(KEY_INTERVAL).await;
                    caller.press("1");
                }
            });
        }
    }
}

/// The process of the fake Asterisk.
struct Server {
    process: Child,
    commands: ChildStdin,
    url: String,
}

impl Server {
    fn start() -> Self {
        let program = env::current_exe().expect("a program");
        let mut process = Command::new(program)
            .arg(SERVER)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut url = String::new();
        let out = process.stdout.take().expect("an output");
        BufReader::new(out).read_line(&mut url).expect("an address");
        Server {
            commands: process.stdin.take().expect("an input"),
            process,
            url: url.trim().to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

async fn measure() {
    let setting =
        |name, default| env::var(name).map_or(default, |text| text.parse().expect("a number"));
    let time = Duration::from_secs(setting("ARI_BENCH_SECONDS", 10) as u64);
    let most = setting("ARI_BENCH_CALLS", 1000);
    println!("calls  steps/s  CPU per step  CPU per call  memory per call");
    for calls in [1, 10, 100, 1000] {
        if calls <= most {
            measure_calls(calls, time).await;
        }
    }
}

/// Measures this many calls, and prints a line.
async fn measure_calls(calls: usize, time: Duration) {
    let mut server = Server::start();
    let client = Client::builder(&server.url)
        .credentials("aritest", "testme")
        .build()
        .expect("a client");
    let mut app = client
        .application("bench")
        .connect()
        .await
        .expect("an application");
    let steps = Arc::new(AtomicUsize::new(0));
    let before = resident();
    writeln!(server.commands, "{calls}").expect("a server");
    let serving = {
        let (client, steps) = (client.clone(), steps.clone());
        tokio::spawn(async move {
            while let Some(Ok(event)) = app.next().await {
                if let Event::StasisStart(start) = &*event {
                    tokio::spawn(choose(Call::incoming(&client, start), steps.clone()));
                }
            }
        })
    };
    sleep(SETTLING_TIME).await;
    let (first, begin) = (steps.load(Ordering::Relaxed), cpu_time());
    sleep(time).await;
    let used = cpu_time() - begin;
    let made = steps.load(Ordering::Relaxed) - first;
    let memory = resident().saturating_sub(before) / calls / 1024;
    let seconds = time.as_secs_f64();
    let per_step = used.as_secs_f64() * 1e6 / made.max(1) as f64;
    let per_call = used.as_secs_f64() * 1e6 / seconds / calls as f64;
    println!(
        "{calls:>5}  {:>7.1}  {per_step:>9.0} us  {per_call:>7.0} us/s  {memory:>11} KiB",
        made as f64 / seconds
    );
    serving.abort();
    client.close(Duration::from_secs(1)).await;
}

/// Chooses from a menu until the call ends.
async fn choose(mut call: Call, steps: Arc<AtomicUsize>) {
    let menu = Menu::new("sound:menu").on("1", ());
    while call.choose(&menu).await.is_ok() {
        steps.fetch_add(1, Ordering::Relaxed);
    }
}

/// Returns the time that this thread has run. Everything that is measured runs in it.
fn cpu_time() -> Duration {
    let text = fs::read_to_string("/proc/self/schedstat").expect("a file of Linux");
    let first = text.split(' ').next().expect("a field");
    Duration::from_nanos(first.parse().expect("a number"))
}

/// Returns the bytes of memory that the process has.
fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("a file of Linux");
    let mut lines = status.lines();
    let line = lines.find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kibibytes.unwrap_or(0_usize) * 1024
}
