// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /applications/{applicationName}/subscription`.

use crate::{Client, Error, models, operations, runtime};

/// Subscribes an application to further event sources, and returns its new state.
///
/// Subscriptions are counted: a channel, bridge or endpoint subscribed to twice must be
/// unsubscribed from twice. They end by themselves when the channel hangs up or the bridge is
/// destroyed. The sources are taken in order and the first bad one stops the request; those before
/// it stay subscribed. If the application is already subscribed to all of a kind, a single source
/// of that kind is accepted and changes nothing. Subscribing to an endpoint also brings its
/// `TextMessageReceived`. Events may arrive before the answer to this request.
///
/// `POST /applications/{applicationName}/subscription`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `eventSource` is missing, holds 128 or more sources, or one begins with an unknown
///   scheme. `deviceState:` is unknown while the module `res_stasis_device_state` is not loaded.
/// - 404: No application of this name is registered: it has not connected to `/events`, or its
///   socket closed and left no subscription and no channel behind.
/// - 422: The channel, bridge or endpoint does not exist; a channel may have hung up. A device
///   state never ends here, since any name is accepted.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Subscribe<C = ()> {
    pub(crate) client: C,
    pub(super) application_name: String,
    pub(super) event_source: Vec<String>,
}

impl Subscribe {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `application_name`: Name of the Stasis application, exactly as it registered. With an
    ///   outbound WebSocket that is opened for each call, this is the full ephemeral name that
    ///   events carry in `application`.
    /// - `event_source`: Event sources, each a scheme and an id: `channel:` with a channel id,
    ///   `bridge:` with a bridge id, `endpoint:` with `PJSIP/alice` or just `PJSIP` for the whole
    ///   technology, `deviceState:` with a device such as `PJSIP/alice` or `Stasis:lamp`. The
    ///   scheme alone, such as `bridge:`, means all of that kind. Technology names are
    ///   case-sensitive here.
    #[inline]
    pub fn new<M2>(
        application_name: impl Into<String>,
        event_source: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), application_name, event_source)
    }
}

impl<C> Subscribe<C> {
    pub(crate) fn on<M2>(
        client: C,
        application_name: impl Into<String>,
        event_source: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            application_name: application_name.into(),
            event_source: runtime::OneOrMany::into_list(event_source),
        }
    }
}

impl<C> runtime::ToRequest for Subscribe<C> {
    const OPERATION: &'static runtime::Operation = &operations::applications::SUBSCRIBE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("applicationName", &self.application_name);
        request.argument("eventSource", &self.event_source);
    }
}

impl<C> runtime::TypedRequest for Subscribe<C> {
    type Output = models::Application;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Subscribe<Client> {
    type Output = Result<models::Application, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Application>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
