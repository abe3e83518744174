// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The server itself: what it is and how long it runs, its loadable modules, its log channels, its
//! global dialplan variables, and configuration objects that can be changed while it runs. `ping`
//! and `getInfo` are the cheapest ways to learn whether a server answers and which release it is.

mod resource;
mod config_dynamic_handle;
mod module_handle;
mod log_channel_handle;
mod get_object;
mod update_object;
mod delete_object;
mod get_info;
mod ping;
mod list_modules;
mod get_module;
mod load_module;
mod unload_module;
mod reload_module;
mod list_log_channels;
mod add_log;
mod delete_log;
mod rotate_log;
mod get_global_var;
mod set_global_var;
mod get_info_only;
mod config_dynamic_operations;
mod module_operations;
mod log_channel_operations;
pub use self::resource::Asterisk;
pub use self::config_dynamic_handle::ConfigDynamicHandle;
pub use self::module_handle::ModuleHandle;
pub use self::log_channel_handle::LogChannelHandle;
pub use self::get_object::GetObject;
pub use self::update_object::UpdateObject;
pub use self::delete_object::DeleteObject;
pub use self::get_info::GetInfo;
pub use self::ping::Ping;
pub use self::list_modules::ListModules;
pub use self::get_module::GetModule;
pub use self::load_module::LoadModule;
pub use self::unload_module::UnloadModule;
pub use self::reload_module::ReloadModule;
pub use self::list_log_channels::ListLogChannels;
pub use self::add_log::AddLog;
pub use self::delete_log::DeleteLog;
pub use self::rotate_log::RotateLog;
pub use self::get_global_var::GetGlobalVar;
pub use self::set_global_var::SetGlobalVar;
pub use self::get_info_only::GetInfoOnly;
