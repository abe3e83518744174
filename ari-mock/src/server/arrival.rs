//! The record of requests: each is listed when it has arrived, and gets its status later.

use ari_api::schema::Operation;

use super::state::Server;
use crate::model::Record;
use crate::pbx::PbxState;
use crate::rest::{ReceivedRequest, Response};

/// A request that is listed, and the state of the server in which it has arrived.
#[derive(Clone, Copy)]
pub(crate) struct Arrival {
    number: usize,
    generation: u64,
}

impl Arrival {
    /// Lists a request.
    pub(crate) fn list(pbx: &mut PbxState, request: ReceivedRequest) -> Self {
        pbx.settings.journal.write(Record::Received {
            method: &request.method,
            path: &request.path,
        });
        let number = pbx.removed_requests + pbx.requests.len();
        pbx.requests.push(request);
        Arrival {
            number,
            generation: pbx.generation,
        }
    }

    /// Returns whether a reset or a restart has taken place since the request arrived. The request
    /// must not be executed then.
    pub(crate) fn is_overtaken(self, pbx: &PbxState) -> bool {
        pbx.generation != self.generation
    }
}

impl Server {
    /// Lists a request.
    pub(crate) fn receive(&self, request: ReceivedRequest) -> Arrival {
        self.update(|pbx| Arrival::list(pbx, request))
    }

    /// Notes the status of the response.
    pub(crate) fn set_status(&self, arrival: Arrival, status: u16) {
        self.update(|pbx| {
            // A reset may have removed the request.
            let index = arrival.number.checked_sub(pbx.removed_requests);
            if let Some(request) = index.and_then(|index| pbx.requests.get_mut(index)) {
                request.status = Some(status);
            }
        });
    }

    /// Lists a request that no operation is executed for.
    pub(crate) fn receive_other(
        &self,
        method: &str,
        path: &str,
        query: Vec<(String, String)>,
        status: u16,
    ) {
        self.receive(ReceivedRequest {
            operation: None,
            method: method.to_owned(),
            path: path.to_owned(),
            query,
            body: None,
            status: Some(status),
        });
    }

    /// Lists the opening of a WebSocket, and applies the faults that wait for it. Returns the response
    /// if it replaces the opening.
    pub(crate) async fn receive_opening(
        &self,
        operation: &'static Operation,
        path: &str,
        query: &[(String, String)],
    ) -> (Arrival, Option<Response>) {
        let arrival = self.receive(ReceivedRequest {
            operation: Some(operation),
            method: operation.method.as_str().to_owned(),
            path: path.to_owned(),
            query: query.to_vec(),
            body: None,
            status: None,
        });
        let fault = self.apply_faults(operation).await;
        let is_overtaken = self.read(|pbx| arrival.is_overtaken(pbx));
        (
            arrival,
            match is_overtaken {
                true => Some(Response::overtaken()),
                false => fault,
            },
        )
    }
}
