// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /endpoints/sendMessage`.

use crate::{Client, Error, operations, runtime};

/// Sends a text message outside of a call, such as a SIP MESSAGE.
///
/// Success is 202 and only means that Asterisk took the message. No event reports delivery, and
/// several releases answer 202 even for a destination that does not exist; the reason is then in
/// Asterisk's log.
///
/// `PUT /endpoints/sendMessage`
///
/// Available in Asterisk 12.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `to` is empty, or a value in `variables` is not a string.
/// - 404: The technology in `to` cannot send messages, the destination was not found, or it is an
///   endpoint that has not registered.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SendMessage<C = ()> {
    pub(crate) client: C,
    pub(super) to: String,
    pub(super) from: String,
    pub(super) body: Option<String>,
    pub(super) variables: Option<Vec<(String, String)>>,
}

impl SendMessage {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `to`: Destination, beginning with the messaging technology in lower case: `pjsip:alice`
    ///   for an endpoint, `pjsip:sip:bob@example.com` for any SIP URI, `xmpp:` for XMPP. A URI that
    ///   matches no endpoint is sent through the `default_outbound_endpoint` of `pjsip.conf` and
    ///   fails without one.
    /// - `from`: Sender that the message claims. For `pjsip` an endpoint name, `user@domain` or a
    ///   SIP URI, with or without a display name; it goes into the `From` header. For `xmpp` a
    ///   configured client connection.
    #[inline]
    pub fn new(to: impl Into<String>, from: impl Into<String>) -> Self {
        Self::on((), to, from)
    }
}

impl<C> SendMessage<C> {
    pub(crate) fn on(client: C, to: impl Into<String>, from: impl Into<String>) -> Self {
        Self {
            client,
            to: to.into(),
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

impl<C> runtime::ToRequest for SendMessage<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::SEND_MESSAGE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("to", &self.to);
        request.argument("from", &self.from);
        request.argument("body", &self.body);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for SendMessage<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SendMessage<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
