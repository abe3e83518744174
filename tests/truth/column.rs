//! The observations on one release.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ari_api::OPERATIONS;
use serde_json::Value;

use crate::observations::Observation;

/// The observations on one release.
pub(crate) struct Column {
    pub(crate) release: u32,
    observations: BTreeMap<String, BTreeSet<Observation>>,
}

impl Column {
    /// Reads the file of observations. Returns the columns by release.
    pub(crate) fn read_all(recorded: &str) -> BTreeMap<u32, Column> {
        let mut columns = BTreeMap::new();
        for (release, observation, name) in recorded.lines().filter_map(Observation::parse) {
            let column = columns.entry(release).or_insert_with(|| Column {
                release,
                observations: BTreeMap::new(),
            });
            let of_name = column.observations.entry(name.to_owned()).or_default();
            of_name.insert(observation);
        }
        columns
    }

    /// Returns the point release.
    pub(crate) fn version(&self) -> &str {
        let mut names = self.observations.keys();
        let version = names.find(|name| self.has(name, Observation::Version));
        version.map_or("", String::as_str)
    }

    fn has(&self, name: &str, observation: Observation) -> bool {
        let of_name = self.observations.get(name);
        of_name.is_some_and(|of_name| of_name.contains(&observation))
    }

    /// Returns the result for an operation or event; `None` if it is neither proven nor explained.
    fn result(&self, name: &str) -> Option<Observation> {
        let results = [
            Observation::Proven,
            Observation::Lacking,
            Observation::NotBuilt,
            Observation::NeverSent,
        ];
        let mut results = results.into_iter();
        let observed = results.find(|result| self.has(name, *result));
        // Asterisk names its operations with a dot, and its events without.
        let is_unnamed = !name.contains('.') && !self.has(name, Observation::InSpecs);
        observed.or(is_unnamed.then_some(Observation::Lacking))
    }

    /// Returns the text of a cell.
    pub(crate) fn cell(&self, name: &str) -> &'static str {
        self.result(name).map_or("", Observation::text)
    }

    /// Returns the number of proven rows among these.
    pub(crate) fn proven(&self, names: &[String]) -> usize {
        let proven = |name: &&String| self.has(name, Observation::Proven);
        names.iter().filter(proven).count()
    }

    /// Returns a text for each row that is neither proven nor explained, or is contradictory.
    pub(crate) fn faults(&self) -> Vec<String> {
        let unnamed = |event: &String| {
            self.has(event, Observation::Proven) && !self.has(event, Observation::InSpecs)
        };
        let unnamed = events().into_iter().filter(unnamed);
        let unnamed =
            unnamed.map(|event| format!("{event} arrived, but the server's specs do not name it"));
        let rows = [operations(), events()].concat();
        let missing = rows.into_iter().filter(|row| self.result(row).is_none());
        let missing = missing.map(|row| format!("{row} is neither proven nor explained"));
        missing.chain(unnamed).collect()
    }
}

/// Returns every operation of any release.
pub(crate) fn operations() -> Vec<String> {
    let name = |operation: &&ari_api::schema::Operation| {
        format!("{}.{}", operation.resource, operation.nickname)
    };
    OPERATIONS.iter().map(name).collect()
}

/// Returns every event of any release.
pub(crate) fn events() -> Vec<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs");
    let mut all = BTreeSet::new();
    for release in ari_api::operations::RELEASES {
        let file = docs.join(release.to_string()).join("events.json");
        let spec: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
        all.extend(crate::observations::events_of_spec(&spec));
    }
    all.into_iter().collect()
}
