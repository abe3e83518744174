// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/transfer_progress`.

use crate::{Client, Error, operations, runtime};

/// Reports the progress of a transfer to the device that requested it.
///
/// For transfers that the application carries out itself, after a `ChannelTransfer` event: this
/// needs `PJSIP_TRANSFER_HANDLING()=ari-only` on the channel. The device that sent the SIP REFER
/// receives a NOTIFY with the matching status. Every state but `channel_progress` ends the transfer
/// for the device.
///
/// **Warning:** Shortly after the REFER, or of an attended transfer, it can terminate the whole
/// server (observed in Asterisk 22).
///
/// `POST /channels/{channelId}/transfer_progress`
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `states` is empty or unknown.
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel's state does not allow it.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct TransferProgress<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) states: String,
}

impl TransferProgress {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel on which the transfer was requested.
    /// - `states`: One of `channel_progress` (still under way), `channel_answered` (done),
    ///   `channel_unavailable` (the target could not be reached) and `channel_declined` (refused).
    #[inline]
    pub fn new(channel_id: impl Into<String>, states: impl Into<String>) -> Self {
        Self::on((), channel_id, states)
    }
}

impl<C> TransferProgress<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        states: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            states: states.into(),
        }
    }
}

impl<C> runtime::ToRequest for TransferProgress<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::TRANSFER_PROGRESS;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("states", &self.states);
    }
}

impl<C> runtime::TypedRequest for TransferProgress<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for TransferProgress<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
