//! Requests over the WebSocket: one connection for everything.
//!
//! Asterisk 20.14, 21.9, 22.4 and later accept requests over the WebSocket of the events.
//! [`Client::over_session`](crate::Client::over_session) returns a client that sends them this way.
//! Nothing else changes.
//!
//! ```
//! use ari_api::{Client, Event};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let http = pbx.client()?;
//! let mut app = http.application("hello").connect().await?;
//! let client = Client::over_session(app.session());
//! # let alice = pbx.incoming_call("PJSIP/alice").into_application("hello");
//! while let Some(event) = app.next().await {
//! #   if event.as_ref().is_ok_and(|event| event.kind() == "PlaybackFinished") { break }
//!     if let Event::StasisStart(start) = event?.as_ref() {
//!         let call = client.channel(&start.channel.id);
//!         call.ring().await?;
//!         // Sent over HTTP, because it may wait.
//!         call.answer().await?;
//!         call.play(["sound:hello-world"]).await?;
//!     }
//! }
//! # assert_eq!(alice.state().as_deref(), Some("Up"));
//! # pbx.assert_no_violations();
//! # Ok(())
//! # }
//! ```
//!
//! It saves connections, for example if a firewall permits only one or if `sessionlimit` is near.
//! It saves no time. Some requests still use HTTP if the session was connected by a client that has
//! an address:
//!
//! - The file of a recording, because Asterisk sends it only over HTTP, and further WebSockets.
//! - Requests that wait behind playbacks (`answer`, setting a channel's variables, entering and
//!   leaving a bridge). Asterisk processes one request of a socket at a time, so everything else on
//!   it would wait as well, including the responses to pings.
//! - Requests of more than 65,527 bytes, because Asterisk closes a WebSocket that receives more at
//!   once. Over HTTP it reads bodies of up to 40,960 bytes, which take more space over the
//!   WebSocket if they are full of quotes.
//! - Everything, if the server is known to be a release that does not accept requests this way.
//!
//! # Pitfalls
//!
//! - A request over the WebSocket has no headers, and so no
//!   [trace context](super::requests#distributed-tracing).
//! - Asterisk 16 to 19, and releases before those named, do not respond. Once a response
//!   over HTTP has shown that the server is one of them, everything uses HTTP. A request before
//!   that ends in [`Error::OutcomeUnknown`](crate::Error::OutcomeUnknown) after its timeout. Call
//!   [`fetch_version`](crate::client::Connection::fetch_version) of the HTTP client to find out.
//! - Asterisk responds in the name of the *first* application of the WebSocket. When another client
//!   takes that application over, requests fail from then on. With one application per socket only
//!   that application is affected.
//! - An event filter applies to the responses, too. [`EventFilter`](crate::EventFilter)
//!   always permits them. A filter that was set by other means may not.
