// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /endpoints/{tech}/{resource}`.

use crate::{Client, Error, models, operations, runtime};

/// Returns one endpoint with its state and the channels it has at the moment.
///
/// `GET /endpoints/{tech}/{resource}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: Declared by the specification, with a reason that belongs to sending messages; a lookup
///   has no such case of its own.
/// - 404: No endpoint of this name exists in this technology. Endpoint names are case-sensitive.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    pub(super) tech: String,
    pub(super) resource: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`.
    /// - `resource`: Name of the endpoint within its technology, such as `alice`.
    #[inline]
    pub fn new(tech: impl Into<String>, resource: impl Into<String>) -> Self {
        Self::on((), tech, resource)
    }
}

impl<C> Get<C> {
    pub(crate) fn on(
        client: C,
        tech: impl Into<String>,
        resource: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::GET;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("tech", &self.tech);
        request.argument("resource", &self.resource);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Endpoint;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Endpoint, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Endpoint>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
