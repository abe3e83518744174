//! Fault injection.

use std::time::Duration;

use tokio_tungstenite::tungstenite::Message;

use super::Asterisk;
use crate::rest::{Fault, FaultAction, Response};

impl Asterisk {
    /// Makes the next request for an operation, such as `channels.answer`, fail. The operation is
    /// not executed. `*` matches any operation, and `events.eventWebsocket` is the opening of a
    /// WebSocket.
    pub fn fail(&self, operation: &str, status: u16, message: &str) {
        self.fail_times(operation, status, message, 1);
    }

    /// Makes the next `times` requests for an operation fail.
    pub fn fail_times(&self, operation: &str, status: u16, message: &str, times: usize) {
        let response = Response::error(status, message);
        self.add_fault(operation, FaultAction::Response(response), times);
    }

    /// Delays every response from now on.
    pub fn delay_responses(&self, time: Duration) {
        self.server.update(|pbx| pbx.response_delay = time);
    }

    /// Delays the execution of the next request for an operation, such as `channels.answer`. `*`
    /// matches any operation. Later requests on the same WebSocket are delayed, too.
    pub fn delay(&self, operation: &str, time: Duration) {
        self.add_fault(operation, FaultAction::Delay(time), 1);
    }

    fn add_fault(&self, operation: &str, what: FaultAction, left: usize) {
        let fault = Fault {
            operation: operation.to_owned(),
            action: what,
            remaining: left,
        };
        self.server.update(|pbx| pbx.faults.push(fault));
    }

    /// Sends any text to all WebSockets.
    pub fn send_text(&self, text: &str) {
        self.send_to_all(&Message::text(text));
    }

    /// Sends a binary message to all WebSockets, which a real server never does.
    pub fn send_binary(&self, bytes: &[u8]) {
        self.send_to_all(&Message::binary(bytes.to_vec()));
    }

    fn send_to_all(&self, message: &Message) {
        self.server.update(|pbx| {
            for socket in pbx.sockets.values() {
                // Sending fails only if the socket is just being closed.
                let _ = socket.send(message.clone());
            }
        });
    }

    /// Aborts all connections, including WebSockets, without a closing handshake. Calls continue.
    pub fn drop_connections(&self) {
        self.server.abort_connections();
    }

    /// Aborts the WebSocket of an application without a closing handshake. Returns `false` if the
    /// application has no WebSocket.
    pub fn drop_socket(&self, application: &str) -> bool {
        let socket = self.server.read(|pbx| {
            let app = pbx.apps.get(application);
            app.and_then(|app| app.socket)
        });
        socket.is_some_and(|socket| self.server.abort_socket(socket))
    }
}
