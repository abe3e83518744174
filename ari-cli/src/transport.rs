//! The transport of a command: HTTP that prints requests with `-v`, and that does not take over
//! applications when it reconnects.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ari_api::Error;
use ari_api::client::decode_json;
use ari_api::operations::applications;
use ari_api::transport::{BoxFuture, Request, Response, Transport, WebSocket};
use serde_json::Value;

use crate::registration::{self, TakeOver};
use crate::verbose::Verbose;

/// The transport for everything that the command and the library send.
#[derive(Debug)]
pub(crate) struct CommandTransport {
    http: Box<dyn Transport>,
    verbose: Option<Verbose>,
    take_over: TakeOver,
    /// The timeout of a request about an application.
    timeout: Duration,
    has_connected: AtomicBool,
}

impl CommandTransport {
    pub(crate) fn new(
        http: Box<dyn Transport>,
        verbose: Option<Verbose>,
        take_over: TakeOver,
        timeout: Duration,
    ) -> Self {
        CommandTransport {
            http,
            verbose,
            take_over,
            timeout,
            has_connected: AtomicBool::new(false),
        }
    }

    async fn exchange(&self, request: &Request) -> Result<Response, Error> {
        let Some(verbose) = &self.verbose else {
            return self.http.send(request).await;
        };
        verbose.request(request);
        let response = self.http.send(request).await;
        verbose.response(request, response).await
    }

    async fn open(&self, request: &Request) -> Result<Box<dyn WebSocket>, Error> {
        // Before its first connection the command itself checks this.
        if self.has_connected.load(Ordering::Relaxed) {
            self.refuse_registered(request).await?;
        }
        if let Some(verbose) = &self.verbose {
            verbose.request(request);
        }
        let socket = self.http.connect(request).await;
        if let Some(verbose) = &self.verbose {
            verbose.socket(&socket);
        }
        if socket.is_ok() {
            self.has_connected.store(true, Ordering::Relaxed);
        }
        socket
    }

    /// Fails if another program may be connected as an application by now.
    async fn refuse_registered(&self, request: &Request) -> Result<(), Error> {
        if matches!(self.take_over, TakeOver::Allowed) {
            return Ok(());
        }
        for name in request.texts("app") {
            let found = registration::find(|| self.application(name)).await?;
            if let Some(found) = found.filter(|found| !self.take_over.permits(name, found)) {
                // This error is permanent, so that the library does not try again.
                return Err(Error::InvalidConfig(registration::still_registered(
                    &self.take_over,
                    name,
                    &found,
                )));
            }
        }
        Ok(())
    }

    async fn application(&self, name: &str) -> Result<Value, Error> {
        let arguments = [("applicationName", Value::from(name))];
        let request =
            Request::from_arguments(&applications::GET, arguments)?.with_timeout(self.timeout);
        let response = self.exchange(&request).await?;
        decode_json(&applications::GET, response)
    }
}

impl Transport for CommandTransport {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(self.exchange(request))
    }

    fn connect<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(self.open(request))
    }

    fn close(&self) {
        self.http.close();
    }
}
