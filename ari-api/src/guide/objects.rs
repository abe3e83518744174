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
//! Open it where that event is handled, before the first request, so that it has what that request
//! brings about. The caller may have gone by then: the stream ends in
//! [`Error::Gone`](crate::Error::Gone) two seconds later, and the request in a 404.
//!
//! ```
//! # use ari_api::{Error, Event};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let client = pbx.client()?;
//! # let app = client.application("hello").connect().await?;
//! # let mut starts = app.events_of::<ari_api::models::StasisStart>();
//! # let alice = pbx.call("PJSIP/alice").into_application("hello");
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
//! # What a stream needs
//!
//! A stream of an object yields what the applications are sent that this client has connected. It
//! asks for nothing by itself, so somebody has to hear of the object:
//!
//! - **Channels** are heard of from their creation on where they were originated or created for the
//!   application, and while they are in it. Others take a subscription: to the channel, to its
//!   endpoint, or to all.
//! - **Bridges** are not heard of by who makes them, only while a channel is in them that the
//!   application hears of; an application stays subscribed to a bridge in which its channel hangs
//!   up, and is unsubscribed when its channel is taken out.
//!   [`with_events`](crate::bridges::Create::with_events) therefore subscribes an application to
//!   the bridge once it is made; for a bridge that was made otherwise subscribe yourself.
//! - **Playbacks and recordings** are heard of by who hears of the channel or bridge that they were
//!   made in. The stream of one in a bridge ends with the stream of the bridge only in `finished`:
//!   after `with_events` watch the bridge, too, if its channels can leave.
//! - **Endpoints and device states** always take a subscription.
//!
//! An application can cease to hear of an object: a channel leaves the application, a
//! bridge is left by the last of its channels, a subscription is cancelled, the application is
//! closed or another client's, a gap; and a stream can be opened of an object of which nothing was
//! heard so far. Whenever that can be so, the server is asked whether the object is there and
//! whether an application of this client is subscribed to what brings its events. Where
//! either is not so the stream ends in [`Error::Gone`](crate::Error::Gone), after a second in which
//! the event that tells the end may still come. A client with several applications keeps the
//! streams that any of them hears of; that a WebSocket was closed or an application taken over is
//! told in them as [`Closed`](crate::runtime::ConnectionEvent::Closed) and
//! [`Replaced`](crate::runtime::ConnectionEvent::Replaced).
//!
//! **Event filters** are looked at by the server, before anything of the above. Where one holds
//! back `ChannelDestroyed`, `BridgeDestroyed` or `PlaybackFinished`, streams do not end with their
//! objects. `finished` and `outcome` refuse to wait, before anything is sent, where the filters
//! that this client has set hold back what they wait for; of a filter that somebody else has set,
//! or that is set while they wait, they do not know.
//!
//! # What bites
//!
//! - Without an application that this client has connected nothing can arrive: `with_events` and
//!   `finished` then refuse before anything is sent, and a stream ends at once and says so.
//!   `outcome` takes the very application that the call is to enter.
//! - A stream that is opened before its object is made, other than by `with_events` and the like,
//!   or before anything is subscribed to it, has a second for that.
//! - `StasisEnd` means that the call is no longer yours, `ChannelDestroyed` that it is over.
//! - A created channel (`create`) is in the application before it is dialed: `StasisStart` is no
//!   answer then. [`call_outcome`](crate::outcome::call_outcome) knows.
//! - Where the answer to a request is lost (`OutcomeUnknown`), what it was to make may be there all
//!   the same: choose the id yourself, to hang it up. The error's cause names it.
//! - Media can end without an event: see [calls](super::calls). `finished` then asks the server for
//!   the playback after 2 seconds without an event, and later again, and ends when it no longer
//!   exists; its `report` says so. Dropping the future is safe, and stops nothing.
//! - `stop` and `control` can answer 500 just after `PlaybackStarted`, and 404 just after the end.
//! - A phone that is offline or unknown, or whose technology is not loaded, is refused with 500;
//!   `outcome` asks about the endpoint, and says `Unreachable`. The errors of `originate`, `create`
//!   and `record` themselves say what was found, too: [`Finding`](crate::runtime::Finding).
//! - A `Local` channel whose extension does not exist ends without a word; `outcome` knows it by
//!   that: `UnknownExtension`.
//! - A busy `Local` channel tells no cause, which `outcome` knows to read from how far dialing got.
