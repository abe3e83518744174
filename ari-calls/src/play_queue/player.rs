//! The task of a queue: plays its media one after the other, and carries out commands.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Error;
use ari_api::models::{Playback, PlaybackState};
use ari_api::playbacks::{ControlOperation, PlaybackHandle};
use ari_api::stream::{EndReport, Finished};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep, timeout};

use crate::call::{Call, END_TIMEOUT};
use crate::error::CallError;
use crate::media::Media;
use crate::play_queue::state::{QueueControl, State};
use crate::running::{Running, STOP_RETRY_DELAY};

/// Limit for controlling a playback, which Asterisk refuses until the playback has begun.
const CONTROL_TIMEOUT: Duration = Duration::from_secs(5);

/// The dialplan function that changes the volume of what the caller hears.
const VOLUME: &str = "VOLUME(TX)";

/// A command of the program.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) action: Action,
    pub(crate) reply: oneshot::Sender<Result<QueueControl, CallError>>,
}

#[derive(Debug)]
pub(crate) enum Action {
    Pause,
    Resume,
    Skip,
    Seek(ControlOperation),
    Volume(f32),
    Stop,
}

/// The task of a queue.
pub(crate) struct Player {
    /// The call, whose keys this does not read.
    call: Call,
    state: Arc<watch::Sender<State>>,
    commands: mpsc::UnboundedReceiver<Command>,
    playing: Option<Playing>,
    is_paused: bool,
    /// The volume that is to be set, in decibels.
    new_volume: Option<f32>,
    has_volume: bool,
}

/// A medium that plays.
struct Playing {
    prompt: u64,
    media: Media,
    running: Running<Playback>,
    handle: PlaybackHandle,
    /// The time that it may play from `since` on.
    left: Duration,
    /// `None` while it is paused.
    since: Option<Instant>,
}

type Outcome = Result<Finished<Playback>, Error>;

/// The reason why a task does something.
enum Cause {
    Command(Option<Command>),
    Finished(Outcome),
    Limit,
    CallEnded(CallError),
    Appended,
}

impl Player {
    pub(crate) fn new(
        call: Call,
        state: Arc<watch::Sender<State>>,
        commands: mpsc::UnboundedReceiver<Command>,
    ) -> Self {
        Player {
            call,
            state,
            commands,
            playing: None,
            is_paused: false,
            new_volume: None,
            has_volume: false,
        }
    }

    /// Plays until the program drops the queue, or the call ends.
    pub(crate) async fn run(mut self) {
        let mut changes = self.state.subscribe();
        loop {
            changes.borrow_and_update();
            let mut result = self.begin_waiting().await;
            if result.is_ok() {
                let playing = &mut self.playing;
                let cause = tokio::select! {
                    biased;
                    command = self.commands.recv() => Cause::Command(command),
                    cause = Playing::wait(playing) => cause,
                    end = self.call.wait_for_end() => Cause::CallEnded(match end {
                        Ok(end) => CallError::Ended(end),
                        Err(error) => error,
                    }),
                    _ = changes.changed() => Cause::Appended,
                };
                result = match cause {
                    Cause::Command(None) => return self.close().await,
                    Cause::Command(Some(command)) => {
                        let result = self.carry_out(command.action).await;
                        let end = result.as_ref().err().and_then(CallError::call_end);
                        let end = end.cloned().map(CallError::Ended);
                        let _ = command.reply.send(result);
                        end.map_or(Ok(()), Err)
                    }
                    Cause::Finished(outcome) => self.note_finished(outcome).await,
                    Cause::Limit => self.stop_current().await,
                    Cause::CallEnded(error) => {
                        self.state.send_modify(|state| state.fail(error));
                        return;
                    }
                    Cause::Appended => Ok(()),
                };
            }
            if let Err(error) = result {
                self.playing = None;
                let has_ended = error.call_end().is_some();
                self.state.send_modify(|state| state.fail(error));
                if has_ended {
                    return;
                }
            }
        }
    }

    /// Stops what plays, and restores the volume.
    async fn close(mut self) {
        if let Some(playing) = self.playing.take() {
            playing.running.stop().await;
        }
        if self.has_volume {
            let channel = self.call.channel();
            if let Err(error) = channel.set_channel_var(VOLUME).value("0").await {
                let channel = channel.channel_id();
                tracing::debug!(channel, %error, "the volume was not restored");
            }
        }
    }

    /// Begins the next medium, unless one plays or the queue is paused.
    async fn begin_waiting(&mut self) -> Result<(), CallError> {
        match self.playing {
            None if !self.is_paused => self.begin_next().await,
            _ => Ok(()),
        }
    }

    /// Begins the next medium, if one waits.
    async fn begin_next(&mut self) -> Result<(), CallError> {
        if self.state.borrow().waiting.is_empty() {
            return Ok(());
        }
        if let Some(decibels) = self.new_volume.take() {
            self.has_volume = true;
            let factor = 10_f32.powf(decibels / 20.0);
            let channel = self.call.channel().clone();
            let set = channel
                .set_channel_var(VOLUME)
                .value(format!("{factor:.3}"));
            let set = set.await;
            self.call.check(set).await?;
        }
        let mut next = None;
        self.state.send_modify(|state| {
            next = state.waiting.pop_front();
            state.current = next.as_ref().map(|(_, media)| media.clone());
        });
        let Some((prompt, media)) = next else {
            return Ok(());
        };
        let channel = self.call.channel();
        let (running, handle, left) = {
            let state = self.state.borrow();
            let step = Some(state.seek_step);
            let language = media.language().or(state.language.as_deref());
            let (running, handle) =
                Running::playback(channel, std::slice::from_ref(&media), language, step);
            (running, handle, state.max_duration)
        };
        self.playing = Some(Playing {
            prompt,
            media,
            running,
            handle,
            left,
            since: Some(Instant::now()),
        });
        Ok(())
    }

    /// Notes the end of the medium that has played.
    async fn note_finished(&mut self, outcome: Outcome) -> Result<(), CallError> {
        let Some(playing) = self.playing.take() else {
            return Ok(());
        };
        let finished = match outcome {
            Ok(finished) => finished,
            Err(error) => {
                let error = self.call.explain(error).await;
                self.state.send_modify(|state| state.current = None);
                return Err(error);
            }
        };
        let has_played = finished.report == EndReport::Gap
            || finished.report == EndReport::Event && finished.state != PlaybackState::Failed;
        // A hangup ends it in the same way as a missing file.
        if !has_played
            && self.call.ending().is_some()
            && let Ok(end) = timeout(END_TIMEOUT, self.call.wait_for_end()).await
        {
            return Err(CallError::Ended(end?));
        }
        self.state.send_modify(|state| {
            state.current = None;
            if !has_played {
                state.incomplete.push(playing.media);
            }
        });
        Ok(())
    }

    async fn stop_current(&mut self) -> Result<(), CallError> {
        if let Some(playing) = self.playing.take() {
            let stopped = playing.running.stop().await;
            self.state.send_modify(|state| state.current = None);
            if let Some(Err(error)) = stopped {
                return Err(self.call.explain(error).await);
            }
        }
        Ok(())
    }

    async fn carry_out(&mut self, action: Action) -> Result<QueueControl, CallError> {
        match action {
            Action::Pause => {
                self.begin_waiting().await?;
                let was_paused = std::mem::replace(&mut self.is_paused, true);
                match self.playing {
                    Some(_) if was_paused => Ok(QueueControl::Done),
                    _ => match self.control(ControlOperation::Pause).await? {
                        QueueControl::Done => Ok(QueueControl::Done),
                        _ => Ok(QueueControl::NextMedium),
                    },
                }
            }
            Action::Resume => {
                self.is_paused = false;
                let is_paused = |playing: &Playing| playing.since.is_none();
                match self.playing.as_ref().is_some_and(is_paused) {
                    true => self.control(ControlOperation::Unpause).await,
                    false => Ok(QueueControl::Done),
                }
            }
            Action::Skip => {
                let prompt = match &self.playing {
                    Some(playing) => Some(playing.prompt),
                    None => self.state.borrow().waiting.front().map(|(it, _)| *it),
                };
                let Some(prompt) = prompt else {
                    return Ok(QueueControl::NotPlaying);
                };
                self.state.send_modify(|state| state.remove_prompt(prompt));
                self.stop_current().await?;
                Ok(QueueControl::Done)
            }
            Action::Seek(_) if self.is_paused => Ok(QueueControl::NotPlaying),
            Action::Seek(operation) => {
                self.begin_waiting().await?;
                self.control(operation).await
            }
            Action::Volume(decibels) => {
                self.new_volume = Some(decibels);
                Ok(QueueControl::NextMedium)
            }
            Action::Stop => {
                self.is_paused = false;
                self.state.send_modify(|state| {
                    state.waiting.clear();
                    state.is_stopped = true;
                });
                self.stop_current().await?;
                Ok(QueueControl::Done)
            }
        }
    }

    /// Controls the medium that plays.
    async fn control(&mut self, operation: ControlOperation) -> Result<QueueControl, CallError> {
        let Some(playing) = &mut self.playing else {
            return Ok(QueueControl::NotPlaying);
        };
        if playing.media.is_spoken() {
            return Ok(QueueControl::Unsupported);
        }
        let deadline = Instant::now() + CONTROL_TIMEOUT;
        let attempts = async {
            loop {
                match playing.handle.control(operation.clone()).await {
                    // It has not begun yet, or has ended, which the other future reports.
                    Err(error) if matches!(error.status(), Some(404 | 409 | 500)) => {
                        if Instant::now() >= deadline {
                            return Ok(QueueControl::Unsupported);
                        }
                        sleep(STOP_RETRY_DELAY).await;
                    }
                    Err(error) => return Err(error),
                    Ok(()) => return Ok(QueueControl::Done),
                }
            }
        };
        let result = tokio::select! {
            biased;
            finished = playing.running.finished() => Err(finished),
            result = attempts => Ok(result),
        };
        match result {
            Ok(Ok(QueueControl::Done)) => {
                match operation {
                    ControlOperation::Pause => playing.note_pause(),
                    ControlOperation::Unpause => playing.since = Some(Instant::now()),
                    _ => {}
                }
                Ok(QueueControl::Done)
            }
            Ok(Ok(effect)) => Ok(effect),
            Ok(Err(error)) => Err(self.call.explain(error).await),
            Err(finished) => {
                self.note_finished(finished).await?;
                Ok(QueueControl::NotPlaying)
            }
        }
    }
}

impl Playing {
    /// Waits for the end of the medium, or for its limit. Cancel-safe.
    async fn wait(playing: &mut Option<Playing>) -> Cause {
        let Some(playing) = playing else {
            return pending().await;
        };
        let left = playing
            .since
            .map(|since| playing.left.saturating_sub(since.elapsed()));
        tokio::select! {
            biased;
            finished = playing.running.finished() => Cause::Finished(finished),
            () = sleep(left.unwrap_or_default()), if left.is_some() => Cause::Limit,
        }
    }

    fn note_pause(&mut self) {
        if let Some(since) = self.since.take() {
            self.left = self.left.saturating_sub(since.elapsed());
        }
    }
}
