//! Objects in events: the code that finds them, and streams that follow them.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::created::{created_object, parent};
use super::docs;
use super::object_kinds::{
    ObjectKindPlan, URI_PROPERTY, is_terminal_event, is_uri, kind_of_id, object_kind,
};
use super::plan::{HandlePlan, ModelPlan, Plan, PropertyPlan};
use super::property_walk::{self, Reached};
use super::tokens::ident;
use crate::api::{Method, ResponseType, Type};

/// `EventType::OBJECT_KINDS`.
pub(super) fn object_kinds(plan: &Plan<'_>) -> TokenStream {
    if plan.object_kinds.is_empty() {
        return TokenStream::new();
    }
    let targets = uri_kinds(plan);
    let items = plan.object_kinds.keys().filter_map(|model| {
        let class = object_kind(plan, model)?;
        let name = class.name();
        let mut keys: Vec<&str> = Vec::new();
        keys.extend(class.identity.last().map(|key| key.property.name.as_str()));
        keys.extend(targets.contains(name).then_some(URI_PROPERTY));
        let properties = plan.models.values().flat_map(|model| &model.properties);
        let ids = properties.filter(|property| {
            kind_of_id(plan, property).is_some_and(|class| class.name() == name)
        });
        let ids: BTreeSet<_> = ids.map(|id| id.property.name.as_str()).collect();
        keys.extend(ids);
        let ends = class.terminal_events;
        let get = plan.resources.iter().find_map(|resource| {
            let own = resource.handles.iter().find(|own| own.model == Some(*model))?;
            let mut below = own.operations.iter().map(|&index| &resource.operations[index]);
            let get = below.find(|op| {
                op.operation.method == Method::Get
                    && matches!(&op.operation.response, ResponseType::Json(Type::Model(name)) if name == model)
            })?;
            let module = ident(&resource.module);
            let constant = ident(&get.constant);
            Some(quote!(&operations::#module::#constant))
        });
        let get = match get {
            Some(get) => quote!(Some(#get)),
            None => quote!(None),
        };
        Some(quote! {
            runtime::ObjectKind { name: #name, id_fields: &[#(#keys),*], terminal_events: &[#(#ends),*], get_operation: #get }
        })
    });
    quote!(const OBJECT_KINDS: &'static [runtime::ObjectKind] = &[#(#items),*];)
}

/// Returns the kinds that URIs in events can name, if there are such URIs: those in which requests
/// create objects.
fn uri_kinds(plan: &Plan<'_>) -> BTreeSet<String> {
    let uris = plan.models.values().any(|model| {
        let mut properties = model.properties.iter();
        properties.any(is_uri)
    });
    let mut found = BTreeSet::new();
    if uris {
        for resource in &plan.resources {
            for op in &resource.operations {
                let parent = created_object(plan, op).and_then(|_| parent(plan, op));
                found.extend(parent.map(|(handle, _)| handle.accessor.clone()));
            }
        }
    }
    found
}

/// The body of `EventType::visit_objects`, as a function.
pub(super) fn visit_objects<'p, 'a: 'p>(
    plan: &'p Plan<'a>,
    variants: impl Iterator<Item = (&'p Ident, &'p ModelPlan<'a>)>,
) -> TokenStream {
    let mut arms = Vec::new();
    for (name, model) in variants {
        let event = &model.model.name;
        let found = property_walk::collect_statements(plan, model, &|reached| {
            let statement = match reached {
                Reached::Model {
                    model,
                    place,
                    direct,
                    ..
                } => object_kind(plan, model).map(|class| {
                    let object = object_ref(&class, |key| {
                        let field = ident(&key.field);
                        quote!(&#place.#field)
                    });
                    let ends = direct && is_terminal_event(event, model);
                    quote!(found(#object, #ends);)
                }),
                Reached::Property { property, place } if is_uri(property) => {
                    Some(if property.property.required {
                        quote! {
                            if let Some(object) = runtime::ObjectRef::from_uri(&#place) {
                                found(object, false);
                            }
                        }
                    } else {
                        quote! {
                            if let Some(object) =
                                #place.as_deref().and_then(runtime::ObjectRef::from_uri)
                            {
                                found(object, false);
                            }
                        }
                    })
                }
                Reached::Property { property, place } => kind_of_id(plan, property).map(|class| {
                    if property.property.required {
                        let object = object_ref(&class, |_| quote!(&#place));
                        quote!(found(#object, false);)
                    } else {
                        let object = object_ref(&class, |_| quote!(id));
                        quote!(if let Some(id) = &#place { found(#object, false); })
                    }
                }),
            };
            statement
                .map(|statement| (String::new(), statement))
                .into_iter()
                .collect()
        });
        for statements in found.into_values() {
            arms.push(quote!(Event::#name(event) => { #statements }));
        }
    }
    let (event, found, body) = match arms.is_empty() {
        true => (quote!(_), quote!(_), None),
        false => (
            quote!(event),
            quote!(found),
            Some(quote!(match event { #(#arms)* _ => {} })),
        ),
    };
    quote! {
        /// Calls `found` with every object that the event is about, and if it reports the end of
        /// the object.
        pub(super) fn visit_objects(
            #event: &Event,
            #found: &mut dyn FnMut(runtime::ObjectRef<'_>, bool),
        ) {
            #body
        }
    }
}

/// The object of a class, whose identity is found by `value`.
fn object_ref(
    class: &ObjectKindPlan<'_, '_>,
    value: impl Fn(&PropertyPlan<'_>) -> TokenStream,
) -> TokenStream {
    let name = class.name();
    let values: Vec<_> = class.identity.iter().map(|key| value(key)).collect();
    match values.as_slice() {
        [id] => quote!(runtime::ObjectRef::new(#name, #id)),
        values => quote!(runtime::ObjectRef::scoped(#name, #(#values),*)),
    }
}

/// `events()` of a handle.
pub(super) fn events_method(plan: &Plan<'_>, handle: &HandlePlan<'_>) -> Option<TokenStream> {
    let class = object_kind(plan, handle.model?)?;
    let name = class.name();
    let fields = handle.variables.iter().map(|(_, field)| ident(field));
    let object = match handle.variables.len() {
        1 => quote!(runtime::ObjectRef::new(#name, #(&self.#fields),*)),
        _ => quote!(runtime::ObjectRef::scoped(#name, #(&self.#fields),*)),
    };
    let end = if !class.terminal_events.is_empty() {
        ". The stream ends after the event that reports the end of the object"
    } else {
        ""
    };
    let doc = docs::doc(&format!(
        "Returns a stream of the events of this {0} from now on{end}.\n\nIt contains the events \
         that the applications of this client receive. If the server reports that this {0} does \
         not exist, or that none of them is subscribed to it, the stream ends with \
         [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not affect the cost of \
         an event.",
        handle.noun
    ));
    Some(quote! {
        #doc
        pub fn events(&self) -> runtime::ObjectStream<Event> {
            self.client.connection().watch(#object)
        }
    })
}
