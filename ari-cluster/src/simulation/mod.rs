//! A simulation of whole clusters: fake servers, gateways and workers on one virtual clock, with a bus
//! that delays, loses and doubles messages and stands still, and parts that end or are frozen at any
//! time. The seed decides everything. The checker knows the invariants, and nothing of the code.

mod observe;
mod slow_socket;
mod world;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::num::NonZero;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::{available_parallelism, scope};
use std::time::Duration;

use ari_api::client::seed_random;
use tokio::time::Instant;

use crate::gateway::Record;
use crate::hooks::{Mutant, simulated};
use crate::testing::{Observation, Overlaps, Run, check};
use world::{simulate, simulate_freezes, simulate_upgrades, simulate_watchers};

/// The number of seeds, unless the environment variable `SEEDS` says another: `from..to` or a count.
const SEEDS: u64 = 100;

/// The number of seeds with upgrades.
const UPGRADE_SEEDS: u64 = 20;

/// The number of seeds with watchers.
const WATCHER_SEEDS: u64 = 10;

/// The number of seeds with frozen workers and a frozen bus, and nothing else that fails.
const FREEZE_SEEDS: u64 = 20;

/// The number of seeds that are run twice.
const REPEATED_SEEDS: u64 = 5;

/// The number of seeds after which a mutant counts as not found.
const MUTANT_SEEDS: u64 = 400;

fn seeds(count: u64) -> Range<u64> {
    let Ok(text) = std::env::var("SEEDS") else {
        return 0..count;
    };
    match text.split_once("..") {
        Some((from, to)) => from.parse().unwrap()..to.parse().unwrap(),
        None => 0..text.parse().unwrap(),
    }
}

/// Runs a simulation on a virtual clock of its own. All that is random comes from the seed.
fn on_virtual_time(
    seed: u64,
    mutant: Option<Mutant>,
    simulation: impl Future<Output = Run>,
) -> Run {
    simulated::set(mutant);
    seed_random(Some(seed));
    simulated::observe(|event| observe::add(Observation::Program(event.clone())));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    let run = runtime.block_on(simulation);
    simulated::set(None);
    seed_random(None);
    run
}

/// Runs a seed, and returns the broken invariants with the history.
fn run(seed: u64, mutant: Option<Mutant>) -> Option<String> {
    let result = on_virtual_time(seed, mutant, simulate(seed, mutant));
    history(seed, &result, &check(&result))
}

thread_local! {
    /// The times in which two workers believed to have the same call, in all runs of this thread.
    static OVERLAPS: RefCell<Overlaps> = RefCell::default();
}

/// Returns the broken invariants with the history, if there are any.
fn history(seed: u64, result: &Run, broken: &[String]) -> Option<String> {
    OVERLAPS.with_borrow_mut(|overlaps| overlaps.add(Overlaps::of(result)));
    if broken.is_empty() {
        return None;
    }
    Some(format!(
        "seed {seed}:\n{}\n{}",
        broken.join("\n"),
        describe(result)
    ))
}

/// Returns the history of a run as text.
fn describe(result: &Run) -> String {
    let mut text = String::new();
    let begin = result.observations.first().map(|(at, _)| *at);
    for (at, seen) in &result.observations {
        let time = begin.map(|begin| *at - begin).unwrap_or_default();
        let line = match seen {
            Observation::Note(note) => note.clone(),
            Observation::Gateway {
                server,
                gateway,
                record,
            } => format!("gateway {gateway} of {server}: {record:?}"),
            Observation::Program(event) => format!("{event:?}"),
            Observation::WorkerEnded { .. }
            | Observation::Unread { .. }
            | Observation::ReadLate { .. }
            | Observation::Frozen { .. } => format!("{seen:?}"),
        };
        let _ = writeln!(text, "{:>9.3}  {line}", time.as_secs_f64());
    }
    text
}

#[test]
fn seed_repeats_exactly() {
    for seed in seeds(REPEATED_SEEDS) {
        let mut runs = (0..2).map(|_| describe(&on_virtual_time(seed, None, simulate(seed, None))));
        let (first, second) = (runs.next().unwrap(), runs.next().unwrap());
        let differing = first.lines().zip(second.lines()).find(|(a, b)| a != b);
        assert!(first == second, "seed {seed}: {differing:#?}");
    }
}

/// Runs seeds on all cores, as long as `run` returns true.
fn on_all_cores(seeds: Range<u64>, run: impl Fn(u64) -> bool + Sync) {
    let next = AtomicU64::new(seeds.start);
    let cores = available_parallelism().map_or(1, NonZero::get);
    scope(|threads| {
        for _ in 0..cores {
            threads.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end || !run(seed) {
                        break;
                    }
                }
            });
        }
    });
}

/// Returns the histories of the seeds that fail, in their order. Prints for how long two workers
/// believed to have the same call.
fn run_all(seeds: Range<u64>, run: fn(u64, Option<Mutant>) -> Option<String>) -> Vec<String> {
    let failures = Mutex::new(BTreeMap::new());
    let overlaps = Mutex::new(Overlaps::default());
    on_all_cores(seeds, |seed| {
        if let Some(history) = run(seed, None) {
            failures.lock().unwrap().insert(seed, history);
        }
        overlaps.lock().unwrap().add(OVERLAPS.take());
        true
    });
    println!("{}", overlaps.into_inner().unwrap());
    failures.into_inner().unwrap().into_values().collect()
}

#[test]
fn invariants_hold() {
    let failures = run_all(seeds(SEEDS), run);
    for failure in &failures {
        // The broken invariants of each, without the history.
        eprintln!(
            "{}",
            failure
                .lines()
                .take_while(|line| !line.starts_with(' '))
                .collect::<Vec<_>>()
                .join("\n")
        );
    }
    if let Some(first) = failures.first() {
        panic!(
            "{} seeds fail. Repeat one with SEEDS=n..n+1. The first:\n{first}",
            failures.len()
        );
    }
}

#[test]
fn each_mutant_is_caught() {
    type Simulation = fn(u64, Option<Mutant>) -> Option<String>;
    // Each with an invariant that it breaks.
    let simulations: [(Mutant, Simulation, &str); 13] = [
        (Mutant::NoFence, run, "I4"),
        (Mutant::NoCounters, run, "I1"),
        // Found by watchers, as long as nothing else disturbs them.
        (Mutant::SubscribesLate, run_upgrades, "I1"),
        (Mutant::Rebalance, run, "I4"),
        (Mutant::BeginsAnywhere, run_watchers, "I1"),
        (Mutant::HidesGaps, run, "I2"),
        (Mutant::ReusesNumbers, run, "I1"),
        (Mutant::KeepsParts, run, "I5"),
        (Mutant::SkipsLarge, run, "I1"),
        (Mutant::WaitsForBus, run_freezes, "I8"),
        (Mutant::WaitsForWorker, run_freezes, "I8"),
        (Mutant::NoFence, run_freezes, "I4"),
        (Mutant::TrustsFrozen, run_freezes, "I6"),
    ];
    for (mutant, simulation, invariant) in simulations {
        let is_caught = AtomicBool::new(false);
        on_all_cores(0..MUTANT_SEEDS, |seed| {
            let history = simulation(seed, Some(mutant)).unwrap_or_default();
            if history.contains(&format!("\n{invariant}: ")) {
                is_caught.store(true, Ordering::Relaxed);
            }
            !is_caught.load(Ordering::Relaxed)
        });
        assert!(
            is_caught.into_inner(),
            "{mutant:?} is not caught by {invariant}"
        );
    }
}

/// Runs a seed with upgrades of gateways, and returns the broken invariants with the history. I9: a
/// gateway is replaced by another one without a gap.
fn run_upgrades(seed: u64, mutant: Option<Mutant>) -> Option<String> {
    let result = on_virtual_time(seed, mutant, simulate_upgrades(seed, mutant));
    let mut broken = check(&result);
    let gaps = result
        .delivered
        .iter()
        .flat_map(|delivered| &delivered.items);
    let gaps = gaps.filter(|(_, item)| item.is_none()).count();
    if gaps > 0 {
        broken.push(format!("I9: workers were told of {gaps} gaps"));
    }
    history(seed, &result, &broken)
}

#[test]
fn upgrades_leave_no_gap() {
    let failures = run_all(seeds(UPGRADE_SEEDS), run_upgrades);
    if let Some(first) = failures.first() {
        panic!("{} seeds fail. The first:\n{first}", failures.len());
    }
}

/// Runs a seed with watchers, and returns the broken invariants with the history.
fn run_watchers(seed: u64, mutant: Option<Mutant>) -> Option<String> {
    let result = on_virtual_time(seed, mutant, simulate_watchers(seed, mutant));
    history(seed, &result, &check(&result))
}

#[test]
fn watchers_get_the_first_events() {
    let failures = run_all(seeds(WATCHER_SEEDS), run_watchers);
    if let Some(first) = failures.first() {
        panic!("{} seeds fail. The first:\n{first}", failures.len());
    }
}

/// The longest time after which a gateway takes the calls of a frozen worker away.
const FROZEN_LIMIT: Duration = Duration::from_secs(8);

/// Runs a seed with frozen workers and a frozen bus, and returns the broken invariants with the
/// history. I6 as well: no call stays with a worker that is frozen for long. I2: nobody misses an
/// event that a gateway has not read, because gateways read all the time.
fn run_freezes(seed: u64, mutant: Option<Mutant>) -> Option<String> {
    let result = on_virtual_time(seed, mutant, simulate_freezes(seed, mutant));
    let mut broken = check(&result);
    broken.extend(calls_of_frozen_workers(&result));
    let mut observations = result.observations.iter();
    if observations.any(|(_, seen)| matches!(seen, Observation::Unread { .. })) {
        broken.push("I2: a gateway has lost events".to_owned());
    }
    history(seed, &result, &broken)
}

/// Returns the calls that stay with frozen workers for too long.
fn calls_of_frozen_workers(run: &Run) -> Vec<String> {
    let mut broken = Vec::new();
    let mut owners: BTreeMap<(&str, &str), (Instant, &str)> = BTreeMap::new();
    // The time at which the calls of a worker must have been taken away.
    let mut frozen: BTreeMap<&str, Instant> = BTreeMap::new();
    for (at, seen) in &run.observations {
        for (worker, due) in &frozen {
            for ((_, call), (since, owner)) in &owners {
                if at >= due && owner == worker && *since + FROZEN_LIMIT <= *at {
                    broken.push(format!(
                        "I6: call {call} stays with {worker}, which is frozen"
                    ));
                }
            }
        }
        match seen {
            Observation::Frozen {
                worker: Some(worker),
                ..
            } => {
                frozen.insert(worker, *at + FROZEN_LIMIT);
            }
            // Nobody can tell who is frozen.
            Observation::Frozen { worker: None, .. } => frozen.clear(),
            Observation::Note(note) if note == "peace" => frozen.clear(),
            Observation::Note(note) => {
                let woken = note.strip_prefix("worker ");
                if let Some(woken) = woken.and_then(|it| it.strip_suffix(" wakes up")) {
                    frozen.remove(woken);
                }
            }
            Observation::Gateway { server, record, .. } => match record {
                Record::Assigned { call, worker, .. } => {
                    owners.insert((server, call), (*at, worker));
                }
                Record::Offered { call, .. }
                | Record::PolicyApplied { call }
                | Record::CallEnded { call } => {
                    owners.remove(&(&**server, &**call));
                }
                _ => {}
            },
            _ => {}
        }
    }
    broken.sort();
    broken.dedup();
    broken
}

#[test]
fn frozen_workers_and_bus_stop_no_gateway() {
    let failures = run_all(seeds(FREEZE_SEEDS), run_freezes);
    if let Some(first) = failures.first() {
        panic!("{} seeds fail. The first:\n{first}", failures.len());
    }
}

/// Runs many calls, and returns the name of a table of the gateway that grows with their number, or the
/// broken invariants.
fn growing_table(mutant: Option<Mutant>) -> Option<String> {
    let mut sizes = Vec::new();
    let run = on_virtual_time(0, mutant, world::simulate_load(&mut sizes));
    let broken = check(&run);
    let [half, end] = &sizes[..] else {
        panic!("two samples are taken");
    };
    let mut growing = half.iter().zip(end).filter_map(|((name, half), (_, end))| {
        let grows = *end > half + half / 4 + 20;
        grows.then(|| format!("{name} grow from {half} to {end}"))
    });
    growing.next().or_else(|| broken.first().cloned())
}

/// I8: the tables of a gateway do not grow with the number of calls.
#[test]
fn tables_stay_small_over_many_calls() {
    assert_eq!(growing_table(None), None);
    let growing = growing_table(Some(Mutant::KeepsObjects)).unwrap_or_default();
    assert!(growing.starts_with("objects grow"), "{growing}");
}

/// A socket that is open and gets no events is opened again.
#[test]
fn deaf_socket_is_replaced() {
    let run = on_virtual_time(0, None, world::simulate_deaf_socket());
    let starts = run.observations.iter().filter(|(_, seen)| {
        matches!(
            seen,
            Observation::Gateway {
                record: Record::ReadingStarted { .. },
                ..
            }
        )
    });
    assert_eq!(starts.count(), 2);
    assert_eq!(check(&run), [""; 0]);
}
