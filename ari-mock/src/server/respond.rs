//! Responses to authenticated requests: routing, faults, execution.

use ari_api::schema::{Method, Operation, Version};
use tokio::sync::oneshot;

use super::arrival::Arrival;
use super::fault;
use super::state::Server;
use crate::pbx::PbxState;
use crate::rest::{
    Body, DeferredResponse, IncomingRequest, Params, ReceivedRequest, RequestBody, Response, Route,
    RouteNode,
};
use crate::sorted_map::SortedMap;
use crate::violation::ViolationKind;
use crate::{docs, operations};

impl Server {
    /// Responds to an authenticated request.
    pub(crate) async fn respond(&self, incoming: IncomingRequest<'_>) -> Response {
        let (method, path) = (incoming.method, incoming.path);
        let (operation, variables) = match self.find_operation(method, path, incoming.host) {
            Ok(found) => found,
            Err(response) => {
                self.receive_other(method, path, incoming.query, response.status);
                return response;
            }
        };
        let (query, body) = (incoming.query, incoming.body);
        let request = ReceivedRequest {
            operation: Some(operation),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.clone(),
            body: match &body {
                RequestBody::Json(value) => Some(value.clone()),
                _ => None,
            },
            status: None,
        };
        let bad = matches!(body, RequestBody::Invalid);
        let mut params = Params::new(operation, self.version, variables, query, body);
        let wrong = std::mem::take(&mut params.violations);
        let arrival = self.update(|pbx| {
            let arrival = Arrival::list(pbx, request);
            for (kind, detail) in wrong {
                pbx.record_violation(Some(operation), kind, detail);
            }
            if path.contains("//") {
                let what =
                    format!("{path:?} has an empty segment: the rest of the path is not read");
                pbx.record_violation(Some(operation), ViolationKind::EmptySegment, what);
            }
            arrival
        });
        let response = match self.apply_faults(operation).await {
            Some(response) => response,
            None => self.execute(operation, &params, bad, arrival).await,
        };
        self.set_status(arrival, response.status);
        response
    }

    /// Returns the operation of a path with the variables in it, or the response if there is none.
    fn find_operation(
        &self,
        method: &str,
        path: &str,
        host: Option<&str>,
    ) -> Result<(&'static Operation, SortedMap<&'static str, String>), Response> {
        if path.ends_with('/') {
            let path = path.trim_end_matches('/');
            let message = format!("ARI URLs do not end with a slash. Try /ari/{path}");
            return Err(Response::error(404, message));
        }
        if let Some(name) = path.strip_prefix("api-docs/") {
            return Err(self.serve_spec(method, name, host));
        }
        let resource = path.split('/').next().unwrap_or_default();
        if self.read(|pbx| pbx.modules.is_unavailable(resource)) {
            return Err(Response::error(404, "Resource not found"));
        }
        match self.routes.find(method, path) {
            Route::Found(operation, variables) => Ok((operation, variables)),
            Route::Options { allow } => Err(Response::no_content().with_header("Allow", allow)),
            Route::WrongMethod { allow } => {
                self.update(|pbx| report_other_release(pbx, method, path));
                Err(Response::error(405, "Invalid method").with_header("Allow", allow))
            }
            Route::NotFound => {
                self.update(|pbx| report_other_release(pbx, method, path));
                Err(Response::error(404, "Resource not found"))
            }
        }
    }

    /// Executes an operation. `bad` is true if the body cannot be parsed.
    async fn execute(
        &self,
        operation: &'static Operation,
        params: &Params,
        bad: bool,
        arrival: Arrival,
    ) -> Response {
        if bad {
            return Response::error(400, "Error parsing request body");
        }
        if let Some(message) = params.check_list_lengths(operation) {
            return Response::error(400, message);
        }
        let (response, has_crashed) = self.update(|pbx| {
            let response = match arrival.is_overtaken(pbx) {
                true => Response::overtaken().into(),
                false => operations::run(pbx, operation, params),
            };
            (response, std::mem::take(&mut pbx.has_crashed))
        });
        if has_crashed {
            // This simulates a supervisor that restarts the server. All state is lost, but
            // connections are accepted again.
            self.update(PbxState::restart);
            self.abort_connections();
            self.update(PbxState::open_persistent_sockets);
            // The connection of this request has been aborted, too.
            return std::future::pending().await;
        }
        let response = match response {
            DeferredResponse::Ready(response) => response,
            DeferredResponse::Pending(response) => match response.await {
                Ok(response) => response,
                Err(_) => Response::error(500, "Internal Server Error"),
            },
        };
        let response = response.trimmed(self.schema, operation.response);
        match &response.body {
            Body::Json(json)
                if (200..300).contains(&response.status) && json.has_invalid_bytes() =>
            {
                match operation.method {
                    Method::Get => Response::allocation_failed(),
                    // The operation was executed, but its result cannot be sent.
                    _ => Response::empty(response.status),
                }
            }
            _ => response,
        }
    }

    /// Applies the faults that a test has requested. Returns the response if one of them replaces
    /// it.
    pub(crate) async fn apply_faults(&self, operation: &Operation) -> Option<Response> {
        let (fault, delay) = self.update(|pbx| fault::inject(pbx, operation));
        if !delay.is_zero() {
            let (done, due) = oneshot::channel();
            self.update(|pbx| {
                pbx.run_after(delay, move |_| {
                    // The waiting connection may have been aborted.
                    let _ = done.send(());
                });
            });
            // This returns an error if the server has been stopped, because that clears the
            // schedule.
            let _ = due.await;
        }
        fault
    }

    /// Responds with a spec, such as `channels.json`.
    fn serve_spec(&self, method: &str, name: &str, host: Option<&str>) -> Response {
        if method != "GET" {
            return Response::error(405, "Unsupported method");
        }
        match docs::served_spec(self.version, name, host) {
            Some(text) => Response::json_text(text),
            None => Response::error(404, "Resource not found"),
        }
    }
}

/// Records a violation for a path that only another release has, because the response is the same
/// as for an unknown path.
fn report_other_release(pbx: &mut PbxState, method: &str, path: &str) {
    let served = pbx.settings.version;
    for release in ari_api::operations::RELEASES.iter().rev() {
        let version = Version::new(*release, u16::MAX, 0);
        let Route::Found(operation, _) = RouteNode::for_version(version).find(method, path) else {
            continue;
        };
        // Otherwise this is the path of an object, which the other release treats as an operation.
        if !operation.availability.includes(served) {
            let what = format!(
                "{served} does not have this operation: {}",
                operation.availability
            );
            pbx.record_violation(Some(operation), ViolationKind::NotInThisRelease, what);
        }
        return;
    }
}
