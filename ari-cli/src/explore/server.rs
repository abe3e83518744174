//! The HTTP server of the page, on the loopback interface.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};

use super::explorer::Explorer;
use super::places::{Place, Places};
use super::routes;
use crate::error::CliError;

/// The maximum length of the head of a request.
const MAX_HEAD_SIZE: usize = 16 << 10;
/// The time in which the head of a request must arrive.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
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
    let places = Places::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(serve(Arc::clone(&explorer), stream, places.enter()));
            }
            // Most likely there are too many open files, and some may be closed soon.
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// Serves one connection.
async fn serve(explorer: Arc<Explorer>, stream: TcpStream, place: Place) {
    let _ = stream.set_nodelay(true);
    let place = &place;
    let service = service_fn(|request| {
        let explorer = Arc::clone(&explorer);
        async move { Ok::<_, Infallible>(routes::respond(&explorer, request, place).await) }
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_HEAD_SIZE)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let anonymous = async {
        tokio::time::sleep(ANONYMOUS_TIMEOUT).await;
        if place.is_trusted() {
            std::future::pending::<()>().await;
        }
    };
    // Errors of the connection are visible to the client.
    tokio::select! {
        _ = connection => {}
        () = anonymous => {}
        () = place.wait_needed() => {}
    }
}
