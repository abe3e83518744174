// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /events/claim`.

use crate::{Client, Error, operations, runtime};

/// Claims a call on offer from `CallBroadcast` for an application.
///
/// Exactly one claim succeeds, however many arrive at once. After the 204, wait for `StasisStart`
/// before doing anything with the channel. Claim before thinking long: the offer lasts half a
/// second unless the dialplan gives another time.
///
/// `POST /events/claim`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `channelId` or `application` is missing or empty.
/// - 404: This channel is not on offer: the time is over, the caller hung up, or it never was.
///   Nothing is left to do.
/// - 409: Another claim was faster. Not an error: forget the call.
/// - 501: The module `res_stasis_broadcast` is not loaded on this server; load it, or do without
///   broadcasts.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ClaimChannel<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) application: String,
}

impl ClaimChannel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the offered channel, from the `channel` of `CallBroadcast`.
    /// - `application`: Name of the application that wants the call. The name is not checked here:
    ///   a claim for an application that is not registered wins, and the call then fails to enter
    ///   it.
    #[inline]
    pub fn new(channel_id: impl Into<String>, application: impl Into<String>) -> Self {
        Self::on((), channel_id, application)
    }
}

impl<C> ClaimChannel<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        application: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            application: application.into(),
        }
    }
}

impl<C> runtime::ToRequest for ClaimChannel<C> {
    const OPERATION: &'static runtime::Operation = &operations::events::CLAIM_CHANNEL;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("application", &self.application);
    }
}

impl<C> runtime::TypedRequest for ClaimChannel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ClaimChannel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
