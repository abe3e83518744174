// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Device states feed hints, busy-lamp fields and queues. Every device can be read here; an
//! application owns those whose name begins with `Stasis:` and may set them freely. Watch for
//! changes by subscribing an application to `deviceState:` and the device name; they arrive as
//! `DeviceStateChanged`.
//!
//! Asterisk needs the module `res_stasis_device_state` for it.

use crate::{Client, Error, Event, models, operations, runtime};

/// Device states feed hints, busy-lamp fields and queues. Every device can be read here; an
/// application owns those whose name begins with `Stasis:` and may set them freely. Watch for
/// changes by subscribing an application to `deviceState:` and the device name; they arrive as
/// `DeviceStateChanged`.
///
/// Returned by [`Client::device_states`].
#[derive(Clone, Debug)]
pub struct DeviceStates {
    client: Client,
}

impl DeviceStates {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists the devices controlled through this interface, with their states.
    ///
    /// `GET /deviceStates`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Returns the current state of any device.
    ///
    /// `GET /deviceStates/{deviceName}`: see [`Get`].
    #[inline]
    pub fn get(&self, device_name: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), device_name)
    }

    /// Sets the state of a controlled device, and creates the device if needed.
    ///
    /// `PUT /deviceStates/{deviceName}`: see [`Update`].
    #[inline]
    pub fn update(
        &self,
        device_name: impl Into<String>,
        device_state: impl Into<UpdateDeviceState>,
    ) -> Update<Client> {
        Update::on(self.client.clone(), device_name, device_state)
    }

    /// Removes a controlled device; its state becomes `UNKNOWN`.
    ///
    /// `DELETE /deviceStates/{deviceName}`: see [`Delete`].
    #[inline]
    pub fn delete(&self, device_name: impl Into<String>) -> Delete<Client> {
        Delete::on(self.client.clone(), device_name)
    }
}

/// A device state, identified by its `deviceName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::device_state`].
#[derive(Clone, Debug)]
pub struct DeviceStateHandle {
    pub(crate) client: Client,
    device_name: String,
}

impl DeviceStateHandle {
    pub(crate) fn new(client: Client, device_name: impl Into<String>) -> Self {
        Self {
            client,
            device_name: device_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `deviceName` of this handle.
    #[inline]
    pub fn device_name(&self) -> &str {
        &self.device_name
    }

    /// Returns the current state of any device.
    ///
    /// `GET /deviceStates/{deviceName}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.device_name.clone())
    }

    /// Sets the state of a controlled device, and creates the device if needed.
    ///
    /// `PUT /deviceStates/{deviceName}`: see [`Update`].
    #[inline]
    pub fn update(&self, device_state: impl Into<UpdateDeviceState>) -> Update<Client> {
        Update::on(self.client.clone(), self.device_name.clone(), device_state)
    }

    /// Removes a controlled device; its state becomes `UNKNOWN`.
    ///
    /// `DELETE /deviceStates/{deviceName}`: see [`Delete`].
    #[inline]
    pub fn delete(&self) -> Delete<Client> {
        Delete::on(self.client.clone(), self.device_name.clone())
    }

    /// Returns a stream of the events of this device state from now on.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this device state does not exist, or that none of them is subscribed to it, the stream
    /// ends with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does
    /// not affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("device_state", &self.device_name))
    }
}

impl models::DeviceState {
    /// Returns the handle of this device state, for its operations and events, as
    /// [`Client::device_state`] does for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> DeviceStateHandle {
        DeviceStateHandle::new(client.clone(), &self.name)
    }
}

/// Lists the devices controlled through this interface, with their states.
///
/// Phones and trunks are not listed; read those one by one by name.
///
/// `GET /deviceStates`
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
    const OPERATION: &'static runtime::Operation = &operations::device_states::LIST;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::DeviceState>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::DeviceState>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::DeviceState>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Returns the current state of any device.
///
/// A device nobody knows is no error: it is answered with 200 and a state such as `UNKNOWN` or
/// `INVALID`.
///
/// `GET /deviceStates/{deviceName}`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    device_name: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `device_name`: Name of the device: a channel driver's, such as `PJSIP/alice`, or another
    ///   provider's, such as `Stasis:lamp`, `Custom:lamp` or `Queue:sales`. A `/` in it must be
    ///   percent-encoded.
    #[inline]
    pub fn new(device_name: impl Into<String>) -> Self {
        Self::on((), device_name)
    }
}

impl<C> Get<C> {
    pub(super) fn on(client: C, device_name: impl Into<String>) -> Self {
        Self {
            client,
            device_name: device_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::device_states::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("deviceName", &self.device_name);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::DeviceState;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::DeviceState, Error>;
    type IntoFuture = runtime::ResponseFuture<models::DeviceState>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sets the state of a controlled device, and creates the device if needed.
///
/// The state is kept in Asterisk's database and survives restarts, also that of the application:
/// set it back when you are done. A phone shows it through a hint in the dialplan, such as
/// `exten => 100,hint,Stasis:lamp`.
///
/// `PUT /deviceStates/{deviceName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: Nothing follows `Stasis:` in the name.
/// - 409: The name does not begin with `Stasis:`. States of other devices come from their channel
///   driver and cannot be changed here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Update<C = ()> {
    pub(crate) client: C,
    device_name: String,
    device_state: UpdateDeviceState,
}

impl Update {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `device_name`: Name of the device, beginning with `Stasis:`, such as `Stasis:lamp`. Avoid
    ///   `/` in the rest of the name: `list` shows only what follows the last one.
    /// - `device_state`: New state. `UNKNOWN` or an unknown word is answered with 500 and changes
    ///   nothing; use `delete` to return to `UNKNOWN`.
    #[inline]
    pub fn new(
        device_name: impl Into<String>,
        device_state: impl Into<UpdateDeviceState>,
    ) -> Self {
        Self::on((), device_name, device_state)
    }
}

impl<C> Update<C> {
    pub(super) fn on(
        client: C,
        device_name: impl Into<String>,
        device_state: impl Into<UpdateDeviceState>,
    ) -> Self {
        Self {
            client,
            device_name: device_name.into(),
            device_state: device_state.into(),
        }
    }
}

impl<C> runtime::ToRequest for Update<C> {
    const OPERATION: &'static runtime::Operation = &operations::device_states::UPDATE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("deviceName", &self.device_name);
        encoder.query_param("deviceState", &self.device_state);
    }
}

impl<C> runtime::TypedRequest for Update<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Update<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Removes a controlled device; its state becomes `UNKNOWN`.
///
/// Subscribers are notified of the change. Deleting a device that does not exist succeeds.
///
/// `DELETE /deviceStates/{deviceName}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: Nothing follows `Stasis:` in the name.
/// - 409: The name does not begin with `Stasis:`. States of other devices come from their channel
///   driver and cannot be changed here.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Delete<C = ()> {
    pub(crate) client: C,
    device_name: String,
}

impl Delete {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `device_name`: Name of the device, beginning with `Stasis:`, such as `Stasis:lamp`. Avoid
    ///   `/` in the rest of the name: `list` shows only what follows the last one.
    #[inline]
    pub fn new(device_name: impl Into<String>) -> Self {
        Self::on((), device_name)
    }
}

impl<C> Delete<C> {
    pub(super) fn on(client: C, device_name: impl Into<String>) -> Self {
        Self {
            client,
            device_name: device_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Delete<C> {
    const OPERATION: &'static runtime::Operation = &operations::device_states::DELETE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("deviceName", &self.device_name);
    }
}

impl<C> runtime::TypedRequest for Delete<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Delete<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Values of `deviceState`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UpdateDeviceState {
    /// Idle.
    NotInuse,
    /// In use; a lamp is lit.
    Inuse,
    /// Busy, taking no further calls.
    Busy,
    /// The device does not exist.
    Invalid,
    /// The device exists but cannot be reached.
    Unavailable,
    /// Ringing; a lamp typically flashes.
    Ringing,
    /// In use, and ringing with a further call.
    Ringinuse,
    /// The device has put its call on hold.
    Onhold,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    UpdateDeviceState,
    NotInuse = "NOT_INUSE",
    Inuse = "INUSE",
    Busy = "BUSY",
    Invalid = "INVALID",
    Unavailable = "UNAVAILABLE",
    Ringing = "RINGING",
    Ringinuse = "RINGINUSE",
    Onhold = "ONHOLD",
);
