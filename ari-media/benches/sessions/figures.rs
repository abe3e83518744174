//! Quantiles, medians, and the process's use of the machine, as Linux reports it.

use std::fs;

/// Returns p50, p99 and the largest of some values.
pub(crate) fn quantiles(values: &mut [i64]) -> [i64; 3] {
    values.sort_unstable();
    let at = |share: usize| values.get(values.len() * share / 100).copied();
    let last = values.last().copied().unwrap_or_default();
    [at(50).unwrap_or(last), at(99).unwrap_or(last), last]
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// Returns the CPU time of all threads of a process, in seconds.
pub(crate) fn cpu_seconds(pid: Option<u32>) -> f64 {
    let process = pid.map_or_else(|| "self".to_owned(), |pid| pid.to_string());
    let threads = fs::read_dir(format!("/proc/{process}/task"));
    let nanoseconds = threads
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|thread| {
            let text = fs::read_to_string(thread.path().join("schedstat")).ok()?;
            text.split(' ').next()?.parse::<f64>().ok()
        });
    nanoseconds.sum::<f64>() / 1e9
}

/// Returns the resident memory of this process, in bytes.
pub(crate) fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kibibytes.map_or(0.0, |kibibytes: f64| kibibytes * 1024.0)
}
