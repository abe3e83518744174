// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /events/user/{eventName}`.

use crate::{Client, Error, operations, runtime};

/// Sends an event of your own making to an application.
///
/// It arrives there as `ChannelUserevent`, with the named objects and variables in it, without any
/// subscription. If a channel is among the sources, it is also published to the manager interface
/// (AMI). Useful for letting parts of a system signal each other.
///
/// `POST /events/user/{eventName}`
///
/// Available in Asterisk 12.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A source starts with none of `channel:`, `bridge:` and `endpoint:`, `application` is
///   missing, or the variables are malformed. Nothing was sent.
/// - 404: No application of this name is registered; check that it is connected.
/// - 422: One of the sources does not exist; a channel or bridge may have ended. Nothing was sent.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct UserEvent<C = ()> {
    pub(crate) client: C,
    pub(super) event_name: String,
    pub(super) application: String,
    pub(super) source: Option<Vec<String>>,
    pub(super) variables: Option<Vec<(String, serde_json::Value)>>,
}

impl UserEvent {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `event_name`: Name of the event, free to choose; arrives as `eventname`.
    /// - `application`: Name of the application that is to get the event; it must be registered.
    #[inline]
    pub fn new(event_name: impl Into<String>, application: impl Into<String>) -> Self {
        Self::on((), event_name, application)
    }
}

impl<C> UserEvent<C> {
    pub(crate) fn on(
        client: C,
        event_name: impl Into<String>,
        application: impl Into<String>,
    ) -> Self {
        Self {
            client,
            event_name: event_name.into(),
            application: application.into(),
            source: None,
            variables: None,
        }
    }

    /// Objects to put into the event: `channel:id`, `bridge:id`, `endpoint:tech/resource`. The
    /// event has room for one of each kind. `deviceState:` is refused with 400, whatever other
    /// documentation says.
    pub fn source<M1>(mut self, source: impl runtime::OneOrMany<String, M1>) -> Self {
        self.source = Some(runtime::OneOrMany::into_list(source));
        self
    }

    /// Keys and values to put into `userevent`. Values may be of any JSON type. A key `eventname`
    /// is overwritten.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<serde_json::Value>)>,
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

impl<C> runtime::ToRequest for UserEvent<C> {
    const OPERATION: &'static runtime::Operation = &operations::events::USER_EVENT;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("eventName", &self.event_name);
        request.argument("application", &self.application);
        request.argument("source", &self.source);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for UserEvent<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for UserEvent<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
