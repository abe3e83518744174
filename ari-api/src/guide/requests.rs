//! Requests: handles, ids, timeouts, and the releases that have an operation.
//!
//! The required parameters of an operation are arguments, the others are setters, and `.await`
//! sends the request. Methods of the client return resources and single objects. The latter are
//! *handles*, which hold the id and have every operation on that object. Neither sends anything by
//! itself.
//!
//! ```
//! use std::time::Duration;
//!
//! use ari_api::channels::{self, MuteDirection};
//! use ari_api::client::unique_id;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::builder().endpoint("PJSIP/100", [ari_mock::Step::Answer]);
//! # let pbx = pbx.start().await?;
//! # let client = pbx.client()?;
//! # let _app = client.application("hello").connect().await?;
//! # pbx.incoming_call("PJSIP/alice").id("1763862531.42").into_application("hello");
//! // Requests of a resource, and requests of a handle.
//! for channel in client.channels().list().await? {
//!     println!("{} is {}", channel.name, channel.state);
//! }
//! let call = client.channel("1763862531.42");
//! call.mute().direction(MuteDirection::In).await?;
//! call.unmute().await?;
//!
//! // An id that you choose is known before the response, and shows whether a request arrived.
//! let id = unique_id();
//! let ring = Duration::from_secs(20);
//! client.channels().originate("PJSIP/100").app("hello").channel_id(&id).timeout(ring).await?;
//!
//! // This request has a timeout of two seconds.
//! client.with_timeout(Duration::from_secs(2)).asterisk().ping().await?;
//!
//! // A request without a client is data: compare it, store it, send it later.
//! let later = channels::Hangup::new(&id);
//! client.send(later).await?;
//! # assert_eq!(pbx.channel_ids(), ["1763862531.42"]);
//! # pbx.assert_no_violations();
//! # Ok(())
//! # }
//! ```
//!
//! Bridges, and the file of a recording, which is downloaded in chunks:
//!
//! ```no_run
//! # async fn example(client: ari_api::Client) -> Result<(), ari_api::Error> {
//! # use ari_api::channels::MuteDirection;
//! let bridge = client.bridges().create().kind("mixing").name("support").await?;
//! client.bridge(&bridge.id).add_channel(["1763862531.42"]).mute(true).await?;
//! client.channel("1763862531.42").mute().direction(MuteDirection::In).await?;
//!
//! let mut recording = client.stored_recording("greeting").get_stored_file().await?;
//! while let Some(chunk) = recording.next().await {
//!     println!("{} bytes", chunk?.len());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Availability
//!
//! One API covers Asterisk 12 to 24, and the documentation of each item names the releases that
//! have it. A server that lacks an operation responds as if an object were missing. This crate
//! returns [`Error::UnsupportedByRelease`](crate::Error::UnsupportedByRelease) instead, which
//! contains the required version and the server's version. With
//! [`enforce_availability`](crate::client::ClientBuilder::enforce_availability) such a request is
//! not even sent. A request that the server would mistake for another operation is never sent:
//! Asterisk 12 and 13 would execute `channels().create(…)` as originating a channel with the id
//! `create`. To prevent that, the client requests the server's version once, unless a response has
//! already contained it.
//!
//! A server that was built from a working tree has no version, and no operation is refused for it.
//! [`server_version`](crate::client::ClientBuilder::server_version) sets the version to assume. To
//! check in advance:
//!
//! ```
//! use ari_api::operations::events::CLAIM_CHANNEL;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::builder().release(16).start().await?;
//! # let client = pbx.client()?;
//! let version = client.connection().fetch_version().await?;
//! let lacking = version.filter(|version| !CLAIM_CHANNEL.availability.includes(*version));
//! if let Some(version) = lacking {
//!     println!("claims take {}, this is {version}", CLAIM_CHANNEL.availability);
//! }
//! # assert!(lacking.is_some());
//! # Ok(())
//! # }
//! ```
//!
//! # Retries
//!
//! A request is sent once, unless the client has a
//! [`RetryPolicy`](crate::client::RetryPolicy). With it, a request is sent again if Asterisk cannot
//! have executed it, or if a second execution changes nothing. A call is never dialled twice because
//! its response was lost, unless it has an id of its own, by which Asterisk finds the repeat.
//!
//! ```
//! use std::time::Duration;
//!
//! use ari_api::Client;
//! use ari_api::client::RetryPolicy;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let url = pbx.url();
//! # pbx.fail("asterisk.ping", 503, "Asterisk not booted");
//! let policy = RetryPolicy::new().max_attempts(5).max_delay(Duration::from_secs(1));
//! let client = Client::builder(url).credentials("aritest", "testme").retry(policy).build()?;
//! client.asterisk().ping().await?;
//! # assert_eq!(pbx.requests().len(), 2);
//! # Ok(())
//! # }
//! ```
//!
//! # Distributed tracing
//!
//! A request can carry the trace context of the span that sends it, as the header `traceparent` of
//! [W3C Trace Context](https://www.w3.org/TR/trace-context/). Asterisk ignores it, but proxies and
//! gateways see it, and the log of a request has it. With OpenTelemetry, the ids are
//! `span_context.trace_id().to_bytes()` and `span_context.span_id().to_bytes()`.
//!
//! ```
//! use ari_api::client::TraceContext;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let client = pbx.client()?;
//! let traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
//! let context: TraceContext = traceparent.parse()?;
//! client.with_trace_context(context).asterisk().ping().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Pitfalls
//!
//! - **A success means that Asterisk has accepted a request, not that it has worked.** Dialing an
//!   extension that does not exist, or into an application that is not connected, succeeds, and the
//!   channel ends a moment later. Playing a missing sound succeeds as well. Events report the
//!   outcome: see [streams of objects](super::objects).
//! - A missing sound ends in the state `failed`, and so does a `tone:` that is neither the name of
//!   a tone nor frequencies. A missing recording, an invalid number and an unknown scheme produce
//!   no final event if they are last in the list. A tone continues until it is stopped, and later
//!   playbacks of the channel wait behind it.
//! - Units differ: `timeout` of `originate` and all durations of recordings are in seconds. Those
//!   of DTMF and the skips of playbacks are in milliseconds.
//! - Values that Asterisk restricts are open enums: a value of a newer release arrives as `Other`,
//!   and can be sent as text.
//! - A channel whose id is `create` or `externalMedia` cannot be addressed.
