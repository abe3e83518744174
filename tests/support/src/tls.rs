//! TLS in front of the scripted server.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;

use tokio::io::copy_bidirectional;
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;

use crate::Server;

impl Server {
    /// Accepts TLS, too, on a port of its own. Returns the URL of its ARI there, whose host is
    /// `localhost`.
    pub fn start_tls(&self, config: ServerConfig) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket");
        let port = listener.local_addr().expect("an address").port();
        let (acceptor, server) = (TlsAcceptor::from(Arc::new(config)), self.address());
        // In a thread of its own, like the server.
        thread::spawn(move || {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_io().build().expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(forward(acceptor.clone(), stream, server));
                }
            });
        });
        format!("https://localhost:{port}/ari")
    }
}

/// Forwards a connection to the server. The client may not trust the certificate.
async fn forward(acceptor: TlsAcceptor, stream: TcpStream, server: SocketAddr) {
    let Ok(mut client) = acceptor.accept(stream).await else {
        return;
    };
    let Ok(mut server) = TcpStream::connect(server).await else {
        return;
    };
    // Ends with either side.
    let _ = copy_bidirectional(&mut client, &mut server).await;
}
