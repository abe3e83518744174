//! Probes over HTTP: `/ready` and `/live`, as Kubernetes and load balancers ask for them.

use std::convert::Infallible;
use std::time::Duration;

use ari_api::Client;
use bytes::Bytes;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// The time without a sign of life after which the process is not alive. The client sends a ping after
/// 15 seconds of silence, and gives the WebSocket up after 10 more.
const MAX_SILENCE: Duration = Duration::from_secs(150);

/// Serves the probes of an application until the future is dropped.
pub(crate) async fn serve(listener: TcpListener, client: Client, application: &'static str) {
    loop {
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                eprintln!("a probe did not connect: {error}");
                // Not in a busy loop, if the process has no descriptors left.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let client = client.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let response = respond(&client, application, request.uri().path());
            async { Ok::<_, Infallible>(response) }
        });
        tokio::spawn(async move {
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            // A probe that hangs up early needs no response.
            let _ = connection.await;
        });
    }
}

fn respond(client: &Client, application: &str, path: &str) -> Response<Full<Bytes>> {
    let connection = client.connection();
    let health = match path {
        "/ready" => connection.check_ready(&[application]),
        "/live" => connection.check_live(&[application], MAX_SILENCE),
        _ => return response(404, "the probes are /ready and /live\n".to_owned()),
    };
    match health {
        Ok(()) => response(200, "ok\n".to_owned()),
        Err(problem) => response(503, format!("{problem}\n")),
    }
}

fn response(status: u16, text: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(text));
    *response.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    response
}
