//! Outbound WebSockets: persistent ones, which the server opens when it starts, and those of single
//! calls, which it opens when a call enters an application. It opens them again when they are lost.

use std::time::Duration;

use ari_api::schema::Version;

use super::PbxState;
use super::state::NetworkRequest;
use crate::json::Object;
use crate::model::{App, OutboundId, OutboundSocket, SocketId};

/// The interval at which the thread of the channel checks that the WebSocket is open.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);

/// The time from `StasisEnd` to the end of the WebSocket of a call.
const CLOSE_DELAY: Duration = Duration::from_secs(3);

/// The attempts to connect for a call, and the pauses between attempts.
const MAX_ATTEMPTS: u32 = 4;
const RETRY_DELAY: Duration = Duration::from_millis(500);

/// Returns whether a version has outbound WebSockets.
fn is_supported(version: Version) -> bool {
    let since = match version.major {
        20 => Version::new(20, 15, 0),
        21 => Version::new(21, 10, 0),
        22 => Version::new(22, 5, 0),
        _ => Version::new(23, 0, 0),
    };
    version >= since
}

impl PbxState {
    /// Opens the persistent WebSockets that are configured.
    pub(crate) fn open_persistent_sockets(&mut self) {
        let version = self.settings.version;
        if !is_supported(version) {
            let has_none = self.settings.persistent_websockets.is_empty()
                && self.settings.per_call_apps.is_empty();
            if !has_none {
                self.log.push(format!(
                    "WARNING: {version} has no outbound WebSockets, so that none is opened: they need \
                     Asterisk 20.15, 21.10, 22.5 or later"
                ));
            }
            return;
        }
        for configured in self.settings.persistent_websockets.clone() {
            let mut socket = OutboundSocket::new(configured.client, configured.applications);
            socket.is_read_only = configured.is_read_only;
            self.open_outbound_socket(socket, configured.subscribes_all);
        }
    }

    /// Opens a WebSocket for a call, if it is configured for the application. The call enters the
    /// application once the WebSocket is open.
    pub(super) fn open_call_socket(&mut self, id: &str, app: &str, args: &[String]) -> bool {
        let client = self.settings.per_call_apps.get(app).cloned();
        let Some(client) = client.filter(|_| is_supported(self.settings.version)) else {
            return false;
        };
        let Some(channel) = self.channels.get(id) else {
            return false;
        };
        let name = format!("{app}:{}", channel.name);
        let mut socket = OutboundSocket::new(client, vec![name.clone()]);
        socket.call = Some(id.to_owned());
        let socket = self.open_outbound_socket(socket, false);
        self.check_call_socket(socket, id, name, args.to_vec());
        true
    }

    /// Registers the applications of a WebSocket, and connects it.
    fn open_outbound_socket(&mut self, socket: OutboundSocket, subscribes_all: bool) -> OutboundId {
        let id = self.next_number();
        let applications = socket.applications.clone();
        self.outbound_sockets.insert(id, socket);
        for name in &applications {
            let app = App::registered(None, Some(id), subscribes_all);
            self.apps.insert(name.clone(), app);
            self.report_registration(name);
        }
        self.connect_outbound_socket(id, 1);
        id
    }

    /// Reports to an application of an outbound WebSocket that it is registered.
    pub(super) fn report_registration(&mut self, name: &str) {
        self.send_to(name, "ApplicationRegistered", Object::new());
    }

    pub(super) fn connect_outbound_socket(&mut self, id: OutboundId, attempt: u32) {
        let Some(socket) = self.outbound_sockets.get(&id) else {
            return;
        };
        match self.settings.websocket_clients.get(&socket.client).cloned() {
            Some(client) => self.request_network(NetworkRequest::ConnectOutbound {
                client,
                id,
                attempt,
            }),
            None => {
                let reason = "the client is not configured";
                self.on_outbound_refused(id, MAX_ATTEMPTS, reason);
            }
        }
    }

    /// Writes a line about an outbound WebSocket.
    fn log_outbound(&mut self, id: OutboundId, text: impl FnOnce(&str, &str) -> String) {
        let socket = self.outbound_sockets.get(&id);
        let name = socket
            .map(|socket| socket.client.as_str())
            .unwrap_or_default();
        let client = self.settings.websocket_clients.get(name);
        let url = client.map(|client| client.url.as_str()).unwrap_or_default();
        let line = text(name, url);
        self.log.push(line);
    }

    /// Makes the call enter its application when the WebSocket is open.
    fn check_call_socket(&mut self, socket: OutboundId, id: &str, app: String, args: Vec<String>) {
        self.run_after_for_channel(id, CHECK_INTERVAL, move |pbx, id| {
            match pbx.outbound_sockets.get(&socket) {
                Some(open) if open.was_open => pbx.start_application(id, &app, &args, None),
                Some(_) => pbx.check_call_socket(socket, id, app, args),
                None => {}
            }
        });
    }

    /// Sends the events that have waited for the WebSocket, and assigns its applications to it.
    pub(crate) fn on_outbound_opened(&mut self, id: OutboundId, socket: SocketId) {
        let Some(opened) = self.outbound_sockets.get_mut(&id) else {
            return;
        };
        opened.socket = Some(socket);
        opened.is_failing = false;
        let queued = std::mem::take(&mut opened.queued);
        let was_open = std::mem::replace(&mut opened.was_open, true);
        let applications = opened.applications.clone();
        if let Some(socket) = self.sockets.get(&socket) {
            for message in queued {
                // Sending fails only if the socket is just being closed.
                let _ = socket.send(message);
            }
        }
        self.log_outbound(id, |name, url| {
            format!("NOTICE: {name}: outbound WebSocket connected to {url}")
        });
        for name in applications {
            let own = self.apps.get_mut(&name);
            let Some(app) = own.filter(|app| app.outbound == Some(id)) else {
                continue;
            };
            app.socket = Some(socket);
            if was_open {
                self.report_registration(&name);
            }
        }
    }

    /// Opens the outbound WebSocket of a lost connection again, unless its call has left.
    pub(super) fn on_outbound_lost(&mut self, connection: SocketId) {
        let mut all = self.outbound_sockets.iter();
        let found = all.find(|(_, it)| it.socket == Some(connection));
        let Some(id) = found.map(|(id, _)| *id) else {
            return;
        };
        let Some(socket) = self.outbound_sockets.get_mut(&id) else {
            return;
        };
        socket.socket = None;
        match socket.is_closing {
            true => self.remove_outbound_socket(id),
            false => {
                self.log_outbound(id, |name, url| {
                    format!("WARNING: {name}: outbound WebSocket to {url} lost, reconnecting")
                });
                self.connect_outbound_socket(id, 1);
            }
        }
    }

    fn remove_outbound_socket(&mut self, id: OutboundId) {
        self.outbound_sockets.remove(&id);
        self.apps.retain(|_, app| app.outbound != Some(id));
    }

    /// Tries again to connect. The call of a single WebSocket continues in the dialplan after some
    /// attempts, once its playback has ended.
    pub(crate) fn on_outbound_refused(&mut self, id: OutboundId, attempt: u32, reason: &str) {
        let Some(socket) = self.outbound_sockets.get_mut(&id) else {
            return;
        };
        let was_failing = std::mem::replace(&mut socket.is_failing, true);
        if !was_failing {
            self.log_outbound(id, |name, url| {
                format!(
                    "WARNING: {name}: outbound WebSocket to {url} failed: {reason}; retrying every \
                     {} ms",
                    RETRY_DELAY.as_millis()
                )
            });
        }
        let Some(socket) = self.outbound_sockets.get_mut(&id) else {
            return;
        };
        let call = socket.call.clone();
        let Some(channel) = call.filter(|_| attempt >= MAX_ATTEMPTS) else {
            self.run_after(RETRY_DELAY, move |pbx| {
                pbx.connect_outbound_socket(id, attempt.saturating_add(1));
            });
            return;
        };
        socket.is_closing = true;
        self.queue_and_respond(&channel.clone(), move |pbx| {
            pbx.end_application(&channel);
            pbx.remove_outbound_socket(id);
            pbx.set_variable(&channel, "STASISSTATUS", Some("FAILED"), false);
            pbx.schedule_next_step(&channel, Duration::ZERO);
        });
    }

    /// Closes the WebSocket of a call that has left, some seconds later.
    pub(super) fn close_call_socket(&mut self, channel: &str) {
        let mut all = self.outbound_sockets.iter();
        let Some((id, _)) = all.find(|(_, it)| it.call.as_deref() == Some(channel)) else {
            return;
        };
        let id = *id;
        self.run_after(CLOSE_DELAY, move |pbx| {
            let Some(socket) = pbx.outbound_sockets.get_mut(&id) else {
                return;
            };
            socket.is_closing = true;
            match socket.socket {
                // The task of the connection closes it when this sender is dropped.
                Some(connection) => drop(pbx.sockets.remove(&connection)),
                None => pbx.remove_outbound_socket(id),
            }
        });
    }
}
