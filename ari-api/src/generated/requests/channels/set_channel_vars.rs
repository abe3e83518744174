// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/variables`.

use crate::{Client, Error, operations, runtime};

/// Sets several channel variables or functions in one request.
///
/// The request can wait for the channel's queue, behind a running playback.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /channels/{channelId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variables` is missing, or a value is neither a string nor such an object.
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetChannelVars<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) variables: Vec<(String, runtime::VariableValue)>,
}

impl SetChannelVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `variables`: The variables by name. One with event reporting is in the `channelvars` of
    ///   events.
    #[inline]
    pub fn new(
        channel_id: impl Into<String>,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::VariableValue>)>,
    ) -> Self {
        Self::on((), channel_id, variables)
    }
}

impl<C> SetChannelVars<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::VariableValue>)>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }
}

impl<C> runtime::ToRequest for SetChannelVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SET_CHANNEL_VARS;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.object("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for SetChannelVars<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetChannelVars<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
