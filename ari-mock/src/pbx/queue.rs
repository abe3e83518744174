//! Turns: what channels and bridges are told, and do one after the other.

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

    /// Puts something into the queue; it begins at once where nothing is going on.
    pub(super) fn enqueue(&mut self, target: &Target, command: Command) {
        if let Some(queue) = self.queue(target) {
            queue.waiting.push_back(command);
            self.go_on(target);
        }
    }

    /// Runs something when the queue of a channel comes to it: at once where nothing is going on.
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

    /// The same for what is answered before it is done.
    pub(crate) fn later(
        &mut self,
        id: &str,
        run: impl FnOnce(&mut World) + Send + 'static,
    ) -> Reply {
        // Whether it is done at once or later, nobody waits for it.
        let _ = self.in_turn(id, |world| {
            run(world);
            Answer::done()
        });
        Answer::done().into()
    }

    /// Sends keys to the other end when their turn comes; the queue waits until they are sent.
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
        let (id, target) = (id.clone(), target.clone());
        self.after(keys.before, move |world| {
            let length = keys.length + keys.between;
            let count = u32::try_from(keys.keys.chars().count()).unwrap_or(u32::MAX);
            world.press(&id, &keys.keys, keys.between, keys.length);
            let whole = length.saturating_mul(count) + keys.after;
            world.after(whole, move |world| world.let_go(&target));
        });
    }

    /// Does what is next, as long as nothing is under way.
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
                    // Who asked may have gone.
                    let _ = answer.send(result);
                }
            }
        }
    }

    /// Something begins that the rest of the queue has to wait for.
    pub(super) fn hold_up(&mut self, target: &Target) {
        if let Some(queue) = self.queue(target) {
            queue.busy = true;
        }
    }

    /// That has ended.
    pub(super) fn let_go(&mut self, target: &Target) {
        if let Some(queue) = self.queue(target) {
            queue.busy = false;
            self.go_on(target);
        }
    }

    /// The server's own channel that plays in a bridge: it stays from one playback to the next.
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

    /// A channel that was told to leave its application does so when nothing else waits.
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

    /// Ends what is going on, and all that waits, in order: it begins, and ends at once.
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

/// Keys that are to be sent.
pub(crate) struct Keys {
    pub(crate) keys: String,
    pub(crate) before: Duration,
    pub(crate) between: Duration,
    pub(crate) length: Duration,
    pub(crate) after: Duration,
}
