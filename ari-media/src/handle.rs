//! The session behind the handles of a program. It ends when the last of them is dropped.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use crate::carrier::CarrierChoice;
use crate::pcm::SampleRate;
use crate::service::MediaService;
use crate::session::permit::Permit;
use crate::session::settings::SessionSettings;
use crate::session::shared::Shared;

/// The longest time to wait for the removal of a session's objects, if Asterisk does not respond.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(15);

/// A session. Dropping it ends the session, whose task removes its objects from the server.
pub(crate) struct SessionHandle {
    pub(crate) shared: Arc<Shared>,
    pub(crate) rate: SampleRate,
    pub(crate) choice: CarrierChoice,
    /// The id of the bridge that joins the audio with the call.
    pub(crate) bridge: Arc<str>,
    /// The service and the settings to open the session again.
    pub(crate) service: MediaService,
    pub(crate) settings: SessionSettings,
    /// The place within the service's limit of sessions.
    pub(crate) permit: Permit,
}

impl SessionHandle {
    /// Ends the session, and waits for a limited time until its objects on the server are removed.
    pub(crate) async fn close(&self) {
        self.shared.request_close();
        // The session's task continues.
        let _ = timeout(CLOSE_TIMEOUT, self.shared.wait_until_finished()).await;
    }
}

impl Drop for SessionHandle {
    fn drop(&mut self) {
        self.shared.request_close();
    }
}

impl fmt::Debug for SessionHandle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionHandle")
            .field("rate", &self.rate)
            .field("carrier", &self.choice.carrier)
            .finish_non_exhaustive()
    }
}
