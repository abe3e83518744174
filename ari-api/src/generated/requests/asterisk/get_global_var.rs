// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /asterisk/variable`.

use crate::{Client, Error, models, operations, runtime};

/// Reads a global dialplan variable.
///
/// A variable that was never set reads as an empty string, not as an error. Dialplan functions are
/// not evaluated here.
///
/// `GET /asterisk/variable`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variable` is missing or empty.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetGlobalVar<C = ()> {
    pub(crate) client: C,
    pub(super) variable: String,
}

impl GetGlobalVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `variable`: Name of the variable, without `${` and `}`. Names are case-sensitive.
    #[inline]
    pub fn new(variable: impl Into<String>) -> Self {
        Self::on((), variable)
    }
}

impl<C> GetGlobalVar<C> {
    pub(crate) fn on(client: C, variable: impl Into<String>) -> Self {
        Self {
            client,
            variable: variable.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetGlobalVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::GET_GLOBAL_VAR;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("variable", &self.variable);
    }
}

impl<C> runtime::TypedRequest for GetGlobalVar<C> {
    type Output = models::Variable;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetGlobalVar<Client> {
    type Output = Result<models::Variable, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variable>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
