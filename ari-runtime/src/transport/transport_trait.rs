//! Transports, which carry requests to a server and responses back.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use crate::error::types::Error;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::transport::web_socket::WebSocket;

/// A boxed future, as transports return it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests to a server. Implement it to reach Asterisk in another way, or to return
/// responses in tests.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and waits for its response, of any status.
    ///
    /// The errors are those of the transmission: [`Error::NotSent`] and [`Error::OutcomeUnknown`].
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>>;

    /// Opens the WebSocket that a request asks for.
    ///
    /// The errors are those of [`Transport::send`], and [`Error::Response`] if the server responds
    /// with anything but an upgrade.
    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>>;

    /// Closes the connections that are kept open for later requests. Later requests open new ones.
    fn close(&self) {}

    /// Returns the name or IP address of the server and its port, for the spans of requests. `None`
    /// if the transport has no server with an address.
    fn server_address(&self) -> Option<(&str, u16)> {
        None
    }
}

impl<T: Transport + ?Sized> Transport for Box<T> {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        (**self).connect(request)
    }

    fn close(&self) {
        (**self).close();
    }

    fn server_address(&self) -> Option<(&str, u16)> {
        (**self).server_address()
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        (**self).send(request)
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        (**self).connect(request)
    }

    fn close(&self) {
        (**self).close();
    }

    fn server_address(&self) -> Option<(&str, u16)> {
        (**self).server_address()
    }
}
