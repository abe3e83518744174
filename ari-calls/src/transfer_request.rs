//! Transfers that phones request, as data.

use ari_api::models::ChannelTransfer;

/// A transfer that the phone of a call has requested, and that the program is to carry out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransferRequest {
    /// The other side is to be transferred to a number (blind transfer).
    #[non_exhaustive]
    Blind {
        /// The number, or the user part of the SIP address, as the phone has sent it. Check it
        /// before you dial it.
        destination: String,
    },
    /// The other side is to replace the phone in another call of that phone (attended transfer).
    #[non_exhaustive]
    Attended {
        /// Channel id of the phone in the other call. `None` if the server does not have that call.
        channel_id: Option<String>,
        /// Id of the other call in the protocol: for SIP its Call-ID.
        protocol_id: Option<String>,
    },
}

impl TransferRequest {
    pub(crate) fn from_event(event: &ChannelTransfer) -> Self {
        let requested = &event.refer_to.requested_destination;
        match &requested.destination {
            Some(destination) if requested.protocol_id.is_none() => TransferRequest::Blind {
                destination: destination.clone(),
            },
            _ => TransferRequest::Attended {
                channel_id: event
                    .refer_to
                    .destination_channel
                    .as_ref()
                    .map(|it| it.id.clone()),
                protocol_id: requested.protocol_id.clone(),
            },
        }
    }
}
