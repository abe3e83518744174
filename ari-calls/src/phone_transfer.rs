//! Transfers that the phone of a call requests: taking them over, and reporting their progress.

use crate::call::Call;
use crate::error::CallError;

/// The progress of a transfer, for the phone that has requested it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TransferReport {
    /// The target rings. Further reports follow.
    Ringing,
    /// The target has answered. The transfer is finished.
    Answered,
    /// The target cannot be reached. The transfer is finished.
    Unavailable,
    /// The transfer is refused. It is finished.
    Declined,
}

impl TransferReport {
    fn as_str(self) -> &'static str {
        match self {
            TransferReport::Ringing => "channel_progress",
            TransferReport::Answered => "channel_answered",
            TransferReport::Unavailable => "channel_unavailable",
            TransferReport::Declined => "channel_declined",
        }
    }
}

impl Call {
    /// Leaves the transfers that the SIP phone of this call requests to the program, instead of
    /// Asterisk. In a conversation they are
    /// [`ConversationEvent::TransferRequested`](crate::conversation::ConversationEvent::TransferRequested).
    /// The phone waits until [`Call::report_transfer`] reports the end, or until it is hung up. A
    /// request that is made while the WebSocket is lost is missed.
    ///
    /// It takes a PJSIP channel and Asterisk 20.13, 21.8 or 22.3. Older releases refuse it, or
    /// accept it without effect.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call has ended, and [`CallError::Request`] if the
    /// request fails.
    pub async fn take_over_transfers(&mut self) -> Result<(), CallError> {
        self.check_end()?;
        let handling = self.channel().set_channel_var("PJSIP_TRANSFER_HANDLING()");
        let set = handling.value("ari-only").await;
        self.check(set).await
    }

    /// Reports the progress of a requested transfer to the phone of this call.
    ///
    /// Report only blind transfers. Reports of attended ones have terminated the server in rare
    /// cases (Asterisk 22): hang up the phone instead.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call has ended, and [`CallError::Request`] if the
    /// request fails, such as for a call without a requested transfer.
    pub async fn report_transfer(&mut self, report: TransferReport) -> Result<(), CallError> {
        self.check_end()?;
        let sent = self.channel().transfer_progress(report.as_str()).await;
        self.check(sent).await
    }
}
