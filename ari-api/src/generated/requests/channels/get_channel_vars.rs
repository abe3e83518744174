// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /channels/{channelId}/variables`.

use crate::{Client, Error, models, operations, runtime};

/// Returns the values of several channel variables or functions.
///
/// If one of them is missing, the whole request fails with 404.
///
/// `GET /channels/{channelId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variables` is missing or empty.
/// - 404: No channel has this id, or one of the variables does not exist.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetChannelVars<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) variables: Vec<String>,
}

impl GetChannelVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `variables`: Names of variables, or functions with their arguments.
    #[inline]
    pub fn new<M2>(
        channel_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), channel_id, variables)
    }
}

impl<C> GetChannelVars<C> {
    pub(crate) fn on<M2>(
        client: C,
        channel_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variables: runtime::OneOrMany::into_list(variables),
        }
    }
}

impl<C> runtime::ToRequest for GetChannelVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::GET_CHANNEL_VARS;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for GetChannelVars<C> {
    type Output = models::Variables;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetChannelVars<Client> {
    type Output = Result<models::Variables, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variables>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
