// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Endpoints are the devices and trunks that can make or take calls, as configured in their channel
//! driver: `PJSIP/alice`, `IAX2/branch`. This resource returns their state, sends text messages,
//! and refers devices elsewhere outside of a call. It creates no calls; for that see `originate`.

use crate::{Client, Error, Event, models, operations, runtime};

/// Endpoints are the devices and trunks that can make or take calls, as configured in their channel
/// driver: `PJSIP/alice`, `IAX2/branch`. This resource returns their state, sends text messages,
/// and refers devices elsewhere outside of a call. It creates no calls; for that see `originate`.
///
/// Returned by [`Client::endpoints`].
#[derive(Clone, Debug)]
pub struct Endpoints {
    client: Client,
}

impl Endpoints {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the endpoints of all technologies with state and channels.
    ///
    /// `GET /endpoints`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Sends a text message outside of a call, such as a SIP MESSAGE.
    ///
    /// `PUT /endpoints/sendMessage`: see [`SendMessage`].
    #[inline]
    pub fn send_message(
        &self,
        to: impl Into<String>,
        from: impl Into<String>,
    ) -> SendMessage<Client> {
        SendMessage::on(self.client.clone(), to, from)
    }

    /// Asks a device to call another destination, by a SIP REFER outside of a call.
    ///
    /// `POST /endpoints/refer`: see [`Refer`].
    #[inline]
    pub fn refer(
        &self,
        to: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Refer<Client> {
        Refer::on(self.client.clone(), to, from, refer_to)
    }

    /// Lists the endpoints of one technology.
    ///
    /// `GET /endpoints/{tech}`: see [`ListByTech`].
    #[inline]
    pub fn list_by_tech(&self, tech: impl Into<String>) -> ListByTech<Client> {
        ListByTech::on(self.client.clone(), tech)
    }

    /// Returns one endpoint with its state and the channels it has at the moment.
    ///
    /// `GET /endpoints/{tech}/{resource}`: see [`Get`].
    #[inline]
    pub fn get(
        &self,
        tech: impl Into<String>,
        resource: impl Into<String>,
    ) -> Get<Client> {
        Get::on(self.client.clone(), tech, resource)
    }

    /// Sends a text message to one endpoint, outside of a call.
    ///
    /// `PUT /endpoints/{tech}/{resource}/sendMessage`: see [`SendMessageToEndpoint`].
    #[inline]
    pub fn send_message_to_endpoint(
        &self,
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
    ) -> SendMessageToEndpoint<Client> {
        SendMessageToEndpoint::on(self.client.clone(), tech, resource, from)
    }

    /// Asks one endpoint to call another destination, by a SIP REFER outside of a call.
    ///
    /// `POST /endpoints/{tech}/{resource}/refer`: see [`ReferToEndpoint`].
    #[inline]
    pub fn refer_to_endpoint(
        &self,
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> ReferToEndpoint<Client> {
        ReferToEndpoint::on(self.client.clone(), tech, resource, from, refer_to)
    }
}

/// An endpoint, identified by its `tech`, `resource`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::endpoint`].
#[derive(Clone, Debug)]
pub struct EndpointHandle {
    pub(crate) client: Client,
    tech: String,
    resource: String,
}

impl EndpointHandle {
    pub(crate) fn new(
        client: Client,
        tech: impl Into<String>,
        resource: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `tech` of this handle.
    #[inline]
    pub fn tech(&self) -> &str {
        &self.tech
    }

    /// Returns the `resource` of this handle.
    #[inline]
    pub fn resource(&self) -> &str {
        &self.resource
    }

    /// Returns one endpoint with its state and the channels it has at the moment.
    ///
    /// `GET /endpoints/{tech}/{resource}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.tech.clone(), self.resource.clone())
    }

    /// Sends a text message to one endpoint, outside of a call.
    ///
    /// `PUT /endpoints/{tech}/{resource}/sendMessage`: see [`SendMessageToEndpoint`].
    #[inline]
    pub fn send_message_to_endpoint(
        &self,
        from: impl Into<String>,
    ) -> SendMessageToEndpoint<Client> {
        SendMessageToEndpoint::on(
            self.client.clone(),
            self.tech.clone(),
            self.resource.clone(),
            from,
        )
    }

    /// Asks one endpoint to call another destination, by a SIP REFER outside of a call.
    ///
    /// `POST /endpoints/{tech}/{resource}/refer`: see [`ReferToEndpoint`].
    #[inline]
    pub fn refer_to_endpoint(
        &self,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> ReferToEndpoint<Client> {
        ReferToEndpoint::on(
            self.client.clone(),
            self.tech.clone(),
            self.resource.clone(),
            from,
            refer_to,
        )
    }

    /// Returns a stream of the events of this endpoint from now on.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this endpoint does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::scoped("endpoint", &self.tech, &self.resource))
    }
}

impl models::Endpoint {
    /// Returns the handle of this endpoint, for its operations and events, as [`Client::endpoint`]
    /// does for its `technology` and `resource`.
    #[inline]
    pub fn handle(&self, client: &Client) -> EndpointHandle {
        EndpointHandle::new(client.clone(), &self.technology, &self.resource)
    }
}

/// Lists the endpoints of all technologies with state and channels.
///
/// An endpoint that is configured but not registered is listed too, usually as `offline`.
///
/// `GET /endpoints`
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
    const OPERATION: &'static runtime::Operation = &operations::endpoints::LIST;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Endpoint>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Endpoint>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Endpoint>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sends a text message outside of a call, such as a SIP MESSAGE.
///
/// Success is 202 and only means that Asterisk took the message. No event reports delivery, and
/// several releases answer 202 even for a destination that does not exist; the reason is then in
/// Asterisk's log.
///
/// `PUT /endpoints/sendMessage`
///
/// Available in Asterisk 12.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `to` is empty, or a value in `variables` is not a string.
/// - 404: The technology in `to` cannot send messages, the destination was not found, or it is an
///   endpoint that has not registered.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SendMessage<C = ()> {
    pub(crate) client: C,
    to: String,
    from: String,
    body: Option<String>,
    variables: Option<Vec<(String, String)>>,
}

impl SendMessage {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `to`: Destination, beginning with the messaging technology in lower case: `pjsip:alice`
    ///   for an endpoint, `pjsip:sip:bob@example.com` for any SIP URI, `xmpp:` for XMPP. A URI that
    ///   matches no endpoint is sent through the `default_outbound_endpoint` of `pjsip.conf` and
    ///   fails without one.
    /// - `from`: Sender that the message claims. For `pjsip` an endpoint name, `user@domain` or a
    ///   SIP URI, with or without a display name; it goes into the `From` header. For `xmpp` a
    ///   configured client connection.
    #[inline]
    pub fn new(to: impl Into<String>, from: impl Into<String>) -> Self {
        Self::on((), to, from)
    }
}

impl<C> SendMessage<C> {
    pub(super) fn on(client: C, to: impl Into<String>, from: impl Into<String>) -> Self {
        Self {
            client,
            to: to.into(),
            from: from.into(),
            body: None,
            variables: None,
        }
    }

    /// Text of the message. Sent as `text/plain` by `pjsip`. Without it the message is empty.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Additional values for the technology. On the wire they are wrapped:
    /// `{"variables":{"X-Ticket":"42"}}`. Every value must be a string. `pjsip` sends each as a SIP
    /// header of the MESSAGE, except headers it sets itself, such as `To`, `From`, `Via`,
    /// `Contact`, `Call-ID` or `Content-Length`, which are dropped. `Max-Forwards` is counted down
    /// by one.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
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

impl<C> runtime::ToRequest for SendMessage<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::SEND_MESSAGE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("to", &self.to);
        encoder.query_param("from", &self.from);
        encoder.query_param("body", &self.body);
        encoder.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for SendMessage<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SendMessage<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Asks a device to call another destination, by a SIP REFER outside of a call.
///
/// The device decides whether it obeys. Success is 202 and only means that the request was taken;
/// no event reports what became of it. To transfer a call in progress, use `redirect` of its
/// channel.
///
/// `POST /endpoints/refer`
///
/// Available in Asterisk 18.20.0, 20.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `to` is empty, or a value in `variables` is not a string.
/// - 404: The technology in `to` cannot refer, or the device was not found.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Refer<C = ()> {
    pub(crate) client: C,
    to: String,
    from: String,
    refer_to: String,
    to_self: Option<bool>,
    variables: Option<Vec<(String, String)>>,
}

impl Refer {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `to`: Device to be referred: `pjsip:alice`, or `pjsip:` and a SIP URI. Only `pjsip`
    ///   supports this. A URI that matches no endpoint is sent through the
    ///   `default_outbound_endpoint` of `pjsip.conf` and fails without one.
    /// - `from`: Sender that the REFER claims: an endpoint name, `user@domain` or a SIP URI, with
    ///   or without a display name.
    /// - `refer_to`: Destination of the device: an endpoint name, or a SIP URI such as
    ///   `sip:200@example.com`.
    #[inline]
    pub fn new(
        to: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self::on((), to, from, refer_to)
    }
}

impl<C> Refer<C> {
    pub(super) fn on(
        client: C,
        to: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self {
            client,
            to: to.into(),
            from: from.into(),
            refer_to: refer_to.into(),
            to_self: None,
            variables: None,
        }
    }

    /// Matters only when `refer_to` names an endpoint of this Asterisk. True: the `Refer-To` URI
    /// points to Asterisk, so the device calls through it. False: it points straight at the contact
    /// of that endpoint.
    ///
    /// Default: `false`.
    pub fn to_self(mut self, to_self: bool) -> Self {
        self.to_self = Some(to_self);
        self
    }

    /// Additional values for the technology. On the wire they are wrapped:
    /// `{"variables":{"X-Ticket":"42"}}`. Every value must be a string. `pjsip` sends each as a SIP
    /// header of the REFER, except headers it sets itself, such as `To`, `From`, `Via`, `Contact`
    /// or `Call-ID`, which are dropped. The name `display_name` is special: it becomes the display
    /// name of the `Refer-To` URI.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
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

impl<C> runtime::ToRequest for Refer<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::REFER;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("to", &self.to);
        encoder.query_param("from", &self.from);
        encoder.query_param("refer_to", &self.refer_to);
        encoder.query_param("to_self", &self.to_self);
        encoder.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for Refer<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Refer<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Lists the endpoints of one technology.
///
/// `GET /endpoints/{tech}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: The technology has no endpoints, its module is not loaded, or its name is not in
///   capitals.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListByTech<C = ()> {
    pub(crate) client: C,
    tech: String,
}

impl ListByTech {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`. Here the case matters.
    #[inline]
    pub fn new(tech: impl Into<String>) -> Self {
        Self::on((), tech)
    }
}

impl<C> ListByTech<C> {
    pub(super) fn on(client: C, tech: impl Into<String>) -> Self {
        Self { client, tech: tech.into() }
    }
}

impl<C> runtime::ToRequest for ListByTech<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::LIST_BY_TECH;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("tech", &self.tech);
    }
}

impl<C> runtime::TypedRequest for ListByTech<C> {
    type Output = Vec<models::Endpoint>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListByTech<Client> {
    type Output = Result<Vec<models::Endpoint>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Endpoint>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Returns one endpoint with its state and the channels it has at the moment.
///
/// `GET /endpoints/{tech}/{resource}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: Declared by the specification, with a reason that belongs to sending messages; a lookup
///   has no such case of its own.
/// - 404: No endpoint of this name exists in this technology. Endpoint names are case-sensitive.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    tech: String,
    resource: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`.
    /// - `resource`: Name of the endpoint within its technology, such as `alice`.
    #[inline]
    pub fn new(tech: impl Into<String>, resource: impl Into<String>) -> Self {
        Self::on((), tech, resource)
    }
}

impl<C> Get<C> {
    pub(super) fn on(
        client: C,
        tech: impl Into<String>,
        resource: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("tech", &self.tech);
        encoder.path_param("resource", &self.resource);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Endpoint;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Endpoint, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Endpoint>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sends a text message to one endpoint, outside of a call.
///
/// Success is 202 and only means that Asterisk took the message. No event reports delivery, and
/// several releases answer 202 even if the endpoint has no contact to send to.
///
/// `PUT /endpoints/{tech}/{resource}/sendMessage`
///
/// Available in Asterisk 12.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A value in `variables` is not a string.
/// - 404: No endpoint of this name exists in this technology, or it has not registered.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SendMessageToEndpoint<C = ()> {
    pub(crate) client: C,
    tech: String,
    resource: String,
    from: String,
    body: Option<String>,
    variables: Option<Vec<(String, String)>>,
}

impl SendMessageToEndpoint {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`.
    /// - `resource`: Name of the endpoint within its technology, such as `alice`.
    /// - `from`: Sender that the message claims. For `pjsip` an endpoint name, `user@domain` or a
    ///   SIP URI, with or without a display name; it goes into the `From` header. For `xmpp` a
    ///   configured client connection.
    #[inline]
    pub fn new(
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
    ) -> Self {
        Self::on((), tech, resource, from)
    }
}

impl<C> SendMessageToEndpoint<C> {
    pub(super) fn on(
        client: C,
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
            from: from.into(),
            body: None,
            variables: None,
        }
    }

    /// Text of the message. Sent as `text/plain` by `pjsip`. Without it the message is empty.
    pub fn body(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Additional values for the technology. On the wire they are wrapped:
    /// `{"variables":{"X-Ticket":"42"}}`. Every value must be a string. `pjsip` sends each as a SIP
    /// header of the MESSAGE, except headers it sets itself, such as `To`, `From`, `Via`,
    /// `Contact`, `Call-ID` or `Content-Length`, which are dropped. `Max-Forwards` is counted down
    /// by one.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
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

impl<C> runtime::ToRequest for SendMessageToEndpoint<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::SEND_MESSAGE_TO_ENDPOINT;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("tech", &self.tech);
        encoder.path_param("resource", &self.resource);
        encoder.query_param("from", &self.from);
        encoder.query_param("body", &self.body);
        encoder.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for SendMessageToEndpoint<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SendMessageToEndpoint<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Asks one endpoint to call another destination, by a SIP REFER outside of a call.
///
/// The endpoint decides whether it obeys. Success is 202 and only means that the request was taken;
/// no event reports what became of it. Only `PJSIP` supports this.
///
/// `POST /endpoints/{tech}/{resource}/refer`
///
/// Available in Asterisk 18.20.0, 20.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A value in `variables` is not a string.
/// - 404: No endpoint of this name exists in this technology.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ReferToEndpoint<C = ()> {
    pub(crate) client: C,
    tech: String,
    resource: String,
    from: String,
    refer_to: String,
    to_self: Option<bool>,
    variables: Option<Vec<(String, String)>>,
}

impl ReferToEndpoint {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `tech`: Channel technology in capitals, such as `PJSIP` or `IAX2`.
    /// - `resource`: Name of the endpoint within its technology, such as `alice`.
    /// - `from`: Sender that the REFER claims: an endpoint name, `user@domain` or a SIP URI, with
    ///   or without a display name.
    /// - `refer_to`: Destination of the device: an endpoint name, or a SIP URI such as
    ///   `sip:200@example.com`.
    #[inline]
    pub fn new(
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self::on((), tech, resource, from, refer_to)
    }
}

impl<C> ReferToEndpoint<C> {
    pub(super) fn on(
        client: C,
        tech: impl Into<String>,
        resource: impl Into<String>,
        from: impl Into<String>,
        refer_to: impl Into<String>,
    ) -> Self {
        Self {
            client,
            tech: tech.into(),
            resource: resource.into(),
            from: from.into(),
            refer_to: refer_to.into(),
            to_self: None,
            variables: None,
        }
    }

    /// Matters only when `refer_to` names an endpoint of this Asterisk. True: the `Refer-To` URI
    /// points to Asterisk, so the device calls through it. False: it points straight at the contact
    /// of that endpoint.
    ///
    /// Default: `false`.
    pub fn to_self(mut self, to_self: bool) -> Self {
        self.to_self = Some(to_self);
        self
    }

    /// Additional values for the technology. On the wire they are wrapped:
    /// `{"variables":{"X-Ticket":"42"}}`. Every value must be a string. `pjsip` sends each as a SIP
    /// header of the REFER, except headers it sets itself, such as `To`, `From`, `Via`, `Contact`
    /// or `Call-ID`, which are dropped. The name `display_name` is special: it becomes the display
    /// name of the `Refer-To` URI.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
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

impl<C> runtime::ToRequest for ReferToEndpoint<C> {
    const OPERATION: &'static runtime::Operation = &operations::endpoints::REFER_TO_ENDPOINT;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("tech", &self.tech);
        encoder.path_param("resource", &self.resource);
        encoder.query_param("from", &self.from);
        encoder.query_param("refer_to", &self.refer_to);
        encoder.query_param("to_self", &self.to_self);
        encoder.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for ReferToEndpoint<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ReferToEndpoint<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
