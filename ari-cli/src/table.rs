//! Responses as aligned text.

use serde_json::Value;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::json_value::{at, text};

const HEADER_STYLE: anstyle::Style = anstyle::Style::new().bold();

/// Columns in the order of their importance, if not all of them fit.
const PREFERRED_COLUMNS: &[&str] = &[
    "id",
    "name",
    "state",
    "caller.number",
    "dialplan.exten",
    "dialplan.app_name",
    "dialplan.app_data",
    "connected.number",
    "bridge_type",
    "channels",
    "technology",
    "resource",
    "channel_ids",
    "status",
];

/// The number of columns of a list that are shown by default.
const DEFAULT_COLUMNS: usize = 5;

/// The minimum width to which a column is cut.
const MIN_COLUMN_WIDTH: usize = 8;

/// Renders a response, a list as a table and an object as names and values, and returns the number
/// of omitted columns, too. If the width is limited, only the most important columns are included.
pub(crate) fn render(value: &Value, fields: &[String], width: Option<usize>) -> (String, usize) {
    let text = match value {
        Value::Null => String::new(),
        Value::Array(items) if items.iter().all(Value::is_object) => {
            return list(items, fields, width);
        }
        Value::Array(items) => items.iter().map(|item| text(item) + "\n").collect(),
        Value::Object(_) => object(value, fields),
        other => text(other) + "\n",
    };
    (text, 0)
}

/// Returns the path of every leaf of the rows, such as `a.b`, in their order.
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

fn list(rows: &[Value], fields: &[String], width: Option<usize>) -> (String, usize) {
    if rows.is_empty() {
        return (String::new(), 0);
    }
    let all = match fields {
        [] => {
            let mut columns = columns(rows);
            // A column that is empty in all rows is only included if it was selected.
            columns.retain(|column| rows.iter().any(|row| !text(at(row, column)).is_empty()));
            columns
        }
        fields => fields.to_vec(),
    };
    let shown = match width.filter(|_| fields.is_empty()) {
        Some(width) => fit_columns(&all, rows, width),
        None => {
            let natural = all.iter().map(|column| content_width(rows, column));
            all.iter().cloned().zip(natural).collect()
        }
    };
    let (columns, widths): (Vec<String>, Vec<usize>) = shown.into_iter().unzip();
    let mut out = line(&columns, &widths, true);
    for row in rows {
        let cells: Vec<String> = columns
            .iter()
            .zip(&widths)
            .map(|(column, width)| cut(text(at(row, column)), *width))
            .collect();
        out.push_str(&line(&cells, &widths, false));
    }
    (out, all.len() - columns.len())
}

/// Returns the width of a column that is not cut.
fn content_width(rows: &[Value], column: &str) -> usize {
    let cells = rows.iter().map(|row| text(at(row, column)).width());
    cells.max().unwrap_or_default().max(column.width())
}

/// Returns the most important columns that fit, in the order of the response, and their widths. The
/// most important one identifies the row, and is never cut.
fn fit_columns(all: &[String], rows: &[Value], width: usize) -> Vec<(String, usize)> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|at| {
        let known = PREFERRED_COLUMNS.iter().position(|name| *name == all[*at]);
        known.unwrap_or(PREFERRED_COLUMNS.len())
    });
    order.truncate(DEFAULT_COLUMNS);
    let key = order.first().copied();
    loop {
        let mut chosen = order.clone();
        chosen.sort_unstable();
        let mut columns: Vec<_> = chosen
            .iter()
            .map(|at| (all[*at].clone(), content_width(rows, &all[*at])))
            .collect();
        loop {
            let used: usize = columns.iter().map(|(_, width)| width + 2).sum();
            if used <= width + 2 || columns.len() <= 1 {
                return columns;
            }
            let cuttable = chosen
                .iter()
                .zip(&mut columns)
                .filter(|(at, (name, width))| {
                    Some(**at) != key && *width > MIN_COLUMN_WIDTH.max(name.width())
                });
            match cuttable.max_by_key(|(_, (_, width))| *width) {
                Some((_, (_, width))) => *width -= 1,
                None => break,
            }
        }
        order.pop();
    }
}

/// Cuts a text to a width.
fn cut(text: String, width: usize) -> String {
    if text.width() <= width {
        return text;
    }
    let mut short = String::new();
    for c in text.chars() {
        if short.width() + c.width().unwrap_or_default() + 1 > width {
            break;
        }
        short.push(c);
    }
    short + "…"
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
            true => line.push_str(&format!("{HEADER_STYLE}{cell}{HEADER_STYLE:#}")),
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
        let line = format!(
            "{HEADER_STYLE}{name}{HEADER_STYLE:#}{space}{}",
            text(at(value, name))
        );
        line.trim_end().to_owned() + "\n"
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    fn shown(value: &serde_json::Value, fields: &[&str], width: Option<usize>) -> String {
        let fields: Vec<_> = fields.iter().map(|field| (*field).to_owned()).collect();
        plain(&render(value, &fields, width).0)
    }

    #[test]
    fn lists_are_aligned_and_omit_empty_columns() {
        let rows = json!([
            {"id": "1", "caller": {"name": "Zoë 電", "number": ""}, "state": "Up"},
            {"id": "1000", "caller": {"name": "", "number": ""}, "state": "Ring"},
        ]);
        assert_eq!(
            shown(&rows, &[], None),
            "id    caller.name  state\n1     Zoë 電       Up\n1000               Ring\n"
        );
        assert_eq!(shown(&rows, &[], Some(80)), shown(&rows, &[], None));
        assert_eq!(
            shown(&rows, &[], Some(19)),
            "id    state\n1     Up\n1000  Ring\n"
        );
        assert_eq!(
            shown(&rows, &["state", "caller.number"], Some(3)),
            "state  caller.number\nUp\nRing\n"
        );
    }

    /// Five columns fit into 80: ids are whole, and names are cut.
    #[test]
    fn five_columns_fit() {
        let mut channel = json!({
            "id": "0123456789abcdef0123456789abcdef", "name": "Local/1@testari-00000000;1",
            "state": "Up", "caller": {"name": "Alice", "number": "100"}, "language": "en",
            "dialplan": {"context": "testari", "exten": "1", "app_name": "Stasis"},
            "creationtime": "2026-11-25T14:43:47.296+0000", "channelvars": {"A": {"B": "1"}},
        });
        let text = shown(&json!([channel]), &[], Some(80));
        let mut lines = text.lines();
        let head: Vec<_> = lines.next().unwrap().split_whitespace().collect();
        let expected = ["id", "name", "state", "caller.number", "dialplan.exten"];
        assert_eq!(head, expected);
        let row = lines.next().unwrap();
        assert!(
            row.starts_with("0123456789abcdef0123456789abcdef  Local/"),
            "{row}"
        );
        assert!(
            row.contains('…') && text.lines().all(|line| line.width() <= 80),
            "{text}"
        );
        // If even cut columns do not fit, there are fewer. An id is still whole.
        channel["id"] = "0123456789".repeat(8).into();
        let text = shown(&json!([channel]), &[], Some(80));
        assert_eq!(text.lines().next().unwrap(), "id");
    }

    #[test]
    fn cells_contain_no_json() {
        let rows = json!([{"id": "a", "formats": [{"language": "en", "format": "gsm"},
            {"language": "fr", "format": "wav"}], "deep": {"x": [1, {"y": true}], "z": {}}}]);
        let text = shown(&rows, &[], None);
        assert!(
            text.contains("language=en format=gsm, language=fr format=wav"),
            "{text}"
        );
        assert!(!text.contains(['{', '[', '"']), "{text}");
    }

    #[test]
    fn objects_are_printed_as_names_and_values() {
        let value = json!({"id": "1", "dialplan": {"exten": "s"}, "list": ["a", 2], "no": null});
        assert_eq!(
            shown(&value, &[], None),
            "id              1\ndialplan.exten  s\nlist            a, 2\nno\n"
        );
        assert_eq!(shown(&json!([]), &[], None), "");
        assert_eq!(shown(&serde_json::Value::Null, &[], None), "");
        assert_eq!(shown(&json!(["a", "b"]), &[], None), "a\nb\n");
    }
}
