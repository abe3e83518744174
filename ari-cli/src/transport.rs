//! The transport of a command: HTTP that is shown if that is wanted, and that takes no application
//! over when it connects again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ari_api::Error;
use ari_api::operations::applications;
use ari_api::runtime::{BoxFuture, Request, Response, Transport, WebSocket, decode_json};
use serde_json::Value;

use crate::registration::{self, TakeOver};
use crate::verbose::Verbose;

/// Everything that the command and the library send goes through it.
#[derive(Debug)]
pub(crate) struct CommandTransport {
    http: Box<dyn Transport>,
    verbose: Option<Verbose>,
    take_over: TakeOver,
    /// The timeout of a request about an application.
    limit: Duration,
    has_connected: AtomicBool,
}

impl CommandTransport {
    pub(crate) fn new(
        http: Box<dyn Transport>,
        verbose: Option<Verbose>,
        take_over: TakeOver,
        limit: Duration,
    ) -> Self {
        CommandTransport {
            http,
            verbose,
            take_over,
            limit,
            has_connected: AtomicBool::new(false),
        }
    }

    async fn exchange(&self, call: &Request) -> Result<Response, Error> {
        let Some(verbose) = &self.verbose else {
            return self.http.send(call).await;
        };
        verbose.request(call);
        let answer = self.http.send(call).await;
        verbose.response(call, answer).await
    }

    async fn open(&self, call: &Request) -> Result<Box<dyn WebSocket>, Error> {
        // The command looks before it connects for the first time.
        if self.has_connected.load(Ordering::Relaxed) {
            self.refuse_registered(call).await?;
        }
        if let Some(verbose) = &self.verbose {
            verbose.request(call);
        }
        let socket = self.http.connect(call).await;
        if let Some(verbose) = &self.verbose {
            verbose.socket(&socket);
        }
        if socket.is_ok() {
            self.has_connected.store(true, Ordering::Relaxed);
        }
        socket
    }

    /// Refuses to connect again as an application that another program may be by now.
    async fn refuse_registered(&self, call: &Request) -> Result<(), Error> {
        if self.take_over == TakeOver::Allowed {
            return Ok(());
        }
        let names = call.query().iter().find(|(name, _)| *name == "app");
        for name in names
            .map(|(_, names)| names.as_str())
            .unwrap_or_default()
            .split(',')
        {
            let found = registration::find(|| self.application(name)).await?;
            if let Some(found) = found.filter(|found| !self.take_over.permits(name, found)) {
                // No attempt that follows would find anything else.
                return Err(Error::InvalidConfig(registration::still_there(
                    name, &found,
                )));
            }
        }
        Ok(())
    }

    async fn application(&self, name: &str) -> Result<Value, Error> {
        let arguments = [("applicationName", Value::from(name))];
        let call = Request::from_arguments(&applications::GET, arguments)?.with_timeout(self.limit);
        let answer = self.exchange(&call).await?;
        decode_json(&applications::GET, answer)
    }
}

impl Transport for CommandTransport {
    fn send<'a>(&'a self, call: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(self.exchange(call))
    }

    fn connect<'a>(
        &'a self,
        call: &'a Request,
    ) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        Box::pin(self.open(call))
    }

    fn close(&self) {
        self.http.close();
    }
}
