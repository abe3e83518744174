//! Guide to the choice of a carrier, the settings of Asterisk, delay, echo, and pitfalls.
//!
//! The folder `examples` has whole programs: an echo, a voice agent that can be interrupted, an
//! announcement for many calls, the transcription of both directions of a call, and a bridge to a
//! speech model over a WebSocket.
//!
//! # Carriers
//!
//! | use | if |
//! |---|---|
//! | WebSocket | Asterisk is 20.18, 22.8, 23.2 or later. The program connects, so Asterisk need not reach it, and Asterisk keeps the time. |
//! | AudioSocket | Asterisk is 18 or later and can reach a TCP port of the program. The delay is the lowest. Below 20.17, 21.12, 22.7 and 23.1 it has 8 kHz only. |
//! | RTP | Asterisk is 16 or 17, or lacks the modules of the others. It needs a range of UDP ports, and has 8 and 16 kHz. |
//! | WebSocket with plain text | no other carrier can be used. The releases between 20.16 and 20.17, 22.6 and 22.7 have faults that end calls. |
//!
//! A session chooses by this order, from the version and the loaded modules of the server, and from
//! the addresses that a [`MediaService`](crate::MediaService) offers.
//! [`Media::carrier`](crate::Media::carrier) names the choice and the reason. If a program behaves
//! differently on two carriers, it should name its carrier. The library never replaces a named
//! carrier.
//!
//! ```no_run
//! # async fn example(client: &ari_api::Client, call: &str) -> Result<(), ari_media::Error> {
//! use ari_media::{Carrier, MediaService, SampleRate};
//!
//! let service = MediaService::builder(client)
//!     .audiosocket("0.0.0.0:9019".parse().expect("an address"), "10.0.0.5:9019")
//!     .bind()
//!     .await?;
//! let media = service
//!     .open(call)
//!     .rate(SampleRate::Hz24000)
//!     .carrier(Carrier::AudioSocket)
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Settings of Asterisk
//!
//! The **WebSocket** is served on the HTTP port of ARI, below the same prefix:
//!
//! ```ini
//! ; http.conf
//! [general]
//! enabled = yes
//! bindaddr = 127.0.0.1
//! bindport = 8088
//!
//! ; modules.conf, if autoload is off
//! [modules]
//! load = res_http_websocket.so
//! load = res_websocket_client.so
//! load = chan_websocket.so
//! load = chan_audiosocket.so
//! load = res_audiosocket.so
//! load = chan_rtp.so
//! ```
//!
//! Asterisk does not require a password on this WebSocket. The id in its path is the secret, so use
//! TLS (the feature `tls`, and `tlsenable` in `http.conf`) on any network that others can read.
//!
//! With the feature `server`, **Asterisk connects** to the program. A section of
//! `websocket_client.conf` contains the program's address. The section's name is the `client_id` of
//! `MediaServiceBuilder::websocket_server`:
//!
//! ```ini
//! ; websocket_client.conf
//! [agent]
//! type = websocket_client
//! uri = ws://10.0.0.5:9000/media
//! protocols = media
//! username = asterisk
//! password = secret
//! connection_type = per_call_config
//! ```
//!
//! **AudioSocket** and **RTP** need no settings. The firewall must allow TCP from Asterisk to the
//! program's port, or UDP in both directions. RTP on Asterisk's side uses the ports of `rtp.conf`.
//! Neither is encrypted or has a password, so keep both in a private network. Use numeric
//! addresses, because `localhost` can become `::1`.
//!
//! # Delay
//!
//! | cause | delay |
//! |---|---|
//! | a frame has to be full before it is sent | 20 ms |
//! | the timer of a WebSocket channel, 10 ms on average | up to 20 ms |
//! | AudioSocket and RTP, through a bridge of two | below 1 ms |
//! | a bridge of three or more mixes | up to 20 ms |
//! | the jitter buffer of the caller's telephone, and the network | 50 to 200 ms |
//! | resampling in this process | some milliseconds: none if the rates are the same |
//! | the queues and tasks of this library, on a machine that is not busy | below 1 ms |
//!
//! A queue on Asterisk's side never becomes shorter by itself while a program sends without pause.
//! Each stall of the machine adds to the delay until the call ends. So the library keeps the queue
//! in this process, passes on no more than [`lead`](crate::OpenMedia::lead), and sends no silence.
//! For the same reason, an echo or a translation should not send the silence that it receives.
//! [`Frame::missing`](crate::Frame::missing) marks this silence.
//!
//! The lead over WebSocket delays neither the first word nor [`clear`](crate::AudioSender::clear).
//! It bridges stalls of the program. 200 ms are enough on a busy machine.
//!
//! Ask for the rate that the model wants. Asterisk then converts between it and the rate of the
//! caller.
//!
//! # Barge-in
//!
//! A model generates a reply faster than it can be played. When the caller interrupts the reply,
//! the program must drop the queued audio, ignore the audio of this reply that still arrives, and
//! inform the model how much the caller has heard. Otherwise the model continues as if the caller
//! had heard everything.
//!
//! ```no_run
//! # async fn example(sender: &ari_media::AudioSender, reply: &[i16]) -> Result<(), ari_media::Error> {
//! sender.start_utterance();
//! sender.try_send(reply)?;
//! // The caller speaks:
//! let cleared = sender.clear().await;
//! println!("heard {:?}, dropped {:?}", cleared.played, cleared.dropped);
//! // From here on, audio of the old reply is dropped, until the next utterance starts.
//! sender.start_utterance();
//! # Ok(())
//! # }
//! ```
//!
//! # Bridges
//!
//! A session joins the call and a channel of its own in a bridge of its own. A call that is in
//! another bridge would leave that one, because Asterisk silently moves channels between bridges.
//! A session is therefore refused before anything is created, with
//! [`Error::InBridge`](crate::Error::InBridge), or with
//! [`Error::SessionExists`](crate::Error::SessionExists) if the bridge belongs to another session of
//! the same client. There are three alternatives:
//!
//! | to | do |
//! |---|---|
//! | take part in the conversation | join its bridge: [`bridge`](crate::OpenMedia::bridge) |
//! | talk to one party alone | [`whisper`](crate::OpenMedia::whisper) |
//! | take the call out of the bridge | remove it over ARI, then open the session |
//!
//! | end of a session | call | bridge |
//! |---|---|---|
//! | the call ends or leaves the application | | is removed |
//! | the program closes or drops the session | continues in the application, in no bridge | is removed |
//! | the connection is lost: [`ConnectionLost`], [`MediaChannelEnded`] | waits in the bridge | stays until the session is opened again, closed or dropped, or the call leaves |
//! | others separate the call and its audio for half a second: [`LeftBridge`] | is where the others have put it | is removed |
//!
//! Others separate them by removing a channel from the bridge, by adding it to another one, or by
//! destroying the bridge. If they add both to another bridge, such as a conference, the session
//! continues there. Playing to the call, hold and music on hold leave it in the bridge.
//!
//! A media connection that was lost cannot be continued, because Asterisk ends its channel. The
//! program decides if and when to open another one:
//!
//! ```no_run
//! # async fn example(client: &ari_api::Client, call: &str) -> Result<(), ari_media::Error> {
//! use ari_media::{CloseReason, MediaClient as _, MediaEvent};
//!
//! let mut media = client.media(call).await?;
//! while let Some(event) = media.next().await {
//!     if let MediaEvent::Closed(
//!         CloseReason::ConnectionLost(_) | CloseReason::MediaChannelEnded(_),
//!     ) = event
//!     {
//!         // The call has stayed in the bridge. Audio that was not played is lost.
//!         media = media.reopen().await?;
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A session that is dropped is removed by a task. A program that ends calls
//! [`close_media`](crate::MediaClient::close_media) before, which ends all sessions and waits until
//! they are removed.
//!
//! [`ConnectionLost`]: crate::CloseReason::ConnectionLost
//! [`MediaChannelEnded`]: crate::CloseReason::MediaChannelEnded
//! [`LeftBridge`]: crate::CloseReason::LeftBridge
//!
//! # Echo and self-interruption
//!
//! Asterisk does not cancel echoes. A part of the agent's speech returns from the caller's
//! telephone 100 to 400 ms later. A speech detector that only measures the level mistakes it for
//! the caller, and the agent interrupts itself. Three rules help, which the example `voice_agent`
//! applies:
//!
//! - While the agent speaks, and 400 ms after, compare the level of a frame with that of the audio
//!   that was played in the last 400 ms, not with a constant.
//! - Wait for 200 to 250 ms of speech. Coughs and clicks are shorter.
//! - Do not let speech interrupt again within a second after an interruption.
//!
//! [`Frame::level`](crate::Frame::level) is the level of a frame. Asterisk can also detect speech.
//! Set the channel variable `TALK_DETECT(set)` of the call, and Asterisk reports
//! `ChannelTalkingStarted` and `ChannelTalkingFinished`.
//!
//! # Files
//!
//! ```no_run
//! # async fn example(client: &ari_api::Client, call: &str) -> Result<(), ari_media::Error> {
//! use ari_media::{MediaClient as _, PromptOutcome, WavSource};
//!
//! let mut media = client.media(call).await?;
//! let menu = WavSource::open("menu.wav").await?;
//! if let PromptOutcome::Key(key) = media.play_until_key(menu, ['1', '2']).await? {
//!     println!("{key}");
//! }
//! # Ok(())
//! # }
//! ```
//!
//! ARI's `play` can play prompts that are stored on the server, without a session. Use a session
//! for audio that only the program has.
//!
//! # What goes wrong, and what the program sees
//!
//! A session ends with one [`MediaEvent::Closed`](crate::MediaEvent::Closed), after all other
//! events, and has one [`CloseReason`](crate::CloseReason). From then on nothing waits:
//!
//! - `send`, `try_send` and `mark` return [`SendError::Closed`](crate::SendError::Closed), also if
//!   `send` was waiting for room.
//! - `wait_until_played` returns [`PlayOutcome::Interrupted`](crate::PlayOutcome::Interrupted).
//! - `clear` returns the duration that was played, as far as known.
//! - Each mark that was not played is reported by
//!   [`MediaEvent::MarkCleared`](crate::MediaEvent::MarkCleared).
//! - The media channel is removed from the server. So is the bridge, except if the call waits in it
//!   for another session: see [Bridges](#bridges). The call stays.
//!
//! If a session cannot be opened, its future returns an [`Error`](crate::Error), and nothing remains
//! on the server either. The texts below are parts of the error or of the reason:
//!
//! | fault | carrier | the program sees |
//! |---|---|---|
//! | Asterisk refuses the media channel | all | the error `creating the media channel` |
//! | the connection for the audio cannot be opened | WebSocket | the error `audio over WebSocket` |
//! | the connection for the audio cannot be opened | AudioSocket | the error `no connection of this channel within 5s` |
//! | the WebSocket's first event is missing | WebSocket | the error `audio over WebSocket` |
//! | the WebSocket's first event names an unknown format | WebSocket | the error `audio over WebSocket` |
//! | the connection is cut while the session is opened | WebSocket, AudioSocket | the error `audio over` |
//! | Asterisk does not name its end of the connection | RTP | the error `the new channel has no variable` |
//! | the media channel does not enter the application | all | the error `timed out` |
//! | the media channel ends while the session is opened | all | the error `the media channel has ended` |
//! | the call ends while the session is opened | all | the error `the call has ended` |
//! | Asterisk refuses the bridge | all | the error `creating the bridge` |
//! | the caller hangs up | all | `CallEnded` |
//! | Asterisk ends the media channel | all | `MediaChannelEnded` |
//! | Asterisk closes the connection, and no event reports it | WebSocket | `ConnectionLost`: `closed by Asterisk, with code 1000` |
//! | the connection is cut | WebSocket | `ConnectionLost`: `without closing handshake` |
//! | the connection is cut | AudioSocket | `ConnectionLost`: `the connection was closed by Asterisk` |
//! | the connection is cut within a message | WebSocket | `ConnectionLost`: `without closing handshake` |
//! | the connection is cut within a message | AudioSocket | `ConnectionLost`: `the connection was cut` |
//! | the connection is reset | WebSocket, AudioSocket | `ConnectionLost`: `connection reset` |
//! | the connection is cut during `clear` | WebSocket | `ConnectionLost`: `without closing handshake` |
//! | Asterisk's port is closed, and no event reports it | RTP | nothing: RTP has no connection |
//! | Asterisk stops reading and sending | WebSocket | `Stalled`, then `ConnectionLost`: `Asterisk plays no audio` |
//! | Asterisk stops reading and sending | AudioSocket | `ConnectionLost`: `Asterisk does not read` |
//! | Asterisk responds, but plays no audio | WebSocket | `Stalled`, then `ConnectionLost`: `Asterisk plays no audio` |
//! | Asterisk stops within a message | WebSocket | `Stalled`, then `ConnectionLost`: `Asterisk plays no audio` |
//! | Asterisk stops within a message | AudioSocket | `ConnectionLost`: `no end of a message within 5s` |
//! | Asterisk does not respond to `clear` | WebSocket | `Stalled`, then `ConnectionLost`: `Asterisk plays no audio` |
//! | Asterisk's queue stays full | WebSocket | `Stalled`, then `ConnectionLost`: `Asterisk plays no audio` |
//! | Asterisk's queue is full for a second | WebSocket | a pause: no audio is sent until there is room |
//! | Asterisk loses marks | WebSocket | pauses of a second, and `lost_marks` of `MediaStats` |
//! | a flush drops the mark that follows it | WebSocket | `clear` returns a second later |
//! | reports come late, twice, or with unknown ids | WebSocket | pauses, if they are later than the lead |
//! | Asterisk's timer is late | all | pauses, and audio in bursts |
//! | audio arrives at 8 kHz, although 16 kHz were requested | all | audio at its own rate, converted |
//! | messages arrive in pieces | WebSocket, AudioSocket | nothing |
//! | audio is empty, or ends within a sample | WebSocket | nothing: the incomplete sample is dropped |
//! | audio is empty, or ends within a sample | RTP | nothing: the incomplete sample is dropped |
//! | audio is empty, or ends within a sample | AudioSocket | `ConnectionLost`: `invalid length of a message` |
//! | Asterisk sends garbage | WebSocket | `ConnectionLost`: `media WebSocket` |
//! | Asterisk sends garbage | AudioSocket | `ConnectionLost`: `unknown message kind` |
//! | Asterisk sends garbage | RTP | nothing: the packets are ignored |
//! | Asterisk sends a message that is too long | WebSocket | `ConnectionLost`: `too long` |
//! | Asterisk sends a message that is too long | AudioSocket | `Gap`: the part beyond a second is dropped |
//! | Asterisk sends a message that is too long | RTP | nothing: the packet is ignored |
//! | Asterisk names another call | AudioSocket | `ConnectionLost`: `a second id of the call` |
//! | Asterisk reports an error | AudioSocket | `ConnectionLost`: `the peer reports an error` |
//! | packets arrive twice, and out of order | RTP | nothing: the order is restored |
//! | packets arrive from another address | RTP | nothing: the packets are ignored |
//! | the application's WebSocket is cut, and opened again | all | nothing |
//! | Asterisk does not respond when the session is closed | all | `close` returns after 15 seconds, and the removal continues |
//!
//! A WebSocket reports [`MediaEvent::Stalled`](crate::MediaEvent::Stalled) after about four seconds
//! without progress, and the session ends ten seconds later. RTP and AudioSocket do not report what
//! is played. Over RTP, only ARI reports the end. An AudioSocket whose peer does not read ends ten
//! seconds after the buffers of the system are full, which takes some seconds of audio.
//!
//! # Pitfalls
//!
//! - Keep reading. A receiver drops the oldest audio after two seconds, and then reports
//!   [`MediaEvent::Gap`](crate::MediaEvent::Gap). Run slow work, such as requests to a model, in
//!   another task.
//! - Dropping a session drops the queued audio. Call
//!   [`wait_until_played`](crate::AudioSender::wait_until_played) first.
//! - The end of a session does not end the call. The caller then hears silence, so hang up.
//! - On every carrier, keys come from ARI's events of the caller. To send keys, use ARI's `dtmf` on
//!   the caller's channel.
//! - A session receives the audio of all other parties in its bridge. To record both sides of a
//!   call separately, use [`tap`](crate::MediaClient::tap).
//! - Audio of [`whisper`](crate::OpenMedia::whisper) is heard only while Asterisk sends the party
//!   other audio, but always counts as played. The session receives the audio that Asterisk
//!   sends. If that is silent throughout, as in `Wait()` of the dialplan, the party may have heard
//!   nothing. `transmit_silence = yes` in `asterisk.conf` helps, because silence is audio.
//! - The program, not the caller, receives music on hold and `play` on the library's own media
//!   channel.
//! - A session for raw packets passes them on unchanged. Opus, for example, needs exactly one
//!   packet of 20 ms in each call of [`try_send_raw`](crate::AudioSender::try_send_raw), and cannot
//!   be cleared on Asterisk's side.
//! - Asterisk converts audio from and to 44.1 kHz, and from 8 to 192 kHz, at half the level. Sessions
//!   avoid that, except for those of raw packets. Local channels have a rate of 192 kHz unless they
//!   are originated with `formats("slin16")`.
