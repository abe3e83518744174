//! The far end of a call, controlled by the test.

use std::sync::Arc;
use std::time::Duration;

use ari_api::client::OneOrMany;

use crate::model::{Channel, MediaState, Party, Position};
use crate::pbx::{ArrivingCall, Destination};
use crate::server::Server;

/// A call that is about to arrive.
#[derive(Debug)]
#[must_use = "it arrives when it is sent into an application or to an extension"]
pub struct IncomingCall<'a> {
    server: ServerRef<'a>,
    endpoint: String,
    id: Option<String>,
    caller: Party,
    app_args: Vec<String>,
}

struct ServerRef<'a>(&'a Arc<Server>);

impl std::fmt::Debug for ServerRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server")
    }
}

impl<'a> IncomingCall<'a> {
    pub(crate) fn new(server: &'a Arc<Server>, endpoint: String) -> Self {
        let server = ServerRef(server);
        IncomingCall {
            server,
            endpoint,
            id: None,
            caller: Party::default(),
            app_args: Vec::new(),
        }
    }

    /// Sets the channel's id instead of a generated one.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the caller id, as `Name <number>` or only a number.
    pub fn caller(mut self, caller: &str) -> Self {
        self.caller = Party::parse(caller);
        self
    }

    /// Sets the arguments with which the call enters the application. Defaults to none.
    pub fn app_args<M>(mut self, args: impl OneOrMany<String, M>) -> Self {
        self.app_args = args.into_list();
        self
    }

    /// Lets the call arrive, ringing, in an application. If the application is not registered, the
    /// call ends immediately, as it does in the dialplan of a real server.
    pub fn into_application(mut self, app: &str) -> FakeChannel {
        let args = std::mem::take(&mut self.app_args);
        self.arrive(Destination::Application(app.to_owned(), args))
    }

    /// Lets the call arrive at an extension of the dialplan.
    pub fn to_extension(self, context: &str, extension: &str) -> FakeChannel {
        self.arrive(Destination::Extension(Position {
            context: context.to_owned(),
            extension: extension.to_owned(),
            priority: 1,
        }))
    }

    fn arrive(self, destination: Destination) -> FakeChannel {
        let ServerRef(server) = self.server;
        let call = ArrivingCall {
            endpoint: self.endpoint,
            id: self.id,
            caller: self.caller,
        };
        let id = server.update(|pbx| pbx.receive_call(call, destination));
        FakeChannel::new(Arc::clone(server), id)
    }
}

/// A channel of the fake Asterisk, controlled from its far end: the party that presses keys, holds
/// and hangs up. Actions on a channel that no longer exists do nothing.
#[derive(Clone)]
pub struct FakeChannel {
    pub(super) server: Arc<Server>,
    pub(super) id: String,
}

impl std::fmt::Debug for FakeChannel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FakeChannel").field("id", &self.id).finish()
    }
}

impl FakeChannel {
    pub(crate) fn new(server: Arc<Server>, id: String) -> Self {
        FakeChannel { server, id }
    }

    /// Returns the channel's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns whether the channel still exists.
    pub fn exists(&self) -> bool {
        self.read(|_| ()).is_some()
    }

    /// Returns the channel's state, such as `Up`, or `None` if it no longer exists.
    pub fn state(&self) -> Option<String> {
        self.read(|channel| channel.state.to_owned())
    }

    /// Returns the application that the channel is in.
    pub fn application(&self) -> Option<String> {
        self.read(|channel| channel.stasis_app.clone()).flatten()
    }

    /// Returns the bridge that the channel is in.
    pub fn bridge(&self) -> Option<String> {
        self.read(|channel| channel.bridge.clone()).flatten()
    }

    /// Returns the value of a channel variable that was set.
    pub fn variable(&self, name: &str) -> Option<String> {
        self.read(|channel| channel.variables.get(name).cloned())
            .flatten()
    }

    /// Returns whether the application has put the channel on hold.
    pub fn is_held(&self) -> bool {
        self.media_state().is_held
    }

    /// Returns the endpoint to which the application has redirected the phone. A phone that was not
    /// answered calls that itself, and its channel no longer exists. A phone in a call decides what it
    /// does, and here does nothing by itself.
    pub fn redirect_target(&self) -> Option<String> {
        self.read(|channel| channel.redirect_target.clone())
            .flatten()
    }

    /// Returns whether the far end has put the server on hold.
    pub fn is_holding(&self) -> bool {
        self.media_state().is_holding
    }

    /// Returns whether the application has muted the audio from the far end (in) and to the far end
    /// (out).
    pub fn muted(&self) -> (bool, bool) {
        let state = self.media_state();
        let muted_in = state.muted_in || state.muted_in_bridge;
        (muted_in, state.muted_out)
    }

    /// Returns the class of the music on hold that the far end hears.
    pub fn music_class(&self) -> Option<String> {
        self.media_state().music
    }

    /// Returns whether the far end hears silence that the application has started.
    pub fn is_playing_silence(&self) -> bool {
        self.media_state().silence
    }

    /// Returns whether the far end hears a ringing tone.
    pub fn is_playing_ringing(&self) -> bool {
        self.media_state().ringing
    }

    /// Returns whether `TALK_DETECT` is set.
    pub fn is_talk_detected(&self) -> bool {
        self.media_state().detectors.talk.is_some()
    }

    fn media_state(&self) -> MediaState {
        let state = self.read(|channel| channel.media_state.clone());
        state.unwrap_or_default()
    }

    fn read<T>(&self, look: impl FnOnce(&Channel) -> T) -> Option<T> {
        self.server.read(|pbx| pbx.channels.get(&self.id).map(look))
    }

    /// Presses keys. Each lasts 100 ms and is followed by a pause of 100 ms.
    pub fn press(&self, keys: &str) {
        self.server.update(|pbx| pbx.press_keys(&self.id, keys));
    }

    /// Answers a call that was placed to this channel.
    pub fn answer(&self) {
        self.server.update(|pbx| pbx.on_answered(&self.id));
    }

    /// Rings.
    pub fn ring(&self) {
        self.server.update(|pbx| pbx.on_ringing(&self.id));
    }

    /// Puts the server on hold.
    pub fn hold(&self) {
        self.set_holding(true);
    }

    /// Takes the server off hold.
    pub fn unhold(&self) {
        self.set_holding(false);
    }

    fn set_holding(&self, on: bool) {
        self.server.update(|pbx| pbx.on_hold(&self.id, on));
    }

    /// Talks for `time`, from now on. If `TALK_DETECT` is set, events report the beginning, and the
    /// end after the silence that it is set to (2.5 s by default). A shorter pause is part of the
    /// talking. The far end sends silence when it does not talk, unlike phones that send nothing
    /// then, whose talking does not end for a real server.
    pub fn talk(&self, time: Duration) {
        self.server.update(|pbx| pbx.on_talk(&self.id, time));
    }

    /// Sends the tone that `TONE_DETECT` listens for, if that is set.
    pub fn send_tone(&self) {
        self.server.update(|pbx| pbx.on_tone(&self.id));
    }

    /// Hangs up.
    pub fn hang_up(&self) {
        self.hang_up_with(16);
    }

    /// Hangs up, or rejects a call, with a hangup cause: 17 is busy, 21 is rejected.
    pub fn hang_up_with(&self, cause: i64) {
        self.server.update(|pbx| pbx.hangup_remote(&self.id, cause));
    }
}
