//! Fault injection.

use std::time::Duration;

use ari_api::schema::Operation;

use crate::pbx::PbxState;
use crate::rest::{FaultAction, Response};

/// Returns the faults for this request: the response, if any, and the delay.
pub(crate) fn inject(pbx: &mut PbxState, operation: &Operation) -> (Option<Response>, Duration) {
    let name = format!("{}.{}", operation.resource, operation.nickname);
    let (mut response, mut delay) = (None, None);
    for fault in &mut pbx.faults {
        if fault.remaining == 0 || (fault.operation != name && fault.operation != "*") {
            continue;
        }
        match &fault.action {
            FaultAction::Response(given) if response.is_none() => response = Some(given.clone()),
            FaultAction::Delay(time) if delay.is_none() => delay = Some(*time),
            _ => continue,
        }
        fault.remaining -= 1;
    }
    pbx.faults.retain(|fault| fault.remaining > 0);
    (response, pbx.response_delay + delay.unwrap_or_default())
}
