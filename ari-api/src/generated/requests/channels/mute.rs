// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/mute`.

use super::MuteDirection;
use crate::{Client, Error, operations, runtime};

/// Mutes a channel's audio.
///
/// Only voice is affected; digits still pass. The answer comes at once; the command is queued and
/// takes effect after a playback or recording that is already running.
///
/// `POST /channels/{channelId}/mute`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The direction is none of `both`, `in` and `out`.
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Mute<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) direction: Option<MuteDirection>,
}

impl Mute {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Mute<C> {
    pub(crate) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            direction: None,
        }
    }

    /// Direction of the audio to suppress.
    ///
    /// Default: `both`.
    pub fn direction(mut self, direction: impl Into<MuteDirection>) -> Self {
        self.direction = Some(direction.into());
        self
    }
}

impl<C> runtime::ToRequest for Mute<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::MUTE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("direction", &self.direction);
    }
}

impl<C> runtime::TypedRequest for Mute<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Mute<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
