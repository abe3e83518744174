//! The examples of the documentation, run at real servers and, if they need no particular server,
//! at the fake.
//!
//! `build/examples.rs` extracts them from the texts. Each runs in a process of its own, which is
//! this test program once more, with the server in [`example_server`]. An example that documentation marks as
//! `no_run` continues until it is stopped, and must not fail before. All others must succeed. The
//! others run on the fake as doctests.

use std::env;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use ari_test_support::LIMIT;

use super::example_server;
use crate::asterisk::{Asterisk, Release};

type Outcome = Result<(), Box<dyn std::error::Error>>;
type Example = (&'static str, bool, fn() -> Outcome);

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// The limit of an example that ends.
const EXAMPLE_TIMEOUT: Duration = LIMIT;
/// The duration of an example that does not end.
const ENDLESS_DURATION: Duration = Duration::from_secs(3);
/// Names the example that a child process runs.
const EXAMPLE: &str = "ARI_TEST_EXAMPLE";

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(future)
}

/// Runs the example that the environment names; does nothing otherwise.
#[test]
fn example_of_a_child_process() {
    let Ok(name) = env::var(EXAMPLE) else { return };
    let (_, _, run) = EXAMPLES.iter().find(|(known, ..)| *known == name).unwrap();
    run().unwrap();
}

fn start(name: &str, settings: &[(&str, String)]) -> Child {
    let test = "live::documented::example_of_a_child_process";
    Command::new(env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(EXAMPLE, name)
        .envs(settings.iter().map(|(name, value)| (name, value)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Runs an example; returns the problem, or `None` on success.
fn run(name: &str, ends: bool, settings: &[(&str, String)]) -> Option<String> {
    let mut child = start(name, settings);
    let begin = Instant::now();
    let limit = if ends {
        EXAMPLE_TIMEOUT
    } else {
        ENDLESS_DURATION
    };
    while child.try_wait().unwrap().is_none() && begin.elapsed() < limit {
        thread::sleep(Duration::from_millis(20));
    }
    let is_over = child.try_wait().unwrap().is_some();
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    let status = output.status.code();
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    match (is_over, status) {
        (true, Some(0)) => None,
        (true, Some(example_server::SKIPPED)) => {
            println!("{name}: {}", text.lines().last().unwrap_or_default());
            None
        }
        (false, _) if !ends => None,
        (false, _) => Some(format!("{name} does not end:\n{text}")),
        (true, _) => Some(format!("{name} failed:\n{text}")),
    }
}

#[test]
fn documentation_examples_run_at_real_servers() {
    assert!(EXAMPLES.len() > 12, "{}", EXAMPLES.len());
    for release in Release::ALL {
        let Some(server) = Asterisk::start(release) else {
            continue;
        };
        let settings = example_server::settings(&server);
        example_server::install_loop(&server);
        // Only examples whose names contain this part are run.
        let only = env::var("EXAMPLES").unwrap_or_default();
        let wanted = EXAMPLES.iter().filter(|(name, ..)| name.contains(&only));
        let found = wanted.filter_map(|(name, ends, _)| {
            let found = run(name, *ends, &settings);
            example_server::clear(&server);
            found
        });
        let found: Vec<_> = found.collect();
        assert!(
            found.is_empty(),
            "Asterisk {release}:\n{}",
            found.join("\n")
        );
    }
}

/// Examples that doctests only compile.
#[test]
fn endless_documentation_examples_run_at_fake() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let builder = ari_mock::Asterisk::builder().endpoint("PJSIP/100", [ari_mock::Step::Answer]);
    let fake = runtime.block_on(builder.start()).unwrap();
    let settings = [(example_server::URL, fake.url())];
    let going_on = EXAMPLES.iter().filter(|(_, ends, _)| !ends);
    let found = going_on.filter_map(|(name, ends, _)| run(name, *ends, &settings));
    let found: Vec<_> = found.collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
