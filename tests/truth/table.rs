//! The table in the documentation.

use ari_api::OPERATIONS;

use crate::column::{Column, events, operations};

const ABOUT: &str = "\
# Coverage on real servers

Each operation and each event, with the evidence that it works completely on a real Asterisk.
The live tests record this evidence while they run, and `tests/truth.rs` fails if this file differs
from it:

```sh
ARI_LIVE=required cargo live             # record
ARI_BLESS=1 cargo truth                  # rewrite this file
```

- **proven**: for an operation, a request succeeded, and its response, decoded into its type and
  encoded again, was equal to the original. For an event, one arrived, and the same applies to it.
  Lists and downloads were not empty.
- **lacks it**: the release has no such operation or event. The request was sent nevertheless, and
  refused with 404 `Resource not found`, which names no missing object, or with 405 `Invalid method`
  if another operation has the path. The client returns `UnsupportedByRelease` for both. The event
  is not in the specs that the server itself serves.
- **not built**: the operation's module is not in Debian's package. Its file is missing,
  `loadModule` is declined, and the request is refused with 404 `Resource not found`.
- **never sent**: the event would name a parameter that is missing in the request for a WebSocket.
  HTTP refuses that request with 400, so there is no WebSocket to send the event on.
";

/// The only line that may differ: a newer point release need not change anything.
const VERSIONS: &str = "Last written against ";

/// Returns the lines that differ between the file and the evidence.
pub(crate) fn differences(written: &str, found: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> {
        let lines = text.lines().filter(|line| !line.starts_with(VERSIONS));
        lines.map(str::to_owned).collect()
    };
    let (written, found) = (lines(written), lines(found));
    if written == found {
        return Vec::new();
    }
    let old = written.iter().filter(|line| !found.contains(line));
    let new = found.iter().filter(|line| !written.contains(line));
    old.map(|line| format!("- {line}"))
        .chain(new.map(|line| format!("+ {line}")))
        .chain(["The lines, or their order, differ.".to_owned()])
        .collect()
}

/// Returns the text of the file.
pub(crate) fn text(columns: &[&Column]) -> String {
    let versions: Vec<_> = columns.iter().map(|column| column.version()).collect();
    let versions = versions.join(" and ");
    let mut lines = vec![ABOUT.to_owned(), format!("{VERSIONS}Asterisk {versions}.")];
    lines.push(String::new());
    let (operations, events) = (operations(), events());
    for column in columns {
        lines.push(format!(
            "- Asterisk {}: {} of {} operations, {} of {} events are proven.",
            column.release,
            column.proven(&operations),
            operations.len(),
            column.proven(&events),
            events.len(),
        ));
    }
    lines.push(String::new());
    let row = |first: &str, cells: &dyn Fn(&Column) -> String| {
        let cells: Vec<_> = columns.iter().map(|column| cells(column)).collect();
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
