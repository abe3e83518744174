// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /channels/{channelId}`.

use crate::{Client, Error, Event, models, operations, runtime};

/// Calls an endpoint under a chosen channel id.
///
/// Otherwise the same as `originate`. The response describes the channel while it is still being
/// dialed: success says only that dialing began. With `app`, the application is subscribed to the
/// channel (both halves of a Local channel) from the start, and receives `StasisStart` once the
/// call is answered; a call that fails ends with `ChannelDestroyed` and its cause. With
/// `extension`, the answered channel runs the dialplan there.
///
/// An `app` that is not registered is not refused: the request succeeds and the channel ends after
/// it was answered. To control the leg before it is answered, use `create` and `dial`.
///
/// `POST /channels/{channelId}`
///
/// Available in Asterisk 12.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The endpoint is missing or malformed, neither `app` nor `extension` is given,
///   `originator` and `formats` are combined, the originator or a format is unknown, an id is
///   longer than 149 characters, or a variable is not a string.
/// - 404: The `label` does not exist in that extension of the dialplan.
/// - 409: A channel with the chosen id exists already. Once a kept-alive connection has carried
///   this answer, it also carries it for later channels that cannot be made for another reason, an
///   unknown technology for one, where others answer 500.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct OriginateWithId<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) endpoint: String,
    pub(super) extension: Option<String>,
    pub(super) context: Option<String>,
    pub(super) priority: Option<i64>,
    pub(super) label: Option<String>,
    pub(super) app: Option<String>,
    pub(super) app_args: Option<Vec<String>>,
    pub(super) caller_id: Option<String>,
    pub(super) timeout: Option<Option<std::time::Duration>>,
    pub(super) variables: Option<Vec<(String, runtime::VariableValue)>>,
    pub(super) other_channel_id: Option<String>,
    pub(super) originator: Option<String>,
    pub(super) formats: Option<Vec<String>>,
}

impl OriginateWithId {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id to give the new channel, at most 149 characters and unique on the server.
    ///   Choosing it lets an application register interest first: `ChannelCreated` can arrive
    ///   before the response.
    /// - `endpoint`: Endpoint to call, as `technology/resource`: `PJSIP/alice`,
    ///   `PJSIP/+4930123@trunk`, `Local/100@default`.
    #[inline]
    pub fn new(channel_id: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self::on((), channel_id, endpoint)
    }
}

impl<C> OriginateWithId<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        endpoint: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            endpoint: endpoint.into(),
            extension: None,
            context: None,
            priority: None,
            label: None,
            app: None,
            app_args: None,
            caller_id: None,
            timeout: None,
            variables: None,
            other_channel_id: None,
            originator: None,
            formats: None,
        }
    }

    /// Dialplan extension at which the channel continues after it is answered. Give this or `app`;
    /// with both, `app` wins.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.extension = Some(extension.into());
        self
    }

    /// Dialplan context of `extension`; `default` when omitted.
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// Dialplan priority within `extension`, counted from 1; 1 when omitted. `label` takes
    /// precedence.
    pub fn priority(mut self, priority: i64) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the
    /// priority itself.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Stasis application that is subscribed to the channel and receives it when it is answered.
    /// Takes precedence over `extension`.
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.app = Some(app.into());
        self
    }

    /// Arguments for `app`; they arrive as `args` of `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }

    /// Caller to present, as a number or as `Name <number>`. It is set as the caller and as the
    /// connected line of the new channel.
    pub fn caller_id(mut self, caller_id: impl Into<String>) -> Self {
        self.caller_id = Some(caller_id.into());
        self
    }

    /// Ringing time. On expiry the channel is hung up.
    ///
    /// Default: 30 s. Sent in whole seconds, rounded up. `None` sets no limit. If it is more than
    /// 2147483 s, or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
        self.timeout = Some(timeout.into());
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

    /// Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the
    /// second becomes that id followed by `;2`. Without meaning for other technologies.
    pub fn other_channel_id(mut self, other_channel_id: impl Into<String>) -> Self {
        self.other_channel_id = Some(other_channel_id.into());
        self
    }

    /// Id of an existing channel on whose behalf the new one is made; its formats are offered.
    /// Cannot be combined with `formats`.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn originator(mut self, originator: impl Into<String>) -> Self {
        self.originator = Some(originator.into());
        self
    }

    /// Names of the codecs to offer, such as `ulaw` and `slin16`; `core show codecs` on the
    /// Asterisk console lists them. Cannot be combined with `originator`.
    ///
    /// Available in Asterisk 13.10.0 and later.
    pub fn formats<M1>(mut self, formats: impl runtime::OneOrMany<String, M1>) -> Self {
        self.formats = Some(runtime::OneOrMany::into_list(formats));
        self
    }
}

impl<C> runtime::ToRequest for OriginateWithId<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::ORIGINATE_WITH_ID;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("endpoint", &self.endpoint);
        request.argument("extension", &self.extension);
        request.argument("context", &self.context);
        request.argument("priority", &self.priority);
        request.argument("label", &self.label);
        request.argument("app", &self.app);
        request.argument("appArgs", &self.app_args);
        request.argument("callerId", &self.caller_id);
        request.duration("timeout", self.timeout);
        request.object("variables", self.variables.as_ref());
        request.argument("otherChannelId", &self.other_channel_id);
        request.argument("originator", &self.originator);
        request.argument("formats", &self.formats);
    }
}

impl<C> runtime::TypedRequest for OriginateWithId<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for OriginateWithId<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl OriginateWithId<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.channel_id.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: self.app.as_deref(),
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
