//! The operations of endpoints, and messages to them.

use crate::model::OutgoingMessage;
use crate::pbx::PbxState;
use crate::rest::{DeferredResponse, Params, Response};

pub(crate) fn run(pbx: &mut PbxState, name: &str, params: &Params) -> Option<DeferredResponse> {
    let names = pbx.endpoints.keys();
    let (tech, resource) = (params.path("tech"), params.path("resource"));
    let response = match name {
        "list" => Response::list(names.map(|name| pbx.endpoint_object(name))),
        "listByTech" => {
            let prefix = format!("{tech}/");
            let found: Vec<_> = names.filter(|name| name.starts_with(&prefix)).collect();
            if found.is_empty() {
                let message = format!("No Endpoints found - invalid tech {tech}");
                return Some(Response::error(404, message).into());
            }
            Response::list(found.into_iter().map(|name| pbx.endpoint_object(name)))
        }
        "get" => {
            // This operation ignores the case of the technology.
            let wanted = format!("{tech}/{resource}");
            match find_endpoint(pbx, &wanted) {
                Some(name) => Response::object(&pbx.endpoint_object(&name)),
                None => not_found(),
            }
        }
        "sendMessage" | "refer" | "sendMessageToEndpoint" | "referToEndpoint" => {
            send_message(pbx, name, params)
        }
        _ => return None,
    };
    Some(response.into())
}

fn not_found() -> Response {
    Response::error(404, "Endpoint not found")
}

fn find_endpoint(pbx: &PbxState, wanted: &str) -> Option<String> {
    let (tech, resource) = wanted.split_once('/')?;
    let mut names = pbx.endpoints.keys();
    let same = |name: &&String| {
        name.split_once('/')
            .is_some_and(|(known, rest)| known.eq_ignore_ascii_case(tech) && rest == resource)
    };
    names.find(same).cloned()
}

/// Sends a message to an endpoint, or asks it to call another address. Only an endpoint that is
/// online receives it.
fn send_message(pbx: &mut PbxState, operation: &str, params: &Params) -> Response {
    let given = params.object("variables").into_iter().flatten();
    let variables = given.map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())));
    let variables = variables.collect::<Option<Vec<_>>>();
    let no_texts = || Response::error(400, "Only string values in the 'variables' object allowed");
    let found = match operation {
        "sendMessage" | "refer" => {
            // Checked before the endpoint, unlike for the operations with the endpoint in the path.
            if variables.is_none() {
                return no_texts();
            }
            let Some(to) = params.non_empty("to") else {
                return Response::error(400, "To must be specified");
            };
            to.split_once(':').and_then(|(tech, name)| {
                let name = name.split('@').next_back().unwrap_or(name);
                find_endpoint(pbx, &format!("{tech}/{name}"))
            })
        }
        _ => {
            let (tech, resource) = (params.path("tech"), params.path("resource"));
            find_endpoint(pbx, &format!("{tech}/{resource}"))
        }
    };
    let Some(endpoint) = found.filter(|name| pbx.is_online(name)) else {
        return not_found();
    };
    let Some(variables) = variables else {
        return no_texts();
    };
    let refers = operation.starts_with("refer");
    let text = |name: &str| params.text(name).unwrap_or_default().to_owned();
    pbx.send_message(OutgoingMessage {
        endpoint,
        from: text("from"),
        body: text("body"),
        refer_to: refers.then(|| text("refer_to")),
        variables,
    });
    Response::empty(202)
}
