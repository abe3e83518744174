//! Transfers: blind, attended, by a SIP phone, to the dialplan and to other applications.
//!
//! | transfer | begins with |
//! |---|---|
//! | blind: the target is not asked | [`Conversation::transfer`] |
//! | attended: one side talks to the target first | [`Conversation::consult`] |
//! | requested by a SIP phone (REFER) | [`Call::take_over_transfers`] |
//! | to the dialplan | [`Call::continue_in_dialplan`] |
//! | to another application | [`Call::move_to`] |
//!
//! [`Conversation::transfer`]: crate::conversation::Conversation::transfer
//! [`Conversation::consult`]: crate::conversation::Conversation::consult
//! [`Call::take_over_transfers`]: crate::Call::take_over_transfers
//! [`Call::continue_in_dialplan`]: crate::Call::continue_in_dialplan
//! [`Call::move_to`]: crate::Call::move_to

pub use crate::bridge_watch::CONSULTATION_VARIABLE;
pub use crate::conversation::consultation::{
    Completed, Consultation, ConsultationEvent, ConsultationParty, ConsultationState, Consulted,
};
pub use crate::conversation::transfer::{AfterTransfer, Transferred};
pub use crate::let_go::{Continue, LetGo, MoveTo};
pub use crate::phone_transfer::TransferReport;
pub use crate::transfer_request::TransferRequest;
