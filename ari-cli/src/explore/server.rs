//! The HTTP server of the page, on the loopback interface.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::explorer::Explorer;
use super::routes;
use crate::error::CliError;

/// The maximum length of the head of a request.
const MAX_HEAD_SIZE: usize = 16 << 10;
/// The time in which the head of a request must arrive.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// The maximum number of connections. Further ones wait.
const MAX_CONNECTIONS: usize = 64;
/// The lifetime of a connection that has not sent the token.
const ANONYMOUS_TIMEOUT: Duration = Duration::from_secs(60);

/// Listens on a port of the loopback interface. 0 means any free port.
pub(super) async fn bind(port: u16) -> Result<TcpListener, CliError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    listener.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => CliError::other(format!(
            "port {port} is in use: give another one by --port, or 0 for any free port"
        )),
        _ => CliError::other(format!("cannot listen on port {port}: {error}")),
    })
}

/// Serves the page. Never returns.
pub(super) async fn accept_all(listener: TcpListener, explorer: Arc<Explorer>) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let explorer = Arc::clone(&explorer);
                tokio::spawn(async move {
                    serve(explorer, stream).await;
                    drop(place);
                });
            }
            // Most likely there are too many open files, and some may be closed soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Serves one connection.
async fn serve(explorer: Arc<Explorer>, stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let has_token = AtomicBool::new(false);
    let service = service_fn(|request| {
        let (explorer, has_token) = (Arc::clone(&explorer), &has_token);
        async move { Ok::<_, Infallible>(routes::respond(&explorer, request, has_token).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let anonymous = async {
        tokio::time::sleep(ANONYMOUS_TIMEOUT).await;
        if has_token.load(Ordering::Relaxed) {
            std::future::pending::<()>().await;
        }
    };
    // Errors of the connection are visible to the client.
    tokio::select! {
        _ = connection => {}
        () = anonymous => {}
    }
}
