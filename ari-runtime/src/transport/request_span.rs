//! The span of a request, by the semantic conventions of OpenTelemetry for clients of HTTP. Requests
//! pass through here on their way to a transport, whichever carries them.
//!
//! A span is created with the feature `client` alone, because that has `tracing`.

use crate::error::types::Error;
use crate::request::untyped_request::Request;
use crate::response::body::Response;
use crate::transport::transport_trait::{BoxFuture, Transport};
use crate::transport::web_socket::WebSocket;

/// Sends a request in a span of its own.
pub(crate) fn send<'a>(
    transport: &'a dyn Transport,
    request: &'a Request,
) -> BoxFuture<'a, Result<Response, Error>> {
    send_again(transport, request, 0)
}

/// Sends a request in a span of its own, after `failures` attempts that have failed.
pub(crate) fn send_again<'a>(
    transport: &'a dyn Transport,
    request: &'a Request,
    failures: u32,
) -> BoxFuture<'a, Result<Response, Error>> {
    let sending = transport.send(request);
    in_span(transport.server_address(), request, failures, sending)
}

/// Opens a WebSocket in a span of its own, after `failures` attempts that have failed.
pub(crate) fn connect<'a>(
    transport: &'a dyn Transport,
    request: &'a Request,
    failures: u32,
) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
    let opening = transport.connect(request);
    in_span(transport.server_address(), request, failures, opening)
}

#[cfg(not(feature = "client"))]
pub(crate) fn in_span<'a, T>(
    _: Option<(&str, u16)>,
    _: &Request,
    _: u32,
    sending: BoxFuture<'a, Result<T, Error>>,
) -> BoxFuture<'a, Result<T, Error>> {
    sending
}

#[cfg(feature = "client")]
pub(crate) use traced::{in_span, record_resend, record_web_socket};

#[cfg(feature = "client")]
mod traced {
    use std::time::Instant;

    use tracing::field::Empty;
    use tracing::{Instrument as _, Span};

    use super::{BoxFuture, Error, Request, Response, WebSocket};
    use crate::protocol::parameter;
    use crate::request::param_value::ParamValue;
    use crate::values::capped::cap;

    /// The status of an upgrade.
    const SWITCHING_PROTOCOLS: u16 = 101;

    /// The result of a transmission that was successful.
    pub(crate) trait Received {
        /// Returns the status of the response.
        fn status(&self) -> u16;

        /// Returns the time at which the head of the response had arrived. `None` if it arrived
        /// together with the body.
        fn first_byte_at(&self) -> Option<Instant>;
    }

    impl Received for Response {
        fn status(&self) -> u16 {
            self.status
        }

        fn first_byte_at(&self) -> Option<Instant> {
            self.first_byte_at
        }
    }

    impl Received for Box<dyn WebSocket> {
        fn status(&self) -> u16 {
            SWITCHING_PROTOCOLS
        }

        fn first_byte_at(&self) -> Option<Instant> {
            None
        }
    }

    /// Runs the transmission of a request in a span. Returns it as it is if no subscriber wants the
    /// span.
    pub(crate) fn in_span<'a, T: Received + 'a>(
        server: Option<(&str, u16)>,
        request: &Request,
        failures: u32,
        sending: BoxFuture<'a, Result<T, Error>>,
    ) -> BoxFuture<'a, Result<T, Error>> {
        let span = new_span(server, request);
        if span.is_disabled() {
            return sending;
        }
        if failures > 0 {
            span.record("http.request.resend_count", failures);
        }
        let unfinished = Unfinished(Some(span.clone()));
        let begin = Instant::now();
        Box::pin(
            async move {
                let result = sending.await;
                unfinished.finish(begin, &result);
                result
            }
            .instrument(span),
        )
    }

    fn new_span(server: Option<(&str, u16)>, request: &Request) -> Span {
        let operation = request.operation();
        let method = request.method().as_str();
        let id = |name| request.argument(name).and_then(ParamValue::as_str).map(cap);
        let application = || {
            let connected = || request.texts(parameter::APP).first().copied().map(cap);
            id(parameter::APPLICATION_NAME).or_else(connected)
        };
        tracing::info_span!(
            "ari.request",
            otel.name = %format_args!("{method} {}", operation.path),
            otel.kind = "client",
            otel.status_code = Empty,
            otel.status_description = Empty,
            http.request.method = method,
            http.request.resend_count = Empty,
            http.response.status_code = Empty,
            network.protocol.name = Empty,
            url.template = operation.path,
            server.address = server.map(|(host, _)| cap(host)),
            server.port = server.map(|(_, port)| port),
            error.type = Empty,
            ari.operation = %format_args!("{}.{}", operation.resource, operation.nickname),
            ari.outcome = Empty,
            ari.time_to_first_byte = Empty,
            ari.traceparent = request.trace_context().map(tracing::field::display),
            asterisk.application = application(),
            asterisk.channel.id = id(parameter::CHANNEL_ID),
            asterisk.bridge.id = id(parameter::BRIDGE_ID),
            asterisk.playback.id = id(parameter::PLAYBACK_ID),
            asterisk.recording.name = id(parameter::RECORDING_NAME),
        )
    }

    /// Records that a request is sent once more on another connection.
    pub(crate) fn record_resend() {
        Span::current().record("http.request.resend_count", 1);
    }

    /// Records that a request travels over the WebSocket of events.
    pub(crate) fn record_web_socket() {
        Span::current().record("network.protocol.name", "websocket");
    }

    /// The span of a request without a result. It records that the caller no longer waits when it is
    /// dropped.
    struct Unfinished(Option<Span>);

    impl Unfinished {
        fn finish<T: Received>(mut self, begin: Instant, result: &Result<T, Error>) {
            let Some(span) = self.0.take() else { return };
            let received = match result {
                Ok(response) => Ok((response.status(), response.first_byte_at())),
                // WebSockets that the server has refused.
                Err(error) => error.status().map(|status| (status, None)).ok_or(error),
            };
            record(&span, begin, received);
        }
    }

    impl Drop for Unfinished {
        fn drop(&mut self) {
            if let Some(span) = &self.0 {
                span.record("ari.outcome", "cancelled");
            }
        }
    }

    fn record(span: &Span, begin: Instant, received: Result<(u16, Option<Instant>), &Error>) {
        match received {
            Ok((status, first_byte_at)) => {
                let waited = first_byte_at.unwrap_or_else(Instant::now) - begin;
                span.record("ari.time_to_first_byte", waited.as_secs_f64());
                span.record("http.response.status_code", status);
                let outcome = match status {
                    ..400 => "success",
                    400..500 => "refused",
                    500.. => "server_error",
                };
                span.record("ari.outcome", outcome);
                if status >= 400 {
                    span.record("error.type", tracing::field::display(status));
                    span.record("otel.status_code", "ERROR");
                }
            }
            Err(error) => {
                let class = match error {
                    Error::NotSent { .. } => "not_sent",
                    Error::OutcomeUnknown { .. } => "outcome_unknown",
                    Error::Disconnected { .. } => "disconnected",
                    _ => "invalid",
                };
                span.record("ari.outcome", class);
                span.record("error.type", class);
                span.record("otel.status_code", "ERROR");
                span.record("otel.status_description", cap(&error.to_string()));
            }
        }
    }
}
