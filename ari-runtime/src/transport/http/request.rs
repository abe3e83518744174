//! Conversion of requests to those of hyper.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use hyper::header::{AUTHORIZATION, CONTENT_TYPE, HOST, HeaderName, HeaderValue};
use hyper::{Method as HttpMethod, Request as HttpRequest, Uri};

use crate::error::types::Error;
use crate::protocol::subprotocol;
use crate::request::untyped_request::Request;
use crate::schema::operation::Method;
use crate::transport::http::address::Address;
use crate::transport::http::errors::not_sent;

/// The header of W3C Trace Context.
const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// Returns the HTTP request to `address`.
pub(super) fn http_request(
    address: &Address,
    authorization: Option<&HeaderValue>,
    request: &Request,
) -> Result<HttpRequest<FullBody>, Error> {
    let target = request.path_and_query();
    let target = match request.operation().websocket_protocol {
        Some(subprotocol::MEDIA) => address.path_outside_ari(&target),
        _ => address.path(&target),
    };
    let uri = Uri::from_maybe_shared(Bytes::from(target));
    let mut http_request = HttpRequest::new(FullBody::new(request.body().cloned()));
    *http_request.uri_mut() =
        uri.map_err(|source| not_sent(request.operation(), address, source))?;
    *http_request.method_mut() = match request.method() {
        Method::Get => HttpMethod::GET,
        Method::Post => HttpMethod::POST,
        Method::Put => HttpMethod::PUT,
        Method::Patch => HttpMethod::PATCH,
        Method::Delete => HttpMethod::DELETE,
    };
    let headers = http_request.headers_mut();
    headers.insert(HOST, address.authority.clone());
    if let Some(authorization) = authorization {
        headers.insert(AUTHORIZATION, authorization.clone());
    }
    if request.body().is_some() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(context) = request.trace_context()
        // Its text is hexadecimal digits and hyphens.
        && let Ok(value) = HeaderValue::try_from(context.to_string())
    {
        headers.insert(TRACEPARENT, value);
    }
    Ok(http_request)
}

/// The body of a request or of a response, which may be empty.
#[derive(Clone)]
pub(crate) struct FullBody(Option<Bytes>);

impl FullBody {
    pub(crate) fn new(bytes: Option<Bytes>) -> Self {
        FullBody(bytes.filter(|bytes| !bytes.is_empty()))
    }
}

impl Body for FullBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        Poll::Ready(self.0.take().map(|bytes| Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.as_ref().map_or(0, |bytes| bytes.len() as u64))
    }
}
