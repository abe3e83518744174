// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /endpoints/refer`.

use crate::{Client, Error, operations, runtime};

/// Asks a device to call another destination, by a SIP REFER outside of a call.
///
/// The device decides whether it obeys. Success is 202 and only means that the request was taken;
/// no event reports what became of it. To transfer a call in progress, use `redirect` of its
/// channel.
///
/// `POST /endpoints/refer`
///
/// Available in Asterisk 18.20.0, 20.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `to` is empty, or a value in `variables` is not a string.
/// - 404: The technology in `to` cannot refer, or the device was not found.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Refer<C = ()> {
    pub(crate) client: C,
    pub(super) to: String,
    pub(super) from: String,
    pub(super) refer_to: String,
    pub(super) to_self: Option<bool>,
    pub(super) variables: Option<Vec<(String, String)>>,
}

impl Refer {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `to`: Device to be referred: `pjsip:alice`, or `pjsip:` and a SIP URI. Only `pjsip`
    ///   supports this. A URI that matches no endpoint is sent through the
    ///   `default_outbound_endpoint` of `pjsip.conf` and fails without one.
    /// - `from`: Sender that the REFER claims: an endpoint name, `user@domain` or a SIP URI, with
    ///   or without a display name.
    /// - `refer_to`: Destination of the device: an endpoint name, or a SIP URI such as
    ///   `sip:200@example.com`.
    #[inline]
    pub fn new(
        to: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self::on((), to, from, refer_to)
    }
}

impl<C> Refer<C> {
    pub(crate) fn on(
        client: C,
        to: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self {
            client,
            to: to.into(),
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

impl<C> runtime::ToRequest for Refer<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::REFER;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("to", &self.to);
        request.argument("from", &self.from);
        request.argument("refer_to", &self.refer_to);
        request.argument("to_self", &self.to_self);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for Refer<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Refer<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
