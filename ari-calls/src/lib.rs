#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

// Imports point from the lower lines to the upper ones, never back.
mod ask;
mod call;
mod call_queue;
mod collect;
mod conference;
mod conversation;
mod detect;
mod dial;
mod error;
pub mod guide;
mod hangup_guard;
mod input;
mod key;
mod let_go;
mod media;
mod menu;
mod own_bridge;
mod parking;
mod pattern;
mod phone_transfer;
mod play;
mod queue;
mod record;
mod removal;
mod review;
mod running;
pub mod speech;
mod supervise;
mod talk_events;
mod task;
mod transfer_request;

pub use ari_api::channels::RecordIfExists;

pub use ask::InputEnd;
pub use call::Call;
pub use call_queue::{
    CallQueue, CallQueueBuilder, CallQueueEnd, CallQueueTalk, CallQueueTalkEnd, ConnectQueuedCall,
    EnterCallQueue, QueuedCall,
};
pub use collect::{Collect, Collected};
pub use conference::{
    Conference, ConferenceBuilder, ConferenceEnd, ConferenceWatcher, JoinConference, Participant,
};
pub use conversation::{
    Completed, Consultation, ConsultationEvent, ConsultationParty, ConsultationState, Consulted,
    Conversation, ConversationEvent, ConversationState, Side, Transferor, Transferred,
};
pub use detect::{AnsweredBy, DetectAnsweringMachine, Greeting, Heard, MachineSign};
pub use dial::{
    Dial, Dialed, Reached, Ringback, Screening, ScreeningFuture, TalkEnd, UnansweredLeg,
    UnansweredReason,
};
pub use error::{CallEnd, CallError};
pub use input::InputLength;
pub use key::{InvalidKey, Key, Keys};
pub use let_go::{Continue, LetGo, MoveTo};
pub use media::{Media, Prompt};
pub use menu::{Chosen, Menu};
pub use parking::{ParkEnd, Parked, Parking, ParkingLot};
pub use phone_transfer::TransferReport;
pub use play::{Play, Played};
pub use queue::{PlayQueue, QueueControl, QueueEnd};
pub use record::{Record, RecordControl, RecordEffect, RecordEnd, Recorded};
pub use review::{Review, ReviewEnd, Reviewed, ReviewedRecord, Unreviewed};
pub use speech::{
    Currency, Date, Gender, InstalledSounds, InvalidDateTime, Language, MissingSounds, Noun,
    Speech, SpeechError, TimeOfDay, Topic,
};
pub use supervise::{Supervise, Supervision, SupervisionEvent, SupervisionMode};
pub use transfer_request::TransferRequest;
