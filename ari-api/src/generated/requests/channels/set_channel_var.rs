// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/variable`.

use crate::{Client, Error, operations, runtime};

/// Sets or removes a channel variable, or writes a dialplan function.
///
/// The request can wait for the channel's queue, behind a running playback. Asterisk 16 does not
/// wait, but answers before the variable is set: read back at once, it may still be missing.
/// Success does not prove an effect: writing a function that does not exist is answered 204 as
/// well.
///
/// It waits for the channel's command queue, behind a playback for instance (from Asterisk 17 on).
/// A client over a WebSocket sends it by HTTP if it knows an address, because the server sends no
/// other response on the socket until then.
///
/// `POST /channels/{channelId}/variable`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variable` is missing or empty, or Asterisk refused to write the function.
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetChannelVar<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) variable: String,
    pub(super) value: Option<String>,
    pub(super) report_events: Option<bool>,
}

impl SetChannelVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `variable`: Name of the variable, or a function with its arguments, such as
    ///   `CALLERID(name)`. A leading `_` lets channels it creates inherit the variable once, `__`
    ///   for ever.
    #[inline]
    pub fn new(channel_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), channel_id, variable)
    }
}

impl<C> SetChannelVar<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variable: variable.into(),
            value: None,
            report_events: None,
        }
    }

    /// The new value; omitted, the variable is removed.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Adds the variable to `channelvars` of this channel in events.
    ///
    /// Default: `false`. Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
    pub fn report_events(mut self, report_events: bool) -> Self {
        self.report_events = Some(report_events);
        self
    }
}

impl<C> runtime::ToRequest for SetChannelVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SET_CHANNEL_VAR;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("variable", &self.variable);
        request.argument("value", &self.value);
        request.argument("report_events", &self.report_events);
    }
}

impl<C> runtime::TypedRequest for SetChannelVar<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetChannelVar<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
