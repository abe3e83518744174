//! A session: audio in and out of one call.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::capture::MediaClock;
use crate::carrier::{CarrierChoice, CarrierPreference};
use crate::error::{Error, Step};
#[cfg(doc)]
use crate::event::CloseReason;
use crate::event::MediaEvent;
use crate::handle::SessionHandle;
use crate::pcm::{Format, SampleRate};
use crate::receiver::AudioReceiver;
use crate::sender::AudioSender;
use crate::service::MediaService;
use crate::session::open::{Opened, Plan, Source};
use crate::session::permit::Permit;
use crate::session::settings::SessionSettings;
use crate::session::shared::now;
use crate::stats::MediaStats;

/// Audio in and out of one call: an [`AudioSender`] and an [`AudioReceiver`].
///
/// A session is opened by [`MediaClient::media`](crate::MediaClient::media) or
/// [`MediaService::open`]. It ends when the session and all its parts are dropped. Its objects on
/// the server are then removed. The caller's channel stays.
#[derive(Debug)]
pub struct Media {
    pub(crate) sender: AudioSender,
    pub(crate) receiver: AudioReceiver,
}

impl Media {
    pub(crate) fn new(session: SessionHandle) -> Self {
        let session = Arc::new(session);
        Media {
            sender: AudioSender::new(session.clone()),
            receiver: AudioReceiver::new(session),
        }
    }

    /// Returns the next item: see [`AudioReceiver::next`].
    pub async fn next(&mut self) -> Option<MediaEvent> {
        self.receiver.next().await
    }

    /// Returns the direction to the caller.
    pub fn sender(&self) -> &AudioSender {
        &self.sender
    }

    /// Returns the direction from the caller.
    pub fn receiver(&mut self) -> &mut AudioReceiver {
        &mut self.receiver
    }

    /// Returns both directions, for two tasks. The methods of the session itself are those of the
    /// sender as well.
    pub fn split(self) -> (AudioSender, AudioReceiver) {
        (self.sender, self.receiver)
    }

    /// Returns the carrier that was chosen, and the reason.
    pub fn carrier(&self) -> &CarrierChoice {
        self.sender.carrier()
    }

    /// Returns the counters of the session.
    pub fn stats(&self) -> MediaStats {
        self.sender.stats()
    }

    /// Returns the id of the bridge that joins the audio with the call. Other channels that are
    /// added to it hear both. It is removed with the session, unless
    /// [`OpenMedia::bridge`] has named it.
    pub fn bridge_id(&self) -> &str {
        self.sender.bridge_id()
    }

    /// Returns a request for another session of the same call, with the same settings, after this
    /// one has ended.
    ///
    /// If this session has lost its connection ([`CloseReason::ConnectionLost`] or
    /// [`CloseReason::MediaChannelEnded`]), the call waits in the bridge until this session is
    /// closed or dropped, and the new one joins it there. The new session replaces this one within
    /// the service's limit, and has queues, times and a media channel of its own. If it cannot be
    /// opened, the call continues to wait, and the program can try again.
    ///
    /// ```no_run
    /// # async fn example(client: &ari_api::Client, call: &str) -> Result<(), ari_media::Error> {
    /// use ari_media::{CloseReason, MediaClient as _, MediaEvent};
    ///
    /// let mut media = client.media(call).await?;
    /// while let Some(event) = media.next().await {
    ///     if let MediaEvent::Closed(
    ///         CloseReason::ConnectionLost(_) | CloseReason::MediaChannelEnded(_),
    ///     ) = event
    ///     {
    ///         media = media.reopen().await?;
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Awaiting it returns [`Error::SessionExists`] if this session has not ended.
    pub fn reopen(&self) -> OpenMedia {
        self.sender.reopen()
    }

    /// Ends the session immediately, and waits until its objects on the server are removed. Audio
    /// that was not played is dropped: see [`AudioSender::wait_until_played`]. The caller's channel
    /// stays. If Asterisk does not respond, it returns after 15 seconds, and the removal continues.
    pub async fn close(self) {
        self.sender.close().await;
    }
}

impl AudioSender {
    /// Returns the carrier that was chosen, and the reason.
    pub fn carrier(&self) -> &CarrierChoice {
        &self.session.choice
    }

    /// Returns the counters of the session.
    pub fn stats(&self) -> MediaStats {
        self.session.shared.lock().stats()
    }

    /// Does the same as [`Media::bridge_id`].
    pub fn bridge_id(&self) -> &str {
        &self.session.bridge
    }

    /// Does the same as [`Media::close`]. Clones and the receiver end with the session.
    pub async fn close(&self) {
        self.session.close().await;
    }

    /// Does the same as [`Media::reopen`].
    pub fn reopen(&self) -> OpenMedia {
        let session = &self.session;
        OpenMedia {
            service: session.service.clone(),
            settings: session.settings.clone(),
            permit: session.permit.pass_on(),
        }
    }
}

/// The request for a session. Await it to open the session.
#[derive(Clone)]
#[must_use = "a session is opened when this is awaited"]
pub struct OpenMedia {
    service: MediaService,
    settings: SessionSettings,
    /// The permit of the session that is opened again.
    permit: Option<Permit>,
}

impl OpenMedia {
    pub(crate) fn new(service: MediaService, call: String) -> Self {
        OpenMedia {
            service,
            settings: SessionSettings::new(call),
            permit: None,
        }
    }

    /// Sets the rate of the samples that the program sends and receives. Defaults to 16 kHz.
    pub fn rate(mut self, rate: SampleRate) -> Self {
        self.settings.rate = rate;
        self
    }

    /// Passes audio through in this format, without conversion. Use [`AudioSender::try_send_raw`]
    /// and [`MediaEvent::Packet`].
    pub fn raw(mut self, format: Format) -> Self {
        self.settings.raw = Some(format);
        self
    }

    /// Joins the audio with an existing bridge, such as a conference or that of another session,
    /// instead of creating one. The call must be in this bridge. The bridge stays when the session
    /// ends. A call that is not in it is refused with [`Error::NotInBridge`]. Without this, a call
    /// that is in a bridge is refused with [`Error::InBridge`]. It has no effect on a session that
    /// whispers.
    pub fn bridge(mut self, bridge_id: impl Into<String>) -> Self {
        self.settings.bridge = Some(bridge_id.into());
        self
    }

    /// Adds the audio to the audio that the party hears, by a snoop channel. The call stays in its
    /// bridge, in the dialplan, or in an application of another program. Other parties do not hear
    /// the audio.
    ///
    /// The session receives the audio that Asterisk sends to the party, without the added audio. A
    /// party to which Asterisk sends nothing, such as one in `Wait()` of the dialplan or alone in an
    /// application, hears nothing, although the audio counts as played. The received audio is then
    /// silent.
    pub fn whisper(mut self) -> Self {
        self.settings.whispers = true;
        self
    }

    /// Sets the application that the media channel enters. Defaults to the application of the call.
    pub fn application(mut self, name: impl Into<String>) -> Self {
        self.settings.application = Some(name.into());
        self
    }

    /// Sets the carrier. Defaults to that of the service.
    pub fn carrier(mut self, carrier: impl Into<CarrierPreference>) -> Self {
        self.settings.carrier = Some(carrier.into());
        self
    }

    /// Sets the largest amount of audio that waits to be played, at least 20 ms. Defaults to 10
    /// seconds.
    pub fn max_buffered(mut self, limit: Duration) -> Self {
        self.settings.max_buffered = limit;
        self
    }

    /// Sets the amount of audio that is passed to Asterisk ahead of time over WebSocket, from 40 ms
    /// to 2 s. Defaults to 200 ms. A larger lead bridges longer stalls of this process. It does not
    /// delay [`AudioSender::clear`].
    pub fn lead(mut self, lead: Duration) -> Self {
        self.settings.lead = lead;
        self
    }

    /// Sets the limit for each step of opening the session that waits for an event. Defaults to 10
    /// seconds.
    pub fn step_timeout(mut self, limit: Duration) -> Self {
        self.settings.step_timeout = limit;
        self
    }

    async fn open(self) -> Result<Media, Error> {
        let permit = match &self.permit {
            Some(permit) => permit.clone(),
            None => self.service.acquire()?,
        };
        let clock = MediaClock::new(now());
        let source = match &self.settings.bridge {
            _ if self.settings.whispers => Source::Whisper,
            Some(bridge) => Source::Bridge(bridge),
            None => Source::Call,
        };
        Ok(Media::new(self.open_source(source, clock, permit).await?))
    }

    /// Opens a session for one source of audio, and counts it.
    pub(crate) async fn open_source(
        &self,
        source: Source<'_>,
        clock: MediaClock,
        permit: Permit,
    ) -> Result<SessionHandle, Error> {
        let opened = self.try_open(source, clock, permit).await;
        if opened.is_err() {
            self.service.counters().count_failed();
        }
        opened
    }

    async fn try_open(
        &self,
        source: Source<'_>,
        clock: MediaClock,
        permit: Permit,
    ) -> Result<SessionHandle, Error> {
        let client = self.service.client();
        let application = match &self.settings.application {
            Some(name) => Some(name.clone()),
            None => client.connection().application_of(&self.settings.call),
        };
        let application = application.ok_or_else(|| Error::NotInApplication {
            channel: self.settings.call.clone(),
        })?;
        // Otherwise the channel ends at once, and each carrier reports that in another way.
        let checked = client
            .connection()
            .ensure_events_enabled(&application, &["StasisStart", "StasisEnd"]);
        checked.map_err(|source| Error::Request {
            step: Step::CheckApplication,
            source,
        })?;
        let mut choice = self.service.choose(self.settings.carrier).await?;
        let opened = self
            .open_over(&choice, &application, source, clock, permit.clone())
            .await;
        let Opened { shared, bridge } = match opened {
            Err(error) if error.is_refusal() => {
                // The module may have been unloaded since the server listed its modules.
                let carrier = self.settings.carrier;
                let another = self.service.choose_another(&choice, carrier).await?;
                choice = another.ok_or(error)?;
                self.open_over(&choice, &application, source, clock, permit.clone())
                    .await?
            }
            opened => opened?,
        };
        tracing::debug!(
            call = self.settings.call,
            carrier = choice.reason,
            "a media session is open"
        );
        Ok(SessionHandle {
            shared,
            rate: self.settings.audio_rate(),
            choice,
            bridge,
            service: self.service.clone(),
            settings: self.settings.clone(),
            permit,
        })
    }

    async fn open_over(
        &self,
        choice: &CarrierChoice,
        application: &str,
        source: Source<'_>,
        clock: MediaClock,
        permit: Permit,
    ) -> Result<Opened, Error> {
        let plan = Plan {
            client: self.service.client(),
            listeners: self.service.listeners(),
            choice,
            settings: &self.settings,
            application,
            source,
            clock,
            permit,
            counters: self.service.counters(),
        };
        plan.open().await
    }

    pub(crate) fn service(&self) -> &MediaService {
        &self.service
    }
}

impl IntoFuture for OpenMedia {
    type Output = Result<Media, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}

impl fmt::Debug for OpenMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenMedia")
            .field("call", &self.settings.call)
            .field("rate", &self.settings.rate)
            .finish_non_exhaustive()
    }
}
