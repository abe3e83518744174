// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/externalMedia`.

use super::{
    ExternalMediaConnectionType, ExternalMediaDirection, ExternalMediaEncapsulation,
    ExternalMediaTransport,
};
use crate::{Client, Error, Event, models, operations, runtime};

/// Creates a channel whose audio goes to and comes from an external program.
///
/// `transport` and `encapsulation` together select the kind: `udp` with `rtp` sends plain RTP,
/// `tcp` with `audiosocket` speaks AudioSocket, `websocket` with `none` carries raw media in
/// WebSocket frames. The channel enters `app` when it is answered, which Asterisk does by itself:
/// at once for RTP, on connection for the others. Put it into a bridge with the call to exchange
/// audio, and hang it up when done.
///
/// For RTP, `channelvars` of the response hold `UNICASTRTP_LOCAL_ADDRESS` and
/// `UNICASTRTP_LOCAL_PORT`, where Asterisk expects the program's packets. For a WebSocket of type
/// `server` they hold `MEDIA_WEBSOCKET_CONNECTION_ID`: connect to `/media/` followed by that id,
/// below the HTTP server's prefix, with the subprotocol `media`.
///
/// **Warning:** Creating a WebSocket channel under the id of an existing channel, or with `f()` of
/// anything but `json` and `plain-text`, terminates the whole server (Asterisk 20 to 20.20.1, 21,
/// 22 to 22.10.1 and 23 to 23.4.1).
///
/// `POST /channels/externalMedia`
///
/// Available in Asterisk 16.6.0, 17.1.0 and later.
///
/// Asterisk 16.6.0 (before 16.7.0) responds with a `ExternalMedia`, of which this returns the
/// `channel`.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `app`, `format`, `external_host` or the AudioSocket `data` is missing, `external_host` is
///   no `host:port` or no known WebSocket client, the format is unknown, the combination is
///   refused, or a variable is not a string.
/// - 404: Asterisk has no such resource; the ARI channels module may not be loaded.
/// - 409: A channel with the chosen id exists already.
/// - 501: This release does not support the combination of `encapsulation` and `transport`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ExternalMedia<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: Option<String>,
    pub(super) app: String,
    pub(super) variables: Option<Vec<(String, runtime::VariableValue)>>,
    pub(super) external_host: Option<String>,
    pub(super) encapsulation: Option<ExternalMediaEncapsulation>,
    pub(super) transport: Option<ExternalMediaTransport>,
    pub(super) connection_type: Option<ExternalMediaConnectionType>,
    pub(super) format: String,
    pub(super) direction: Option<ExternalMediaDirection>,
    pub(super) data: Option<String>,
    pub(super) transport_data: Option<String>,
}

impl ExternalMedia {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `app`: Stasis application that receives the channel.
    /// - `format`: Codec of the audio, such as `ulaw`, `slin16` or `opus`. Over RTP the linear
    ///   formats are sent in network byte order.
    #[inline]
    pub fn new(app: impl Into<String>, format: impl Into<String>) -> Self {
        Self::on((), app, format)
    }
}

impl<C> ExternalMedia<C> {
    pub(crate) fn on(
        client: C,
        app: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: None,
            app: app.into(),
            variables: None,
            external_host: None,
            encapsulation: None,
            transport: None,
            connection_type: None,
            format: format.into(),
            direction: None,
            data: None,
            transport_data: None,
        }
    }

    /// Id to give the new channel, at most 149 characters and unique on the server. Choosing it
    /// lets an application register interest first: `ChannelCreated` can arrive before the
    /// response.
    pub fn channel_id(mut self, channel_id: impl Into<String>) -> Self {
        self.channel_id = Some(channel_id.into());
        self
    }

    /// Channel variables and functions to set before dialing, by name, such as `CALLERID(name)`. In
    /// releases with variable reporting, one with event reporting is in the `channelvars` of
    /// events.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::VariableValue>)>,
    ) -> Self {
        self.variables = Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Destination of the media: `host:port` for RTP and AudioSocket, an id from
    /// `websocket_client.conf` (with `connection_type=per_call_config`) for a WebSocket that
    /// Asterisk dials. Empty or `INCOMING` when the program connects to Asterisk.
    ///
    /// Required by Asterisk 16.6.0, 17.1.0, 18, 19, 20 (before 20.16.0), 21 (before 21.11.0), 22
    /// (before 22.6.0).
    pub fn external_host(mut self, external_host: impl Into<String>) -> Self {
        self.external_host = Some(external_host.into());
        self
    }

    /// Encapsulation of the audio.
    ///
    /// Default: `rtp`.
    pub fn encapsulation(
        mut self,
        encapsulation: impl Into<ExternalMediaEncapsulation>,
    ) -> Self {
        self.encapsulation = Some(encapsulation.into());
        self
    }

    /// Transport protocol of the audio.
    ///
    /// Default: `udp`.
    pub fn transport(mut self, transport: impl Into<ExternalMediaTransport>) -> Self {
        self.transport = Some(transport.into());
        self
    }

    /// Side that connects. `server` exists only with the `websocket` transport.
    ///
    /// Default: `client`.
    pub fn connection_type(
        mut self,
        connection_type: impl Into<ExternalMediaConnectionType>,
    ) -> Self {
        self.connection_type = Some(connection_type.into());
        self
    }

    /// Direction in which media flows. Only the WebSocket channel knows `in` and `out`; the others
    /// ignore it.
    ///
    /// Default: `both`.
    pub fn direction(mut self, direction: impl Into<ExternalMediaDirection>) -> Self {
        self.direction = Some(direction.into());
        self
    }

    /// For AudioSocket the UUID that identifies the call to the server, which cannot be left out.
    /// Newer releases also pass it to `app` as arguments.
    ///
    /// Available in Asterisk 18 and later.
    pub fn data(mut self, data: impl Into<String>) -> Self {
        self.data = Some(data.into());
        self
    }

    /// Options for the WebSocket channel, appended to its dial string: `c(codec)`, `n` (no
    /// automatic answer), `f(json|plain-text)` (control message format), `p` (pass media through),
    /// `v(a=b,…)` (URI parameters), `d(in|out|both)` (media direction).
    ///
    /// Available in Asterisk 20.18.0, 22.8.0, 23.2.0 and later.
    pub fn transport_data(mut self, transport_data: impl Into<String>) -> Self {
        self.transport_data = Some(transport_data.into());
        self
    }
}

impl<C> runtime::ToRequest for ExternalMedia<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::EXTERNAL_MEDIA;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("app", &self.app);
        request.object("variables", self.variables.as_ref());
        request.argument("external_host", &self.external_host);
        request.argument("encapsulation", &self.encapsulation);
        request.argument("transport", &self.transport);
        request.argument("connection_type", &self.connection_type);
        request.argument("format", &self.format);
        request.argument("direction", &self.direction);
        request.argument("data", &self.data);
        request.argument("transport_data", &self.transport_data);
    }
}

impl<C> runtime::TypedRequest for ExternalMedia<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json_or_field(<Self as runtime::ToRequest>::OPERATION, response, "channel")
    }
}

impl IntoFuture for ExternalMedia<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl ExternalMedia<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.channel_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: Some(&self.app),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. Chooses the channel's
    /// id if none was set. The stream is open before the request is sent, so no event can be
    /// missed. Events arrive if this client has connected the application. Otherwise an application
    /// that it has connected is subscribed to the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the channel may exist. Set the id yourself with `channel_id` to be
    /// able to find it.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}
