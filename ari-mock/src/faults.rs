//! Making things go wrong.

use std::time::Duration;

use tokio_tungstenite::tungstenite::Message;

use crate::Asterisk;
use crate::server::{Answer, Fault, Harm};

impl Asterisk {
    /// Answers the next call of an operation, such as `channels.answer`, with a failure instead of
    /// doing it; `*` is any operation. Opening a WebSocket is `events.eventWebsocket`.
    pub fn fail(&self, operation: &str, status: u16, message: &str) {
        self.fail_times(operation, status, message, 1);
    }

    /// The same for so many calls.
    pub fn fail_times(&self, operation: &str, status: u16, message: &str, times: usize) {
        let answer = Answer::refused(status, message);
        self.harm(operation, Harm::Answer(answer), times);
    }

    /// Takes so long for every answer from here on.
    pub fn delay_answers(&self, time: Duration) {
        self.server.with(|world| world.delay = time);
    }

    /// Does the next call of an operation, such as `channels.answer`, so much later; `*` is any
    /// operation. Requests behind it on the same WebSocket wait, too.
    pub fn delay(&self, operation: &str, time: Duration) {
        self.harm(operation, Harm::Delay(time), 1);
    }

    fn harm(&self, operation: &str, what: Harm, left: usize) {
        let fault = Fault {
            operation: operation.to_owned(),
            what,
            left,
        };
        self.server.with(|world| world.faults.push(fault));
    }

    /// Sends text to all WebSockets, whatever it is.
    pub fn send_text(&self, text: &str) {
        self.send(&Message::text(text));
    }

    /// Sends a binary message to all WebSockets, which a real server never does.
    pub fn send_binary(&self, bytes: &[u8]) {
        self.send(&Message::binary(bytes.to_vec()));
    }

    fn send(&self, message: &Message) {
        self.server.with(|world| {
            for socket in world.sockets.values() {
                // A socket that is just closing does not mind.
                let _ = socket.send(message.clone());
            }
        });
    }

    /// Cuts off all connections, WebSockets among them, without good-byes. Calls go on.
    pub fn drop_connections(&self) {
        self.server.cut_off();
    }

    /// Cuts off the WebSocket that an application has, without a good-bye. Tells whether it has
    /// one.
    pub fn drop_socket(&self, application: &str) -> bool {
        let socket = self.server.look(|world| {
            let app = world.apps.get(application);
            app.and_then(|app| app.socket)
        });
        socket.is_some_and(|socket| self.server.cut_off_socket(socket))
    }
}
