// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/continue`.

use crate::{Client, Error, operations, runtime};

/// Sends the channel out of the application, on to the dialplan.
///
/// The channel leaves its bridge and `StasisEnd` follows. With no location given, execution goes on
/// with the priority after the one that called `Stasis`. A location that does not exist is not
/// refused: the channel is then handled as the dialplan handles any invalid extension. The answer
/// comes at once; the command is queued and takes effect after a playback or recording that is
/// already running.
///
/// `POST /channels/{channelId}/continue`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The `label` is 0, which is no priority.
/// - 404: No channel has this id, or the `label` does not exist in that extension.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ContinueInDialplan<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) context: Option<String>,
    pub(super) extension: Option<String>,
    pub(super) priority: Option<i32>,
    pub(super) label: Option<String>,
}

impl ContinueInDialplan {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> ContinueInDialplan<C> {
    pub(crate) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            context: None,
            extension: None,
            priority: None,
            label: None,
        }
    }

    /// Context to go to; the channel's current one when omitted.
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// Extension to go to. When omitted: `s` if a context is given, otherwise the current
    /// extension.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.extension = Some(extension.into());
        self
    }

    /// Priority to go to, counted from 1. When omitted: 1 if a context or an extension is given,
    /// otherwise the next priority.
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the
    /// priority itself.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

impl<C> runtime::ToRequest for ContinueInDialplan<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::CONTINUE_IN_DIALPLAN;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("context", &self.context);
        request.argument("extension", &self.extension);
        request.argument("priority", &self.priority);
        request.argument("label", &self.label);
    }
}

impl<C> runtime::TypedRequest for ContinueInDialplan<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ContinueInDialplan<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
