// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /channels/{channelId}/rtp_statistics`.

use crate::{Client, Error, models, operations, runtime};

/// Returns packet, jitter, loss and round-trip figures of a channel's RTP stream.
///
/// The figures are those of the moment and end with the channel: fetch them before it hangs up. The
/// channel need not be in a Stasis application.
///
/// `GET /channels/{channelId}/rtp_statistics`
///
/// Available in Asterisk 13.27.0, 16.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 403: The channel's technology, `Local` for example, does not use RTP.
/// - 404: No channel has this id, or it has no RTP stream or statistics yet.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RtpStatistics<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
}

impl RtpStatistics {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> RtpStatistics<C> {
    pub(crate) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for RtpStatistics<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::RTP_STATISTICS;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for RtpStatistics<C> {
    type Output = models::RtpStat;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for RtpStatistics<Client> {
    type Output = Result<models::RtpStat, Error>;
    type IntoFuture = runtime::ResponseFuture<models::RtpStat>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
