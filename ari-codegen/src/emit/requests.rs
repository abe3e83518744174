//! Requests: one struct per operation, with its required arguments in the constructor and setters
//! for the others; the accessor of the resource; and the open enums of parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::arguments::{arguments, conversion, duration, field_type, signature, unlimited};
use super::format::{Item, Items};
use super::plan::{OperationPlan, ParameterPlan, Plan, ResourcePlan};
use super::rewrite::rewrite_target;
use super::tokens::ident;
use super::{creation, docs, handles, models, types};
use crate::api::{Location, ParameterType, ResponseType};

/// `requests/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    let names: Vec<_> = plan
        .resources
        .iter()
        .map(|resource| ident(&resource.module))
        .collect();
    Items::without_imports(quote!(#(pub mod #names;)*))
}

/// The file of one resource.
pub(super) fn items(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> Items {
    let mut items = vec![handles::accessor(plan, resource)];
    items.extend(
        resource
            .handles
            .iter()
            .map(|handle| handles::handle(plan, resource, handle)),
    );
    for operation in &resource.operations {
        items.push(request(plan, resource, operation));
    }
    items.extend(resource.enums.iter().map(models::open_enum));
    let names = ["Client", "Error", "models", "operations", "runtime"];
    Items {
        head: TokenStream::new(),
        from: plan.root(),
        names: [&names, plan.event_type()].concat(),
        items: items.into_iter().map(Item::Tokens).collect(),
    }
}

fn request(plan: &Plan<'_>, resource: &ResourcePlan<'_>, op: &OperationPlan<'_>) -> TokenStream {
    let name = ident(&op.type_name);
    let everywhere = plan.api.full_availability();
    let text = docs::paragraphs([
        Some(docs::operation(op.operation, &everywhere)),
        docs::errors(&op.operation.errors),
    ]);
    let doc = docs::doc(&text);
    let fields = op.parameters.iter().map(|parameter| {
        let field = ident(&parameter.field);
        let kind = field_type(plan, parameter);
        quote!(#field: #kind,)
    });
    let constructor = constructor(plan, op);
    let setters: Vec<_> = op
        .parameters
        .iter()
        .filter(|parameter| !parameter.parameter.required)
        .map(|parameter| setter(plan, op, parameter))
        .collect();
    let on = client_constructor(plan, op);
    let default = arguments(op).next().is_none().then(|| {
        quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let encode = encode(resource, op);
    let sending = send_impls(plan, op);
    let creating = creation::creation_methods(plan, op);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[must_use = "a request does nothing until it is awaited or sent"]
        pub struct #name<C = ()> {
            pub(crate) client: C,
            #(#fields)*
        }

        impl #name {
            #constructor
        }

        impl<C> #name<C> {
            #on
            #(#setters)*
        }

        #default
        #encode
        #sending
        #creating
    }
}

fn constructor(plan: &Plan<'_>, op: &OperationPlan<'_>) -> TokenStream {
    let (generics, signature) = signature(plan, arguments(op));
    let names: Vec<_> = arguments(op)
        .map(|parameter| ident(&parameter.field))
        .collect();
    let everywhere = &op.operation.availability;
    let lines: Vec<_> = arguments(op)
        .map(|parameter| {
            let text = docs::parameter(parameter.parameter, everywhere);
            let field = parameter.field.trim_start_matches("r#");
            format!("- `{field}`: {}", docs::indent(&text))
        })
        .collect();
    let about = "Creates the request without a client. Any client can send it.".to_owned();
    let text = docs::paragraphs([Some(about), (!lines.is_empty()).then(|| lines.join("\n"))]);
    let doc = docs::doc(&text);
    quote! {
        #doc
        #[inline]
        pub fn new #generics (#(#signature),*) -> Self {
            Self::on((), #(#names),*)
        }
    }
}

fn client_constructor(plan: &Plan<'_>, op: &OperationPlan<'_>) -> TokenStream {
    let (generics, signature) = signature(plan, arguments(op));
    let fields = op.parameters.iter().map(|parameter| {
        let field = ident(&parameter.field);
        if !parameter.parameter.required {
            return quote!(#field: None,);
        }
        // Spares clippy::redundant_field_names.
        match conversion(parameter) {
            None => quote!(#field,),
            Some(value) => quote!(#field: #value,),
        }
    });
    quote! {
        pub(super) fn on #generics (client: C, #(#signature),*) -> Self {
            Self { client, #(#fields)* }
        }
    }
}

fn setter(plan: &Plan<'_>, op: &OperationPlan<'_>, parameter: &ParameterPlan<'_>) -> TokenStream {
    let field = ident(&parameter.field);
    let (generics, signature) = signature(plan, std::iter::once(parameter));
    let value = conversion(parameter).unwrap_or_else(|| quote!(#field));
    let doc = docs::doc(&docs::parameter(
        parameter.parameter,
        &op.operation.availability,
    ));
    quote! {
        #doc
        pub fn #field #generics (mut self, #(#signature),*) -> Self {
            self.#field = Some(#value);
            self
        }
    }
}

/// Returns the Rust type of the operation's result, and the function that decodes it.
fn response_type(plan: &Plan<'_>, answer: &ResponseType) -> (TokenStream, TokenStream) {
    match answer {
        ResponseType::Empty => (quote!(()), quote!(decode_empty)),
        ResponseType::Binary => (quote!(runtime::ResponseBody), quote!(decode_stream)),
        ResponseType::Json(kind) => (types::rust_type(plan, kind), quote!(decode_json)),
    }
}

fn encode(resource: &ResourcePlan<'_>, op: &OperationPlan<'_>) -> TokenStream {
    let name = ident(&op.type_name);
    let module = ident(&resource.module);
    let constant = ident(&op.constant);
    let parameters = op.parameters.iter().map(|parameter| {
        let field = ident(&parameter.field);
        let wire = &parameter.parameter.name;
        let optional = if parameter.parameter.required {
            quote!(&self.#field)
        } else {
            quote!(self.#field.as_ref())
        };
        if duration(parameter).is_some() {
            let value = match (parameter.parameter.required, unlimited(parameter)) {
                (true, true) => quote!(Some(self.#field)),
                (true, false) => quote!(Some(Some(self.#field))),
                (false, true) => quote!(self.#field),
                (false, false) => quote!(self.#field.map(Some)),
            };
            return quote!(encoder.duration(#wire, #value););
        }
        match (&parameter.parameter.kind, parameter.parameter.location) {
            (_, Location::Path) => quote!(encoder.path_param(#wire, &self.#field);),
            (ParameterType::Scalar(_) | ParameterType::List(_), Location::Query) => {
                quote!(encoder.query_param(#wire, &self.#field);)
            }
            (ParameterType::Joined(_), _) => quote!(encoder.escaped_list(#wire, #optional);),
            (ParameterType::Split(_), _) => quote!(encoder.comma_list(#wire, #optional);),
            (ParameterType::Map(_), _) => quote!(encoder.object(#wire, #optional);),
            (ParameterType::Fields, _) => quote!(encoder.attribute_list(#wire, #optional);),
            (ParameterType::Scalar(_) | ParameterType::List(_), _) => {
                quote!(encoder.body_field(#wire, #optional);)
            }
            (ParameterType::EventFilter | ParameterType::Json | ParameterType::Model(_), _) => {
                quote!(encoder.raw_body(#optional);)
            }
        }
    });
    let instead = rewrite(resource, op);
    let encoder = if op.parameters.is_empty() {
        quote!(_)
    } else {
        quote!(encoder)
    };
    quote! {
        impl<C> runtime::ToRequest for #name<C> {
            const OPERATION: &'static runtime::Operation =
                &operations::#module::#constant;

            fn encode(&self, #encoder: &mut runtime::RequestEncoder) {
                #instead
                #(#parameters)*
            }
        }
    }
}

/// Sends another operation when a certain parameter is given.
fn rewrite(resource: &ResourcePlan<'_>, op: &OperationPlan<'_>) -> Option<TokenStream> {
    let (sent, other) = rewrite_target(resource, op)?;
    let field = |name: &str| {
        let mut own = op.parameters.iter();
        own.find(|own| own.parameter.name == name)
    };
    let when = field(&sent.if_present)?;
    let id = field(&sent.id_param)?;
    let other_name = ident(&other.type_name);
    let when = ident(&when.field);
    let id = ident(&id.field);
    let fields = other.parameters.iter().map(|parameter| {
        let field = ident(&parameter.field);
        if parameter.parameter.name == sent.id_param {
            quote!(#field: self.#id.clone().unwrap_or_else(runtime::unique_id),)
        } else {
            quote!(#field: self.#field.clone(),)
        }
    });
    Some(quote! {
        if self.#when.is_some() {
            let instead = #other_name { client: (), #(#fields)* };
            encoder.rewrite_as(&instead);
            return;
        }
    })
}

fn send_impls(plan: &Plan<'_>, op: &OperationPlan<'_>) -> TokenStream {
    let name = ident(&op.type_name);
    if op.operation.websocket_protocol.is_some() {
        if !plan.api.opens_event_stream(op.operation) {
            return TokenStream::new();
        }
        return quote! {
            impl<C> runtime::WebSocketRequest for #name<C> {
                type Event = Event;
            }

            impl IntoFuture for #name<Client> {
                type Output = Result<runtime::EventStream<Event>, Error>;
                type IntoFuture = runtime::ConnectFuture<Event>;

                fn into_future(self) -> Self::IntoFuture {
                    self.client.connection().connect_owned(&self)
                }
            }
        };
    }
    let (output, read) = response_type(plan, &op.operation.response);
    let read = match &op.operation.nested_response {
        Some(within) => {
            let property = &within.property;
            quote!(decode_json_or_field(<Self as runtime::ToRequest>::OPERATION, response, #property))
        }
        None => quote!(#read(<Self as runtime::ToRequest>::OPERATION, response)),
    };
    quote! {
        impl<C> runtime::TypedRequest for #name<C> {
            type Output = #output;

            fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
                runtime::#read
            }
        }

        impl IntoFuture for #name<Client> {
            type Output = Result<#output, Error>;
            type IntoFuture = runtime::ResponseFuture<#output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.client.connection().send_owned(&self)
            }
        }
    }
}
