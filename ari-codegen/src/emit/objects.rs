//! Objects that events are about: how they are found in events, streams that follow them, and
//! requests that make them.
//!
//! A class of objects is a model that a handle stands for and that some event carries.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::plan::{HandlePlan, ModelPlan, OperationPlan, ParameterPlan, Plan, PropertyPlan};
use super::walk::{self, Reached};
use super::{docs, ident};
use crate::api::{Answer, Location, Method, ParameterType, Scalar, Segment, Type};

/// Events of these names tell the end of the object that they begin with: `BridgeDestroyed`.
const ENDS: &[&str] = &["Destroyed", "Finished", "Failed"];

/// Properties whose text is a URI of an object: `channel:1700000000.1`.
const URIS: &str = "target_uri";

/// What identifies an object of a model: a property for each variable of its handle. `id` for
/// `channelId`, `name` for `recordingName`, `technology` and `resource` for `tech` and `resource`.
pub(super) fn identity<'p, 'a>(
    plan: &'p Plan<'a>,
    model: &str,
) -> Option<Vec<&'p PropertyPlan<'a>>> {
    let handle = plan.handle_of(model)?;
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
struct ClassPlan<'p, 'a> {
    handle: &'p HandlePlan<'a>,
    identity: Vec<&'p PropertyPlan<'a>>,
    /// Events that tell the end of such an object.
    ends: Vec<&'a str>,
}

impl ClassPlan<'_, '_> {
    fn name(&self) -> &str {
        self.handle.accessor.trim_start_matches("r#")
    }
}

/// The class of a model, where events carry it and one or two texts identify it.
fn class<'p, 'a>(plan: &'p Plan<'a>, model: &str) -> Option<ClassPlan<'p, 'a>> {
    let handle = plan.handle_of(model)?;
    let identity = identity(plan, model).filter(|keys| (1..=2).contains(&keys.len()))?;
    let carried = plan.events.iter().any(|event| {
        let found = walk::reached(plan, &plan.models[event], &|reached| match reached {
            Reached::Model { model: found, .. } if found == model => {
                vec![(String::new(), TokenStream::new())]
            }
            _ => Vec::new(),
        });
        !found.is_empty()
    });
    let events = plan.events.iter().copied();
    let ends = events.filter(|event| ends(event, model)).collect();
    carried.then_some(ClassPlan {
        handle,
        identity,
        ends,
    })
}

/// Whether an event of this name tells the end of an object of the model.
fn ends(event: &str, model: &str) -> bool {
    let stem = ENDS.iter().find_map(|end| event.strip_suffix(end));
    stem.is_some_and(|stem| !stem.is_empty() && model.ends_with(stem))
}

/// Every model that is a class.
fn class_models<'a>(plan: &Plan<'a>) -> Vec<&'a str> {
    let models = plan.models.keys().copied();
    models
        .filter(|model| class(plan, model).is_some())
        .collect()
}

/// `Message::CLASSES`.
pub(super) fn classes(plan: &Plan<'_>) -> TokenStream {
    let models = class_models(plan);
    if models.is_empty() {
        return TokenStream::new();
    }
    let targets = uri_classes(plan);
    let items = models.iter().filter_map(|model| {
        let class = class(plan, model)?;
        let name = class.name();
        let mut keys: Vec<&str> = Vec::new();
        keys.extend(class.identity.last().map(|key| key.property.name.as_str()));
        keys.extend(targets.contains(name).then_some(URIS));
        let ends = &class.ends;
        let get = plan.resources.iter().find_map(|resource| {
            let own = resource.handles.iter().find(|own| own.model == Some(*model))?;
            let mut below = own.operations.iter().map(|&index| &resource.operations[index]);
            let get = below.find(|op| {
                op.operation.method == Method::Get
                    && matches!(&op.operation.answer, Answer::Json(Type::Model(name)) if name == model)
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
            runtime::Class { name: #name, keys: &[#(#keys),*], ends: &[#(#ends),*], get: #get }
        })
    });
    quote!(const CLASSES: &'static [runtime::Class] = &[#(#items),*];)
}

/// Classes that URIs in events can name, where there are such URIs: those that can be the parent
/// of what is made in them.
fn uri_classes(plan: &Plan<'_>) -> BTreeSet<String> {
    let uris = plan.models.values().any(|model| {
        let mut properties = model.properties.iter();
        properties.any(|property| property.property.name == URIS)
    });
    let mut found = BTreeSet::new();
    if uris {
        for resource in &plan.resources {
            for op in &resource.operations {
                let parent = created(plan, op).and_then(|_| parent(plan, op));
                found.extend(parent.map(|(handle, _)| handle.accessor.clone()));
            }
        }
    }
    found
}

/// `Message::objects`.
pub(super) fn objects<'p, 'a: 'p>(
    plan: &'p Plan<'a>,
    variants: impl Iterator<Item = (&'p Ident, &'p ModelPlan<'a>)>,
) -> TokenStream {
    let mut arms = Vec::new();
    for (name, model) in variants {
        let event = &model.model.name;
        let found = walk::reached(plan, model, &|reached| {
            let statement = match reached {
                Reached::Model {
                    model,
                    place,
                    direct,
                    ..
                } => class(plan, model).map(|class| {
                    let object = object(&class, |key| {
                        let field = ident(&key.field);
                        quote!(&#place.#field)
                    });
                    let ends = direct && ends(event, model);
                    quote!(found(#object, #ends);)
                }),
                Reached::Property { property, place } if property.property.name == URIS => {
                    Some(if property.property.required {
                        quote! {
                            if let Some(object) = runtime::Object::of_uri(&#place) {
                                found(object, false);
                            }
                        }
                    } else {
                        quote! {
                            if let Some(object) =
                                #place.as_deref().and_then(runtime::Object::of_uri)
                            {
                                found(object, false);
                            }
                        }
                    })
                }
                Reached::Property { .. } => None,
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
        fn objects(&self, found: &mut dyn FnMut(runtime::Object<'_>, bool)) {
            match self {
                #(#arms)*
                _ => {}
            }
        }
    }
}

/// The object of a class, whose identity is found by `value`.
fn object(
    class: &ClassPlan<'_, '_>,
    value: impl Fn(&PropertyPlan<'_>) -> TokenStream,
) -> TokenStream {
    let name = class.name();
    let values: Vec<_> = class.identity.iter().map(|key| value(key)).collect();
    match values.as_slice() {
        [id] => quote!(runtime::Object::new(#name, #id)),
        values => quote!(runtime::Object::scoped(#name, #(#values),*)),
    }
}

/// `events()` of a handle.
pub(super) fn events(plan: &Plan<'_>, handle: &HandlePlan<'_>) -> Option<TokenStream> {
    let class = class(plan, handle.model?)?;
    let name = class.name();
    let fields = handle.variables.iter().map(|(_, field)| ident(field));
    let object = match handle.variables.len() {
        1 => quote!(runtime::Object::new(#name, #(&self.#fields),*)),
        _ => quote!(runtime::Object::scoped(#name, #(&self.#fields),*)),
    };
    let end = if !class.ends.is_empty() {
        ", until it is gone: the stream ends behind the event that says so"
    } else {
        ""
    };
    let doc = docs::doc(&format!(
        "A stream of the events of this {0}, from here on{end}.\n\nIt sees what the applications \
         see that this client has connected. An event costs the same however many such streams are \
         open.",
        handle.noun
    ));
    Some(quote! {
        #doc
        pub fn events(&self) -> runtime::ObjectStream<Event> {
            self.client.connection().watch(#object)
        }
    })
}

/// The class that a request makes an object of, and the parameter that chooses its id.
fn created<'p, 'a>(
    plan: &'p Plan<'a>,
    op: &'p OperationPlan<'a>,
) -> Option<(&'a str, &'p ParameterPlan<'a>)> {
    if op.operation.method != Method::Post {
        return None;
    }
    let Answer::Json(Type::Model(name)) = &op.operation.answer else {
        return None;
    };
    let (model, _) = plan.models.get_key_value(name.as_str())?;
    let handle = plan.handle_of(model)?;
    let [(variable, _)] = handle.variables.as_slice() else {
        return None;
    };
    let identity = identity(plan, model)?;
    let parameter = |wire: &str, path: bool| {
        let mut parameters = op.parameters.iter();
        parameters.find(|parameter| {
            parameter.parameter.name == wire
                && parameter.parameter.kind == ParameterType::Scalar(Scalar::Text)
                && (parameter.parameter.location == Location::Path) == path
        })
    };
    let segments = &op.operation.path.0;
    let chosen = match segments.last()? {
        Segment::Variable(last) => parameter(last, true),
        Segment::Literal(last) => parameter(variable, false)
            .or_else(|| parameter(&format!("{last}Id"), false))
            .or_else(|| parameter(&identity.first()?.property.name, false)),
    };
    Some((model, chosen?))
}

/// The handle of the object below which an operation works, and the request's field with its id.
fn parent<'p, 'a>(
    plan: &'p Plan<'a>,
    op: &'p OperationPlan<'a>,
) -> Option<(&'p HandlePlan<'a>, &'p str)> {
    let [Segment::Literal(_), Segment::Variable(variable), _, ..] = op.operation.path.0.as_slice()
    else {
        return None;
    };
    let mut handles = plan.resources.iter().flat_map(|resource| &resource.handles);
    let handle = handles.find(|handle| {
        handle.model.is_some()
            && matches!(handle.variables.as_slice(), [(wire, _)] if wire == variable)
    })?;
    let mut parameters = op.parameters.iter();
    let parameter = parameters.find(|parameter| parameter.parameter.name == *variable)?;
    Some((handle, &parameter.field))
}

/// `with_events()`, and `finished()` where the object's end is a result.
pub(super) fn creating(plan: &Plan<'_>, op: &OperationPlan<'_>) -> Option<TokenStream> {
    let (model, chosen) = created(plan, op)?;
    let class = class(plan, model)?;
    let request = ident(&op.type_name);
    let module = plan.resources.iter().find(|resource| {
        let mut handles = resource.handles.iter();
        handles.any(|handle| handle.model == Some(model))
    })?;
    let module = ident(&module.module);
    let handle = ident(&class.handle.type_name);
    let accessor = ident(&class.handle.accessor);
    let noun = &class.handle.noun;
    let name = class.name();
    let field = ident(&chosen.field);
    let choose = if chosen.parameter.required {
        quote!(let id = self.#field.clone();)
    } else {
        quote!(let id = self.#field.get_or_insert_with(runtime::unique_id).clone();)
    };
    let self_argument = if chosen.parameter.required {
        quote!(self)
    } else {
        quote!(mut self)
    };
    let picks = if chosen.parameter.required {
        String::new()
    } else {
        format!(" Picks the {noun}'s id, unless it was given.")
    };
    let application = op.parameters.iter().find(|own| own.parameter.name == "app");
    let heard = match (application, parent(plan, op)) {
        (Some(_), _) => format!(
            " Events come where this client has connected the application; otherwise one that it has \
             connected is subscribed to the {noun} once the answer is here."
        ),
        (None, Some((parent, _))) => format!(
            " Events come where an application of this client hears of the {}: it is in it, or \
             subscribed to it. Where none does the stream ends in [`Error::Gone`].",
            parent.noun
        ),
        (None, None) => format!(
            " Nobody hears of a {noun} by itself, so an application that this client has connected \
             is subscribed to it once the answer is here; what came before is not told."
        ),
    };
    let lost = match chosen.parameter.required {
        true => String::new(),
        false => format!(
            " With [`Error::OutcomeUnknown`] the {noun} may be there all the same: choose the id \
             yourself, by `{}`, to find it then.",
            chosen.field
        ),
    };
    let doc = docs::doc(&format!(
        "Sends the request, and returns the {noun} with a stream of its events.{picks} The stream \
         is open before the request leaves, so that no event can be missed.{heard}\n\n# Errors\n\n\
         Those of the request; [`Error::Disconnected`], before anything is sent, where this client \
         has connected no application that events could reach.{lost}"
    ));
    let parent = match parent(plan, op).filter(|_| application.is_none()) {
        Some((parent, field)) => {
            let name = parent.accessor.trim_start_matches("r#");
            let field = ident(field);
            quote!(Some(runtime::Object::new(#name, &self.#field)))
        }
        None => quote!(None),
    };
    let application = match application {
        Some(own) if own.parameter.required => {
            let field = ident(&own.field);
            quote!(Some(&self.#field))
        }
        Some(own) => {
            let field = ident(&own.field);
            quote!(self.#field.as_deref())
        }
        None => quote!(None),
    };
    let finished = finished(plan, op, model, &class);
    Some(quote! {
        impl #request<Client> {
            #doc
            pub async fn with_events(
                #self_argument,
            ) -> Result<(crate::#module::#handle, runtime::ObjectStream<Event>), Error> {
                #choose
                let client = self.client.clone();
                let new = runtime::Making {
                    object: runtime::Object::new(#name, &id),
                    application: #application,
                    parent: #parent,
                };
                let answer = client.connection().sending(&self);
                let (_, events) = client.connection().making(new, answer).await?;
                Ok((client.#accessor(id), events))
            }
            #finished
        }
    })
}

/// `finished()`: sends the request and waits for what becomes of the object, or of that in which
/// it was made.
fn finished(
    plan: &Plan<'_>,
    op: &OperationPlan<'_>,
    model: &str,
    class: &ClassPlan<'_, '_>,
) -> Option<TokenStream> {
    let results = plan
        .events
        .iter()
        .any(|event| ends(event, model) && event.ends_with("Finished"));
    if !results {
        return None;
    }
    let (parent_handle, parent_field) = parent(plan, op)?;
    let parent_class = self::class(plan, parent_handle.model?)?;
    let parent_name = parent_class.name();
    let parent_noun = &parent_handle.noun;
    let parent_field = ident(parent_field);
    let name = class.name();
    let output = super::model_path(plan, model);
    let list = ident(&crate::naming::snake(&format!(
        "{}s",
        crate::naming::type_name(model, "")
    )));
    let noun = &class.handle.noun;
    let doc = docs::doc(&format!(
        "Sends the request, and waits until the {noun} has ended: its `state` then says how. No \
         event can be missed meanwhile, and dropping the future leaves nothing behind; the {noun} \
         itself goes on.\n\n# Errors\n\nThose of the request; [`Error::Gone`] where the \
         {parent_noun} ends and the {noun} with it, or no application of this client hears of the \
         {parent_noun}; [`Error::Disconnected`] where the session ends before, [`Error::Lagged`] \
         where the end was lost in a buffer that was too small, and [`Error::Configuration`], before \
         anything is sent, where the event filters that this client has set hold the end back."
    ));
    Some(quote! {
        #doc
        pub async fn finished(self) -> Result<#output, Error> {
            let parent = runtime::Object::new(#parent_name, &self.#parent_field);
            let parent = self.client.connection().follow_to_end(#name, parent)?;
            let (_, events) = self.with_events().await?;
            runtime::last_of(events, parent, |event| event.#list().pop().cloned()).await
        }
    })
}
