//! The steps of opening a session: a channel for the audio, the connection, and the bridge that
//! joins it with the call.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use ari_api::client::{CreateContext, unique_id};
use ari_api::models::Channel;
use ari_api::stream::{ObjectRef, ObjectStream};
use ari_api::{Client, Event, channels};
use tokio::time::{sleep, timeout};

use crate::capture::{Capture, MediaClock};
use crate::carrier::CarrierChoice;
use crate::connection::{Cause, Connection, ConnectionError, Received, Step as ConnectionStep};
use crate::error::{Error, Step};
use crate::event::ChannelEnd;
use crate::pcm::Format;
use crate::playout::{Audio, Clock, Playout, Settings, Sync};
use crate::session::counters::Counters;
use crate::session::driver::{Driver, Progress};
use crate::session::endpoint::{Endpoint, Listeners, WireFormats};
use crate::session::membership::Membership;
use crate::session::permit::Permit;
use crate::session::registry::{Reservation, Sessions};
use crate::session::resources::Resources;
use crate::session::settings::SessionSettings;
use crate::session::shared::{Shared, now};

/// The pauses before the server is asked again if a call is in a bridge. A call that is entering or
/// leaving it, and a bridge that was destroyed, can be reported late.
const MEMBERSHIP_DELAYS: [Duration; 3] = [
    Duration::from_millis(50),
    Duration::from_millis(150),
    Duration::from_millis(300),
];

/// The time to wait, after a request that was refused because of a channel's end, for the event of
/// that end.
const END_EVENT_TIMEOUT: Duration = Duration::from_millis(500);

/// The settings of a session that is to be opened.
pub(crate) struct Plan<'a> {
    pub(crate) client: &'a Client,
    pub(crate) listeners: &'a Listeners,
    pub(crate) choice: &'a CarrierChoice,
    pub(crate) settings: &'a SessionSettings,
    pub(crate) application: &'a str,
    pub(crate) source: Source<'a>,
    pub(crate) clock: MediaClock,
    pub(crate) permit: Permit,
    pub(crate) counters: &'a Arc<Counters>,
}

/// The source of the audio, which the media channel is joined with.
#[derive(Clone, Copy)]
pub(crate) enum Source<'a> {
    /// The call itself, in a bridge of the session's own.
    Call,
    /// An existing bridge.
    Bridge(&'a str),
    /// One direction of the call, which is only listened to.
    Snoop(SnoopDirection),
    /// The direction to the party, to which the audio is added.
    Whisper,
}

/// A direction of a call, as seen from its channel.
#[derive(Clone, Copy, Debug)]
pub(crate) enum SnoopDirection {
    /// Audio that the party sends.
    Says,
    /// Audio that the party hears.
    Hears,
}

/// A session that was opened.
pub(crate) struct Opened {
    pub(crate) shared: Arc<Shared>,
    /// The bridge that joins the audio with the call.
    pub(crate) bridge: Arc<str>,
}

/// The bridge of a session.
struct BridgePlan {
    id: String,
    /// True if it has to be created.
    is_new: bool,
    /// True if the session puts the call into it, or another session has done that.
    has_party: bool,
}

/// The channel that carries the audio, and its events.
struct MediaChannel {
    id: String,
    events: ObjectStream<Event>,
}

impl Plan<'_> {
    /// Opens the session. If a step fails, or if the future is dropped, everything that was created
    /// is removed.
    pub(crate) async fn open(&self) -> Result<Opened, Error> {
        let connection = self.client.connection();
        // Opened before the first request, so that a hangup in between is not missed.
        let call = connection.try_watch(ObjectRef::new("channel", &self.settings.call));
        let mut call = call.map_err(|source| Error::Request {
            step: Step::EnterApplication,
            source,
        })?;
        let (bridge, mut resources) = self.plan_bridge().await?;
        let opening = async {
            let (members, snoop) = self.create_members(&mut resources, &bridge).await?;
            let (mut media, mut connection) = self.create_media_channel(&mut resources).await?;
            let joining = async {
                self.wait_until_in_application(&mut media).await?;
                self.join(&mut resources, &bridge, members, &media).await
            };
            // The connection is driven during this step, because Asterisk can block if nothing
            // arrives on it.
            tokio::select! {
                joined = joining => joined?,
                error = wait_for_failure(&mut connection) => return Err(error.into()),
            }
            Ok::<_, Error>((media, snoop, connection))
        };
        let call_end = async {
            let end = wait_for_end(&mut call).await;
            self.ended(Step::EnterApplication, "the call", end)
        };
        let opened = tokio::select! {
            opened = opening => opened,
            error = call_end => return Err(error),
        };
        let (media, snoop, connection) = match opened {
            Ok(opened) => opened,
            Err(error) => return Err(self.explain(error, &mut call).await),
        };
        let shared = self.shared(&connection)?;
        if let Some(registration) = resources.registration() {
            registration.opened(&shared);
        }
        let id: Arc<str> = bridge.id.as_str().into();
        let driver = Driver {
            shared: shared.clone(),
            client: self.client.clone(),
            connection,
            call,
            media: media.events,
            snoop,
            bridge: id.clone(),
            membership: Membership::new(&bridge.id, bridge.has_party),
            keeps_bridge: matches!(self.source, Source::Call),
            resources,
            permit: self.permit.clone(),
            counters: self.counters.clone(),
            progress: Progress::default(),
        };
        self.counters.count_opened(&shared);
        tokio::spawn(driver.run());
        Ok(Opened { shared, bridge: id })
    }

    /// Chooses the bridge. A call that has a session, or is in another bridge, is refused before
    /// anything is created.
    async fn plan_bridge(&self) -> Result<(BridgePlan, Resources), Error> {
        let sessions = Sessions::of(self.client);
        let new = |registration| Resources::new(self.client.clone(), registration);
        if let Source::Bridge(id) = self.source {
            self.ensure_in_bridge(id).await?;
            let bridge = BridgePlan {
                id: id.to_owned(),
                is_new: false,
                has_party: false,
            };
            return Ok((bridge, new(sessions.register())));
        }
        let id = unique_id();
        if !matches!(self.source, Source::Call) {
            let bridge = BridgePlan {
                id,
                is_new: true,
                has_party: true,
            };
            return Ok((bridge, new(sessions.register())));
        }
        let limit = self.settings.step_timeout;
        let reserved = sessions.reserve(&self.settings.call, &id, limit).await;
        let Some(reserved) = reserved else {
            return Err(self.timed_out(Step::EndEarlierSession));
        };
        let Reservation {
            registration,
            bridge,
            is_kept,
        } = reserved?;
        let mut resources = new(registration);
        if is_kept {
            resources.adopt_bridge(&bridge);
        } else {
            self.ensure_in_no_bridge().await?;
        }
        let bridge = BridgePlan {
            id: bridge,
            is_new: !is_kept,
            has_party: true,
        };
        Ok((bridge, resources))
    }

    /// Checks that the call is in no bridge. Asterisk would take it out of that without a word.
    async fn ensure_in_no_bridge(&self) -> Result<(), Error> {
        let call = &self.settings.call;
        let mut delays = MEMBERSHIP_DELAYS.into_iter();
        loop {
            let bridges = self.client.bridges().list().await;
            let bridges = bridges.map_err(|source| Error::Request {
                step: Step::FindBridge,
                source,
            })?;
            let mut bridges = bridges.into_iter();
            let Some(bridge) = bridges.find(|it| it.channels.contains(call)) else {
                return Ok(());
            };
            let Some(delay) = delays.next() else {
                return Err(Error::InBridge {
                    channel: call.clone(),
                    bridge: bridge.id,
                });
            };
            sleep(delay).await;
        }
    }

    /// Checks that the call is in the bridge that the session is to join. Otherwise audio would count
    /// as played that the party does not hear.
    async fn ensure_in_bridge(&self, id: &str) -> Result<(), Error> {
        let call = &self.settings.call;
        let mut delays = MEMBERSHIP_DELAYS.into_iter();
        loop {
            let bridge = self.client.bridge(id).get().await;
            let bridge = bridge.map_err(|source| Error::Request {
                step: Step::FindBridge,
                source,
            })?;
            if bridge.channels.contains(call) {
                return Ok(());
            }
            let Some(delay) = delays.next() else {
                return Err(Error::NotInBridge {
                    channel: call.clone(),
                    bridge: id.to_owned(),
                });
            };
            sleep(delay).await;
        }
    }

    /// Creates the source, if it does not exist. Returns the channels that the bridge needs besides
    /// the media channel, and the events of the snoop channel.
    async fn create_members(
        &self,
        resources: &mut Resources,
        bridge: &BridgePlan,
    ) -> Result<(Vec<String>, Option<ObjectStream<Event>>), Error> {
        match self.source {
            Source::Call if bridge.is_new => Ok((vec![self.settings.call.clone()], None)),
            Source::Call | Source::Bridge(_) => Ok((Vec::new(), None)),
            Source::Snoop(_) | Source::Whisper => {
                let id = unique_id();
                resources.add_snoop_channel(&id);
                let request =
                    channels::SnoopChannelWithId::new(&self.settings.call, &id, self.application);
                let request = match self.source {
                    Source::Snoop(SnoopDirection::Says) => request.spy("in"),
                    Source::Snoop(SnoopDirection::Hears) => request.spy("out"),
                    // What Asterisk sends shows if it sends anything that audio can be added to.
                    _ => request.spy("out").whisper("out"),
                };
                let sent = self.client.send(request);
                let created = self.create(resources, &id, Step::CreateSnoopChannel, sent);
                let (_, mut events) = created.await?;
                self.wait_for_start(&mut events, "the snoop channel")
                    .await?;
                Ok((vec![id], Some(events)))
            }
        }
    }

    async fn create_media_channel(
        &self,
        resources: &mut Resources,
    ) -> Result<(MediaChannel, Connection), Error> {
        let formats = WireFormats::choose(self.choice, self.settings.rate, self.settings.raw)?;
        // The id is never chosen by the user, because some servers crash if an id is already in
        // use.
        let id = unique_id();
        let endpoint = Endpoint::prepare(self.choice, self.listeners, &id)?;
        let request = channels::ExternalMedia::new(self.application, formats.channel.name());
        let receives_only = matches!(self.source, Source::Snoop(_));
        let request =
            endpoint.describe(request.channel_id(&id), self.choice, &id, receives_only)?;
        resources.add_channel(&id);
        let sent = self.client.send(request);
        let created = self
            .create(resources, &id, Step::CreateMediaChannel, sent)
            .await?;
        let (channel, mut events) = created;
        let connecting = endpoint.connect(self.client, &channel, formats);
        let connection = tokio::select! {
            connected = connecting => connected?,
            end = wait_for_end(&mut events) => {
                return Err(self.ended(Step::CreateMediaChannel, "the media channel", end));
            }
        };
        Ok((MediaChannel { id, events }, connection))
    }

    async fn wait_until_in_application(&self, media: &mut MediaChannel) -> Result<(), Error> {
        // The event may have arrived while the connection was opened.
        if self.client.connection().is_in_application(&media.id) {
            return Ok(());
        }
        self.wait_for_start(&mut media.events, "the media channel")
            .await
    }

    /// Sends a request that creates a channel, after opening the stream of its events.
    async fn create(
        &self,
        resources: &mut Resources,
        id: &str,
        step: Step,
        sent: impl Future<Output = Result<Channel, ari_api::Error>>,
    ) -> Result<(Channel, ObjectStream<Event>), Error> {
        let new = CreateContext {
            object: ObjectRef::new("channel", id),
            application: Some(self.application),
            parent: None,
        };
        let created = self.client.connection().create_and_watch(new, sent).await;
        resources.on_response(id, &created);
        created.map_err(|source| Error::Request { step, source })
    }

    async fn wait_for_start(
        &self,
        events: &mut ObjectStream<Event>,
        channel: &'static str,
    ) -> Result<(), Error> {
        let step = Step::EnterApplication;
        let start = async {
            loop {
                match events.next().await {
                    Some(Ok(event)) => match &*event {
                        Event::StasisStart(_) => return Ok(()),
                        Event::ChannelDestroyed(_) | Event::StasisEnd(_) => {
                            return Err(self.ended(step, channel, end_of(&event)));
                        }
                        _ => {}
                    },
                    Some(Err(error)) => {
                        return Err(Error::Request {
                            step,
                            source: error,
                        });
                    }
                    None => return Err(self.ended(step, channel, ChannelEnd::default())),
                }
            }
        };
        let started = timeout(self.settings.step_timeout, start).await;
        started.unwrap_or_else(|_| Err(self.timed_out(step)))
    }

    fn timed_out(&self, step: Step) -> Error {
        Error::Timeout {
            carrier: self.choice.carrier,
            step,
            limit: self.settings.step_timeout,
        }
    }

    /// Puts the media channel into the bridge, with the channels that are not in it yet.
    async fn join(
        &self,
        resources: &mut Resources,
        bridge: &BridgePlan,
        mut members: Vec<String>,
        media: &MediaChannel,
    ) -> Result<(), Error> {
        let id = &bridge.id;
        if bridge.is_new {
            resources.add_bridge(id);
            let request = self.client.bridge(id).create_with_id().kind("mixing");
            let created = request.await;
            resources.on_response(id, &created);
            created.map_err(|source| Error::Request {
                step: Step::CreateBridge,
                source,
            })?;
        }
        members.push(media.id.clone());
        let joined = self.client.bridge(id).add_channel(members).await;
        joined.map_err(|source| Error::Request {
            step: Step::JoinBridge,
            source,
        })
    }

    /// Creates the queues for a connection.
    fn shared(&self, connection: &Connection) -> Result<Arc<Shared>, Error> {
        let now = now();
        let unusable = |problem: String| Error::UnusableFormat {
            carrier: connection.carrier(),
            problem,
        };
        let settings = self.settings;
        let audio = |format| match settings.raw {
            Some(raw) => Audio::Raw(raw),
            None => Audio::Pcm {
                rate: settings.rate,
                format,
                byte_order: connection.byte_order(),
            },
        };
        let format = connection.outgoing_format();
        let clock = match connection {
            Connection::WebSocket(_) => Clock::Lead {
                sync: self.sync(format),
                lead: settings.lead,
            },
            _ => Clock::Deadline,
        };
        let playout = Settings {
            audio: audio(format),
            clock,
            max_buffered: settings.max_buffered,
        };
        let playout = Playout::new(playout, now);
        let playout = playout.map_err(|error| unusable(error.to_string()))?;
        let incoming = WireFormats::choose(self.choice, settings.rate, settings.raw)?.channel;
        let capture = Capture::new(audio(incoming), self.clock, now);
        let capture = capture.map_err(|error| unusable(error.to_string()))?;
        Ok(Shared::new(playout, capture))
    }

    /// Returns the way in which Asterisk reports its playback progress.
    fn sync(&self, format: Format) -> Sync {
        let has_marks = self.choice.features.websocket.is_some_and(|it| it.marks);
        match format.frame_bytes() {
            None => Sync::Status,
            Some(_) if has_marks => Sync::Marks,
            Some(_) => Sync::Buffering,
        }
    }

    /// Returns the end of the call if a request was refused because of it. The event may arrive after
    /// the refusal.
    async fn explain(&self, error: Error, call: &mut ObjectStream<Event>) -> Error {
        let is_refusal =
            matches!(&error, Error::Request { source, .. } if source.is_channel_gone());
        if !is_refusal {
            return error;
        }
        match timeout(END_EVENT_TIMEOUT, wait_for_end(call)).await {
            Ok(end) => self.ended(Step::EnterApplication, "the call", end),
            Err(_) => error,
        }
    }

    fn ended(&self, step: Step, channel: &'static str, end: ChannelEnd) -> Error {
        Error::ChannelEnded {
            carrier: self.choice.carrier,
            step,
            channel,
            end,
        }
    }
}

/// Drives a connection until it fails or ends. Audio that arrives before the session is open is
/// dropped.
async fn wait_for_failure(connection: &mut Connection) -> ConnectionError {
    let carrier = connection.carrier();
    let cause = loop {
        match connection.next().await {
            Some(Ok(Received::Closed(reason))) => break Cause::Closed(reason),
            Some(Ok(_)) => {}
            Some(Err(error)) => return error,
            None => break Cause::Cut,
        }
    };
    ConnectionError::new(carrier, ConnectionStep::Receive, cause)
}

/// Returns the end that an event reports.
fn end_of(event: &Event) -> ChannelEnd {
    match event {
        Event::ChannelDestroyed(end) => ChannelEnd {
            cause: Some(end.cause),
            text: Some(end.cause_txt.as_str().into()),
        },
        _ => ChannelEnd::default(),
    }
}

/// Waits for the end of a channel.
async fn wait_for_end(events: &mut ObjectStream<Event>) -> ChannelEnd {
    loop {
        match events.next().await {
            None => return ChannelEnd::default(),
            Some(Ok(event)) => {
                if matches!(&*event, Event::ChannelDestroyed(_) | Event::StasisEnd(_)) {
                    return end_of(&event);
                }
            }
            Some(Err(ari_api::Error::ObjectGone { .. } | ari_api::Error::Disconnected { .. })) => {
                return ChannelEnd::default();
            }
            Some(Err(_)) => {}
        }
    }
}
