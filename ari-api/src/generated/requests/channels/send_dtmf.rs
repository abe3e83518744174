// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/dtmf`.

use crate::{Client, Error, operations, runtime};

/// Sends DTMF digits to the channel's device.
///
/// The far end of this channel receives the digits. The answer comes at once; the command is queued
/// and takes effect after a playback or recording that is already running. Later commands wait
/// until all digits are sent.
///
/// `POST /channels/{channelId}/dtmf`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `dtmf` is missing or empty.
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SendDtmf<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) dtmf: String,
    pub(super) before: Option<std::time::Duration>,
    pub(super) between: Option<std::time::Duration>,
    pub(super) duration: Option<std::time::Duration>,
    pub(super) after: Option<std::time::Duration>,
}

impl SendDtmf {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `dtmf`: Digits to send: `0` to `9`, `*`, `#`, `A` to `D`; `w` pauses for half a second.
    #[inline]
    pub fn new(channel_id: impl Into<String>, dtmf: impl Into<String>) -> Self {
        Self::on((), channel_id, dtmf)
    }
}

impl<C> SendDtmf<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        dtmf: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            dtmf: dtmf.into(),
            before: None,
            between: None,
            duration: None,
            after: None,
        }
    }

    /// Wait before the first digit.
    ///
    /// Default: 0 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms, the
    /// request fails with [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is
    /// sent.
    pub fn before(mut self, before: std::time::Duration) -> Self {
        self.before = Some(before);
        self
    }

    /// Pause between two digits.
    ///
    /// Default: 100 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms,
    /// or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn between(mut self, between: std::time::Duration) -> Self {
        self.between = Some(between);
        self
    }

    /// Length of each digit.
    ///
    /// Default: 100 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms,
    /// or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn duration(mut self, duration: std::time::Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Wait after the last digit.
    ///
    /// Default: 0 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms, the
    /// request fails with [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is
    /// sent.
    pub fn after(mut self, after: std::time::Duration) -> Self {
        self.after = Some(after);
        self
    }
}

impl<C> runtime::ToRequest for SendDtmf<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SEND_DTMF;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("dtmf", &self.dtmf);
        request.duration("before", self.before.map(Some));
        request.duration("between", self.between.map(Some));
        request.duration("duration", self.duration.map(Some));
        request.duration("after", self.after.map(Some));
    }
}

impl<C> runtime::TypedRequest for SendDtmf<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SendDtmf<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
