// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/create`.

use crate::{Client, Error, Event, models, operations, runtime};

/// Creates a channel without dialing it yet.
///
/// The channel enters `app` at once in state `Down`, where it can be given variables or be put into
/// a bridge for early media; `dial` then places the call. It is hung up when it leaves the
/// application.
///
/// **Warning:** Creating a WebSocket channel under the id of an existing channel, or with `f()` of
/// anything but `json` and `plain-text`, terminates the whole server (Asterisk 20 to 20.20.1, 21,
/// 22 to 22.10.1 and 23 to 23.4.1).
///
/// `POST /channels/create`
///
/// Available in Asterisk 14 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The endpoint is missing or malformed, `originator` and `formats` are combined, a format
///   is unknown, or a variable is not a string.
/// - 409: A channel with the chosen id exists already. Once a kept-alive connection has carried
///   this answer, it also carries it for later channels that cannot be made for another reason, an
///   unknown technology for one, where others answer 500.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Create<C = ()> {
    pub(crate) client: C,
    pub(super) endpoint: String,
    pub(super) app: String,
    pub(super) app_args: Option<Vec<String>>,
    pub(super) channel_id: Option<String>,
    pub(super) other_channel_id: Option<String>,
    pub(super) originator: Option<String>,
    pub(super) formats: Option<Vec<String>>,
    pub(super) variables: Option<Vec<(String, runtime::VariableValue)>>,
}

impl Create {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `endpoint`: Endpoint to call, as `technology/resource`: `PJSIP/alice`,
    ///   `PJSIP/+4930123@trunk`, `Local/100@default`.
    /// - `app`: Name of the Stasis application, exactly as it registered itself when it connected
    ///   to `/events`.
    #[inline]
    pub fn new(endpoint: impl Into<String>, app: impl Into<String>) -> Self {
        Self::on((), endpoint, app)
    }
}

impl<C> Create<C> {
    pub(crate) fn on(
        client: C,
        endpoint: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self {
            client,
            endpoint: endpoint.into(),
            app: app.into(),
            app_args: None,
            channel_id: None,
            other_channel_id: None,
            originator: None,
            formats: None,
            variables: None,
        }
    }

    /// Arguments for `app`; they arrive as `args` of `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }

    /// Id to give the new channel, at most 149 characters and unique on the server. Choosing it
    /// lets an application register interest first: `ChannelCreated` can arrive before the
    /// response.
    pub fn channel_id(mut self, channel_id: impl Into<String>) -> Self {
        self.channel_id = Some(channel_id.into());
        self
    }

    /// Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the
    /// second becomes that id followed by `;2`. Without meaning for other technologies.
    pub fn other_channel_id(mut self, other_channel_id: impl Into<String>) -> Self {
        self.other_channel_id = Some(other_channel_id.into());
        self
    }

    /// Id of an existing channel on whose behalf the new one is made; its formats are offered.
    /// Cannot be combined with `formats`.
    pub fn originator(mut self, originator: impl Into<String>) -> Self {
        self.originator = Some(originator.into());
        self
    }

    /// Names of the codecs to offer, such as `ulaw` and `slin16`; `core show codecs` on the
    /// Asterisk console lists them. Cannot be combined with `originator`.
    pub fn formats<M1>(mut self, formats: impl runtime::OneOrMany<String, M1>) -> Self {
        self.formats = Some(runtime::OneOrMany::into_list(formats));
        self
    }

    /// Channel variables and functions to set before dialing, by name, such as `CALLERID(name)`. In
    /// releases with variable reporting, one with event reporting is in the `channelvars` of
    /// events.
    ///
    /// Available in Asterisk 16.11.0, 17.5.0 and later.
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
}

impl<C> runtime::ToRequest for Create<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::CREATE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("endpoint", &self.endpoint);
        request.argument("app", &self.app);
        request.argument("appArgs", &self.app_args);
        request.argument("channelId", &self.channel_id);
        request.argument("otherChannelId", &self.other_channel_id);
        request.argument("originator", &self.originator);
        request.argument("formats", &self.formats);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for Create<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Create<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Create<Client> {
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
