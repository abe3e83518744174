// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}`.

use crate::{Client, Error, operations, runtime};

/// Removes a configuration object from the backend that holds it.
///
/// Only objects in a writable backend can be removed, not those of a plain configuration file.
///
/// `DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 403: The object is in a backend that cannot be written, such as `pjsip.conf`. Also the answer
///   to a read-only ARI user.
/// - 404: The module, the object type or the object does not exist; the `message` of the answer
///   says which of the three.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct DeleteObject<C = ()> {
    pub(crate) client: C,
    pub(super) config_class: String,
    pub(super) object_type: String,
    pub(super) id: String,
}

impl DeleteObject {
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

impl<C> DeleteObject<C> {
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

impl<C> runtime::ToRequest for DeleteObject<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::DELETE_OBJECT;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("configClass", &self.config_class);
        request.argument("objectType", &self.object_type);
        request.argument("id", &self.id);
    }
}

impl<C> runtime::TypedRequest for DeleteObject<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for DeleteObject<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
