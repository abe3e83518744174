//! The task that takes the steps of a recording.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;

use super::outbound::{self, Program};
use super::script::{Action, Step};
use super::speed::Speed;
use super::state::{Awaited, Shared};

/// The time limit for requests after the first one that was missing.
const SHORT_LIMIT: Duration = Duration::from_secs(1);

/// Takes all steps. `limit` is the time for which a request may be later than in the recording.
pub(super) async fn play(
    shared: Arc<Shared>,
    steps: Vec<Step>,
    speed: Speed,
    limit: Duration,
    program: Option<Program>,
) {
    let mut limit = limit;
    // They end with this future at the latest.
    let mut opening = JoinSet::new();
    let mut before = Duration::ZERO;
    for (index, step) in steps.into_iter().enumerate() {
        shared.lock().next_step = index;
        let delay = step.at.saturating_sub(before);
        before = step.at;
        let awaited = match step.action {
            Action::Request(index) => Awaited::Request(index),
            Action::Connect(index) => Awaited::Socket(index),
            Action::Open(index) => {
                speed.wait(delay).await;
                if let Some(program) = program.clone() {
                    opening.spawn(outbound::open(Arc::clone(&shared), program, index));
                }
                Awaited::Socket(index)
            }
            Action::Response(index) => {
                speed.wait(delay).await;
                shared.update(|state| state.release(index));
                continue;
            }
            Action::Send { socket, text } => {
                speed.wait(delay).await;
                shared.update(|state| state.send(socket, &text));
                continue;
            }
            Action::Disconnect(socket) => {
                speed.wait(delay).await;
                shared.update(|state| state.disconnect(socket));
                continue;
            }
        };
        if !wait_for(&shared, awaited, delay.saturating_add(limit)).await {
            shared.update(|state| state.note_missing(awaited));
            limit = limit.min(SHORT_LIMIT);
        }
    }
    shared.update(super::state::State::finish);
    // Programs may still send requests over these WebSockets.
    while opening.join_next().await.is_some() {}
}

/// Waits until the program has sent a request or opened a WebSocket.
async fn wait_for(shared: &Shared, awaited: Awaited, limit: Duration) -> bool {
    let is_there = |state: &super::state::State| match awaited {
        Awaited::Request(index) => state.matcher.is_received(index),
        Awaited::Socket(index) => state.is_open(index),
    };
    if is_there(&shared.lock()) {
        return true;
    }
    shared.update(|state| state.set_awaited(Some(awaited)));
    let arrived = shared.wait_until(limit, is_there).await;
    shared.update(|state| state.set_awaited(None));
    arrived
}
