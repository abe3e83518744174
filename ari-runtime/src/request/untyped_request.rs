//! A request as data: its operation and arguments, beside the form in which transports send them.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use crate::error::types::Error;
use crate::request::param_value::ParamValue;
use crate::request::trace_context::TraceContext;
use crate::request::wire_form::WireForm;
use crate::schema::operation::{Method, Operation, Parameter};

/// A parameter of an operation with its value.
pub(super) type Argument = (&'static Parameter, ParamValue);

/// A request with checked arguments, ready for any transport.
#[derive(Clone, PartialEq)]
pub struct Request {
    operation: &'static Operation,
    arguments: Vec<Argument>,
    /// Computed at once: its lengths decide if the arguments can be sent.
    wire: WireForm,
    timeout: Option<Duration>,
    trace_context: Option<TraceContext>,
}

impl Request {
    /// Creates a request from arguments that have been checked one by one.
    pub(super) fn new(
        operation: &'static Operation,
        arguments: Vec<Argument>,
    ) -> Result<Self, Error> {
        Ok(Request {
            operation,
            wire: WireForm::new(operation, &arguments)?,
            arguments,
            timeout: None,
            trace_context: None,
        })
    }

    /// Creates a request from the form in which Asterisk reads it: the path and query below `/ari`,
    /// percent-encoded, with a leading slash, and the JSON body. Proxies pass requests on with it.
    /// Nothing is checked, and the request has no arguments that can be read.
    pub fn from_wire(
        operation: &'static Operation,
        path_and_query: impl Into<String>,
        body: Option<Bytes>,
    ) -> Self {
        Request {
            operation,
            arguments: Vec::new(),
            wire: WireForm {
                path: path_and_query.into(),
                query: Vec::new(),
                body,
            },
            timeout: None,
            trace_context: None,
        }
    }

    /// Returns the timeout for the response, or for opening the WebSocket, if the caller has set
    /// one.
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout
    }

    /// Returns the same request with another timeout.
    pub fn with_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeout = limit.into();
        self
    }

    /// Returns the place of the request in a distributed trace, if the caller has set it.
    pub fn trace_context(&self) -> Option<TraceContext> {
        self.trace_context
    }

    /// Returns the same request with another trace context. The HTTP transport sends it in the header
    /// `traceparent`, which Asterisk ignores. A request over a WebSocket has no headers.
    pub fn with_trace_context(mut self, context: impl Into<Option<TraceContext>>) -> Self {
        self.trace_context = context.into();
        self
    }

    /// Returns the operation that is sent. It can differ from the operation of the typed request:
    /// see `bridges::Create`.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> Method {
        self.operation.method
    }

    /// Returns the value of a parameter, as it was given, or the default that is sent if none was
    /// given. `None` if the request does not have the parameter.
    pub fn argument(&self, name: &str) -> Option<&ParamValue> {
        let mut arguments = self.arguments.iter();
        let found = arguments.find(|(parameter, _)| parameter.name == name);
        found.map(|(_, value)| value)
    }

    /// Returns the texts of a parameter that takes one or several. The list is empty if the request
    /// does not have the parameter.
    pub fn texts(&self, name: &str) -> Vec<&str> {
        match self.argument(name) {
            Some(ParamValue::List(values)) => {
                values.iter().filter_map(ParamValue::as_str).collect()
            }
            Some(value) => value.as_str().into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// Returns the values of the path's variables, in their order.
    pub(crate) fn path_values(&self) -> impl Iterator<Item = &str> {
        let values = self.operation.path_variables();
        values.filter_map(|name| self.argument(name)?.as_str())
    }

    /// Returns the same request with another value of a parameter that it has.
    pub(crate) fn with_argument(&self, name: &str, value: ParamValue) -> Result<Self, Error> {
        let mut arguments = self.arguments.clone();
        let mut known = arguments.iter_mut();
        if let Some((_, old)) = known.find(|(parameter, _)| parameter.name == name) {
            *old = value;
        }
        let request = Request::new(self.operation, arguments)?;
        let request = request.with_timeout(self.timeout);
        Ok(request.with_trace_context(self.trace_context))
    }

    /// Returns the path below `/ari`, percent-encoded, with a leading slash.
    pub fn path(&self) -> &str {
        &self.wire.path
    }

    /// Returns the parameters that are sent in the query, not encoded.
    pub fn query(&self) -> &[(&'static str, String)] {
        &self.wire.query
    }

    /// Returns the path and query below `/ari`, percent-encoded.
    pub fn path_and_query(&self) -> Cow<'_, str> {
        self.wire.path_and_query()
    }

    /// Returns the JSON body.
    pub fn body(&self) -> Option<&Bytes> {
        self.wire.body.as_ref()
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("wire", &self.wire)
            .field("timeout", &self.timeout)
            .field("trace_context", &self.trace_context)
            .finish()
    }
}
