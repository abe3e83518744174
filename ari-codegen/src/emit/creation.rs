//! Requests that create objects: methods that open the stream of the object before they send, and
//! that wait for its end.

use proc_macro2::TokenStream;
use quote::quote;

use super::created::{created_object, is_plain_text, parent};
use super::object_kinds::ObjectKindPlan;
use super::plan::{OperationPlan, Plan};
use super::tokens::ident;
use super::types::model_path;
use super::{docs, event_methods, object_kinds};

/// `send_with_events()`, and `wait_until_finished()` if the end of the object is a result.
pub(super) fn creation_methods(plan: &Plan<'_>, op: &OperationPlan<'_>) -> Option<TokenStream> {
    let (model, chosen) = created_object(plan, op)?;
    let class = object_kinds::object_kind(plan, model)?;
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
        format!(" Chooses the {noun}'s id if none was set.")
    };
    let application = op.parameters.iter().find(|own| own.parameter.name == "app");
    if !application.is_none_or(is_plain_text) {
        return None;
    }
    let heard = match (application, parent(plan, op)) {
        (Some(_), _) => format!(
            " Events arrive if this client has connected the application. Otherwise an application \
             that it has connected is subscribed to the {noun} after the response."
        ),
        (None, Some((parent, _))) => format!(
            " Events arrive if an application of this client controls the {0} or is subscribed to \
             it. Otherwise the stream ends with [`Error::ObjectGone`].",
            parent.noun
        ),
        (None, None) => format!(
            " Creating a {noun} does not subscribe any application to it, so an application that \
             this client has connected is subscribed after the response. Earlier events are not \
             received."
        ),
    };
    let lost = match chosen.parameter.required {
        true => String::new(),
        false => format!(
            " After [`Error::OutcomeUnknown`] the {noun} may exist. Set the id yourself with `{}` to \
             be able to find it.",
            chosen.field
        ),
    };
    let doc = docs::doc(&format!(
        "Sends the request and returns the {noun} with a stream of its events.{picks} The stream \
         is open before the request is sent, so no event can be missed.{heard}\n\n# Errors\n\n\
         Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, \
         if this client has connected no application that could receive events.{lost}"
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
    let output = model_path(plan, model);
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

/// `wait_until_finished()`: sends the request and waits for the end of the object, or of the one in
/// which it was made.
fn wait_until_finished(
    plan: &Plan<'_>,
    op: &OperationPlan<'_>,
    model: &str,
    class: &ObjectKindPlan<'_, '_>,
) -> Option<TokenStream> {
    let results = plan
        .events
        .iter()
        .any(|event| object_kinds::is_terminal_event(event, model) && event.ends_with("Finished"));
    if !results {
        return None;
    }
    let (parent_handle, parent_field) = parent(plan, op)?;
    let parent_class = object_kinds::object_kind(plan, parent_handle.model?)?;
    let parent_name = parent_class.name();
    let parent_noun = &parent_handle.noun;
    let parent_field = ident(parent_field);
    let name = class.name();
    let output = model_path(plan, model);
    let list = ident(&event_methods::method_names(plan).remove(model)?.0);
    let noun = &class.handle.noun;
    let doc = docs::doc(&format!(
        "Sends the request and waits until the {noun} has ended. If an event has reported the end, \
         its `state` is the final one. No event can be missed. Dropping the future releases its \
         streams and does not end the {noun}.\n\n\
         Some ends have no event: the WebSocket was lost at that moment, or Asterisk has skipped \
         the media (`silence:1`, `number:notanumber`). Therefore the client polls the server for the \
         {noun}. If it no longer exists but the {parent_noun} does, this is a success, too: \
         [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the \
         `state` is the last known one.\n\n# Errors\n\nReturns the errors of the request, and\n\
         - [`Error::ObjectGone`] with the {parent_noun} (see [`Error::gone_object`]) if that ends \
         first, and the {noun} with it. Its reason is \
         [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client \
         receives events of the {parent_noun};\n\
         - [`Error::Disconnected`] if the session ends first;\n\
         - [`Error::Lagged`] if the end was lost in a buffer that was too small;\n\
         - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client \
         has set exclude the end."
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
