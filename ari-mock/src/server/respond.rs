//! Responses to authenticated requests: routing, faults, execution.

use ari_api::schema::{Method, Operation, Version};
use tokio::sync::oneshot;

use super::fault;
use super::state::Server;
use crate::pbx::PbxState;
use crate::rest::{
    Body, DeferredResponse, IncomingRequest, Params, Request, RequestBody, Response, Route,
    RouteNode,
};
use crate::violation::ViolationKind;
use crate::{docs, operations};

impl Server {
    /// Responds to an authenticated request.
    pub(crate) async fn respond(&self, incoming: IncomingRequest<'_>) -> Response {
        let IncomingRequest {
            method,
            path,
            host,
            query,
            body,
        } = incoming;
        if path.ends_with('/') {
            let path = path.trim_end_matches('/');
            let message = format!("ARI URLs do not end with a slash. Try /ari/{path}");
            return Response::error(404, message);
        }
        if let Some(name) = path.strip_prefix("api-docs/") {
            return self.serve_spec(method, name, host);
        }
        let resource = path.split('/').next().unwrap_or_default();
        if self.read(|world| world.modules.is_unavailable(resource)) {
            return Response::error(404, "Resource not found");
        }
        let (operation, variables) = match self.routes.find(method, path) {
            Route::Found(operation, variables) => (operation, variables),
            Route::Options { allow } => return Response::no_content().with_header("Allow", allow),
            Route::WrongMethod { allow } => {
                self.update(|world| report_other_release(world, method, path));
                return Response::error(405, "Invalid method").with_header("Allow", allow);
            }
            Route::NotFound => {
                self.update(|world| report_other_release(world, method, path));
                return Response::error(404, "Resource not found");
            }
        };
        let request = Request {
            operation,
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
        let number = self.update(|world| {
            let number = world.requests.len();
            world.requests.push(request);
            for (kind, detail) in wrong {
                world.record_violation(Some(operation), kind, detail);
            }
            if path.contains("//") {
                let what =
                    format!("{path:?} has an empty segment: the rest of the path is not read");
                world.record_violation(Some(operation), ViolationKind::EmptySegment, what);
            }
            number
        });
        let answer = match self.apply_faults(operation).await {
            Some(answer) => answer,
            None => self.execute(operation, &params, bad).await,
        };
        self.update(|world| {
            if let Some(request) = world.requests.get_mut(number) {
                request.status = Some(answer.status);
            }
        });
        answer
    }

    /// Executes an operation. `bad` is true if the body cannot be parsed.
    async fn execute(&self, operation: &'static Operation, params: &Params, bad: bool) -> Response {
        if bad {
            return Response::error(400, "Error parsing request body");
        }
        if let Some(message) = params.check_list_lengths(operation) {
            return Response::error(400, message);
        }
        let answer = match self.update(|world| operations::run(world, operation, params)) {
            DeferredResponse::Ready(answer) => answer,
            DeferredResponse::Pending(answer) => match answer.await {
                Ok(answer) => answer,
                Err(_) => Response::error(500, "Internal Server Error"),
            },
        };
        let answer = answer.trimmed(self.schema, operation.response);
        match &answer.body {
            Body::Json(json) if (200..300).contains(&answer.status) && json.has_invalid_bytes() => {
                match operation.method {
                    Method::Get => Response::allocation_failed(),
                    // The operation was executed, but its result cannot be sent.
                    _ => Response::empty(answer.status),
                }
            }
            _ => answer,
        }
    }

    /// Applies the faults that a test has requested. Returns the response if one of them replaces
    /// it.
    pub(crate) async fn apply_faults(&self, operation: &Operation) -> Option<Response> {
        let (fault, delay) = self.update(|world| fault::inject(world, operation));
        if !delay.is_zero() {
            let (done, due) = oneshot::channel();
            self.update(|world| {
                world.run_after(delay, move |_| {
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
fn report_other_release(world: &mut PbxState, method: &str, path: &str) {
    let served = world.settings.version;
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
            world.record_violation(Some(operation), ViolationKind::NotInThisRelease, what);
        }
        return;
    }
}
