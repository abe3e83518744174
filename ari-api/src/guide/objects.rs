//! Streams of objects: the events of one call, and the outcome of operations.
//!
//! Each call has its own event stream, which ends when the call does. `channel.events()` opens it,
//! and yields the events of that channel in order, including those of its playbacks and recordings.
//! Bridges, playbacks, live recordings, endpoints and device states have streams, too.
//!
//! Events of a request can arrive before its response. Open the stream before sending the request:
//! `send_with_events` does both. If only the end matters, `wait_until_finished` and `outcome` wait
//! for it.
//!
//! ```
//! use std::time::Duration;
//!
//! use ari_api::outcome::CallOutcome;
//! use ari_api::{Error, Event};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # use ari_mock::Step;
//! # let answers = [Step::Answer, Step::Wait(Duration::from_secs(3))];
//! # let steps = answers.into_iter().chain([Step::SendDtmf("#".into())]);
//! # let pbx = ari_mock::Asterisk::builder().endpoint("PJSIP/100", steps.chain([Step::Echo]));
//! # let pbx = pbx.start().await?;
//! # let client = pbx.client()?;
//! // Keeps the application connected.
//! let app = client.application("hello").connect().await?;
//!
//! let ring = Duration::from_secs(20);
//! let call = client.channels().originate("PJSIP/100").app("hello").timeout(ring);
//! let (channel, mut events) = match call.outcome().await? {
//!     CallOutcome::Answered { channel, events, .. } => (channel, events),
//!     other => {
//!         println!("not answered: {:?}", other.failure());
//!         return Ok(());
//!     }
//! };
//! let playback = channel.play(["sound:hello-world"]).wait_until_finished().await?;
//! println!("the playback is {}", playback.state);
//!
//! let (recording, _) = channel.record("greeting", "wav").send_with_events().await?;
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
//! # Incoming calls
//!
//! The stream of an incoming call begins when it is opened, which is after its `StasisStart`. Open
//! it when you handle that event, before the first request, so that it contains the events that the
//! request causes. If the caller has already hung up, the stream ends in
//! [`Error::ObjectGone`](crate::Error::ObjectGone) two seconds later, and the request fails with
//! 404.
//!
//! ```
//! # use ari_api::{Error, Event};
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pbx = ari_mock::Asterisk::start().await?;
//! # let client = pbx.client()?;
//! # let app = client.application("hello").connect().await?;
//! # let mut starts = app.events_of::<ari_api::models::StasisStart>();
//! # let alice = pbx.incoming_call("PJSIP/alice").into_application("hello");
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
//! # Requirements of a stream
//!
//! A stream of an object yields the events that Asterisk sends to the applications that this client
//! has connected. It requests nothing by itself, so one of the applications must be subscribed to
//! the object:
//!
//! - **Channels** that were originated or created for the application are covered from their
//!   creation on, and other channels while they are in the application. All others need a
//!   subscription: to the channel, to its endpoint, or to all channels.
//! - **Bridges** are not covered by creating them, only while they contain a channel that is
//!   covered. An application stays subscribed to a bridge if its channel hangs up in it, and is
//!   unsubscribed if its channel is removed from it.
//!   [`send_with_events`](crate::bridges::Create::send_with_events) therefore subscribes an
//!   application to the bridge after creating it. For a bridge that was created otherwise,
//!   subscribe yourself.
//! - **Playbacks and recordings** are covered if the channel or bridge is covered that they were
//!   started on. The stream of one in a bridge ends together with the stream of the bridge only in
//!   `wait_until_finished`. After `send_with_events`, watch the bridge as well if its channels can
//!   leave.
//! - **Endpoints and device states** always need a subscription.
//!
//! An application can stop receiving the events of an object: the channel leaves the application,
//! the last of its channels leaves the bridge, a subscription is cancelled, the application is
//! closed or taken over, or a gap occurs. A stream can also be opened for an object of which no
//! event has been received yet. In each of these cases the client asks the server whether the
//! object exists, and whether an application of this client is subscribed to a source of its
//! events. If not, the stream ends in [`Error::ObjectGone`](crate::Error::ObjectGone), after a
//! second in which the object's final event may still arrive. If a client has several applications,
//! a stream stays open as long as any of them covers the object.
//! [`Closed`](crate::stream::ConnectionEvent::Closed) and
//! [`Replaced`](crate::stream::ConnectionEvent::Replaced) in the stream report that a WebSocket
//! was closed or an application taken over.
//!
//! **Event filters** apply on the server, before anything above. If a filter excludes
//! `ChannelDestroyed`, `BridgeDestroyed` or `PlaybackFinished`, streams do not end with their
//! objects. If the filters that this client has set exclude the events that `wait_until_finished`
//! and `outcome` wait for, these return an error before sending anything. They do not know filters
//! that another client has set, or that are set while they wait.
//!
//! # Pitfalls
//!
//! - If this client has connected no application, no event can arrive: `send_with_events` and
//!   `wait_until_finished` then return an error before sending anything, and a stream ends at once
//!   with an error. `outcome` needs the very application that the call is to enter.
//! - A stream that is opened before its object exists, other than by `send_with_events` and the
//!   like, or before anything is subscribed to the object, waits one second for that.
//! - `StasisEnd` means that the call has left your application, `ChannelDestroyed` that it has
//!   ended.
//! - A created channel (`create`) is in the application before it is dialed, so `StasisStart` does
//!   not mean that it was answered. [`call_outcome`](crate::outcome::call_outcome) accounts for
//!   this.
//! - If the response to a request is lost (`OutcomeUnknown`), the object may have been created
//!   nevertheless. Choose the id yourself, so that you can hang it up. The error's cause contains
//!   the id.
//! - Media can end without an event: see [requests](super::requests). `wait_until_finished` then
//!   asks the server for the playback after 2 seconds without an event, and again later, and ends
//!   when the playback no longer exists. Its `report` says so. Dropping the future is safe, and
//!   stops nothing.
//! - `stop` and `control` can fail with 500 just after `PlaybackStarted`, and with 404 just after
//!   the end.
//! - Asterisk refuses an offline or unknown phone, or one whose technology is not loaded, with 500.
//!   `outcome` then looks up the endpoint, and returns `Unreachable`. The errors of `originate`,
//!   `create` and `record` contain the result of such a lookup, too:
//!   [`Finding`](crate::error::Finding).
//! - A `Local` channel whose extension does not exist ends without a cause. `outcome` recognises
//!   this: `UnknownExtension`.
//! - A busy `Local` channel reports no cause. `outcome` infers it from how far dialing got.
