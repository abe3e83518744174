//! The `Event` enum, a variant per type of event; and in files of their own its methods and the
//! traits of the runtime that it implements.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::data::Data;
use super::format::{Item, Items};
use super::plan::{ModelPlan, Plan};
use super::property_walk::{self, Reached};
use super::tokens::ident;
use super::types::{model_path, model_type};
use super::{code, docs, event_methods, object_kinds, objects};
use crate::api::{Scalar, Type};
use crate::markdown;
use crate::naming::{self, Scope};

/// A variant and its model.
struct Variant<'p, 'a> {
    name: Ident,
    model: &'p ModelPlan<'a>,
}

fn variants<'p, 'a>(plan: &'p Plan<'a>) -> Vec<Variant<'p, 'a>> {
    let mut scope = Scope::with(&["Connection", "Unknown"]);
    let names = plan.events.iter();
    let variants = names.map(|name| {
        let model = &plan.models[name];
        Variant {
            name: ident(&scope.claim(model.type_name.clone())),
            model,
        }
    });
    variants.collect()
}

/// Returns items, and the names that these may use.
fn importing(plan: &Plan<'_>, items: impl Into<Item>) -> Items {
    Items {
        head: Vec::new(),
        from: plan.root.join("::"),
        names: vec!["Error", "Event", "models", "operations", "runtime"],
        items: vec![items.into()],
    }
}

/// `event/mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    let variants = variants(plan);
    let event = event_enum(plan, &variants);
    let kinds = kinds(&variants);
    let head = [
        "mod decoding;",
        "mod objects;",
        "mod payloads;",
        "mod properties;",
        "mod visit_objects;",
        "use std::sync::Arc;",
    ];
    Items {
        head: head.map(str::to_owned).into(),
        from: plan.root.join("::"),
        names: vec!["models", "runtime"],
        items: vec![event.into(), kinds.into()],
    }
}

/// `event/properties.rs`.
pub(super) fn properties(plan: &Plan<'_>) -> Items {
    let variants = variants(plan);
    // A parameter or property of an unlucky name must not hide these.
    let mut scope = Scope::with(&event_methods::RESERVED_METHODS);
    // First, because `wait_until_finished` calls them by these names.
    for (list, ids) in event_methods::method_names(plan).values() {
        scope.claim(list.clone());
        scope.claim(ids.clone());
    }
    let methods = common_properties(plan, &variants, &mut scope);
    importing(plan, quote!(impl Event { #(#methods)* }))
}

/// `event/objects.rs`.
pub(super) fn objects(plan: &Plan<'_>) -> Items {
    let names = event_methods::method_names(plan);
    let methods = references(plan, &variants(plan), &names);
    importing(plan, quote!(impl Event { #(#methods)* }))
}

/// `event/visit_objects.rs`.
pub(super) fn visit_objects(plan: &Plan<'_>) -> Items {
    let variants = variants(plan);
    let names = variants
        .iter()
        .map(|variant| (&variant.name, variant.model));
    let items = objects::visit_objects(plan, names);
    importing(plan, items)
}

/// `event/payloads.rs`.
pub(super) fn payloads(plan: &Plan<'_>) -> Items {
    let variants = variants(plan);
    let payloads = variants.iter().map(|variant| {
        let wire = &variant.model.model.name;
        let model = Data::plain(model_type(plan, wire));
        Data::call(format!("{wire:?} = {}", variant.name), [model])
    });
    let entries: Vec<_> = [Data::plain("Event")].into_iter().chain(payloads).collect();
    importing(plan, code::macro_call("runtime::event_payloads", &entries))
}

/// `event/decoding.rs`.
pub(super) fn decoding(plan: &Plan<'_>) -> Items {
    let items = decoding_impls(plan, &variants(plan));
    Items {
        head: vec!["use super::visit_objects::visit_objects;".into()],
        ..importing(plan, items)
    }
}

fn event_enum(plan: &Plan<'_>, variants: &[Variant<'_, '_>]) -> TokenStream {
    let everywhere = plan.api.full_availability();
    let arms = variants.iter().map(|variant| {
        let model = variant.model.model;
        let name = &variant.name;
        let kind = model_path(plan, &model.name);
        let text = model
            .text
            .clone()
            .unwrap_or_else(|| format!("{}.", markdown::code(&model.name)));
        let summary = text.split("\n\n").next().unwrap_or_default().to_owned();
        let doc = docs::doc(&docs::paragraphs([
            Some(summary),
            docs::available(&model.availability, &everywhere),
        ]));
        quote!(#doc #name(Arc<#kind>),)
    });
    quote! {
        /// A message that Asterisk sends to a Stasis application, by its `type`.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            #(#arms)*
            /// A change of the connection itself: it was opened, lost or reopened.
            Connection(runtime::ConnectionEvent),
            /// A message of a type that these bindings do not know, from a newer or modified
            /// Asterisk.
            Unknown {
                /// Its `type`.
                kind: String,
                /// The whole message as it was received.
                raw: String,
            },
        }
    }
}

fn kinds(variants: &[Variant<'_, '_>]) -> TokenStream {
    let kinds = variants.iter().map(|variant| {
        let name = &variant.name;
        let wire = &variant.model.model.name;
        quote!(Event::#name(_) => #wire,)
    });
    let wires = variants.iter().map(|variant| &variant.model.model.name);
    quote! {
        impl Event {
            /// The `type` values of all events that the bindings know.
            pub const KINDS: &'static [&'static str] = &[#(#wires),*];

            /// Returns the `type` of the message. [`Event::Connection`] has a name of the bindings.
            pub fn kind(&self) -> &str {
                match self {
                    #(#kinds)*
                    Event::Connection(event) => event.name(),
                    Event::Unknown { kind, .. } => kind,
                }
            }
        }
    }
}

/// `application()`, `timestamp()`, …: the properties that the hierarchy's inner models declare.
fn common_properties(
    plan: &Plan<'_>,
    variants: &[Variant<'_, '_>],
    scope: &mut Scope,
) -> Vec<TokenStream> {
    let Some(root) = plan.api.event_root() else {
        return Vec::new();
    };
    let inner = plan.api.models().map(|(_, model)| model).filter(|model| {
        !model.sub_types.is_empty()
            && (model.name == root.name
                || plan
                    .api
                    .ancestors(model)
                    .iter()
                    .any(|ancestor| ancestor.name == root.name))
    });
    let mut methods = Vec::new();
    for property in inner.flat_map(|model| &model.properties) {
        let name = naming::snake(&property.name);
        let (returns, by_reference) = match &property.kind {
            Type::Scalar(Scalar::Text) => (quote!(&str), true),
            Type::Date => (quote!(runtime::Timestamp), false),
            _ => continue,
        };
        let mut has = Vec::new();
        for variant in variants {
            let field = variant
                .model
                .properties
                .iter()
                .find(|field| std::ptr::eq(field.property, property));
            if let Some(field) = field {
                let variant = &variant.name;
                let name = ident(&field.field);
                let is_enum = field.enum_name.is_some();
                let value = match (field.property.required, by_reference) {
                    (true, true) if is_enum => quote!(Some(event.#name.as_str())),
                    (true, true) => quote!(Some(&event.#name)),
                    (true, false) => quote!(Some(event.#name)),
                    (false, true) if is_enum => {
                        quote!(event.#name.as_ref().map(|value| value.as_str()))
                    }
                    (false, true) => quote!(event.#name.as_deref()),
                    (false, false) => quote!(event.#name),
                };
                has.push(quote!(Event::#variant(event) => #value,));
            }
        }
        if has.is_empty() {
            continue;
        }
        let rest = if has.len() == variants.len() {
            quote!(Event::Connection(_) | Event::Unknown { .. } => None,)
        } else {
            quote!(_ => None,)
        };
        let method = ident(&scope.claim(name));
        let text = property
            .text
            .clone()
            .unwrap_or_else(|| format!("{}.", markdown::code(&property.name)));
        let doc = docs::doc(&format!(
            "{text}\n\nReturns `None` if the message has none, and for [`Event::Connection`] and \
             [`Event::Unknown`]."
        ));
        methods.push(quote! {
            #doc
            #[inline]
            pub fn #method(&self) -> Option<#returns> {
                match self {
                    #(#has)*
                    #rest
                }
            }
        });
    }
    methods
}

/// `channels()` and `channel_ids()`, …: every object that a handle could address and an event
/// carries, directly or inside another model.
fn references(
    plan: &Plan<'_>,
    variants: &[Variant<'_, '_>],
    names: &BTreeMap<&str, (String, String)>,
) -> Vec<TokenStream> {
    let mut by_model: BTreeMap<String, Vec<(&Ident, TokenStream)>> = BTreeMap::new();
    for variant in variants {
        let found =
            property_walk::collect_statements(plan, variant.model, &|reached| match reached {
                Reached::Model {
                    model, reference, ..
                } if plan.find_handle(model).is_some() => {
                    vec![(model.to_owned(), quote!(found.push(#reference);))]
                }
                _ => Vec::new(),
            });
        for (model, pushes) in found {
            by_model
                .entry(model)
                .or_default()
                .push((&variant.name, pushes));
        }
    }
    let mut methods = Vec::new();
    for (model, arms) in by_model {
        let path = model_path(plan, &model);
        let Some((list, ids)) = names.get(model.as_str()) else {
            continue;
        };
        let [list, ids] = [list, ids].map(|name| ident(name));
        let doc = docs::doc(&format!(
            "Returns every [`{0}`]({1}) that the event carries, in the order of its properties.",
            plan.models[model.as_str()].type_name,
            plan.path_text(&format!(
                "models::{}",
                plan.models[model.as_str()].type_name
            )),
        ));
        let collect = match arms.as_slice() {
            // The form that clippy::single_match requires.
            [(variant, pushes)] => quote!(if let Event::#variant(event) = self { #pushes }),
            arms => {
                let arms = arms
                    .iter()
                    .map(|(variant, pushes)| quote!(Event::#variant(event) => { #pushes }));
                quote!(match self { #(#arms)* _ => {} })
            }
        };
        methods.push(quote! {
            #doc
            #[inline]
            pub fn #list(&self) -> Vec<&#path> {
                let mut found = Vec::new();
                #collect
                found
            }
        });
        let identity = object_kinds::identity(plan, &model).unwrap_or_default();
        let [identity] = identity.as_slice() else {
            continue;
        };
        let identity = &identity.field;
        let key = ident(identity);
        let doc = docs::doc(&format!(
            "Returns the `{identity}` of each of [`Event::{list}`]."
        ));
        methods.push(quote! {
            #doc
            #[inline]
            pub fn #ids(&self) -> Vec<&str> {
                self.#list().into_iter().map(|object| object.#key.as_str()).collect()
            }
        });
    }
    methods
}

fn decoding_impls(plan: &Plan<'_>, variants: &[Variant<'_, '_>]) -> TokenStream {
    let discriminator = plan
        .api
        .event_root()
        .and_then(|root| root.discriminator.clone())
        .unwrap_or_default();
    let root = plan.root();
    let classes = objects::object_kinds(plan);
    let arms = variants.iter().map(|variant| {
        let wire = &variant.model.model.name;
        let name = &variant.name;
        quote!(#wire => runtime::decode_event(#wire, raw).map(Event::#name),)
    });
    let serialized = variants.iter().map(|variant| {
        let name = &variant.name;
        quote!(Event::#name(event) => event.as_ref().serialize(serializer),)
    });
    quote! {
        /// Written as the message was received.
        impl serde::Serialize for Event {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#serialized)*
                    Event::Connection(event) => event.serialize(serializer),
                    Event::Unknown { kind, raw } => {
                        runtime::serialize_unknown(kind, raw, serializer)
                    }
                }
            }
        }

        impl runtime::EventType for Event {
            const DISCRIMINATOR: &'static str = #discriminator;
            #classes

            fn operations() -> &'static [&'static runtime::Operation] {
                #root::OPERATIONS
            }

            fn decode_as(kind: &str, raw: &str) -> Result<Self, Error> {
                match kind {
                    #(#arms)*
                    kind => Ok(Event::Unknown { kind: kind.to_owned(), raw: raw.to_owned() }),
                }
            }

            fn from_connection_event(event: runtime::ConnectionEvent) -> Self {
                Event::Connection(event)
            }

            fn visit_objects(&self, found: &mut dyn FnMut(runtime::ObjectRef<'_>, bool)) {
                visit_objects(self, found);
            }
        }

        impl std::str::FromStr for Event {
            type Err = Error;

            fn from_str(raw: &str) -> Result<Self, Self::Err> {
                runtime::EventType::decode(raw)
            }
        }
    }
}
