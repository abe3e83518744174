// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `POST /asterisk/variable`.

use crate::{Client, Error, operations, runtime};

/// Sets a global dialplan variable, visible to every channel.
///
/// Global variables are kept in memory and lost on a restart. 204 does not prove success: setting a
/// function that does not exist, or fails, has the same response.
///
/// `POST /asterisk/variable`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variable` is missing or empty.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetGlobalVar<C = ()> {
    pub(crate) client: C,
    pub(super) variable: String,
    pub(super) value: Option<String>,
}

impl SetGlobalVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `variable`: Name of the variable. A name ending in `)` writes to a dialplan function
    ///   instead, without a channel.
    #[inline]
    pub fn new(variable: impl Into<String>) -> Self {
        Self::on((), variable)
    }
}

impl<C> SetGlobalVar<C> {
    pub(crate) fn on(client: C, variable: impl Into<String>) -> Self {
        Self {
            client,
            variable: variable.into(),
            value: None,
        }
    }

    /// New value. Leaving it out removes the variable.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }
}

impl<C> runtime::ToRequest for SetGlobalVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::SET_GLOBAL_VAR;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("variable", &self.variable);
        request.argument("value", &self.value);
    }
}

impl<C> runtime::TypedRequest for SetGlobalVar<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetGlobalVar<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
