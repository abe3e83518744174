// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The values of `reason`.

use crate::runtime;

/// Values of `reason`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HangupReason {
    /// Normal clearing (16).
    Normal,
    /// User busy (17).
    Busy,
    /// No circuit available (34).
    Congestion,
    /// The user was alerted and did not answer (19).
    ///
    /// Available in Asterisk 13.3.0 and later.
    NoAnswer,
    /// No user responded (18).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Timeout,
    /// The call was rejected (21).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Rejected,
    /// The number is not allocated (1).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Unallocated,
    /// Normal, unspecified (31).
    ///
    /// Available in Asterisk 16.2.0 and later.
    NormalUnspecified,
    /// The number is incomplete or has a wrong format (28).
    ///
    /// Available in Asterisk 16.2.0 and later.
    NumberIncomplete,
    /// The bearer capability is not available (58).
    ///
    /// Available in Asterisk 16.2.0 and later.
    CodecMismatch,
    /// Interworking, unspecified (127).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Interworking,
    /// Network out of order (38).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Failure,
    /// Another device took the call (26); SIP phones that receive this cause do not list it as
    /// missed.
    ///
    /// Available in Asterisk 15 and later.
    AnsweredElsewhere,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    HangupReason,
    Normal = "normal",
    Busy = "busy",
    Congestion = "congestion",
    NoAnswer = "no_answer",
    Timeout = "timeout",
    Rejected = "rejected",
    Unallocated = "unallocated",
    NormalUnspecified = "normal_unspecified",
    NumberIncomplete = "number_incomplete",
    CodecMismatch = "codec_mismatch",
    Interworking = "interworking",
    Failure = "failure",
    AnsweredElsewhere = "answered_elsewhere",
);
