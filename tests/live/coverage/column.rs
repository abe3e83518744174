//! The results for one release, and the check that they are complete.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ari_api::OPERATIONS;
use serde_json::Value;

use super::witness::{Verdict, name};
use crate::asterisk::Asterisk;

/// The results for one release.
pub(super) struct Column {
    pub(super) release: u32,
    /// The exact version.
    pub(super) version: String,
    /// Verdicts by the name of the operation or event.
    verdicts: BTreeMap<String, Verdict>,
}

impl Column {
    /// Creates a column from the verdicts, and adds the events that the server's own specs do not
    /// name.
    ///
    /// # Panics
    ///
    /// Panics if an operation or event is neither proven nor explained.
    pub(super) fn new(server: &Asterisk, mut verdicts: BTreeMap<String, Verdict>) -> Self {
        let served = server.get("/ari/api-docs/events.json");
        let served: Value = serde_json::from_str(&served).unwrap();
        let served = leaves(&served);
        for event in events() {
            if !served.contains(&event) {
                let before = verdicts.insert(event.clone(), Verdict::Lacking);
                assert_eq!(before, None, "{event} came, but is none of the server's");
            }
        }
        let mut rows = [operations(), events()].concat();
        rows.retain(|row| !verdicts.contains_key(row));
        let release = server.release();
        assert!(
            rows.is_empty(),
            "Asterisk {release}: neither proven nor explained: {rows:?}"
        );
        let version = server.cli("core show version");
        let version = version.split_whitespace().nth(1).unwrap_or_default();
        // The rest names the build.
        let end = version.find(['~', '+', '-']).unwrap_or(version.len());
        Column {
            release: release.number(),
            version: version[..end].to_owned(),
            verdicts,
        }
    }

    /// Returns the number of proven rows among these.
    pub(super) fn proven<'a>(&self, rows: impl Iterator<Item = &'a String>) -> usize {
        rows.filter(|row| self.verdicts[*row] == Verdict::Proven)
            .count()
    }

    /// Returns the text of a cell.
    pub(super) fn cell(&self, row: &str) -> &'static str {
        match self.verdicts[row] {
            Verdict::Proven => "proven",
            Verdict::Lacking => "lacks it",
            Verdict::NotBuilt => "not built",
            Verdict::NeverSent => "never sent",
        }
    }
}

/// Returns every operation of any release.
pub(super) fn operations() -> Vec<String> {
    OPERATIONS.iter().map(|operation| name(operation)).collect()
}

/// Returns every event of any release.
pub(super) fn events() -> Vec<String> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs");
    let mut all = BTreeSet::new();
    for release in ari_api::operations::RELEASES {
        let file = docs.join(release.to_string()).join("events.json");
        let text = fs::read_to_string(file).unwrap();
        all.extend(leaves(&serde_json::from_str(&text).unwrap()));
    }
    all.into_iter().collect()
}

/// Returns the messages that a spec of events names, without their base types.
fn leaves(spec: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec!["Message"];
    while let Some(model) = open.pop() {
        match spec["models"][model]["subTypes"].as_array() {
            Some(kinds) => open.extend(kinds.iter().filter_map(Value::as_str)),
            None => {
                found.insert(model.to_owned());
            }
        }
    }
    found
}
