// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /channels/{channelId}/variable`.

use crate::{Client, Error, models, operations, runtime};

/// Returns the value of a channel variable or dialplan function.
///
/// Works for channels outside Stasis too. A function that cannot be read gives 500.
///
/// `GET /channels/{channelId}/variable`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variable` is missing or empty.
/// - 404: No channel has this id, or it has no variable of this name.
/// - 409: Declared for channels outside Stasis, although reading works there too.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetChannelVar<C = ()> {
    pub(crate) client: C,
    pub(super) channel_id: String,
    pub(super) variable: String,
}

impl GetChannelVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character, `/`
    ///   included; a channel with the id `create` or `externalMedia` cannot be addressed.
    /// - `variable`: Name of the variable, such as `DIALSTATUS`, or a function with its arguments,
    ///   such as `CHANNEL(language)`. A name ending in `)` is taken as a function.
    #[inline]
    pub fn new(channel_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), channel_id, variable)
    }
}

impl<C> GetChannelVar<C> {
    pub(crate) fn on(
        client: C,
        channel_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variable: variable.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetChannelVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::GET_CHANNEL_VAR;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("channelId", &self.channel_id);
        request.argument("variable", &self.variable);
    }
}

impl<C> runtime::TypedRequest for GetChannelVar<C> {
    type Output = models::Variable;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetChannelVar<Client> {
    type Output = Result<models::Variable, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variable>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
