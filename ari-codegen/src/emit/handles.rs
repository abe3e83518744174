//! The accessor of a resource, and handles of objects, which hold the id: a file for each type.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{arguments, signature};
use super::format::Items;
use super::plan::{HandlePlan, OperationPlan, ParameterPlan, Plan, ResourcePlan};
use super::requests::{import_siblings, importing};
use super::tokens::ident;
use super::types::model_path;
use super::{code, docs, object_kinds, objects};
use crate::api::{ParameterType, Scalar, Segment};
use crate::markdown;

/// `Channels`: the operations of a resource that no handle has, bound to a client.
pub(super) fn accessor(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> Items {
    let text = resource.resource.text.clone();
    let wire = format!("The resource {}.", markdown::code(&resource.resource.name));
    let text = docs::paragraphs([
        Some(text.unwrap_or(wire)),
        Some(format!("Returned by [`Client::{}`].", resource.module)),
    ]);
    let operations = || resource.accessor_operations();
    let name = &resource.accessor_type;
    let mut items = code::doc("", &text);
    items.push_str(&format!(
        "\
#[derive(Clone, Debug)]
pub struct {name} {{
    client: Client,
}}

impl {name} {{
    #[inline]
    pub(crate) fn new(client: Client) -> Self {{
        Self {{ client }}
    }}
"
    ));
    for op in operations() {
        items.push('\n');
        push_method(&mut items, plan, op, &[]);
    }
    items.push_str("}\n");
    Items {
        head: import_siblings(operations().flat_map(|op| used_types(op, &[]))),
        ..importing(plan, vec![items.into()])
    }
}

/// The types of the resource that the method of an operation names.
fn used_types<'p>(
    op: &'p OperationPlan<'_>,
    bound: &'p [(&str, String)],
) -> impl Iterator<Item = &'p str> {
    let free = arguments(op).filter(|parameter| !is_bound(parameter, bound));
    let enums = free.filter_map(|parameter| parameter.enum_name.as_deref());
    enums.chain([op.type_name.as_str()])
}

/// Returns `true` if a handle knows the parameter, by the wire names of its variables.
fn is_bound(parameter: &ParameterPlan<'_>, bound: &[(&str, String)]) -> bool {
    let name = parameter.parameter.name.as_str();
    bound.iter().any(|(wire, _)| *wire == name)
}

/// `ChannelHandle`: the id of an object, and its events.
pub(super) fn handle(plan: &Plan<'_>, resource: &ResourcePlan<'_>, index: usize) -> Items {
    let handle = &resource.handles[index];
    let name = ident(&handle.type_name);
    let fields: Vec<_> = handle
        .variables
        .iter()
        .map(|(_, field)| ident(field))
        .collect();
    let accessor = handle.name();
    let doc = docs::doc(&format!(
        "{} {}, identified by its {}. A handle does nothing until one of its operations is \
         awaited.\n\nReturned by [`Client::{accessor}`].",
        docs::article(&handle.noun),
        handle.noun,
        handle
            .variables
            .iter()
            .map(|(wire, _)| markdown::code(wire))
            .collect::<Vec<_>>()
            .join(", "),
    ));
    let getters = handle.variables.iter().map(|(wire, field)| {
        let field = ident(field);
        let doc = docs::doc(&format!(
            "Returns the {} of this handle.",
            markdown::code(wire)
        ));
        quote! {
            #doc
            #[inline]
            pub fn #field(&self) -> &str {
                &self.#field
            }
        }
    });
    let operations = handle.operations.iter();
    let mut methods_of_operations = operations.map(|&index| &resource.operations[index].method);
    // An operation of that name comes first.
    let client = (!methods_of_operations.any(|method| method == "client")).then(|| {
        quote! {
            /// Returns the client that sends the operations of this handle.
            #[inline]
            pub fn client(&self) -> &Client {
                &self.client
            }
        }
    });
    let of_model = handle_from_model(plan, handle);
    let events = objects::events_method(plan, handle);
    let items = quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(crate) client: Client,
            #(pub(super) #fields: String,)*
        }

        impl #name {
            pub(crate) fn new(client: Client, #(#fields: impl Into<String>),*) -> Self {
                Self { client, #(#fields: #fields.into(),)* }
            }
            #client
            #(#getters)*
            #events
        }

        #of_model
    };
    importing(plan, vec![items.into()])
}

/// The operations below one object, as methods of its handle. They are apart from the type, which
/// the files of requests import.
pub(super) fn operations(plan: &Plan<'_>, resource: &ResourcePlan<'_>, index: usize) -> Items {
    let handle = &resource.handles[index];
    let operations = handle.operations.iter();
    let operations = || operations.clone().map(|&index| &resource.operations[index]);
    let mut items = format!("impl {} {{\n", handle.type_name);
    for (index, op) in operations().enumerate() {
        items.push_str(if index == 0 { "" } else { "\n" });
        push_method(&mut items, plan, op, &handle.variables);
    }
    if let Some(connect) = connect(plan, resource, handle) {
        items.push('\n');
        items.push_str(&connect);
    }
    items.push_str("}\n");
    let used = operations().flat_map(|op| used_types(op, &handle.variables));
    Items {
        head: import_siblings(used.chain([handle.type_name.as_str()])),
        ..importing(plan, vec![items.into()])
    }
}

/// `playback.handle(&client)`: from the model of an object to its handle.
fn handle_from_model(plan: &Plan<'_>, handle: &HandlePlan<'_>) -> Option<TokenStream> {
    let model = handle.model?;
    let identity = object_kinds::identity(plan, model)?;
    let handle_type = ident(&handle.type_name);
    let accessor = handle.name();
    let fields = identity.iter().map(|property| ident(&property.field));
    let model_path = model_path(plan, model);
    let doc = docs::doc(&format!(
        "Returns the handle of this {}, for its operations and events, as [`Client::{accessor}`] \
         does for its {}.",
        handle.noun,
        identity
            .iter()
            .map(|property| markdown::code(&property.property.name))
            .collect::<Vec<_>>()
            .join(" and "),
    ));
    Some(quote! {
        impl #model_path {
            #doc
            #[inline]
            pub fn handle(&self, client: &Client) -> #handle_type {
                #handle_type::new(client.clone(), #(&self.#fields),*)
            }
        }
    })
}

/// `variables` are those that the handle knows: their wire names and its fields.
fn push_method(
    out: &mut String,
    plan: &Plan<'_>,
    op: &OperationPlan<'_>,
    variables: &[(&str, String)],
) {
    let request = &op.type_name;
    let text = op.operation.text.clone().unwrap_or_default();
    let summary = text.split("\n\n").next().unwrap_or_default().to_owned();
    let wire = docs::wire(op.operation);
    let summary = if summary.is_empty() {
        format!("Sends {wire}.")
    } else {
        summary
    };
    let bound = |name: &str| variables.iter().find(|(wire, _)| *wire == name);
    let free = arguments(op).filter(|parameter| !is_bound(parameter, variables));
    let (generics, mut signature) = signature(plan, free);
    signature.insert(0, "&self".into());
    let values = arguments(op).map(|parameter| match bound(&parameter.parameter.name) {
        Some((_, field)) => format!("self.{field}.clone()"),
        None => parameter.field.clone(),
    });
    let client = "self.client.clone()".to_owned();
    let values: Vec<_> = [client].into_iter().chain(values).collect();
    out.push_str(&code::doc(
        "    ",
        &format!("{summary}\n\n{wire}: see [`{request}`]."),
    ));
    out.push_str("    #[inline]\n");
    let head = format!("pub fn {}{generics}", op.method);
    let tail = format!(" -> {request}<Client> {{");
    code::push_list(out, "    ", &head, &signature, &tail);
    code::push_list(out, "        ", &format!("{request}::on"), &values, "");
    out.push_str("    }\n");
}

/// `client.application("hello").connect()`: connects by a handle, if an upgraded connection takes
/// names of its objects.
///
/// Only handles below `/applications` have it.
fn connect(plan: &Plan<'_>, own: &ResourcePlan<'_>, handle: &HandlePlan<'_>) -> Option<String> {
    plan.api.event_root()?;
    let mut methods = handle
        .operations
        .iter()
        .map(|&index| &own.operations[index].method);
    if methods.any(|method| method == "connect") {
        return None;
    }
    let [(_, field)] = handle.variables.as_slice() else {
        return None;
    };
    let path = &own.operations[*handle.operations.first()?].operation.path.0;
    let applications = Segment::Literal("applications".into());
    if !matches!(path.as_slice(), [first, Segment::Variable(_), ..] if *first == applications) {
        return None;
    }
    let (resource, op) = plan.resources.iter().find_map(|resource| {
        let mut operations = resource.operations.iter();
        let op = operations.find(|op| plan.api.opens_event_stream(op.operation))?;
        Some((resource, op))
    })?;
    let mut required = arguments(op);
    let names = required.next().filter(|_| required.next().is_none())?;
    let argument = match names.parameter.kind {
        ParameterType::Scalar(Scalar::Text) => format!("self.{field}.clone()"),
        ParameterType::List(Scalar::Text) => format!("[self.{field}.clone()]"),
        _ => return None,
    };
    let request = plan.path_text(&format!("{}::{}", resource.module, op.type_name));
    let text = format!(
        "Returns a request that connects as this {}. Awaiting it returns the stream of events.\n\n\
         A [`{1}`]({request}) can connect several at once.",
        handle.noun, op.type_name,
    );
    let doc = code::doc("    ", &text);
    Some(format!(
        "\
{doc}    #[inline]
    pub fn connect(&self) -> {request}<Client> {{
        {request}::on(self.client.clone(), {argument})
    }}
"
    ))
}
