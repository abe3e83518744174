//! Records the operations and events that the tests observe, for `api-docs/TRUTH.md`. Every
//! response and event that a recorded client receives is decoded, encoded again, and compared with
//! the original, so that no loss of data goes unnoticed.

mod json;
mod transport;

use std::collections::BTreeSet;
use std::env;
use std::fs::{self, File};
use std::io::Write as _;
use std::sync::{Mutex, OnceLock, PoisonError};

use ari_api::Client;
use ari_api::client::ClientBuilder;

use crate::asterisk::Release;
use crate::observations::{self, Observation};

pub(crate) use transport::name;

/// Builds a client that records.
pub(crate) fn build(builder: ClientBuilder<Client>, release: Release) -> Client {
    let transport = builder.http_transport().unwrap();
    builder.build_with_transport(transport::RecordingTransport::new(transport, release))
}

/// Checks an event and records it. Returns its type.
pub(crate) fn record_event(release: Release, text: &str) -> String {
    let kind = json::check_event(text);
    record(release, Observation::Proven, &kind);
    kind
}

/// The file of observations, and the lines that it has.
#[derive(Debug)]
struct Records {
    file: File,
    lines: BTreeSet<String>,
}

/// Records an observation. Does nothing unless all tests run, because a part of them would not
/// observe everything.
pub(crate) fn record(release: Release, observation: Observation, name: &str) {
    static RECORDS: OnceLock<Option<Mutex<Records>>> = OnceLock::new();
    let records = RECORDS.get_or_init(|| {
        runs_all_tests().then(|| {
            let path = observations::path();
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            Mutex::new(Records {
                file: File::create(path).unwrap(),
                lines: BTreeSet::new(),
            })
        })
    });
    let Some(records) = records else { return };
    let mut records = records.lock().unwrap_or_else(PoisonError::into_inner);
    let line = observation.line(release.number(), name);
    if !records.lines.contains(&line) {
        records.file.write_all(line.as_bytes()).unwrap();
        records.lines.insert(line);
    }
}

/// Returns true if the arguments of this process select no tests.
fn runs_all_tests() -> bool {
    let selects = |argument: String| {
        let options = ["--skip", "--ignored", "--exact"];
        !argument.starts_with('-') || options.iter().any(|option| argument.starts_with(option))
    };
    !env::args().skip(1).any(selects)
}
