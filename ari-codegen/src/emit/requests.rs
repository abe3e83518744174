//! Requests: a struct an operation, its required arguments in the constructor, the others as
//! setters; the accessor of the resource; and the open enums of parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::{OperationPlan, ParameterPlan, Plan, ResourcePlan};
use super::{creation, docs, handles, ident, model_path, models};
use crate::api::{DurationFormat, Location, MapValue, ParameterType, ResponseType, Scalar};
use crate::naming;
use crate::spec::Rewrite;

/// `requests/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Vec<TokenStream> {
    let names: Vec<_> = plan
        .resources
        .iter()
        .map(|resource| ident(&resource.module))
        .collect();
    vec![quote!(#(pub mod #names;)*)]
}

/// The file of one resource.
pub(super) fn items(plan: &Plan<'_>, resource: &ResourcePlan<'_>) -> Vec<TokenStream> {
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
    let names = [&names, plan.event_type()].concat();
    items.insert(0, super::imports(&items, plan.root(), &names));
    items
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

/// The parameters that a constructor takes: path variables in the order of the path, then the
/// required others.
pub(super) fn arguments<'a, 'p>(
    op: &'p OperationPlan<'a>,
) -> impl Iterator<Item = &'p ParameterPlan<'a>> {
    let in_path = op.operation.path.variables().filter_map(|variable| {
        op.parameters
            .iter()
            .find(|parameter| parameter.parameter.name == variable)
    });
    let others = op.parameters.iter().filter(|parameter| {
        parameter.parameter.required && parameter.parameter.location != Location::Path
    });
    in_path.chain(others)
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
    let about = "The request without a client, to be sent by any.".to_owned();
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
        let value = conversion(parameter);
        // Spares clippy::redundant_field_names.
        if field == value.to_string() {
            quote!(#field,)
        } else {
            quote!(#field: #value,)
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
    let value = conversion(parameter);
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

/// Returns the encoding of a parameter as a duration, if it is one.
fn duration(parameter: &ParameterPlan<'_>) -> Option<DurationFormat> {
    let format = parameter.parameter.duration;
    format.filter(|_| parameter.enum_name.is_none())
}

fn scalar_type(scalar: Scalar, parameter: &ParameterPlan<'_>) -> TokenStream {
    if let Some(format) = duration(parameter) {
        return match format.unlimited {
            Some(_) => quote!(Option<std::time::Duration>),
            None => quote!(std::time::Duration),
        };
    }
    match (&parameter.enum_name, scalar) {
        (Some(name), _) => {
            let name = ident(name);
            quote!(#name)
        }
        (None, Scalar::Text) => quote!(String),
        (None, Scalar::Boolean) => quote!(bool),
        (None, Scalar::Int) => quote!(i32),
        (None, Scalar::Long) => quote!(i64),
        (None, Scalar::Double) => quote!(f64),
    }
}

fn map_value(value: MapValue) -> TokenStream {
    match value {
        MapValue::Variable => quote!(runtime::VariableValue),
        MapValue::Text => quote!(String),
        MapValue::Json => quote!(serde_json::Value),
    }
}

fn field_type(plan: &Plan<'_>, parameter: &ParameterPlan<'_>) -> TokenStream {
    let base = match &parameter.parameter.kind {
        ParameterType::Scalar(scalar) => scalar_type(*scalar, parameter),
        ParameterType::List(scalar)
        | ParameterType::Joined(scalar)
        | ParameterType::Split(scalar) => {
            let item = scalar_type(*scalar, parameter);
            quote!(Vec<#item>)
        }
        ParameterType::Map(value) => {
            let value = map_value(*value);
            quote!(Vec<(String, #value)>)
        }
        ParameterType::Fields => quote!(Vec<(String, String)>),
        ParameterType::EventFilter => quote!(runtime::EventFilter),
        ParameterType::Json => quote!(serde_json::Value),
        ParameterType::Model(name) => model_path(plan, name),
    };
    if parameter.parameter.required {
        base
    } else {
        quote!(Option<#base>)
    }
}

/// Generic parameters and arguments of a function that takes these parameters, as callers write
/// them.
pub(super) fn signature<'p, 'a: 'p>(
    plan: &Plan<'_>,
    parameters: impl Iterator<Item = &'p ParameterPlan<'a>>,
) -> (TokenStream, Vec<TokenStream>) {
    let parameters: Vec<_> = parameters.collect();
    let forms: Vec<_> = parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| parameter.parameter.kind.is_list())
        .map(|(position, _)| generic_type(position))
        .collect();
    let generics = if forms.is_empty() {
        quote!()
    } else {
        quote!(<#(#forms),*>)
    };
    let arguments = parameters.iter().enumerate();
    let arguments = arguments.map(|(position, parameter)| argument(plan, parameter, position));
    (generics, arguments.collect())
}

/// The type parameter that tells one value from several, of the argument at this position.
fn generic_type(position: usize) -> proc_macro2::Ident {
    ident(&format!("{}{}", naming::GENERIC_PREFIX, position + 1))
}

/// `name: type` as callers write it.
fn argument(plan: &Plan<'_>, parameter: &ParameterPlan<'_>, position: usize) -> TokenStream {
    let field = ident(&parameter.field);
    let single = |scalar: Scalar| {
        let kind = scalar_type(scalar, parameter);
        match scalar {
            Scalar::Text => quote!(impl Into<#kind>),
            _ if unlimited(parameter) => quote!(impl Into<#kind>),
            _ => kind,
        }
    };
    let kind = match &parameter.parameter.kind {
        ParameterType::Scalar(scalar) => single(*scalar),
        ParameterType::List(scalar)
        | ParameterType::Joined(scalar)
        | ParameterType::Split(scalar) => {
            let item = scalar_type(*scalar, parameter);
            let form = generic_type(position);
            quote!(impl runtime::OneOrMany<#item, #form>)
        }
        ParameterType::Map(value) => {
            let value = map_value(*value);
            quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<#value>)>)
        }
        ParameterType::Fields => {
            quote!(impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>)
        }
        ParameterType::EventFilter => quote!(impl Into<runtime::EventFilter>),
        ParameterType::Json => quote!(impl Into<serde_json::Value>),
        ParameterType::Model(name) => model_path(plan, name),
    };
    quote!(#field: #kind)
}

/// Returns `true` if a parameter is a duration that can be unlimited.
fn unlimited(parameter: &ParameterPlan<'_>) -> bool {
    duration(parameter).is_some_and(|format| format.unlimited.is_some())
}

/// From what callers give to what the field holds.
fn conversion(parameter: &ParameterPlan<'_>) -> TokenStream {
    let field = ident(&parameter.field);
    match &parameter.parameter.kind {
        ParameterType::Scalar(Scalar::Text) | ParameterType::EventFilter | ParameterType::Json => {
            quote!(#field.into())
        }
        ParameterType::Scalar(_) if unlimited(parameter) => quote!(#field.into()),
        kind if kind.is_list() => quote!(runtime::OneOrMany::into_list(#field)),
        ParameterType::Map(_) | ParameterType::Fields => {
            quote!(#field.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
        }
        _ => quote!(#field),
    }
}

/// Returns the Rust type of the operation's result, and the function that decodes it.
fn response_type(plan: &Plan<'_>, answer: &ResponseType) -> (TokenStream, TokenStream) {
    match answer {
        ResponseType::Empty => (quote!(()), quote!(decode_empty)),
        ResponseType::Binary => (quote!(runtime::ResponseBody), quote!(decode_stream)),
        ResponseType::Json(kind) => (models::rust_type(plan, kind), quote!(decode_json)),
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

/// Returns the operation that is sent instead of another, and the condition; see the fixup of that
/// name. Returns `None` if the release lacks it, or cannot supply all its parameters.
pub(super) fn rewrite_target<'a>(
    resource: &'a ResourcePlan<'_>,
    op: &'a OperationPlan<'_>,
) -> Option<(&'a Rewrite, &'a OperationPlan<'a>)> {
    let sent = op.operation.rewrite.as_ref()?;
    let other = resource
        .operations
        .iter()
        .find(|other| other.operation.nickname == sent.target)?;
    let own = |name: &str| op.parameters.iter().find(|own| own.parameter.name == name);
    let optional = |name: &str| own(name).is_some_and(|own| !own.parameter.required);
    let is_same = |theirs: &ParameterPlan<'_>| {
        own(&theirs.parameter.name).is_some_and(|own| {
            let same = own.parameter.kind == theirs.parameter.kind
                && own.parameter.duration == theirs.parameter.duration
                && own.enum_name == theirs.enum_name;
            let is_id = own.parameter.name == sent.id_param;
            let text = own.parameter.kind == ParameterType::Scalar(Scalar::Text);
            match is_id {
                true => same && text && own.enum_name.is_none() && theirs.parameter.required,
                false => same && own.parameter.required == theirs.parameter.required,
            }
        })
    };
    let whole = optional(&sent.if_present) && optional(&sent.id_param);
    (whole && other.parameters.iter().all(is_same)).then_some((sent, other))
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
