//! `ari-mock/DIFFERENCES.md`: the allowed differences, for users who test with the fake.

use std::path::Path;
use std::{env, fs};

use super::allowed_differences::{IN_ALL_SCENARIOS, IN_SOME_SCENARIOS, UNTESTED};
use super::runner::SCENARIOS;

const ABOUT: &str = "\
# Differences between the fake and a real Asterisk

`tests/conformance.rs` runs scenarios against the fake and against real servers, and expects the same
responses and the same events in the same order. This page lists all allowed differences and their
reasons. The test generates it with `ARI_BLESS=1`, and fails if it is out of date. The limitations of
the fake are listed in its [README](README.md).

For values that depend on time, addresses or chance (ids, time stamps, channel names), only the type
is compared.

## In all scenarios

";

#[test]
fn what_may_differ_is_documented() {
    let mut text = ABOUT.to_owned();
    for known in IN_ALL_SCENARIOS {
        text += &format!("- {}: {}.\n", known.description, known.reason);
    }
    text += "\n## In some scenarios\n\n";
    for known in IN_SOME_SCENARIOS {
        text += &format!("- {}: {}.\n", known.description, known.reason);
    }
    text += "\n## Scenarios with several possible results on a real server\n\n\
             These scenarios have up to four attempts, all others two. Each failed attempt is printed.\n\n";
    for scenario in SCENARIOS.iter().copied().flatten() {
        if let Some(why) = scenario.varying_because {
            text += &format!("- {}: {why}.\n", scenario.name);
        }
    }
    text += "\n## In no scenario\n\nKnown differences that no scenario covers.\n\n";
    for (what, why) in UNTESTED {
        text += &format!("- {what}: {why}.\n");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ari-mock/DIFFERENCES.md");
    if env::var_os("ARI_BLESS").is_some_and(|value| value == "1") {
        fs::write(&file, &text).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        written, text,
        "run this test with ARI_BLESS=1 to update the file"
    );
}
