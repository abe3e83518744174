//! `api-docs/TRUTH.md` claims exactly what the last run of all live tests observed.
//!
//! The live tests record their observations while they run, if none of them is filtered out.
//! Without such a run on all releases this test reports that it is skipped, unless
//! `ARI_LIVE=required`.

#![cfg(target_os = "linux")]

#[path = "truth/column.rs"]
mod column;
#[path = "truth/observations.rs"]
#[expect(dead_code, reason = "the live tests use the rest")]
mod observations;
#[path = "truth/table.rs"]
mod table;

use std::path::Path;
use std::{env, fs};

use column::Column;

/// The releases that the live tests run against, newest first.
const RELEASES: [u32; 2] = [22, 16];

const RUN: &str = "run all live tests: ARI_LIVE=required cargo live";

#[test]
fn documented_coverage_is_observed() {
    let recorded = fs::read_to_string(observations::path()).unwrap_or_default();
    let columns = Column::read_all(&recorded);
    let columns: Vec<_> = RELEASES
        .iter()
        .filter_map(|release| columns.get(release))
        .collect();
    if columns.len() < RELEASES.len() {
        let required = env::var_os("ARI_LIVE").is_some_and(|value| value == "required");
        assert!(!required, "the live tests have recorded nothing; {RUN}");
        eprintln!("skipped: the live tests have not run on all of {RELEASES:?}; {RUN}");
        return;
    }
    for column in &columns {
        let (release, faults) = (column.release, column.faults());
        assert!(
            faults.is_empty(),
            "Asterisk {release}; {RUN}:\n{}",
            faults.join("\n")
        );
    }
    let found = table::text(&columns);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs/TRUTH.md");
    if env::var_os("ARI_BLESS").is_some_and(|value| value == "1") {
        fs::write(&file, &found).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    let differences = table::differences(&written, &found);
    assert!(
        differences.is_empty(),
        "api-docs/TRUTH.md differs; ARI_BLESS=1 rewrites it:\n{}",
        differences.join("\n")
    );
}

/// Missing and contradictory observations are reported by name.
#[test]
fn unproven_rows_are_reported() {
    let mut recorded = "16\tversion\t16.28.0\n".to_owned();
    for operation in column::operations() {
        recorded += &format!("16\tproven\t{operation}\n");
    }
    for event in column::events() {
        recorded += &format!("16\tin specs\t{event}\n16\tproven\t{event}\n");
    }
    let faults = |recorded: &str| Column::read_all(recorded)[&16].faults();
    assert_eq!(faults(&recorded), [""; 0]);
    for line in ["proven\tchannels.answer", "proven\tStasisStart"] {
        let without = recorded.replace(&format!("16\t{line}\n"), "");
        let name = line.trim_start_matches("proven\t");
        let expected = format!("{name} is neither proven nor explained");
        assert_eq!(faults(&without), [expected]);
    }
    let unnamed = recorded.replace("16\tin specs\tStasisStart\n", "");
    let expected = "StasisStart arrived, but the server's specs do not name it";
    assert_eq!(faults(&unnamed), [expected]);
    // An operation that was found on any server is no longer missing.
    let contradictory = recorded + "16\tlacks it\tchannels.answer\n";
    assert_eq!(faults(&contradictory), [""; 0]);
}
