// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /asterisk/modules/{moduleName}`.

use crate::{Client, Error, models, operations, runtime};

/// Returns one loaded module: description, use count, state and support level.
///
/// `GET /asterisk/modules/{moduleName}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No module of this name is loaded. Compare with `listModules`.
/// - 409: The module is loaded but was named differently than Asterisk lists it; most often `.so`
///   is missing or the case differs.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetModule<C = ()> {
    pub(crate) client: C,
    pub(super) module_name: String,
}

impl GetModule {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `module_name`: File name of the module, with `.so` and in its exact spelling, such as
    ///   `app_dial.so`.
    #[inline]
    pub fn new(module_name: impl Into<String>) -> Self {
        Self::on((), module_name)
    }
}

impl<C> GetModule<C> {
    pub(crate) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::GET_MODULE;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("moduleName", &self.module_name);
    }
}

impl<C> runtime::TypedRequest for GetModule<C> {
    type Output = models::Module;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetModule<Client> {
    type Output = Result<models::Module, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Module>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
