//! The one way of texts from specs into documentation: nothing in them is markup there.

/// The form of a text from a spec in documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A name or a value: code in one line.
    Code,
    /// Asterisk's own prose, which was not written as Markdown: paragraphs, with links for
    /// addresses.
    Text,
}

/// Returns a text from a spec as Markdown that shows just this text. Every such text comes into
/// documentation through here: what a spec says must not become a code block, which rustdoc would
/// compile and run as a test, nor live HTML.
pub(crate) fn markdown(text: &str, form: Form) -> String {
    match form {
        Form::Code => code_span(&one_line(text)),
        Form::Text => {
            let text = text.replace("\r\n", "\n");
            let lines = text.trim().split(['\n', '\r']);
            let lines: Vec<_> = lines.map(|line| escape(&one_line(line))).collect();
            lines.join("\n")
        }
    }
}

/// A name or a value from a spec as code.
pub(crate) fn code(text: &str) -> String {
    markdown(text, Form::Code)
}

/// Words with single spaces between: indentation is what makes code blocks, and control characters
/// would be shown as spaces.
fn one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A span between more backticks than stand together anywhere in it.
fn code_span(text: &str) -> String {
    if text.is_empty() {
        return "`\"\"`".into();
    }
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or(0) + 1);
    if text.starts_with('`') || text.ends_with('`') {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Returns `true` if the text after digits makes them the number of a list item.
fn is_list_number(behind: &str) -> bool {
    let behind = behind.strip_prefix(['.', ')']);
    behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(' '))
}

/// One line, with everything escaped that Markdown knows.
fn escape(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    // At the start of a line, these begin a list or a table, or make the line before a heading.
    let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.starts_with(['-', '+', '=', ':']) {
        out.push('\\');
    } else if number.len() < rest.len() && is_list_number(number) {
        out.push_str(&rest[..rest.len() - number.len()]);
        out.push('\\');
        rest = number;
    }
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest.find(|c: char| c.is_whitespace() || "<>\"'`|\\".contains(c));
            let url = &rest[..end.unwrap_or(rest.len())];
            let trimmed = url.trim_end_matches(['.', ',', ')', ';', ':']);
            out.push_str(&format!("<{trimmed}>"));
            rest = &rest[trimmed.len()..];
            continue;
        }
        if "\\`*_[]<>#|~&".contains(c) {
            out.push('\\');
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_prose_is_not_markup() {
        for (prose, expected) in [
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
            ("title\n---", "title\n\\---"),
            ("-     code of a list", r"\- code of a list"),
            ("1.     code of a list", r"1\. code of a list"),
            ("a\n\u{1}    code\n\u{b}\tcode", "a\ncode\ncode"),
            ("one\r\ntwo\rthree\r\n\r\nfour", "one\ntwo\nthree\n\nfour"),
            ("&lt;b&gt;", r"\&lt;b\&gt;"),
            ("2024 is a year, 1.5 is none", "2024 is a year, 1.5 is none"),
        ] {
            assert_eq!(markdown(prose, Form::Text), expected);
        }
    }

    #[test]
    fn names_and_values_stay_in_code_spans() {
        for (text, markdown) in [
            ("both", "`both`"),
            ("", "`\"\"`"),
            ("a`b", "``a`b``"),
            ("`", "`` ` ``"),
            ("x\n\n```\npanic!()\n```", "```` x ``` panic!() ``` ````"),
        ] {
            assert_eq!(code(text), markdown);
        }
    }
}
