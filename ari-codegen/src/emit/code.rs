//! Source code as text, in prettyplease's layout. Code of a fixed layout needs no tokens, which
//! take several times as long to create, parse and print.

use std::borrow::Cow;

use super::data::{self, Data};
use super::{docs, wrap};

/// The columns of a line of documentation.
const DOC_WIDTH: usize = 100;

/// The columns of a line of code.
const WIDTH: usize = 89;

/// Returns a text as documentation of an item at this indentation.
pub(super) fn doc(indent: &str, text: &str) -> String {
    let mut doc = String::with_capacity(text.len() + text.len() / 8);
    push_doc(&mut doc, indent, "///", docs::lines(text));
    doc
}

/// Adds lines of documentation, wrapped, with these slashes in front of them.
pub(super) fn push_doc<'l>(
    out: &mut String,
    indent: &str,
    slashes: &str,
    lines: impl IntoIterator<Item = impl Into<Cow<'l, str>>>,
) {
    let width = DOC_WIDTH - indent.len() - slashes.len() - " ".len();
    for line in wrap::wrap_lines(lines, width) {
        out.push_str(indent);
        out.push_str(slashes);
        if !line.is_empty() {
            out.push(' ');
            out.push_str(&line);
        }
        out.push('\n');
    }
}

/// Adds a list in parentheses, such as the arguments of a function, to the text before it at this
/// indentation. The list has one line, or a line for each item.
pub(super) fn push_list(
    out: &mut String,
    indent: &str,
    before: &str,
    items: &[String],
    behind: &str,
) {
    let line = format!("{indent}{before}({}){behind}", items.join(", "));
    if line.len() <= WIDTH || items.is_empty() {
        out.push_str(&line);
    } else {
        out.push_str(&format!("{indent}{before}(\n"));
        for item in items {
            out.push_str(&format!("{indent}    {item},\n"));
        }
        out.push_str(&format!("{indent}){behind}"));
    }
    out.push('\n');
}

/// Returns the import of names from `path`, such as `pub use self::models`, if there are any.
pub(super) fn import<'n>(path: &str, names: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let names: Vec<_> = names.into_iter().collect();
    let line = match names.as_slice() {
        [] => return None,
        [name] => format!("{path}::{name};"),
        names => format!("{path}::{{{}}};", names.join(", ")),
    };
    if line.len() <= WIDTH || names.len() == 1 {
        return Some(line);
    }
    let mut text = format!("{path}::{{");
    let mut width = usize::MAX;
    for name in names {
        width = width.saturating_add(name.len() + ", ".len());
        if width > WIDTH {
            text.push_str("\n   ");
            width = 3 + name.len() + ", ".len();
        }
        text.push(' ');
        text.push_str(name);
        text.push(',');
    }
    text.push_str("\n};");
    Some(text)
}

/// Returns the call of a macro with each argument in a line of its own. A change of one argument
/// then changes one line.
pub(super) fn macro_call(path: &str, arguments: &[Data]) -> String {
    let mut text = path.to_owned();
    data::write_items(&mut text, "!(", arguments, ");\n", 0);
    text
}

/// Returns a static or constant of data; `declaration` is such as `pub static NAME: Type`.
pub(super) fn table(about: &str, declaration: &str, value: &Data) -> String {
    let mut text = doc("", about);
    text.push_str(declaration);
    text.push_str(" = ");
    value.write(&mut text, 0, declaration.len() + " = ".len());
    text.push_str(";\n");
    text
}
