// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /endpoints/{tech}/{resource}/sendMessage`.

use crate::{Client, Error, operations, runtime};

/// Sends a text message to one endpoint, outside of a call.
///
/// Success is 202 and only means that Asterisk took the message. No event reports delivery, and
/// several releases answer 202 even if the endpoint has no contact to send to.
///
/// `PUT /endpoints/{tech}/{resource}/sendMessage`
///
/// Available in Asterisk 12.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A value in `variables` is not a string.
/// - 404: No endpoint of this name exists in this technology, or it has not registered.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SendMessageToEndpoint<C = ()> {
    pub(crate) client: C,
    pub(super) tech: String,
    pub(super) resource: String,
    pub(super) from: String,
    pub(super) body: Option<String>,
    pub(super) variables: Option<Vec<(String, String)>>,
}

impl SendMessageToEndpoint {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`.
    /// - `resource`: Name of the endpoint within its technology, such as `alice`.
    /// - `from`: Sender that the message claims. For `pjsip` an endpoint name, `user@domain` or a
    ///   SIP URI, with or without a display name; it goes into the `From` header. For `xmpp` a
    ///   configured client connection.
    #[inline]
    pub fn new(
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
    ) -> Self {
        Self::on((), tech, resource, from)
    }
}

impl<C> SendMessageToEndpoint<C> {
    pub(crate) fn on(
        client: C,
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
            from: from.into(),
            body: None,
            variables: None,
        }
    }

    /// Text of the message. Sent as `text/plain` by `pjsip`. Without it the message is empty.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Additional values for the technology. `pjsip` sends each as a SIP header of the MESSAGE,
    /// except headers it sets itself, such as `To`, `From`, `Via`, `Contact`, `Call-ID` or
    /// `Content-Length`, which are dropped. `Max-Forwards` is counted down by one.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.variables = Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

impl<C> runtime::ToRequest for SendMessageToEndpoint<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::SEND_MESSAGE_TO_ENDPOINT;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("tech", &self.tech);
        request.argument("resource", &self.resource);
        request.argument("from", &self.from);
        request.argument("body", &self.body);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for SendMessageToEndpoint<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SendMessageToEndpoint<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
