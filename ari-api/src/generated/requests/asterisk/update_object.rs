// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The request of `PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}`.

use crate::{Client, Error, models, operations, runtime};

/// Creates a configuration object, or changes the named attributes of one that exists.
///
/// The answer is the whole object afterwards. Attributes that are not named keep their value, or
/// their default in a new object. The type must be mapped, in `sorcery.conf`, to a backend that can
/// be written, such as `astdb`, `memory` or `realtime`; what comes from a plain file like
/// `pjsip.conf` is read-only. With `memory` the object no longer exists after a restart.
///
/// `PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The body is not valid JSON, an existing object was to be changed without `fields`, or the
///   module rejected an attribute or its value. Asterisk's log names the attribute.
/// - 403: No writable backend holds objects of this type: map the type to one in `sorcery.conf`.
///   Also the answer to a read-only ARI user.
/// - 404: The module or the object type does not exist. An unknown id is no error here; the object
///   is created.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct UpdateObject<C = ()> {
    pub(crate) client: C,
    pub(super) config_class: String,
    pub(super) object_type: String,
    pub(super) id: String,
    pub(super) fields: Option<Vec<(String, String)>>,
}

impl UpdateObject {
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

impl<C> UpdateObject<C> {
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
            fields: None,
        }
    }

    /// Attributes to set. May be left out only when the object is to be created with defaults.
    pub fn fields(
        mut self,
        fields: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.fields = Some(
            fields
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

impl<C> runtime::ToRequest for UpdateObject<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::UPDATE_OBJECT;
    fn add_arguments(&self, request: &mut runtime::RequestBuilder) {
        request.argument("configClass", &self.config_class);
        request.argument("objectType", &self.object_type);
        request.argument("id", &self.id);
        request.attribute_list("fields", self.fields.as_ref());
    }
}

impl<C> runtime::TypedRequest for UpdateObject<C> {
    type Output = Vec<models::ConfigTuple>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for UpdateObject<Client> {
    type Output = Result<Vec<models::ConfigTuple>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::ConfigTuple>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}
