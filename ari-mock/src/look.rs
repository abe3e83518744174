//! Looking at what there is: the same objects as clients get, without a request.

use ari_api::models;
use bytes::Bytes;
use serde::de::DeserializeOwned;

use crate::Asterisk;
use crate::json::Object;
use crate::pbx::{Bridge, World};

/// A text message, or a request to call elsewhere, that an application has sent to a phone.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SentMessage {
    /// The phone that got it, such as `PJSIP/alice`.
    pub endpoint: String,
    /// Who it is from, as the application wrote it.
    pub from: String,
    /// The text.
    pub body: String,
    /// Where the phone is to call, if it is such a request.
    pub refer_to: Option<String>,
    /// Further headers, by name.
    pub variables: Vec<(String, String)>,
}

/// The objects as the bindings have them. The fake writes what the bindings read.
fn read<T: DeserializeOwned>(objects: impl IntoIterator<Item = Object>) -> Vec<T> {
    let texts = objects.into_iter().map(|object| object.text());
    texts
        .filter_map(|text| serde_json::from_str(&text).ok())
        .collect()
}

impl Asterisk {
    fn all<T: DeserializeOwned>(&self, objects: impl FnOnce(&World) -> Vec<Object>) -> Vec<T> {
        read(self.server.look(objects))
    }

    /// The bridges.
    pub fn bridges(&self) -> Vec<models::Bridge> {
        self.all(|world| world.bridges.values().map(Bridge::object).collect())
    }

    /// A bridge, if it is there.
    pub fn bridge(&self, id: &str) -> Option<models::Bridge> {
        self.bridges().into_iter().find(|bridge| bridge.id == id)
    }

    /// Whether a bridge plays music.
    pub fn bridge_plays_music(&self, id: &str) -> bool {
        let music = |bridge: &Bridge| bridge.music;
        self.server
            .look(|world| world.bridges.get(id).is_some_and(music))
    }

    /// What is played, and what waits for its turn, on channels and bridges.
    pub fn playbacks(&self) -> Vec<models::Playback> {
        self.all(|world| {
            let playbacks = world.playbacks.values();
            playbacks.map(|playback| playback.object()).collect()
        })
    }

    /// Recordings that are not finished.
    pub fn live_recordings(&self) -> Vec<models::LiveRecording> {
        self.all(|world| world.live.values().map(|live| live.object()).collect())
    }

    /// The names of recordings that are stored.
    pub fn stored_recordings(&self) -> Vec<String> {
        self.server
            .look(|world| world.stored.keys().cloned().collect())
    }

    /// The file of a recording that is stored.
    pub fn stored_file(&self, name: &str) -> Option<Bytes> {
        self.server.look(|world| {
            let stored = world.stored.get(name);
            stored.map(|(_, file)| file.clone())
        })
    }

    /// The applications, and what they are subscribed to.
    pub fn applications(&self) -> Vec<models::Application> {
        self.all(|world| {
            let apps = world.apps.iter();
            apps.map(|(name, app)| app.object(name)).collect()
        })
    }

    /// An application, if it is there.
    pub fn application(&self, name: &str) -> Option<models::Application> {
        let applications = self.applications();
        applications.into_iter().find(|app| app.name == name)
    }

    /// The phones.
    pub fn endpoints(&self) -> Vec<models::Endpoint> {
        self.all(|world| {
            let names = world.endpoints.keys();
            names.map(|name| world.endpoint_object(name)).collect()
        })
    }

    /// The state of a device, such as `Stasis:lamp` or `PJSIP/alice`.
    pub fn device_state(&self, device: &str) -> String {
        self.server
            .look(|world| world.device_state(device).to_owned())
    }

    /// The old and the new messages of a mailbox.
    pub fn mailbox(&self, name: &str) -> Option<(i64, i64)> {
        self.server.look(|world| world.mailboxes.get(name).copied())
    }

    /// The value of a global variable.
    pub fn global_variable(&self, name: &str) -> Option<String> {
        self.server.look(|world| world.globals.get(name).cloned())
    }

    /// The messages that applications have sent to phones, oldest first.
    pub fn sent_messages(&self) -> Vec<SentMessage> {
        self.server.look(|world| {
            let sent = world.sent.iter().cloned();
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
