// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /channels/{channelId}`.

use super::HangupReason;
use crate::{Client, Error, operations, runtime};

/// Hangs up a channel.
///
/// Works for any channel, in Stasis or not, and interrupts a running playback. The channel ends
/// shortly after the response, or even before it: `StasisEnd` can arrive first. Before an answer,
/// the cause determines what the caller's side receives, such as a SIP final status.
///
/// `DELETE /channels/{channelId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The reason is unknown, `reason_code` is not a number, or both were given, to which
///   Asterisk 16 does not object.
/// - 404: No channel has this id; it may have hung up.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Hangup<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) reason_code: Option<String>,
    pub(super) reason: Option<HangupReason>,
}

impl Hangup {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Hangup<C> {
    pub(crate) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            reason_code: None,
            reason: None,
        }
    }

    /// Cause of the hangup, as the decimal number of a Q.931 cause, such as `17` (busy) or `21`
    /// (rejected). Any number is accepted; the channel driver translates it into its protocol.
    /// Cannot be combined with `reason`.
    ///
    /// Available in Asterisk 17 and later.
    pub fn reason_code(mut self, reason_code: impl Into<String>) -> Self {
        self.reason_code = Some(reason_code.into());
        self
    }

    /// Cause of the hangup, by name. Cannot be combined with `reason_code`; without either the
    /// cause is `normal`.
    pub fn reason(mut self, reason: impl Into<HangupReason>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl<C> runtime::ToRequest for Hangup<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::HANGUP;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("reason_code", &self.reason_code);
        request.argument("reason", &self.reason);
    }
}

impl<C> runtime::TypedRequest for Hangup<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Hangup<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
