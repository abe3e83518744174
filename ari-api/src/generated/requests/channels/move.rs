// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/move`.

use crate::{Client, Error, operations, runtime};

/// Hands the channel to another Stasis application without leaving Stasis.
///
/// The old application receives `StasisEnd`, the new one `StasisStart`. If the new application is
/// not registered, the request still succeeds; `ApplicationMoveFailed` reports the failure, and the
/// channel stays in its application. The answer comes at once; the command is queued and takes
/// effect after a playback or recording that is already running.
///
/// `POST /channels/{channelId}/move`
///
/// Available in Asterisk 13.26.0, 16.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Move<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) app: String,
    pub(super) app_args: Option<Vec<String>>,
}

impl Move {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `app`: Name of the application that takes the channel over.
    #[inline]
    pub fn new(channel_id: impl Into<String>, app: impl Into<String>) -> Self {
        Self::on((), channel_id, app)
    }
}

impl<C> Move<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            app: app.into(),
            app_args: None,
        }
    }

    /// Arguments for the new application; they arrive as `args` of its `StasisStart`. Unlike
    /// elsewhere nothing can be escaped: an argument cannot hold a comma, and an empty one is
    /// dropped.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }
}

impl<C> runtime::ToRequest for Move<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::MOVE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("app", &self.app);
        request.argument("appArgs", &self.app_args);
    }
}

impl<C> runtime::TypedRequest for Move<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Move<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
