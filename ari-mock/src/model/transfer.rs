//! Transfers that phones have requested.

use crate::json::Object;

/// A transfer that an application carries out, as `ChannelTransfer` describes it.
#[derive(Clone)]
pub(crate) struct RequestedTransfer {
    pub(crate) refer_to: Object,
    pub(crate) referred_by: Object,
}
