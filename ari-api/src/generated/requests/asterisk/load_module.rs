// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /asterisk/modules/{moduleName}`.

use crate::{Client, Error, operations, runtime};

/// Loads a module from Asterisk's module directory.
///
/// The request returns when the module has been initialised. The change lasts until Asterisk stops;
/// `modules.conf` decides what the next start loads.
///
/// `POST /asterisk/modules/{moduleName}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 409: The module is loaded already, its file does not exist, or it declined to start, for
///   example because a module it needs or its configuration is missing. The `message` says in
///   general which, Asterisk's log why.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct LoadModule<C = ()> {
    pub(crate) client: C,
    pub(super) module_name: String,
}

impl LoadModule {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `module_name`: File name of the module, such as `app_dial.so`. Loading, unloading and
    ///   reloading also accept it without `.so`; `getModule` does not.
    #[inline]
    pub fn new(module_name: impl Into<String>) -> Self {
        Self::on((), module_name)
    }
}

impl<C> LoadModule<C> {
    pub(crate) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for LoadModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::LOAD_MODULE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("moduleName", &self.module_name);
    }
}

impl<C> runtime::TypedRequest for LoadModule<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for LoadModule<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
