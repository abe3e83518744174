//! Supervising the call of somebody else: listening, whispering and barging in.
//!
//! See [`Call::supervise`] for an example.

mod mode;
mod snoop;

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use ari_api::{Client, Error};
use tokio::time::sleep;

pub use mode::SupervisionMode;

use crate::bridge_watch::BridgeWatch;
use crate::call::Call;
use crate::claim::ChannelClaim;
use crate::dial::leg::{RETRY_DELAYS, until_entered};
use crate::error::CallError;
use crate::key::Key;
use crate::own_bridge::OwnBridge;
use crate::supervise::snoop::Snoop;
use crate::task::in_task;

/// The beginning of a supervision, made by [`Call::supervise`]. `.await` begins it.
#[derive(Debug)]
#[must_use = "nothing is supervised until it is awaited"]
pub struct Supervise<'a> {
    supervisor: &'a mut Call,
    channel: String,
    mode: SupervisionMode,
}

/// A supervision: the call of the supervisor, who hears both sides of another call.
///
/// Dropping it ends the supervision. The supervisor stays in the application, and the supervised
/// call is not affected.
pub struct Supervision<'a> {
    supervisor: &'a mut Call,
    _claim: ChannelClaim,
    application: String,
    /// The supervised channel.
    channel: String,
    mode: SupervisionMode,
    snoop: Snoop,
    bridge: OwnBridge,
    watch: BridgeWatch,
    is_separated: bool,
}

/// An event of a supervision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SupervisionEvent {
    /// The supervisor has pressed a key.
    Key(Key),
    /// The supervised channel has ended. The supervisor is still in the application.
    ChannelEnded,
    /// Another program or an operator has destroyed the bridge of the supervision, or has taken the
    /// supervisor out of it. The supervisor has not hung up, and hears nothing of the call any more.
    Separated,
}

impl Call {
    /// Lets this call, the supervisor's, hear both sides of another one: that of the channel with
    /// this id, such as an agent's. The other channel need not be in the application. This call
    /// must be in no bridge.
    ///
    /// The supervisor hears both, and is heard by nobody, by the party of that channel or by both
    /// sides, as [`SupervisionMode`] says.
    ///
    /// ```no_run
    /// # use ari_calls::supervise::{SupervisionEvent, SupervisionMode};
    /// # use ari_calls::{Call, CallError, Key};
    /// # async fn example(supervisor: &mut Call, agent: &str) -> Result<(), CallError> {
    /// let mut supervision = supervisor.supervise(agent).await?;
    /// loop {
    ///     match supervision.next().await? {
    ///         SupervisionEvent::Key(Key::Digit1) => {
    ///             supervision.set_mode(SupervisionMode::Listen).await?;
    ///         }
    ///         SupervisionEvent::Key(Key::Digit2) => {
    ///             supervision.set_mode(SupervisionMode::Whisper).await?;
    ///         }
    ///         SupervisionEvent::Key(Key::Pound) => break,
    ///         SupervisionEvent::Key(_) => {}
    ///         _ => break,
    ///     }
    /// }
    /// supervision.end().await;
    /// supervisor.play("sound:vm-goodbye").await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It uses a snoop channel and a bridge, whose events reach no stream of the application, and
    /// takes Asterisk 12.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the supervisor's call ends first; [`CallError::Request`] if
    /// a request fails, such as with 404 if the other channel does not exist; and
    /// [`CallError::InvalidSettings`], before anything is sent, if this call is in no application
    /// of the client, or if the other channel is that of this call or has no id.
    pub fn supervise(&mut self, channel_id: impl Into<String>) -> Supervise<'_> {
        Supervise {
            supervisor: self,
            channel: channel_id.into(),
            mode: SupervisionMode::Listen,
        }
    }
}

impl Supervise<'_> {
    /// Sets who hears the supervisor. Default: nobody.
    pub fn mode(mut self, mode: SupervisionMode) -> Self {
        self.mode = mode;
        self
    }
}

impl<'a> IntoFuture for Supervise<'a> {
    type Output = Result<Supervision<'a>, CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'a>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let (supervisor, channel, mode) = (self.supervisor, self.channel, self.mode);
            supervisor.check_end()?;
            let claim = supervisor.claim()?;
            if channel.is_empty() || channel == supervisor.id() {
                let problem = "a supervisor hears the call of another channel";
                return Err(CallError::InvalidSettings(problem.to_owned()));
            }
            let application = supervisor.application().ok_or_else(|| {
                let problem = "the call is in no application of this client";
                CallError::InvalidSettings(problem.to_owned())
            })?;
            let begun = begin(
                supervisor.client().clone(),
                supervisor.id().to_owned(),
                application.clone(),
                channel.clone(),
                mode,
            );
            match in_task(begun).await {
                Ok((snoop, bridge)) => {
                    supervisor.set_entered_bridge(bridge.handle().bridge_id());
                    Ok(Supervision {
                        supervisor,
                        _claim: claim,
                        application,
                        channel,
                        mode,
                        snoop,
                        bridge,
                        watch: BridgeWatch::default(),
                        is_separated: false,
                    })
                }
                Err(error) => Err(explain(supervisor, error).await),
            }
        })
    }
}

impl Supervision<'_> {
    /// Returns who hears the supervisor.
    pub fn mode(&self) -> SupervisionMode {
        self.mode
    }

    /// Returns the id of the supervised channel.
    pub fn channel_id(&self) -> &str {
        &self.channel
    }

    /// Changes who hears the supervisor. If it fails, or if its future is dropped, the mode is as
    /// before.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the supervisor's call ends first, and [`CallError::Request`]
    /// if a request fails, such as with 404 if the supervised channel no longer exists.
    pub async fn set_mode(&mut self, mode: SupervisionMode) -> Result<(), CallError> {
        self.supervisor.check_end()?;
        if mode == self.mode {
            return Ok(());
        }
        let changed = attach(
            self.supervisor.client().clone(),
            self.bridge.handle().bridge_id().to_owned(),
            self.application.clone(),
            self.channel.clone(),
            mode,
        );
        match in_task(changed).await {
            Ok(snoop) => {
                self.mode = mode;
                std::mem::replace(&mut self.snoop, snoop).hang_up().await;
                Ok(())
            }
            Err(error) => Err(explain(self.supervisor, error).await),
        }
    }

    /// Waits for the next key of the supervisor, for the end of the supervised channel, or until
    /// others end the supervision. After that it returns the same again.
    ///
    /// Cancel-safe: no key is lost if the future is dropped.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Ended`] if the supervisor's call ends, and [`CallError::Request`] if
    /// the connection to the server is lost for good.
    pub async fn next(&mut self) -> Result<SupervisionEvent, CallError> {
        loop {
            self.note_arrived()?;
            if let Some(key) = self.supervisor.pop_key() {
                return Ok(SupervisionEvent::Key(key));
            }
            if let Some(end) = self.wait().await? {
                return Ok(end);
            }
        }
    }

    /// Waits for an event that is no key: the end of the supervised channel, or of the supervision by
    /// others. Keys that the supervisor presses meanwhile are kept for the next step.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Supervision::next`].
    pub async fn wait_for_end(&mut self) -> Result<SupervisionEvent, CallError> {
        loop {
            self.note_arrived()?;
            if let Some(end) = self.wait().await? {
                return Ok(end);
            }
        }
    }

    /// Takes over what the events of the supervisor's call say.
    fn note_arrived(&mut self) -> Result<(), CallError> {
        let calls = &mut [&mut *self.supervisor];
        self.watch.update(self.bridge.handle(), calls);
        self.supervisor.check_end()
    }

    /// Waits for the next event of either call. Returns the end, if it is one.
    async fn wait(&mut self) -> Result<Option<SupervisionEvent>, CallError> {
        if self.is_separated {
            return Ok(Some(SupervisionEvent::Separated));
        }
        tokio::select! {
            biased;
            received = self.supervisor.receive() => received.map(|()| None),
            ended = self.snoop.call.wait_for_end() => {
                ended.map(|_| Some(SupervisionEvent::ChannelEnded))
            }
            _ = self.watch.separated() => {
                self.is_separated = true;
                Ok(Some(SupervisionEvent::Separated))
            }
        }
    }

    /// Ends the supervision, and returns when Asterisk has removed the bridge and the snoop
    /// channel. It lists a snoop channel until the next audio of the supervised channel.
    pub async fn end(self) {
        self.supervisor.set_bridge(None);
        self.bridge.destroy().await;
        self.snoop.hang_up().await;
    }
}

impl std::fmt::Debug for Supervision<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Supervision")
            .field("supervisor", &self.supervisor.id())
            .field("channel", &self.channel)
            .field("mode", &self.mode)
            .finish_non_exhaustive()
    }
}

/// Creates the bridge of a supervision, with the supervisor and a snoop channel.
async fn begin(
    client: Client,
    supervisor: String,
    application: String,
    channel: String,
    mode: SupervisionMode,
) -> Result<(Snoop, OwnBridge), Error> {
    let bridge = OwnBridge::create(&client).await?;
    let handle = bridge.handle().clone();
    let joined = async {
        handle.add_channel([&supervisor]).await?;
        attach(
            client,
            handle.bridge_id().to_owned(),
            application,
            channel,
            mode,
        )
        .await
    };
    match joined.await {
        Ok(snoop) => Ok((snoop, bridge)),
        Err(error) => {
            bridge.destroy().await;
            Err(error)
        }
    }
}

/// Creates a snoop channel, and adds it to a bridge. The server ends it at once if the application
/// has no WebSocket at that moment, so that this is tried several times.
async fn attach(
    client: Client,
    bridge: String,
    application: String,
    channel: String,
    mode: SupervisionMode,
) -> Result<Snoop, Error> {
    let mut delays = RETRY_DELAYS.iter();
    loop {
        let snoop = Snoop::create(&client, &channel, &application, mode).await?;
        let id = snoop.call.id().to_owned();
        let added = until_entered(client.bridge(&bridge).add_channel([&id])).await;
        let error = match added {
            Ok(()) => return Ok(snoop),
            Err(error) => error,
        };
        if error.gone_object().is_none_or(|object| object.id != id) {
            return Err(error);
        }
        // It also ends with the supervised channel, which the error is to name then.
        client.channel(&channel).get().await?;
        match delays.next() {
            Some(delay) => sleep(*delay).await,
            None => return Err(error),
        }
    }
}

/// Returns the end of the supervisor's call if a request failed because of it, or else the error.
async fn explain(supervisor: &mut Call, error: Error) -> CallError {
    match error.gone_object() {
        Some(object) if object.id != supervisor.id() => error.into(),
        _ => supervisor.explain(error).await,
    }
}
