//! The command queues of channels and bridges, which run commands one after the other.

use tokio::sync::oneshot;

use super::{Command, CommandQueue, PbxState, QueuedFunction};
use crate::model::{DtmfSequence, LeaveDestination, MediaTarget, Playback};
use crate::rest::{DeferredResponse, Response};

impl PbxState {
    /// Returns the queue of a channel or bridge, or `None` if that does not exist.
    fn command_queue(&mut self, target: &MediaTarget) -> Option<&mut CommandQueue> {
        let exists = match target {
            MediaTarget::Channel(id) => self.channels.contains_key(id),
            MediaTarget::Bridge(id) => self.bridges.contains_key(id),
        };
        exists.then(|| self.queues.entry(target.clone()).or_default())
    }

    /// Adds a command to the queue. It begins immediately if the queue is idle.
    pub(super) fn enqueue(&mut self, target: &MediaTarget, command: Command) {
        if let Some(queue) = self.command_queue(target) {
            queue.waiting.push_back(command);
            self.run_queue(target);
        }
    }

    /// Runs a function when the queue of a channel reaches it, which is immediately if the queue is
    /// idle. The response is sent after that.
    pub(crate) fn run_in_queue(
        &mut self,
        id: &str,
        run: impl FnOnce(&mut PbxState) -> Response + Send + 'static,
    ) -> DeferredResponse {
        let (response, mut later) = oneshot::channel();
        let run: QueuedFunction = Box::new(run);
        self.enqueue(
            &MediaTarget::Channel(id.to_owned()),
            Command::Run(run, response),
        );
        match later.try_recv() {
            Ok(response) => response.into(),
            Err(_) => DeferredResponse::Pending(later),
        }
    }

    /// Runs a function when the queue of a channel reaches it. The response is sent immediately.
    pub(crate) fn queue_and_respond(
        &mut self,
        id: &str,
        run: impl FnOnce(&mut PbxState) + Send + 'static,
    ) -> DeferredResponse {
        // Nobody waits for the result, so it does not matter when the function runs.
        let _ = self.run_in_queue(id, |pbx| {
            run(pbx);
            Response::no_content()
        });
        Response::no_content().into()
    }

    /// Sends DTMF to the far end when the queue reaches this command. The queue continues when all
    /// of it is sent.
    pub(crate) fn queue_dtmf(&mut self, id: &str, keys: DtmfSequence) -> DeferredResponse {
        let target = MediaTarget::Channel(id.to_owned());
        self.enqueue(&target, Command::Dtmf(keys));
        Response::no_content().into()
    }

    fn begin_dtmf(&mut self, target: &MediaTarget, keys: DtmfSequence) {
        let MediaTarget::Channel(id) = target else {
            return;
        };
        self.block_queue(target);
        let target = target.clone();
        self.run_after_for_channel(id, keys.before, move |pbx, id| {
            let length = keys.duration + keys.between;
            let count = u32::try_from(keys.digits.chars().count()).unwrap_or(u32::MAX);
            pbx.send_dtmf(id, &keys.digits, keys.between, keys.duration);
            let whole = length.saturating_mul(count) + keys.after;
            pbx.run_after_for_channel(id, whole, move |pbx, _| pbx.unblock_queue(&target));
        });
    }

    /// Runs the next commands until one of them blocks the queue.
    fn run_queue(&mut self, target: &MediaTarget) {
        while let Some(queue) = self.command_queue(target)
            && !queue.is_blocked
        {
            let Some(command) = queue.waiting.pop_front() else {
                let announcer = queue.announcer.take();
                self.remove_helper(target, announcer);
                self.leave_if_requested(target);
                return;
            };
            match command {
                Command::Playback(id) => self.begin_playback(target, &id),
                Command::Recording(name) => self.begin_recording(target, &name),
                Command::Dtmf(keys) => self.begin_dtmf(target, keys),
                Command::Run(run, response) => {
                    let result = run(self);
                    // The requester may have disconnected.
                    let _ = response.send(result);
                }
            }
        }
    }

    /// Blocks the queue while a command is in progress.
    pub(super) fn block_queue(&mut self, target: &MediaTarget) {
        if let Some(queue) = self.command_queue(target) {
            queue.is_blocked = true;
        }
    }

    /// Unblocks the queue and runs the next commands.
    pub(super) fn unblock_queue(&mut self, target: &MediaTarget) {
        if let Some(queue) = self.command_queue(target) {
            queue.is_blocked = false;
            self.run_queue(target);
        }
    }

    /// Adds the server's own channel that plays into a bridge, unless it is still there from the
    /// previous playback.
    pub(super) fn ensure_announcer(&mut self, target: &MediaTarget) {
        if self
            .command_queue(target)
            .is_some_and(|queue| queue.announcer.is_none())
        {
            let announcer = self.add_helper(target, "Announcer/ARI");
            if let Some(queue) = self.command_queue(target) {
                queue.announcer = announcer;
            }
        }
    }

    /// Lets a channel leave its application if that was requested and the queue is empty.
    fn leave_if_requested(&mut self, target: &MediaTarget) {
        let MediaTarget::Channel(id) = target else {
            return;
        };
        let channel = self
            .channels
            .get_mut(id)
            .filter(|channel| !channel.has_ended);
        match channel.and_then(|channel| channel.leave_to.take()) {
            Some(LeaveDestination::Dialplan(position)) => self.continue_in_dialplan(id, position),
            Some(LeaveDestination::Application(app, args)) => {
                self.move_to_application(id, &app, &args)
            }
            None => {}
        }
    }

    /// Ends all media of a channel that leaves.
    pub(crate) fn stop_channel_media(&mut self, id: &str) {
        self.stop_target_media(&MediaTarget::Channel(id.to_owned()));
    }

    pub(crate) fn stop_bridge_media(&mut self, id: &str) {
        self.stop_target_media(&MediaTarget::Bridge(id.to_owned()));
    }

    /// Ends the current media, and starts and immediately ends everything that is queued, in order.
    fn stop_target_media(&mut self, target: &MediaTarget) {
        let Some(queue) = self.command_queue(target) else {
            return;
        };
        let waiting = std::mem::take(&mut queue.waiting);
        let of_it = |playback: &Playback| playback.target == *target && playback.state != "queued";
        let playing = self.playbacks.iter().find(|(_, playback)| of_it(playback));
        if let Some(id) = playing.map(|(key, _)| key.clone()) {
            self.finish_playback(&id, "failed");
        }
        self.stop_recordings(target);
        for command in waiting {
            match command {
                Command::Playback(id) => {
                    self.begin_playback(target, &id);
                    self.finish_playback(&id, "failed");
                }
                Command::Recording(name) => {
                    self.begin_recording(target, &name);
                    self.finish_recording(&name, true);
                }
                Command::Dtmf(_) => {}
                Command::Run(run, response) => {
                    let result = run(self);
                    let _ = response.send(result);
                }
            }
        }
    }
}
