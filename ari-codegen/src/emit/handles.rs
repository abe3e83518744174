//! The accessor of a resource, and handles of objects, which hold the id.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{arguments, signature};
use super::plan::{HandlePlan, OperationPlan, Plan, ResourcePlan};
use super::tokens::ident;
use super::types::model_path;
use super::{docs, object_kinds, objects};
use crate::api::{ParameterType, Scalar, Segment};
use crate::markdown::code;

/// `Channels`: every operation of a resource, bound to a client.
pub(super) fn accessor(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> TokenStream {
    let name = ident(&resource.accessor_type);
    let text = resource.resource.text.clone();
    let wire = format!("The resource {}.", code(&resource.resource.name));
    let doc = docs::doc(&docs::paragraphs([
        Some(text.unwrap_or(wire)),
        Some(format!("Returned by [`Client::{}`].", resource.module)),
    ]));
    let methods = resource.operations.iter().map(|op| method(plan, op, &[]));
    let unused = resource
        .operations
        .is_empty()
        .then(|| quote!(#[expect(dead_code, reason = "the resource has no operation")]));
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            #unused
            client: Client,
        }

        impl #name {
            #[inline]
            pub(crate) fn new(client: Client) -> Self {
                Self { client }
            }
            #(#methods)*
        }
    }
}

/// `ChannelHandle`: the operations below one object.
pub(super) fn handle(
    plan: &Plan<'_>,
    resource: &ResourcePlan<'_>,
    handle: &HandlePlan<'_>,
) -> TokenStream {
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
            .map(|(wire, _)| code(wire))
            .collect::<Vec<_>>()
            .join(", "),
    ));
    let getters = handle.variables.iter().map(|(wire, field)| {
        let field = ident(field);
        let doc = docs::doc(&format!("Returns the {} of this handle.", code(wire)));
        quote! {
            #doc
            #[inline]
            pub fn #field(&self) -> &str {
                &self.#field
            }
        }
    });
    let methods = handle
        .operations
        .iter()
        .map(|&index| method(plan, &resource.operations[index], &handle.variables));
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
    let connect = connect(plan, resource, handle);
    let events = objects::events_method(plan, handle);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            pub(crate) client: Client,
            #(#fields: String,)*
        }

        impl #name {
            pub(crate) fn new(client: Client, #(#fields: impl Into<String>),*) -> Self {
                Self { client, #(#fields: #fields.into(),)* }
            }
            #client
            #(#getters)*
            #(#methods)*
            #connect
            #events
        }

        #of_model
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
            .map(|property| code(&property.property.name))
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

/// `bound` are the variables that the handle knows: their wire names and its fields.
fn method(plan: &Plan<'_>, op: &OperationPlan<'_>, bound: &[(&str, String)]) -> TokenStream {
    let name = ident(&op.method);
    let request = ident(&op.type_name);
    let text = op.operation.text.clone().unwrap_or_default();
    let summary = text.split("\n\n").next().unwrap_or_default().to_owned();
    let wire = docs::wire(op.operation);
    let summary = if summary.is_empty() {
        format!("Sends {wire}.")
    } else {
        summary
    };
    let doc = docs::doc(&format!("{summary}\n\n{wire}: see [`{}`].", op.type_name));
    let bound = |name: &str| bound.iter().find(|(wire, _)| *wire == name);
    let free = arguments(op).filter(|parameter| bound(&parameter.parameter.name).is_none());
    let (generics, signature) = signature(plan, free);
    let values = arguments(op).map(|parameter| match bound(&parameter.parameter.name) {
        Some((_, field)) => {
            let field = ident(field);
            quote!(self.#field.clone())
        }
        None => {
            let field = ident(&parameter.field);
            quote!(#field)
        }
    });
    quote! {
        #doc
        #[inline]
        pub fn #name #generics (&self, #(#signature),*) -> #request<Client> {
            #request::on(self.client.clone(), #(#values),*)
        }
    }
}

/// `client.application("hello").connect()`: connects by a handle, if an upgraded connection takes
/// names of its objects.
///
/// Only handles below `/applications` have it.
fn connect(
    plan: &Plan<'_>,
    own: &ResourcePlan<'_>,
    handle: &HandlePlan<'_>,
) -> Option<TokenStream> {
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
    let field = ident(field);
    let argument = match names.parameter.kind {
        ParameterType::Scalar(Scalar::Text) => quote!(self.#field.clone()),
        ParameterType::List(Scalar::Text) => quote!([self.#field.clone()]),
        _ => return None,
    };
    let module = ident(&resource.module);
    let request = ident(&op.type_name);
    let method = ident(&op.method);
    let doc = docs::doc(&format!(
        "Returns a request that connects as this {}. Awaiting it returns the stream of events.\n\n\
         [`{1}::{2}`]({3}) connects several at once.",
        handle.noun,
        resource.accessor_type,
        op.method,
        plan.path_text(&format!(
            "{}::{}::{}",
            resource.module, resource.accessor_type, op.method
        )),
    ));
    let root = plan.root();
    Some(quote! {
        #doc
        #[inline]
        pub fn connect(&self) -> #root::#module::#request<Client> {
            self.client.#module().#method(#argument)
        }
    })
}
