//! Guide to the steps of a call: prompts and keys, media in the background, spoken numbers and
//! dates, recordings, two parties, transfers, parking, queues and conferences, machines,
//! supervision, and tests.
//!
//! The folder `examples` has whole programs that need no Asterisk: `ivr`, `connect`,
//! `receptionist`, `voicemail`, `attendant`, `campaign`, `queue` and `supervise`.
//!
//! # Steps
//!
//! A [`Call`](crate::Call) is a channel in the application, its events, and the keys that its party
//! has pressed. Each step is a method that borrows it, so that there is one step at a time, and
//! each returns an enum of all outcomes. The end of the call is
//! [`CallError::Ended`](crate::CallError::Ended) at every step, so that `?` leaves the program of
//! the call:
//!
//! | outcome | meaning |
//! |---|---|
//! | `Ok` | the step is over; the caller is still there, unless the outcome says otherwise |
//! | [`CallError::Ended`](crate::CallError::Ended) | the caller has hung up, or the channel has left the application |
//! | [`CallError::Request`](crate::CallError::Request) | a request failed, or the connection is lost for good; the caller may still be there, so hang up or tell |
//! | [`CallError::InvalidSettings`](crate::CallError::InvalidSettings) | the settings cannot be used, as a whole or with Asterisk; nothing was sent |
//!
//! Dropping the future of a step stops what it has begun on the server. Every step has a limit by
//! default: those in which people talk, one of 24 hours. Methods that wait for the next event
//! ([`Conversation::next`](crate::conversation::Conversation::next),
//! [`CallQueue::next`](crate::call_queue::CallQueue::next),
//! [`Call::wait_for_end`](crate::Call::wait_for_end) and the like) have none: use
//! `tokio::time::timeout`. A WebSocket that is lost and comes back ends no step.
//!
//! # Prompts and keys
//!
//! Four digits, with three timeouts and two attempts, and the first key interrupts the prompt:
//!
//! ```no_run
//! # use std::time::Duration;
//! # use ari_calls::collect::Collected;
//! # use ari_calls::{Call, CallError};
//! # async fn example(call: &mut Call) -> Result<Collected, CallError> {
//! # let secs = Duration::from_secs;
//! call.collect(4)
//!     .prompt("sound:vm-enter-num-to-call")
//!     .attempts(2)
//!     .first_key_timeout(secs(5))
//!     .next_key_timeout(secs(2))
//!     .total_timeout(secs(30))
//!     .await
//! # }
//! ```
//!
//! - [`Collect::no_input`](crate::collect::Collect::no_input) and
//!   [`Collect::no_match`](crate::collect::Collect::no_match) set hints that are played before the
//!   next attempt.
//! - Keys that are pressed while no step reads them are kept for the next one that does. A question
//!   whose answer must be new uses
//!   [`Collect::discard_type_ahead`](crate::collect::Collect::discard_type_ahead).
//! - A [`Menu`](crate::menu::Menu) maps patterns of keys, as the dialplan writes them, to values of
//!   your own, or to other menus. It matches while keys are pressed: nobody waits for a timeout if
//!   only one entry is left. A caller who keeps moving between menus ends it, too
//!   ([`Menu::max_moves`](crate::menu::Menu::max_moves)).
//! - [`Played::Incomplete`](crate::play::Played::Incomplete) names a medium that Asterisk has
//!   skipped, such as a missing file. [`Speech::check`](crate::speech::Speech::check) finds missing
//!   sounds at the start of the program.
//!
//! # Media in the background
//!
//! [`Call::play_queue`](crate::Call::play_queue) plays while the program does something else, such
//! as reading keys that pause, skip and move:
//!
//! ```no_run
//! # use std::time::Duration;
//! # use ari_calls::{Call, CallError, Key};
//! # async fn example(call: &mut Call) -> Result<(), CallError> {
//! let mut queue = call.play_queue();
//! queue.push(["sound:demo-congrats", "sound:demo-instruct"])?;
//! if call.next_key(Duration::from_secs(10)).await? == Some(Key::Pound) {
//!     queue.skip().await?;
//! }
//! queue.finished().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Spoken numbers and dates
//!
//! [`Speech`](crate::speech::Speech) makes prompts of numbers, dates, times, durations and money,
//! with the sounds of the server and by the rules of a language. They go wherever media go:
//!
//! ```no_run
//! # use ari_calls::speech::{Language, Speech};
//! # use ari_calls::{Call, CallError, Prompt};
//! # async fn example(call: &mut Call) -> Result<(), CallError> {
//! let speech = Speech::new(Language::French);
//! call.play(Prompt::from("sound:vm-youhave").then(speech.number(71))).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Recordings
//!
//! A message that the caller listens to, keeps, records again or discards:
//!
//! ```no_run
//! # use std::time::Duration;
//! # use ari_calls::review::{Review, Reviewed};
//! # use ari_calls::{Call, CallError};
//! # async fn example(call: &mut Call, name: &str) -> Result<Reviewed, CallError> {
//! # let secs = Duration::from_secs;
//! call.answer().await?;
//! call.play("sound:vm-intro").await?;
//! let review = Review::new("sound:vm-review")
//!     .keep("1")
//!     .listen("2")
//!     .again("3")
//!     .discard("*");
//! let record = call
//!     .record(name, "wav")
//!     .beep(true)
//!     .max_silence(secs(5))
//!     .max_duration(secs(120))
//!     .min_duration(secs(2));
//! let reviewed = record.review(review).await?;
//! call.play("sound:vm-goodbye").await?;
//! Ok(reviewed)
//! # }
//! ```
//!
//! A caller who hangs up ends a recording. That is an outcome, not an error, because the message
//! exists. [`Review::on_hangup`](crate::review::Review::on_hangup) says if it is kept. A caller may
//! listen and record again up to twenty times
//! ([`Review::max_repetitions`](crate::review::Review::max_repetitions)).
//!
//! # Two parties
//!
//! The caller hears ringing, the endpoint has twenty seconds, and whoever hangs up, nothing is
//! left:
//!
//! ```no_run
//! # use std::time::Duration;
//! # use ari_calls::dial::Dialed;
//! # use ari_calls::{Call, CallError};
//! # async fn example(call: &mut Call) -> Result<(), CallError> {
//! # let secs = Duration::from_secs;
//! let dialed = call.dial("PJSIP/200").timeout(secs(20)).await?;
//! if let Dialed::NotAnswered { .. } = dialed {
//!     call.play("sound:vm-nobodyavail").await?;
//! }
//! Ok(())
//! # }
//! ```
//!
//! - [`Call::dial_all`](crate::Call::dial_all) rings several at once, and
//!   [`Call::dial_in_order`](crate::Call::dial_in_order) one after another, each for a time of its
//!   own if it is an [`Endpoint`](crate::dial::Endpoint) with a timeout.
//! - With [`Ringback::EarlyMedia`](crate::dial::Ringback::EarlyMedia) the caller hears what the
//!   network plays before the answer, such as an announcement.
//! - [`Dial::on_answer`](crate::dial::Dial::on_answer) runs on the leg that answers before it is
//!   connected: to ask for a key, so that no mailbox takes the call, or to announce the caller.
//! - The endpoint sees [`Dial::caller_id`](crate::dial::Dial::caller_id), and the caller sees
//!   [`Endpoint::connected_line`](crate::dial::Endpoint::connected_line) when it has answered.
//! - A phone that forwards the call has not answered, and the outcome names the extension to which it
//!   forwards. Asterisk does not call that one, so that nobody answers whom the program has not dialed.
//! - [`Dial::wait_for_answer`](crate::dial::Dial::wait_for_answer) returns both calls to the
//!   program, which makes a [`Conversation`](crate::conversation::Conversation) of them.
//!
//! Another program or an operator may destroy the bridge of a conversation, or take a side out of it,
//! also while the WebSocket is lost. The conversation ends then
//! ([`TalkEnd::BridgeDestroyed`](crate::dial::TalkEnd::BridgeDestroyed),
//! [`CallerRemoved`](crate::dial::TalkEnd::CallerRemoved) or
//! [`CalleeRemoved`](crate::dial::TalkEnd::CalleeRemoved)), instead of leaving both in silence. A
//! program that takes a channel out for a while sets its variable
//! [`CONSULTATION_VARIABLE`](crate::transfer::CONSULTATION_VARIABLE) until it is back.
//!
//! # Transfers
//!
//! | transfer | method |
//! |---|---|
//! | blind: the target is not asked | [`Conversation::transfer`](crate::conversation::Conversation::transfer) |
//! | attended: one side talks to the target first | [`Conversation::consult`](crate::conversation::Conversation::consult), then [`complete`](crate::transfer::Consultation::complete), [`swap`](crate::transfer::Consultation::swap), [`join_all`](crate::transfer::Consultation::join_all) or [`cancel`](crate::transfer::Consultation::cancel) |
//! | to the dialplan or another application | [`Call::continue_in_dialplan`](crate::Call::continue_in_dialplan), [`Call::move_to`](crate::Call::move_to) |
//! | to a parking lot | [`ParkingLot::park`](crate::parking::ParkingLot::park) |
//! | by a SIP phone (REFER) | [`Call::take_over_transfers`](crate::Call::take_over_transfers) |
//!
//! Each says what happens to the side that remains. Without
//! [`Call::take_over_transfers`](crate::Call::take_over_transfers), Asterisk itself performs the
//! transfer that a phone requests: a channel to the target takes the place of the phone. A dialed
//! call and a conversation go on with it
//! ([`ConversationEvent::Replaced`](crate::conversation::ConversationEvent::Replaced)), and the
//! call of the phone ends with [`CallEnd::Replaced`](crate::CallEnd::Replaced). The `StasisStart`
//! of that channel has a `replace_channel`: it is no new call for the program.
//!
//! # Parking
//!
//! A [`ParkingLot`](crate::parking::ParkingLot) keeps calls with music in numbered slots, until
//! somebody [retrieves](crate::parking::ParkingLot::retrieve) them:
//!
//! ```no_run
//! # use ari_calls::parking::{ParkEnd, Parking, ParkingLot};
//! # use ari_calls::{Call, CallError};
//! # async fn example(lot: &ParkingLot, call: Call) -> Result<(), CallError> {
//! if let Parking::Parked(parked) = lot.park(call).await? {
//!     println!("slot {}", parked.slot());
//!     if let ParkEnd::TimedOut(mut call) = parked.wait().await {
//!         call.hang_up().await?;
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Queues and conferences
//!
//! A [`CallQueue`](crate::call_queue::CallQueue) and a
//! [`Conference`](crate::conference::Conference) belong to the program: keep one for all calls, and
//! clone it. Their bridges exist while somebody is in them. All calls of one queue or conference
//! are on the same server.
//!
//! # Persons and machines
//!
//! [`Call::detect_answering_machine`](crate::Call::detect_answering_machine) guesses by talking and
//! silence. Test the thresholds with the lines that you call: a phone that sends no audio in pauses
//! never stops talking for Asterisk.
//!
//! A message for a machine begins after its beep. There are three ways to find the moment:
//!
//! | way | what it hears |
//! |---|---|
//! | `Call::wait_for_beep`, with the feature `media` | any tone of 300 to 2500 Hz for 160 ms to 2.5 s, in the audio of the call |
//! | [`wait_for_greeting_end`](crate::detect::DetectAnsweringMachine::wait_for_greeting_end) | the silence behind the beep; a pause of the greeting that is as long is taken for it |
//! | the dialplan function `TONE_DETECT`, set by the program | one frequency, which must be known; Asterisk reports it with the event `ChannelToneDetected` |
//!
//! ```
//! # #[cfg(feature = "media")]
//! # async fn example(call: &mut ari_calls::Call) -> Result<(), ari_calls::CallError> {
//! use ari_calls::detect::Beep;
//!
//! if call.detect_answering_machine().await?.is_machine() {
//!     if let Beep::Heard { .. } | Beep::Silence = call.wait_for_beep().await? {
//!         call.play("sound:vm-goodbye").await?;
//!     }
//!     call.hang_up().await?;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The example `campaign` calls a list of endpoints with it.
//!
//! # Supervision
//!
//! [`Call::supervise`](crate::Call::supervise) lets a supervisor hear both sides of any channel of
//! the server, whisper to its party, and barge in. A party hears a whisper only while Asterisk
//! sends it audio, as in a bridge.
//!
//! # Tests
//!
//! `ari-mock` is a fake Asterisk with a clock that the program shares
//! ([`frozen`](https://docs.rs/ari-mock/latest/ari_mock/struct.Builder.html#method.frozen)): five
//! timeouts of an IVR take milliseconds, and always end in the same order. Let the caller hang up
//! at every step, and list channels and bridges afterwards. The tests of this crate do that.
//!
//! # Lines
//!
//! Lines of the three examples above, formatted by rustfmt, and of the same steps in Go with
//! [CyCoreSystems/ari](https://github.com/CyCoreSystems/ari), version 6, formatted by gofmt. The Go
//! steps were written for this count by its public API (`ext/play`, `ext/record` and the handles),
//! and are in the file `benches/lines.go`. They were not compiled. Both counts have the bodies of
//! the functions, with the handling of errors.
//!
//! | step | ari-calls | CyCoreSystems/ari | what the Go step lacks |
//! |---|---|---|---|
//! | four digits, with timeouts, a second attempt, and barge-in | 7 | 13 | keys that were pressed before the prompt or before its repetition; hints between attempts |
//! | two parties, with ringing, a timeout and clean-up | 5 | 49 | the reason why the endpoint has not answered; the end of a leg that is lost in a gap of the WebSocket; the rest of the program also gets the `StasisStart` of the callee |
//! | a message with a review | 16 | 41 | keys that were pressed before the prompt of the review; the review, the shortest duration and the treatment of hangups are code of the program |
//!
//! With `ext/play` and `ext/record`, the program also watches for `StasisEnd` and cancels the
//! context of the steps then, which takes 8 lines for each call.
//!
//! # Pitfalls
//!
//! - Create the [`Call`](crate::Call) before the next event is taken from the stream of the
//!   application. Keys that were pressed earlier are missed otherwise.
//! - A call that is dropped is not hung up, unless
//!   [`Call::hang_up_on_drop`](crate::Call::hang_up_on_drop) was called. Otherwise hang up on every
//!   path of the program, errors included: a caller in silence is the worst outcome.
//! - What is dropped is removed from the server by tasks. The end of the runtime ends them, so drop
//!   calls, conversations and conferences, and close the client, before `main` returns.
//! - `digits:` and `number:` cannot be stopped by Asterisk: a key is heard, and the rest is played.
//! - A call that is in a bridge cannot be recorded by [`Call::record`](crate::Call::record). Record
//!   the bridge instead.
