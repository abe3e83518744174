// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/record`.

use super::{RecordIfExists, RecordTerminateOn};
use crate::{Client, Error, Event, models, operations, runtime};

/// Records what a channel's device says.
///
/// Only audio coming from the channel is recorded; to capture a conversation, record the bridge or
/// use a snooping channel. An unanswered channel is answered first. The response is 201;
/// `RecordingStarted`, `RecordingFinished` and `RecordingFailed` report the rest.
///
/// While it records, the channel is busy: it cannot enter a bridge, and commands such as `answer`
/// wait. A channel in a bridge cannot be recorded this way: the answer is 409, or `RecordingFailed`
/// follows.
///
/// `POST /channels/{channelId}/record`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A duration is negative, or `terminateOn` or `ifExists` is unknown. A name that leads
///   outside the recording directory is answered with 500.
/// - 404: No channel has this id; it may have hung up.
/// - 409: The channel is not in a Stasis application or is in a bridge, or a recording of this name
///   is in progress, or is stored and `ifExists` is `fail`.
/// - 422: Asterisk has no file format of this name; load its format module.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Record<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) name: String,
    pub(super) format: String,
    pub(super) max_duration: Option<Option<std::time::Duration>>,
    pub(super) max_silence: Option<Option<std::time::Duration>>,
    pub(super) if_exists: Option<RecordIfExists>,
    pub(super) beep: Option<bool>,
    pub(super) terminate_on: Option<RecordTerminateOn>,
}

impl Record {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `name`: Name of the recording, without extension, relative to Asterisk's recording
    ///   directory; missing subdirectories named in it are created. Later requests address the
    ///   recording by this name.
    /// - `format`: File format, which is also the extension: `wav`, `wav16`, `ulaw`, `gsm`, as the
    ///   installed format modules allow.
    #[inline]
    pub fn new(
        channel_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self::on((), channel_id, name, format)
    }
}

impl<C> Record<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            name: name.into(),
            format: format.into(),
            max_duration: None,
            max_silence: None,
            if_exists: None,
            beep: None,
            terminate_on: None,
        }
    }

    /// Time after which the recording ends.
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

    /// Time of continuous silence after which the recording ends. Without it, `talking_duration`
    /// and `silence_duration` are not measured.
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

    /// Action when a stored recording of this name exists. A recording in progress under the name
    /// is always a conflict.
    ///
    /// Default: `fail`.
    pub fn if_exists(mut self, if_exists: impl Into<RecordIfExists>) -> Self {
        self.if_exists = Some(if_exists.into());
        self
    }

    /// Plays a beep before the recording begins.
    ///
    /// Default: `false`.
    pub fn beep(mut self, beep: bool) -> Self {
        self.beep = Some(beep);
        self
    }

    /// Digit that ends the recording.
    ///
    /// Default: `none`.
    pub fn terminate_on(mut self, terminate_on: impl Into<RecordTerminateOn>) -> Self {
        self.terminate_on = Some(terminate_on.into());
        self
    }
}

impl<C> runtime::ToRequest for Record<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::RECORD;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("name", &self.name);
        request.argument("format", &self.format);
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
            parent: Some(runtime::ObjectRef::new("channel", &self.channel_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the live recording with a stream of its events. The stream is
    /// open before the request is sent, so no event can be missed. Events arrive if an application
    /// of this client controls the channel or is subscribed to it. Otherwise the stream ends with
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
    /// recording. If it no longer exists but the channel does, this is a success, too:
    /// [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the
    /// `state` is the last known one.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and
    /// - [`Error::ObjectGone`] with the channel (see [`Error::gone_object`]) if that ends first,
    ///   and the live recording with it. Its reason is
    ///   [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client
    ///   receives events of the channel;
    /// - [`Error::Disconnected`] if the session ends first;
    /// - [`Error::Lagged`] if the end was lost in a buffer that was too small;
    /// - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client
    ///   has set exclude the end.
    #[inline]
    pub async fn wait_until_finished(
        self,
    ) -> Result<runtime::Finished<models::LiveRecording>, Error> {
        let parent = runtime::ObjectRef::new("channel", &self.channel_id);
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
