// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /endpoints/{tech}`.

use crate::{Client, Error, models, operations, runtime};

/// Lists the endpoints of one technology.
///
/// `GET /endpoints/{tech}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: The technology has no endpoints, its module is not loaded, or its name is not in
///   capitals.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListByTech<C = ()> {
    pub(crate) client: C,
    pub(super) tech: String,
}

impl ListByTech {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`. Here the case matters.
    #[inline]
    pub fn new(tech: impl Into<String>) -> Self {
        Self::on((), tech)
    }
}

impl<C> ListByTech<C> {
    pub(crate) fn on(client: C, tech: impl Into<String>) -> Self {
        Self {
            client,
            tech: tech.into(),
        }
    }
}

impl<C> runtime::ToRequest for ListByTech<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::LIST_BY_TECH;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("tech", &self.tech);
    }
}

impl<C> runtime::TypedRequest for ListByTech<C> {
    type Output = Vec<models::Endpoint>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListByTech<Client> {
    type Output = Result<Vec<models::Endpoint>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Endpoint>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
