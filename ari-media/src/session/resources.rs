//! The channels and bridges that a session has created on the server. They are removed on every
//! path, that is, when the session is closed, when a step of opening it fails, and when its future
//! or its handle is dropped.

use std::time::Duration;

use ari_api::client::PrivateChannel;
use ari_api::stream::{ObjectRef, ObjectStream};
use ari_api::{Client, Error, Event};
use tokio::runtime::Handle;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use crate::session::registry::{Registration, Sessions};

/// The pauses before an object is removed again, after a failure, or if it may be created late.
const RETRY_DELAYS: [Duration; 3] = [
    Duration::from_millis(200),
    Duration::from_secs(2),
    Duration::from_secs(10),
];

/// The time that channels have to leave a bridge before it is destroyed.
const LEAVE_TIMEOUT: Duration = Duration::from_millis(500);

/// The time to wait for the last event of a removed channel, which no application must receive.
const LAST_EVENT_TIMEOUT: Duration = Duration::from_secs(5);

/// The objects that a session has created. They are added before the request that creates them is
/// sent, so that they are removed even if no response arrives. Channels are removed before bridges.
pub(crate) struct Resources {
    client: Client,
    runtime: Handle,
    objects: Vec<OwnObject>,
    /// `None` once the objects are being removed.
    registration: Option<Registration>,
}

struct OwnObject {
    kind: Kind,
    id: String,
    /// True if the server has reported that the object exists.
    is_confirmed: bool,
    /// The events of a channel, which end with it.
    events: Option<ObjectStream<Event>>,
    /// The guard that hides the events of a session's own channel from applications.
    _private: Option<PrivateChannel>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Channel,
    /// A snoop channel, which ends with the next audio of its call.
    Snoop,
    Bridge,
}

impl Resources {
    /// Creates an empty list. Call it in the runtime that may remove the objects.
    pub(crate) fn new(client: Client, registration: Registration) -> Self {
        Resources {
            client,
            runtime: Handle::current(),
            objects: Vec::new(),
            registration: Some(registration),
        }
    }

    /// Returns the entry of the session.
    pub(crate) fn registration(&self) -> Option<&Registration> {
        self.registration.as_ref()
    }

    /// Adds a bridge that another session has created.
    pub(crate) fn adopt_bridge(&mut self, id: &str) {
        self.add(Kind::Bridge, id, None);
        if let Some(bridge) = self.objects.last_mut() {
            bridge.is_confirmed = true;
        }
    }

    /// Leaves the bridge to the returned entry of the session.
    pub(crate) fn split_bridge(&mut self) -> Option<Registration> {
        let sessions = Sessions::of(&self.client);
        self.objects.retain(|object| object.kind != Kind::Bridge);
        self.registration.replace(sessions.register())
    }

    /// Adds a channel that is about to be created.
    pub(crate) fn add_channel(&mut self, id: &str) {
        let private = self.client.connection().make_private(id);
        self.add(Kind::Channel, id, Some(private));
    }

    /// Adds a snoop channel that is about to be created.
    pub(crate) fn add_snoop_channel(&mut self, id: &str) {
        let private = self.client.connection().make_private(id);
        self.add(Kind::Snoop, id, Some(private));
    }

    /// Adds a bridge that is about to be created.
    pub(crate) fn add_bridge(&mut self, id: &str) {
        self.add(Kind::Bridge, id, None);
    }

    fn add(&mut self, kind: Kind, id: &str, private: Option<PrivateChannel>) {
        self.objects.push(OwnObject {
            kind,
            id: id.to_owned(),
            is_confirmed: false,
            events: None,
            _private: private,
        });
    }

    /// Records the result of the request that was to create an object. An object that the server
    /// has refused to create may belong to another client, and is not removed.
    pub(crate) fn on_response<T>(&mut self, id: &str, result: &Result<T, Error>) {
        match result {
            Ok(_) => {
                let mut objects = self.objects.iter_mut();
                if let Some(object) = objects.find(|object| object.id == id) {
                    object.is_confirmed = true;
                }
            }
            Err(Error::OutcomeUnknown { .. }) => {}
            Err(_) => self.objects.retain(|object| object.id != id),
        }
    }

    /// Takes over the events of a channel. Until they end, the channel's events are kept away from
    /// applications.
    pub(crate) fn keep_events(&mut self, events: ObjectStream<Event>) {
        let mut objects = self.objects.iter_mut();
        if let Some(object) = objects.find(|object| object.id == events.id()) {
            object.events = Some(events);
        }
    }

    /// Removes all objects, and waits until they are removed. The removal continues if the future
    /// is dropped.
    pub(crate) async fn release(mut self) {
        if let Some(removal) = self.spawn_removal() {
            let _ = removal.await;
        }
    }

    fn spawn_removal(&mut self) -> Option<JoinHandle<()>> {
        let registration = self.registration.take()?;
        let mut objects = std::mem::take(&mut self.objects);
        if registration.end() {
            objects.retain(|object| object.kind != Kind::Bridge);
        }
        if objects.is_empty() {
            return None;
        }
        // Events may arrive after the response to the removal, even the first ones of a channel.
        for object in &mut objects {
            if object.kind != Kind::Bridge && object.events.is_none() {
                let channel = ObjectRef::new("channel", &object.id);
                object.events = self.client.connection().try_watch(channel).ok();
            }
        }
        // A runtime that has ended drops the task, which must not own a value that spawns another.
        let client = self.client.clone();
        Some(
            self.runtime
                .spawn(remove_all(client, objects, registration)),
        )
    }
}

impl Drop for Resources {
    fn drop(&mut self) {
        self.spawn_removal();
    }
}

async fn remove_all(client: Client, objects: Vec<OwnObject>, registration: Registration) {
    let (mut channels, bridges): (Vec<_>, Vec<_>) = objects
        .into_iter()
        .partition(|object| object.kind != Kind::Bridge);
    let mut late = Vec::new();
    for channel in &channels {
        late.extend(remove(&client, channel).await);
    }
    // Old releases keep listing a bridge that is destroyed while a channel leaves it.
    let _ = timeout(LEAVE_TIMEOUT, wait_until_left(&mut channels)).await;
    for bridge in &bridges {
        late.extend(remove(&client, bridge).await);
    }
    // The call is in none of the objects that may be created late.
    registration.release_call();
    for object in late {
        remove_late(&client, object).await;
    }
    drop(registration);
    // Asterisk reports the end of a silent snoop channel late. Nobody waits for it.
    tokio::spawn(async move {
        let _ = timeout(LAST_EVENT_TIMEOUT, wait_for_ends(&mut channels)).await;
    });
}

/// Waits until channels have left their bridges: until snoop channels have left the application,
/// and until the others have ended.
async fn wait_until_left(channels: &mut [OwnObject]) {
    for OwnObject { kind, events, .. } in channels {
        while let Some(events) = events
            && let Some(Ok(event)) = events.next().await
        {
            if *kind == Kind::Snoop && matches!(&*event, Event::StasisEnd(_)) {
                break;
            }
        }
    }
}

/// Waits for the last events of channels.
async fn wait_for_ends(channels: &mut [OwnObject]) {
    for events in channels.iter_mut().filter_map(|it| it.events.as_mut()) {
        while let Some(Ok(_)) = events.next().await {}
    }
}

/// An object that does not exist, but may still be created.
struct LateObject {
    kind: Kind,
    id: String,
}

/// Removes one object. Tries again after failures, and logs the last one. Returns the object if it
/// does not exist, although it may still be created.
async fn remove(client: &Client, object: &OwnObject) -> Option<LateObject> {
    let OwnObject { kind, id, .. } = object;
    let mut delays = RETRY_DELAYS.into_iter();
    loop {
        let Err(error) = send_removal(client, *kind, id).await else {
            return None;
        };
        if error.status() == Some(404) {
            let late = LateObject {
                kind: *kind,
                id: id.clone(),
            };
            return (!object.is_confirmed).then_some(late);
        }
        let Some(delay) = delays.next() else {
            tracing::warn!(
                ?kind,
                id,
                %error,
                "an object of a media session may be left on the server: delete it over ARI"
            );
            return None;
        };
        sleep(delay).await;
    }
}

/// Removes an object that may be created late.
async fn remove_late(client: &Client, LateObject { kind, id }: LateObject) {
    for delay in RETRY_DELAYS {
        sleep(delay).await;
        if send_removal(client, kind, &id).await.is_ok() {
            return;
        }
    }
}

async fn send_removal(client: &Client, kind: Kind, id: &str) -> Result<(), Error> {
    match kind {
        Kind::Channel | Kind::Snoop => client.channel(id).hangup().await,
        Kind::Bridge => client.bridge(id).destroy().await,
    }
}
