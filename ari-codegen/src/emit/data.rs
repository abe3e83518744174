//! Tables of data as Rust expressions, in prettyplease's layout. They are a third of the bindings.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The columns of a line with an expression that is not broken.
const WIDTH: usize = 89;

/// The characters between the braces of a struct in one line.
const MAX_STRUCT_WIDTH: usize = 34;

/// The spaces of a level of indentation.
const INDENT: usize = 4;

/// An expression of data.
pub(super) enum Data {
    /// A string.
    Text(String),
    /// An expression without parts: a path, a number or `true`.
    Plain(String),
    /// A reference to an array.
    List(Vec<Data>),
    Tuple(Vec<Data>),
    /// A variant with its values, such as `Some(1)`, or an expression of the same form.
    Call(Cow<'static, str>, Vec<Data>),
    Struct(String, Vec<(&'static str, Data)>),
}

impl Data {
    /// Returns a string.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Data::Text(text.into())
    }

    /// Returns an expression without parts.
    pub(super) fn plain(code: impl Into<String>) -> Self {
        Data::Plain(code.into())
    }

    /// Returns a variant with its values: `name(value)`.
    pub(super) fn call(
        name: impl Into<Cow<'static, str>>,
        values: impl IntoIterator<Item = Data>,
    ) -> Self {
        Data::Call(name.into(), values.into_iter().collect())
    }

    /// Returns `Some(…)` or `None`.
    pub(super) fn option(value: Option<Data>) -> Self {
        match value {
            Some(value) => Data::call("Some", [value]),
            None => Data::plain("None"),
        }
    }

    /// Writes the expression at this column of a line of this indentation.
    pub(super) fn write(&self, out: &mut String, indent: usize, column: usize) {
        if self.width(WIDTH.saturating_sub(column)).is_some() {
            self.write_line(out);
            return;
        }
        let inside = indent + INDENT;
        match self {
            Data::Text(_) | Data::Plain(_) => self.write_line(out),
            Data::List(items) => write_items(out, "&[", items, "]", indent),
            Data::Tuple(items) => write_items(out, "(", items, ")", indent),
            Data::Call(name, values) => {
                out.push_str(name);
                if let [value @ Data::Struct(..)] = values.as_slice() {
                    out.push('(');
                    value.write(out, indent, column + name.len() + 1);
                    out.push(')');
                } else {
                    write_items(out, "(", values, ")", indent);
                }
            }
            Data::Struct(name, fields) => {
                out.push_str(name);
                out.push_str(" {\n");
                for (field, value) in fields {
                    push_spaces(out, inside);
                    out.push_str(field);
                    out.push_str(": ");
                    value.write(out, inside, inside + field.len() + 2);
                    out.push_str(",\n");
                }
                push_spaces(out, indent);
                out.push('}');
            }
        }
    }

    /// Returns the width of the expression in one line, if it is allowed there and not larger.
    fn width(&self, limit: usize) -> Option<usize> {
        let all = |items: &[Data], ends: usize| {
            let separators = 2 * items.len().saturating_sub(1);
            let mut sum = ends + separators;
            for item in items {
                sum += item.width(limit.checked_sub(sum)?)?;
            }
            Some(sum)
        };
        let width = match self {
            // A longer one need not be read, as escapes make it longer.
            Data::Text(text) if text.len() > 4 * limit => return None,
            Data::Text(text) => {
                text.chars()
                    .map(|c| c.escape_debug().count())
                    .sum::<usize>()
                    + 2
            }
            Data::Plain(code) => code.len(),
            Data::List(items) => all(items, 3)?,
            Data::Tuple(items) => all(items, 2)?,
            Data::Call(name, values) => all(values, name.len() + 2)?,
            Data::Struct(name, fields) => {
                let mut sum = 0;
                for (field, value) in fields {
                    sum += field.len() + 4;
                    sum += value.width(MAX_STRUCT_WIDTH.checked_sub(sum)?)?;
                }
                sum + name.len() + 3
            }
        };
        (width <= limit).then_some(width)
    }

    fn write_line(&self, out: &mut String) {
        let all = |out: &mut String, before: &str, items: &[Data], behind: &str| {
            out.push_str(before);
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { ", " });
                item.write_line(out);
            }
            out.push_str(behind);
        };
        match self {
            // Writing to a string cannot fail.
            Data::Text(text) => _ = write!(out, "{text:?}"),
            Data::Plain(code) => out.push_str(code),
            Data::List(items) => all(out, "&[", items, "]"),
            Data::Tuple(items) => all(out, "(", items, ")"),
            Data::Call(name, values) => {
                out.push_str(name);
                all(out, "(", values, ")");
            }
            Data::Struct(name, fields) => {
                out.push_str(name);
                out.push_str(" { ");
                for (index, (field, value)) in fields.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    out.push_str(field);
                    out.push_str(": ");
                    value.write_line(out);
                }
                out.push_str(" }");
            }
        }
    }
}

/// Writes a list with each item in a line of its own.
pub(super) fn write_items(
    out: &mut String,
    before: &str,
    items: &[Data],
    behind: &str,
    indent: usize,
) {
    let inside = indent + INDENT;
    out.push_str(before);
    out.push('\n');
    for item in items {
        push_spaces(out, inside);
        item.write(out, inside, inside);
        out.push_str(",\n");
    }
    push_spaces(out, indent);
    out.push_str(behind);
}

fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}
