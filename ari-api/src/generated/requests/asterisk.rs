// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The server itself: what it is and how long it runs, its loadable modules, its log channels, its
//! global dialplan variables, and configuration objects that can be changed while it runs. `ping`
//! and `getInfo` are the cheapest ways to learn whether a server answers and which release it is.

use crate::{Client, Error, models, operations, runtime};

/// The server itself: what it is and how long it runs, its loadable modules, its log channels, its
/// global dialplan variables, and configuration objects that can be changed while it runs. `ping`
/// and `getInfo` are the cheapest ways to learn whether a server answers and which release it is.
///
/// Returned by [`Client::asterisk`].
#[derive(Clone, Debug)]
pub struct Asterisk {
    client: Client,
}

impl Asterisk {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Reads one configuration object as a list of attributes and values.
    ///
    /// `GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}`: see [`GetObject`].
    #[inline]
    pub fn get_object(
        &self,
        config_class: impl Into<String>,
        object_type: impl Into<String>,
        id: impl Into<String>,
    ) -> GetObject<Client> {
        GetObject::on(self.client.clone(), config_class, object_type, id)
    }

    /// Creates a configuration object, or changes the named attributes of one that exists.
    ///
    /// `PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}`: see [`UpdateObject`].
    #[inline]
    pub fn update_object(
        &self,
        config_class: impl Into<String>,
        object_type: impl Into<String>,
        id: impl Into<String>,
    ) -> UpdateObject<Client> {
        UpdateObject::on(self.client.clone(), config_class, object_type, id)
    }

    /// Removes a configuration object from the backend that holds it.
    ///
    /// `DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}`: see [`DeleteObject`].
    #[inline]
    pub fn delete_object(
        &self,
        config_class: impl Into<String>,
        object_type: impl Into<String>,
        id: impl Into<String>,
    ) -> DeleteObject<Client> {
        DeleteObject::on(self.client.clone(), config_class, object_type, id)
    }

    /// Returns the release, the build, the main limits and the start time of the server.
    ///
    /// `GET /asterisk/info`: see [`GetInfo`].
    #[inline]
    pub fn get_info(&self) -> GetInfo<Client> {
        GetInfo::on(self.client.clone())
    }

    /// Checks that the server answers, and returns its entity id and clock.
    ///
    /// `GET /asterisk/ping`: see [`Ping`].
    #[inline]
    pub fn ping(&self) -> Ping<Client> {
        Ping::on(self.client.clone())
    }

    /// Lists the modules that are loaded, sorted by name.
    ///
    /// `GET /asterisk/modules`: see [`ListModules`].
    #[inline]
    pub fn list_modules(&self) -> ListModules<Client> {
        ListModules::on(self.client.clone())
    }

    /// Returns one loaded module: description, use count, state and support level.
    ///
    /// `GET /asterisk/modules/{moduleName}`: see [`GetModule`].
    #[inline]
    pub fn get_module(&self, module_name: impl Into<String>) -> GetModule<Client> {
        GetModule::on(self.client.clone(), module_name)
    }

    /// Loads a module from Asterisk's module directory.
    ///
    /// `POST /asterisk/modules/{moduleName}`: see [`LoadModule`].
    #[inline]
    pub fn load_module(&self, module_name: impl Into<String>) -> LoadModule<Client> {
        LoadModule::on(self.client.clone(), module_name)
    }

    /// Stops a module and removes it from memory.
    ///
    /// `DELETE /asterisk/modules/{moduleName}`: see [`UnloadModule`].
    #[inline]
    pub fn unload_module(&self, module_name: impl Into<String>) -> UnloadModule<Client> {
        UnloadModule::on(self.client.clone(), module_name)
    }

    /// Makes a module read its configuration again, without interrupting calls.
    ///
    /// `PUT /asterisk/modules/{moduleName}`: see [`ReloadModule`].
    #[inline]
    pub fn reload_module(&self, module_name: impl Into<String>) -> ReloadModule<Client> {
        ReloadModule::on(self.client.clone(), module_name)
    }

    /// Lists the destinations Asterisk logs to, with their levels.
    ///
    /// `GET /asterisk/logging`: see [`ListLogChannels`].
    #[inline]
    pub fn list_log_channels(&self) -> ListLogChannels<Client> {
        ListLogChannels::on(self.client.clone())
    }

    /// Opens a further log destination until it is deleted or Asterisk restarts.
    ///
    /// `POST /asterisk/logging/{logChannelName}`: see [`AddLog`].
    #[inline]
    pub fn add_log(
        &self,
        log_channel_name: impl Into<String>,
        configuration: impl Into<String>,
    ) -> AddLog<Client> {
        AddLog::on(self.client.clone(), log_channel_name, configuration)
    }

    /// Closes a log destination that was added while Asterisk runs.
    ///
    /// `DELETE /asterisk/logging/{logChannelName}`: see [`DeleteLog`].
    #[inline]
    pub fn delete_log(&self, log_channel_name: impl Into<String>) -> DeleteLog<Client> {
        DeleteLog::on(self.client.clone(), log_channel_name)
    }

    /// Rotates one log file: the current file is renamed and a new one begun.
    ///
    /// `PUT /asterisk/logging/{logChannelName}/rotate`: see [`RotateLog`].
    #[inline]
    pub fn rotate_log(&self, log_channel_name: impl Into<String>) -> RotateLog<Client> {
        RotateLog::on(self.client.clone(), log_channel_name)
    }

    /// Reads a global dialplan variable.
    ///
    /// `GET /asterisk/variable`: see [`GetGlobalVar`].
    #[inline]
    pub fn get_global_var(&self, variable: impl Into<String>) -> GetGlobalVar<Client> {
        GetGlobalVar::on(self.client.clone(), variable)
    }

    /// Sets a global dialplan variable, visible to every channel.
    ///
    /// `POST /asterisk/variable`: see [`SetGlobalVar`].
    #[inline]
    pub fn set_global_var(&self, variable: impl Into<String>) -> SetGlobalVar<Client> {
        SetGlobalVar::on(self.client.clone(), variable)
    }
}

/// A config dynamic, identified by its `configClass`, `objectType`, `id`. A handle does nothing
/// until one of its operations is awaited.
///
/// Returned by [`Client::config_dynamic`].
#[derive(Clone, Debug)]
pub struct ConfigDynamicHandle {
    pub(crate) client: Client,
    config_class: String,
    object_type: String,
    id: String,
}

impl ConfigDynamicHandle {
    pub(crate) fn new(
        client: Client,
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

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `configClass` of this handle.
    #[inline]
    pub fn config_class(&self) -> &str {
        &self.config_class
    }

    /// Returns the `objectType` of this handle.
    #[inline]
    pub fn object_type(&self) -> &str {
        &self.object_type
    }

    /// Returns the `id` of this handle.
    #[inline]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Reads one configuration object as a list of attributes and values.
    ///
    /// `GET /asterisk/config/dynamic/{configClass}/{objectType}/{id}`: see [`GetObject`].
    #[inline]
    pub fn get_object(&self) -> GetObject<Client> {
        GetObject::on(
            self.client.clone(),
            self.config_class.clone(),
            self.object_type.clone(),
            self.id.clone(),
        )
    }

    /// Creates a configuration object, or changes the named attributes of one that exists.
    ///
    /// `PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}`: see [`UpdateObject`].
    #[inline]
    pub fn update_object(&self) -> UpdateObject<Client> {
        UpdateObject::on(
            self.client.clone(),
            self.config_class.clone(),
            self.object_type.clone(),
            self.id.clone(),
        )
    }

    /// Removes a configuration object from the backend that holds it.
    ///
    /// `DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}`: see [`DeleteObject`].
    #[inline]
    pub fn delete_object(&self) -> DeleteObject<Client> {
        DeleteObject::on(
            self.client.clone(),
            self.config_class.clone(),
            self.object_type.clone(),
            self.id.clone(),
        )
    }
}

/// A module, identified by its `moduleName`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::module`].
#[derive(Clone, Debug)]
pub struct ModuleHandle {
    pub(crate) client: Client,
    module_name: String,
}

impl ModuleHandle {
    pub(crate) fn new(client: Client, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `moduleName` of this handle.
    #[inline]
    pub fn module_name(&self) -> &str {
        &self.module_name
    }

    /// Returns one loaded module: description, use count, state and support level.
    ///
    /// `GET /asterisk/modules/{moduleName}`: see [`GetModule`].
    #[inline]
    pub fn get_module(&self) -> GetModule<Client> {
        GetModule::on(self.client.clone(), self.module_name.clone())
    }

    /// Loads a module from Asterisk's module directory.
    ///
    /// `POST /asterisk/modules/{moduleName}`: see [`LoadModule`].
    #[inline]
    pub fn load_module(&self) -> LoadModule<Client> {
        LoadModule::on(self.client.clone(), self.module_name.clone())
    }

    /// Stops a module and removes it from memory.
    ///
    /// `DELETE /asterisk/modules/{moduleName}`: see [`UnloadModule`].
    #[inline]
    pub fn unload_module(&self) -> UnloadModule<Client> {
        UnloadModule::on(self.client.clone(), self.module_name.clone())
    }

    /// Makes a module read its configuration again, without interrupting calls.
    ///
    /// `PUT /asterisk/modules/{moduleName}`: see [`ReloadModule`].
    #[inline]
    pub fn reload_module(&self) -> ReloadModule<Client> {
        ReloadModule::on(self.client.clone(), self.module_name.clone())
    }
}

impl models::Module {
    /// Returns the handle of this module, for its operations and events, as [`Client::module`] does
    /// for its `name`.
    #[inline]
    pub fn handle(&self, client: &Client) -> ModuleHandle {
        ModuleHandle::new(client.clone(), &self.name)
    }
}

/// A log channel, identified by its `logChannelName`. A handle does nothing until one of its
/// operations is awaited.
///
/// Returned by [`Client::log_channel`].
#[derive(Clone, Debug)]
pub struct LogChannelHandle {
    pub(crate) client: Client,
    log_channel_name: String,
}

impl LogChannelHandle {
    pub(crate) fn new(client: Client, log_channel_name: impl Into<String>) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `logChannelName` of this handle.
    #[inline]
    pub fn log_channel_name(&self) -> &str {
        &self.log_channel_name
    }

    /// Opens a further log destination until it is deleted or Asterisk restarts.
    ///
    /// `POST /asterisk/logging/{logChannelName}`: see [`AddLog`].
    #[inline]
    pub fn add_log(&self, configuration: impl Into<String>) -> AddLog<Client> {
        AddLog::on(self.client.clone(), self.log_channel_name.clone(), configuration)
    }

    /// Closes a log destination that was added while Asterisk runs.
    ///
    /// `DELETE /asterisk/logging/{logChannelName}`: see [`DeleteLog`].
    #[inline]
    pub fn delete_log(&self) -> DeleteLog<Client> {
        DeleteLog::on(self.client.clone(), self.log_channel_name.clone())
    }

    /// Rotates one log file: the current file is renamed and a new one begun.
    ///
    /// `PUT /asterisk/logging/{logChannelName}/rotate`: see [`RotateLog`].
    #[inline]
    pub fn rotate_log(&self) -> RotateLog<Client> {
        RotateLog::on(self.client.clone(), self.log_channel_name.clone())
    }
}

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
    config_class: String,
    object_type: String,
    id: String,
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
    pub(super) fn on(
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
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("configClass", &self.config_class);
        encoder.path_param("objectType", &self.object_type);
        encoder.path_param("id", &self.id);
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
    config_class: String,
    object_type: String,
    id: String,
    fields: Option<Vec<(String, String)>>,
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
    pub(super) fn on(
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

    /// Attributes to set. On the wire the list is wrapped:
    /// `{"fields":[{"attribute":"direct_media","value":"no"}]}`. Every value is a string, numbers
    /// and booleans included. May be left out only when the object is to be created with defaults.
    pub fn fields(
        mut self,
        fields: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>,
    ) -> Self {
        self.fields = Some(
            fields.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
        );
        self
    }
}

impl<C> runtime::ToRequest for UpdateObject<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::UPDATE_OBJECT;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("configClass", &self.config_class);
        encoder.path_param("objectType", &self.object_type);
        encoder.path_param("id", &self.id);
        encoder.attribute_list("fields", self.fields.as_ref());
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
    config_class: String,
    object_type: String,
    id: String,
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
    pub(super) fn on(
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
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("configClass", &self.config_class);
        encoder.path_param("objectType", &self.object_type);
        encoder.path_param("id", &self.id);
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

/// Returns the release, the build, the main limits and the start time of the server.
///
/// `GET /asterisk/info`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetInfo<C = ()> {
    pub(crate) client: C,
    only: Option<Vec<GetInfoOnly>>,
}

impl GetInfo {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> GetInfo<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client, only: None }
    }

    /// Sections to return; all four when omitted. An unknown name is skipped with a warning in
    /// Asterisk's log, so a request for nothing but unknown names is answered with an empty object.
    pub fn only<M1>(mut self, only: impl runtime::OneOrMany<GetInfoOnly, M1>) -> Self {
        self.only = Some(runtime::OneOrMany::into_list(only));
        self
    }
}

impl Default for GetInfo {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for GetInfo<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::GET_INFO;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("only", &self.only);
    }
}

impl<C> runtime::TypedRequest for GetInfo<C> {
    type Output = models::AsteriskInfo;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetInfo<Client> {
    type Output = Result<models::AsteriskInfo, Error>;
    type IntoFuture = runtime::ResponseFuture<models::AsteriskInfo>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Checks that the server answers, and returns its entity id and clock.
///
/// It touches no channel and never waits behind media. Over REST-over-WebSocket it still waits for
/// earlier requests of the same socket, since those are answered strictly in order.
///
/// `GET /asterisk/ping`
///
/// Available in Asterisk 13.25.0, 16.2.0 and later.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Ping<C = ()> {
    pub(crate) client: C,
}

impl Ping {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> Ping<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for Ping {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for Ping<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::PING;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for Ping<C> {
    type Output = models::AsteriskPing;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Ping<Client> {
    type Output = Result<models::AsteriskPing, Error>;
    type IntoFuture = runtime::ResponseFuture<models::AsteriskPing>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Lists the modules that are loaded, sorted by name.
///
/// A loaded module need not be running: see its `status`.
///
/// `GET /asterisk/modules`
///
/// Available in Asterisk 13.5.0 and later.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListModules<C = ()> {
    pub(crate) client: C,
}

impl ListModules {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> ListModules<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for ListModules {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for ListModules<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::LIST_MODULES;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for ListModules<C> {
    type Output = Vec<models::Module>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListModules<Client> {
    type Output = Result<Vec<models::Module>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Module>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

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
    module_name: String,
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
    pub(super) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::GET_MODULE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("moduleName", &self.module_name);
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
    module_name: String,
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
    pub(super) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for LoadModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::LOAD_MODULE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("moduleName", &self.module_name);
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

/// Stops a module and removes it from memory.
///
/// A module in use is kept, so one that serves a call cannot be pulled away. Unloading what ARI
/// itself stands on takes this interface away from the application that asked.
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
    module_name: String,
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
    pub(super) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for UnloadModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::UNLOAD_MODULE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("moduleName", &self.module_name);
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

/// Makes a module read its configuration again, without interrupting calls.
///
/// Success is 204, or 202 when the reload was only queued because Asterisk is still starting.
/// Neither proves that the new configuration is in force: many modules keep the old one when a file
/// is faulty, which only Asterisk's log reports.
///
/// `PUT /asterisk/modules/{moduleName}`
///
/// Available in Asterisk 13.5.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No module of this name is loaded. Compare with `listModules`.
/// - 409: Another reload is running, the module has not been initialised, it reported an error, or
///   it cannot be reloaded. Only the first resolves itself.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ReloadModule<C = ()> {
    pub(crate) client: C,
    module_name: String,
}

impl ReloadModule {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `module_name`: File name of the module, such as `app_dial.so`. Loading, unloading and
    ///   reloading also accept it without `.so`; `getModule` does not.
    #[inline]
    pub fn new(module_name: impl Into<String>) -> Self {
        Self::on((), module_name)
    }
}

impl<C> ReloadModule<C> {
    pub(super) fn on(client: C, module_name: impl Into<String>) -> Self {
        Self {
            client,
            module_name: module_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for ReloadModule<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::RELOAD_MODULE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("moduleName", &self.module_name);
    }
}

impl<C> runtime::TypedRequest for ReloadModule<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ReloadModule<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Lists the destinations Asterisk logs to, with their levels.
///
/// `GET /asterisk/logging`
///
/// Available in Asterisk 13.6.0 and later.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ListLogChannels<C = ()> {
    pub(crate) client: C,
}

impl ListLogChannels {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> ListLogChannels<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for ListLogChannels {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for ListLogChannels<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::LIST_LOG_CHANNELS;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for ListLogChannels<C> {
    type Output = Vec<models::LogChannel>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ListLogChannels<Client> {
    type Output = Result<Vec<models::LogChannel>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::LogChannel>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Opens a further log destination until it is deleted or Asterisk restarts.
///
/// A level that Asterisk does not know is silently left out. If the file cannot be opened, or the
/// syslog facility is unknown, the answer is 500.
///
/// `POST /asterisk/logging/{logChannelName}`
///
/// Available in Asterisk 13.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `configuration` is missing or empty.
/// - 409: A log channel of this name exists already, from `logger.conf` or from an earlier request.
///   Delete it first to change its levels.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct AddLog<C = ()> {
    pub(crate) client: C,
    log_channel_name: String,
    configuration: String,
}

impl AddLog {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `log_channel_name`: Name as in `logger.conf`: a file name, relative to Asterisk's log
    ///   directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such
    ///   as `syslog.local0`.
    /// - `configuration`: Levels to log, comma-separated, in the notation of `logger.conf`:
    ///   `error,warning,notice`, also `verbose`, `debug`, `dtmf`, and `*` for all.
    #[inline]
    pub fn new(
        log_channel_name: impl Into<String>,
        configuration: impl Into<String>,
    ) -> Self {
        Self::on((), log_channel_name, configuration)
    }
}

impl<C> AddLog<C> {
    pub(super) fn on(
        client: C,
        log_channel_name: impl Into<String>,
        configuration: impl Into<String>,
    ) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
            configuration: configuration.into(),
        }
    }
}

impl<C> runtime::ToRequest for AddLog<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::ADD_LOG;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("logChannelName", &self.log_channel_name);
        encoder.query_param("configuration", &self.configuration);
    }
}

impl<C> runtime::TypedRequest for AddLog<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for AddLog<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Closes a log destination that was added while Asterisk runs.
///
/// The file itself stays on disk.
///
/// `DELETE /asterisk/logging/{logChannelName}`
///
/// Available in Asterisk 13.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No log channel of this name was added while Asterisk runs. Current releases refuse in the
///   same way to remove one that comes from `logger.conf`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct DeleteLog<C = ()> {
    pub(crate) client: C,
    log_channel_name: String,
}

impl DeleteLog {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `log_channel_name`: Name as in `logger.conf`: a file name, relative to Asterisk's log
    ///   directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such
    ///   as `syslog.local0`.
    #[inline]
    pub fn new(log_channel_name: impl Into<String>) -> Self {
        Self::on((), log_channel_name)
    }
}

impl<C> DeleteLog<C> {
    pub(super) fn on(client: C, log_channel_name: impl Into<String>) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for DeleteLog<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::DELETE_LOG;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("logChannelName", &self.log_channel_name);
    }
}

impl<C> runtime::TypedRequest for DeleteLog<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for DeleteLog<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Rotates one log file: the current file is renamed and a new one begun.
///
/// The setting `rotatestrategy` in `logger.conf` determines the names of old files. Disabled log
/// channels are enabled again on the way. A log channel that was added while Asterisk runs is
/// removed when it is rotated.
///
/// `PUT /asterisk/logging/{logChannelName}/rotate`
///
/// Available in Asterisk 13.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No log file of this name is open. The console and syslog cannot be rotated and end here
///   too.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RotateLog<C = ()> {
    pub(crate) client: C,
    log_channel_name: String,
}

impl RotateLog {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `log_channel_name`: Name as in `logger.conf`: a file name, relative to Asterisk's log
    ///   directory unless it begins with `/`; `console`; or `syslog.` followed by a facility, such
    ///   as `syslog.local0`.
    #[inline]
    pub fn new(log_channel_name: impl Into<String>) -> Self {
        Self::on((), log_channel_name)
    }
}

impl<C> RotateLog<C> {
    pub(super) fn on(client: C, log_channel_name: impl Into<String>) -> Self {
        Self {
            client,
            log_channel_name: log_channel_name.into(),
        }
    }
}

impl<C> runtime::ToRequest for RotateLog<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::ROTATE_LOG;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("logChannelName", &self.log_channel_name);
    }
}

impl<C> runtime::TypedRequest for RotateLog<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for RotateLog<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

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
    variable: String,
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
    pub(super) fn on(client: C, variable: impl Into<String>) -> Self {
        Self {
            client,
            variable: variable.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetGlobalVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::GET_GLOBAL_VAR;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("variable", &self.variable);
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
    variable: String,
    value: Option<String>,
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
    pub(super) fn on(client: C, variable: impl Into<String>) -> Self {
        Self {
            client,
            variable: variable.into(),
            value: None,
        }
    }

    /// New value. Leaving it out removes the variable. In a JSON body it must be a string; any
    /// other type sets an empty value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }
}

impl<C> runtime::ToRequest for SetGlobalVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::asterisk::SET_GLOBAL_VAR;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("variable", &self.variable);
        encoder.query_param("value", &self.value);
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

/// Values of `only`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GetInfoOnly {
    /// Compilation of the running binary.
    Build,
    /// Release and entity id.
    System,
    /// Name, default language and limits from `asterisk.conf`.
    Config,
    /// Times of start and last reload.
    Status,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    GetInfoOnly,
    Build = "build",
    System = "system",
    Config = "config",
    Status = "status",
);
