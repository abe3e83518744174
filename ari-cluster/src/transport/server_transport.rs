//! The transport of a server's client: requests over all calls, and the events of an application.

use std::fmt;
use std::sync::Mutex;
use std::sync::PoisonError;

use ari_api::Error;
use ari_api::schema::{Method, Operation};
use ari_api::transport::{BoxFuture, Request, Response, Transport, WebSocket};

use super::created::{Creation, creation};
use super::requester::{Requester, WHO_LIMIT};
use super::socket::bus_socket;
use crate::bus::{BusError, SharedBus};
use crate::reader::follow;
use crate::reader::replay::Counter;
use crate::reader::who::who;
use crate::wire::subject::Right;

/// The transport of one server.
pub(crate) struct ServerTransport {
    bus: SharedBus,
    server: String,
    /// An application of the server with its epoch, which a refusal invalidates.
    known: Mutex<Option<(String, String)>>,
}

impl ServerTransport {
    pub(crate) fn new(bus: SharedBus, server: String) -> Self {
        ServerTransport {
            bus,
            server,
            known: Mutex::new(None),
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Option<(String, String)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns an application of the server and its epoch.
    async fn locate(&self, operation: &'static Operation) -> Result<(String, String), Error> {
        if let Some(known) = self.known().clone() {
            return Ok(known);
        }
        match who(&*self.bus, &self.server, None, WHO_LIMIT).await {
            Ok(Some(found)) => {
                *self.known() = Some(found.clone());
                Ok(found)
            }
            Ok(None) => Err(self
                .requester("")
                .not_sent(operation, "it has no application")),
            Err(error) => Err(self.unreachable(operation, &error)),
        }
    }

    fn unreachable(&self, operation: &'static Operation, error: &BusError) -> Error {
        self.requester("").not_found(operation, error)
    }

    fn requester(&self, application: &str) -> Requester {
        Requester {
            bus: self.bus.clone(),
            server: self.server.clone(),
            application: application.to_owned(),
        }
    }
}

impl fmt::Debug for ServerTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServerTransport")
            .field("server", &self.server)
            .finish_non_exhaustive()
    }
}

/// Returns the right with which a request is sent: what creates something needs no right over others.
fn right_for(request: &Request, creation: &Creation) -> Right {
    let path = request.path();
    let is_new = !creation.objects.is_empty() && path.split('/').count() <= 3;
    match is_new {
        true => Right::New,
        false => Right::Any,
    }
}

impl Transport for ServerTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let operation = request.operation();
            let (application, epoch) = self.locate(operation).await?;
            let creation = creation(request);
            let right = right_for(request, &creation);
            let requester = self.requester(&application);
            let sending = requester.send_creation(request, creation, right, &epoch, None);
            let outcome = sending.await;
            if matches!(
                outcome,
                Err(Error::NotSent { .. } | Error::OutcomeUnknown { .. })
            ) {
                // The epoch may have ended.
                *self.known() = None;
            }
            match outcome {
                // It was not sent because the known epoch has ended.
                Err(Error::NotSent { .. }) if operation.method == Method::Get => {
                    let (application, epoch) = self.locate(operation).await?;
                    let requester = self.requester(&application);
                    requester.send(request, Right::Any, &epoch, None).await
                }
                outcome => outcome,
            }
        })
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(async move {
            let operation = request.operation();
            let applications = request.texts("app");
            let [application] = applications[..] else {
                return Err(Error::InvalidConfig(format!(
                    "{operation}: over a cluster, a stream has the events of one application"
                )));
            };
            let place = (self.server.clone(), application.to_owned());
            // Fails at once if there is no gateway.
            if let Err(error) = who(&*self.bus, &place.0, Some(application), WHO_LIMIT).await {
                return Err(self.unreachable(operation, &error));
            }
            let following = follow::start(self.bus.clone(), Counter::All, place);
            let (events, guard) = following
                .await
                .map_err(|error| self.unreachable(operation, &error))?;
            Ok(bus_socket(events, guard))
        })
    }
}
