// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}/snoop/{snoopId}`.

use super::{SnoopChannelSpy, SnoopChannelWhisper};
use crate::{Client, Error, Event, models, operations, runtime};

/// Listens in on a channel through a new channel with a chosen id.
///
/// Otherwise the same as `snoopChannel`. The new channel, named `Snoop/…`, enters `app` and can be
/// bridged, recorded or played to like any other; it works in signed linear at the channel's sample
/// rate. The channel snooped on need not be in Stasis and notices nothing but the whispering. The
/// snooping ends when either channel hangs up.
///
/// `POST /channels/{channelId}/snoop/{snoopId}`
///
/// Available in Asterisk 12.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `spy` and `whisper` are both `none`, a direction is unknown, or `app` is empty.
/// - 404: No channel has this id; it may have hung up.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SnoopChannelWithId<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) snoop_id: String,
    pub(super) spy: Option<SnoopChannelSpy>,
    pub(super) whisper: Option<SnoopChannelWhisper>,
    pub(super) app: String,
    pub(super) app_args: Option<Vec<String>>,
}

impl SnoopChannelWithId {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `snoop_id`: Id to give the snooping channel.
    /// - `app`: Stasis application that receives the snooping channel.
    #[inline]
    pub fn new(
        channel_id: impl Into<String>,
        snoop_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self::on((), channel_id, snoop_id, app)
    }
}

impl<C> SnoopChannelWithId<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        snoop_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            snoop_id: snoop_id.into(),
            spy: None,
            whisper: None,
            app: app.into(),
            app_args: None,
        }
    }

    /// Audio of the channel that the snooping channel hears. Either this or `whisper` must differ
    /// from `none`.
    ///
    /// Default: `none`.
    pub fn spy(mut self, spy: impl Into<SnoopChannelSpy>) -> Self {
        self.spy = Some(spy.into());
        self
    }

    /// Direction into which audio written to the snooping channel is mixed. Either this or `spy`
    /// must differ from `none`.
    ///
    /// Default: `none`.
    pub fn whisper(mut self, whisper: impl Into<SnoopChannelWhisper>) -> Self {
        self.whisper = Some(whisper.into());
        self
    }

    /// Arguments handed to the Stasis application; they arrive in order in the `args` of
    /// `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }
}

impl<C> runtime::ToRequest for SnoopChannelWithId<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SNOOP_CHANNEL_WITH_ID;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("snoopId", &self.snoop_id);
        request.argument("spy", &self.spy);
        request.argument("whisper", &self.whisper);
        request.argument("app", &self.app);
        request.argument("appArgs", &self.app_args);
    }
}

impl<C> runtime::TypedRequest for SnoopChannelWithId<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SnoopChannelWithId<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl SnoopChannelWithId<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.snoop_id.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: Some(&self.app),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. The stream is open
    /// before the request is sent, so no event can be missed. Events arrive if this client has
    /// connected the application. Otherwise an application that it has connected is subscribed to
    /// the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}
