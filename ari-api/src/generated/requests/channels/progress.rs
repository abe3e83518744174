// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/progress`.

use crate::{Client, Error, operations, runtime};

/// Indicates call progress to the caller.
///
/// On SIP an unanswered caller receives 183 Session Progress, after which it hears early media. The
/// answer comes at once; the command is queued and takes effect after a playback or recording that
/// is already running.
///
/// `POST /channels/{channelId}/progress`
///
/// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Progress<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
}

impl Progress {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Progress<C> {
    pub(crate) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Progress<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::PROGRESS;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Progress<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Progress<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
