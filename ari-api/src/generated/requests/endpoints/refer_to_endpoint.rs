// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /endpoints/{tech}/{resource}/refer`.

use crate::{Client, Error, operations, runtime};

/// Asks one endpoint to call another destination, by a SIP REFER outside of a call.
///
/// The endpoint decides whether it obeys. Success is 202 and only means that the request was taken;
/// no event reports what became of it. Only `PJSIP` supports this.
///
/// `POST /endpoints/{tech}/{resource}/refer`
///
/// Available in Asterisk 18.20.0, 20.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A value in `variables` is not a string.
/// - 404: No endpoint of this name exists in this technology.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ReferToEndpoint<C = ()> {
    pub(crate) client: C,
    pub(super) tech: String,
    pub(super) resource: String,
    pub(super) from: String,
    pub(super) refer_to: String,
    pub(super) to_self: Option<bool>,
    pub(super) variables: Option<Vec<(String, String)>>,
}

impl ReferToEndpoint {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`.
    /// - `resource`: Name of the endpoint within its technology, such as `alice`.
    /// - `from`: Sender that the REFER claims: an endpoint name, `user@domain` or a SIP URI, with
    ///   or without a display name.
    /// - `refer_to`: Destination of the device: an endpoint name, or a SIP URI such as
    ///   `sip:200@example.com`.
    #[inline]
    pub fn new(
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self::on((), tech, resource, from, refer_to)
    }
}

impl<C> ReferToEndpoint<C> {
    pub(crate) fn on(
        client: C,
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
            from: from.into(),
            refer_to: refer_to.into(),
            to_self: None,
            variables: None,
        }
    }

    /// Matters only when `refer_to` names an endpoint of this Asterisk. True: the `Refer-To` URI
    /// points to Asterisk, so the device calls through it. False: it points straight at the contact
    /// of that endpoint.
    ///
    /// Default: `false`.
    pub fn to_self(mut self, to_self: bool) -> Self {
        self.to_self = Some(to_self);
        self
    }

    /// Additional values for the technology. `pjsip` sends each as a SIP header of the REFER,
    /// except headers it sets itself, such as `To`, `From`, `Via`, `Contact` or `Call-ID`, which
    /// are dropped. The name `display_name` is special: it becomes the display name of the
    /// `Refer-To` URI.
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

impl<C> runtime::ToRequest for ReferToEndpoint<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::REFER_TO_ENDPOINT;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("tech", &self.tech);
        request.argument("resource", &self.resource);
        request.argument("from", &self.from);
        request.argument("refer_to", &self.refer_to);
        request.argument("to_self", &self.to_self);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for ReferToEndpoint<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ReferToEndpoint<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
