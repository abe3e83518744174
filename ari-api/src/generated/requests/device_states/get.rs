// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /deviceStates/{deviceName}`.

use crate::{Client, Error, models, operations, runtime};

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
    pub(super) device_name: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `device_name`: Name of the device: a channel driver's, such as `PJSIP/alice`, or another
    ///   provider's, such as `Stasis:lamp`, `Custom:lamp` or `Queue:sales`.
    #[inline]
    pub fn new(device_name: impl Into<String>) -> Self {
        Self::on((), device_name)
    }
}

impl<C> Get<C> {
    pub(crate) fn on(client: C, device_name: impl Into<String>) -> Self {
        Self {
            client,
            device_name: device_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::device_states::GET;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("deviceName", &self.device_name);
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
