// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A playback is media being played to a channel or bridge, started there with `play`. Here it can
//! be watched, steered and stopped. A playback ceases to exist when it ends; after that every
//! operation answers 404.
//!
//! Asterisk needs the module `res_stasis_playback` for it.

use crate::{Client, Error, Event, models, operations, runtime};

/// A playback is media being played to a channel or bridge, started there with `play`. Here it can
/// be watched, steered and stopped. A playback ceases to exist when it ends; after that every
/// operation answers 404.
///
/// Returned by [`Client::playbacks`].
#[derive(Clone, Debug)]
pub struct Playbacks {
    client: Client,
}

impl Playbacks {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Gets the state of a playback.
    ///
    /// `GET /playbacks/{playbackId}`: see [`Get`].
    #[inline]
    pub fn get(&self, playback_id: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), playback_id)
    }

    /// Stops a playback, including the media URIs still to come.
    ///
    /// `DELETE /playbacks/{playbackId}`: see [`Stop`].
    #[inline]
    pub fn stop(&self, playback_id: impl Into<String>) -> Stop<Client> {
        Stop::on(self.client.clone(), playback_id)
    }

    /// Pauses, resumes or winds a playback.
    ///
    /// `POST /playbacks/{playbackId}/control`: see [`Control`].
    #[inline]
    pub fn control(
        &self,
        playback_id: impl Into<String>,
        operation: impl Into<ControlOperation>,
    ) -> Control<Client> {
        Control::on(self.client.clone(), playback_id, operation)
    }
}

/// A playback, identified by its `playbackId`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::playback`].
#[derive(Clone, Debug)]
pub struct PlaybackHandle {
    pub(crate) client: Client,
    playback_id: String,
}

impl PlaybackHandle {
    pub(crate) fn new(client: Client, playback_id: impl Into<String>) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `playbackId` of this handle.
    #[inline]
    pub fn playback_id(&self) -> &str {
        &self.playback_id
    }

    /// Gets the state of a playback.
    ///
    /// `GET /playbacks/{playbackId}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.playback_id.clone())
    }

    /// Stops a playback, including the media URIs still to come.
    ///
    /// `DELETE /playbacks/{playbackId}`: see [`Stop`].
    #[inline]
    pub fn stop(&self) -> Stop<Client> {
        Stop::on(self.client.clone(), self.playback_id.clone())
    }

    /// Pauses, resumes or winds a playback.
    ///
    /// `POST /playbacks/{playbackId}/control`: see [`Control`].
    #[inline]
    pub fn control(&self, operation: impl Into<ControlOperation>) -> Control<Client> {
        Control::on(self.client.clone(), self.playback_id.clone(), operation)
    }

    /// Returns a stream of the events of this playback from now on. The stream ends after the event
    /// that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this playback does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("playback", &self.playback_id))
    }
}

impl models::Playback {
    /// Returns the handle of this playback, for its operations and events, as [`Client::playback`]
    /// does for its `id`.
    #[inline]
    pub fn handle(&self, client: &Client) -> PlaybackHandle {
        PlaybackHandle::new(client.clone(), &self.id)
    }
}

/// Gets the state of a playback.
///
/// `GET /playbacks/{playbackId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No playback has this id. It has ended, or its channel has hung up.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    playback_id: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `playback_id`: Id of the playback, as given to or answered by `play`.
    #[inline]
    pub fn new(playback_id: impl Into<String>) -> Self {
        Self::on((), playback_id)
    }
}

impl<C> Get<C> {
    pub(super) fn on(client: C, playback_id: impl Into<String>) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::playbacks::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("playbackId", &self.playback_id);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Playback;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Playback, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Playback>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Stops a playback, including the media URIs still to come.
///
/// `PlaybackFinished` follows. A playback that is still `queued` is struck out, and finishes when
/// its turn comes. While `number:`, `digits:` or `characters:` is being spoken, Asterisk cannot
/// break in, and as a rule answers 500. So it does in the instant between `PlaybackStarted` and the
/// first sound: try again.
///
/// `DELETE /playbacks/{playbackId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No playback has this id. It has ended, or its channel has hung up.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Stop<C = ()> {
    pub(crate) client: C,
    playback_id: String,
}

impl Stop {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `playback_id`: Id of the playback, as given to or answered by `play`.
    #[inline]
    pub fn new(playback_id: impl Into<String>) -> Self {
        Self::on((), playback_id)
    }
}

impl<C> Stop<C> {
    pub(super) fn on(client: C, playback_id: impl Into<String>) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Stop<C> {
    const OPERATION: &'static runtime::Operation = &operations::playbacks::STOP;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("playbackId", &self.playback_id);
    }
}

impl<C> runtime::TypedRequest for Stop<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Stop<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Pauses, resumes or winds a playback.
///
/// This works on `sound:`, `recording:` and `tone:` media. While `number:`, `digits:` or
/// `characters:` is being spoken, Asterisk cannot break in, and as a rule answers 500. So it does
/// in the instant between `PlaybackStarted` and the first sound: try again.
///
/// `POST /playbacks/{playbackId}/control`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `operation` is missing, or is not one of the documented values.
/// - 404: No playback has this id. It has ended, or its channel has hung up.
/// - 409: The playback's state does not allow it: it is still `queued`, is already ending, or is
///   paused, when only `unpause` helps.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Control<C = ()> {
    pub(crate) client: C,
    playback_id: String,
    operation: ControlOperation,
}

impl Control {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `playback_id`: Id of the playback, as given to or answered by `play`.
    /// - `operation`: Operation on the playback.
    #[inline]
    pub fn new(
        playback_id: impl Into<String>,
        operation: impl Into<ControlOperation>,
    ) -> Self {
        Self::on((), playback_id, operation)
    }
}

impl<C> Control<C> {
    pub(super) fn on(
        client: C,
        playback_id: impl Into<String>,
        operation: impl Into<ControlOperation>,
    ) -> Self {
        Self {
            client,
            playback_id: playback_id.into(),
            operation: operation.into(),
        }
    }
}

impl<C> runtime::ToRequest for Control<C> {
    const OPERATION: &'static runtime::Operation = &operations::playbacks::CONTROL;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("playbackId", &self.playback_id);
        encoder.query_param("operation", &self.operation);
    }
}

impl<C> runtime::TypedRequest for Control<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Control<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Values of `operation`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ControlOperation {
    /// Go back to the beginning of the current media URI.
    Restart,
    /// Hold the playback. No event is sent; pausing twice does nothing.
    Pause,
    /// Go on after `pause`. Another `PlaybackStarted` is sent.
    Unpause,
    /// Jump back by the `skipms` given to `play`.
    Reverse,
    /// Jump ahead by the `skipms` given to `play`.
    Forward,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ControlOperation,
    Restart = "restart",
    Pause = "pause",
    Unpause = "unpause",
    Reverse = "reverse",
    Forward = "forward",
);
