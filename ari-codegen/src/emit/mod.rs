//! From an [`Api`](crate::api::Api) to Rust source: names are planned once, each file's items are
//! made as tokens, and [`format`] turns them into text.

mod client;
pub(crate) mod crate_files;
mod creation;
mod docs;
mod events;
mod format;
mod handles;
mod models;
mod objects;
mod operations;
mod plan;
mod property_walk;
mod requests;
mod standard;

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZero;

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::api::{Api, ResponseType};
use crate::error::Result;
use crate::markdown::code;
use crate::parallel;
use plan::{Plan, ResourcePlan};

/// A file that is to be made: tokens cannot leave the thread that makes them, so each file is made
/// and formatted in one go.
struct File<'p, 'a> {
    path: String,
    about: String,
    items: Items<'p, 'a>,
}

/// The items of a file.
enum Items<'p, 'a> {
    Plan(fn(&Plan<'a>) -> Vec<TokenStream>),
    Resource(
        &'p ResourcePlan<'a>,
        fn(&Plan<'a>, &ResourcePlan<'a>) -> Vec<TokenStream>,
    ),
}

/// The source of bindings.
pub(crate) struct Emitted {
    /// Files by their path below the folder that holds `mod.rs`.
    pub(crate) files: BTreeMap<String, String>,
    /// Notes on differences from the specs that users of the specs would not expect.
    pub(crate) notes: Vec<String>,
}

/// Generates the source of bindings whose `mod.rs` is at the path `root`.
pub(crate) fn files(api: &Api, root: &syn::Path, threads: NonZero<usize>) -> Result<Emitted> {
    let plan = Plan::new(api, root);
    let texts = parallel::map(threads, &planned(&plan), |file| {
        let items = match file.items {
            Items::Plan(items) => items(&plan),
            Items::Resource(resource, items) => items(&plan, resource),
        };
        let text = format::file(&file.path, &file.about, items)?;
        Ok((file.path.clone(), text))
    });
    Ok(Emitted {
        files: texts.into_iter().collect::<Result<_>>()?,
        notes: [plan.notes, omitted_notes(api)].concat(),
    })
}

/// Notes of what the bindings lack of the specs.
fn omitted_notes(api: &Api) -> Vec<String> {
    let mut notes = Vec::new();
    for (resource, op) in api.operations() {
        if op.websocket_protocol.is_some() && !api.opens_event_stream(op) {
            notes.push(format!(
                "the operation {}.{} opens a WebSocket of other messages than events: its request \
                 can be made and encoded, but not sent",
                resource.name, op.nickname
            ));
        }
    }
    let answered = api.operations().filter_map(|(resource, op)| {
        let model = match &op.response {
            ResponseType::Json(kind) if !api.opens_event_stream(op) => kind.model()?,
            _ => return None,
        };
        Some((model, format!("{}.{}", resource.name, op.nickname)))
    });
    let held = api.models().flat_map(|(_, holder)| {
        let properties = holder.properties.iter();
        properties.filter_map(|property| {
            let place = format!("{:?} of the model {:?}", property.name, holder.name);
            Some((property.kind.model()?, place))
        })
    });
    for (name, place) in answered.chain(held) {
        let sub_types = api.model(name).map(|model| model.sub_types.as_slice());
        if let Some(sub_types @ [_, ..]) = sub_types {
            notes.push(format!(
                "{place} can be any subtype of {name:?} ({}), and keeps only what they share",
                sub_types.join(", ")
            ));
        }
    }
    notes
}

/// The files, in the order in which threads take them: large ones first.
fn planned<'p, 'a>(plan: &'p Plan<'a>) -> Vec<File<'p, 'a>> {
    let mut files = Vec::new();
    let mut add = |path: &str, about: &str, items| {
        files.push(File {
            path: path.to_owned(),
            about: about.to_owned(),
            items,
        });
    };
    if !plan.events.is_empty() {
        add(
            "event.rs",
            "Everything that arrives on the WebSocket.",
            Items::Plan(events::items),
        );
    }
    for resource in &plan.resources {
        let module = &resource.module;
        let name = &resource.resource.name;
        let about = docs::paragraphs([
            Some(
                resource
                    .resource
                    .text
                    .clone()
                    .unwrap_or_else(|| format!("The resource {}.", code(name))),
            ),
            modules_note(&resource.resource.requires_modules),
        ]);
        add(
            &format!("requests/{module}.rs"),
            &about,
            Items::Resource(resource, requests::items),
        );
        if !resource.resource.models.is_empty() {
            add(
                &format!("models/{module}.rs"),
                &format!("Models of the resource {}.", code(name)),
                Items::Resource(resource, models::items),
            );
        }
        add(
            &format!("operations/{module}.rs"),
            &format!("Operations of the resource {}, as data.", code(name)),
            Items::Resource(resource, operations::items),
        );
    }
    add("mod.rs", &crate_about(plan.api), Items::Plan(client::root));
    add(
        "client.rs",
        "The client, and its way to every resource and object.",
        Items::Plan(client::items),
    );
    add(
        "models/mod.rs",
        "Responses and events of Asterisk.",
        Items::Plan(models::root),
    );
    add(
        "requests/mod.rs",
        "Requests, a module a resource.",
        Items::Plan(requests::root),
    );
    add(
        "operations/mod.rs",
        "The table of all operations, as data.",
        Items::Plan(operations::root),
    );
    files
}

fn crate_about(api: &Api) -> String {
    format!("Bindings for {}.", covered(api))
}

/// `Asterisk 22`, `Asterisk 12 to 24`, `Asterisk 16, 20 and 22`.
pub(crate) fn covered(api: &Api) -> String {
    let numbers: Vec<_> = api
        .releases
        .iter()
        .map(|release| release.number())
        .collect();
    let consecutive = numbers.windows(2).all(|pair| pair[1] == pair[0] + 1);
    match numbers.as_slice() {
        [one] => format!("Asterisk {one}"),
        [first, .., last] if consecutive && numbers.len() > 2 => {
            format!("Asterisk {first} to {last}")
        }
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(u16::to_string).collect();
            format!("Asterisk {} and {last}", first.join(", "))
        }
        [] => "no Asterisk".into(),
    }
}

fn modules_note(modules: &[String]) -> Option<String> {
    let names: Vec<_> = modules.iter().map(|module| code(module)).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("Asterisk needs the module {one} for it.")),
        [first @ .., last] => Some(format!(
            "Asterisk needs the modules {} and {last} for it.",
            first.join(", ")
        )),
    }
}

/// An identifier, raw where the name says so.
fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => format_ident!("{name}"),
    }
}

/// `use FROM::{…};` of those names that the items use at the beginning of a path.
fn imports(items: &[TokenStream], from: TokenStream, names: &[&str]) -> TokenStream {
    let mut used = BTreeSet::new();
    for item in items {
        collect_roots(item.clone(), &mut used);
    }
    let names: BTreeSet<_> = names.iter().filter(|name| used.contains(**name)).collect();
    let names: Vec<_> = names.into_iter().map(|name| ident(name)).collect();
    if names.is_empty() {
        TokenStream::new()
    } else {
        quote!(use #from::{#(#names),*};)
    }
}

/// Identifiers that begin a path: types anywhere but behind `::`, modules in front of it.
fn collect_roots(tokens: TokenStream, roots: &mut BTreeSet<String>) {
    let mut behind_path = false;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => collect_roots(group.stream(), roots),
            TokenTree::Ident(name) => {
                let name = name.to_string();
                let is_type = name.starts_with(|c: char| c.is_ascii_uppercase());
                let leads =
                    matches!(tokens.peek(), Some(TokenTree::Punct(p)) if p.as_char() == ':');
                if !behind_path && (is_type || leads) {
                    roots.insert(name);
                }
                behind_path = false;
            }
            TokenTree::Punct(punct) => {
                let colon = punct.as_char() == ':';
                behind_path = colon && (behind_path || punct.spacing() == Spacing::Joint);
            }
            TokenTree::Literal(_) => behind_path = false,
        }
    }
}

/// `A` or `An` in front of a noun.
fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "An"
    } else {
        "A"
    }
}

/// A type by its path in `models`.
fn model_path(plan: &Plan<'_>, name: &str) -> TokenStream {
    let ident = ident(&plan.models[name].type_name);
    quote!(models::#ident)
}
