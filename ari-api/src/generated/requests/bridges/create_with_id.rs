// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /bridges/{bridgeId}`.

use crate::{Client, Error, Event, models, operations, runtime};

/// Creates a bridge with the id in the path.
///
/// Up to Asterisk 19 a bridge that exists already is not an error: the request then counts as an
/// update. It answers 500 if it gives a type or another name, and otherwise 200 without a body,
/// which reads as an answer that cannot be decoded.
///
/// `POST /bridges/{bridgeId}`
///
/// Available in Asterisk 12.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A value in `variables` is neither a string nor an object with a string `value` and, if
///   any, a boolean `report_events`. The bridge may have been created nevertheless: destroy it
///   before trying again.
/// - 409: A bridge with this id exists already, whether or not ARI created it.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct CreateWithId<C = ()> {
    pub(crate) client: C,
    pub(super) kind: Option<String>,
    pub(super) bridge_id: String,
    pub(super) name: Option<String>,
    pub(super) variables: Option<Vec<(String, runtime::VariableValue)>>,
}

impl CreateWithId {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id for the new bridge. It should be no channel's id: an application that is
    ///   subscribed to a channel of the same id misses the events of the bridge.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> CreateWithId<C> {
    pub(crate) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            kind: None,
            bridge_id: bridge_id.into(),
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

    /// Name for display; it need not be unique and does not identify the bridge.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Variables by name. One with event reporting is in the `bridgevars` of later bridge events.
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

impl<C> runtime::ToRequest for CreateWithId<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::CREATE_WITH_ID;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("type", &self.kind);
        request.argument("bridgeId", &self.bridge_id);
        request.argument("name", &self.name);
        request.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for CreateWithId<C> {
    type Output = models::Bridge;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for CreateWithId<Client> {
    type Output = Result<models::Bridge, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Bridge>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl CreateWithId<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::Bridge, runtime::ObjectStream<Event>), Error> {
        let id = self.bridge_id.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("bridge", &id),
            application: None,
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the bridge with a stream of its events. The stream is open
    /// before the request is sent, so no event can be missed. Creating a bridge does not subscribe
    /// any application to it, so an application that this client has connected is subscribed after
    /// the response. Earlier events are not received.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::bridges::BridgeHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.bridge(events.id()), events))
    }
}
