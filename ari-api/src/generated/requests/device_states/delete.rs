// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /deviceStates/{deviceName}`.

use crate::{Client, Error, operations, runtime};

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
    pub(super) device_name: String,
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
    pub(crate) fn on(client: C, device_name: impl Into<String>) -> Self {
        Self {
            client,
            device_name: device_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for Delete<C> {
    const OPERATION: &'static runtime::Operation = &operations::device_states::DELETE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("deviceName", &self.device_name);
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
