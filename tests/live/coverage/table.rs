//! The table in the documentation.

use std::cmp::Reverse;
use std::path::Path;
use std::{env, fs};

use ari_api::OPERATIONS;

use super::column::{Column, events, operations};
use crate::asterisk::Release;

const ABOUT: &str = "\
# Coverage on real servers

Each operation and each event, with the evidence that it works completely on a real Asterisk.
`tests/live/coverage.rs` writes this file, and fails if its results differ:

```sh
ARI_LIVE=required ARI_BLESS=1 cargo test --test live coverage
```

- **proven**: for an operation, a request succeeded, and its response, decoded into its type and
  encoded again, was equal to the original. For an event, one arrived, and the same applies to it.
  Lists and downloads were not empty.
- **lacks it**: the release has no such operation or event. The request was sent nevertheless, for
  an object that exists, and refused with 404 `Resource not found`, or with 405 `Invalid method` if
  another operation has the path. The client returns `UnsupportedByRelease` for both. The event is
  not in the specs that the server itself serves.
- **not built**: the operation's module is not in Debian's package. Its file is missing,
  `loadModule` is declined, and the request is refused with 404 `Resource not found`.
- **never sent**: the event would name a parameter that is missing in the request for a WebSocket.
  HTTP refuses that request with 400, so there is no WebSocket to send the event on.
";

/// The only line that may differ: a newer point release need not change anything.
const VERSIONS: &str = "Last written against ";

/// Fails if the documentation differs, or rewrites it if `ARI_BLESS` is set. Does nothing unless
/// all releases are present.
pub(super) fn compare(mut columns: Vec<Column>) {
    if columns.len() < Release::ALL.len() {
        return;
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-docs/TRUTH.md");
    columns.sort_by_key(|column| Reverse(column.release));
    let found = text(&columns);
    if env::var_os("ARI_BLESS").is_some_and(|value| value == "1") {
        fs::write(&file, &found).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with(VERSIONS));
        lines.map(str::to_owned).collect()
    };
    let (written, found) = (lines(&written), lines(&found));
    let old = written.iter().filter(|line| !found.contains(line));
    let new = found.iter().filter(|line| !written.contains(line));
    let differences: Vec<_> = old
        .map(|line| format!("- {line}"))
        .chain(new.map(|line| format!("+ {line}")))
        .collect();
    assert!(
        written == found,
        "api-docs/TRUTH.md differs; ARI_BLESS=1 rewrites it:\n{}",
        differences.join("\n")
    );
}

fn text(columns: &[Column]) -> String {
    let versions: Vec<_> = columns.iter().map(|column| &*column.version).collect();
    let versions = versions.join(" and ");
    let mut lines = vec![ABOUT.to_owned(), format!("{VERSIONS}Asterisk {versions}.")];
    lines.push(String::new());
    let (operations, events) = (operations(), events());
    for column in columns {
        lines.push(format!(
            "- Asterisk {}: {} of {} operations, {} of {} events are proven.",
            column.release,
            column.proven(operations.iter()),
            operations.len(),
            column.proven(events.iter()),
            events.len(),
        ));
    }
    lines.push(String::new());
    let row = |first: &str, cells: &dyn Fn(&Column) -> String| {
        let cells: Vec<_> = columns.iter().map(cells).collect();
        format!("| {first} | {} |", cells.join(" | "))
    };
    let head = |lines: &mut Vec<String>, first: &str| {
        lines.push(row(first, &|column| column.release.to_string()));
        lines.push(row("---", &|_| "---".to_owned()));
    };
    head(&mut lines, "operation");
    for (name, operation) in operations.iter().zip(OPERATIONS) {
        let first = format!("`{name}`: `{} {}`", operation.method, operation.path);
        lines.push(row(&first, &|column| column.cell(name).to_owned()));
    }
    lines.push(String::new());
    head(&mut lines, "event");
    for event in &events {
        let first = format!("`{event}`");
        lines.push(row(&first, &|column| column.cell(event).to_owned()));
    }
    lines.join("\n") + "\n"
}
