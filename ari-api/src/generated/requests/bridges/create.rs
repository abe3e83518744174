// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges`.

use super::CreateWithId;
use crate::{Client, Error, Event, models, operations, runtime};

/// Creates a bridge with an id that Asterisk or the caller chooses.
///
/// `POST /bridges`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A value in `variables` is neither a string nor an object with a string `value`. The
///   bridge has been created nevertheless: destroy it.
/// - 409: A bridge with this id exists already.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Create<C = ()> {
    pub(crate) client: C,
    pub(super) kind: Option<String>,
    pub(super) bridge_id: Option<String>,
    pub(super) name: Option<String>,
    pub(super) variables: Option<Vec<(String, runtime::VariableValue)>>,
}

impl Create {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> Create<C> {
    pub(crate) fn on(client: C) -> Self {
        Self {
            client,
            kind: None,
            bridge_id: None,
            name: None,
            variables: None,
        }
    }

    /// Attributes of the bridge; a mixing bridge when omitted.
    ///
    /// - `mixing`: everyone hears everyone.
    /// - `holding`: participants do not hear each other; they wait, and hear music or an announcer.
    /// - `dtmf_events`, `proxy_media`: keep the media inside Asterisk instead of letting two
    ///   endpoints exchange it directly. Use them beside `mixing`.
    /// - `video_sfu`: forwards every participant's video to all the others.
    /// - `video_single`: shows one participant's video, chosen with `setVideoSource`.
    /// - `sdp_label`: marks the outgoing streams in SDP with the channel they come from; of use
    ///   with `video_sfu`.
    ///
    /// `mixing` and `holding` together, or no attribute that Asterisk knows, answer 500.
    pub fn kind(mut self, kind: impl Into<String>) -> Self {
        self.kind = Some(kind.into());
        self
    }

    /// Id for the new bridge; Asterisk generates one when omitted. It should be no channel's id: an
    /// application that is subscribed to a channel of the same id misses the events of the bridge.
    /// Choosing it beforehand allows an application to watch for its events before the request is
    /// sent.
    ///
    /// Available in Asterisk 12.2.0 and later.
    pub fn bridge_id(mut self, bridge_id: impl Into<String>) -> Self {
        self.bridge_id = Some(bridge_id.into());
        self
    }

    /// Name for display; it need not be unique and does not identify the bridge.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Variables to set on the new bridge.
    ///
    /// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
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

impl Default for Create {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for Create<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::CREATE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        if self.variables.is_some() {
            let instead = CreateWithId {
                client: (),
                kind: self.kind.clone(),
                bridge_id: self.bridge_id.clone().unwrap_or_else(runtime::unique_id),
                name: self.name.clone(),
                variables: self.variables.clone(),
            };
            request.rewrite_as(&instead);
            return;
        }
        request.argument("type", &self.kind);
        request.argument("bridgeId", &self.bridge_id);
        request.argument("name", &self.name);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for Create<C> {
    type Output = models::Bridge;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Create<Client> {
    type Output = Result<models::Bridge, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Bridge>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Create<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Bridge, runtime::ObjectStream<Event>), Error> {
        let id = self.bridge_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("bridge", &id),
            application: None,
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the bridge with a stream of its events. Chooses the bridge's
    /// id if none was set. The stream is open before the request is sent, so no event can be
    /// missed. Creating a bridge does not subscribe any application to it, so an application that
    /// this client has connected is subscribed after the response. Earlier events are not received.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the bridge may exist. Set the id yourself with `bridge_id` to be
    /// able to find it.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::bridges::BridgeHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.bridge(events.id()), events))
    }
}
