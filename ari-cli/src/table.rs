//! Answers as aligned text.

use serde_json::Value;
use unicode_width::UnicodeWidthStr as _;

use crate::output::at;

const HEAD: anstyle::Style = anstyle::Style::new().bold();

/// What people look for first in a list, where not everything has room: what something is called,
/// what it does, where it is, and whom it connects.
const IMPORTANT: &[&str] = &[
    "id",
    "name",
    "state",
    "dialplan.exten",
    "dialplan.app_name",
    "dialplan.app_data",
    "caller.number",
    "connected.number",
    "bridge_type",
    "channels",
    "technology",
    "resource",
    "channel_ids",
    "status",
];

/// An answer: a list as a table, an object as names and values. Columns for which the width has no
/// room are left out, the least important first, which is said.
pub(crate) fn render(value: &Value, fields: &[String], width: Option<usize>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(items) if items.iter().all(Value::is_object) => list(items, fields, width),
        Value::Array(items) => items.iter().map(|item| text(item) + "\n").collect(),
        Value::Object(_) => object(value, fields),
        other => text(other) + "\n",
    }
}

/// Every leaf of the rows, in the order in which they come, as `a.b`.
pub(crate) fn columns(rows: &[Value]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for row in rows {
        let mut last = 0;
        leaves(
            row,
            "",
            &mut |path, _| match columns.iter().position(|known| *known == path) {
                Some(at) => last = at + 1,
                None => {
                    columns.insert(last.min(columns.len()), path);
                    last += 1;
                }
            },
        );
    }
    columns
}

fn leaves<'a>(value: &'a Value, path: &str, found: &mut impl FnMut(String, &'a Value)) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                let path = match path {
                    "" => key.clone(),
                    path => format!("{path}.{key}"),
                };
                leaves(value, &path, found);
            }
        }
        value => found(path.to_owned(), value),
    }
}

fn list(rows: &[Value], fields: &[String], width: Option<usize>) -> String {
    let columns = match fields {
        [] => {
            let mut columns = columns(rows);
            // What no row has is of no interest, unless it was asked for.
            columns.retain(|column| rows.iter().any(|row| !text(at(row, column)).is_empty()));
            columns
        }
        fields => fields.to_vec(),
    };
    if rows.is_empty() {
        return String::new();
    }
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| columns.iter().map(|column| text(at(row, column))).collect())
        .collect();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let cells = cells.iter().map(|row| row[at].width());
            cells.max().unwrap_or_default().max(column.width())
        })
        .collect();
    let fits = match width.filter(|_| fields.is_empty()) {
        Some(width) => fitting(&columns, &widths, width),
        None => vec![true; columns.len()],
    };
    let shown = |row: &[String]| -> Vec<String> {
        let cells = row.iter().zip(&fits).filter(|(_, fits)| **fits);
        cells.map(|(cell, _)| cell.clone()).collect()
    };
    let shown_widths: Vec<usize> = widths
        .iter()
        .zip(&fits)
        .filter(|(_, fits)| **fits)
        .map(|(width, _)| *width)
        .collect();
    let mut out = line(&shown(&columns), &shown_widths, true);
    for row in &cells {
        out.push_str(&line(&shown(row), &shown_widths, false));
    }
    let left_out: Vec<&str> = columns
        .iter()
        .zip(&fits)
        .filter(|(_, fits)| !**fits)
        .map(|(column, _)| column.as_str())
        .collect();
    if !left_out.is_empty() {
        out.push_str(&format!(
            "(no room for {}: --fields chooses, --json has all)\n",
            left_out.join(", ")
        ));
    }
    out
}

/// Which columns there is room for, in the order of their importance; always the first of them.
fn fitting(columns: &[String], widths: &[usize], width: usize) -> Vec<bool> {
    let mut order: Vec<usize> = (0..columns.len()).collect();
    let rank = |at: &usize| {
        let known = IMPORTANT.iter().position(|name| *name == columns[*at]);
        known.unwrap_or(IMPORTANT.len())
    };
    order.sort_by_key(rank);
    let mut fits = vec![false; columns.len()];
    let mut used = 0;
    for (place, at) in order.into_iter().enumerate() {
        let needed = widths[at] + if place == 0 { 0 } else { 2 };
        if place == 0 || used + needed <= width {
            used += needed;
            fits[at] = true;
        }
    }
    fits
}

fn line(cells: &[String], widths: &[usize], head: bool) -> String {
    let mut line = String::new();
    for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
        let last = at + 1 == cells.len();
        let space = if last {
            0
        } else {
            width + 2 - cell.width().min(*width)
        };
        match head {
            true => line.push_str(&format!("{HEAD}{cell}{HEAD:#}")),
            false => line.push_str(cell),
        }
        line.extend(std::iter::repeat_n(' ', space));
    }
    line.truncate(line.trim_end().len());
    line.push('\n');
    line
}

fn object(value: &Value, fields: &[String]) -> String {
    let names = match fields {
        [] => columns(std::slice::from_ref(value)),
        fields => fields.to_vec(),
    };
    let width = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let lines = names.iter().map(|name| {
        let space = " ".repeat(width - name.width() + 2);
        let line = format!("{HEAD}{name}{HEAD:#}{space}{}", text(at(value, name)));
        line.trim_end().to_owned() + "\n"
    });
    lines.collect()
}

/// A value in one line. What would steer the terminal is escaped: names of callers come from
/// anywhere.
pub(crate) fn text(value: &Value) -> String {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(|item| !item.is_object()) => {
            let items: Vec<_> = items.iter().map(text).collect();
            return items.join(", ");
        }
        Value::Object(members) if members.is_empty() => String::new(),
        other => other.to_string(),
    };
    harmless(&text)
}

/// Whether a character steers a terminal. Marks that turn the direction of writing deceive as well.
pub(crate) fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without characters that steer a terminal.
pub(crate) fn harmless(text: &str) -> String {
    let mut harmless = String::new();
    for c in text.chars() {
        if steers(c) {
            harmless.extend(c.escape_default());
        } else {
            harmless.push(c);
        }
    }
    harmless
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn lists_are_aligned_by_width_and_empty_columns_left_out() {
        let rows = json!([
            {"id": "1", "caller": {"name": "Zoë 電", "number": ""}, "state": "Up"},
            {"id": "1000", "caller": {"name": "", "number": ""}, "state": "Ring"},
        ]);
        assert_eq!(
            plain(&render(&rows, &[], None)),
            "id    caller.name  state\n1     Zoë 電       Up\n1000               Ring\n"
        );
        assert_eq!(
            plain(&render(&rows, &[], Some(19))),
            "id    state\n1     Up\n1000  Ring\n\
             (no room for caller.name: --fields chooses, --json has all)\n"
        );
        let channels = json!([{
            "id": "1795617828.0", "name": "Local/1@testari-00000000;1", "state": "Up",
            "protocol_id": "0123456789abcdef", "caller": {"name": "Alice", "number": "100"},
            "dialplan": {"context": "testari", "exten": "1", "app_name": "Stasis"},
            "creationtime": "2026-11-25T14:43:47.296+0000", "language": "en",
        }]);
        let shown = plain(&render(&channels, &[], Some(80)));
        let mut lines = shown.lines();
        let head = lines.next().unwrap();
        for column in ["id ", "name ", "state", "dialplan.exten"] {
            assert!(head.contains(column), "{shown}");
        }
        assert!(
            lines.next().unwrap().len() <= 80 && head.len() <= 80,
            "{shown}"
        );
        assert!(lines.next().unwrap().contains("creationtime"), "{shown}");
        let fields = ["state".to_owned(), "caller.number".to_owned()];
        assert_eq!(
            plain(&render(&rows, &fields, Some(3))),
            "state  caller.number\nUp\nRing\n"
        );
    }

    #[test]
    fn objects_are_names_and_values() {
        let value = json!({"id": "1", "dialplan": {"exten": "s"}, "list": ["a", 2], "no": null});
        assert_eq!(
            plain(&render(&value, &[], None)),
            "id              1\ndialplan.exten  s\nlist            a, 2\nno\n"
        );
        assert_eq!(render(&json!([]), &[], None), "");
        assert_eq!(render(&Value::Null, &[], None), "");
        assert_eq!(render(&json!(["a", "b"]), &[], None), "a\nb\n");
    }

    #[test]
    fn names_of_callers_do_not_steer_the_terminal() {
        assert_eq!(harmless("a\x1b[2J\nb\u{202e}"), "a\\u{1b}[2J\\nb\\u{202e}");
    }
}
