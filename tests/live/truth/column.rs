//! What was found out about one release, and whether that is everything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ari_api::OPERATIONS;
use serde_json::Value;

use super::witness::{Verdict, name};
use crate::asterisk::Asterisk;

/// What was found out about one release.
pub(super) struct Column {
    pub(super) release: u32,
    /// The very version.
    pub(super) version: String,
    /// By the name of the operation or event.
    verdicts: BTreeMap<String, Verdict>,
}

impl Column {
    /// What was found out, and which events the server itself does not name in its specs.
    ///
    /// # Panics
    ///
    /// If anything is neither proven nor explained.
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
        // Behind it stands which build it is.
        let end = version.find(['~', '+', '-']).unwrap_or(version.len());
        Column {
            release: release.number(),
            version: version[..end].to_owned(),
            verdicts,
        }
    }

    /// How many of these are proven.
    pub(super) fn proven<'a>(&self, rows: impl Iterator<Item = &'a String>) -> usize {
        rows.filter(|row| self.verdicts[*row] == Verdict::Proven)
            .count()
    }

    /// What the table says.
    pub(super) fn cell(&self, row: &str) -> &'static str {
        match self.verdicts[row] {
            Verdict::Proven => "proven",
            Verdict::Lacking => "lacks it",
            Verdict::NotBuilt => "not built",
            Verdict::NeverSent => "never sent",
        }
    }
}

/// Every operation of any release.
pub(super) fn operations() -> Vec<String> {
    OPERATIONS.iter().map(|operation| name(operation)).collect()
}

/// Every event of any release.
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

/// The messages that a spec of events names, but not the kinds of them.
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
