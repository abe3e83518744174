//! Checks the result of rendering generated documentation, with the Markdown parser that rustdoc
//! itself uses.

use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// Panics if there is markup that the generator does not write itself, because that comes from a
/// spec: code blocks, which rustdoc compiles and runs, HTML, headings, nested lists and links.
pub(crate) fn assert_only_own_markup(path: &str, source: &str) {
    let tokens: TokenStream = source.parse().expect("tokens");
    let mut blocks = Vec::new();
    collect(tokens, &mut blocks);
    for block in blocks {
        let text = unindented(&block);
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        let events: Vec<_> = Parser::new_ext(&text, options).collect();
        for (index, event) in events.iter().enumerate() {
            let own = match event {
                Event::Start(Tag::Heading { .. }) => {
                    matches!(&events[index + 1], Event::Text(text) if &**text == "Errors")
                }
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }) => match link_type {
                    LinkType::Autolink => dest_url.starts_with("http"),
                    LinkType::Inline => {
                        dest_url.starts_with("crate::") || dest_url.starts_with("runtime::")
                    }
                    _ => false,
                },
                Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item) => true,
                Event::Start(_) | Event::Html(_) | Event::InlineHtml(_) | Event::Rule => false,
                _ => true,
            };
            assert!(own, "{path}: {event:?} in\n{text}");
        }
    }
}

/// Collects the lines of each run of `doc` attributes.
fn collect(tokens: TokenStream, blocks: &mut Vec<Vec<String>>) {
    let mut block = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let inner = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if inner {
            if matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '!') {
                tokens.next();
            }
            if let Some(TokenTree::Group(group)) = tokens.peek() {
                let attribute = group.stream();
                let meta = syn::parse2::<syn::MetaNameValue>(attribute);
                let line = meta.ok().filter(|meta| meta.path.is_ident("doc"));
                if let Some(syn::Expr::Lit(line)) = line.map(|meta| meta.value) {
                    if let syn::Lit::Str(line) = line.lit {
                        block.push(line.value());
                    }
                    tokens.next();
                    continue;
                }
            }
        }
        if !block.is_empty() {
            blocks.push(std::mem::take(&mut block));
        }
        if let TokenTree::Group(group) = token {
            collect(group.stream(), blocks);
        }
    }
    if !block.is_empty() {
        blocks.push(block);
    }
}

/// Removes the indentation that all lines have in common, as rustdoc does.
fn unindented(block: &[String]) -> String {
    let lines = block.iter().flat_map(|line| line.split('\n'));
    let lines: Vec<&str> = lines.collect();
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let full = lines.iter().filter(|line| !line.trim().is_empty());
    let least = full.map(indent).min().unwrap_or(0);
    let lines = lines.iter().map(|line| line.get(least..).unwrap_or(""));
    lines.collect::<Vec<_>>().join("\n")
}
