//! Files, printed from their items. prettyplease prints tokens item by item, with a blank line
//! between them and their documentation in lines. The names that the items use are imported.

use proc_macro2::TokenStream;

use super::{code, docs};
use crate::error::{Error, Result};

/// The items of a file, and the names that it may have to import for them.
pub(super) struct Items {
    /// Declarations of modules and imports in front of those of the names.
    pub(super) head: Vec<String>,
    /// The path that the names are imported from.
    pub(super) from: String,
    /// Types and modules that are imported if an item uses them at the beginning of a path.
    pub(super) names: Vec<&'static str>,
    pub(super) items: Vec<Item>,
}

/// An item of a file, or several.
pub(super) enum Item {
    Tokens(TokenStream),
    /// An item that is already printed, see [`code`].
    Text(String),
}

impl From<TokenStream> for Item {
    fn from(tokens: TokenStream) -> Self {
        Item::Tokens(tokens)
    }
}

impl From<String> for Item {
    fn from(text: String) -> Self {
        Item::Text(text)
    }
}

impl Items {
    /// Creates the items of a file that declares modules and exports their items.
    pub(super) fn declarations(declarations: impl Iterator<Item = String>) -> Self {
        Items {
            head: declarations.collect(),
            from: String::new(),
            names: Vec::new(),
            items: Vec::new(),
        }
    }
}

/// Returns the text of one file.
pub(super) fn file(path: &str, about: &str, items: Items) -> Result<String> {
    let mut body = String::new();
    for item in items.items {
        match item {
            Item::Tokens(tokens) => {
                let file = syn::parse2(tokens).map_err(|source| Error::Emitted {
                    file: path.to_owned(),
                    source,
                })?;
                push_code(&mut body, file);
            }
            Item::Text(text) => {
                body.push('\n');
                body.push_str(&text);
            }
        }
    }
    let mut text =
        String::from("// Written by ari-codegen from Asterisk's resource specs: do not edit.\n\n");
    code::push_doc(&mut text, "", "//!", docs::lines(about));
    let imports = code::import(
        &format!("use {}", items.from),
        find_roots(&body, &items.names),
    );
    let declarations = items.head.into_iter().chain(imports);
    // No blank lines are between declarations, unlike other items.
    for (index, declaration) in declarations.enumerate() {
        text.push_str(if index == 0 { "\n" } else { "" });
        text.push_str(&declaration);
        text.push('\n');
    }
    text.push_str(&body);
    Ok(text)
}

/// Returns the names that begin a path in some code, sorted: types anywhere but behind `::`,
/// modules in front of it.
fn find_roots<'n>(code: &str, names: &[&'n str]) -> Vec<&'n str> {
    let mut found = Vec::new();
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let mut at = 0;
    while let Some(byte) = code.as_bytes().get(at) {
        match byte {
            b'"' => at += 1 + string_length(&code[at + 1..]),
            b'/' if code[at..].starts_with("//") => {
                at += code[at..].find('\n').unwrap_or(code.len() - at);
            }
            _ if is_word(byte) => {
                let (before, rest) = code.split_at(at);
                let length = rest.bytes().take_while(is_word).count();
                let (word, behind) = rest.split_at(length);
                let begins = byte.is_ascii_uppercase() || behind.starts_with("::");
                if begins
                    && let Some(name) = names.iter().find(|name| **name == word)
                    && !before.ends_with("::")
                    && !found.contains(name)
                {
                    found.push(*name);
                }
                at += length;
            }
            _ => at += 1,
        }
    }
    found.sort_unstable();
    found
}

/// Returns the bytes up to the end of a string, behind the quotation mark that begins it.
fn string_length(code: &str) -> usize {
    let mut quotes = code.match_indices('"');
    let end = quotes.find(|(at, _)| {
        let before = code[..*at].bytes().rev();
        before.take_while(|byte| *byte == b'\\').count() % 2 == 0
    });
    end.map_or(code.len(), |(at, _)| at + 1)
}

/// Adds the items of a file.
fn push_code(out: &mut String, file: syn::File) {
    for item in file.items {
        let formatted = prettyplease::unparse(&syn::File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        });
        out.push('\n');
        push_item(out, &formatted);
    }
}

/// Adds an item with its documentation in lines. Adds the blank lines between the members of an
/// impl block that prettyplease leaves out.
fn push_item(out: &mut String, item: &str) {
    let mut after_member = false;
    for line in item.lines() {
        if after_member && line.starts_with("    ") {
            out.push('\n');
        }
        after_member = line == "    }";
        let content = line.trim_start();
        match content.strip_prefix("///") {
            Some(text) => {
                let indent = &line[..line.len() - content.len()];
                let text = text.strip_prefix(' ').unwrap_or(text);
                code::push_doc(out, indent, "///", text.split(docs::LINE_BREAK));
            }
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::find_roots;

    #[test]
    fn names_at_the_beginning_of_a_path_are_found() {
        let names = ["Error", "Event", "models", "runtime"];
        for (code, expected) in [
            ("fn f() -> Result<Event, runtime::Error>", "Event runtime"),
            ("impl models::Error for Events {}", "models"),
            ("let models = event.models; // Error", ""),
            ("/// [`Error`] of `models::Call`\nError", "Error"),
            (
                r#"call("Event \" Error", Error, "é models::X \\")"#,
                "Error",
            ),
            (r#"("\\", Event)"#, "Event"),
            (r#"unclosed("Event \""#, ""),
        ] {
            assert_eq!(find_roots(code, &names).join(" "), expected, "{code}");
        }
    }
}
