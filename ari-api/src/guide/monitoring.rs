//! Monitoring: the spans of requests, sessions and calls, and probes.
//!
//! # Spans
//!
//! The client creates spans with `tracing`. Any subscriber shows them, and `tracing-opentelemetry`
//! exports them. Names and fields follow the semantic conventions of OpenTelemetry. Fields of this
//! crate begin with `ari.`, those of Asterisk's objects with `asterisk.`. No field contains a password, a body
//! or a variable, and no text is longer than 200 bytes.
//!
//! | span | level | from | to |
//! |---|---|---|---|
//! | `ari.request` | info | the request is sent | its response has arrived; if it is a download, its head |
//! | `ari.session` | info | the WebSocket is open | its session has ended, across reconnections |
//! | `ari.outcome` | info | the end of an object is awaited | it has ended |
//! | `ari.stream` | debug | the stream of an object is opened | the stream is dropped |
//! | `ari.call` (`ari-calls`) | info | the call is created | the call is dropped |
//!
//! All requests have a span, over HTTP or over the WebSocket of events, of the program or of the client
//! itself, which asks for the cause of a refusal and compares its state after a gap. The parent is the
//! current span of the caller, or `ari.session` for the requests of a session itself. `ari.session` has
//! no parent, because it can last for months. Connections, losses and resyncs are events in it.
//!
//! | field of `ari.request` | value |
//! |---|---|
//! | `otel.name` | method and template, such as `POST /channels/{channelId}/answer` |
//! | `http.request.method`, `url.template` | method, and path below `/ari` with variables in braces |
//! | `server.address`, `server.port` | the server, also if the request travels over a WebSocket of it |
//! | `http.response.status_code` | the status of the response, 101 if a WebSocket was opened |
//! | `error.type` | the status from 400 on, `not_sent`, `outcome_unknown`, `disconnected` or `invalid` |
//! | `otel.status_code`, `otel.status_description` | `ERROR` with the beginning of the error, if there is no response |
//! | `http.request.resend_count` | the number of attempts before, if there were any |
//! | `network.protocol.name` | `websocket` if it travels over the WebSocket of events |
//! | `ari.operation` | the operation, such as `channels.answer` |
//! | `ari.outcome` | `success`, `refused`, `server_error`, an `error.type` without a response, or `cancelled` if the caller has stopped waiting |
//! | `ari.time_to_first_byte` | seconds until the head of the response had arrived |
//! | `ari.traceparent` | the [trace context](super::requests#distributed-tracing) of the request, if it has one |
//! | `asterisk.application`, `asterisk.channel.id`, `asterisk.bridge.id`, `asterisk.playback.id`, `asterisk.recording.name` | the object, if a parameter names it |
//!
//! Without a subscriber, or with one that does not want them, no text is formatted and nothing is
//! allocated: the benchmark `spans` measures both.
//!
//! # Probes
//!
//! [`check_ready`](crate::client::Connection::check_ready) and
//! [`check_live`](crate::client::Connection::check_live) answer the probes of Kubernetes and load
//! balancers from what the client knows, without a request. The example `probes` serves them over HTTP.
//!
//! | state | ready | live |
//! |---|---|---|
//! | not connected yet | no | yes |
//! | registered, and the server's state is known | yes | yes |
//! | the WebSocket is lost, and the client reconnects | no | yes |
//! | it is open again, and the changes since are not known yet | no | yes |
//! | another client has taken the application over | no | yes, until the session ends |
//! | the session has ended for good | no | no |
//! | nothing was received for longer than the keepalive allows | yes | no |
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let client = pbx.client()?;
//! assert!(client.connection().check_ready(&["hello"]).is_err());
//! let _app = client.application("hello").connect().await?;
//! client.connection().check_ready(&["hello"])?;
//! for application in client.connection().application_health() {
//!     println!("{}: last received {:?} ago", application.name, application.last_received.elapsed());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Pitfalls
//!
//! - **A span has no children in tasks that it does not know.** A task that you spawn begins without a
//!   span: `task.in_current_span()` of `tracing::Instrument` passes the current one on.
//! - Exporters send a span when it ends. That of a session that lasts for months is not seen before, and
//!   some exporters keep only its first 128 events.
//! - Readiness concerns new calls. Do not end the calls of a process that is not ready: they go on when
//!   the client has reconnected.
//! - 404 is an error in a span, as the conventions demand. Expect it: callers can hang up at any time.
