//! Inspection of the server's state, as the objects that clients get, without a request.

use ari_api::models;
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::Asterisk;
use crate::json::Object;
use crate::model::Bridge;
use crate::pbx::PbxState;

/// A text message, or a request to call another address, that an application has sent to an
/// endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentMessage {
    /// The endpoint that received it, such as `PJSIP/alice`.
    pub endpoint: String,
    /// The sender, as the application wrote it.
    pub from: String,
    /// The text.
    pub body: String,
    /// The address that the endpoint is asked to call, if this is such a request.
    pub refer_to: Option<String>,
    /// Additional headers as names and values.
    pub variables: Vec<(String, String)>,
}

/// Converts objects to the models of the API. Every object that the fake writes fits its model.
fn parse_models<T: DeserializeOwned>(objects: impl IntoIterator<Item = Object>) -> Vec<T> {
    let texts = objects.into_iter().map(|object| object.to_text());
    texts
        .filter_map(|text| serde_json::from_str(&text).ok())
        .collect()
}

impl Asterisk {
    fn models<T: DeserializeOwned>(
        &self,
        objects: impl FnOnce(&PbxState) -> Vec<Object>,
    ) -> Vec<T> {
        parse_models(self.server.read(objects))
    }

    /// Returns all bridges.
    pub fn bridges(&self) -> Vec<models::Bridge> {
        self.models(|pbx| pbx.bridges.values().map(Bridge::object).collect())
    }

    /// Returns a bridge, or `None` if it does not exist.
    pub fn bridge(&self, id: &str) -> Option<models::Bridge> {
        self.bridges().into_iter().find(|bridge| bridge.id == id)
    }

    /// Returns whether music on hold plays in a bridge.
    pub fn bridge_has_music(&self, id: &str) -> bool {
        let music = |bridge: &Bridge| bridge.is_music_on;
        self.server
            .read(|pbx| pbx.bridges.get(id).is_some_and(music))
    }

    /// Returns the current and the queued playbacks of channels and bridges.
    pub fn playbacks(&self) -> Vec<models::Playback> {
        self.models(|pbx| {
            let playbacks = pbx.playbacks.values();
            playbacks.map(|playback| playback.object()).collect()
        })
    }

    /// Returns the recordings that are in progress.
    pub fn live_recordings(&self) -> Vec<models::LiveRecording> {
        self.models(|pbx| {
            pbx.live_recordings
                .values()
                .map(|live| live.object())
                .collect()
        })
    }

    /// Returns the names of the stored recordings.
    pub fn stored_recordings(&self) -> Vec<String> {
        self.server
            .read(|pbx| pbx.stored_recordings.keys().cloned().collect())
    }

    /// Returns the file of a stored recording.
    pub fn stored_file(&self, name: &str) -> Option<Bytes> {
        self.server.read(|pbx| {
            let stored = pbx.stored_recordings.get(name);
            stored.map(|(_, file)| file.clone())
        })
    }

    /// Returns the applications with their subscriptions.
    pub fn applications(&self) -> Vec<models::Application> {
        self.models(|pbx| {
            let apps = pbx.apps.iter();
            apps.map(|(name, app)| app.object(name)).collect()
        })
    }

    /// Returns an application, or `None` if it does not exist.
    pub fn application(&self, name: &str) -> Option<models::Application> {
        let applications = self.applications();
        applications.into_iter().find(|app| app.name == name)
    }

    /// Returns the endpoints.
    pub fn endpoints(&self) -> Vec<models::Endpoint> {
        self.models(|pbx| {
            let names = pbx.endpoints.keys();
            names.map(|name| pbx.endpoint_object(name)).collect()
        })
    }

    /// Returns the state of a device, such as `Stasis:lamp` or `PJSIP/alice`.
    pub fn device_state(&self, device: &str) -> String {
        self.server.read(|pbx| pbx.device_state(device).to_owned())
    }

    /// Returns the numbers of old and new messages in a mailbox.
    pub fn mailbox(&self, name: &str) -> Option<(i64, i64)> {
        self.server.read(|pbx| pbx.mailboxes.get(name).copied())
    }

    /// Returns the value of a global variable.
    pub fn global_variable(&self, name: &str) -> Option<String> {
        self.server.read(|pbx| pbx.globals.get(name).cloned())
    }

    /// Returns the messages that applications have sent to endpoints, oldest first.
    pub fn sent_messages(&self) -> Vec<SentMessage> {
        self.server.read(|pbx| {
            let sent = pbx.sent_messages.iter().cloned();
            sent.map(|sent| SentMessage {
                endpoint: sent.endpoint,
                from: sent.from,
                body: sent.body,
                refer_to: sent.refer_to,
                variables: sent.variables,
            })
            .collect()
        })
    }
}
