//! The error type for everything that can fail between an application and Asterisk.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use crate::error::finding::Finding;
use crate::event::object::OwnedObject;
use crate::json::{self, JsonError};
use crate::protocol::{object_kind, subprotocol};
use crate::schema::operation::{Operation, Version};

/// The reason why a request has no result, or a stream no event.
///
/// The text is one line with the operation, the server, the cause and the next step. It includes
/// the text of all causes. Therefore [`source`](std::error::Error::source) returns `None`, and
/// reporters that print the chain of causes print nothing twice. Programs find the causes in the
/// fields `source`. For a client over HTTP these contain a
/// [`ConnectionError`](crate::error::ConnectionError).
///
/// `Debug` prints the same line as `Display`, because it is what a program prints whose `main`
/// returns the error. The fields have their own `Debug`.
#[non_exhaustive]
pub enum Error {
    /// Nothing reached the server. The request can be sent again without harm.
    NotSent {
        /// The operation.
        operation: &'static Operation,
        /// The cause.
        source: TransportError,
    },
    /// The request may have reached the server, but no response arrived. Its effect may have
    /// happened.
    OutcomeUnknown {
        /// The operation.
        operation: &'static Operation,
        /// The cause.
        source: TransportError,
    },
    /// Asterisk refused the request.
    Response(Box<ErrorResponse>),
    /// A response or an event does not have the form that the bindings expect.
    Decode(Box<DecodeError>),
    /// The server's release lacks the operation.
    UnsupportedByRelease {
        /// The operation. Its `availability` lists the releases that have it.
        operation: &'static Operation,
        /// The server's version.
        server: Version,
        /// The operation that the server would have performed instead, because its path matches,
        /// too. In that case nothing was sent.
        instead: Option<&'static Operation>,
        /// The error response. `None` if the request was not sent, see
        /// [`ClientBuilder::enforce_availability`](crate::client::builder::ClientBuilder::enforce_availability).
        refusal: Option<Box<ErrorResponse>>,
    },
    /// Another program has the call, so the request was refused and not executed. Only clients of a
    /// cluster yield this error, in which each call has one worker.
    NotOwner {
        /// The operation.
        operation: &'static Operation,
    },
    /// A parameter cannot be sent. Nothing was sent.
    InvalidArgument {
        /// The operation.
        operation: &'static Operation,
        /// The parameter.
        parameter: &'static str,
        /// The problem, as the end of a sentence about the parameter.
        problem: &'static str,
    },
    /// The operation has no such parameter. Nothing was sent.
    UnknownParameter {
        /// The operation.
        operation: &'static Operation,
        /// The given name.
        parameter: String,
    },
    /// The configuration of this client, server or fleet, or of the Asterisk server, does not allow
    /// the request. The text contains the reason and the change to make.
    InvalidConfig(String),
    /// Events were lost because they were not taken from the stream in time.
    Lagged {
        /// The number of lost events.
        missed: u64,
    },
    /// The WebSocket was lost and is open again. Events during the gap are lost. Only streams of
    /// one type yield this error. The others yield [`ConnectionEvent`](crate::event::connection_event::ConnectionEvent)s.
    ConnectionGap {
        /// The duration of the gap.
        gap: Duration,
    },
    /// Another client has taken over one of the applications of a WebSocket, which stays open for
    /// the others. Only streams of one type yield this error. The others yield the
    /// [`ConnectionEvent`](crate::event::connection_event::ConnectionEvent).
    ApplicationReplaced {
        /// The application.
        application: String,
    },
    /// An object no longer exists, or its events no longer reach this client, and no event has
    /// reported its end. The object is not always the call: see [`Error::is_channel_gone`].
    ObjectGone {
        /// The object: a channel, a playback, ….
        object: OwnedObject,
        /// The reason why no more of its events arrive.
        reason: GoneReason,
    },
    /// The WebSocket is lost permanently. Calls and bridges stay up. Events are lost until the
    /// application is connected again.
    Disconnected {
        /// The cause as text.
        reason: String,
        /// The error behind it, if there is one: the error of the last attempt to reconnect, as an
        /// `Arc<Error>` that all streams share.
        source: Option<TransportError>,
    },
}

/// The reason why no more events of an object arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GoneReason {
    /// The object no longer exists: it has ended during a gap of the connection, or without an
    /// event.
    Ended,
    /// No application of this client is subscribed to it. It may still exist.
    Unsubscribed,
    /// The bindings have no events about such objects.
    Unsupported,
}

impl fmt::Display for GoneReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            GoneReason::Ended => "it no longer exists, and no event has reported its end",
            GoneReason::Unsubscribed => "no application of this client is subscribed to it",
            GoneReason::Unsupported => "these bindings know no events about such objects",
        })
    }
}

/// The cause of a failure, as reported by a transport.
pub type TransportError = Box<dyn std::error::Error + Send + Sync>;

impl Error {
    /// Creates an [`Error::InvalidArgument`]: an argument that is refused before anything is sent.
    pub fn invalid_argument(
        operation: &'static Operation,
        parameter: &'static str,
        problem: &'static str,
    ) -> Self {
        Error::InvalidArgument {
            operation,
            parameter,
            problem,
        }
    }

    /// Returns true if the same request can be sent again without harm, and may then succeed: it
    /// was not sent, or Asterisk was still starting.
    pub fn is_retryable(&self) -> bool {
        match self {
            Error::NotSent { .. } => true,
            Error::Response(refusal) => refusal.status == 503,
            _ => false,
        }
    }

    /// Returns the object that no longer exists, if that is the error: a stream or an outcome ended
    /// because of it, or Asterisk refused a request because of it, with any status (404, or 400 for
    /// a channel that is to enter a bridge).
    ///
    /// `None` if the object still exists: it is in the wrong state (409), or its events no longer
    /// reach this client ([`GoneReason::Unsubscribed`]).
    pub fn gone_object(&self) -> Option<&OwnedObject> {
        match self {
            Error::ObjectGone {
                object,
                reason: GoneReason::Ended,
            } => Some(object),
            Error::Response(refusal) if refusal.is_missing => refusal.object.as_ref(),
            _ => None,
        }
    }

    /// Returns true if a channel no longer exists, usually because the caller has hung up. Returns
    /// false if a playback or a bridge no longer exists, and if a channel has only left the
    /// application.
    pub fn is_channel_gone(&self) -> bool {
        self.gone_object()
            .is_some_and(|object| object.kind == object_kind::CHANNEL)
    }

    /// Returns the HTTP status of Asterisk's refusal.
    pub fn status(&self) -> Option<u16> {
        match self {
            Error::Response(refusal)
            | Error::UnsupportedByRelease {
                refusal: Some(refusal),
                ..
            } => Some(refusal.status),
            _ => None,
        }
    }
}

/// Asterisk's refusal of a request.
#[derive(Debug)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// The operation.
    pub operation: &'static Operation,
    /// The HTTP status.
    pub status: u16,
    /// Asterisk's message, if it sent one.
    pub message: Option<String>,
    /// The meaning of the status for this operation, in Markdown, if known.
    pub reason: Option<&'static str>,
    /// The object because of which Asterisk refuses the request, as named by its message or found
    /// by asking the server. For `bridges.addChannel`, for example, it is the bridge or one of the
    /// channels. `None` if it is none of them, or unknown.
    pub object: Option<OwnedObject>,
    /// True if that object does not exist. Otherwise it is in a state that the operation does not
    /// allow.
    pub is_missing: bool,
    /// The target of a redirection (301 and 302), without its query. ARI never redirects. A proxy
    /// or another server does.
    pub location: Option<String>,
    /// The state of the endpoint or of the recording folder, if the server was asked for it because
    /// it had refused to create a channel or a recording without giving a cause.
    pub finding: Option<Finding>,
    /// The body as it arrived.
    pub body: Bytes,
}

impl ErrorResponse {
    pub(crate) fn new(
        operation: &'static Operation,
        status: u16,
        location: Option<String>,
        body: Bytes,
    ) -> Self {
        let message = parse_message(&body);
        let is_secured = location
            .as_deref()
            .is_some_and(|it| it.starts_with("https:"));
        // Asterisk's own responses with these statuses have a message.
        let is_foreign = message.is_none() && !body.is_empty();
        let is_media = operation.websocket_protocol == Some(subprotocol::MEDIA);
        let reason = match status {
            // These responses of Asterisk are pages, without a message.
            404 | 409 if is_media => operation.error_reason(status),
            200..=299 => Some("The address does not lead to ARI: it has to end in /ari, after the \
                              prefix of http.conf."),
            300..=399 if is_secured => Some(WANTS_TLS),
            400 if is_foreign && mentions_tls(&body) => Some(WANTS_TLS),
            401 | 403 if is_foreign => Some(
                "This is not Asterisk's response: a proxy on the way refuses the request. Check \
                 its settings and its log.",
            ),
            300..=399 => Some("The address does not lead to ARI, which redirects nothing: it has to end \
                               in /ari, after the prefix of http.conf."),
            401 => {
                Some("The user or the password is wrong, or the user does not exist in ari.conf.")
            }
            403 => operation.error_reason(403).or(Some(
                "The user may only read, or this address is not admitted: see ari.conf.",
            )),
            500 => operation.error_reason(500).or(Some(
                "Asterisk had an internal error, or could not create the object, for example because the \
                 channel technology is unknown: Asterisk's log names the cause.",
            )),
            404 if message.is_none() => operation.error_reason(404).filter(|_| body.is_empty()).or(Some(
                "This is not Asterisk's response: the address has to end in /ari, after the prefix of \
                 http.conf.",
            )),
            413 => Some("The body is larger than Asterisk reads: 40,960 bytes, 4,096 before \
                         Asterisk 16."),
            502 | 504 => Some("A proxy got no response from Asterisk: check that Asterisk runs, \
                               and read the proxy's log."),
            503 if message.is_none() => Some("A proxy or Asterisk cannot respond now."),
            503 => Some("Asterisk has not finished starting."),
            _ => operation.error_reason(status),
        };
        ErrorResponse {
            operation,
            status,
            message,
            reason,
            object: None,
            is_missing: false,
            location,
            finding: None,
            body,
        }
    }
}

/// The next step if plain HTTP has reached a port or a site for TLS.
const WANTS_TLS: &str = "The server wants TLS: use https:// in the address.";

/// Returns true if a page says that plain HTTP has reached a port for TLS. Proxies and other web
/// servers respond with such a page: `plain HTTP request was sent to HTTPS port`, `speaking plain
/// HTTP to an SSL-enabled server port`, `sent an HTTP request to an HTTPS server`.
fn mentions_tls(page: &[u8]) -> bool {
    let page = String::from_utf8_lossy(page).to_ascii_lowercase();
    page.contains("https") || page.contains("ssl") || page.contains("tls")
}

/// Returns Asterisk's message. Most errors are {"message": …}, internal ones {"error": …}, and
/// those of the HTTP server HTML.
pub(crate) fn parse_message(body: &[u8]) -> Option<String> {
    #[derive(Default)]
    struct Body {
        message: Option<String>,
        error: Option<String>,
    }
    crate::__model!(
        Body = named("Body"),
        message = optional("message"),
        error = optional("error"),
    );
    let body = json::from_slice::<Body>(body).ok()?;
    body.message.or(body.error)
}

/// JSON that does not have the form that the bindings expect.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DecodeError {
    /// The decoded text: `event StasisStart`, `the response of channels.get (GET …)`.
    pub subject: String,
    /// The whole text as it arrived.
    pub raw: String,
    /// The position and the reason.
    pub source: JsonError,
}

impl DecodeError {
    pub(crate) fn new(subject: String, raw: String, source: JsonError) -> Self {
        DecodeError {
            subject,
            raw,
            source,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DecodeError {
            subject,
            raw,
            source,
        } = self;
        let excerpt = excerpt(raw, source);
        write!(f, "{subject} cannot be decoded: {source}: {excerpt}")
    }
}

/// Has no source, because the text includes it.
impl std::error::Error for DecodeError {}

/// Returns the text around the position of the error.
fn excerpt(raw: &str, source: &JsonError) -> String {
    const AROUND: usize = 60;
    let line = raw
        .lines()
        .nth(source.line().saturating_sub(1))
        .unwrap_or(raw);
    let at = source.column() - 1;
    let mut start = at.saturating_sub(AROUND).min(line.len());
    let mut end = at.saturating_add(AROUND).min(line.len());
    while !line.is_char_boundary(start) {
        start -= 1;
    }
    while !line.is_char_boundary(end) {
        end += 1;
    }
    let before = if start > 0 { "…" } else { "" };
    let after = if end < line.len() { "…" } else { "" };
    format!("{before}{}{after}", &line[start..end])
}
