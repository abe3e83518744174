//! The times in which two workers believed to have the same call, of which only one can act on it, and
//! those in which two gateways read the same server.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use tokio::time::Instant;

use super::check::{Run, contested};
use super::observe::Observation;
use crate::hooks::Event;

/// The times in which two workers believed to have the same call, and two gateways read the same server.
#[derive(Clone, Debug, Default)]
pub struct Overlaps {
    /// The number of calls that a worker believed to have, once for each worker.
    pub beliefs: usize,
    /// The duration of each time in which two or more believed to have one.
    pub durations: Vec<Duration>,
    /// The duration of each time in which two gateways read a server.
    pub of_gateways: Vec<Duration>,
}

impl Overlaps {
    /// Returns those of a run.
    pub fn of(run: &Run) -> Overlaps {
        let mut overlaps = Overlaps {
            of_gateways: contested(run).durations,
            ..Overlaps::default()
        };
        let mut calls: BTreeMap<(&str, &str), Believers<'_>> = BTreeMap::new();
        let mut ended = BTreeSet::new();
        let mut last = None;
        for (at, seen) in &run.observations {
            last = Some(*at);
            match seen {
                Observation::Program(Event::Believed {
                    worker,
                    server,
                    call,
                    generation,
                }) if !ended.contains(worker) => {
                    let believers = calls.entry((&**server, &**call)).or_default();
                    let is_new = believers.set(worker, generation.is_some(), *at, &mut overlaps);
                    overlaps.beliefs += usize::from(is_new);
                }
                Observation::WorkerEnded { worker } => {
                    ended.insert(worker);
                    for believers in calls.values_mut() {
                        believers.set(worker, false, *at, &mut overlaps);
                    }
                }
                _ => {}
            }
        }
        for Believers { since, .. } in calls.into_values() {
            if let (Some(since), Some(last)) = (since, last) {
                overlaps.durations.push(last - since);
            }
        }
        overlaps
    }

    /// Adds those of another run.
    pub fn add(&mut self, other: Overlaps) {
        self.beliefs += other.beliefs;
        self.durations.extend(other.durations);
        self.of_gateways.extend(other.of_gateways);
    }
}

impl fmt::Display for Overlaps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} times a worker believed to have a call; two had the same {}; two gateways read a server {}",
            self.beliefs,
            describe(&self.durations),
            describe(&self.of_gateways),
        )
    }
}

/// Returns the number of durations, with the middle one and the longest.
fn describe(durations: &[Duration]) -> String {
    let mut sorted = durations.to_vec();
    sorted.sort();
    let seconds = |duration: Option<&Duration>| duration.map_or(0.0, Duration::as_secs_f64);
    format!(
        "{} times (median {:.3} s, longest {:.3} s)",
        sorted.len(),
        seconds(sorted.get(sorted.len() / 2)),
        seconds(sorted.last()),
    )
}

/// The workers that believe to have a call.
#[derive(Default)]
struct Believers<'a> {
    workers: BTreeSet<&'a str>,
    /// The time since which they are more than one.
    since: Option<Instant>,
}

impl<'a> Believers<'a> {
    /// Returns true if the worker did not believe it before.
    fn set(
        &mut self,
        worker: &'a str,
        believes: bool,
        at: Instant,
        overlaps: &mut Overlaps,
    ) -> bool {
        let is_new = match believes {
            true => self.workers.insert(worker),
            false => {
                self.workers.remove(worker);
                false
            }
        };
        match (self.workers.len() > 1, self.since) {
            (true, None) => self.since = Some(at),
            (false, Some(since)) => {
                overlaps.durations.push(at - since);
                self.since = None;
            }
            _ => {}
        }
        is_new
    }
}
