//! Tunnels through HTTP proxies.

use std::io;
use std::time::Duration;

use hyper::header::{HOST, HeaderValue, PROXY_AUTHORIZATION};
use hyper::{Method, Request as HttpRequest, StatusCode};

use crate::transport::http::address::Address;
use crate::transport::http::deadline::Deadline;
use crate::transport::http::http_connection::{HttpConnection, SendFailure, into_stream};
use crate::transport::http::proxy::authority;
use crate::transport::http::request::FullBody;
use crate::transport::http::request_timer::RequestTimer;
use crate::transport::http::stream::Stream;

/// Opens a tunnel to a host on a connection to the proxy.
pub(super) async fn open_tunnel(
    stream: Stream,
    target: &Address,
    authorization: Option<&HeaderValue>,
    limit: Duration,
) -> io::Result<Stream> {
    let target = authority(&target.host, target.port);
    let mut request = HttpRequest::new(FullBody::new(None));
    *request.method_mut() = Method::CONNECT;
    *request.uri_mut() = target.parse().map_err(io::Error::other)?;
    let headers = request.headers_mut();
    let host = HeaderValue::from_str(&target).map_err(io::Error::other)?;
    headers.insert(HOST, host);
    if let Some(authorization) = authorization {
        headers.insert(PROXY_AUTHORIZATION, authorization.clone());
    }
    let deadline = Deadline::within(limit);
    let timer = RequestTimer::new(deadline, None);
    let connection = HttpConnection::handshake(stream, timer).await;
    let mut connection = connection.map_err(io::Error::other)?;
    let response = connection.send(request, deadline).await;
    let response = response.map_err(|failure| match failure {
        SendFailure::Unused(_, error)
        | SendFailure::NotSent(error)
        | SendFailure::ConnectionBroken(error)
        | SendFailure::OutcomeUnknown(error) => io::Error::other(error.to_string()),
    })?;
    match response.status() {
        status if status.is_success() => {}
        // tinyproxy responds 401 to a wrong password.
        status @ (StatusCode::PROXY_AUTHENTICATION_REQUIRED | StatusCode::UNAUTHORIZED) => {
            return Err(io::Error::other(format!(
                "it refuses the tunnel with {status}: set its user and password with \
                 `Proxy::credentials`"
            )));
        }
        status => {
            return Err(io::Error::other(format!(
                "it refuses the tunnel to {target} with {status}: permit CONNECT to this host and \
                 port in its configuration"
            )));
        }
    }
    let (stream, read) = into_stream(response).await.map_err(io::Error::other)?;
    if !read.is_empty() {
        return Err(io::Error::other("data arrived before anything was sent"));
    }
    Ok(stream)
}
