//! The listener, with or without TLS.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
#[cfg(feature = "tls")]
use tokio_rustls::TlsAcceptor;

use super::http;
use super::state::Server;
#[cfg(feature = "tls")]
use super::tls;
use crate::model::Settings;

/// Listens on a port of the loopback interface. 0 means any free port.
pub(crate) async fn bind(port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await
}

pub(crate) struct Listener {
    listener: TcpListener,
    #[cfg(feature = "tls")]
    tls: Option<TlsAcceptor>,
}

impl Listener {
    /// Listens on an address. The port 0 means any free port.
    #[cfg_attr(
        not(feature = "tls"),
        expect(unused_variables, reason = "they are of TLS")
    )]
    pub(crate) async fn bind(address: SocketAddr, settings: &Settings) -> io::Result<Listener> {
        Ok(Listener {
            #[cfg(feature = "tls")]
            tls: settings.tls.as_ref().map(tls::acceptor).transpose()?,
            listener: TcpListener::bind(address).await?,
        })
    }

    /// Returns the address, with the port that was found.
    pub(crate) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Accepts connections.
    pub(crate) async fn accept_all(self, server: Arc<Server>) {
        loop {
            match self.listener.accept().await {
                Ok((stream, _)) => self.serve(&server, stream),
                // Most likely there are too many open files, and some may be closed soon.
                Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
            }
        }
    }

    fn serve(&self, server: &Arc<Server>, stream: TcpStream) {
        // Responses are written in one piece, so delaying them would only cost time.
        let _ = stream.set_nodelay(true);
        let own = Arc::clone(server);
        #[cfg(feature = "tls")]
        if let Some(acceptor) = self.tls.clone() {
            let task = tokio::spawn(async move {
                // A client that does not trust the certificate ends the handshake.
                if let Ok(stream) = acceptor.accept(stream).await {
                    http::serve(own, stream).await;
                }
            });
            return server.track_connection(&task);
        }
        server.track_connection(&tokio::spawn(http::serve(own, stream)));
    }
}
