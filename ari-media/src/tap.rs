//! Taps, which receive the audio that the party of a call sends and the audio that it hears.

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::sync::Arc;

use crate::capture::{Frame, MediaClock, Stereo};
use crate::carrier::{CarrierChoice, CarrierPreference};
use crate::error::Error;
use crate::event::{CloseReason, MediaEvent};
use crate::media::OpenMedia;
use crate::pcm::SampleRate;
use crate::receiver::AudioReceiver;
use crate::session::open::{SnoopDirection, Source};
use crate::session::shared::now;

/// Receiver of both directions of a call, opened by [`MediaClient::tap`](crate::MediaClient::tap).
/// The party cannot hear it. It ends with the call, or when it is dropped.
#[derive(Debug)]
pub struct Tap {
    says: AudioReceiver,
    hears: AudioReceiver,
    stereo: Stereo,
}

impl Tap {
    /// Returns a receiver of the audio that the party sends and one of the audio that it hears, for
    /// two tasks. The frames of both have the same times.
    pub fn split(self) -> (AudioReceiver, AudioReceiver) {
        (self.says, self.hears)
    }

    /// Returns the next frame of both directions, or `None` after the end. The samples that the
    /// party sends and those that it hears alternate, as in a stereo WAV file. Frames follow one
    /// another without gaps. Silence replaces those that were dropped because the program has not
    /// read them within two seconds, and [`Frame::missing`] is then 20 ms.
    pub async fn next_stereo(&mut self) -> Option<Frame> {
        loop {
            if let Some(frame) = self.stereo.next_frame() {
                return Some(frame);
            }
            let [says_ended, hears_ended] = self.stereo.has_ended();
            if says_ended && hears_ended {
                return None;
            }
            let (side, item) = tokio::select! {
                item = self.says.next(), if !says_ended => (0, item),
                item = self.hears.next(), if !hears_ended => (1, item),
            };
            match item {
                Some(MediaEvent::Audio(frame)) => self.stereo.push(side, frame),
                // The frames after a gap have their times.
                Some(_) => {}
                None => self.stereo.end(side),
            }
        }
    }

    /// Returns the rate of the samples.
    pub fn rate(&self) -> SampleRate {
        self.says.rate()
    }

    /// Returns the carrier that was chosen, and the reason.
    pub fn carrier(&self) -> &CarrierChoice {
        self.says.carrier()
    }

    /// Returns the reason if a direction has ended. Frames may still be waiting.
    pub fn close_reason(&self) -> Option<CloseReason> {
        let reason = self.says.close_reason();
        reason.or_else(|| self.hears.close_reason())
    }

    /// Ends the tap, and waits until its objects on the server are removed. Asterisk keeps listing a
    /// snoop channel until the next audio of the call. If Asterisk does not respond, it returns
    /// after 15 seconds, and the removal continues.
    pub async fn close(self) {
        tokio::join!(self.says.close(), self.hears.close());
    }
}

/// The request for a tap. Await it to open the tap.
#[derive(Debug)]
#[must_use = "a tap is opened when this is awaited"]
pub struct OpenTap(OpenMedia);

impl OpenTap {
    pub(crate) fn new(request: OpenMedia) -> Self {
        OpenTap(request)
    }

    /// Sets the rate of the samples. Defaults to 16 kHz.
    pub fn rate(self, rate: SampleRate) -> Self {
        OpenTap(self.0.rate(rate))
    }

    /// Sets the application that the channels of the tap enter. Defaults to the application of the
    /// call.
    pub fn application(self, name: impl Into<String>) -> Self {
        OpenTap(self.0.application(name))
    }

    /// Sets the carrier. Defaults to that of the service.
    pub fn carrier(self, carrier: impl Into<CarrierPreference>) -> Self {
        OpenTap(self.0.carrier(carrier))
    }

    async fn open(self) -> Result<Tap, Error> {
        // A tap counts as one session.
        let permit = self.0.service().acquire()?;
        let clock = MediaClock::new(now());
        let says = Source::Snoop(SnoopDirection::Says);
        let hears = Source::Snoop(SnoopDirection::Hears);
        let (says, hears) = tokio::try_join!(
            self.0.open_source(says, clock, permit.clone()),
            self.0.open_source(hears, clock, permit)
        )?;
        let [says, hears] = [says, hears].map(|it| AudioReceiver::new(Arc::new(it)));
        Ok(Tap {
            says,
            hears,
            stereo: Stereo::new(),
        })
    }
}

impl IntoFuture for OpenTap {
    type Output = Result<Tap, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.open())
    }
}
