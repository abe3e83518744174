// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/redirect`.

use crate::{Client, Error, operations, runtime};

/// Tells the channel's device to call somewhere else.
///
/// This is a transfer by the device, not within Asterisk: on SIP an answered call gets a REFER, an
/// unanswered one a 302. The channel usually leaves the application afterwards. A technology or a
/// peer that cannot transfer is only noted in Asterisk's log.
///
/// `POST /channels/{channelId}/redirect`
///
/// Available in Asterisk 13.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `endpoint` is empty.
/// - 404: No channel has this id, or the endpoint was not found.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
/// - 422: `endpoint` is not of the form `technology/resource`, or its technology is not that of the
///   channel.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Redirect<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) endpoint: String,
}

impl Redirect {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `endpoint`: Destination as `technology/resource`, of the same technology as the channel:
    ///   `PJSIP/…` for a PJSIP channel.
    #[inline]
    pub fn new(channel_id: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self::on((), channel_id, endpoint)
    }
}

impl<C> Redirect<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        endpoint: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            endpoint: endpoint.into(),
        }
    }
}

impl<C> runtime::ToRequest for Redirect<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::REDIRECT;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("endpoint", &self.endpoint);
    }
}

impl<C> runtime::TypedRequest for Redirect<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Redirect<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
