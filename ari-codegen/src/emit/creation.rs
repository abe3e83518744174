//! Requests that make objects: with a stream of the object that is open before they leave, and with
//! waiting for its end.

use proc_macro2::TokenStream;
use quote::quote;

use super::objects::ObjectKindPlan;
use super::plan::{HandlePlan, OperationPlan, ParameterPlan, Plan};
use super::{docs, ident, objects};
use crate::api::{Location, Method, ParameterType, ResponseType, Scalar, Segment, Type};

/// The class that a request makes an object of, and the parameter that chooses its id.
pub(super) fn created_object<'p, 'a>(
    plan: &'p Plan<'a>,
    op: &'p OperationPlan<'a>,
) -> Option<(&'a str, &'p ParameterPlan<'a>)> {
    if op.operation.method != Method::Post {
        return None;
    }
    let ResponseType::Json(Type::Model(name)) = &op.operation.response else {
        return None;
    };
    let (model, _) = plan.models.get_key_value(name.as_str())?;
    let handle = plan.find_handle(model)?;
    let [(variable, _)] = handle.variables.as_slice() else {
        return None;
    };
    let identity = objects::identity(plan, model)?;
    let parameter = |wire: &str, path: bool| {
        let mut parameters = op.parameters.iter();
        parameters.find(|parameter| {
            parameter.parameter.name == wire
                && is_plain_text(parameter)
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
pub(super) fn parent<'p, 'a>(
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
    is_plain_text(parameter).then_some((handle, &parameter.field))
}

/// Returns `true` if a parameter is a string, as ids and names of applications are.
fn is_plain_text(parameter: &ParameterPlan<'_>) -> bool {
    parameter.parameter.kind == ParameterType::Scalar(Scalar::Text) && parameter.enum_name.is_none()
}

/// `send_with_events()`, and `wait_until_finished()` where the object's end is a result.
pub(super) fn creation_methods(plan: &Plan<'_>, op: &OperationPlan<'_>) -> Option<TokenStream> {
    let (model, chosen) = created_object(plan, op)?;
    let class = objects::object_kind(plan, model)?;
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
    if !application.is_none_or(is_plain_text) {
        return None;
    }
    let heard = match (application, parent(plan, op)) {
        (Some(_), _) => format!(
            " Events come where this client has connected the application; otherwise one that it has \
             connected is subscribed to the {noun} once the answer is here."
        ),
        (None, Some((parent, _))) => format!(
            " Events come where an application of this client hears of the {}: it is in it, or \
             subscribed to it. Where none does the stream ends in [`Error::ObjectGone`].",
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
            " With [`Error::OutcomeUnknown`] the {noun} may exist nevertheless: choose the id \
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
            let name = parent.name();
            let field = ident(field);
            quote!(Some(runtime::ObjectRef::new(#name, &self.#field)))
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
    let output = super::model_path(plan, model);
    let finished = wait_until_finished(plan, op, model, &class);
    let root = plan.root();
    Some(quote! {
        impl #request<Client> {
            #[inline]
            async fn send_watched(
                #self_argument,
            ) -> Result<(#output, runtime::ObjectStream<Event>), Error> {
                #choose
                let connection = self.client.connection();
                let new = runtime::CreateContext {
                    object: runtime::ObjectRef::new(#name, &id),
                    application: #application,
                    parent: #parent,
                };
                connection.create_and_watch(new, connection.send_owned(&self)).await
            }

            #doc
            #[inline]
            pub async fn send_with_events(
                self,
            ) -> Result<(#root::#module::#handle, runtime::ObjectStream<Event>), Error> {
                let client = self.client.clone();
                let (_, events) = self.send_watched().await?;
                Ok((client.#accessor(events.id()), events))
            }
            #finished
        }
    })
}

/// `wait_until_finished()`: sends the request and waits for what becomes of the object, or of that in which
/// it was made.
fn wait_until_finished(
    plan: &Plan<'_>,
    op: &OperationPlan<'_>,
    model: &str,
    class: &ObjectKindPlan<'_, '_>,
) -> Option<TokenStream> {
    let results = plan
        .events
        .iter()
        .any(|event| objects::is_terminal_event(event, model) && event.ends_with("Finished"));
    if !results {
        return None;
    }
    let (parent_handle, parent_field) = parent(plan, op)?;
    let parent_class = objects::object_kind(plan, parent_handle.model?)?;
    let parent_name = parent_class.name();
    let parent_noun = &parent_handle.noun;
    let parent_field = ident(parent_field);
    let name = class.name();
    let output = super::model_path(plan, model);
    let list = ident(&super::events::method_names(plan).remove(model)?.0);
    let noun = &class.handle.noun;
    let doc = docs::doc(&format!(
        "Sends the request, and waits until the {noun} has ended. If an event has reported the end, \
         its `state` then says how. No event can be missed meanwhile, and dropping the future leaves \
         nothing behind; the {noun} itself goes on.\n\n\
         An end can have no event: the WebSocket was lost when it came, or Asterisk has passed over \
         the media (`silence:1`, `number:notanumber`). So the server is asked from time to time whether the {noun} still \
         exists. If it does not, and the {parent_noun} does, that is a success as well: \
         [`Finished::report`](runtime::Finished::report) says that the end was not seen, and the \
         `state` is the last one known.\n\n# Errors\n\nThose of the request. [`Error::ObjectGone`] names \
         the {parent_noun} if that ends before, and the {noun} with it (see \
         [`Error::gone_object`]); its reason is \
         [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client hears \
         of the {parent_noun}. [`Error::Disconnected`] if the session ends before, [`Error::Lagged`] \
         if the end was lost in a buffer that was too small, and [`Error::InvalidConfig`], before \
         anything is sent, if the event filters that this client has set hold the end back."
    ));
    Some(quote! {
        #doc
        #[inline]
        pub async fn wait_until_finished(self) -> Result<runtime::Finished<#output>, Error> {
            let parent = runtime::ObjectRef::new(#parent_name, &self.#parent_field);
            let parent = self.client.connection().try_watch_until_end(#name, parent)?;
            let (object, events) = self.send_watched().await?;
            runtime::wait_for_terminal_event(events, parent, object, |event| event.#list().pop().cloned()).await
        }
    })
}
