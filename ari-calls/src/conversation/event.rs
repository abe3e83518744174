//! The sides of a conversation, its events and its state.

use crate::dial::TalkEnd;
use crate::error::{CallEnd, CallError};
use crate::key::Key;
use crate::transfer_request::TransferRequest;

/// A side of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The first call of [`Conversation::new`](crate::conversation::Conversation::new).
    Caller,
    /// The second call.
    Callee,
}

/// An event of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConversationEvent {
    /// A side has pressed a key.
    Key {
        /// The side.
        side: Side,
        /// The key.
        key: Key,
    },
    /// The phone of a side has requested a transfer of the other side. Only calls with
    /// [`Call::take_over_transfers`](crate::Call::take_over_transfers) leave it to the program.
    TransferRequested {
        /// The side whose phone has requested it.
        side: Side,
        /// The transfer.
        request: TransferRequest,
    },
    /// The phone of a side has transferred the other side, and Asterisk has performed that: the
    /// channel of the transfer's target is in the place of the phone, which is hung up. The
    /// conversation goes on, and [`Conversation::call`](crate::conversation::Conversation::call)
    /// returns the call of that channel.
    Replaced {
        /// The side whose phone has left.
        side: Side,
    },
    /// A call has ended, or others have separated both. A call that has not ended is still in the
    /// application.
    Ended(TalkEnd),
}

/// The state of a conversation after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a side may have hung up"]
pub enum ConversationState {
    /// The change is made.
    Ongoing,
    /// A call has ended, or others have separated both, before or during the change. A call that has
    /// not ended is still in the conversation.
    Ended(TalkEnd),
}

impl Side {
    /// Returns the other side.
    pub fn other(self) -> Self {
        match self {
            Side::Caller => Side::Callee,
            Side::Callee => Side::Caller,
        }
    }

    /// Returns the end of a conversation that this side's end is.
    pub(crate) fn talk_end(self, end: CallEnd) -> TalkEnd {
        match self {
            Side::Caller => TalkEnd::Caller(end),
            Side::Callee => TalkEnd::Callee(end),
        }
    }

    /// Returns the state of the conversation after a request for this side.
    pub(crate) fn state(
        self,
        result: Result<(), CallError>,
    ) -> Result<ConversationState, CallError> {
        match result {
            Ok(()) => Ok(ConversationState::Ongoing),
            Err(CallError::Ended(end)) => Ok(ConversationState::Ended(self.talk_end(end))),
            Err(error) => Err(error),
        }
    }
}
