//! Audio sessions of a call.

use ari_media::{Error, MediaClient, MediaService, OpenMedia};
use tokio::time::timeout;

use crate::call::{Call, END_TIMEOUT};
use crate::error::CallError;

impl Call {
    /// Sets the service that carries the audio of [WAV files of the program](crate::Media::wav) and
    /// of [`Call::wait_for_beep`]. Default: a WebSocket that the program opens, which needs Asterisk
    /// 20.16.0, 21.11.0, 22.6.0 or later. A service also offers AudioSocket and RTP, which older
    /// releases have.
    #[cfg_attr(docsrs, doc(cfg(feature = "media")))]
    pub fn set_media_service(&mut self, service: &MediaService) {
        self.media_service = Some(service.clone());
    }

    /// Returns a request for an audio session of the call.
    pub(crate) fn open_audio(&self) -> OpenMedia {
        match &self.media_service {
            Some(service) => service.open(self.id()),
            None => self.client().media(self.id()),
        }
    }

    /// Returns the end of the call, if it is the reason why there is no session, or else the error.
    pub(crate) async fn explain_audio(&mut self, error: Error) -> CallError {
        let may_have_ended = match &error {
            Error::ChannelEnded { .. } => true,
            Error::Request { source, .. } => {
                source.is_channel_gone() || matches!(source.status(), Some(409 | 422))
            }
            _ => false,
        };
        match may_have_ended {
            true => self.end_of_audio().await.unwrap_or(error.into()),
            false => error.into(),
        }
    }

    /// Returns the end of the call, if it is the reason why a session has ended.
    pub(crate) async fn end_of_audio(&mut self) -> Option<CallError> {
        match timeout(END_TIMEOUT, self.wait_for_end()).await {
            Ok(Ok(end)) => Some(CallError::Ended(end)),
            Ok(Err(error)) => Some(error),
            Err(_) => None,
        }
    }
}
