//! From tokens to text: prettyplease item by item, with a blank line between them, documentation
//! wrapped at [`WIDTH`] columns, and the imports that the items use.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::buffer::Cursor;
use syn::parse::{ParseStream, Parser as _};
use syn::parse_quote;
use syn::punctuated::Punctuated;

use super::data::Data;
use super::tokens::ident;
use super::{docs, wrap};
use crate::error::{Error, Result};

/// The columns of a line of documentation.
const WIDTH: usize = 100;

/// The items of a file, and the names that it may have to import for them.
pub(super) struct Items {
    /// Items that are printed before the imports.
    pub(super) head: TokenStream,
    /// The path that the names are imported from.
    pub(super) from: TokenStream,
    /// Types and modules that are imported if an item uses them at the beginning of a path.
    pub(super) names: Vec<&'static str>,
    pub(super) items: Vec<Item>,
}

/// An item of a file, or several.
pub(super) enum Item {
    Tokens(TokenStream),
    Table(Table),
}

impl From<TokenStream> for Item {
    fn from(tokens: TokenStream) -> Self {
        Item::Tokens(tokens)
    }
}

/// A static of data.
pub(super) struct Table {
    pub(super) doc: String,
    /// `pub static NAME: Type`.
    pub(super) declaration: String,
    pub(super) value: Data,
}

impl Items {
    /// Creates the items of a file that imports nothing.
    pub(super) fn without_imports(items: TokenStream) -> Self {
        Items {
            head: TokenStream::new(),
            from: TokenStream::new(),
            names: Vec::new(),
            items: vec![items.into()],
        }
    }
}

/// Returns the text of one file.
pub(super) fn file(path: &str, about: &str, items: Items) -> Result<String> {
    let mut printer = Printer {
        text: String::from(
            "// Written by ari-codegen from Asterisk's resource specs: do not edit.\n\n",
        ),
        uses: false,
    };
    for line in docs::lines(about).flat_map(|line| wrap::wrap(&line, WIDTH - "//! ".len())) {
        printer.text.push_str(format!("//! {line}").trim_end());
        printer.text.push('\n');
    }
    let emitted = |source| Error::Emitted {
        file: path.to_owned(),
        source,
    };
    let Items {
        head,
        from,
        names,
        items,
    } = items;
    let mut used = vec![false; names.len()];
    let parsed = items.into_iter().map(|item| {
        let tokens = match item {
            Item::Tokens(tokens) => tokens,
            Item::Table(table) => {
                let mut roots = BTreeSet::new();
                table.value.find_roots(&mut roots);
                for (name, used) in names.iter().zip(&mut used) {
                    *used |= roots.contains(name) || table.declaration.ends_with(name);
                }
                return Ok(Parsed::Table(table));
            }
        };
        let parse = |input: ParseStream<'_>| {
            find_roots(input.cursor(), &names, &mut used);
            input.parse::<syn::File>()
        };
        parse.parse2(tokens).map(Parsed::File).map_err(emitted)
    });
    let parsed = parsed.collect::<Result<Vec<_>>>()?;
    printer.items(syn::parse2::<syn::File>(head).map_err(emitted)?);
    let mut used: Vec<_> = names.iter().zip(used).filter(|(_, used)| *used).collect();
    used.sort_unstable();
    if !used.is_empty() {
        let names = used.into_iter().map(|(name, _)| ident(name));
        let imports = quote!(use #from::{#(#names),*};);
        printer.items(syn::parse2::<syn::File>(imports).map_err(emitted)?);
    }
    for parsed in parsed {
        match parsed {
            Parsed::File(file) => printer.items(file),
            Parsed::Table(table) => printer.table(&table),
        }
    }
    Ok(printer.text)
}

/// A parsed [`Item`].
enum Parsed {
    File(syn::File),
    Table(Table),
}

/// Marks the names that begin a path: types anywhere but behind `::`, modules in front of it.
fn find_roots(mut at: Cursor<'_>, names: &[&str], used: &mut [bool]) {
    let mut behind_path = false;
    while !at.eof() {
        if let Some((found, next)) = at.ident() {
            if let Some(index) = names
                .iter()
                .position(|name| found == name)
                .filter(|_| !behind_path)
            {
                let is_type = names[index].starts_with(|c: char| c.is_ascii_uppercase());
                used[index] |= is_type || is_colon(next);
            }
            behind_path = false;
            at = next;
        } else if let Some((punct, next)) = at.punct() {
            // Of `::`, both colons: the first is joint to the second.
            let is_joint = punct.spacing() == proc_macro2::Spacing::Joint;
            behind_path = punct.as_char() == ':' && (behind_path || is_joint);
            at = next;
        } else if let Some((inside, _, _, next)) = at.any_group() {
            find_roots(inside, names, used);
            at = next;
        } else if let Some((_, next)) = at.literal() {
            behind_path = false;
            at = next;
        } else if let Some((_, next)) = at.lifetime() {
            at = next;
        } else {
            return;
        }
    }
}

fn is_colon(at: Cursor<'_>) -> bool {
    at.punct().is_some_and(|(punct, _)| punct.as_char() == ':')
}

struct Printer {
    text: String,
    /// `true` if the last item was an import or a module declaration.
    uses: bool,
}

impl Printer {
    fn items(&mut self, file: syn::File) {
        for item in file.items {
            // Imports and module declarations stand together, other items apart.
            let together = matches!(&item, syn::Item::Use(_))
                || matches!(&item, syn::Item::Mod(module) if module.content.is_none());
            let listed = match &item {
                syn::Item::Macro(item) => list(&item.mac),
                _ => None,
            };
            let formatted = listed.unwrap_or_else(|| alone(item));
            if !together || !self.uses {
                self.text.push('\n');
            }
            self.uses = together;
            self.lines(&formatted);
        }
    }

    fn table(&mut self, table: &Table) {
        self.text.push('\n');
        self.uses = false;
        for line in docs::lines(&table.doc).flat_map(|line| wrap::wrap(&line, WIDTH - 4)) {
            self.text.push_str(format!("/// {line}").trim_end());
            self.text.push('\n');
        }
        self.text.push_str(&table.declaration);
        self.text.push_str(" = ");
        let column = table.declaration.len() + " = ".len();
        table.value.write(&mut self.text, 0, column);
        self.text.push_str(";\n");
    }

    /// Adds an item: with blank lines between the members of an impl block, which prettyplease
    /// leaves out, and with its documentation in lines.
    fn lines(&mut self, item: &str) {
        let mut after_member = false;
        for line in item.lines() {
            if after_member && line.starts_with("    ") {
                self.text.push('\n');
            }
            after_member = line == "    }";
            let content = line.trim_start();
            match content.strip_prefix("///") {
                Some(text) => self.doc(&line[..line.len() - content.len()], text),
                None => {
                    self.text.push_str(line);
                    self.text.push('\n');
                }
            }
        }
    }

    fn doc(&mut self, indent: &str, text: &str) {
        let width = WIDTH - indent.len() - "/// ".len();
        let text = text.strip_prefix(' ').unwrap_or(text);
        for line in wrap::wrap_lines(text.split(docs::LINE_BREAK), width) {
            self.text.push_str(indent);
            self.text.push_str("///");
            if !line.is_empty() {
                self.text.push(' ');
                self.text.push_str(&line);
            }
            self.text.push('\n');
        }
    }
}

/// One item.
fn alone(item: syn::Item) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// The call of a macro that takes a list, with each entry in a line of its own, so that a change
/// of one is a change of one line; prettyplease fills lines with them.
fn list(call: &syn::Macro) -> Option<String> {
    const BEFORE: &str = "const _: () = ";
    const BEHIND: &str = ";\n";
    let entries = Punctuated::<syn::Expr, syn::Token![,]>::parse_terminated;
    let mut text = String::new();
    for entry in call.parse_body_with(entries).ok()? {
        let formatted = alone(parse_quote!(const _: () = #entry;));
        let entry = formatted.strip_prefix(BEFORE)?.strip_suffix(BEHIND)?;
        text.push_str(&format!("    {entry},\n"));
    }
    let path = call.path.to_token_stream().to_string().replace(' ', "");
    Some(format!("{path}!(\n{text});\n"))
}
