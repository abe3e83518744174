//! From an [`Api`](crate::api::Api) to Rust source: names are planned once, each file's items are
//! made as tokens, and [`format`] turns them into text.

mod arguments;
mod client;
mod created;
mod creation;
mod data;
mod docs;
mod event_methods;
mod events;
mod format;
mod handles;
mod models;
mod object_kinds;
mod objects;
mod operations;
mod plan;
mod planner;
mod property_walk;
mod requests;
mod rewrite;
mod standard;
mod tokens;
mod types;
mod wrap;

use std::collections::BTreeMap;
use std::num::NonZero;

use crate::api::{Api, ResponseType};
use crate::error::Result;
use crate::markdown::code;
use crate::parallel;
pub(crate) use docs::covered;
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
    Plan(fn(&Plan<'a>) -> format::Items),
    Resource(
        &'p ResourcePlan<'a>,
        fn(&Plan<'a>, &ResourcePlan<'a>) -> format::Items,
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
    let plan = planner::plan(api, root);
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

/// Returns notes on the parts of the specs that the bindings lack.
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
    add("client.rs", "The client.", Items::Plan(client::items));
    add(
        "accessors.rs",
        "The methods of the client that return resources and handles.",
        Items::Plan(client::accessors),
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
    add(
        "operations/availability.rs",
        "Availabilities of operations and parameters. Each recurs and has one name.",
        Items::Plan(operations::availabilities_file),
    );
    files
}

fn crate_about(api: &Api) -> String {
    format!("Bindings for {}.", docs::covered(api))
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
