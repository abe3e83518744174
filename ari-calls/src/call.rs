//! A call in the application: its channel, its events, and the keys that the caller has pressed.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use ari_api::channels::{ChannelHandle, HangupReason};
use ari_api::error::GoneReason;
use ari_api::models::StasisStart;
use ari_api::stream::{ConnectionEvent, ObjectStream};
use ari_api::{Client, Error, Event};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::Span;

use crate::claim::{CallIdentity, ChannelClaim};
use crate::deadline;
use crate::error::{CallEnd, CallError};
use crate::hangup_guard::{HangupGuard, hang_up};
use crate::key::{Key, Keys};
use crate::span;
use crate::talk_events::{TalkEvent, TalkEvents};
use crate::transfer_request::TransferRequest;

/// The number of keys that are kept until a step reads them. Further keys are ignored.
const MAX_TYPE_AHEAD: usize = 64;

/// The number of requested transfers that are kept until a conversation reads them. Further ones
/// are ignored.
const MAX_TRANSFER_REQUESTS: usize = 8;

/// Limit for the events that explain the end of a channel, and for asking the server about it.
pub(crate) const END_TIMEOUT: Duration = Duration::from_secs(2);

/// A call in an application: a channel, whose caller hears prompts and presses keys.
///
/// Steps of a call are methods: [`Call::play`], [`Call::collect`], [`Call::choose`],
/// [`Call::record`], [`Call::dial`]. Each borrows the call, so that there is one at a time, and
/// each returns [`CallError::Ended`] when the call has ended, so that `?` leaves the program of the
/// call. A connection to the server that is lost and comes back is not an end: the step goes on.
///
/// Keys that the caller presses while no step reads them are kept for the next step that does, up
/// to 64 (type-ahead).
///
/// A program may have several calls of one channel, as after two events of it. Only one at a time can
/// be in a step that connects the channel: a dialed call, a conversation, a queue, a conference, a
/// parking lot, a supervision. The steps of the others return [`CallError::InUse`] meanwhile.
///
/// Dropping a `Call` leaves the channel as it is, unless [`Call::hang_up_on_drop`] was called: hang it
/// up, or let it go by [`Call::continue_in_dialplan`]. Calls that the program has dialed
/// ([`Dial::wait_for_answer`]) are hung up when they are dropped.
///
/// [`Dial::wait_for_answer`]: crate::dial::Dial::wait_for_answer
#[derive(Debug)]
pub struct Call {
    channel: ChannelHandle,
    identity: CallIdentity,
    events: ObjectStream<Event>,
    /// The application that the channel is in. Other applications may be subscribed to the channel
    /// as well, and get a copy of each event.
    application: Option<String>,
    keys: VecDeque<Key>,
    /// The transfers that the phone has requested, and that no conversation has read.
    transfers: VecDeque<TransferRequest>,
    talking: TalkEvents,
    /// Locked while talk detection is on.
    talk_detection: Arc<Mutex<()>>,
    /// The hangup that was announced, before the channel has left the application.
    hangup: Option<CallEnd>,
    /// True if the channel has left the application, and it is not known yet if it has hung up.
    has_left: bool,
    /// True if the channel was gone already when the call was created, so that no event says so. The
    /// server is asked.
    may_be_gone: bool,
    /// True if the program has sent it to the dialplan or to another application.
    pub(crate) is_let_go: bool,
    /// True if the application that the channel was to be moved to is not registered.
    pub(crate) has_move_failed: bool,
    end: Option<CallEnd>,
    /// Lasts as long as the call and its second views. Boxed, because outcomes contain calls.
    span: Box<Span>,
    /// Hangs the channel up when the call is dropped. `None` to leave the channel as it is.
    guard: Option<HangupGuard>,
    is_talking: bool,
    /// The bridge that the program has brought the channel into.
    bridge: Option<String>,
    /// True if the channel may have left that bridge since: an event says so, or events are
    /// missing.
    may_have_left_bridge: bool,
    /// The bridge that the channel has left last.
    left_bridge: Option<String>,
    /// True if the channel has taken the place of another one in a transfer of that one's phone.
    is_taken_over: bool,
    /// The service for files of the program. `None` for sessions of the client alone.
    #[cfg(feature = "media")]
    pub(crate) media_service: Option<ari_media::MediaService>,
}

impl Call {
    /// Creates the call that has entered the application with this event. To miss no key, use this
    /// before any request for the channel, and before the next event is taken from the stream.
    pub fn incoming(client: &Client, start: &StasisStart) -> Self {
        let channel = client.channel(&start.channel.id);
        let events = channel.events();
        let known = client.connection().application_of(&start.channel.id);
        let call = Call::new(channel, events);
        span::record_application(&call.span, &start.application);
        Call {
            application: Some(start.application.clone()),
            // The event has waited in the stream of the application.
            may_be_gone: known.is_none(),
            ..call
        }
    }

    /// Creates a call from a channel that is in an application of the client, and its events:
    /// those of [`CallOutcome::Answered`](ari_api::outcome::CallOutcome::Answered), or of
    /// [`ChannelHandle::events`]. Keys of which the stream has no events are missed.
    pub fn new(channel: ChannelHandle, events: ObjectStream<Event>) -> Self {
        let span = Box::new(span::new(channel.channel_id()));
        Call::with_span(channel, events, span)
    }

    fn with_span(channel: ChannelHandle, events: ObjectStream<Event>, span: Box<Span>) -> Self {
        Call {
            application: None,
            identity: CallIdentity::new(),
            channel,
            events,
            keys: VecDeque::new(),
            transfers: VecDeque::new(),
            talking: TalkEvents::default(),
            talk_detection: Arc::default(),
            hangup: None,
            has_left: false,
            may_be_gone: false,
            is_let_go: false,
            has_move_failed: false,
            end: None,
            span,
            guard: None,
            is_talking: false,
            bridge: None,
            may_have_left_bridge: false,
            left_bridge: None,
            is_taken_over: false,
            #[cfg(feature = "media")]
            media_service: None,
        }
    }

    /// Creates a call that was dialed into an application of the client.
    pub(crate) fn dialed(
        channel: ChannelHandle,
        events: ObjectStream<Event>,
        application: String,
    ) -> Self {
        let call = Call::new(channel, events);
        span::record_application(&call.span, &application);
        Call {
            application: Some(application),
            ..call
        }
    }

    /// Hangs the channel up when the call is dropped.
    pub(crate) fn guarded_by(self, guard: HangupGuard) -> Self {
        Call {
            guard: Some(guard),
            ..self
        }
    }

    /// Returns true if the channel is hung up when the call is dropped.
    pub(crate) fn is_guarded(&self) -> bool {
        self.guard.is_some()
    }

    /// Sets whether the channel is hung up when the call is dropped.
    pub(crate) fn set_guarded(&mut self, is_guarded: bool) {
        match (&mut self.guard, is_guarded) {
            (None, true) if self.end.is_none() => {
                self.guard = Some(HangupGuard::new(self.channel.clone(), None));
            }
            (Some(guard), false) => {
                guard.disarm();
                self.guard = None;
            }
            _ => {}
        }
    }

    /// Hangs the channel up when the call is dropped, however its program ends: by an error, by a
    /// panic, or by being aborted. A call that was let go is not hung up. Call
    /// [`Client::close`](ari_api::Client::close) before `main` returns: the end of the runtime ends
    /// the task that hangs up.
    pub fn hang_up_on_drop(mut self) -> Self {
        self.set_guarded(true);
        self
    }

    /// Returns the channel, for requests of your own.
    pub fn channel(&self) -> &ChannelHandle {
        &self.channel
    }

    /// Returns the id of the channel.
    pub fn id(&self) -> &str {
        self.channel.channel_id()
    }

    /// Returns the span of the call, which ends when the call is dropped. Run the program of the call
    /// in it, so that the spans of its requests, and its log, belong to the call:
    ///
    /// ```
    /// use ari_calls::{Call, CallError};
    /// use tracing::Instrument as _;
    ///
    /// async fn greet(mut call: Call) -> Result<(), CallError> {
    ///     let span = call.span().clone();
    ///     async move {
    ///         call.answer().await?;
    ///         call.play("sound:hello-world").await?;
    ///         call.hang_up().await
    ///     }
    ///     .instrument(span)
    ///     .await
    /// }
    /// ```
    ///
    /// Its fields are `asterisk.channel.id`, `asterisk.application`, `ari.call.end` (`hung_up`,
    /// `left_application` or `replaced`) and `asterisk.hangup.cause`. Its parent is the span in which
    /// the call was created.
    pub fn span(&self) -> &Span {
        &self.span
    }

    /// Returns the client.
    pub fn client(&self) -> &Client {
        self.channel.client()
    }

    /// Returns the same call with a stream of its own, and without keys.
    pub(crate) fn second_view(&mut self) -> Self {
        self.note_arrived();
        Call {
            application: self.application(),
            identity: self.identity,
            hangup: self.hangup.clone(),
            has_left: self.has_left,
            may_be_gone: self.may_be_gone,
            end: self.end.clone(),
            #[cfg(feature = "media")]
            media_service: self.media_service.clone(),
            ..Call::with_span(
                self.channel.clone(),
                self.channel.events(),
                self.span.clone(),
            )
        }
    }

    /// Holds the channel for a step that connects it, so that no other call of the channel does.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::InUse`] if another call holds it.
    pub(crate) fn claim(&self) -> Result<ChannelClaim, CallError> {
        ChannelClaim::new(self.client(), self.id(), self.identity)
    }

    /// Returns the application that the call is in.
    pub(crate) fn application(&self) -> Option<String> {
        let id = self.channel.channel_id();
        let known = || self.client().connection().application_of(id);
        self.application.clone().or_else(known)
    }

    /// Answers the call.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call has ended, and [`CallError::Request`] if the
    /// request fails otherwise.
    pub async fn answer(&mut self) -> Result<(), CallError> {
        let answered = self.channel.answer().await;
        self.check(answered).await
    }

    /// Hangs the call up. This is a success, too, if it has ended already. A channel that has left
    /// the application is left alone, because it belongs to others: [`Call::channel`] hangs it up.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if the request fails.
    pub async fn hang_up(&mut self) -> Result<(), CallError> {
        if !self.has_left() {
            match self.channel.hangup().await {
                Err(error) if error.is_channel_gone() => {}
                result => result?,
            }
        }
        if let Some(guard) = &mut self.guard {
            guard.disarm();
        }
        Ok(())
    }

    /// Returns `true` if the channel has left the application, and so belongs to others. It may have
    /// hung up.
    pub(crate) fn has_left(&mut self) -> bool {
        self.note_arrived();
        self.has_left || self.end == Some(CallEnd::LeftApplication)
    }

    /// Lets the events of the channel reach the streams of applications, if they did not yet.
    pub(crate) fn publish(&mut self) {
        if let Some(guard) = &mut self.guard {
            guard.publish();
        }
    }

    /// Hangs the call up, again after failures, which are logged. A call that has ended needs no
    /// request. If the future is dropped, a task hangs up.
    pub(crate) async fn finish(mut self) {
        let is_there =
            !self.has_left() && matches!(self.end, None | Some(CallEnd::Replaced { .. }));
        if is_there && self.guard.is_some() {
            hang_up(&self.channel, HangupReason::Normal).await;
        }
        self.set_guarded(false);
    }

    /// Returns the end of the call, or `None` if no event has reported it yet.
    pub fn end(&mut self) -> Option<&CallEnd> {
        self.note_arrived();
        self.end.as_ref()
    }

    /// Returns the call of the channel that has taken the place of this one, if the end of this call
    /// is [`CallEnd::Replaced`]. It is in the bridge that this one was in. Asterisk's `StasisStart` of
    /// that channel reaches the stream of the application, too: it is no new call.
    ///
    /// Dropping it leaves the channel as it is.
    pub fn replacement(&self) -> Option<Call> {
        let Some(CallEnd::Replaced { channel_id }) = &self.end else {
            return None;
        };
        let channel = self.client().channel(channel_id);
        let events = channel.events();
        Some(Call {
            application: self.application.clone(),
            bridge: self.bridge.clone(),
            ..Call::new(channel, events)
        })
    }

    /// Waits for the end of this call, or else of the last of the channels that replace it. Those are
    /// hung up if the future is dropped.
    pub(crate) async fn wait_for_party_end(&mut self) -> Result<CallEnd, CallError> {
        let mut end = self.wait_for_end().await?;
        let mut replacement = self.replacement();
        while let Some(mut party) = replacement {
            party.set_guarded(true);
            // Another call may hold it already.
            let _claim = party.claim();
            end = party.wait_for_end().await?;
            replacement = party.replacement();
        }
        Ok(end)
    }

    /// Waits until the call ends, and returns its end.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if the connection to the server is lost for good.
    pub async fn wait_for_end(&mut self) -> Result<CallEnd, CallError> {
        loop {
            match self.receive().await {
                Ok(()) => {}
                Err(CallError::Ended(end)) => return Ok(end),
                Err(error) => return Err(error),
            }
        }
    }

    /// Returns the next key that the caller presses, or has pressed already while no step read
    /// keys. `None` if there is none within the limit.
    ///
    /// Cancel-safe: no key is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the call ends first, and [`CallError::Request`] if the
    /// connection to the server is lost for good.
    pub async fn next_key(&mut self, limit: Duration) -> Result<Option<Key>, CallError> {
        self.next_key_until(deadline::after(limit)).await
    }

    /// Forgets the keys that the caller has pressed and that no step has read.
    pub fn discard_keys(&mut self) {
        self.note_arrived();
        self.keys.clear();
    }

    pub(crate) async fn next_key_until(
        &mut self,
        deadline: Instant,
    ) -> Result<Option<Key>, CallError> {
        loop {
            self.check_end()?;
            if let Some(key) = self.keys.pop_front() {
                return Ok(Some(key));
            }
            match timeout_at(deadline, self.receive()).await {
                Ok(received) => received?,
                Err(_) => return Ok(None),
            }
        }
    }

    /// Waits until no talk detection of this call is on, and reserves it.
    pub(crate) async fn talk_detection_turn(&self) -> OwnedMutexGuard<()> {
        Arc::clone(&self.talk_detection).lock_owned().await
    }

    /// Keeps the beginnings and ends of talking from now on.
    pub(crate) fn begin_talk_events(&mut self) {
        self.note_arrived();
        self.talking.begin();
    }

    pub(crate) fn end_talk_events(&mut self) {
        self.talking.end();
    }

    /// Returns the next beginning or end of talking, or `None` if there is none before the
    /// deadline.
    pub(crate) async fn next_talk_event(
        &mut self,
        deadline: Instant,
    ) -> Result<Option<TalkEvent>, CallError> {
        loop {
            self.check_end()?;
            if let Some(event) = self.talking.pop() {
                return Ok(Some(event));
            }
            match timeout_at(deadline, self.receive()).await {
                Ok(received) => received?,
                Err(_) => return Ok(None),
            }
        }
    }

    /// Waits for a key of those that `is_wanted` accepts. The key stays in the type-ahead.
    pub(crate) async fn wait_for_key(
        &mut self,
        is_wanted: impl Fn(Key) -> bool,
    ) -> Result<Key, CallError> {
        loop {
            self.check_end()?;
            if let Some(key) = self.keys.iter().copied().find(|key| is_wanted(*key)) {
                return Ok(key);
            }
            self.receive().await?;
        }
    }

    /// Takes the first key of a set from the type-ahead. The others stay in it.
    pub(crate) fn take_key(&mut self, keys: Keys) -> Option<Key> {
        let key = self.keys.iter().copied().find(|key| keys.contains(*key))?;
        self.remove_key(key);
        Some(key)
    }

    /// Returns `true` if the last event of talking has reported its beginning.
    pub(crate) fn is_talking(&self) -> bool {
        self.is_talking
    }

    /// Forgets that the caller is talking: the end of talk detection is no event.
    pub(crate) fn reset_talking(&mut self) {
        self.is_talking = false;
    }

    /// Notes the bridge that the program brings the channel into, before it requests that, or
    /// `None` before it takes the channel out.
    pub(crate) fn set_bridge(&mut self, bridge: Option<&str>) {
        self.note_arrived();
        self.bridge = bridge.map(str::to_owned);
        self.may_have_left_bridge = false;
    }

    /// Notes the bridge that the program has brought the channel into, after that was requested.
    pub(crate) fn set_entered_bridge(&mut self, bridge: &str) {
        self.set_bridge(Some(bridge));
        self.may_have_left_bridge = self.left_bridge == self.bridge;
    }

    /// Returns `true` once if the channel may have left its bridge.
    pub(crate) fn take_bridge_change(&mut self) -> bool {
        self.note_arrived();
        std::mem::take(&mut self.may_have_left_bridge)
    }

    /// Returns `true` if the channel has taken the place of another one, so that it belongs to
    /// others.
    pub(crate) fn is_taken_over(&self) -> bool {
        self.is_taken_over
    }

    /// Removes the first of these keys from the type-ahead.
    pub(crate) fn remove_key(&mut self, key: Key) {
        if let Some(at) = self.keys.iter().position(|pressed| *pressed == key) {
            self.keys.remove(at);
        }
    }

    /// Returns the end of the call, also if it was announced only: a hangup was requested, or the
    /// channel has left the application.
    pub(crate) fn ending(&mut self) -> Option<CallEnd> {
        self.note_arrived();
        let left = self.has_left.then_some(CallEnd::LeftApplication);
        self.end.clone().or(self.hangup.clone()).or(left)
    }

    /// Waits for an end that may have been announced only, for up to `limit`.
    pub(crate) async fn wait_for_ending(&mut self, limit: Duration) -> Option<CallEnd> {
        let deadline = Instant::now() + limit;
        loop {
            if let Some(end) = self.ending() {
                return Some(end);
            }
            match timeout_at(deadline, self.receive()).await {
                Ok(Ok(()) | Err(CallError::Ended(_))) => {}
                Ok(Err(_)) | Err(_) => return None,
            }
        }
    }

    /// Returns the first transfer that was requested, and that was not read.
    pub(crate) fn pop_transfer(&mut self) -> Option<TransferRequest> {
        self.transfers.pop_front()
    }

    /// Returns the first key that no step has read.
    pub(crate) fn pop_key(&mut self) -> Option<Key> {
        self.keys.pop_front()
    }

    /// Takes the keys that have arrived.
    pub(crate) fn take_keys(&mut self) -> VecDeque<Key> {
        self.note_arrived();
        std::mem::take(&mut self.keys)
    }

    /// Puts keys in front of those that no step has read.
    pub(crate) fn put_back(&mut self, keys: impl DoubleEndedIterator<Item = Key>) {
        for key in keys.rev() {
            self.keys.push_front(key);
        }
    }

    /// Returns the result of a request, or the end of the call if the request failed because of it.
    pub(crate) async fn check<T>(&mut self, result: Result<T, Error>) -> Result<T, CallError> {
        match result {
            Ok(value) => Ok(value),
            Err(error) => Err(self.explain(error).await),
        }
    }

    /// Returns the end of the call if a request or a wait failed because of it, or else the error.
    pub(crate) async fn explain(&mut self, error: Error) -> CallError {
        // A channel that has left the application is refused with 409.
        let has_left = error.status() == Some(409);
        self.explain_refusal(error, has_left).await
    }

    /// Returns the result of adding the channel to a bridge, or the end of the call if the request
    /// failed because of it.
    pub(crate) async fn check_bridging(
        &mut self,
        result: Result<(), Error>,
    ) -> Result<(), CallError> {
        match result {
            Ok(()) => Ok(()),
            Err(error) => Err(self.explain_bridging(error).await),
        }
    }

    /// Returns the end of the call if adding it to a bridge failed because of it, or else the
    /// error.
    pub(crate) async fn explain_bridging(&mut self, error: Error) -> CallError {
        let has_left = matches!(error.status(), Some(409 | 422));
        self.explain_refusal(error, has_left).await
    }

    async fn explain_refusal(&mut self, error: Error, has_left: bool) -> CallError {
        if !error.is_channel_gone() && !has_left {
            let is_unsubscribed = matches!(
                &error,
                Error::ObjectGone { object, reason: GoneReason::Unsubscribed }
                    if object.id == self.channel.channel_id()
            );
            if !is_unsubscribed {
                return error.into();
            }
        }
        let was_gone = error.is_channel_gone();
        match timeout(END_TIMEOUT, self.wait_for_end()).await {
            Ok(Ok(end)) => CallError::Ended(end),
            Ok(Err(other)) => other,
            Err(_) if was_gone => CallError::Ended(self.set_end(hung_up(None))),
            Err(_) => error.into(),
        }
    }

    /// Returns the end of the call as an error.
    pub(crate) fn check_end(&self) -> Result<(), CallError> {
        match &self.end {
            Some(end) => Err(CallError::Ended(end.clone())),
            None => Ok(()),
        }
    }

    /// Notes the events that have arrived already.
    pub(crate) fn note_arrived(&mut self) {
        while self.end.is_none()
            && let Some(event) = self.events.try_next()
        {
            if let Err(error) = self.note(Some(event)) {
                tracing::debug!(channel = self.channel.channel_id(), %error, "no more events");
                return;
            }
        }
    }

    /// Waits for the next event, and notes it. Cancel-safe.
    pub(crate) async fn receive(&mut self) -> Result<(), CallError> {
        self.check_end()?;
        if self.has_left {
            // No more events come of a channel that has left. A moment ago it did exist, so that a
            // server that gives no answer is no reason to assume that it does not.
            let exists = timeout(END_TIMEOUT, self.channel.get()).await;
            let is_gone = matches!(&exists, Ok(Err(error)) if error.is_channel_gone());
            self.set_end(match is_gone {
                true => hung_up(None),
                false => CallEnd::LeftApplication,
            });
            return self.check_end();
        }
        if self.may_be_gone {
            let exists = timeout(END_TIMEOUT, self.channel.get()).await;
            self.may_be_gone = false;
            if matches!(&exists, Ok(Err(error)) if error.is_channel_gone()) {
                self.set_end(hung_up(None));
                return self.check_end();
            }
        }
        let event = self.events.next().await;
        self.note(event)?;
        self.check_end()
    }

    /// Waits for the next event, and notes it. Goes on with the channel that replaces that of the
    /// call, and waits for ever after its end. Cancel-safe.
    pub(crate) async fn receive_or_wait(&mut self) {
        if self.receive().await.is_ok() {
            return;
        }
        match self.replacement() {
            Some(replacement) => *self = replacement,
            None => std::future::pending().await,
        }
    }

    /// Notes the end. There is nothing to hang up then: a channel that has left the application
    /// belongs to others.
    fn set_end(&mut self, end: CallEnd) -> CallEnd {
        if let Some(guard) = &mut self.guard {
            guard.disarm();
        }
        span::record_end(&self.span, &end);
        self.end.insert(end).clone()
    }

    fn note(&mut self, event: Option<Result<Arc<Event>, Error>>) -> Result<(), CallError> {
        let event = match event {
            Some(Ok(event)) => event,
            // An event is missing. If it was the end, the server is asked before long, and the
            // stream ends.
            Some(Err(error @ (Error::Lagged { .. } | Error::Decode(_)))) => {
                let channel = self.channel.channel_id();
                tracing::warn!(channel, %error, "an event of the call is missing");
                self.may_have_left_bridge = true;
                return Ok(());
            }
            Some(Err(Error::ObjectGone { reason, .. })) => {
                match reason {
                    GoneReason::Ended => {
                        let end = self.hangup.take().unwrap_or(hung_up(None));
                        self.set_end(end);
                    }
                    _ => self.has_left = true,
                }
                return Ok(());
            }
            Some(Err(error)) => return Err(error.into()),
            None => {
                return Err(CallError::Request(Error::Disconnected {
                    reason: "the session was closed before the end of the call".to_owned(),
                    source: None,
                }));
            }
        };
        let id = self.channel.channel_id();
        match &*event {
            Event::ChannelDtmfReceived(dtmf) if dtmf.channel.id == id => {
                let mut keys = dtmf.digit.chars();
                if self.is_own_copy(&dtmf.application)
                    && self.keys.len() < MAX_TYPE_AHEAD
                    && let Some(key) = keys.next().and_then(Key::from_char)
                {
                    self.keys.push_back(key);
                }
            }
            Event::ChannelTalkingStarted(it) if it.channel.id == id => {
                let at = Instant::now();
                self.note_talking(&it.application, TalkEvent::Started { at });
            }
            Event::ChannelTalkingFinished(it) if it.channel.id == id => {
                let (at, duration) = (Instant::now(), it.duration);
                self.note_talking(&it.application, TalkEvent::Finished { at, duration });
            }
            // Reports of the progress repeat it with a state.
            Event::ChannelTransfer(transfer)
                if transfer.referred_by.source_channel.id == id && transfer.state.is_none() =>
            {
                let application = self
                    .application
                    .get_or_insert_with(|| transfer.application.clone());
                if *application == transfer.application
                    && self.transfers.len() < MAX_TRANSFER_REQUESTS
                {
                    self.transfers
                        .push_back(TransferRequest::from_event(transfer));
                }
            }
            Event::ChannelHangupRequest(request) if request.channel.id == id => {
                // The cause of a hangup by a request is no Q.850 cause, but the way of the request.
                let cause = request.cause.filter(|_| request.soft != Some(true));
                self.hangup = Some(hung_up(cause));
            }
            Event::ApplicationMoveFailed(failed) if failed.channel.id == id => {
                self.has_move_failed = true;
            }
            Event::StasisEnd(end) if end.channel.id == id => {
                let application = self.application.as_ref();
                if application.is_none_or(|application| *application == end.application) {
                    match self.hangup.take() {
                        Some(end) => {
                            self.set_end(end);
                        }
                        None => self.has_left = true,
                    }
                }
            }
            // The program has let it go, and it is in another application. That one may report it
            // sooner than this one reports the end.
            Event::StasisStart(start)
                if start.channel.id == id
                    && self.is_let_go
                    && self.application.as_ref() != Some(&start.application) =>
            {
                self.set_end(CallEnd::LeftApplication);
            }
            // The channel itself is still there, and is hung up with the call.
            Event::StasisStart(start)
                if start.replace_channel.as_ref().is_some_and(|it| it.id == id) =>
            {
                let channel_id = start.channel.id.clone();
                let end = CallEnd::Replaced { channel_id };
                span::record_end(&self.span, &end);
                self.end = Some(end);
            }
            // It has come back from the dialplan, or was moved within the client.
            Event::StasisStart(start) if start.channel.id == id => {
                self.application = Some(start.application.clone());
                self.has_left = false;
                self.is_taken_over = start.replace_channel.is_some();
            }
            Event::ChannelEnteredBridge(entered)
                if entered.channel.as_ref().is_some_and(|it| it.id == id)
                    && self.bridge.as_ref() == Some(&entered.bridge.id) =>
            {
                self.left_bridge = None;
                self.may_have_left_bridge = false;
            }
            Event::ChannelLeftBridge(left) if left.channel.id == id => {
                self.left_bridge = Some(left.bridge.id.clone());
                self.may_have_left_bridge |= self.left_bridge == self.bridge;
            }
            // Events of the gap are missing.
            Event::Connection(ConnectionEvent::Resynced(_)) => {
                self.may_have_left_bridge = true;
            }
            Event::ChannelDestroyed(destroyed) if destroyed.channel.id == id => {
                self.set_end(CallEnd::HungUp {
                    cause: Some(destroyed.cause),
                    cause_text: destroyed.cause_txt.clone(),
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn note_talking(&mut self, application: &str, event: TalkEvent) {
        if self.is_own_copy(application) {
            self.is_talking = matches!(event, TalkEvent::Started { .. });
            self.talking.push(event);
        }
    }

    /// Returns true for one copy of each event. Each application that is subscribed to the channel
    /// gets one.
    fn is_own_copy(&mut self, application: &str) -> bool {
        let own = self
            .application
            .get_or_insert_with(|| application.to_owned());
        own == application
    }
}

fn hung_up(cause: Option<i64>) -> CallEnd {
    CallEnd::HungUp {
        cause,
        cause_text: String::new(),
    }
}
