//! A cluster of real processes on this machine: 20 fake servers, 20 gateways, three NATS nodes, four
//! workers, a dialer and dashboards. While calls arrive, gateways, workers and nodes are killed,
//! stopped, continued and replaced, and the routes between the nodes are cut. In the end the checker of
//! the simulation (`ari_cluster::testing`) judges the journals of all processes. Apart from that, the
//! commands of operators with one of each.
//!
//! ```text
//! cargo test -p ari-cli --features gateway --test cluster -- --nocapture
//! ```
//!
//! The same with gateways without a fence, which the checker must report:
//!
//! ```text
//! cargo test -p ari-cli --features gateway --test cluster -- --ignored --nocapture missing_fence
//! ```
//!
//! `ARI_CLUSTER_SECONDS` sets how long parts fail (20), `ARI_CLUSTER_SEED` what happens (1), and
//! `ARI_CLUSTER_CALLS` the calls that arrive in a second (20).

#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failure is the failure of the test"
)]

mod driver;
mod journals;
mod nats;
mod operators;
mod process;
mod programs;
mod random;

/// The application.
const APPLICATION: &str = "hello";

fn setting(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// A process of the cluster, if the driver has started this program as one. Otherwise nothing.
#[test]
fn part() {
    if let Some(role) = std::env::var_os(process::ROLE) {
        programs::run(&role.into_string().unwrap());
    }
}

#[test]
fn invariants_hold_in_processes() {
    if std::env::var_os(process::ROLE).is_some() {
        return;
    }
    let Some((folder, broken)) = run(driver::GatewayProgram::Command) else {
        return;
    };
    if broken.is_empty() {
        return;
    }
    let folder = folder.keep();
    let shown: Vec<_> = broken.iter().take(20).map(String::as_str).collect();
    panic!(
        "{} broken invariants. The journals are in {}. The first:\n{}",
        broken.len(),
        folder.display(),
        shown.join("\n")
    );
}

/// Runs the cluster, and returns the folder of the journals and the broken invariants. `None` if NATS
/// is not installed.
fn run(program: driver::GatewayProgram) -> Option<(tempfile::TempDir, Vec<String>)> {
    let seed = setting("ARI_CLUSTER_SEED", 1);
    println!("seed {seed}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let tasks = tokio::task::LocalSet::new();
    let folder = tempfile::tempdir().unwrap();
    let end = tasks.block_on(&runtime, driver::run(seed, folder.path(), program))?;
    let broken = journals::judge(folder.path(), &end);
    Some((folder, broken))
}

/// The checker finds gateways that execute requests of workers that have lost their call.
#[test]
#[ignore = "it takes a minute, and .ci/full runs it"]
fn missing_fence_is_found_in_processes() {
    if std::env::var_os(process::ROLE).is_some() {
        return;
    }
    let Some((_folder, broken)) = run(driver::GatewayProgram::WithoutFence) else {
        return;
    };
    let is_found = |invariant: &str| broken.iter().any(|it| it.starts_with(invariant));
    assert!(is_found("I4: "), "{broken:#?}");
}
