//! Errors: which there are, and what to do.
//!
//! There is one type, [`Error`](crate::Error). Its text says which operation, what happened, what
//! it means there, and what to do. At three in the morning the log says
//!
//! ```text
//! channels.answer (POST /channels/{channelId}/answer): refused with 404 "Channel not found": No channel has this id; it may have hung up meanwhile.
//! ```
//!
//! and not just `404`. One that has not reached a server says which one, and why:
//!
//! ```text
//! events.eventWebsocket (GET /events): not sent to http://localhost:8088/ari: connection refused: is Asterisk running, and http.conf enabled on this port?
//! ```
//!
//! `{}` is the whole of it: [`source`](std::error::Error::source) returns `None`, so that nothing is
//! printed twice. Programs find the cause in the field `source`, and by
//! [`ConnectionProblem::of`](crate::runtime::ConnectionProblem::of) which of the known problems it is.
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
//!         // The caller has hung up: nothing to do, and nothing to complain about.
//!         Err(error) if error.status() == Some(404) => break,
//!         // It has not reached Asterisk, or that was still starting: no harm in trying again.
//!         Err(error) if error.is_retryable() => {
//!             tokio::time::sleep(Duration::from_secs(1)).await;
//!         }
//!         // It may have happened or not: look, before doing it twice.
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
//! | `NotSent` | nothing reached the server | try again |
//! | `OutcomeUnknown` | sent, no answer came | look what is there, then decide; ids of one's own help |
//! | `Refused` | Asterisk said no: `status`, `message`, `reason` | 404: it is gone; 409: not now, or the id is taken; 503: it is starting, try again; 401, 403: mend `ari.conf` |
//! | `NotAvailable` | this release lacks the operation | upgrade, or do without |
//! | `InvalidArgument`, `UnknownParameter` | it could not be sent at all | mend the program |
//! | `Decode` | an answer or event is not as expected; `raw` has it | report it; streams go on |
//! | `Configuration` | a client cannot be made or used so | mend the settings |
//! | `Lagged` | a stream was read too slowly; it goes on | read faster, in tasks; compare with the server |
//! | `Interrupted` | a gap, told by streams of one type; they go on | compare with the server |
//! | `Replaced` | another client has taken over an application, told by streams of one type; they go on | stop one of the two, or give it another name |
//! | `Gone` | `object` no longer exists, or its events no longer reach this client: `reason` says which | if `is_channel_gone()`, the call has ended; the end of a playback or a bridge leaves the caller there |
//! | `Disconnected` | the WebSocket is lost for good | connect again, or end |
//!
//! # What bites
//!
//! - 404 is everyday life: callers hang up at any moment, between any two lines of a program.
//!   Where the channel is not in the path but an argument, as with `add_channel`, it is a 400 or
//!   422.
//! - 409 has two meanings: the channel exists and is not in an application (yet, or any more), and
//!   an id is taken. 412 means that it is not answered.
//! - 500 can be the caller's fault: an unknown channel technology, an endpoint that is not
//!   registered, a recording directory that does not exist. Asterisk's own log tells.
//! - Operations answer statuses that Asterisk's specs do not name: match those that you handle,
//!   and let all others through.
