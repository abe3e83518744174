//! Reading the counters of an application.

use std::sync::atomic::{AtomicU64, Ordering};

use super::counters::GatewayCounters;
use super::shared::Shared;

/// Returns the counters of an application.
pub(super) fn counters(shared: &Shared) -> GatewayCounters {
    let load = |count: &AtomicU64| count.load(Ordering::Relaxed);
    let history = shared.history.as_ref();
    let (history_stored, history_lost) = history
        .map(|history| (load(&history.stored), load(&history.lost)))
        .unwrap_or_default();
    let requests = shared.under_way.load(Ordering::Relaxed);
    shared.update(|state, now| {
        let (calls, channels) = state.load();
        let open = state.tally.open_gap(now);
        let oldest = state.reading.as_ref().and_then(|reading| reading.oldest());
        let counted = &state.tally.counted;
        GatewayCounters {
            application: shared.application.clone(),
            is_connected: state.epoch().is_some(),
            is_draining: state.is_draining,
            calls,
            channels,
            requests,
            gaps: counted.gaps + u64::from(open.is_some()),
            gap_time: counted.gap_time + open.unwrap_or_default(),
            oldest_event: oldest.map(|oldest| now.saturating_duration_since(oldest)),
            history_stored,
            history_lost,
            ..counted.clone()
        }
    })
}
