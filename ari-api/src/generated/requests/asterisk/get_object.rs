// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}`.

use crate::{Client, Error, models, operations, runtime};

/// Reads one configuration object as a list of attributes and values.
///
/// Attributes the object leaves at their default are listed too. Passwords, as in a `res_pjsip`
/// `auth`, come back in the clear: an account that may read ARI may read them.
///
/// `GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: The module, the object type or the object does not exist; the `message` of the answer
///   says which of the three.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetObject<C = ()> {
    pub(crate) client: C,
    pub(super) config_class: String,
    pub(super) object_type: String,
    pub(super) id: String,
}

impl GetObject {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `config_class`: Module that owns the configuration, such as `res_pjsip`. Only modules that
    ///   keep their objects in Asterisk's sorcery framework can be reached.
    /// - `object_type`: Type of the object within its module, such as `endpoint`, `auth`, `aor` or
    ///   `identify` of `res_pjsip`.
    /// - `id`: Name of the object: what stands between brackets as the section name when the object
    ///   is kept in a configuration file.
    #[inline]
    pub fn new(
        config_class: impl Into<String>,
        object_type: impl Into<String>,
        id: impl Into<String>,
    ) -> Self {
        Self::on((), config_class, object_type, id)
    }
}

impl<C> GetObject<C> {
    pub(crate) fn on(
        client: C,
        config_class: impl Into<String>,
        object_type: impl Into<String>,
        id: impl Into<String>,
    ) -> Self {
        Self {
            client,
            config_class: config_class.into(),
            object_type: object_type.into(),
            id: id.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetObject<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::GET_OBJECT;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("configClass", &self.config_class);
        request.argument("objectType", &self.object_type);
        request.argument("id", &self.id);
    }
}

impl<C> runtime::TypedRequest for GetObject<C> {
    type Output = Vec<models::ConfigTuple>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetObject<Client> {
    type Output = Result<Vec<models::ConfigTuple>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::ConfigTuple>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
