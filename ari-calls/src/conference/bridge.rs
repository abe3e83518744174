//! The bridge of a conference, which is destroyed when the last participant drops it.

use ari_api::bridges::BridgeHandle;
use ari_api::client::unique_id;
use ari_api::{Client, Error};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use tracing::Instrument as _;

use crate::media::Prompt;
use crate::retry::remove;

/// A bridge, shared by its participants.
pub(crate) struct ConferenceBridge {
    handle: BridgeHandle,
    /// The participant for whom music plays.
    music: Mutex<Option<u64>>,
    is_over: bool,
}

impl ConferenceBridge {
    /// Creates a bridge. Run it in a task that is not dropped in the middle.
    pub(crate) async fn create(client: &Client, name: &str) -> Result<Self, Error> {
        let bridge = ConferenceBridge {
            handle: client.bridge(unique_id()),
            music: Mutex::new(None),
            is_over: false,
        };
        // The keys of two phones that exchange their media directly would not reach Asterisk.
        let create = bridge.handle.create_with_id().kind("mixing,dtmf_events");
        create.name(name).await?;
        Ok(bridge)
    }

    pub(crate) fn handle(&self) -> &BridgeHandle {
        &self.handle
    }

    /// Starts or stops music, until it plays exactly if one participant is alone.
    pub(crate) async fn update_music(&self, class: &str, alone: impl Fn() -> Option<u64>) {
        let mut playing = self.music.lock().await;
        loop {
            let alone = alone();
            if *playing == alone {
                return;
            }
            // It has ended already if the bridge was empty since.
            if playing.take().is_some() {
                self.log("music was not stopped", self.handle.stop_moh().await);
            }
            if alone.is_some() {
                *playing = alone;
                let started = self.handle.start_moh().moh_class(class).await;
                self.log("music was not started", started);
            }
        }
    }

    /// Plays media to all participants, after those that play already. Returns when it is queued.
    pub(crate) async fn play(&self, prompt: &Prompt) -> Result<(), Error> {
        // Not all releases take several media in a request.
        for media in prompt.media() {
            let mut request = self.handle.play_with_id(unique_id(), [media.uri()]);
            if let Some(language) = media.language() {
                request = request.lang(language);
            }
            request.await?;
        }
        Ok(())
    }

    /// Plays an announcement. A failure is logged.
    pub(crate) async fn announce(&self, prompt: &Prompt) {
        self.log("an announcement was not played", self.play(prompt).await);
    }

    fn log(&self, problem: &str, result: Result<(), Error>) {
        if let Err(error) = result {
            let bridge = self.handle.bridge_id();
            tracing::debug!(bridge, %error, "{problem}");
        }
    }

    /// Destroys the bridge. Its channels stay in the application.
    pub(crate) async fn destroy(mut self) {
        self.is_over = true;
        destroy(&self.handle).await;
    }
}

impl Drop for ConferenceBridge {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let handle = self.handle.clone();
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { destroy(&handle).await }.in_current_span());
        }
    }
}

async fn destroy(bridge: &BridgeHandle) {
    let id = bridge.bridge_id();
    if let Err(error) = remove(bridge.destroy()).await {
        tracing::error!(bridge = id, %error, "a bridge was not destroyed");
    }
}
