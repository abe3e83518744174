//! Asterisk's own prose, in raw specs, made fit to stand in documentation.

/// Prose that was not written as Markdown, as Markdown: nothing in it is markup, addresses are
/// links.
pub(crate) fn escape_markdown(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest.find(|c: char| c.is_whitespace() || "<>\"'`|\\".contains(c));
            let url = &rest[..end.unwrap_or(rest.len())];
            let trimmed = url.trim_end_matches(['.', ',', ')', ';', ':']);
            out.push_str(&format!("<{trimmed}>"));
            rest = &rest[trimmed.len()..];
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~'
        ) {
            out.push('\\');
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    // Indentation would turn a paragraph into a code block.
    out.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_prose_is_not_markup() {
        for (prose, markdown) in [
            (
                "See https://example.org/a_b.",
                "See <https://example.org/a_b>.",
            ),
            (
                "Use [x] or <y> or *z* or a_b.",
                r"Use \[x\] or \<y\> or \*z\* or a\_b.",
            ),
            ("    indented", "indented"),
            ("# heading", r"\# heading"),
        ] {
            assert_eq!(escape_markdown(prose), markdown);
        }
    }
}
