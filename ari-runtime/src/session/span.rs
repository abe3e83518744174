//! The span of a session: from the first connection to the end, with losses, reconnections and
//! resyncs as events in it. Its requests are its children.
//!
//! It is created with the feature `client` alone, because that has `tracing`.

use std::future::Future;

use crate::session::core::SessionCore;
use crate::transport::transport_trait::BoxFuture;

/// The span of a session. It has no parent, because it outlives whatever has connected the
/// application, and follows from the span that has.
#[derive(Clone)]
pub(crate) struct SessionSpan {
    #[cfg(feature = "client")]
    span: tracing::Span,
}

#[cfg(not(feature = "client"))]
impl SessionSpan {
    pub(crate) fn new(_: &SessionCore) -> Self {
        SessionSpan {}
    }

    pub(crate) fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        run()
    }

    pub(crate) fn around(&self, task: impl Future<Output = ()> + Send + 'static) -> Task {
        Box::pin(task)
    }

    pub(crate) fn finish(&self, _: &SessionCore, _: Option<&'static str>) {}
}

type Task = BoxFuture<'static, ()>;

#[cfg(feature = "client")]
impl SessionSpan {
    /// Creates the span of a session that is connected.
    pub(crate) fn new(session: &SessionCore) -> Self {
        use tracing::field::Empty;

        use crate::values::capped::cap;

        let server = || session.transport.as_ref()?.server_address();
        let span = tracing::info_span!(
            parent: None,
            "ari.session",
            otel.name = "receive events",
            otel.kind = "client",
            otel.status_code = Empty,
            error.type = Empty,
            messaging.system = "asterisk",
            messaging.operation.name = "receive",
            messaging.operation.type = "receive",
            messaging.destination.name = cap(&session.names.list().join(",")),
            network.protocol.name = "websocket",
            server.address = server().map(|(host, _)| cap(host)),
            server.port = server().map(|(_, port)| port),
            ari.socket.accepted = session.names.is_discovered(),
            ari.events.received = Empty,
            ari.events.dropped = Empty,
            ari.events.undecodable = Empty,
            ari.reconnects = Empty,
        );
        span.follows_from(tracing::Span::current());
        SessionSpan { span }
    }

    /// Runs something in the span.
    pub(crate) fn in_scope<T>(&self, run: impl FnOnce() -> T) -> T {
        self.span.in_scope(run)
    }

    /// Returns a task that runs in the span.
    pub(crate) fn around(&self, task: impl Future<Output = ()> + Send + 'static) -> Task {
        use tracing::Instrument as _;

        if self.span.is_disabled() {
            return Box::pin(task);
        }
        Box::pin(task.instrument(self.span.clone()))
    }

    /// Records the counters of the session, and the class of the error that has ended it.
    pub(crate) fn finish(&self, session: &SessionCore, error: Option<&'static str>) {
        if self.span.is_disabled() {
            return;
        }
        let names = session.names.list().join(",");
        self.span.record(
            "messaging.destination.name",
            crate::values::capped::cap(&names),
        );
        let counts = session.counters.snapshot();
        self.span.record("ari.events.received", counts.received);
        self.span.record("ari.events.dropped", counts.dropped);
        self.span
            .record("ari.events.undecodable", counts.decode_errors);
        self.span.record("ari.reconnects", counts.reconnects);
        if let Some(error) = error {
            self.span.record("error.type", error);
            self.span.record("otel.status_code", "ERROR");
        }
    }
}
