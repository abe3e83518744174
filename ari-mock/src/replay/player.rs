//! The task that takes the steps of a recording.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::Instant;

use super::outbound::{self, Program};
use super::script::{Action, Step};
use super::speed::Speed;
use super::state::{Awaited, Shared, State};

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
        let is_over = {
            let mut state = shared.lock();
            state.next_step = index;
            state.is_over()
        };
        if is_over {
            break;
        }
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
                wait(&shared, speed, delay).await;
                shared.update(|state| state.release(index));
                continue;
            }
            Action::Send { socket, text } => {
                wait(&shared, speed, delay).await;
                shared.update(|state| state.send(socket, &text));
                continue;
            }
            Action::Disconnect(socket) => {
                wait(&shared, speed, delay).await;
                shared.update(|state| state.disconnect(socket));
                continue;
            }
        };
        if !wait_for(&shared, awaited, delay.saturating_add(limit)).await {
            shared.update(|state| state.note_missing(awaited));
            limit = limit.min(SHORT_LIMIT);
        }
    }
    shared.update(State::finish);
    // Programs may still send requests over these WebSockets.
    while opening.join_next().await.is_some() {}
}

/// Waits for a time of the recording, or until the program has ended.
async fn wait(shared: &Shared, speed: Speed, time: Duration) {
    tokio::select! {
        () = speed.wait(time) => {}
        _ = shared.wait_until(Duration::MAX, State::is_over) => {}
    }
}

/// Waits until the program has sent a request or opened a WebSocket, or has done nothing of the recording
/// for a time.
async fn wait_for(shared: &Shared, awaited: Awaited, limit: Duration) -> bool {
    let is_there = |state: &State| match awaited {
        Awaited::Request(index) => state.matcher.is_received(index),
        Awaited::Socket(index) => state.is_open(index),
    };
    if is_there(&shared.lock()) {
        return true;
    }
    shared.update(|state| state.set_awaited(Some(awaited)));
    let began = Instant::now();
    let arrived = loop {
        let since = shared.lock().last_progress.max(began);
        let left = limit.saturating_sub(since.elapsed());
        if shared.wait_until(left, is_there).await {
            break true;
        }
        // Another request of the recording may have arrived in between.
        if shared.lock().last_progress <= since {
            break false;
        }
    };
    shared.update(|state| state.set_awaited(None));
    arrived
}
