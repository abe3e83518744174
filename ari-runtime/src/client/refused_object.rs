//! The object because of which Asterisk refuses a request.
//!
//! A request can name several objects: a bridge in its path, and channels in its query. Asterisk's
//! message usually names one of them (`Channel not found`, `Bridge not in Stasis application`). If
//! it does not, or if there are several objects of that class, the server is asked which of them
//! does not exist. The same applies to the event sources of a subscription or of a user event,
//! which no message names.

use std::time::Duration;

use tokio::time::timeout;

use crate::error::types::parse_message;
use crate::event::bindings::Bindings;
use crate::event::object::{ObjectKind, ObjectRef, OwnedObject};
use crate::protocol::{event_source, object_kind, parameter};
use crate::request::builder::RequestBuilder;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::schema::operation::{Location, Method, ResponseType};
use crate::transport::request_span;
use crate::transport::transport_trait::Transport;

/// The timeout of each request.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(5);

/// The noun for event sources in Asterisk's messages.
const EVENT_SOURCE: &str = "event source";

/// The part of Asterisk's message to a request that is to create an object under an id in use.
const EXISTS: &str = "already exists";

/// An object that a request names.
struct NamedObject {
    kind: &'static ObjectKind,
    object: OwnedObject,
}

/// Returns the object because of which a request was refused, and true if it does not exist.
pub(crate) async fn find(
    bindings: &Bindings,
    transport: &dyn Transport,
    request: &Request,
    status: u16,
    text: String,
) -> Option<(OwnedObject, bool)> {
    if !matches!(status, 400 | 404 | 409 | 412 | 422) {
        return None;
    }
    if text.contains(EVENT_SOURCE) {
        let missing = timeout(LOOKUP_TIMEOUT, missing_source(bindings, transport, request)).await;
        return missing.ok().flatten().map(|object| (object, true));
    }
    if status == 409 && text.contains(EXISTS) {
        return object_to_create(bindings, request).map(|object| (object, false));
    }
    let mut named = named_objects(bindings, request);
    let place = |named: &NamedObject| find_mention(&text, named.kind);
    let first = named.iter().filter_map(place).min();
    if let Some(first) = first {
        named.retain(|named| place(named) == Some(first));
        let is_missing = text.ends_with("not found");
        let is_sure = is_missing || status != 404;
        if is_sure && let [_] = named.as_slice() {
            return named.pop().map(|named| (named.object, is_missing));
        }
        if !is_missing && status != 404 {
            return None;
        }
    } else if status != 404 {
        return None;
    }
    // The question would be the refused request itself.
    named.retain(|named| named.kind.get_operation != Some(request.operation()));
    let only = matches!(named.as_slice(), [_]);
    for named in named {
        if is_missing(transport, &named).await {
            return Some((named.object, true));
        }
        if only && first.is_some() {
            return Some((named.object, false));
        }
    }
    None
}

/// Asks the server for the event sources of a request, and returns the first object that does not
/// exist: Asterisk stops there.
async fn missing_source(
    bindings: &Bindings,
    transport: &dyn Transport,
    request: &Request,
) -> Option<OwnedObject> {
    let parameters = [parameter::EVENT_SOURCE, parameter::SOURCE].into_iter();
    for source in parameters.flat_map(|name| request.texts(name)) {
        let Some((scheme, id)) = source.split_once(':') else {
            continue;
        };
        // An endpoint without a resource is a technology, an id that is empty is all objects.
        let (scope, id) = match (scheme, id.split_once('/')) {
            (event_source::ENDPOINT, Some(scoped)) => scoped,
            (event_source::ENDPOINT, None) => continue,
            _ => ("", id),
        };
        let mut kinds = bindings.object_kinds.iter();
        let Some(kind) = kinds.find(|kind| kind.name == scheme && !id.is_empty()) else {
            continue;
        };
        let object = ObjectRef::scoped(kind.name, scope, id).into();
        let named = NamedObject { kind, object };
        if is_missing(transport, &named).await {
            return Some(named.object);
        }
    }
    None
}

/// Returns the message of a refusal, in lower case.
pub(crate) fn message_text(refusal: &Response) -> String {
    let message = parse_message(refusal.body.as_bytes());
    message.unwrap_or_default().to_lowercase()
}

/// Returns the position at which a message names objects of a class.
fn find_mention(text: &str, class: &ObjectKind) -> Option<usize> {
    let noun = class.name.rsplit('_').next()?;
    text.match_indices(noun).map(|(at, _)| at).next()
}

/// Asks the server and returns true if an object does not exist. A 404 that names no such object is
/// ignored, because it may come from a proxy, or from a server that lacks the module.
async fn is_missing(transport: &dyn Transport, named: &NamedObject) -> bool {
    let Some(get) = named.kind.get_operation else {
        return false;
    };
    let OwnedObject { scope, id, .. } = &named.object;
    let variables: Vec<&str> = [scope, id]
        .into_iter()
        .filter(|variable| !variable.is_empty())
        .map(String::as_str)
        .collect();
    let Ok(request) = RequestBuilder::build_from_path(get, &variables) else {
        return false;
    };
    let request = request.with_timeout(LOOKUP_TIMEOUT);
    let Ok(response) = request_span::send(transport, &request).await else {
        return false;
    };
    response.status == 404 && find_mention(&message_text(&response), named.kind).is_some()
}

/// Returns the object that a request is to create, if the request names it.
pub(super) fn object_to_create(bindings: &Bindings, request: &Request) -> Option<OwnedObject> {
    let operation = request.operation();
    let creates = |kind: &&ObjectKind| {
        let get = kind.get_operation;
        get.is_some_and(|get| get.response == operation.response)
    };
    let kind = bindings.object_kinds.iter().find(creates)?;
    let variable = kind.get_operation?.path_variables().last()?;
    let id = operation.parameters.iter().find(|parameter| {
        // In front of the path's end it is the id of an object that exists.
        let in_path = parameter.location == Location::Path;
        let is_new = !in_path || operation.path.ends_with(&format!("{{{variable}}}"));
        is_new && parameter::is_new_id(parameter.name, variable)
    })?;
    Some(ObjectRef::new(kind.name, request.argument(id.name)?.as_str()?).into())
}

/// Returns the existing objects that a request names, in the order of its path. The object that it
/// is to create is not included.
fn named_objects(bindings: &Bindings, request: &Request) -> Vec<NamedObject> {
    let operation = request.operation();
    let makes = operation.method == Method::Post && operation.response != ResponseType::Empty;
    let ids: Vec<&str> = request.path_values().collect();
    let mut found = Vec::new();
    let mut add = |class: &'static ObjectKind, scope: &str, id: &str| {
        let object = ObjectRef::scoped(class.name, scope, id).into();
        if !found
            .iter()
            .any(|known: &NamedObject| known.object == object)
        {
            found.push(NamedObject {
                kind: class,
                object,
            });
        }
    };
    for class in bindings.object_kinds {
        let Some(get) = class.get_operation else {
            continue;
        };
        let below = operation.path.strip_prefix(get.path);
        if below.is_some_and(|rest| rest.starts_with('/') || rest.is_empty() && !makes) {
            match &ids[..get.path_variables().count().min(ids.len())] {
                [id] => add(class, "", id),
                [scope, id] => add(class, scope, id),
                _ => {}
            }
        }
    }
    for class in bindings.object_kinds {
        // `{channelId}`: parameters with that name, and with the name of the class.
        let variable = class
            .get_operation
            .and_then(|get| get.path_variables().last());
        for parameter in operation.parameters {
            let is_list = parameter.name == class.name
                || parameter.name == parameter::ORIGINATOR && class.name == object_kind::CHANNEL;
            if is_list || !makes && Some(parameter.name) == variable {
                for id in request.texts(parameter.name) {
                    add(class, "", id);
                }
            }
        }
    }
    found
}
