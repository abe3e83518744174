//! Outbound WebSockets of single calls: the server opens one when a call enters an application, and
//! opens it again when it is lost.

use std::time::Duration;

use ari_api::schema::Version;

use super::PbxState;
use super::state::NetworkRequest;
use crate::json::Object;
use crate::model::{App, CallSocket, SocketId};

/// The interval at which the thread of the channel checks that the WebSocket is open.
const CHECK_INTERVAL: Duration = Duration::from_millis(500);

/// The time from `StasisEnd` to the end of the WebSocket.
const CLOSE_DELAY: Duration = Duration::from_secs(3);

/// The attempts to connect, and the pauses between them.
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
        let call = CallSocket {
            channel: id.to_owned(),
            client,
            queued: Vec::new(),
            was_open: false,
            is_closing: false,
        };
        let registered = App {
            call: Some(call),
            ..App::default()
        };
        self.apps.insert(name.clone(), registered);
        self.send_to(&name, "ApplicationRegistered", Object::new());
        self.connect_call_socket(&name, 1);
        self.check_call_socket(id, name, args.to_vec());
        true
    }

    fn call_socket(&mut self, app: &str) -> Option<&mut CallSocket> {
        self.apps.get_mut(app)?.call.as_mut()
    }

    fn connect_call_socket(&mut self, app: &str, attempt: u32) {
        let Some(name) = self.call_socket(app).map(|call| call.client.clone()) else {
            return;
        };
        match self.settings.websocket_clients.get(&name).cloned() {
            Some(client) => self.request_network(NetworkRequest::ConnectCall {
                client,
                application: app.to_owned(),
                attempt,
            }),
            None => self.on_call_socket_refused(app, MAX_ATTEMPTS),
        }
    }

    /// Makes the call enter its application when the WebSocket is open.
    fn check_call_socket(&mut self, id: &str, app: String, args: Vec<String>) {
        self.run_after_for_channel(id, CHECK_INTERVAL, move |pbx, id| {
            let Some(call) = pbx.call_socket(&app) else {
                return;
            };
            match call.was_open {
                true => pbx.start_application(id, &app, &args, None),
                false => pbx.check_call_socket(id, app, args),
            }
        });
    }

    /// Sends the events that have waited for the WebSocket.
    pub(super) fn on_call_socket_opened(&mut self, app: &str, socket: SocketId) {
        let Some(call) = self.call_socket(app) else {
            return;
        };
        let queued = std::mem::take(&mut call.queued);
        let was_open = std::mem::replace(&mut call.was_open, true);
        if let Some(socket) = self.sockets.get(&socket) {
            for message in queued {
                // Sending fails only if the socket is just being closed.
                let _ = socket.send(message);
            }
        }
        if was_open {
            self.send_to(app, "ApplicationRegistered", Object::new());
        }
    }

    /// Opens a lost WebSocket again, unless the call has left.
    pub(super) fn on_call_socket_lost(&mut self, app: &str) {
        match self.call_socket(app).map(|call| call.is_closing) {
            Some(true) => {
                self.apps.remove(app);
            }
            Some(false) => self.connect_call_socket(app, 1),
            None => {}
        }
    }

    /// Tries again to connect, or continues the call in the dialplan once its playback has ended.
    pub(crate) fn on_call_socket_refused(&mut self, app: &str, attempt: u32) {
        if attempt < MAX_ATTEMPTS {
            let app = app.to_owned();
            self.run_after(RETRY_DELAY, move |pbx| {
                pbx.connect_call_socket(&app, attempt + 1);
            });
            return;
        }
        let Some(call) = self.call_socket(app) else {
            return;
        };
        call.is_closing = true;
        let (id, app) = (call.channel.clone(), app.to_owned());
        self.queue_and_respond(&id.clone(), move |pbx| {
            pbx.end_application(&id);
            pbx.apps.remove(&app);
            pbx.set_variable(&id, "STASISSTATUS", Some("FAILED"), false);
            pbx.schedule_next_step(&id, Duration::ZERO);
        });
    }

    /// Closes the WebSocket of a call that has left, some seconds later.
    pub(super) fn close_call_socket(&mut self, app: &str, id: &str) {
        if self.call_socket(app).is_none_or(|call| call.channel != id) {
            return;
        }
        let app = app.to_owned();
        self.run_after(CLOSE_DELAY, move |pbx| {
            let Some(call) = pbx.call_socket(&app) else {
                return;
            };
            call.is_closing = true;
            match pbx.apps.get(&app).and_then(|app| app.socket) {
                // The task of the WebSocket closes it when this sender is dropped.
                Some(socket) => drop(pbx.sockets.remove(&socket)),
                None => pbx.on_call_socket_lost(&app),
            }
        });
    }
}
