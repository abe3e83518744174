//! Calls: requests, handles, ids, time limits, and what a release has.
//!
//! What an operation requires are its arguments, the rest are setters, and `.await` sends it.
//! Resources are methods of the client; so are single objects, as *handles* that hold the id.
//! Neither sends anything by itself.
//!
//! ```
//! use std::time::Duration;
//!
//! use ari_api::channels::{self, MuteDirection};
//! use ari_api::runtime::unique_id;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::builder().endpoint("PJSIP/100", [ari_mock::Step::Answer]);
//! # let pbx = pbx.start().await?;
//! # let client = pbx.client()?;
//! # let _app = client.application("hello").connect().await?;
//! # pbx.call("PJSIP/alice").id("1763862531.42").into_application("hello");
//! // A request of the resource, and one of a handle.
//! for channel in client.channels().list().await? {
//!     println!("{} is {}", channel.name, channel.state);
//! }
//! let call = client.channel("1763862531.42");
//! call.mute().direction(MuteDirection::In).await?;
//! call.unmute().await?;
//!
//! // An id of one's own is known before the answer comes, and shows whether a request arrived.
//! let id = unique_id();
//! client.channels().originate("PJSIP/100").app("hello").channel_id(&id).timeout(20).await?;
//!
//! // These requests have two seconds for their answers.
//! client.within(Duration::from_secs(2)).asterisk().ping().await?;
//!
//! // A request without a client is data: compare it, keep it, send it later.
//! let later = channels::Hangup::new(&id);
//! client.send(later).await?;
//! # assert_eq!(pbx.channel_ids(), ["1763862531.42"]);
//! # pbx.assert_no_violations();
//! # Ok(())
//! # }
//! ```
//!
//! # What a release has
//!
//! One surface covers Asterisk 12 to 24, and the documentation of each item says which of them have
//! it. A server that lacks an operation answers like one that lacks an object; it is
//! [`Error::NotAvailable`](crate::Error::NotAvailable) here, which tells the version it takes and
//! the version there is. With
//! [`check_availability`](crate::runtime::ClientBuilder::check_availability) such a request is not
//! even sent. A request that the server would take for another operation is never sent: Asterisk 12
//! and 13 take `channels().create(…)` for originating a channel with the id `create`. For that the
//! server is asked for its version, once, if no answer has told it.
//!
//! A server that was built from a working tree has no version, and nothing is refused for it; with
//! [`server_version`](crate::runtime::ClientBuilder::server_version) it is treated as that one. To
//! ask beforehand:
//!
//! ```
//! use ari_api::operations::events::CLAIM_CHANNEL;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::builder().release(16).start().await?;
//! # let client = pbx.client()?;
//! let version = client.connection().ask_version().await?;
//! let lacking = version.filter(|version| !CLAIM_CHANNEL.availability.includes(*version));
//! if let Some(version) = lacking {
//!     println!("claims take {}, this is {version}", CLAIM_CHANNEL.availability);
//! }
//! # assert!(lacking.is_some());
//! # Ok(())
//! # }
//! ```
//!
//! # What bites
//!
//! - **A success says that Asterisk has accepted a request, not that it has worked.** Dialing an
//!   extension that does not exist, or into an application that is not connected, succeeds, and
//!   the channel ends a moment later. So does playing a sound that is missing. What has become of
//!   it is told by events: see [streams of objects](super::objects).
//! - A missing sound ends in the state `failed`, and so does a `tone:` that is neither the name of
//!   one nor frequencies. A recording that is missing, a number that is none and a scheme that is
//!   unknown end in no event at all where they come last in the list. A tone goes on until it is
//!   stopped, and later playbacks of the channel wait behind it.
//! - Seconds and milliseconds alternate: `timeout` of `originate` and all durations of recordings
//!   are seconds; those of DTMF and the skips of playbacks are milliseconds.
//! - Values that Asterisk restricts are open enums: a new release's value arrives as `Other`, and
//!   can be sent as text.
//! - A channel whose id is `create` or `externalMedia` cannot be addressed.
