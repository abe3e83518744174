//! Threads with runtimes, their CPU time, and medians.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use ari_cluster::Cluster;
use ari_test_support::NatsServer;
use tokio::sync::oneshot;

/// Returns a size, which an environment variable can set.
pub(crate) fn size(variable: &str, usual: usize) -> usize {
    let set = env::var(variable).ok();
    set.and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Returns the value at a fraction of the sorted values.
pub(crate) fn quantile(values: &[f64], fraction: f64) -> f64 {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * fraction).round() as usize]
}

pub(crate) fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

/// Runs a future on a runtime of this thread.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(future)
}

/// Connects to NATS, from the runtime of this thread.
pub(crate) async fn connect(url: &str) -> Cluster {
    Cluster::connect(url).await.expect("a NATS server")
}

/// Waits until a NATS server listens.
pub(crate) fn wait_for(nats: &NatsServer) {
    block_on(async {
        let connecting = async {
            while Cluster::connect(nats.url()).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let limit = Duration::from_secs(30);
        let connected = tokio::time::timeout(limit, connecting).await;
        connected.expect("a NATS server that listens");
    });
}

/// A part of the cluster, on a thread of its own. Dropping it ends it.
pub(crate) struct Part {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    times: PathBuf,
}

impl Part {
    /// Starts a part, which lives as long as the value that `start` returns. Returns when it has started.
    pub(crate) fn start<T, F: Future<Output = T>>(
        start: impl FnOnce() -> F + Send + 'static,
    ) -> Part {
        let (stop, stopped) = oneshot::channel();
        let (started, starting) = mpsc::channel();
        let thread = thread::spawn(move || {
            let own = fs::read_link("/proc/thread-self").expect("Linux");
            block_on(async move {
                let _part = start().await;
                let _ = started.send(own);
                let _ = stopped.await;
            });
        });
        let own = starting.recv().expect("a part that starts");
        Part {
            stop: Some(stop),
            thread: Some(thread),
            times: PathBuf::from("/proc").join(own).join("schedstat"),
        }
    }

    /// Returns the CPU time of its thread so far.
    pub(crate) fn cpu_time(&self) -> Duration {
        let text = fs::read_to_string(&self.times).expect("a file of Linux");
        let first = text.split(' ').next().expect("a field");
        Duration::from_nanos(first.parse().expect("a number"))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Returns the CPU time of a process so far, in steps of ten milliseconds.
pub(crate) fn process_time(id: u32) -> Duration {
    let text = fs::read_to_string(format!("/proc/{id}/stat")).expect("a file of Linux");
    let (_, fields) = text.rsplit_once(')').expect("a name");
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: u64 = ticks.map(|text| text.parse().unwrap_or(0)).sum();
    Duration::from_millis(10 * ticks)
}

/// Returns the bytes of memory that this process has.
pub(crate) fn resident() -> usize {
    let status = fs::read_to_string("/proc/self/status").expect("a file of Linux");
    let mut lines = status.lines();
    let line = lines.find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kibibytes.unwrap_or(0_usize) * 1024
}

/// Returns microseconds of CPU time per item.
pub(crate) fn per_item(time: Duration, items: usize) -> f64 {
    time.as_secs_f64() * 1e6 / items as f64
}
