// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Recordings come in two kinds: live ones, in progress on a channel or bridge, which can be
//! paused, muted, stopped or canceled; and stored ones, which are the files in Asterisk's recording
//! directory. A recording is started with `record` on a channel or bridge, and is identified by its
//! name in both kinds.
//!
//! Asterisk needs the module `res_stasis_recording` for it.

use crate::{Client, Error, Event, models, operations, runtime};

/// Recordings come in two kinds: live ones, in progress on a channel or bridge, which can be
/// paused, muted, stopped or canceled; and stored ones, which are the files in Asterisk's recording
/// directory. A recording is started with `record` on a channel or bridge, and is identified by its
/// name in both kinds.
///
/// Returned by [`Client::recordings`].
#[derive(Clone, Debug)]
pub struct Recordings {
    client: Client,
}

impl Recordings {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the stored recordings, sorted by name, subdirectories included.
    ///
    /// `GET /recordings/stored`: see [`ListStored`].
    #[inline]
    pub fn list_stored(&self) -> ListStored<Client> {
        ListStored::on(self.client.clone())
    }

    /// Gets the details of a stored recording.
    ///
    /// `GET /recordings/stored/{recordingName}`: see [`GetStored`].
    #[inline]
    pub fn get_stored(&self, recording_name: impl Into<String>) -> GetStored<Client> {
        GetStored::on(self.client.clone(), recording_name)
    }

    /// Deletes the file of a stored recording.
    ///
    /// `DELETE /recordings/stored/{recordingName}`: see [`DeleteStored`].
    #[inline]
    pub fn delete_stored(
        &self,
        recording_name: impl Into<String>,
    ) -> DeleteStored<Client> {
        DeleteStored::on(self.client.clone(), recording_name)
    }

    /// Downloads the audio of a stored recording.
    ///
    /// `GET /recordings/stored/{recordingName}/file`: see [`GetStoredFile`].
    #[inline]
    pub fn get_stored_file(
        &self,
        recording_name: impl Into<String>,
    ) -> GetStoredFile<Client> {
        GetStoredFile::on(self.client.clone(), recording_name)
    }

    /// Copies a stored recording under another name.
    ///
    /// `POST /recordings/stored/{recordingName}/copy`: see [`CopyStored`].
    #[inline]
    pub fn copy_stored(
        &self,
        recording_name: impl Into<String>,
        destination_recording_name: impl Into<String>,
    ) -> CopyStored<Client> {
        CopyStored::on(self.client.clone(), recording_name, destination_recording_name)
    }

    /// Gets the state of a recording in progress.
    ///
    /// `GET /recordings/live/{recordingName}`: see [`GetLive`].
    #[inline]
    pub fn get_live(&self, recording_name: impl Into<String>) -> GetLive<Client> {
        GetLive::on(self.client.clone(), recording_name)
    }

    /// Stops a recording in progress and discards it.
    ///
    /// `DELETE /recordings/live/{recordingName}`: see [`Cancel`].
    #[inline]
    pub fn cancel(&self, recording_name: impl Into<String>) -> Cancel<Client> {
        Cancel::on(self.client.clone(), recording_name)
    }

    /// Stops a recording in progress and keeps it.
    ///
    /// `POST /recordings/live/{recordingName}/stop`: see [`Stop`].
    #[inline]
    pub fn stop(&self, recording_name: impl Into<String>) -> Stop<Client> {
        Stop::on(self.client.clone(), recording_name)
    }

    /// Pauses a recording in progress.
    ///
    /// `POST /recordings/live/{recordingName}/pause`: see [`Pause`].
    #[inline]
    pub fn pause(&self, recording_name: impl Into<String>) -> Pause<Client> {
        Pause::on(self.client.clone(), recording_name)
    }

    /// Resumes a paused recording.
    ///
    /// `DELETE /recordings/live/{recordingName}/pause`: see [`Unpause`].
    #[inline]
    pub fn unpause(&self, recording_name: impl Into<String>) -> Unpause<Client> {
        Unpause::on(self.client.clone(), recording_name)
    }

    /// Mutes a recording in progress.
    ///
    /// `POST /recordings/live/{recordingName}/mute`: see [`Mute`].
    #[inline]
    pub fn mute(&self, recording_name: impl Into<String>) -> Mute<Client> {
        Mute::on(self.client.clone(), recording_name)
    }

    /// Lets a muted recording take audio again.
    ///
    /// `DELETE /recordings/live/{recordingName}/mute`: see [`Unmute`].
    #[inline]
    pub fn unmute(&self, recording_name: impl Into<String>) -> Unmute<Client> {
        Unmute::on(self.client.clone(), recording_name)
    }
}

/// A stored recording, identified by its `recordingName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::stored_recording`].
#[derive(Clone, Debug)]
pub struct StoredRecordingHandle {
    pub(crate) client: Client,
    recording_name: String,
}

impl StoredRecordingHandle {
    pub(crate) fn new(client: Client, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `recordingName` of this handle.
    #[inline]
    pub fn recording_name(&self) -> &str {
        &self.recording_name
    }

    /// Gets the details of a stored recording.
    ///
    /// `GET /recordings/stored/{recordingName}`: see [`GetStored`].
    #[inline]
    pub fn get_stored(&self) -> GetStored<Client> {
        GetStored::on(self.client.clone(), self.recording_name.clone())
    }

    /// Deletes the file of a stored recording.
    ///
    /// `DELETE /recordings/stored/{recordingName}`: see [`DeleteStored`].
    #[inline]
    pub fn delete_stored(&self) -> DeleteStored<Client> {
        DeleteStored::on(self.client.clone(), self.recording_name.clone())
    }

    /// Downloads the audio of a stored recording.
    ///
    /// `GET /recordings/stored/{recordingName}/file`: see [`GetStoredFile`].
    #[inline]
    pub fn get_stored_file(&self) -> GetStoredFile<Client> {
        GetStoredFile::on(self.client.clone(), self.recording_name.clone())
    }

    /// Copies a stored recording under another name.
    ///
    /// `POST /recordings/stored/{recordingName}/copy`: see [`CopyStored`].
    #[inline]
    pub fn copy_stored(
        &self,
        destination_recording_name: impl Into<String>,
    ) -> CopyStored<Client> {
        CopyStored::on(
            self.client.clone(),
            self.recording_name.clone(),
            destination_recording_name,
        )
    }
}

impl models::StoredRecording {
    /// Returns the handle of this stored recording, for its operations and events, as
    /// [`Client::stored_recording`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> StoredRecordingHandle {
        StoredRecordingHandle::new(client.clone(), &self.name)
    }
}

/// A live recording, identified by its `recordingName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::live_recording`].
#[derive(Clone, Debug)]
pub struct LiveRecordingHandle {
    pub(crate) client: Client,
    recording_name: String,
}

impl LiveRecordingHandle {
    pub(crate) fn new(client: Client, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `recordingName` of this handle.
    #[inline]
    pub fn recording_name(&self) -> &str {
        &self.recording_name
    }

    /// Gets the state of a recording in progress.
    ///
    /// `GET /recordings/live/{recordingName}`: see [`GetLive`].
    #[inline]
    pub fn get_live(&self) -> GetLive<Client> {
        GetLive::on(self.client.clone(), self.recording_name.clone())
    }

    /// Stops a recording in progress and discards it.
    ///
    /// `DELETE /recordings/live/{recordingName}`: see [`Cancel`].
    #[inline]
    pub fn cancel(&self) -> Cancel<Client> {
        Cancel::on(self.client.clone(), self.recording_name.clone())
    }

    /// Stops a recording in progress and keeps it.
    ///
    /// `POST /recordings/live/{recordingName}/stop`: see [`Stop`].
    #[inline]
    pub fn stop(&self) -> Stop<Client> {
        Stop::on(self.client.clone(), self.recording_name.clone())
    }

    /// Pauses a recording in progress.
    ///
    /// `POST /recordings/live/{recordingName}/pause`: see [`Pause`].
    #[inline]
    pub fn pause(&self) -> Pause<Client> {
        Pause::on(self.client.clone(), self.recording_name.clone())
    }

    /// Resumes a paused recording.
    ///
    /// `DELETE /recordings/live/{recordingName}/pause`: see [`Unpause`].
    #[inline]
    pub fn unpause(&self) -> Unpause<Client> {
        Unpause::on(self.client.clone(), self.recording_name.clone())
    }

    /// Mutes a recording in progress.
    ///
    /// `POST /recordings/live/{recordingName}/mute`: see [`Mute`].
    #[inline]
    pub fn mute(&self) -> Mute<Client> {
        Mute::on(self.client.clone(), self.recording_name.clone())
    }

    /// Lets a muted recording take audio again.
    ///
    /// `DELETE /recordings/live/{recordingName}/mute`: see [`Unmute`].
    #[inline]
    pub fn unmute(&self) -> Unmute<Client> {
        Unmute::on(self.client.clone(), self.recording_name.clone())
    }

    /// Returns a stream of the events of this live recording from now on. The stream ends after the
    /// event that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this live recording does not exist, or that none of them is subscribed to it, the
    /// stream ends with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open
    /// streams does not affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("live_recording", &self.recording_name))
    }
}

impl models::LiveRecording {
    /// Returns the handle of this live recording, for its operations and events, as
    /// [`Client::live_recording`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> LiveRecordingHandle {
        LiveRecordingHandle::new(client.clone(), &self.name)
    }
}

/// Lists the stored recordings, sorted by name, subdirectories included.
///
/// Asterisk scans its whole recording directory for each request, and counts every file with the
/// extension of a known format. A name that exists in several formats is listed once. A missing
/// recording directory answers 500.
///
/// `GET /recordings/stored`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListStored<C = ()> {
    pub(crate) client: C,
}

impl ListStored {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> ListStored<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for ListStored {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for ListStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::LIST_STORED;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for ListStored<C> {
    type Output = Vec<models::StoredRecording>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListStored<Client> {
    type Output = Result<Vec<models::StoredRecording>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::StoredRecording>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Gets the details of a stored recording.
///
/// Of a name that exists in several formats, one is picked.
///
/// `GET /recordings/stored/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No stored recording has this name, or its format is not known to this server. It may
///   still be in progress.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetStored<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl GetStored {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> GetStored<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::GET_STORED;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for GetStored<C> {
    type Output = models::StoredRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetStored<Client> {
    type Output = Result<models::StoredRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::StoredRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Deletes the file of a stored recording.
///
/// Of a name that exists in several formats, one file is deleted. A file that Asterisk may not
/// remove answers 500.
///
/// `DELETE /recordings/stored/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No stored recording has this name; it may have been deleted already.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct DeleteStored<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl DeleteStored {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> DeleteStored<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for DeleteStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::DELETE_STORED;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for DeleteStored<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for DeleteStored<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Downloads the audio of a stored recording.
///
/// The answer is the file itself, with its media type (`audio/wav`, for one) and its length. It is
/// not available over a WebSocket, where it answers 406.
///
/// `GET /recordings/stored/{recordingName}/file`
///
/// Available in Asterisk 14 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 403: Asterisk could not open the file; look at its permissions.
/// - 404: No stored recording has this name. It may still be in progress.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetStoredFile<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl GetStoredFile {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> GetStoredFile<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetStoredFile<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::GET_STORED_FILE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for GetStoredFile<C> {
    type Output = runtime::ResponseBody;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_stream(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetStoredFile<Client> {
    type Output = Result<runtime::ResponseBody, Error>;
    type IntoFuture = runtime::ResponseFuture<runtime::ResponseBody>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Copies a stored recording under another name.
///
/// The copy keeps the format; missing subdirectories are created.
///
/// `POST /recordings/stored/{recordingName}/copy`
///
/// Available in Asterisk 12.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The name of the copy is missing or unusable.
/// - 403: The name of the copy leads out of the recording directory.
/// - 404: No stored recording has the name that is to be copied.
/// - 409: A recording with the name of the copy exists already, in this or another format. Delete
///   it first.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct CopyStored<C = ()> {
    pub(crate) client: C,
    recording_name: String,
    destination_recording_name: String,
}

impl CopyStored {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording to copy, without the file's extension.
    /// - `destination_recording_name`: Name of the copy. Anything after its last dot is taken for
    ///   an extension and dropped.
    #[inline]
    pub fn new(
        recording_name: impl Into<String>,
        destination_recording_name: impl Into<String>,
    ) -> Self {
        Self::on((), recording_name, destination_recording_name)
    }
}

impl<C> CopyStored<C> {
    pub(super) fn on(
        client: C,
        recording_name: impl Into<String>,
        destination_recording_name: impl Into<String>,
    ) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
            destination_recording_name: destination_recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for CopyStored<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::COPY_STORED;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
        encoder
            .query_param("destinationRecordingName", &self.destination_recording_name);
    }
}

impl<C> runtime::TypedRequest for CopyStored<C> {
    type Output = models::StoredRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for CopyStored<Client> {
    type Output = Result<models::StoredRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::StoredRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Gets the state of a recording in progress.
///
/// `GET /recordings/live/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended meanwhile, and is then found
///   among the stored ones.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetLive<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl GetLive {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> GetLive<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetLive<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::GET_LIVE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for GetLive<C> {
    type Output = models::LiveRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetLive<Client> {
    type Output = Result<models::LiveRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::LiveRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Stops a recording in progress and discards it.
///
/// The file is deleted. `RecordingFinished` follows nevertheless. One that is still `queued` is
/// merely marked `canceled`: should `RecordingStarted` arrive after all, repeat the request.
///
/// `DELETE /recordings/live/{recordingName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended meanwhile, and is then found
///   among the stored ones.
/// - 409: The recording is already ending. Delete the stored recording instead.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Cancel<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl Cancel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Cancel<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Cancel<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::CANCEL;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for Cancel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Cancel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Stops a recording in progress and keeps it.
///
/// The answer does not wait for the file: `RecordingFinished` says that it is complete. One that is
/// still `queued` is merely marked `canceled`: should `RecordingStarted` arrive after all, repeat
/// the request.
///
/// `POST /recordings/live/{recordingName}/stop`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended meanwhile, and is then found
///   among the stored ones.
/// - 409: The recording is already ending; nothing is left to do.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Stop<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl Stop {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Stop<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Stop<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::STOP;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
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

/// Pauses a recording in progress.
///
/// Audio during the pause is missing from the file, without a gap. Paused time does not count
/// towards `maxDurationSeconds`, and silence detection starts anew on `unpause`. Pausing twice does
/// nothing; no event is sent.
///
/// `POST /recordings/live/{recordingName}/pause`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended meanwhile, and is then found
///   among the stored ones.
/// - 409: The recording is not running: it is still `queued`, or is just ending. Wait for
///   `RecordingStarted`, or treat it as over.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Pause<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl Pause {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Pause<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Pause<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::PAUSE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for Pause<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Pause<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Resumes a paused recording.
///
/// On one that is not paused it does nothing. No event is sent.
///
/// `DELETE /recordings/live/{recordingName}/pause`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended meanwhile, and is then found
///   among the stored ones.
/// - 409: The recording is not running: it is still `queued`, or is just ending. Wait for
///   `RecordingStarted`, or treat it as over.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Unpause<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl Unpause {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Unpause<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Unpause<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::UNPAUSE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for Unpause<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Unpause<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Mutes a recording in progress.
///
/// The file goes on with silence in place of the audio, so its length stays true to time. Silence
/// detection is suspended, and starts anew on `unmute`. Muting twice does nothing; neither an event
/// nor the recording's state shows it.
///
/// `POST /recordings/live/{recordingName}/mute`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended meanwhile, and is then found
///   among the stored ones.
/// - 409: The recording is not running: it is still `queued`, or is just ending. Wait for
///   `RecordingStarted`, or treat it as over.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Mute<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl Mute {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Mute<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Mute<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::MUTE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for Mute<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Mute<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Lets a muted recording take audio again.
///
/// On one that is not muted it does nothing.
///
/// `DELETE /recordings/live/{recordingName}/mute`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No recording of this name is in progress; it may have ended meanwhile, and is then found
///   among the stored ones.
/// - 409: The recording is not running: it is still `queued`, or is just ending. Wait for
///   `RecordingStarted`, or treat it as over.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Unmute<C = ()> {
    pub(crate) client: C,
    recording_name: String,
}

impl Unmute {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `recording_name`: Name of the recording, without the file's extension. A `/` in it denotes
    ///   a subdirectory of the recording directory.
    #[inline]
    pub fn new(recording_name: impl Into<String>) -> Self {
        Self::on((), recording_name)
    }
}

impl<C> Unmute<C> {
    pub(super) fn on(client: C, recording_name: impl Into<String>) -> Self {
        Self {
            client,
            recording_name: recording_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Unmute<C> {
    const OPERATION: &'static runtime::Operation = &operations::recordings::UNMUTE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("recordingName", &self.recording_name);
    }
}

impl<C> runtime::TypedRequest for Unmute<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Unmute<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
