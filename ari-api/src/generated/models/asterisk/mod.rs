// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `asterisk`.

pub(super) mod build_info;
pub(super) mod system_info;
pub(super) mod set_id;
pub(super) mod config_info;
pub(super) mod status_info;
pub(super) mod asterisk_info;
pub(super) mod asterisk_ping;
pub(super) mod module;
pub(super) mod log_channel;
pub(super) mod variable;
pub(super) mod variables;
pub(super) mod config_tuple;
pub use self::build_info::BuildInfo;
pub use self::system_info::SystemInfo;
pub use self::set_id::SetId;
pub use self::config_info::ConfigInfo;
pub use self::status_info::StatusInfo;
pub use self::asterisk_info::AsteriskInfo;
pub use self::asterisk_ping::AsteriskPing;
pub use self::module::Module;
pub use self::log_channel::LogChannel;
pub use self::variable::Variable;
pub use self::variables::Variables;
pub use self::config_tuple::ConfigTuple;
