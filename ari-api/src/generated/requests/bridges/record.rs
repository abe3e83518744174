// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/record`.

use super::{RecordIfExists, RecordTerminateOn};
use crate::{Client, Error, Event, models, operations, runtime};

/// Records the mixed audio of a bridge into a file.
///
/// An internal recorder channel joins the bridge. It answers while the recording is still `queued`:
/// `RecordingStarted`, then `RecordingFinished` or `RecordingFailed` follow. Steer it with the
/// operations under `recordings/live`; afterwards the file is found under `recordings/stored`.
///
/// `POST /bridges/{bridgeId}/record`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `ifExists` or `terminateOn` has a value that does not exist. A `name` that leads out of
///   the recording directory is answered with 500.
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: A recording of this name is in progress, or it exists and `ifExists` is `fail`; or the
///   bridge was not created through ARI.
/// - 422: `format` is no file format, or `recorder_format` no codec, that this server knows. The
///   module for it may not be loaded.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Record<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) name: String,
    pub(super) format: String,
    pub(super) recorder_format: Option<String>,
    pub(super) max_duration: Option<Option<std::time::Duration>>,
    pub(super) max_silence: Option<Option<std::time::Duration>>,
    pub(super) if_exists: Option<RecordIfExists>,
    pub(super) beep: Option<bool>,
    pub(super) terminate_on: Option<RecordTerminateOn>,
}

impl Record {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `name`: Name of the recording and, below Asterisk's recording directory, of its file;
    ///   without an extension. A `/` makes subdirectories, which are created when missing.
    /// - `format`: File format, given as the extension that Asterisk knows it by: `wav`, `gsm`,
    ///   `ulaw`, `sln16`, and so on.
    #[inline]
    pub fn new(
        bridge_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self::on((), bridge_id, name, format)
    }
}

impl<C> Record<C> {
    pub(crate) fn on(
        client: C,
        bridge_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            name: name.into(),
            format: format.into(),
            recorder_format: None,
            max_duration: None,
            max_silence: None,
            if_exists: None,
            beep: None,
            terminate_on: None,
        }
    }

    /// Codec of the internal recorder channel, such as `slin16`. The codec that goes with `format`
    /// when omitted.
    ///
    /// Available in Asterisk 20.17.0, 22.7.0, 23.1.0 and later.
    pub fn recorder_format(mut self, recorder_format: impl Into<String>) -> Self {
        self.recorder_format = Some(recorder_format.into());
        self
    }

    /// Length at which the recording ends by itself; time spent paused does not count.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483647 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn max_duration(
        mut self,
        max_duration: impl Into<Option<std::time::Duration>>,
    ) -> Self {
        self.max_duration = Some(max_duration.into());
        self
    }

    /// Time of silence after which the recording ends by itself. It also makes Asterisk measure
    /// `talking_duration` and `silence_duration`.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn max_silence(
        mut self,
        max_silence: impl Into<Option<std::time::Duration>>,
    ) -> Self {
        self.max_silence = Some(max_silence.into());
        self
    }

    /// Action when a recording of this name exists. `fail` looks at the name only: a file of
    /// another format counts too.
    ///
    /// Default: `fail`.
    pub fn if_exists(mut self, if_exists: impl Into<RecordIfExists>) -> Self {
        self.if_exists = Some(if_exists.into());
        self
    }

    /// Plays a beep when the recording begins.
    ///
    /// Default: `false`.
    pub fn beep(mut self, beep: bool) -> Self {
        self.beep = Some(beep);
        self
    }

    /// DTMF digit that ends the recording.
    ///
    /// Default: `none`.
    pub fn terminate_on(mut self, terminate_on: impl Into<RecordTerminateOn>) -> Self {
        self.terminate_on = Some(terminate_on.into());
        self
    }
}

impl<C> runtime::ToRequest for Record<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::RECORD;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("name", &self.name);
        request.argument("format", &self.format);
        request.argument("recorder_format", &self.recorder_format);
        request.duration("maxDurationSeconds", self.max_duration);
        request.duration("maxSilenceSeconds", self.max_silence);
        request.argument("ifExists", &self.if_exists);
        request.argument("beep", &self.beep);
        request.argument("terminateOn", &self.terminate_on);
    }
}

impl<C> runtime::TypedRequest for Record<C> {
    type Output = models::LiveRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Record<Client> {
    type Output = Result<models::LiveRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::LiveRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Record<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::LiveRecording, runtime::ObjectStream<Event>), Error> {
        let id = self.name.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("live_recording", &id),
            application: None,
            parent: Some(runtime::ObjectRef::new("bridge", &self.bridge_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the live recording with a stream of its events. The stream is
    /// open before the request is sent, so no event can be missed. Events arrive if an application
    /// of this client controls the bridge or is subscribed to it. Otherwise the stream ends with
    /// [`Error::ObjectGone`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<
        (crate::recordings::LiveRecordingHandle, runtime::ObjectStream<Event>),
        Error,
    > {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.live_recording(events.id()), events))
    }

    /// Sends the request and waits until the live recording has ended. If an event has reported the
    /// end, its `state` is the final one. No event can be missed. Dropping the future releases its
    /// streams and does not end the live recording.
    ///
    /// Some ends have no event: the WebSocket was lost at that moment, or Asterisk has skipped the
    /// media (`silence:1`, `number:notanumber`). Therefore the client polls the server for the live
    /// recording. If it no longer exists but the bridge does, this is a success, too:
    /// [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the
    /// `state` is the last known one.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and
    /// - [`Error::ObjectGone`] with the bridge (see [`Error::gone_object`]) if that ends first, and
    ///   the live recording with it. Its reason is
    ///   [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client
    ///   receives events of the bridge;
    /// - [`Error::Disconnected`] if the session ends first;
    /// - [`Error::Lagged`] if the end was lost in a buffer that was too small;
    /// - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client
    ///   has set exclude the end.
    #[inline]
    pub async fn wait_until_finished(
        self,
    ) -> Result<runtime::Finished<models::LiveRecording>, Error> {
        let parent = runtime::ObjectRef::new("bridge", &self.bridge_id);
        let parent = self
            .client
            .connection()
            .try_watch_until_end("live_recording", parent)?;
        let (object, events) = self.send_watched().await?;
        runtime::wait_for_terminal_event(
                events,
                parent,
                object,
                |event| event.live_recordings().pop().cloned(),
            )
            .await
    }
}
