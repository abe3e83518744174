//! Events: the stream of an application, streams of one type, subscriptions, filters.
//!
//! Connecting an application registers it: calls can enter it from then on. A task of its own reads
//! the WebSocket, so that Asterisk never waits, and hands the events to every stream that wants
//! them. What nobody wants is not even decoded.
//!
//! ```
//! use ari_api::models::ChannelDtmfReceived;
//! use ari_api::runtime::{EventFilter, EventSource};
//! use ari_api::{Error, Event};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::builder().endpoint("PJSIP/100", [ari_mock::Step::Answer]);
//! # let pbx = pbx.start().await?;
//! # let client = pbx.client()?;
//! let mut app = client.application("hello").connect().await?;
//!
//! // One type only, already taken apart.
//! let mut digits = app.events_of::<ChannelDtmfReceived>();
//! tokio::spawn(async move {
//!     while let Some(Ok(dtmf)) = digits.next().await {
//!         println!("{} presses {}", dtmf.channel.name, dtmf.digit);
//!     }
//! });
//!
//! // Channels in the application are heard of without; anything else takes a subscription.
//! let hello = client.application("hello");
//! hello.subscribe([EventSource::endpoint("PJSIP", "100")]).await?;
//! hello.filter().filter(EventFilter::new().disallow(["ChannelVarset"])).await?;
//!
//! // An event of one's own, to this application or another.
//! client.events().user_event("lunch", "hello").variables([("minutes", 30)]).await?;
//!
//! # pbx.call("PJSIP/alice").into_application("hello").press("1");
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
//!         // The stream goes on behind these.
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
//! - Everything that happens on the server: `client.application("watch").connect()
//!   .subscribe_all(true)`. On a busy server that is a flood, and an Asterisk 22 on which such a
//!   WebSocket closes just as a device state changes can stand still from then on. To leave the
//!   device states out subscribe to
//!   [`EventSource::all_channels`](crate::runtime::EventSource::all_channels) and the like.
//! - Each stream has a buffer of its own, of 8192 events unless
//!   [`event_buffer`](crate::runtime::ClientBuilder::event_buffer) says otherwise. Who is slower
//!   than that gets [`Error::Lagged`](crate::Error::Lagged) with the number of lost events; the
//!   other streams do not notice. `app.session().stats()` counts what was received, decoded,
//!   unwanted, and missed: watch `missed`.
//! - An event of a type that these bindings do not know is `Event::Unknown`, with its text.
//!
//! # What bites
//!
//! - **Do not await long things between two `next`.** Give each call to a task, as the examples do,
//!   or nobody else is served while somebody hears a prompt.
//! - **A stream that nobody reads fills up.** To keep an application connected without reading its
//!   events, call [`into_session`](crate::runtime::EventStream::into_session) and keep the result.
//! - `next()` is cancel-safe: a `tokio::select!` or a timeout around it loses no event. `try_next()`
//!   and `drain()` take what has arrived, without waiting.
//! - When a second client connects the same application, the first gets `ApplicationReplaced`, and
//!   nothing more of that application. With several applications on the WebSocket that is also told
//!   by `Event::Connection`, and by [`Error::Replaced`](crate::Error::Replaced) in streams of one
//!   type; without any left the streams end in [`Error::Disconnected`](crate::Error::Disconnected).
//! - Events of a request can come before its answer: be interested first, see
//!   [streams of objects](super::objects).
//! - A filter looks at types alone. A list that is not given stays as it was; `everything()` clears
//!   both. What it holds back nobody hears of, this library included: without `ChannelDestroyed`
//!   and its like, streams of objects do not end by themselves.
//! - A subscription to several sources of which one does not exist is refused, and those in front
//!   of that one are subscribed to all the same.
//! - Which comes first is not fixed for the two halves of a `Local` channel.
