//! The file of observations: `tests/live` writes it while it runs, and `tests/truth` reads it.

use std::path::PathBuf;

use serde_json::Value;

/// An observation about an operation or event on a server. Each has a line in the file, which
/// consists of the release, the observation and the name, separated by tabs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Observation {
    /// The name is that of a tested point release.
    Version,
    /// The server's own specs name this event.
    InSpecs,
    /// It succeeded, and no data was lost.
    Proven,
    /// The release lacks the operation, and the server has refused it.
    Lacking,
    /// The packages lack the module of the operation, and the server has refused it.
    NotBuilt,
    /// The server refuses the connection on which it would send the event.
    NeverSent,
}

impl Observation {
    const ALL: [Observation; 6] = [
        Observation::Version,
        Observation::InSpecs,
        Observation::Proven,
        Observation::Lacking,
        Observation::NotBuilt,
        Observation::NeverSent,
    ];

    /// Returns the text in the file and in the table.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Observation::Version => "version",
            Observation::InSpecs => "in specs",
            Observation::Proven => "proven",
            Observation::Lacking => "lacks it",
            Observation::NotBuilt => "not built",
            Observation::NeverSent => "never sent",
        }
    }

    /// Returns a line of the file.
    pub(crate) fn line(self, release: u32, name: &str) -> String {
        format!("{release}\t{}\t{name}\n", self.text())
    }

    /// Reads a line of the file.
    pub(crate) fn parse(line: &str) -> Option<(u32, Self, &str)> {
        let mut words = line.splitn(3, '\t');
        let release = words.next()?.parse().ok()?;
        let text = words.next()?;
        let mut all = Self::ALL.into_iter();
        let observation = all.find(|one| one.text() == text)?;
        Some((release, observation, words.next()?))
    }
}

/// Returns the path of the file.
pub(crate) fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("observations.tsv")
}

/// Returns the events that a spec names, without their base types.
pub(crate) fn events_of_spec(spec: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec!["Message"];
    while let Some(model) = open.pop() {
        match spec["models"][model]["subTypes"].as_array() {
            Some(kinds) => open.extend(kinds.iter().filter_map(Value::as_str)),
            None => found.push(model.to_owned()),
        }
    }
    found
}
