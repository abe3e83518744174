//! The cause of a refusal for which Asterisk gives none, found by asking the server.
//!
//! If a channel cannot be created, the response is a 500 `Allocation failed`, no matter if the
//! phone is offline, unknown or of a technology that is not loaded. If a recording cannot be
//! written, the response is a 500, too. The state of the endpoint, or the list of stored
//! recordings, reveals more.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::error::finding::Finding;
use crate::event::bindings::Bindings;
use crate::json;
use crate::protocol::{model, parameter, path};
use crate::request::builder::RequestBuilder;
use crate::request::untyped_request::Request;
use crate::schema::operation::{Method, ResponseType};
use crate::transport::request_span;
use crate::transport::transport_trait::Transport;

/// The timeout of each request.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(5);

/// Asterisk's message, in lower case, for a recording whose name is empty or, on later releases,
/// leads out of the folder.
const INVALID_NAME: &str = "error parsing request";

/// Asks the server for the cause of a refusal whose message contains none.
pub(crate) async fn find_cause(
    bindings: &Bindings,
    transport: &dyn Transport,
    request: &Request,
    status: u16,
    text: &str,
) -> Option<Finding> {
    let operation = request.operation();
    if operation.method != Method::Post || text.is_empty() {
        return None;
    }
    match (status, operation.response) {
        // After a 409 for an id that is in use, Asterisk responds with 409 to all further requests
        // of this kind on the same connection.
        (500 | 409, ResponseType::Json(model::CHANNEL)) => {
            let endpoint = request.argument(parameter::ENDPOINT)?.as_str()?;
            let ask = ServerQuery {
                bindings,
                transport,
            };
            let found = ask.endpoint(endpoint).await?;
            (status == 500 || found.is_unreachable()).then_some(found)
        }
        (500, ResponseType::Json(model::LIVE_RECORDING)) if text == INVALID_NAME => {
            Some(Finding::RecordingNameInvalid)
        }
        (500, ResponseType::Json(model::LIVE_RECORDING)) => {
            let ask = ServerQuery {
                bindings,
                transport,
            };
            match ask.get::<Value>(path::STORED_RECORDINGS, &[]).await? {
                Ok(_) => Some(Finding::RecordingFolderExists),
                Err(500) => Some(Finding::RecordingFolderMissing),
                Err(_) => None,
            }
        }
        _ => None,
    }
}

#[derive(Default)]
struct Endpoint {
    technology: String,
    state: Option<String>,
}

crate::__model!(
    Endpoint = named("Endpoint"),
    technology = required("technology"),
    state = optional("state"),
);

#[derive(Default)]
struct Module {
    name: String,
}

crate::__model!(Module = named("Module"), name = required("name"));

struct ServerQuery<'a> {
    bindings: &'a Bindings,
    transport: &'a dyn Transport,
}

impl ServerQuery<'_> {
    /// Gets the resource at a path, or the status if the request is not successful.
    async fn get<T: DeserializeOwned>(
        &self,
        path: &str,
        variables: &[&str],
    ) -> Option<Result<T, u16>> {
        let operation = self.bindings.operation(Method::Get, path).ok()?;
        let request = RequestBuilder::build_from_path(operation, variables);
        let request = request.ok()?.with_timeout(LOOKUP_TIMEOUT);
        let response = request_span::send(self.transport, &request).await.ok()?;
        match response.status {
            200 => json::from_slice(response.body.as_bytes()).ok().map(Ok),
            status => Some(Err(status)),
        }
    }

    async fn endpoint(&self, dialed: &str) -> Option<Finding> {
        let (technology, resource) = dialed.split_once('/')?;
        let name = endpoint_name(resource);
        let found = self
            .get::<Endpoint>(path::ENDPOINT, &[technology, name])
            .await?;
        let endpoint = format!("{technology}/{name}");
        match found {
            Ok(found) => {
                return Some(match found.state {
                    Some(state) if state == "offline" => Finding::EndpointOffline { endpoint },
                    state => Finding::EndpointExists {
                        endpoint,
                        state: state.unwrap_or_else(|| "unknown".to_owned()),
                    },
                });
            }
            Err(404) => {}
            Err(_) => return None,
        }
        // The response does not reveal if the technology is unknown: Asterisk sends the same for a
        // technology without endpoints, or in other letters (`pjsip`).
        let all: Vec<Endpoint> = self.get(path::ENDPOINTS, &[]).await?.ok()?;
        let is_known = |known: &Endpoint| known.technology.eq_ignore_ascii_case(technology);
        if all.iter().any(is_known) {
            return Some(Finding::EndpointUnknown { endpoint });
        }
        // Local channels are built into Asterisk. They have neither endpoints nor a module.
        if technology.eq_ignore_ascii_case("Local") {
            return None;
        }
        let modules: Vec<Module> = self.get(path::MODULES, &[]).await?.ok()?;
        let mut modules = modules.iter();
        let is_loaded = modules.any(|module| is_driver_of(&module.name, technology));
        let technology = technology.to_owned();
        Some(match is_loaded {
            true => Finding::TechnologyWithoutEndpoints { technology },
            false => Finding::TechnologyNotLoaded { technology },
        })
    }
}

/// Returns the name of the endpoint in a dial string: `1@alice`, `alice`,
/// `alice/sip:1@example.com`.
fn endpoint_name(resource: &str) -> &str {
    let name = resource.split('/').next().unwrap_or(resource);
    name.rsplit('@').next().unwrap_or(name)
}

/// Returns true if a module may be the driver of a technology: `chan_rtp` is the driver of
/// `UnicastRTP`, and `Console` has one of several.
fn is_driver_of(module: &str, technology: &str) -> bool {
    let Some(driver) = module.strip_prefix("chan_") else {
        return false;
    };
    let driver = driver.trim_end_matches(".so");
    let technology = technology.to_ascii_lowercase();
    technology.contains(driver) || technology == "console" && matches!(driver, "alsa" | "oss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoint_is_read_from_dial_string() {
        for (dialed, expected) in [
            ("alice", "alice"),
            ("1@alice", "alice"),
            ("alice/sip:1@example.com", "alice"),
            ("user:secret@peer/100", "peer"),
        ] {
            assert_eq!(endpoint_name(dialed), expected);
        }
        for (module, technology, expected) in [
            ("chan_pjsip.so", "PJSIP", true),
            ("chan_pjsip.so", "SIP", false),
            ("chan_rtp.so", "UnicastRTP", true),
            ("chan_console.so", "Console", true),
            ("res_pjsip.so", "PJSIP", false),
        ] {
            assert_eq!(
                is_driver_of(module, technology),
                expected,
                "{module} {technology}"
            );
        }
    }
}
