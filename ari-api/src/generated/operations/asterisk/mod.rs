// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `asterisk`, as data.

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
pub use self::get_object::GET_OBJECT;
pub use self::update_object::UPDATE_OBJECT;
pub use self::delete_object::DELETE_OBJECT;
pub use self::get_info::GET_INFO;
pub use self::ping::PING;
pub use self::list_modules::LIST_MODULES;
pub use self::get_module::GET_MODULE;
pub use self::load_module::LOAD_MODULE;
pub use self::unload_module::UNLOAD_MODULE;
pub use self::reload_module::RELOAD_MODULE;
pub use self::list_log_channels::LIST_LOG_CHANNELS;
pub use self::add_log::ADD_LOG;
pub use self::delete_log::DELETE_LOG;
pub use self::rotate_log::ROTATE_LOG;
pub use self::get_global_var::GET_GLOBAL_VAR;
pub use self::set_global_var::SET_GLOBAL_VAR;
