//! A bridge of this crate's own, which is destroyed when it is dropped.

use ari_api::bridges::BridgeHandle;
use ari_api::client::unique_id;
use ari_api::{Client, Error};
use tokio::runtime::Handle;

use crate::dial::removal::remove;

pub(crate) struct OwnBridge {
    handle: BridgeHandle,
    is_over: bool,
}

impl OwnBridge {
    /// Creates a bridge for two or more channels. Run it in a task that is not dropped in the
    /// middle.
    pub(crate) async fn create(client: &Client) -> Result<Self, Error> {
        let bridge = OwnBridge {
            handle: client.bridge(unique_id()),
            is_over: false,
        };
        bridge.handle.create_with_id().kind("mixing").await?;
        Ok(bridge)
    }

    pub(crate) fn handle(&self) -> &BridgeHandle {
        &self.handle
    }

    /// Destroys the bridge. Its channels stay in the application.
    pub(crate) async fn destroy(mut self) {
        self.is_over = true;
        destroy(&self.handle).await;
    }
}

impl Drop for OwnBridge {
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        let handle = self.handle.clone();
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(async move { destroy(&handle).await });
        }
    }
}

async fn destroy(bridge: &BridgeHandle) {
    let id = bridge.bridge_id();
    if let Err(error) = remove(bridge.destroy(), id).await {
        tracing::error!(bridge = id, %error, "a bridge was not destroyed");
    }
}
