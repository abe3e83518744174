// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}/play/{playbackId}`.

use crate::{Client, Error, Event, models, operations, runtime};

/// Plays media to everyone in a bridge, as the playback with the id in the path.
///
/// Apart from the place of the id, this is `play`: it answers as soon as the playback is queued,
/// and playbacks on the same bridge run one after another.
///
/// `POST /bridges/{bridgeId}/play/{playbackId}`
///
/// Available in Asterisk 12.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
/// - 422: `announcer_format` is no codec that this server knows.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct PlayWithId<C = ()> {
    pub(crate) client: C,
    pub(super) bridge_id: String,
    pub(super) playback_id: String,
    pub(super) media: Vec<String>,
    pub(super) announcer_format: Option<String>,
    pub(super) lang: Option<String>,
    pub(super) offset: Option<std::time::Duration>,
    pub(super) skip: Option<std::time::Duration>,
}

impl PlayWithId {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `playback_id`: Id of the playback. Choosing it beforehand allows an application to watch
    ///   for its events before the request is sent.
    /// - `media`: Media URIs, played one after another: `sound:hello-world`, `recording:name`,
    ///   `number:42`, `digits:0123`, `characters:abc`, `tone:ring`. A `tone:` goes on until it is
    ///   stopped, and later playbacks on the channel wait behind it; one that is neither the name
    ///   of a tone nor frequencies ends in the state `failed`. Asterisk 12 and 13 take a single
    ///   URI.
    #[inline]
    pub fn new<M3>(
        bridge_id: impl Into<String>,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M3>,
    ) -> Self {
        Self::on((), bridge_id, playback_id, media)
    }
}

impl<C> PlayWithId<C> {
    pub(crate) fn on<M3>(
        client: C,
        bridge_id: impl Into<String>,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M3>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            playback_id: playback_id.into(),
            media: runtime::OneOrMany::into_list(media),
            announcer_format: None,
            lang: None,
            offset: None,
            skip: None,
        }
    }

    /// Codec of the internal announcer channel, such as `slin16` or `ulaw`. When omitted, it
    /// follows the channels in the bridge: the codec of a lone channel, otherwise signed linear at
    /// the highest sample rate among them. It is ignored, not even checked, while the bridge still
    /// has an announcer from an earlier playback.
    ///
    /// Available in Asterisk 20.17.0, 22.7.0, 23.1.0 and later.
    pub fn announcer_format(mut self, announcer_format: impl Into<String>) -> Self {
        self.announcer_format = Some(announcer_format.into());
        self
    }

    /// Language of the prompts, such as `en` or `en_GB`. The server's default language when
    /// omitted: the languages of the channels in the bridge play no part.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Time to skip at the start of the first media URI; later ones play from their beginning.
    ///
    /// Default: 0 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms, the
    /// request fails with [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is
    /// sent.
    pub fn offset(mut self, offset: std::time::Duration) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Time by which `forward` and `reverse` of `playbacks/{playbackId}/control` jump.
    ///
    /// Default: 3000 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms,
    /// or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn skip(mut self, skip: std::time::Duration) -> Self {
        self.skip = Some(skip);
        self
    }
}

impl<C> runtime::ToRequest for PlayWithId<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::PLAY_WITH_ID;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("bridgeId", &self.bridge_id);
        request.argument("playbackId", &self.playback_id);
        request.argument("media", &self.media);
        request.argument("announcer_format", &self.announcer_format);
        request.argument("lang", &self.lang);
        request.duration("offsetms", self.offset.map(Some));
        request.duration("skipms", self.skip.map(Some));
    }
}

impl<C> runtime::TypedRequest for PlayWithId<C> {
    type Output = models::Playback;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for PlayWithId<Client> {
    type Output = Result<models::Playback, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Playback>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl PlayWithId<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::Playback, runtime::ObjectStream<Event>), Error> {
        let id = self.playback_id.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("playback", &id),
            application: None,
            parent: Some(runtime::ObjectRef::new("bridge", &self.bridge_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the playback with a stream of its events. The stream is open
    /// before the request is sent, so no event can be missed. Events arrive if an application of
    /// this client controls the bridge or is subscribed to it. Otherwise the stream ends with
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
        (crate::playbacks::PlaybackHandle, runtime::ObjectStream<Event>),
        Error,
    > {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.playback(events.id()), events))
    }

    /// Sends the request and waits until the playback has ended. If an event has reported the end,
    /// its `state` is the final one. No event can be missed. Dropping the future releases its
    /// streams and does not end the playback.
    ///
    /// Some ends have no event: the WebSocket was lost at that moment, or Asterisk has skipped the
    /// media (`silence:1`, `number:notanumber`). Therefore the client polls the server for the
    /// playback. If it no longer exists but the bridge does, this is a success, too:
    /// [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the
    /// `state` is the last known one.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and
    /// - [`Error::ObjectGone`] with the bridge (see [`Error::gone_object`]) if that ends first, and
    ///   the playback with it. Its reason is [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if
    ///   no application of this client receives events of the bridge;
    /// - [`Error::Disconnected`] if the session ends first;
    /// - [`Error::Lagged`] if the end was lost in a buffer that was too small;
    /// - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client
    ///   has set exclude the end.
    #[inline]
    pub async fn wait_until_finished(
        self,
    ) -> Result<runtime::Finished<models::Playback>, Error> {
        let parent = runtime::ObjectRef::new("bridge", &self.bridge_id);
        let parent = self.client.connection().try_watch_until_end("playback", parent)?;
        let (object, events) = self.send_watched().await?;
        runtime::wait_for_terminal_event(
                events,
                parent,
                object,
                |event| event.playbacks().pop().cloned(),
            )
            .await
    }
}
