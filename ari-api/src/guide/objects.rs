//! Streams of objects: the events of one call, and what becomes of things.
//!
//! A call reads best as a story: what happens, in order, to this one caller. `channel.events()` is
//! that, as a stream of its own; bridges, playbacks, live recordings, endpoints and device states
//! have one, too. It ends when the object does. What is played to a channel and recorded of it is
//! in the channel's stream, too.
//!
//! Events of a request can be faster than its answer. So interest comes before action:
//! `with_events` opens the stream and then sends. Where only the end counts, `finished` and
//! `outcome` wait for it.
//!
//! ```
//! use ari_api::outcome::CallOutcome;
//! use ari_api::{Error, Event};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use ari_mock::Step;
//! # let answers = [Step::Answer, Step::Wait(std::time::Duration::from_secs(3))];
//! # let steps = answers.into_iter().chain([Step::SendDtmf("#".into())]);
//! # let pbx = ari_mock::Asterisk::builder().endpoint("PJSIP/100", steps.chain([Step::Echo]));
//! # let pbx = pbx.start().await?;
//! # let client = pbx.client()?;
//! // Keeps the application connected.
//! let app = client.application("hello").connect().await?;
//!
//! let call = client.channels().originate("PJSIP/100").app("hello").timeout(20);
//! let (channel, mut events) = match call.outcome().await? {
//!     CallOutcome::Answered { channel, events, .. } => (channel, events),
//!     other => {
//!         println!("not answered: {:?}", other.failure());
//!         return Ok(());
//!     }
//! };
//! let playback = channel.play(["sound:hello-world"]).finished().await?;
//! println!("the playback is {}", playback.state);
//!
//! let (recording, _) = channel.record("greeting", "wav").with_events().await?;
//! while let Some(event) = events.next().await {
//!     match event?.as_ref() {
//!         Event::ChannelDtmfReceived(dtmf) if dtmf.digit == "#" => recording.stop().await?,
//!         Event::RecordingFinished(_) => channel.hangup().await?,
//!         Event::ChannelDestroyed(end) => println!("{}", end.cause_txt),
//!         _ => {}
//!     }
//! }
//! # assert_eq!(client.recordings().list_stored().await?.len(), 1);
//! # pbx.assert_no_violations();
//! # Ok(())
//! # }
//! ```
//!
//! # Calls that come in
//!
//! The stream of a call that comes in begins when it is opened, which is after its `StasisStart`.
//! Open it where that event is handled, before the first request: where that request finds the
//! channel, nothing of its end has been missed; where it ends in a 404, the caller is gone.
//!
//! ```
//! # use ari_api::{Error, Event};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let client = pbx.client()?;
//! # let app = client.application("hello").connect().await?;
//! # let mut starts = app.events_of::<ari_api::models::StasisStart>();
//! # let alice = pbx.call("PJSIP/alice").into("hello", [""; 0]);
//! # let start = starts.next().await.ok_or("no call")??;
//! # tokio::spawn(async move {
//! #     while alice.state().as_deref() != Some("Up") { tokio::task::yield_now().await }
//! #     alice.hang_up();
//! # });
//! let call = client.channel(&start.channel.id);
//! let mut events = call.events();
//! call.answer().await?;
//! while let Some(event) = events.next().await {
//!     if let Event::StasisEnd(_) = event?.as_ref() {
//!         println!("{} has left", start.channel.name);
//!         break;
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # What bites
//!
//! - Without an application that this client has connected nothing can arrive: `with_events` and
//!   `finished` then refuse before anything is sent, and a stream ends at once and says so.
//! - A channel that leaves the application is not heard of any more, unless the application has
//!   subscribed to it. Its stream then ends in [`Error::Gone`](crate::Error::Gone). `StasisEnd`
//!   means that the call is no longer yours, `ChannelDestroyed` that it is over.
//! - Media can end without an event: see [calls](super::calls). `finished` then waits until the
//!   channel ends; `tokio::time::timeout` gives it a limit. Dropping the future is safe, and stops
//!   nothing.
//! - `stop` and `control` can answer 500 just after `PlaybackStarted`, and 404 just after the end.
//! - A busy `Local` channel tells no cause, which `outcome` knows to read from how far dialing got.
