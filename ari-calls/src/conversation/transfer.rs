//! Transfers by the program, without asking the target first.

use crate::call::Call;
use crate::conversation::Conversation;
use crate::conversation::event::Side;
use crate::conversation::party::Party;
use crate::dial::{Dial, Reached, UnansweredLeg};
use crate::error::{CallEnd, CallError};

/// The side that is not transferred, after the transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AfterTransfer {
    /// It is hung up.
    HangUp,
    /// It stays in the application, and is returned to the program.
    Keep,
}

/// The outcome of [`Conversation::transfer`].
///
/// `transferor` is the side that was not transferred, if it was to be kept. It may have ended.
#[derive(Debug)]
#[non_exhaustive]
pub enum Transferred {
    /// The target has answered, and talks to the transferred side.
    #[non_exhaustive]
    Connected {
        /// The new conversation: the transferred side as the caller, and the target as the callee.
        conversation: Conversation,
        /// The endpoint that has answered.
        endpoint: String,
        /// The side that was not transferred.
        transferor: Option<Call>,
    },
    /// The target has not answered. The transferred side is still in the application.
    #[non_exhaustive]
    NotAnswered {
        /// The side that was to be transferred.
        transferee: Call,
        /// The endpoints, in the order in which they failed.
        legs: Vec<UnansweredLeg>,
        /// The side that was not transferred.
        transferor: Option<Call>,
    },
    /// The transferred side has ended before the target has answered. The target does not ring any
    /// more.
    #[non_exhaustive]
    Ended {
        /// The end of the transferred side.
        end: CallEnd,
        /// The side that was not transferred.
        transferor: Option<Call>,
    },
}

impl Conversation {
    /// Transfers a side to another endpoint (blind transfer). The other side leaves first: it is
    /// hung up or kept, as `transferor` says. Then the endpoint is dialed for the transferred side,
    /// which hears the ringing tone or the music of [`Dial::ringback`] meanwhile.
    ///
    /// A side that is kept waits in silence until the outcome is there. To play to it meanwhile,
    /// use [`Conversation::separate`], and dial for the other call.
    ///
    /// ```no_run
    /// # use std::time::Duration;
    /// # use ari_calls::conversation::{Conversation, Side};
    /// # use ari_calls::transfer::{AfterTransfer, Transferred};
    /// # use ari_calls::CallError;
    /// # async fn example(conversation: Conversation) -> Result<(), CallError> {
    /// let transfer = conversation.transfer(Side::Caller, AfterTransfer::HangUp, |caller| {
    ///     caller.dial("PJSIP/300").timeout(Duration::from_secs(20))
    /// });
    /// match transfer.await? {
    ///     Transferred::Connected { mut conversation, .. } => {
    ///         conversation.wait_for_end().await?;
    ///         conversation.hang_up().await;
    ///     }
    ///     Transferred::NotAnswered { mut transferee, .. } => {
    ///         transferee.play("sound:vm-nobodyavail").await?;
    ///         transferee.hang_up().await?;
    ///     }
    ///     _ => {}
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Dropping the future hangs up all.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails or the connection to the server is lost
    /// for good, and [`CallError::InvalidSettings`] if the endpoint is invalid. All are hung up
    /// then. The end of a call is no error.
    pub async fn transfer(
        self,
        transferee: Side,
        transferor: AfterTransfer,
        dial: impl FnOnce(&mut Call) -> Dial<'_> + Send,
    ) -> Result<Transferred, CallError> {
        let music_class = self.music_class.clone();
        let (mut transferee, other) = self.release(transferee).await;
        let other = other.leave_transfer(transferor).await;
        let reached = dial(&mut transferee.call).wait_for_answer().await;
        finish(transferee, other, reached, music_class).await
    }

    /// Ends the conversation. Returns a side, and the other one.
    async fn release(mut self, side: Side) -> (Party, Party) {
        self.disconnect().await;
        match side {
            Side::Caller => (self.caller, self.callee),
            Side::Callee => (self.callee, self.caller),
        }
    }
}

impl Party {
    /// Hangs up, or returns the party to keep.
    pub(crate) async fn leave_transfer(self, transferor: AfterTransfer) -> Option<Party> {
        match transferor {
            AfterTransfer::Keep => Some(self),
            AfterTransfer::HangUp => {
                self.call.finish().await;
                None
            }
        }
    }
}

async fn finish(
    transferee: Party,
    transferor: Option<Party>,
    reached: Result<Reached, CallError>,
    music_class: Option<String>,
) -> Result<Transferred, CallError> {
    match reached {
        Ok(Reached::Answered {
            callee, endpoint, ..
        }) => {
            let mut conversation = Conversation::of_parties(transferee, Party::new(callee));
            conversation.music_class = music_class;
            // If one of them has ended, waiting for the end returns it.
            let _ = conversation.connect().await?;
            Ok(Transferred::Connected {
                conversation,
                endpoint,
                transferor: transferor.map(Party::into_call),
            })
        }
        Ok(Reached::NotAnswered { legs }) => Ok(Transferred::NotAnswered {
            transferee: transferee.into_call(),
            legs,
            transferor: transferor.map(Party::into_call),
        }),
        Err(CallError::Ended(end)) => Ok(Transferred::Ended {
            end,
            transferor: transferor.map(Party::into_call),
        }),
        Err(error) => Err(error),
    }
}
