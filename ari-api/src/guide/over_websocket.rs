//! Requests over the WebSocket: one connection for everything.
//!
//! Asterisk 20.14, 21.9, 22.4 and later take requests over the WebSocket of the events.
//! [`Client::over`](crate::Client::over) makes a client that sends them this way; nothing else
//! changes.
//!
//! ```
//! use ari_api::{Client, Event};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let http = pbx.client()?;
//! let mut app = http.application("hello").connect().await?;
//! let client = Client::over(app.session());
//! # let alice = pbx.call("PJSIP/alice").into_application("hello");
//! while let Some(event) = app.next().await {
//! #   if event.as_ref().is_ok_and(|event| event.kind() == "PlaybackFinished") { break }
//!     if let Event::StasisStart(start) = event?.as_ref() {
//!         let call = client.channel(&start.channel.id);
//!         call.ring().await?;
//!         // Goes by HTTP, because it may wait.
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
//! It saves connections, for example where a firewall lets only one through or where
//! `sessionlimit` is near; it saves no time. Some requests still go by HTTP, where the session was
//! connected by a client that has an address:
//!
//! - The file of a recording, because Asterisk answers it only by HTTP; and further WebSockets.
//! - What waits behind playbacks (`answer`, setting a channel's variables, entering and leaving a
//!   bridge): Asterisk works on one request of a socket at a time, so that everything else on it,
//!   the answers to pings included, would wait as well.
//! - What has more than 65,527 bytes, because Asterisk closes a WebSocket on which more comes at
//!   once. By HTTP it reads bodies of up to 40,960 bytes, which take more here where they are full
//!   of quotes.
//! - Everything, where the server is known to be a release that does not take requests this way.
//!
//! # What bites
//!
//! - Asterisk 16 to 19, and releases before those named, do not answer at all. Once an answer by
//!   HTTP has told that the server is one of them, everything goes by HTTP; a request before that
//!   ends in
//!   [`Error::OutcomeUnknown`](crate::Error::OutcomeUnknown) when its time is up.
//!   [`ask_version`](crate::runtime::Connection::ask_version) of the client by HTTP asks.
//! - Asterisk answers in the name of the *first* application of the WebSocket. When another client
//!   takes that over, requests fail from then on; with one application a socket this cannot hurt
//!   more than it must.
//! - An event filter applies to the answers, too.
//!   [`EventFilter`](crate::runtime::EventFilter) always lets them through; one that was set by
//!   other means may not.
