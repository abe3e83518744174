//! `ari-mock/DIFFERENCES.md`: the allowed differences, for users who test with the fake.

use std::path::Path;
use std::{env, fs};

use super::known::{EVERYWHERE, NOWHERE, SOMEWHERE};
use super::run::SCENARIOS;

const ABOUT: &str = "\
# Where the fake is not compared with a real Asterisk

`tests/honest.rs` runs scenarios at the fake and at real servers, and wants the same answers and the
same events in the same order. This is all that may differ, and why; the test writes it, with
`ARI_BLESS=1`, and fails when it says anything else. What the fake does not have at all stands in
its [README](README.md).

Values that depend on time, addresses or chance (ids, time stamps, names of channels) are compared
by their type alone.

## In all scenarios

";

#[test]
fn what_may_differ_is_documented() {
    let mut text = ABOUT.to_owned();
    for known in EVERYWHERE {
        text += &format!("- {}: {}.\n", known.what, known.why);
    }
    text += "\n## In some scenarios\n\n";
    for known in SOMEWHERE {
        text += &format!("- {}: {}.\n", known.what, known.why);
    }
    text += "\n## Scenarios that a real server does in one of several ways\n\n\
             They may be tried up to four times, others twice; each time that differs is printed.\n\n";
    for scenario in SCENARIOS.iter().copied().flatten() {
        if let Some(why) = scenario.racing {
            text += &format!("- {}: {why}.\n", scenario.name);
        }
    }
    text += "\n## In no scenario\n\nWhat is known to differ, and is not tried.\n\n";
    for (what, why) in NOWHERE {
        text += &format!("- {what}: {why}.\n");
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("ari-mock/DIFFERENCES.md");
    if env::var_os("ARI_BLESS").is_some_and(|value| value == "1") {
        fs::write(&file, &text).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(written, text, "ARI_BLESS=1 writes it");
}
