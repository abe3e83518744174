//! The reset between two tests of a program that stays connected.

use std::collections::BTreeSet;

use super::PbxState;
use crate::model::{App, Channel, OutboundId};

impl PbxState {
    /// Hangs up all calls and begins anew with the settings of the start. Only connections are kept,
    /// with the applications as they are right after connecting. WebSockets of applications that have
    /// changed since are closed: their programs would otherwise wait for events of subscriptions that
    /// no longer exist. They connect and subscribe again, as after a restart.
    pub(crate) fn reset(&mut self) {
        let channels: Vec<_> = self.channels.keys().cloned().collect();
        for id in channels {
            match self.channels.get(&id).map(Channel::is_sip) {
                Some(true) => self.hangup_remote(&id, 16),
                Some(false) => self.hangup_local(&id, 16),
                // It has ended with another one.
                None => {}
            }
        }
        let bridges: Vec<_> = self.bridges.keys().cloned().collect();
        for id in bridges {
            self.destroy_bridge(&id);
        }

        let mut fresh = self.successor();
        fresh.removed_requests += self.requests.len();
        fresh.removed_violations += self.violations.len();
        // A program may still know the ids of its last calls.
        fresh.channel_id_counter = self.channel_id_counter;
        fresh.name_counter = self.name_counter;
        fresh.started_at = std::mem::take(&mut self.started_at);
        fresh.sockets = std::mem::take(&mut self.sockets);
        let changed = self.apps.values().filter(|app| is_changed(app));
        let closing: BTreeSet<_> = changed.filter_map(|app| app.socket).collect();
        // The task of a connection closes it when its sender is dropped.
        for socket in &closing {
            fresh.sockets.remove(socket);
        }
        for (name, app) in self.apps.iter().filter(|(_, app)| app.is_registered()) {
            let is_closing = app.socket.is_some_and(|socket| closing.contains(&socket));
            // The server opens outbound WebSockets again.
            if is_closing && app.outbound.is_none() {
                continue;
            }
            let kept = App::registered(app.socket, app.outbound, app.subscribes_all);
            fresh.apps.insert(name.clone(), kept);
        }
        let waiting = fresh.take_over_outbound_sockets(self);
        *self = fresh;
        for id in waiting {
            self.connect_outbound_socket(id, 1);
        }
    }

    /// Takes over the persistent outbound WebSockets. Those of single calls close. Returns those that
    /// are not connected, with new ids, because the attempts to connect them belong to the old state.
    fn take_over_outbound_sockets(&mut self, old: &mut PbxState) -> Vec<OutboundId> {
        let mut waiting = Vec::new();
        while let Some((id, mut outbound)) = old.outbound_sockets.pop_first() {
            if outbound.call.is_some() || outbound.is_closing {
                // The task of the connection closes it when its sender is dropped.
                outbound.socket.map(|socket| self.sockets.remove(&socket));
                self.apps.retain(|_, app| app.outbound != Some(id));
                continue;
            }
            outbound.queued.clear();
            if outbound.socket.is_some() {
                self.outbound_sockets.insert(id, outbound);
                continue;
            }
            let (new, was_open) = (self.next_number(), outbound.was_open);
            self.outbound_sockets.insert(new, outbound);
            let mut own = Vec::new();
            self.apps.for_each_mut(|name, app| {
                if app.outbound == Some(id) {
                    app.outbound = Some(new);
                    own.push(name.clone());
                }
            });
            for name in own.iter().filter(|_| !was_open) {
                self.report_registration(name);
            }
            waiting.push(new);
        }
        waiting
    }
}

/// Returns whether requests have changed an application since it was registered, apart from
/// subscriptions to single channels and bridges, which end with these.
fn is_changed(app: &App) -> bool {
    let kinds = [&app.channels, &app.bridges, &app.endpoints, &app.devices];
    !app.allowed.is_empty()
        || !app.disallowed.is_empty()
        || app.endpoints.has_named()
        || app.devices.has_named()
        || kinds
            .iter()
            .any(|kind| kind.contains_all() != app.subscribes_all)
}
