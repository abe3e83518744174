//! The object because of which Asterisk refuses a request.
//!
//! A request can name several objects: a bridge in its path, and channels in its query. Asterisk's
//! message usually names one of them (`Channel not found`, `Bridge not in Stasis application`). If
//! it does not, or if there are several objects of that class, the server is asked which of them
//! does not exist. The same applies to the event sources of a subscription or of a user event,
//! which no message names.

use std::time::Duration;

use percent_encoding::percent_decode_str;
use serde_json::Value;
use tokio::time::timeout;

use crate::error::types::parse_message;
use crate::event::event_type::EventType;
use crate::event::object::{ObjectKind, ObjectRef, OwnedObject};
use crate::request::encoded::Request;
use crate::response::body::Response;
use crate::schema::operation::{Method, ResponseType};
use crate::transport::transport_trait::Transport;

/// The timeout of each request.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(5);

/// The noun for event sources in Asterisk's messages.
const EVENT_SOURCE: &str = "event source";

/// The parameters that contain event sources, such as `channel:1.2`.
const SOURCE_PARAMETERS: &[&str] = &["eventSource", "source"];

/// A parameter with the id of a channel, although its name does not say so.
const ORIGINATOR: &str = "originator";

/// An object that a request names.
struct NamedObject {
    kind: &'static ObjectKind,
    object: OwnedObject,
}

/// Returns the object because of which a request was refused, and true if it does not exist.
pub(crate) async fn find<E: EventType>(
    transport: &dyn Transport,
    request: &Request,
    status: u16,
    text: String,
) -> Option<(OwnedObject, bool)> {
    if !matches!(status, 400 | 404 | 409 | 412 | 422) {
        return None;
    }
    if text.contains(EVENT_SOURCE) {
        let missing = timeout(LOOKUP_TIMEOUT, missing_source::<E>(transport, request)).await;
        return missing.ok().flatten().map(|object| (object, true));
    }
    let mut named = named_objects::<E>(request);
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
async fn missing_source<E: EventType>(
    transport: &dyn Transport,
    request: &Request,
) -> Option<OwnedObject> {
    let parameters = SOURCE_PARAMETERS.iter();
    for source in parameters.flat_map(|name| parameter_values(request, name)) {
        let Some((scheme, id)) = source.split_once(':') else {
            continue;
        };
        // An endpoint without a resource is a technology, an id that is empty is all objects.
        let (scope, id) = match (scheme, id.split_once('/')) {
            ("endpoint", Some(scoped)) => scoped,
            ("endpoint", None) => continue,
            _ => ("", id),
        };
        let mut kinds = E::OBJECT_KINDS.iter();
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

/// Returns the values of a parameter, from the query or from the body of a request.
fn parameter_values(request: &Request, name: &str) -> Vec<String> {
    let mut query = request.query().iter();
    if let Some((_, values)) = query.find(|(known, _)| *known == name) {
        return values.split(',').map(str::to_owned).collect();
    }
    let body = request
        .body()
        .and_then(|body| serde_json::from_slice::<Value>(body).ok());
    match body.as_ref().and_then(|body| body.get(name)) {
        Some(Value::String(value)) => vec![value.clone()],
        Some(Value::Array(values)) => {
            let texts = values.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
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
    let request = Request::internal(get, &variables, Vec::new(), None).with_timeout(LOOKUP_TIMEOUT);
    let Ok(response) = transport.send(&request).await else {
        return false;
    };
    response.status == 404 && find_mention(&message_text(&response), named.kind).is_some()
}

/// Returns the existing objects that a request names, in the order of its path. The object that it
/// is to create is not included.
fn named_objects<E: EventType>(request: &Request) -> Vec<NamedObject> {
    let operation = request.operation();
    let makes = operation.method == Method::Post && operation.response != ResponseType::Empty;
    let template: Vec<&str> = operation.path.split('/').collect();
    let path: Vec<&str> = request.path().split('/').collect();
    let decoded = |at: usize| {
        let segment = path.get(at).copied().unwrap_or_default();
        percent_decode_str(segment).decode_utf8_lossy().into_owned()
    };
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
    for class in E::OBJECT_KINDS {
        let Some(get) = class.get_operation else {
            continue;
        };
        let own: Vec<&str> = get.path.split('/').collect();
        if template.starts_with(&own) && !(makes && template.len() == own.len()) {
            let mut variables = (0..own.len()).filter(|at| own[*at].starts_with('{'));
            match (variables.next(), variables.next()) {
                (Some(id), None) => add(class, "", &decoded(id)),
                (Some(scope), Some(id)) => add(class, &decoded(scope), &decoded(id)),
                _ => {}
            }
        }
    }
    for class in E::OBJECT_KINDS {
        // `{channelId}`: parameters with that name, and with the name of the class.
        let variable = class
            .get_operation
            .and_then(|get| get.path.rsplit('/').next());
        let variable = variable.unwrap_or_default().trim_matches(['{', '}']);
        for parameter in operation.parameters {
            let is_list = parameter.name == class.name
                || parameter.name == ORIGINATOR && class.name == "channel";
            if !is_list && (makes || parameter.name != variable) {
                continue;
            }
            let in_path = template
                .iter()
                .position(|segment| segment.trim_matches(['{', '}']) == parameter.name);
            match in_path {
                Some(at) => add(class, "", &decoded(at)),
                None => {
                    for id in parameter_values(request, parameter.name) {
                        add(class, "", &id);
                    }
                }
            }
        }
    }
    found
}
