//! One connection: what the carrier sends, hears and records.

use std::collections::VecDeque;
use std::io;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until};

use super::recorder::{Recorder, Recording};
use crate::control::{Mode, sample_of};
use crate::wire::{Received, Wire};

const FRAME: Duration = Duration::from_millis(20);

/// The parts of a connection that do not depend on the carrier.
pub(super) struct Context {
    /// The number of the channel, which spreads the ticks of all channels.
    pub(super) number: usize,
    pub(super) frame_bytes: usize,
    pub(super) is_rtp: bool,
    /// The number of its call.
    pub(super) call: Arc<Mutex<Option<usize>>>,
    pub(super) mode: watch::Receiver<Mode>,
    pub(super) recordings: mpsc::UnboundedSender<Recording>,
}

/// An item of the queue of `chan_websocket`.
enum Queued {
    Frame(bytes::Bytes),
    Mark(String),
}

/// Serves a connection until either side ends it.
pub(super) async fn run(mut wire: Wire, context: Context, ended: oneshot::Receiver<()>) {
    tokio::select! {
        _ = serve(&mut wire, context) => {}
        _ = ended => {}
    }
}

async fn serve(wire: &mut Wire, mut context: Context) -> io::Result<()> {
    let mut mode = *context.mode.borrow_and_update();
    let mut recorder = Recorder::new(context.frame_bytes, context.is_rtp);
    let mut queue = VecDeque::new();
    let is_websocket = matches!(wire, Wire::WebSocket(_));
    // Channels are created at any time, so their ticks are spread.
    let phase = Duration::from_micros(u64::try_from(context.number * 617 % 20_000).unwrap_or(0));
    let mut tick = Instant::now() + phase;
    let mut timer = pin!(sleep_until(tick));
    loop {
        let sends = matches!(mode, Mode::Duplex | Mode::Echo);
        let ticks = mode != Mode::Idle || !queue.is_empty();
        tokio::select! {
            changed = context.mode.changed() => {
                changed.map_err(io::Error::other)?;
                mode = *context.mode.borrow_and_update();
                if mode == Mode::Idle {
                    let call = context.call.lock().unwrap_or_else(PoisonError::into_inner);
                    let _ = context.recordings.send(recorder.take(*call));
                }
                tick = Instant::now() + phase;
                timer.as_mut().reset(tick);
            }
            received = wire.receive() => match received? {
                Received::Audio(bytes) if is_websocket => {
                    recorder.on_arrival(mode, &bytes);
                    if queue.is_empty() && mode == Mode::Idle {
                        tick = tick.max(Instant::now());
                        timer.as_mut().reset(tick);
                    }
                    for frame in bytes.chunks_exact(context.frame_bytes) {
                        queue.push_back(Queued::Frame(bytes.slice_ref(frame)));
                    }
                }
                Received::Audio(bytes) => {
                    recorder.on_arrival(mode, &bytes);
                    recorder.on_played(mode, &bytes);
                }
                Received::Text(text) => {
                    if let Some(answer) = execute(&text, &mut queue) {
                        wire.send_text(answer).await?;
                    }
                }
            },
            () = timer.as_mut(), if ticks => {
                if is_websocket {
                    play(wire, &mut queue, mode, &mut recorder).await?;
                }
                if sends {
                    let payload = payload(mode, &context, &mut recorder);
                    wire.send_audio(&payload).await?;
                }
                tick += FRAME;
                timer.as_mut().reset(tick);
            }
        }
    }
}

/// Returns the next frame for the program.
fn payload(mode: Mode, context: &Context, recorder: &mut Recorder) -> Vec<u8> {
    let level = match mode {
        Mode::Echo => recorder.next_echo(),
        _ => 0,
    };
    match (context.frame_bytes, context.is_rtp) {
        (160, _) => vec![u8::try_from(level).unwrap_or_default(); 160],
        (_, true) => sample_of(level).to_be_bytes().repeat(320),
        (_, false) => sample_of(level).to_le_bytes().repeat(320),
    }
}

/// Plays a frame of the queue, as each tick of `chan_websocket` does.
async fn play(
    wire: &mut Wire,
    queue: &mut VecDeque<Queued>,
    mode: Mode,
    recorder: &mut Recorder,
) -> io::Result<()> {
    loop {
        match queue.pop_front() {
            Some(Queued::Mark(id)) => {
                let event = serde_json::json!({"event": "MEDIA_MARK_PROCESSED",
                    "channel_id": "x", "correlation_id": id});
                wire.send_text(event.to_string()).await?;
            }
            Some(Queued::Frame(bytes)) => {
                recorder.on_played(mode, &bytes);
                return Ok(());
            }
            None => {
                recorder.on_hole(mode);
                return Ok(());
            }
        }
    }
}

/// Executes a command of the program, and returns the immediate answer.
fn execute(text: &str, queue: &mut VecDeque<Queued>) -> Option<String> {
    let command: Value = serde_json::from_str(text).ok()?;
    match command.get("command")?.as_str()? {
        "MARK_MEDIA" => {
            let id = command.get("correlation_id")?.as_str()?;
            queue.push_back(Queued::Mark(id.to_owned()));
            None
        }
        "FLUSH_MEDIA" => {
            queue.clear();
            None
        }
        "GET_STATUS" => {
            let is_frame = |item: &&Queued| matches!(item, Queued::Frame(_));
            let length = queue.iter().filter(is_frame).count();
            let status = serde_json::json!({"event": "STATUS", "channel_id": "x",
                "queue_length": length, "xon_level": 800, "xoff_level": 900,
                "queue_full": false, "bulk_media": false, "media_paused": false});
            Some(status.to_string())
        }
        _ => None,
    }
}
