//! The command queues of channels and bridges, which run commands one after the other.

use std::time::Duration;

use tokio::sync::oneshot;

use super::{Command, Leaving, Queue, Run, Target, World};
use crate::server::{Answer, Reply};

impl World {
    fn queue(&mut self, target: &Target) -> Option<&mut Queue> {
        match target {
            Target::Channel(id) => self.channels.get_mut(id).map(|channel| &mut channel.queue),
            Target::Bridge(id) => self.bridges.get_mut(id).map(|bridge| &mut bridge.queue),
        }
    }

    /// Adds a command to the queue. It begins immediately if the queue is idle.
    pub(super) fn enqueue(&mut self, target: &Target, command: Command) {
        if let Some(queue) = self.queue(target) {
            queue.waiting.push_back(command);
            self.go_on(target);
        }
    }

    /// Runs a function when the queue of a channel reaches it, which is immediately if the queue is
    /// idle. The response is sent after that.
    pub(crate) fn in_turn(
        &mut self,
        id: &str,
        run: impl FnOnce(&mut World) -> Answer + Send + 'static,
    ) -> Reply {
        let (answer, mut later) = oneshot::channel();
        let run: Run = Box::new(run);
        self.enqueue(&Target::Channel(id.to_owned()), Command::Run(run, answer));
        match later.try_recv() {
            Ok(answer) => answer.into(),
            Err(_) => Reply::Later(later),
        }
    }

    /// Runs a function when the queue of a channel reaches it. The response is sent immediately.
    pub(crate) fn later(
        &mut self,
        id: &str,
        run: impl FnOnce(&mut World) + Send + 'static,
    ) -> Reply {
        // Nobody waits for the result, so it does not matter when the function runs.
        let _ = self.in_turn(id, |world| {
            run(world);
            Answer::done()
        });
        Answer::done().into()
    }

    /// Sends DTMF to the far end when the queue reaches this command. The queue continues when all
    /// of it is sent.
    pub(crate) fn press_in_turn(&mut self, id: &str, keys: Keys) -> Reply {
        let target = Target::Channel(id.to_owned());
        self.enqueue(&target, Command::Keys(keys));
        Answer::done().into()
    }

    fn begin_keys(&mut self, target: &Target, keys: Keys) {
        let Target::Channel(id) = target else {
            return;
        };
        self.hold_up(target);
        let target = target.clone();
        self.after_for(id, keys.before, move |world, id| {
            let length = keys.length + keys.between;
            let count = u32::try_from(keys.keys.chars().count()).unwrap_or(u32::MAX);
            world.press(id, &keys.keys, keys.between, keys.length);
            let whole = length.saturating_mul(count) + keys.after;
            world.after_for(id, whole, move |world, _| world.let_go(&target));
        });
    }

    /// Runs the next commands until one of them blocks the queue.
    fn go_on(&mut self, target: &Target) {
        while let Some(queue) = self.queue(target)
            && !queue.busy
        {
            let Some(command) = queue.waiting.pop_front() else {
                let announcer = queue.announcer.take();
                self.dismiss(target, announcer);
                self.take_leave(target);
                return;
            };
            match command {
                Command::Playback(id) => self.begin_playback(target, &id),
                Command::Recording(name) => self.begin_recording(target, &name),
                Command::Keys(keys) => self.begin_keys(target, keys),
                Command::Run(run, answer) => {
                    let result = run(self);
                    // The requester may have disconnected.
                    let _ = answer.send(result);
                }
            }
        }
    }

    /// Blocks the queue while a command is in progress.
    pub(super) fn hold_up(&mut self, target: &Target) {
        if let Some(queue) = self.queue(target) {
            queue.busy = true;
        }
    }

    /// Unblocks the queue and runs the next commands.
    pub(super) fn let_go(&mut self, target: &Target) {
        if let Some(queue) = self.queue(target) {
            queue.busy = false;
            self.go_on(target);
        }
    }

    /// Adds the server's own channel that plays into a bridge, unless it is still there from the
    /// previous playback.
    pub(super) fn need_announcer(&mut self, target: &Target) {
        if self
            .queue(target)
            .is_some_and(|queue| queue.announcer.is_none())
        {
            let announcer = self.help(target, "Announcer/ARI");
            if let Some(queue) = self.queue(target) {
                queue.announcer = announcer;
            }
        }
    }

    /// Lets a channel leave its application if that was requested and the queue is empty.
    fn take_leave(&mut self, target: &Target) {
        let Target::Channel(id) = target else {
            return;
        };
        let channel = self.channels.get_mut(id).filter(|channel| !channel.ended);
        match channel.and_then(|channel| channel.leaving.take()) {
            Some(Leaving::Dialplan(position)) => self.continue_at(id, position),
            Some(Leaving::Application(app, args)) => self.move_to(id, &app, &args),
            None => {}
        }
    }

    /// Ends all media of a channel that leaves.
    pub(crate) fn stop_media(&mut self, id: &str) {
        self.stop_all(&Target::Channel(id.to_owned()));
    }

    pub(crate) fn stop_bridge_media(&mut self, id: &str) {
        self.stop_all(&Target::Bridge(id.to_owned()));
    }

    /// Ends the current media, and starts and immediately ends everything that is queued, in order.
    fn stop_all(&mut self, target: &Target) {
        let Some(queue) = self.queue(target) else {
            return;
        };
        let waiting = std::mem::take(&mut queue.waiting);
        let of_it =
            |playback: &&super::Playback| playback.target == *target && playback.state != "queued";
        let playing = self.playbacks.values().find(of_it);
        if let Some(id) = playing.map(|playback| playback.id.clone()) {
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
                Command::Keys(_) => {}
                Command::Run(run, answer) => {
                    let result = run(self);
                    let _ = answer.send(result);
                }
            }
        }
    }
}

/// DTMF that is to be sent.
pub(crate) struct Keys {
    pub(crate) keys: String,
    pub(crate) before: Duration,
    pub(crate) between: Duration,
    pub(crate) length: Duration,
    pub(crate) after: Duration,
}
