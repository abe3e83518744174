// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/addChannel`.

use crate::{Client, Error, operations, runtime};

/// Puts one or more channels into a bridge.
///
/// A channel leaves the bridge it was in. The request waits on the channel's command queue: behind
/// a prompt of 12 seconds it is answered after 12 seconds, so stop the playback first, and do not
/// use a short timeout.
///
/// All channels are looked up before the first one is added, so 400 and 422 leave the bridge as it
/// was. Success means that the move was ordered; `ChannelEnteredBridge` says that it took place.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /bridges/{bridgeId}/addChannel`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No channel was given, or one of the ids does not exist; it may have hung up.
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge was not created through ARI, or one of the channels is being recorded: stop
///   that recording first, or record the bridge instead. Channels named before the one being
///   recorded may have been added already.
/// - 422: One of the channels exists, but is not in a Stasis application.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct AddChannel<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) channel: Vec<String>,
    pub(super) role: Option<String>,
    pub(super) absorb_dtmf: Option<bool>,
    pub(super) mute: Option<bool>,
    pub(super) inhibit_connected_line_updates: Option<bool>,
}

impl AddChannel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `channel`: Ids of the channels.
    #[inline]
    pub fn new<M2>(
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), bridge_id, channel)
    }
}

impl<C> AddChannel<C> {
    pub(crate) fn on<M2>(
        client: C,
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            channel: runtime::OneOrMany::into_list(channel),
            role: None,
            absorb_dtmf: None,
            mute: None,
            inhibit_connected_line_updates: None,
        }
    }

    /// Role of the channels in the bridge, replacing the roles they had. It matters to holding
    /// bridges, where everyone hears a channel with the role `announcer`.
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.role = Some(role.into());
        self
    }

    /// Keeps DTMF digits of these channels from the others in the bridge. The application still
    /// receives `ChannelDtmfReceived`.
    ///
    /// Default: `false`. Available in Asterisk 16 and later.
    pub fn absorb_dtmf(mut self, absorb_dtmf: bool) -> Self {
        self.absorb_dtmf = Some(absorb_dtmf);
        self
    }

    /// Keeps the audio of these channels from the others; they still hear the bridge. It lasts
    /// until the channel leaves this bridge.
    ///
    /// Default: `false`. Available in Asterisk 16 and later.
    pub fn mute(mut self, mute: bool) -> Self {
        self.mute = Some(mute);
        self
    }

    /// Keeps the identity of these channels from being announced to the others as connected line.
    ///
    /// Default: `false`. Available in Asterisk 18 and later.
    pub fn inhibit_connected_line_updates(
        mut self,
        inhibit_connected_line_updates: bool,
    ) -> Self {
        self.inhibit_connected_line_updates = Some(inhibit_connected_line_updates);
        self
    }
}

impl<C> runtime::ToRequest for AddChannel<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::ADD_CHANNEL;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("channel", &self.channel);
        request.argument("role", &self.role);
        request.argument("absorbDTMF", &self.absorb_dtmf);
        request.argument("mute", &self.mute);
        request.argument("inhibitConnectedLineUpdates", &self.inhibit_connected_line_updates);
    }
}

impl<C> runtime::TypedRequest for AddChannel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for AddChannel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
