//! DTMF that is to be sent.

use std::time::Duration;

/// DTMF that is to be sent.
pub(crate) struct DtmfSequence {
    pub(crate) digits: String,
    pub(crate) before: Duration,
    pub(crate) between: Duration,
    pub(crate) duration: Duration,
    pub(crate) after: Duration,
}
