// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `ModuleHandle`.

use super::{GetModule, LoadModule, ModuleHandle, ReloadModule, UnloadModule};
use crate::Client;

impl ModuleHandle {
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
