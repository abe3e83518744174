//! Objects in events: the code that finds them, and streams that follow them.
//!
//! A class of objects is a model that a handle stands for and that some event carries.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::creation::{created_object, parent};
use super::plan::{HandlePlan, ModelPlan, Plan, PropertyPlan};
use super::property_walk::{self, Reached};
use super::{docs, ident};
use crate::api::{Method, ResponseType, Scalar, Type};

/// Events of these names report the end of the object that they begin with: `BridgeDestroyed`.
const TERMINAL_SUFFIXES: &[&str] = &["Destroyed", "Finished", "Failed"];

/// Properties whose text is a URI of an object: `channel:1700000000.1`.
const URI_PROPERTY: &str = "target_uri";

/// Returns `true` if a property is such a text.
fn is_uri(property: &PropertyPlan<'_>) -> bool {
    property.property.name == URI_PROPERTY
        && property.property.kind == Type::Scalar(Scalar::Text)
        && property.enum_name.is_none()
}

/// Returns the identity of a model's objects: a property for each variable of the handle. `id` for
/// `channelId`, `name` for `recordingName`, `technology` and `resource` for `tech` and `resource`.
pub(super) fn identity<'p, 'a>(
    plan: &'p Plan<'a>,
    model: &str,
) -> Option<Vec<&'p PropertyPlan<'a>>> {
    let handle = plan.find_handle(model)?;
    let properties = &plan.models.get(model)?.properties;
    let plain = |property: &&PropertyPlan<'a>| {
        property.property.required
            && property.property.kind == Type::Scalar(Scalar::Text)
            && property.enum_name.is_none()
    };
    let find = |name: &dyn Fn(&str) -> bool| {
        let mut properties = properties.iter();
        properties
            .find(|property| name(&property.property.name))
            .filter(plain)
    };
    if let [(wire, _)] = handle.variables.as_slice() {
        let wire = wire.to_lowercase();
        let key = ["id", "name"].into_iter().find(|key| wire.ends_with(key))?;
        return Some(vec![find(&|name| name == key)?]);
    }
    let variables = handle.variables.iter();
    variables
        .map(|(wire, _)| find(&|name| name.starts_with(wire)))
        .collect()
}

/// A class of objects.
pub(super) struct ObjectKindPlan<'p, 'a> {
    pub(super) handle: &'p HandlePlan<'a>,
    identity: Vec<&'p PropertyPlan<'a>>,
    /// Events that report the end of such an object.
    terminal_events: &'p [&'a str],
}

impl ObjectKindPlan<'_, '_> {
    pub(super) fn name(&self) -> &str {
        self.handle.name()
    }
}

/// A class as the [`Plan`] keeps it: where in the plan its parts stand.
pub(super) struct ObjectKindIndex<'a> {
    /// Resource, and handle of that resource.
    handle: (usize, usize),
    /// Properties of the model.
    identity: Vec<usize>,
    terminal_events: Vec<&'a str>,
}

/// The classes of a plan, by their models: those that events carry and that one or two texts
/// identify.
pub(super) fn find_object_kinds<'a>(plan: &Plan<'a>) -> BTreeMap<&'a str, ObjectKindIndex<'a>> {
    let carried = models_in_events(plan);
    let models = plan.models.keys().copied();
    models
        .filter(|model| carried.contains(model))
        .filter_map(|model| {
            let keys = identity(plan, model).filter(|keys| (1..=2).contains(&keys.len()))?;
            let properties = &plan.models.get(model)?.properties;
            let position = |key: &&PropertyPlan<'a>| {
                let mut properties = properties.iter();
                properties.position(|property| std::ptr::eq(property, *key))
            };
            let events = plan.events.iter().copied();
            let class = ObjectKindIndex {
                handle: plan.position_of_handle(model)?,
                identity: keys.iter().map(position).collect::<Option<_>>()?,
                terminal_events: events
                    .filter(|event| is_terminal_event(event, model))
                    .collect(),
            };
            Some((model, class))
        })
        .collect()
}

/// Every model that an event carries, directly or inside another one.
pub(super) fn models_in_events<'a>(plan: &Plan<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut open = plan.events.clone();
    while let Some(model) = open.pop() {
        let properties = plan.models.get(model).into_iter();
        for property in properties.flat_map(|model| &model.properties) {
            let Type::Model(name) = &property.property.kind else {
                continue;
            };
            let Some((name, _)) = plan.models.get_key_value(name.as_str()) else {
                continue;
            };
            if found.insert(*name) {
                open.push(name);
            }
        }
    }
    found
}

/// Returns the class of a model.
pub(super) fn object_kind<'p, 'a>(
    plan: &'p Plan<'a>,
    model: &str,
) -> Option<ObjectKindPlan<'p, 'a>> {
    let class = plan.object_kinds.get(model)?;
    let (resource, handle) = class.handle;
    let properties = &plan.models.get(model)?.properties;
    Some(ObjectKindPlan {
        handle: &plan.resources[resource].handles[handle],
        identity: class.identity.iter().map(|&key| &properties[key]).collect(),
        terminal_events: &class.terminal_events,
    })
}

/// Returns `true` if an event of this name reports the end of an object of the model.
pub(super) fn is_terminal_event(event: &str, model: &str) -> bool {
    let stem = TERMINAL_SUFFIXES
        .iter()
        .find_map(|end| event.strip_suffix(end));
    stem.is_some_and(|stem| !stem.is_empty() && model.ends_with(stem))
}

/// The class of the objects of which a text holds the id, as its name tells: `destination_bridge`.
fn kind_of_id<'p, 'a>(
    plan: &'p Plan<'a>,
    property: &PropertyPlan<'_>,
) -> Option<ObjectKindPlan<'p, 'a>> {
    let is_text = property.property.kind == Type::Scalar(Scalar::Text);
    if !is_text || property.enum_name.is_some() {
        return None;
    }
    let named = |class: &ObjectKindPlan<'_, '_>| {
        let before = property.property.name.strip_suffix(class.name());
        before.is_some_and(|before| before.ends_with('_'))
    };
    let mut classes = plan
        .object_kinds
        .keys()
        .filter_map(|model| object_kind(plan, model));
    let class = classes.find(named)?;
    (class.identity.len() == 1).then_some(class)
}

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

/// Classes that URIs in events can name, where there are such URIs: those that can be the parent
/// of what is made in them.
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

/// `EventType::visit_objects`.
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
    if arms.is_empty() {
        return TokenStream::new();
    }
    quote! {
        fn visit_objects(&self, found: &mut dyn FnMut(runtime::ObjectRef<'_>, bool)) {
            match self {
                #(#arms)*
                _ => {}
            }
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
        ", until it is gone: the stream ends behind the event that says so"
    } else {
        ""
    };
    let doc = docs::doc(&format!(
        "A stream of the events of this {0}, from here on{end}.\n\nIt sees what the applications \
         see that this client has connected. Where the server says that this {0} is not there, or \
         that none of them is subscribed to it, the stream ends in [`Error::ObjectGone`](runtime::Error::ObjectGone). An \
         event costs the same however many such streams are open.",
        handle.noun
    ));
    Some(quote! {
        #doc
        pub fn events(&self) -> runtime::ObjectStream<Event> {
            self.client.connection().watch(#object)
        }
    })
}
