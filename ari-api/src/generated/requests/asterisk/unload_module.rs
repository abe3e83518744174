// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /asterisk/modules/{moduleName}`.

use crate::{Client, Error, operations, runtime};

/// Stops a module and removes it from memory.
///
/// A module in use is kept, so one that serves a call cannot be pulled away. Unloading what ARI
/// itself stands on takes this interface away from the application that asked.
///
/// **Warning:** Unloading `res_ari_asterisk.so`, which handles this very request, terminates the
/// whole server (observed in Asterisk 16 and 22).
///
/// `DELETE /asterisk/modules/{moduleName}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No module of this name is loaded. Compare with `listModules`.
/// - 409: The module is in use, another module depends on it, or it refuses to be unloaded while
///   Asterisk runs. Its `use_count` gives a hint; try again when it is 0.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct UnloadModule<C = ()> {
    pub(crate) client: C,
    pub(super) module_name: String,
}

impl UnloadModule {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `module_name`: File name of the module, such as `app_dial.so`. Loading, unloading and
    ///   reloading also accept it without `.so`; `getModule` does not.
    #[inline]
    pub fn new(module_name: impl Into<String>) -> Self {
        Self::on((), module_name)
    }
}

impl<C> UnloadModule<C> {
    pub(crate) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for UnloadModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::UNLOAD_MODULE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("moduleName", &self.module_name);
    }
}

impl<C> runtime::TypedRequest for UnloadModule<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for UnloadModule<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
