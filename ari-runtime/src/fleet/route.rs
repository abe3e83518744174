//! Routes a request to the server of a fleet that has its object.

use tokio::task::JoinSet;

use crate::client::api_client::ApiClient;
use crate::error::types::Error;
use crate::event::event_type::EventType;
use crate::event::object::ObjectKind;
use crate::fleet::servers::{Fleet, FleetServer};
use crate::request::builder::RequestBuilder;
use crate::request::typed_request::TypedRequest;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::schema::operation::{Method, Operation};

impl<C: ApiClient> Fleet<C> {
    /// Sends a request to the server that has the object in its path. The server is known from
    /// events, or all servers are asked.
    ///
    /// # Errors
    /// Returns the errors of the request. Returns [`Error::Response`] with 404 if no server has the
    /// object, and the error of a server that could not be asked if that server might have it.
    /// Returns [`Error::InvalidConfig`] if the request is not about an existing object (listing,
    /// originating). Use [`Fleet::place`] or [`Fleet::server`] in that case.
    pub async fn send<R: TypedRequest>(&self, request: R) -> Result<R::Output, Error> {
        let request = request.to_request()?;
        let (class, ids) = find_target::<C>(&request)?;
        let key = (class.name, ids.join("/"));
        let known = self.object_locations().get(&key).cloned();
        let mut refused = None;
        if let Some(server) = known {
            let connection = server.client().connection();
            let response = connection.respond(request.clone()).await?;
            if response.status != 404 {
                return R::decode(response);
            }
            // It may have ended here and have been created on another server.
            self.object_locations().remove(&key);
            refused = Some((server, response));
        }
        let server = self.find_server(class, &ids).await?;
        if !class.terminal_events.is_empty() {
            self.record_location(key, &server);
        }
        match refused {
            // The object exists there, so something else is missing. Sending the request again
            // would not help.
            Some((asked, response)) if asked == server => return R::decode(response),
            _ => {}
        }
        R::decode(server.client().connection().respond(request).await?)
    }

    /// Asks all servers for an object concurrently.
    async fn find_server(
        &self,
        class: &'static ObjectKind,
        ids: &[String],
    ) -> Result<FleetServer<C>, Error> {
        // If every server reports that it has the object, none can be chosen.
        let Some(get) = class
            .get_operation
            .filter(|get| get.error_reason(404).is_some())
        else {
            return Err(Error::InvalidConfig(format!(
                "{} {}: every server responds to this request, with or without the object: send \
                 it to a server of your choice, `fleet.server(name)`",
                class.name,
                ids.join("/")
            )));
        };
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let request = RequestBuilder::build_from_path(get, &ids)?;
        let mut asking = JoinSet::new();
        for server in self.servers() {
            let asked = server.client().connection().respond(request.clone());
            asking.spawn(async move { (server, asked.await) });
        }
        let mut failed: Option<Error> = None;
        let mut missing: Option<Response> = None;
        while let Some(finished) = asking.join_next().await {
            // Only a task that has panicked has no result.
            let Ok((server, result)) = finished else {
                continue;
            };
            match result {
                Ok(response) if (200..300).contains(&response.status) => return Ok(server),
                Ok(response) if response.status == 404 => missing = Some(response),
                // A server with another error may have it.
                Ok(response) => {
                    failed = Some(Error::Response(Box::new(response.into_refusal(get))))
                }
                Err(error) => failed = Some(error),
            }
        }
        match (failed, missing) {
            (Some(error), _) => Err(error),
            (None, Some(response)) => Err(Error::Response(Box::new(response.into_refusal(get)))),
            (None, None) => Err(Error::InvalidConfig("the fleet has no servers".into())),
        }
    }
}

/// Returns the object that a request is about: its class, and the path variables.
pub(super) fn find_target<C: ApiClient>(
    request: &Request,
) -> Result<(&'static ObjectKind, Vec<String>), Error> {
    let operation: &'static Operation = request.operation();
    let mut classes = C::Event::OBJECT_KINDS.iter();
    let found = classes.find_map(|class| {
        let get = class.get_operation?;
        let below = operation.path.strip_prefix(get.path);
        // A POST on the object's own path creates it.
        let is_target = below.is_some_and(|rest| rest.starts_with('/'))
            || (operation.path == get.path && operation.method != Method::Post);
        is_target.then_some((class, get))
    });
    let (class, get) = found.ok_or_else(|| unroutable(&operation.to_string()))?;
    let ids = request.path_values().take(get.path_variables().count());
    Ok((class, ids.map(str::to_owned).collect()))
}

fn unroutable(what: &str) -> Error {
    Error::InvalidConfig(format!(
        "{what}: it is not about an object that one of the servers has: send it to the server of \
         your choice, `fleet.server(name)`, or place it"
    ))
}
