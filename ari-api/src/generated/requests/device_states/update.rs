// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /deviceStates/{deviceName}`.

use super::UpdateDeviceState;
use crate::{Client, Error, operations, runtime};

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
    pub(super) device_name: String,
    pub(super) device_state: UpdateDeviceState,
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
    pub(crate) fn on(
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
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("deviceName", &self.device_name);
        request.argument("deviceState", &self.device_state);
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
