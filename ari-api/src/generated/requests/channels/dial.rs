// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/dial`.

use crate::{Client, Error, operations, runtime};

/// Dials a channel made with `create`.
///
/// Returns as soon as dialing is arranged. Progress comes as `Dial` and `ChannelStateChange`
/// events; an answered channel becomes `Up`, one that fails ends with `ChannelDestroyed`. Early
/// media flows if the channel is in a bridge.
///
/// **Warning:** A second request before the first one has taken effect terminates the whole server
/// (observed in Asterisk 16).
///
/// `POST /channels/{channelId}/dial`
///
/// Available in Asterisk 14 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel is not in a Stasis application, was not made with `create`, or was dialed
///   already (it must be `Down` or `Rsrved`).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Dial<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) caller: Option<String>,
    pub(super) timeout: Option<Option<std::time::Duration>>,
}

impl Dial {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Dial<C> {
    pub(crate) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            caller: None,
            timeout: None,
        }
    }

    /// Id of the channel on whose behalf to dial. Its caller id, language, account code,
    /// music-on-hold class and inheritable variables are taken over; an unknown id is ignored.
    pub fn caller(mut self, caller: impl Into<String>) -> Self {
        self.caller = Some(caller.into());
        self
    }

    /// Time to wait for an answer before the channel is hung up.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }
}

impl<C> runtime::ToRequest for Dial<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::DIAL;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("caller", &self.caller);
        request.duration("timeout", self.timeout);
    }
}

impl<C> runtime::TypedRequest for Dial<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Dial<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
