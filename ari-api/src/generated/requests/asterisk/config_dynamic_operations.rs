// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `ConfigDynamicHandle`.

use super::{ConfigDynamicHandle, DeleteObject, GetObject, UpdateObject};
use crate::Client;

impl ConfigDynamicHandle {
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
