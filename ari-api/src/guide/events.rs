//! Events: the stream of an application, streams of one type, subscriptions, filters.
//!
//! Connecting an application registers it: calls can enter it from then on. A separate task reads
//! the WebSocket, so that Asterisk never waits, and passes the events to every stream that wants
//! them. An event that no stream wants is not even decoded.
//!
//! ```
//! use ari_api::models::ChannelDtmfReceived;
//! use ari_api::{EventFilter, EventSource};
//! use ari_api::{Error, Event};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::builder().endpoint("PJSIP/100", [ari_mock::Step::Answer]);
//! # let pbx = pbx.start().await?;
//! # let client = pbx.client()?;
//! let mut app = client.application("hello").connect().await?;
//!
//! // Events of one type only, already decoded.
//! let mut digits = app.events_of::<ChannelDtmfReceived>();
//! tokio::spawn(async move {
//!     while let Some(Ok(dtmf)) = digits.next().await {
//!         println!("{} presses {}", dtmf.channel.name, dtmf.digit);
//!     }
//! });
//!
//! // Channels in the application need no subscription; anything else does.
//! let hello = client.application("hello");
//! hello.subscribe([EventSource::endpoint("PJSIP", "100")]).await?;
//! hello.filter().filter(EventFilter::new().disallow(["ChannelVarset"])).await?;
//!
//! // A custom event, to this application or another.
//! client.events().user_event("lunch", "hello").variables([("minutes", 30)]).await?;
//!
//! # pbx.incoming_call("PJSIP/alice").into_application("hello").press("1");
//! # let mut told = Vec::new();
//! while let Some(event) = app.next().await {
//! #   told.push(event.as_ref().map(|event| event.kind().to_owned()).unwrap_or_default());
//! #   if told.iter().any(|kind| kind == "ChannelDtmfReceived") { break }
//!     match event {
//!         Ok(event) => match event.as_ref() {
//!             Event::StasisStart(start) => println!("{} is here", start.channel.name),
//!             Event::ChannelUserevent(user) => println!("{}", user.eventname),
//!             Event::Connection(turn) => println!("{turn}"),
//!             other => println!("{}", other.kind()),
//!         },
//!         // The stream continues after these.
//!         Err(error @ (Error::Lagged { .. } | Error::Decode(_))) => eprintln!("{error}"),
//!         Err(error) => return Err(error.into()),
//!     }
//! }
//! # for kind in ["Connected", "ChannelUserevent", "StasisStart"] {
//! #     assert!(told.iter().any(|told| told == kind), "{told:?}");
//! # }
//! # pbx.assert_no_violations();
//! # Ok(())
//! # }
//! ```
//!
//! - Several applications on one WebSocket: `client.events().event_websocket(["first", "second"])`.
//!   `event.application()` tells them apart; an event for both comes twice.
//! - All events of the server: `client.application("watch").connect().subscribe_all(true)`. On a
//!   busy server these are very many, and Asterisk 22 can freeze if such a WebSocket closes while a
//!   device state changes. To exclude device states, subscribe to
//!   [`EventSource::all_channels`](crate::EventSource::all_channels) and the like.
//! - Each stream has its own buffer, of 8192 events unless
//!   [`event_buffer_capacity`](crate::client::ClientBuilder::event_buffer_capacity) sets another
//!   size. A slower consumer gets [`Error::Lagged`](crate::Error::Lagged) with the number of lost
//!   events, and the other streams are not affected. `app.session().stats()` counts received,
//!   decoded, skipped and dropped events: monitor `dropped`.
//! - An event of a type that these bindings do not know is `Event::Unknown`, with its text.
//!
//! # Pitfalls
//!
//! - **Do not block between calls to `next()`.** Run each call in its own task, as the examples do.
//!   Otherwise no other call is handled during a prompt.
//! - **A stream that is not read fills up.** To keep an application connected without reading its
//!   events, call [`into_session`](crate::stream::EventStream::into_session) and keep the result.
//! - `next()` is cancel-safe: a `tokio::select!` or a timeout around it loses no event.
//!   `try_next()` and `drain()` return events that have already arrived, without waiting.
//! - When a second client connects the same application, the first gets `ApplicationReplaced`, and
//!   nothing more of that application. If the WebSocket serves several applications,
//!   `Event::Connection` and, in streams of one type,
//!   [`Error::ApplicationReplaced`](crate::Error::ApplicationReplaced) report it. If no application
//!   remains, the streams end in [`Error::Disconnected`](crate::Error::Disconnected).
//! - Events of a request can arrive before its response. Open the stream before sending the
//!   request: see [streams of objects](super::objects).
//! - A filter only considers event types. An omitted list stays as it was, and `allow_all()` clears
//!   both lists. Asterisk does not send excluded events, so this library does not see them either:
//!   without `ChannelDestroyed` and the like, streams of objects do not end by themselves.
//! - A subscription to several sources is refused if one of them does not exist. The sources before
//!   that one are subscribed to nevertheless.
//! - The order of events of the two halves of a `Local` channel is not fixed.
