//! A bridge of this crate's own, which is destroyed when it is dropped.

use ari_api::bridges::BridgeHandle;
use ari_api::client::unique_id;
use ari_api::{Client, Error};
use tokio::runtime::Handle;
use tracing::Instrument as _;

use crate::retry::remove;

#[derive(Debug)]
pub(crate) struct OwnBridge {
    handle: BridgeHandle,
    is_over: bool,
}

impl OwnBridge {
    /// Creates a bridge for two or more channels. Run it in a task that is not dropped in the
    /// middle.
    pub(crate) async fn create(client: &Client) -> Result<Self, Error> {
        OwnBridge::create_kind(client, "mixing").await
    }

    async fn create_kind(client: &Client, kind: &str) -> Result<Self, Error> {
        let bridge = OwnBridge::new(client);
        bridge.handle.create_with_id().kind(kind).await?;
        Ok(bridge)
    }

    /// Chooses an id for a bridge that is to be created. It is destroyed if it is.
    pub(crate) fn new(client: &Client) -> Self {
        OwnBridge {
            handle: client.bridge(unique_id()),
            is_over: false,
        }
    }

    pub(crate) fn handle(&self) -> &BridgeHandle {
        &self.handle
    }

    /// Creates a bridge, which is destroyed if this future is dropped in the middle.
    pub(crate) async fn create_in_task(client: &Client) -> Result<Self, Error> {
        OwnBridge::create_kind_in_task(client, "mixing").await
    }

    /// Creates a bridge whose channels hear music, and not each other. It is destroyed if this
    /// future is dropped in the middle.
    pub(crate) async fn create_holding(client: &Client) -> Result<Self, Error> {
        OwnBridge::create_kind_in_task(client, "holding").await
    }

    async fn create_kind_in_task(client: &Client, kind: &'static str) -> Result<Self, Error> {
        let client = client.clone();
        let creating = async move { OwnBridge::create_kind(&client, kind).await };
        let created = tokio::spawn(creating.in_current_span());
        created.await.unwrap_or_else(|lost| {
            Err(Error::Disconnected {
                reason: format!("the runtime was shut down: {lost}"),
                source: None,
            })
        })
    }

    /// Destroys the bridge. Its channels stay in the application. If the future is dropped, a task
    /// does it.
    pub(crate) async fn destroy(mut self) {
        destroy(&self.handle).await;
        self.is_over = true;
    }
}

impl Drop for OwnBridge {
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

/// Returns `true` if a request failed because others have destroyed the bridge. A server may still
/// list it (409).
pub(crate) fn is_bridge_gone(error: &Error, bridge: &BridgeHandle) -> bool {
    let object = match error {
        Error::Response(response) if response.status == 409 => response.object.as_ref(),
        error => error.gone_object(),
    };
    object.is_some_and(|object| object.id == bridge.bridge_id())
}
