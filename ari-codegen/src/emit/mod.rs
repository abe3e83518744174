//! The generation of Rust source from an [`Api`](crate::api::Api). Names are planned once. Each
//! file's items are created as text, see [`code`], or as tokens, which [`format`] turns into text.

mod arguments;
mod client;
mod code;
mod created;
mod creation;
mod data;
mod docs;
mod event_methods;
mod events;
mod format;
mod handles;
mod layout;
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

use crate::api::{Api, Operation, Resource, ResponseType};
use crate::error::Result;
use crate::markdown;
use crate::parallel;
pub(crate) use arguments::arguments;
pub(crate) use docs::covered;
use plan::{Plan, ResourcePlan};
pub(crate) use planner::plan as plan_names;

/// A file that is to be made: tokens cannot leave the thread that makes them, so each file is made
/// and formatted in one go.
struct File<'p> {
    path: String,
    about: String,
    items: Box<dyn Fn() -> format::Items + Sync + 'p>,
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
    let mut files = BTreeMap::new();
    let text = |file: &File<'_>| {
        let text = format::file(&file.path, &file.about, (file.items)())?;
        Ok((file.path.clone(), text))
    };
    let add = |made: Result<(String, String)>| {
        let (path, text) = made?;
        files.insert(path, text);
        Ok(())
    };
    parallel::try_for_each(threads, &planned(&plan), text, add)?;
    Ok(Emitted {
        files,
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
    let operations: Vec<_> = api.operations().collect();
    for (index, (resource, op)) in operations.iter().enumerate() {
        let is_same = |(_, other): &&(&Resource, &Operation)| {
            op.method == other.method
                && op.path.is_matched_by(&other.path)
                && other.path.is_matched_by(&op.path)
        };
        if let Some((first, other)) = operations[..index].iter().find(is_same) {
            notes.push(format!(
                "the operations {}.{} and {}.{} have the same method and path ({} {}): the server \
                 executes one of them for both",
                first.name,
                other.nickname,
                resource.name,
                op.nickname,
                op.method.as_str(),
                op.path
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

/// Returns the files in the order in which threads take them. The files of events are first,
/// because they take the longest.
fn planned<'p>(plan: &'p Plan<'_>) -> Vec<File<'p>> {
    let mut files = Files(Vec::new());
    if !plan.events.is_empty() {
        plan_events(plan, &mut files);
    }
    files.add("models/mod.rs", "Responses and events of Asterisk.", || {
        models::root(plan)
    });
    files.add(
        "accessors.rs",
        "The methods of the client that return resources and handles.",
        || client::accessors(plan),
    );
    for resource in &plan.resources {
        if !resource.operations.is_empty() {
            plan_operations(plan, resource, &mut files);
        }
        if !resource.resource.models.is_empty() {
            plan_models(plan, resource, &mut files);
        }
    }
    files.add("mod.rs", crate_about(plan.api), || client::root(plan));
    files.add("client.rs", "The client.", || client::items(plan));
    files.add("requests/mod.rs", "Requests, a module a resource.", || {
        requests::root(plan)
    });
    files.add(
        "operations/mod.rs",
        "The table of all operations, as data.",
        || operations::root(plan),
    );
    files.add(
        "operations/availability.rs",
        "Availabilities of operations and parameters. Each recurs and has one name.",
        || operations::availabilities_file(plan),
    );
    files.0
}

struct Files<'p>(Vec<File<'p>>);

impl<'p> Files<'p> {
    fn add(
        &mut self,
        path: impl Into<String>,
        about: impl Into<String>,
        items: impl Fn() -> format::Items + Sync + 'p,
    ) {
        self.0.push(File {
            path: path.into(),
            about: about.into(),
            items: Box::new(items),
        });
    }
}

fn plan_events<'p>(plan: &'p Plan<'_>, files: &mut Files<'p>) {
    files.add(
        "event/mod.rs",
        "Everything that arrives on the WebSocket.",
        || events::root(plan),
    );
    files.add(
        "event/objects.rs",
        "The objects in events, by their model.",
        || events::objects(plan),
    );
    files.add(
        "event/visit_objects.rs",
        "The objects that events are about.",
        || events::visit_objects(plan),
    );
    files.add("event/decoding.rs", "Events from and to JSON.", || {
        events::decoding(plan)
    });
    files.add(
        "event/properties.rs",
        "The properties that events have in common.",
        || events::properties(plan),
    );
    files.add("event/payloads.rs", "The models of events.", || {
        events::payloads(plan)
    });
}

/// Requests, and the entries of the table of operations.
fn plan_operations<'p>(plan: &'p Plan<'_>, resource: &'p ResourcePlan<'_>, files: &mut Files<'p>) {
    let name = markdown::code(&resource.resource.name);
    let about = docs::paragraphs([
        Some(
            resource
                .resource
                .text
                .clone()
                .unwrap_or_else(|| format!("The resource {name}.")),
        ),
        modules_note(&resource.resource.requires_modules),
    ]);
    let module = &resource.module;
    files.add(format!("requests/{module}/mod.rs"), about, || {
        requests::resource_root(plan, resource)
    });
    files.add(
        format!("operations/{module}/mod.rs"),
        format!("Operations of the resource {name}, as data."),
        || operations::resource_root(plan, resource),
    );
    let request_path = |file: &str| layout::path("requests", resource, file);
    if resource.has_accessor() {
        files.add(
            request_path(layout::ACCESSOR_FILE),
            format!("The operations of the resource {name} that no handle has."),
            || handles::accessor(plan, resource),
        );
    }
    for (index, handle) in resource.handles.iter().enumerate() {
        files.add(
            request_path(&handle.operations_file),
            format!("The operations of {}.", markdown::code(&handle.type_name)),
            move || handles::operations(plan, resource, index),
        );
        files.add(
            request_path(&handle.file),
            format!(
                "{} {}, by its id.",
                docs::article(&handle.noun),
                handle.noun
            ),
            move || handles::handle(plan, resource, index),
        );
    }
    for op in &resource.operations {
        let wire = docs::wire(op.operation);
        files.add(
            request_path(&op.file),
            format!("The request of {wire}."),
            move || requests::items(plan, resource, op),
        );
        files.add(
            layout::path("operations", resource, &op.file),
            format!("The operation {wire}, as data."),
            move || operations::items(plan, resource, op),
        );
    }
    for planned in &resource.enums {
        files.add(
            request_path(&planned.file),
            format!("The values of {}.", planned.owner),
            || models::enum_items(plan, planned),
        );
    }
}

fn plan_models<'p>(plan: &'p Plan<'_>, resource: &'p ResourcePlan<'_>, files: &mut Files<'p>) {
    let name = markdown::code(&resource.resource.name);
    files.add(
        format!("models/{}/mod.rs", resource.module),
        format!("Models of the resource {name}."),
        || models::resource_root(plan, resource),
    );
    for model in &resource.resource.models {
        let planned = &plan.models[model.name.as_str()];
        files.add(
            layout::path("models", resource, &planned.file),
            format!("The model {}.", markdown::code(&model.name)),
            || models::items(plan, planned),
        );
    }
    for planned in &resource.model_enums {
        files.add(
            layout::path("models", resource, &planned.file),
            format!("The values of {}.", planned.owner),
            || models::enum_items(plan, planned),
        );
    }
}

fn crate_about(api: &Api) -> String {
    format!("Bindings for {}.", docs::covered(api))
}

fn modules_note(modules: &[String]) -> Option<String> {
    let names: Vec<_> = modules
        .iter()
        .map(|module| markdown::code(module))
        .collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("Asterisk needs the module {one} for it.")),
        [first @ .., last] => Some(format!(
            "Asterisk needs the modules {} and {last} for it.",
            first.join(", ")
        )),
    }
}
