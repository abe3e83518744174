//! From tokens to text: prettyplease item by item, with a blank line between.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::parse_quote;
use syn::punctuated::Punctuated;

use super::docs;
use crate::error::{Error, Result};

/// The text of one file.
pub(crate) fn file(path: &str, about: &str, items: Vec<TokenStream>) -> Result<String> {
    let mut text =
        String::from("// Written by ari-codegen from Asterisk's resource specs: do not edit.\n\n");
    for line in docs::lines(about) {
        text.push_str(format!("//! {line}").trim_end());
        text.push('\n');
    }
    let mut uses = String::new();
    for tokens in items {
        let item = syn::parse2::<syn::File>(tokens).map_err(|source| Error::Emitted {
            file: path.to_owned(),
            source,
        })?;
        for item in item.items {
            // Imports and module declarations stand together; everything else apart.
            let together = matches!(&item, syn::Item::Use(_))
                || matches!(&item, syn::Item::Mod(module) if module.content.is_none());
            let listed = match &item {
                syn::Item::Macro(item) => list(&item.mac),
                _ => None,
            };
            let formatted = listed.unwrap_or_else(|| alone(item));
            if !together || uses.is_empty() {
                text.push('\n');
            }
            uses = if together {
                "together".into()
            } else {
                String::new()
            };
            text.push_str(&spaced(&formatted));
        }
    }
    Ok(text)
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

/// Blank lines between the members of an impl block, which prettyplease leaves out.
fn spaced(item: &str) -> String {
    let mut out = String::with_capacity(item.len());
    let mut after_member = false;
    for line in item.lines() {
        if after_member && line.starts_with("    ") {
            out.push('\n');
        }
        after_member = line == "    }";
        out.push_str(line);
        out.push('\n');
    }
    out
}
