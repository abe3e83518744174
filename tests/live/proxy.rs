//! A TCP proxy in front of a server, for gaps in the connection.

use std::io::copy;
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use crate::asterisk::Asterisk;

/// A proxy to a server, which can cut its connections.
#[derive(Clone)]
pub(super) struct Proxy {
    port: u16,
    /// The connections that cannot be opened.
    down: Arc<Mutex<Option<Cut>>>,
    connections: Arc<Mutex<Vec<Connection>>>,
}

/// The connections that are cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cut {
    /// All, on the client's side. The server does not notice it, and calls go on entering the
    /// application.
    All,
    /// All, on both sides. No channel can enter the application.
    AllOnBothSides,
    /// The WebSockets, on the client's side. Requests go on.
    Sockets,
    /// The WebSockets, on both sides.
    SocketsOnBothSides,
}

impl Cut {
    fn is_of_sockets(self) -> bool {
        matches!(self, Cut::Sockets | Cut::SocketsOnBothSides)
    }

    fn is_on_both_sides(self) -> bool {
        matches!(self, Cut::AllOnBothSides | Cut::SocketsOnBothSides)
    }
}

struct Connection {
    is_socket: bool,
    near: TcpStream,
    far: TcpStream,
}

impl Proxy {
    pub(super) fn start(server: &Asterisk) -> Self {
        let server = server.http_port();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy {
            port: listener.local_addr().unwrap().port(),
            down: Arc::default(),
            connections: Arc::default(),
        };
        let own = proxy.clone();
        thread::spawn(move || {
            for near in listener.incoming().flatten() {
                let own = own.clone();
                thread::spawn(move || own.connect(near, server));
            }
        });
        proxy
    }

    /// Forwards a connection, unless it is cut.
    fn connect(&self, near: TcpStream, server: u16) {
        let mut begin = [0; 32];
        let is_socket = near
            .peek(&mut begin)
            .is_ok_and(|length| String::from_utf8_lossy(&begin[..length]).contains("/events?"));
        let down = self.down.lock().unwrap();
        if down.is_some_and(|cut| is_socket || !cut.is_of_sockets()) {
            return;
        }
        let Ok(far) = TcpStream::connect(("127.0.0.1", server)) else {
            return;
        };
        for (from, to) in [(&near, &far), (&far, &near)] {
            let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
            thread::spawn(move || copy(&mut from, &mut to));
        }
        self.connections.lock().unwrap().push(Connection {
            is_socket,
            near,
            far,
        });
        drop(down);
    }

    /// Returns the address of ARI by this proxy.
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/ari", self.port)
    }

    /// Cuts connections, and accepts no new ones of that kind.
    pub(super) fn cut(&self, cut: Cut) {
        *self.down.lock().unwrap() = Some(cut);
        let mut connections = self.connections.lock().unwrap();
        for connection in connections.iter() {
            if !connection.is_socket && cut.is_of_sockets() {
                continue;
            }
            connection.near.shutdown(Shutdown::Both).ok();
            if cut.is_on_both_sides() {
                connection.far.shutdown(Shutdown::Both).ok();
            }
        }
        // The server's side stays open until the end of the test.
        if cut.is_on_both_sides() {
            connections.retain(|it| !it.is_socket && cut.is_of_sockets());
        }
    }

    /// Accepts connections again.
    pub(super) fn mend(&self) {
        *self.down.lock().unwrap() = None;
    }
}
