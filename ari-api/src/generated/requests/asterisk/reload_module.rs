// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /asterisk/modules/{moduleName}`.

use crate::{Client, Error, operations, runtime};

/// Makes a module read its configuration again, without interrupting calls.
///
/// Success is 204, or 202 when the reload was only queued because Asterisk is still starting.
/// Neither proves that the new configuration is in force: many modules keep the old one when a file
/// is faulty, which only Asterisk's log reports.
///
/// `PUT /asterisk/modules/{moduleName}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No module of this name is loaded. Compare with `listModules`.
/// - 409: Another reload is running, the module has not been initialised, it reported an error, or
///   it cannot be reloaded. Only the first resolves itself.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ReloadModule<C = ()> {
    pub(crate) client: C,
    pub(super) module_name: String,
}

impl ReloadModule {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `module_name`: File name of the module, such as `app_dial.so`. Loading, unloading and
    ///   reloading also accept it without `.so`; `getModule` does not.
    #[inline]
    pub fn new(module_name: impl Into<String>) -> Self {
        Self::on((), module_name)
    }
}

impl<C> ReloadModule<C> {
    pub(crate) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for ReloadModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::RELOAD_MODULE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("moduleName", &self.module_name);
    }
}

impl<C> runtime::TypedRequest for ReloadModule<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ReloadModule<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
