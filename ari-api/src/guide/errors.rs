//! Errors: their kinds, and how to handle them.
//!
//! There is one type, [`Error`](crate::Error). Its text contains the operation, Asterisk's
//! response, its meaning, and what to do:
//!
//! ```text
//! channels.answer (POST /channels/{channelId}/answer): refused with 404 "Channel not found": No channel has this id; it may have hung up.
//! ```
//!
//! The error of a request that did not reach a server contains the address and
//! the cause:
//!
//! ```text
//! events.eventWebsocket (GET /events): not sent to http://localhost:8088/ari: connection refused: is Asterisk running, and http.conf enabled on this port?
//! ```
//!
//! `{}` prints all of it: [`source`](std::error::Error::source) returns `None`, so that nothing is
//! printed twice. Programs find the cause in the field `source`, and
//! [`ConnectionProblem::of`](crate::error::ConnectionProblem::of) classifies it as one of the
//! known problems.
//!
//! ```
//! use std::time::Duration;
//!
//! use ari_api::Error;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let client = pbx.client()?;
//! # pbx.fail("channels.answer", 503, "Asterisk not booted");
//! let call = client.channel("1763862531.42");
//! for _ in 0..5 {
//!     match call.answer().await {
//!         Ok(()) => break,
//!         // The caller has hung up: nothing to do.
//!         Err(error) if error.status() == Some(404) => break,
//!         // It has not reached Asterisk, or Asterisk was still starting: retrying is safe.
//!         Err(error) if error.is_retryable() => {
//!             tokio::time::sleep(Duration::from_secs(1)).await;
//!         }
//!         // It may have happened or not: check before doing it twice.
//!         Err(Error::OutcomeUnknown { .. }) => {
//!             println!("the call is {}", call.get().await?.state);
//!             break;
//!         }
//!         Err(error) => return Err(error.into()),
//!     }
//! }
//! # assert_eq!(pbx.requests().len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! | error | what happened | what to do |
//! |---|---|---|
//! | `NotSent` | nothing reached the server | retry |
//! | `OutcomeUnknown` | sent, but no response arrived | check the state on the server, then decide; ids of your own help |
//! | `Response` | Asterisk refused the request: `status`, `message`, `reason` | 404: the object no longer exists; 409: not in this state, or the id is in use; 503: the server is starting, retry; 401, 403: fix `ari.conf` |
//! | `UnsupportedByRelease` | this release lacks the operation | upgrade Asterisk, or do without the operation |
//! | `InvalidArgument`, `UnknownParameter` | the request could not be sent | fix the program |
//! | `Decode` | a response or event is not as expected; `raw` has its text | report it; streams continue |
//! | `InvalidConfig` | the client's settings are invalid for this use | fix the settings |
//! | `Lagged` | a stream was read too slowly; it continues | read faster, in tasks; compare with the server |
//! | `ConnectionGap` | a gap, reported by streams of one type, which continue | compare with the server |
//! | `ApplicationReplaced` | another client has taken over an application, reported by streams of one type, which continue | stop one of the two, or rename its application |
//! | `ObjectGone` | `object` no longer exists, or its events no longer reach this client: `reason` distinguishes the two | if `is_channel_gone()`, the call has ended; after the end of a playback or a bridge the caller is still there |
//! | `Disconnected` | the WebSocket is lost for good | connect again, or exit |
//!
//! [`RetryPolicy`](crate::client::RetryPolicy) of the client's builder does the retries of this table
//! that are safe.
//!
//! # Logs
//!
//! The client logs with `tracing`, under targets that begin with `ari_runtime`: lost WebSockets and
//! failed attempts to reopen them at `WARN`, their return at `INFO`, and each request with its status
//! or error, and its trace context, at `DEBUG`. No message contains a password.
//!
//! # Pitfalls
//!
//! - Expect 404: callers can hang up at any time, between any two lines of a program. If the
//!   channel is an argument and not in the path, as with `add_channel`, the status is 400 or 422.
//! - 409 has two meanings: the channel exists but is not in an application, or an id is already in
//!   use. 412 means that the channel is not answered.
//! - 500 does not always mean a fault of the server. Other causes are an unknown channel
//!   technology, an endpoint that is not registered, and a recording directory that does not exist.
//!   Asterisk's log names the cause.
//! - Asterisk responds with statuses that its specs do not list. Match those that you handle, and
//!   propagate all others.
