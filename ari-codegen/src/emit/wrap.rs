//! Markdown in lines of a limited width.

use std::borrow::Cow;

/// Returns lines of Markdown in lines of at most `width` characters where a space allows it. Code
/// blocks and tables keep their lines.
pub(super) fn wrap_lines<'a>(
    lines: impl IntoIterator<Item = impl Into<Cow<'a, str>>>,
    width: usize,
) -> impl Iterator<Item = Cow<'a, str>> {
    let mut is_code = false;
    lines.into_iter().flat_map(move |line| {
        let line = line.into();
        let text = line.trim_start();
        let is_fence = text.starts_with("```");
        is_code ^= is_fence;
        let indent = line.len() - text.len();
        let keeps_lines = is_code || is_fence || indent >= 4 || text.starts_with('|');
        if keeps_lines || line.len() <= width || line.chars().count() <= width {
            vec![line]
        } else {
            break_line(text, indent, width)
        }
    })
}

fn break_line<'a>(text: &str, indent: usize, width: usize) -> Vec<Cow<'a, str>> {
    let mut lines = Vec::new();
    let mut line = " ".repeat(indent);
    let marker = marker(text);
    // The lines of a list item stand below its text.
    let hanging = " ".repeat(indent + marker.len());
    line.push_str(marker);
    let mut length = line.len();
    let mut is_first = true;
    for part in unbroken(&text[marker.len()..]) {
        let part_length = part.chars().count();
        if !is_first && length + 1 + part_length > width {
            lines.push(Cow::Owned(std::mem::replace(&mut line, hanging.clone())));
            length = hanging.len();
            is_first = true;
        }
        if !is_first {
            line.push(' ');
            length += 1;
        }
        line.push_str(part);
        length += part_length;
        is_first = false;
    }
    lines.push(Cow::Owned(line));
    lines
}

/// Returns the parts of a text between which a line may end: not inside code, and not in front of
/// what Markdown takes for something else at the beginning of a line.
fn unbroken(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let ends_part = |byte: &u8| matches!(byte, b' ' | b'`');
    while let Some(found) = text.as_bytes()[at..].iter().position(ends_part) {
        let place = at + found;
        at = place + 1;
        if text.as_bytes()[place] == b'`' {
            // Code ends at as many backticks as it begins with.
            let rest = text[place..].trim_start_matches('`');
            let ticks = &text[place..text.len() - rest.len()];
            let end = rest.find(ticks).map_or(0, |end| end + ticks.len());
            at = place + ticks.len() + end;
        } else if !begins_block(&text[at..]) {
            parts.push(&text[start..place]);
            start = at;
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Returns `true` if a line that begins with this text is no plain part of a paragraph.
fn begins_block(text: &str) -> bool {
    text.starts_with(['#', '-', '+', '*', '>', '|', '=', '~', '<', ' ', ':'])
        || text.starts_with("```")
        || text.is_empty()
        || {
            let behind = text.trim_start_matches(|c: char| c.is_ascii_digit());
            behind.len() < text.len() && behind.starts_with(['.', ')'])
        }
}

/// Returns the marker of a list item that a text begins with, or nothing.
fn marker(text: &str) -> &str {
    let bullet = text.strip_prefix(['-', '*', '+']);
    let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = number
        .strip_prefix(['.', ')'])
        .filter(|_| number.len() < text.len());
    let rest = bullet.or(number).and_then(|rest| rest.strip_prefix(' '));
    &text[..text.len() - rest.map_or(text.len(), str::len)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_only() {
        for (line, expected) in [
            ("short", "short"),
            ("one two three four", "one two\nthree\nfour"),
            ("unbreakable_word and", "unbreakable_word\nand"),
            ("a `code of it` b", "a\n`code of it`\nb"),
            ("a ``code ` of`` b", "a\n``code ` of``\nb"),
            ("an unclosed ` tick", "an\nunclosed\n` tick"),
            ("- one two three", "- one\n  two\n  three"),
            ("  one two three", "  one\n  two\n  three"),
            ("12. one two three", "12. one\n    two\n    three"),
            ("five is - not # a list", "five\nis -\nnot # a\nlist"),
            ("since 12. It is", "since 12.\nIt is"),
            ("    code that is long", "    code that is long"),
            ("| a table | b |", "| a table | b |"),
            ("ä ö ü ß ä", "ä ö ü ß\nä"),
        ] {
            let wrapped: Vec<_> = wrap_lines([line], 8).collect();
            assert_eq!(wrapped.join("\n"), expected);
        }
        let code = ["```", "let x = 1; // long", "```", "long again"];
        let wrapped: Vec<_> = wrap_lines(code, 8).collect();
        assert_eq!(
            wrapped,
            ["```", "let x = 1; // long", "```", "long", "again"]
        );
    }
}
