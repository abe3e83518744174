// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Bridges join the media of channels: mixing bridges for two-party calls and conferences, holding
//! bridges for queues and parking. A bridge created here stays, even when empty and when the
//! application disconnects, until it is destroyed or Asterisk stops. Bridges that Asterisk makes by
//! itself, such as those of `Dial` or `ConfBridge`, can be listed and read, but everything else
//! answers 409 for them.
//!
//! Asterisk needs the modules `res_stasis_recording` and `res_stasis_playback` for it.

use crate::{Client, Error, Event, models, operations, runtime};

/// Bridges join the media of channels: mixing bridges for two-party calls and conferences, holding
/// bridges for queues and parking. A bridge created here stays, even when empty and when the
/// application disconnects, until it is destroyed or Asterisk stops. Bridges that Asterisk makes by
/// itself, such as those of `Dial` or `ConfBridge`, can be listed and read, but everything else
/// answers 409 for them.
///
/// Returned by [`Client::bridges`].
#[derive(Clone, Debug)]
pub struct Bridges {
    client: Client,
}

impl Bridges {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the bridges, including those that Asterisk made by itself.
    ///
    /// `GET /bridges`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Creates a bridge with an id that Asterisk or the caller chooses.
    ///
    /// `POST /bridges`: see [`Create`].
    #[inline]
    pub fn create(&self) -> Create<Client> {
        Create::on(self.client.clone())
    }

    /// Creates a bridge with the id in the path.
    ///
    /// `POST /bridges/{bridgeId}`: see [`CreateWithId`].
    #[inline]
    pub fn create_with_id(&self, bridge_id: impl Into<String>) -> CreateWithId<Client> {
        CreateWithId::on(self.client.clone(), bridge_id)
    }

    /// Gets the present state of a bridge.
    ///
    /// `GET /bridges/{bridgeId}`: see [`Get`].
    #[inline]
    pub fn get(&self, bridge_id: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), bridge_id)
    }

    /// Destroys a bridge and lets its channels go.
    ///
    /// `DELETE /bridges/{bridgeId}`: see [`Destroy`].
    #[inline]
    pub fn destroy(&self, bridge_id: impl Into<String>) -> Destroy<Client> {
        Destroy::on(self.client.clone(), bridge_id)
    }

    /// Gets the value of one bridge variable.
    ///
    /// `GET /bridges/{bridgeId}/variable`: see [`GetBridgeVar`].
    #[inline]
    pub fn get_bridge_var(
        &self,
        bridge_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> GetBridgeVar<Client> {
        GetBridgeVar::on(self.client.clone(), bridge_id, variable)
    }

    /// Sets one bridge variable.
    ///
    /// `POST /bridges/{bridgeId}/variable`: see [`SetBridgeVar`].
    #[inline]
    pub fn set_bridge_var(
        &self,
        bridge_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> SetBridgeVar<Client> {
        SetBridgeVar::on(self.client.clone(), bridge_id, variable)
    }

    /// Gets the values of several bridge variables at once.
    ///
    /// `GET /bridges/{bridgeId}/variables`: see [`GetBridgeVars`].
    #[inline]
    pub fn get_bridge_vars<M2>(
        &self,
        bridge_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> GetBridgeVars<Client> {
        GetBridgeVars::on(self.client.clone(), bridge_id, variables)
    }

    /// Sets several bridge variables at once.
    ///
    /// `POST /bridges/{bridgeId}/variables`: see [`SetBridgeVars`].
    #[inline]
    pub fn set_bridge_vars(
        &self,
        bridge_id: impl Into<String>,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> SetBridgeVars<Client> {
        SetBridgeVars::on(self.client.clone(), bridge_id, variables)
    }

    /// Puts one or more channels into a bridge.
    ///
    /// `POST /bridges/{bridgeId}/addChannel`: see [`AddChannel`].
    #[inline]
    pub fn add_channel<M2>(
        &self,
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> AddChannel<Client> {
        AddChannel::on(self.client.clone(), bridge_id, channel)
    }

    /// Takes one or more channels out of a bridge.
    ///
    /// `POST /bridges/{bridgeId}/removeChannel`: see [`RemoveChannel`].
    #[inline]
    pub fn remove_channel<M2>(
        &self,
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> RemoveChannel<Client> {
        RemoveChannel::on(self.client.clone(), bridge_id, channel)
    }

    /// Makes one channel the video source of a mixing bridge.
    ///
    /// `POST /bridges/{bridgeId}/videoSource/{channelId}`: see [`SetVideoSource`].
    #[inline]
    pub fn set_video_source(
        &self,
        bridge_id: impl Into<String>,
        channel_id: impl Into<String>,
    ) -> SetVideoSource<Client> {
        SetVideoSource::on(self.client.clone(), bridge_id, channel_id)
    }

    /// Clears the chosen video source of a mixing bridge.
    ///
    /// `DELETE /bridges/{bridgeId}/videoSource`: see [`ClearVideoSource`].
    #[inline]
    pub fn clear_video_source(
        &self,
        bridge_id: impl Into<String>,
    ) -> ClearVideoSource<Client> {
        ClearVideoSource::on(self.client.clone(), bridge_id)
    }

    /// Plays music on hold to a bridge, or changes the class that is playing.
    ///
    /// `POST /bridges/{bridgeId}/moh`: see [`StartMoh`].
    #[inline]
    pub fn start_moh(&self, bridge_id: impl Into<String>) -> StartMoh<Client> {
        StartMoh::on(self.client.clone(), bridge_id)
    }

    /// Stops the music on hold that `startMoh` began.
    ///
    /// `DELETE /bridges/{bridgeId}/moh`: see [`StopMoh`].
    #[inline]
    pub fn stop_moh(&self, bridge_id: impl Into<String>) -> StopMoh<Client> {
        StopMoh::on(self.client.clone(), bridge_id)
    }

    /// Plays media to everyone in a bridge.
    ///
    /// `POST /bridges/{bridgeId}/play`: see [`Play`].
    #[inline]
    pub fn play<M2>(
        &self,
        bridge_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> Play<Client> {
        Play::on(self.client.clone(), bridge_id, media)
    }

    /// Plays media to everyone in a bridge, as the playback with the id in the path.
    ///
    /// `POST /bridges/{bridgeId}/play/{playbackId}`: see [`PlayWithId`].
    #[inline]
    pub fn play_with_id<M3>(
        &self,
        bridge_id: impl Into<String>,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M3>,
    ) -> PlayWithId<Client> {
        PlayWithId::on(self.client.clone(), bridge_id, playback_id, media)
    }

    /// Records the mixed audio of a bridge into a file.
    ///
    /// `POST /bridges/{bridgeId}/record`: see [`Record`].
    #[inline]
    pub fn record(
        &self,
        bridge_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Record<Client> {
        Record::on(self.client.clone(), bridge_id, name, format)
    }
}

/// A bridge, identified by its `bridgeId`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::bridge`].
#[derive(Clone, Debug)]
pub struct BridgeHandle {
    pub(crate) client: Client,
    bridge_id: String,
}

impl BridgeHandle {
    pub(crate) fn new(client: Client, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `bridgeId` of this handle.
    #[inline]
    pub fn bridge_id(&self) -> &str {
        &self.bridge_id
    }

    /// Creates a bridge with the id in the path.
    ///
    /// `POST /bridges/{bridgeId}`: see [`CreateWithId`].
    #[inline]
    pub fn create_with_id(&self) -> CreateWithId<Client> {
        CreateWithId::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Gets the present state of a bridge.
    ///
    /// `GET /bridges/{bridgeId}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Destroys a bridge and lets its channels go.
    ///
    /// `DELETE /bridges/{bridgeId}`: see [`Destroy`].
    #[inline]
    pub fn destroy(&self) -> Destroy<Client> {
        Destroy::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Gets the value of one bridge variable.
    ///
    /// `GET /bridges/{bridgeId}/variable`: see [`GetBridgeVar`].
    #[inline]
    pub fn get_bridge_var(&self, variable: impl Into<String>) -> GetBridgeVar<Client> {
        GetBridgeVar::on(self.client.clone(), self.bridge_id.clone(), variable)
    }

    /// Sets one bridge variable.
    ///
    /// `POST /bridges/{bridgeId}/variable`: see [`SetBridgeVar`].
    #[inline]
    pub fn set_bridge_var(&self, variable: impl Into<String>) -> SetBridgeVar<Client> {
        SetBridgeVar::on(self.client.clone(), self.bridge_id.clone(), variable)
    }

    /// Gets the values of several bridge variables at once.
    ///
    /// `GET /bridges/{bridgeId}/variables`: see [`GetBridgeVars`].
    #[inline]
    pub fn get_bridge_vars<M1>(
        &self,
        variables: impl runtime::OneOrMany<String, M1>,
    ) -> GetBridgeVars<Client> {
        GetBridgeVars::on(self.client.clone(), self.bridge_id.clone(), variables)
    }

    /// Sets several bridge variables at once.
    ///
    /// `POST /bridges/{bridgeId}/variables`: see [`SetBridgeVars`].
    #[inline]
    pub fn set_bridge_vars(
        &self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> SetBridgeVars<Client> {
        SetBridgeVars::on(self.client.clone(), self.bridge_id.clone(), variables)
    }

    /// Puts one or more channels into a bridge.
    ///
    /// `POST /bridges/{bridgeId}/addChannel`: see [`AddChannel`].
    #[inline]
    pub fn add_channel<M1>(
        &self,
        channel: impl runtime::OneOrMany<String, M1>,
    ) -> AddChannel<Client> {
        AddChannel::on(self.client.clone(), self.bridge_id.clone(), channel)
    }

    /// Takes one or more channels out of a bridge.
    ///
    /// `POST /bridges/{bridgeId}/removeChannel`: see [`RemoveChannel`].
    #[inline]
    pub fn remove_channel<M1>(
        &self,
        channel: impl runtime::OneOrMany<String, M1>,
    ) -> RemoveChannel<Client> {
        RemoveChannel::on(self.client.clone(), self.bridge_id.clone(), channel)
    }

    /// Makes one channel the video source of a mixing bridge.
    ///
    /// `POST /bridges/{bridgeId}/videoSource/{channelId}`: see [`SetVideoSource`].
    #[inline]
    pub fn set_video_source(
        &self,
        channel_id: impl Into<String>,
    ) -> SetVideoSource<Client> {
        SetVideoSource::on(self.client.clone(), self.bridge_id.clone(), channel_id)
    }

    /// Clears the chosen video source of a mixing bridge.
    ///
    /// `DELETE /bridges/{bridgeId}/videoSource`: see [`ClearVideoSource`].
    #[inline]
    pub fn clear_video_source(&self) -> ClearVideoSource<Client> {
        ClearVideoSource::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Plays music on hold to a bridge, or changes the class that is playing.
    ///
    /// `POST /bridges/{bridgeId}/moh`: see [`StartMoh`].
    #[inline]
    pub fn start_moh(&self) -> StartMoh<Client> {
        StartMoh::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Stops the music on hold that `startMoh` began.
    ///
    /// `DELETE /bridges/{bridgeId}/moh`: see [`StopMoh`].
    #[inline]
    pub fn stop_moh(&self) -> StopMoh<Client> {
        StopMoh::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Plays media to everyone in a bridge.
    ///
    /// `POST /bridges/{bridgeId}/play`: see [`Play`].
    #[inline]
    pub fn play<M1>(&self, media: impl runtime::OneOrMany<String, M1>) -> Play<Client> {
        Play::on(self.client.clone(), self.bridge_id.clone(), media)
    }

    /// Plays media to everyone in a bridge, as the playback with the id in the path.
    ///
    /// `POST /bridges/{bridgeId}/play/{playbackId}`: see [`PlayWithId`].
    #[inline]
    pub fn play_with_id<M2>(
        &self,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> PlayWithId<Client> {
        PlayWithId::on(self.client.clone(), self.bridge_id.clone(), playback_id, media)
    }

    /// Records the mixed audio of a bridge into a file.
    ///
    /// `POST /bridges/{bridgeId}/record`: see [`Record`].
    #[inline]
    pub fn record(
        &self,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Record<Client> {
        Record::on(self.client.clone(), self.bridge_id.clone(), name, format)
    }

    /// Returns a stream of the events of this bridge from now on. The stream ends after the event
    /// that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this bridge does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("bridge", &self.bridge_id))
    }
}

impl models::Bridge {
    /// Returns the handle of this bridge, for its operations and events, as [`Client::bridge`] does
    /// for its `id`.
    #[inline]
    pub fn handle(&self, client: &Client) -> BridgeHandle {
        BridgeHandle::new(client.clone(), &self.id)
    }
}

/// Lists the bridges, including those that Asterisk made by itself.
///
/// Bridges that Asterisk keeps invisible are left out.
///
/// `GET /bridges`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct List<C = ()> {
    pub(crate) client: C,
}

impl List {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> List<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for List {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for List<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::LIST;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Bridge>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Bridge>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Bridge>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Creates a bridge with an id that Asterisk or the caller chooses.
///
/// Send everything but variables in the query. In the releases that know `variables`, this
/// operation takes the whole JSON body as the map of variables: the documented `{"variables":{…}}`
/// answers 400 *and leaves the created bridge behind*, and `{"type":"holding"}` makes a mixing
/// bridge with a variable named `type`. To create a bridge with variables use `createWithId`, which
/// is not affected.
///
/// `POST /bridges`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A value in the JSON body is not a string or an object with a string `value`, which is
///   also what the documented wrapper `variables` leads to. The bridge has been created
///   nevertheless: destroy it.
/// - 409: A bridge with this id exists already.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Create<C = ()> {
    pub(crate) client: C,
    kind: Option<String>,
    bridge_id: Option<String>,
    name: Option<String>,
    variables: Option<Vec<(String, runtime::VariableValue)>>,
}

impl Create {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> Create<C> {
    pub(super) fn on(client: C) -> Self {
        Self {
            client,
            kind: None,
            bridge_id: None,
            name: None,
            variables: None,
        }
    }

    /// Attributes of the bridge, separated by commas; a mixing bridge when omitted.
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

    /// Variables to set on the new bridge. The documented wrapper `{"variables":{…}}` is answered
    /// with 400 and leaks the bridge, because Asterisk takes the whole body as the map; use
    /// `createWithId` instead.
    ///
    /// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
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
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        if self.variables.is_some() {
            let instead = CreateWithId {
                client: (),
                kind: self.kind.clone(),
                bridge_id: self.bridge_id.clone().unwrap_or_else(runtime::unique_id),
                name: self.name.clone(),
                variables: self.variables.clone(),
            };
            encoder.rewrite_as(&instead);
            return;
        }
        encoder.query_param("type", &self.kind);
        encoder.query_param("bridgeId", &self.bridge_id);
        encoder.query_param("name", &self.name);
        encoder.object("variables", self.variables.as_ref());
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
    kind: Option<String>,
    bridge_id: String,
    name: Option<String>,
    variables: Option<Vec<(String, runtime::VariableValue)>>,
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
    pub(super) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            kind: None,
            bridge_id: bridge_id.into(),
            name: None,
            variables: None,
        }
    }

    /// Attributes of the bridge, separated by commas; a mixing bridge when omitted.
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

    /// Map of variables, `{"variables":{"name":value}}` in the body; a value is a string or
    /// `{"value":"text","report_events":true}`, where `report_events` puts the variable into the
    /// `bridgevars` of later bridge events. A number, a boolean or null in place of a string is
    /// refused with 400.
    ///
    /// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
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
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("type", &self.kind);
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("name", &self.name);
        encoder.object("variables", self.variables.as_ref());
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

/// Gets the present state of a bridge.
///
/// This works for any bridge, also one that was not created through ARI.
///
/// `GET /bridges/{bridgeId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> Get<C> {
    pub(super) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Bridge;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Bridge, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Bridge>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Destroys a bridge and lets its channels go.
///
/// The channels are not hung up: those of a Stasis application are back in the application, without
/// a bridge. `BridgeDestroyed` follows.
///
/// `DELETE /bridges/{bridgeId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Destroy<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
}

impl Destroy {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> Destroy<C> {
    pub(super) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Destroy<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::DESTROY;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for Destroy<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Destroy<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Gets the value of one bridge variable.
///
/// Unlike variables of channels these are no functions: the name of one is answered with 404.
///
/// `GET /bridges/{bridgeId}/variable`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The name of the variable is missing or empty.
/// - 404: No bridge has this id, or the bridge has no such variable; the message says which.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetBridgeVar<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    variable: String,
}

impl GetBridgeVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variable`: Name of the bridge variable.
    #[inline]
    pub fn new(bridge_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), bridge_id, variable)
    }
}

impl<C> GetBridgeVar<C> {
    pub(super) fn on(
        client: C,
        bridge_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variable: variable.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetBridgeVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::GET_BRIDGE_VAR;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("variable", &self.variable);
    }
}

impl<C> runtime::TypedRequest for GetBridgeVar<C> {
    type Output = models::Variable;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetBridgeVar<Client> {
    type Output = Result<models::Variable, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variable>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sets one bridge variable.
///
/// `POST /bridges/{bridgeId}/variable`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The name of the variable is missing or empty, or Asterisk could not set it.
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetBridgeVar<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    variable: String,
    value: Option<String>,
    report_events: Option<bool>,
}

impl SetBridgeVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variable`: Name of the bridge variable; blanks around it are removed.
    #[inline]
    pub fn new(bridge_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), bridge_id, variable)
    }
}

impl<C> SetBridgeVar<C> {
    pub(super) fn on(
        client: C,
        bridge_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variable: variable.into(),
            value: None,
            report_events: None,
        }
    }

    /// The new value. In a JSON body it must be a string: a number silently becomes an empty value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Puts the variable into the `bridgevars` of later bridge events.
    ///
    /// Default: `false`.
    pub fn report_events(mut self, report_events: bool) -> Self {
        self.report_events = Some(report_events);
        self
    }
}

impl<C> runtime::ToRequest for SetBridgeVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::SET_BRIDGE_VAR;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("variable", &self.variable);
        encoder.query_param("value", &self.value);
        encoder.query_param("report_events", &self.report_events);
    }
}

impl<C> runtime::TypedRequest for SetBridgeVar<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetBridgeVar<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Gets the values of several bridge variables at once.
///
/// It is all or nothing: one missing variable turns the whole answer into 404.
///
/// `GET /bridges/{bridgeId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No name was given, or one of them is empty.
/// - 404: No bridge has this id, or it lacks one of the variables; the message says which.
/// - 409: The bridge exists, but was not created through ARI. Asterisk may answer 404 instead.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetBridgeVars<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    variables: Vec<String>,
}

impl GetBridgeVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variables`: Names of the variables, comma-separated in the query or an array in a JSON
    ///   body; at most 127. A name that ends with `)` is evaluated as a dialplan function, without
    ///   a channel.
    #[inline]
    pub fn new<M2>(
        bridge_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), bridge_id, variables)
    }
}

impl<C> GetBridgeVars<C> {
    pub(super) fn on<M2>(
        client: C,
        bridge_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variables: runtime::OneOrMany::into_list(variables),
        }
    }
}

impl<C> runtime::ToRequest for GetBridgeVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::GET_BRIDGE_VARS;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for GetBridgeVars<C> {
    type Output = models::Variables;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetBridgeVars<Client> {
    type Output = Result<models::Variables, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variables>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sets several bridge variables at once.
///
/// They are set one after another: when one fails, those before it stay set.
///
/// `POST /bridges/{bridgeId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variables` is missing or no object, or one of its values has the wrong type, or Asterisk
///   could not set one of them.
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI. Asterisk may answer 404 instead.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetBridgeVars<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    variables: Vec<(String, runtime::VariableValue)>,
}

impl SetBridgeVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `variables`: Map of variables, `{"variables":{"name":value}}` in the body; a value is a
    ///   string or `{"value":"text","report_events":true}`, where `report_events` puts the variable
    ///   into the `bridgevars` of later bridge events. A number, a boolean or null in place of a
    ///   string is refused with 400.
    #[inline]
    pub fn new(
        bridge_id: impl Into<String>,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        Self::on((), bridge_id, variables)
    }
}

impl<C> SetBridgeVars<C> {
    pub(super) fn on(
        client: C,
        bridge_id: impl Into<String>,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }
}

impl<C> runtime::ToRequest for SetBridgeVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::SET_BRIDGE_VARS;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.object("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for SetBridgeVars<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetBridgeVars<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Puts one or more channels into a bridge.
///
/// A channel leaves the bridge it was in. The request waits on the channel's command queue: behind
/// a prompt of 12 seconds it is answered after 12 seconds, so stop the playback first, and do not
/// use a short timeout.
///
/// All channels are looked up before the first one is added, so 400 and 422 leave the bridge as it
/// was. Success means that the move was ordered; `ChannelEnteredBridge` says that it took place.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /bridges/{bridgeId}/addChannel`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No channel was given, or one of the ids does not exist; it may have hung up meanwhile.
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge was not created through ARI, or one of the channels is being recorded: stop
///   that recording first, or record the bridge instead. Channels named before the one being
///   recorded may have been added already.
/// - 422: One of the channels exists, but is not in a Stasis application.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct AddChannel<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    channel: Vec<String>,
    role: Option<String>,
    absorb_dtmf: Option<bool>,
    mute: Option<bool>,
    inhibit_connected_line_updates: Option<bool>,
}

impl AddChannel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `channel`: Ids of the channels, comma-separated in the query or an array in a JSON body.
    ///   An id that contains a comma needs the array.
    #[inline]
    pub fn new<M2>(
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), bridge_id, channel)
    }
}

impl<C> AddChannel<C> {
    pub(super) fn on<M2>(
        client: C,
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            channel: runtime::OneOrMany::into_list(channel),
            role: None,
            absorb_dtmf: None,
            mute: None,
            inhibit_connected_line_updates: None,
        }
    }

    /// Role of the channels in the bridge, replacing the roles they had. It matters to holding
    /// bridges, where everyone hears a channel with the role `announcer`.
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.role = Some(role.into());
        self
    }

    /// Keeps DTMF digits of these channels from the others in the bridge. The application still
    /// receives `ChannelDtmfReceived`.
    ///
    /// Default: `false`. Available in Asterisk 16 and later.
    pub fn absorb_dtmf(mut self, absorb_dtmf: bool) -> Self {
        self.absorb_dtmf = Some(absorb_dtmf);
        self
    }

    /// Keeps the audio of these channels from the others; they still hear the bridge. It lasts
    /// until the channel leaves this bridge.
    ///
    /// Default: `false`. Available in Asterisk 16 and later.
    pub fn mute(mut self, mute: bool) -> Self {
        self.mute = Some(mute);
        self
    }

    /// Keeps the identity of these channels from being announced to the others as connected line.
    ///
    /// Default: `false`. Available in Asterisk 18 and later.
    pub fn inhibit_connected_line_updates(
        mut self,
        inhibit_connected_line_updates: bool,
    ) -> Self {
        self.inhibit_connected_line_updates = Some(inhibit_connected_line_updates);
        self
    }
}

impl<C> runtime::ToRequest for AddChannel<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::ADD_CHANNEL;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("channel", &self.channel);
        encoder.query_param("role", &self.role);
        encoder.query_param("absorbDTMF", &self.absorb_dtmf);
        encoder.query_param("mute", &self.mute);
        encoder
            .query_param(
                "inhibitConnectedLineUpdates",
                &self.inhibit_connected_line_updates,
            );
    }
}

impl<C> runtime::TypedRequest for AddChannel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for AddChannel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Takes one or more channels out of a bridge.
///
/// The channels are not hung up; they stay in their Stasis application. All are checked before the
/// first is removed. Like `addChannel`, the request waits behind a playback on the channel.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /bridges/{bridgeId}/removeChannel`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No channel was given, or one of the ids does not exist; it may have hung up meanwhile.
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
/// - 422: One of the channels is not in this bridge, or not in a Stasis application.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RemoveChannel<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    channel: Vec<String>,
}

impl RemoveChannel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `channel`: Ids of the channels, comma-separated in the query or an array in a JSON body.
    ///   An id that contains a comma needs the array.
    #[inline]
    pub fn new<M2>(
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), bridge_id, channel)
    }
}

impl<C> RemoveChannel<C> {
    pub(super) fn on<M2>(
        client: C,
        bridge_id: impl Into<String>,
        channel: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            channel: runtime::OneOrMany::into_list(channel),
        }
    }
}

impl<C> runtime::ToRequest for RemoveChannel<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::REMOVE_CHANNEL;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("channel", &self.channel);
    }
}

impl<C> runtime::TypedRequest for RemoveChannel<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for RemoveChannel<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Makes one channel the video source of a mixing bridge.
///
/// The bridge changes to the video mode `single`. With two participants or fewer it makes no
/// difference. The request waits on the channel's command queue, behind a playback on it.
///
/// `POST /bridges/{bridgeId}/videoSource/{channelId}`
///
/// Available in Asterisk 13.13.0, 14.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: No channel has this id; it may have hung up meanwhile.
/// - 404: No bridge has this id. Asterisk documents this code for an unknown channel too, but
///   answers 400 then.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
/// - 422: The channel is not in this bridge, or not in a Stasis application.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetVideoSource<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    channel_id: String,
}

impl SetVideoSource {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `channel_id`: Id of the channel to show; it must be in this bridge.
    #[inline]
    pub fn new(bridge_id: impl Into<String>, channel_id: impl Into<String>) -> Self {
        Self::on((), bridge_id, channel_id)
    }
}

impl<C> SetVideoSource<C> {
    pub(super) fn on(
        client: C,
        bridge_id: impl Into<String>,
        channel_id: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for SetVideoSource<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::SET_VIDEO_SOURCE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for SetVideoSource<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetVideoSource<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Clears the chosen video source of a mixing bridge.
///
/// The bridge changes to the video mode `talker`, where the picture follows whoever speaks; it does
/// not return to the mode it was created with. `get` shows that only after something else has
/// changed in the bridge, such as its participants. With two participants or fewer it makes no
/// difference.
///
/// `DELETE /bridges/{bridgeId}/videoSource`
///
/// Available in Asterisk 13.13.0, 14.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ClearVideoSource<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
}

impl ClearVideoSource {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> ClearVideoSource<C> {
    pub(super) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for ClearVideoSource<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::CLEAR_VIDEO_SOURCE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for ClearVideoSource<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ClearVideoSource<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Plays music on hold to a bridge, or changes the class that is playing.
///
/// An internal channel joins the bridge and plays; in a mixing bridge everyone hears the music
/// along with the others.
///
/// `POST /bridges/{bridgeId}/moh`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StartMoh<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    moh_class: Option<String>,
}

impl StartMoh {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> StartMoh<C> {
    pub(super) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            moh_class: None,
        }
    }

    /// Music-on-hold class from `musiconhold.conf`. The server's default class when omitted.
    pub fn moh_class(mut self, moh_class: impl Into<String>) -> Self {
        self.moh_class = Some(moh_class.into());
        self
    }
}

impl<C> runtime::ToRequest for StartMoh<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::START_MOH;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("mohClass", &self.moh_class);
    }
}

impl<C> runtime::TypedRequest for StartMoh<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StartMoh<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Stops the music on hold that `startMoh` began.
///
/// Music of another origin, such as `startMoh` on a channel, goes on.
///
/// `DELETE /bridges/{bridgeId}/moh`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: No music that was started with `startMoh` is playing, or the bridge was not created
///   through ARI.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StopMoh<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
}

impl StopMoh {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    #[inline]
    pub fn new(bridge_id: impl Into<String>) -> Self {
        Self::on((), bridge_id)
    }
}

impl<C> StopMoh<C> {
    pub(super) fn on(client: C, bridge_id: impl Into<String>) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for StopMoh<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::STOP_MOH;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
    }
}

impl<C> runtime::TypedRequest for StopMoh<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StopMoh<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Plays media to everyone in a bridge.
///
/// An internal announcer channel joins the bridge and plays. It answers as soon as the playback is
/// queued: `PlaybackStarted` and `PlaybackFinished` report its progress. Playbacks on the same
/// bridge run one after another, not mixed. A playback without media, or with a negative `offsetms`
/// or `skipms`, answers 500.
///
/// `POST /bridges/{bridgeId}/play`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
/// - 422: `announcer_format` is no codec that this server knows.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Play<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    media: Vec<String>,
    announcer_format: Option<String>,
    lang: Option<String>,
    offset: Option<std::time::Duration>,
    skip: Option<std::time::Duration>,
    playback_id: Option<String>,
}

impl Play {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `media`: Media URIs, played one after another: `sound:hello-world`, `recording:name`,
    ///   `number:42`, `digits:0123`, `characters:abc`, `tone:ring`. A `tone:` goes on until it is
    ///   stopped, and later playbacks on the channel wait behind it; one that is neither the name
    ///   of a tone nor frequencies ends in the state `failed`. Asterisk 12 and 13 take a single
    ///   URI.
    #[inline]
    pub fn new<M2>(
        bridge_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), bridge_id, media)
    }
}

impl<C> Play<C> {
    pub(super) fn on<M2>(
        client: C,
        bridge_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            media: runtime::OneOrMany::into_list(media),
            announcer_format: None,
            lang: None,
            offset: None,
            skip: None,
            playback_id: None,
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

    /// Id of the playback. Choosing it beforehand allows an application to watch for its events
    /// before the request is sent.
    ///
    /// Available in Asterisk 12.3.0 and later.
    pub fn playback_id(mut self, playback_id: impl Into<String>) -> Self {
        self.playback_id = Some(playback_id.into());
        self
    }
}

impl<C> runtime::ToRequest for Play<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::PLAY;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("media", &self.media);
        encoder.query_param("announcer_format", &self.announcer_format);
        encoder.query_param("lang", &self.lang);
        encoder.duration("offsetms", self.offset.map(Some));
        encoder.duration("skipms", self.skip.map(Some));
        encoder.query_param("playbackId", &self.playback_id);
    }
}

impl<C> runtime::TypedRequest for Play<C> {
    type Output = models::Playback;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Play<Client> {
    type Output = Result<models::Playback, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Playback>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Play<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Playback, runtime::ObjectStream<Event>), Error> {
        let id = self.playback_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("playback", &id),
            application: None,
            parent: Some(runtime::ObjectRef::new("bridge", &self.bridge_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the playback with a stream of its events. Chooses the
    /// playback's id if none was set. The stream is open before the request is sent, so no event
    /// can be missed. Events arrive if an application of this client controls the bridge or is
    /// subscribed to it. Otherwise the stream ends with [`Error::ObjectGone`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the playback may exist. Set the id yourself with `playback_id` to
    /// be able to find it.
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
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: The bridge exists, but was not created through ARI, so it cannot be controlled here.
/// - 422: `announcer_format` is no codec that this server knows.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct PlayWithId<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    playback_id: String,
    media: Vec<String>,
    announcer_format: Option<String>,
    lang: Option<String>,
    offset: Option<std::time::Duration>,
    skip: Option<std::time::Duration>,
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
    pub(super) fn on<M3>(
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
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.path_param("playbackId", &self.playback_id);
        encoder.query_param("media", &self.media);
        encoder.query_param("announcer_format", &self.announcer_format);
        encoder.query_param("lang", &self.lang);
        encoder.duration("offsetms", self.offset.map(Some));
        encoder.duration("skipms", self.skip.map(Some));
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

/// Records the mixed audio of a bridge into a file.
///
/// An internal recorder channel joins the bridge. It answers while the recording is still `queued`:
/// `RecordingStarted`, then `RecordingFinished` or `RecordingFailed` follow. Steer it with the
/// operations under `recordings/live`; afterwards the file is found under `recordings/stored`.
///
/// `POST /bridges/{bridgeId}/record`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `ifExists` or `terminateOn` has a value that does not exist. A `name` that leads out of
///   the recording directory is answered with 500.
/// - 404: No bridge has this id; it may have been destroyed meanwhile.
/// - 409: A recording of this name is in progress, or it exists and `ifExists` is `fail`; or the
///   bridge was not created through ARI.
/// - 422: `format` is no file format, or `recorder_format` no codec, that this server knows. The
///   module for it may not be loaded.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Record<C = ()> {
    pub(crate) client: C,
    bridge_id: String,
    name: String,
    format: String,
    recorder_format: Option<String>,
    max_duration: Option<Option<std::time::Duration>>,
    max_silence: Option<Option<std::time::Duration>>,
    if_exists: Option<RecordIfExists>,
    beep: Option<bool>,
    terminate_on: Option<RecordTerminateOn>,
}

impl Record {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `bridge_id`: Id of the bridge, as in `Bridge.id`.
    /// - `name`: Name of the recording and, below Asterisk's recording directory, of its file;
    ///   without an extension. A `/` makes subdirectories, which are created when missing.
    /// - `format`: File format, given as the extension that Asterisk knows it by: `wav`, `gsm`,
    ///   `ulaw`, `sln16`, and so on.
    #[inline]
    pub fn new(
        bridge_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self::on((), bridge_id, name, format)
    }
}

impl<C> Record<C> {
    pub(super) fn on(
        client: C,
        bridge_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self {
            client,
            bridge_id: bridge_id.into(),
            name: name.into(),
            format: format.into(),
            recorder_format: None,
            max_duration: None,
            max_silence: None,
            if_exists: None,
            beep: None,
            terminate_on: None,
        }
    }

    /// Codec of the internal recorder channel, such as `slin16`. The codec that goes with `format`
    /// when omitted.
    ///
    /// Available in Asterisk 20.17.0, 22.7.0, 23.1.0 and later.
    pub fn recorder_format(mut self, recorder_format: impl Into<String>) -> Self {
        self.recorder_format = Some(recorder_format.into());
        self
    }

    /// Length at which the recording ends by itself; time spent paused does not count.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483647 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn max_duration(
        mut self,
        max_duration: impl Into<Option<std::time::Duration>>,
    ) -> Self {
        self.max_duration = Some(max_duration.into());
        self
    }

    /// Time of silence after which the recording ends by itself. It also makes Asterisk measure
    /// `talking_duration` and `silence_duration`.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn max_silence(
        mut self,
        max_silence: impl Into<Option<std::time::Duration>>,
    ) -> Self {
        self.max_silence = Some(max_silence.into());
        self
    }

    /// Action when a recording of this name exists. `fail` looks at the name only: a file of
    /// another format counts too.
    ///
    /// Default: `fail`.
    pub fn if_exists(mut self, if_exists: impl Into<RecordIfExists>) -> Self {
        self.if_exists = Some(if_exists.into());
        self
    }

    /// Plays a beep when the recording begins.
    ///
    /// Default: `false`.
    pub fn beep(mut self, beep: bool) -> Self {
        self.beep = Some(beep);
        self
    }

    /// DTMF digit that ends the recording.
    ///
    /// Default: `none`.
    pub fn terminate_on(mut self, terminate_on: impl Into<RecordTerminateOn>) -> Self {
        self.terminate_on = Some(terminate_on.into());
        self
    }
}

impl<C> runtime::ToRequest for Record<C> {
    const OPERATION: &'static runtime::Operation = &operations::bridges::RECORD;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("bridgeId", &self.bridge_id);
        encoder.query_param("name", &self.name);
        encoder.query_param("format", &self.format);
        encoder.query_param("recorder_format", &self.recorder_format);
        encoder.duration("maxDurationSeconds", self.max_duration);
        encoder.duration("maxSilenceSeconds", self.max_silence);
        encoder.query_param("ifExists", &self.if_exists);
        encoder.query_param("beep", &self.beep);
        encoder.query_param("terminateOn", &self.terminate_on);
    }
}

impl<C> runtime::TypedRequest for Record<C> {
    type Output = models::LiveRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Record<Client> {
    type Output = Result<models::LiveRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::LiveRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Record<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::LiveRecording, runtime::ObjectStream<Event>), Error> {
        let id = self.name.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("live_recording", &id),
            application: None,
            parent: Some(runtime::ObjectRef::new("bridge", &self.bridge_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the live recording with a stream of its events. The stream is
    /// open before the request is sent, so no event can be missed. Events arrive if an application
    /// of this client controls the bridge or is subscribed to it. Otherwise the stream ends with
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
        (crate::recordings::LiveRecordingHandle, runtime::ObjectStream<Event>),
        Error,
    > {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.live_recording(events.id()), events))
    }

    /// Sends the request and waits until the live recording has ended. If an event has reported the
    /// end, its `state` is the final one. No event can be missed. Dropping the future releases its
    /// streams and does not end the live recording.
    ///
    /// Some ends have no event: the WebSocket was lost at that moment, or Asterisk has skipped the
    /// media (`silence:1`, `number:notanumber`). Therefore the client polls the server for the live
    /// recording. If it no longer exists but the bridge does, this is a success, too:
    /// [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the
    /// `state` is the last known one.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and
    /// - [`Error::ObjectGone`] with the bridge (see [`Error::gone_object`]) if that ends first, and
    ///   the live recording with it. Its reason is
    ///   [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client
    ///   receives events of the bridge;
    /// - [`Error::Disconnected`] if the session ends first;
    /// - [`Error::Lagged`] if the end was lost in a buffer that was too small;
    /// - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client
    ///   has set exclude the end.
    #[inline]
    pub async fn wait_until_finished(
        self,
    ) -> Result<runtime::Finished<models::LiveRecording>, Error> {
        let parent = runtime::ObjectRef::new("bridge", &self.bridge_id);
        let parent = self
            .client
            .connection()
            .try_watch_until_end("live_recording", parent)?;
        let (object, events) = self.send_watched().await?;
        runtime::wait_for_terminal_event(
                events,
                parent,
                object,
                |event| event.live_recordings().pop().cloned(),
            )
            .await
    }
}

/// Values of `ifExists`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordIfExists {
    /// Refuse the request; the existing recording stays as it is.
    Fail,
    /// Replace the existing recording.
    Overwrite,
    /// Add to the end of the existing recording.
    Append,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    RecordIfExists,
    Fail = "fail",
    Overwrite = "overwrite",
    Append = "append",
);

/// Values of `terminateOn`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordTerminateOn {
    /// No digit ends the recording.
    None,
    /// Any digit ends the recording.
    Any,
    /// The star key ends the recording.
    Star,
    /// The pound key ends the recording.
    Pound,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    RecordTerminateOn,
    None = "none",
    Any = "any",
    Star = "*",
    Pound = "#",
);
