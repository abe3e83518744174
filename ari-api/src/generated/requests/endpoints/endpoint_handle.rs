// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! An endpoint, by its id.

use crate::{Client, Event, models, runtime};

/// An endpoint, identified by its `tech`, `resource`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::endpoint`].
#[derive(Clone, Debug)]
pub struct EndpointHandle {
    pub(crate) client: Client,
    pub(super) tech: String,
    pub(super) resource: String,
}

impl EndpointHandle {
    pub(crate) fn new(
        client: Client,
        tech: impl Into<String>,
        resource: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `tech` of this handle.
    #[inline]
    pub fn tech(&self) -> &str {
        &self.tech
    }

    /// Returns the `resource` of this handle.
    #[inline]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// Returns a stream of the events of this endpoint from now on.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this endpoint does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::scoped("endpoint", &self.tech, &self.resource))
    }
}

impl models::Endpoint {
    /// Returns the handle of this endpoint, for its operations and events, as [`Client::endpoint`]
    /// does for its `technology` and `resource`.
    #[inline]
    pub fn handle(&self, client: &Client) -> EndpointHandle {
        EndpointHandle::new(client.clone(), &self.technology, &self.resource)
    }
}
