// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `bridges`, as data.

mod list;
mod create;
mod create_with_id;
mod get;
mod destroy;
mod get_bridge_var;
mod set_bridge_var;
mod get_bridge_vars;
mod set_bridge_vars;
mod add_channel;
mod remove_channel;
mod set_video_source;
mod clear_video_source;
mod start_moh;
mod stop_moh;
mod play;
mod play_with_id;
mod record;
pub use self::list::LIST;
pub use self::create::CREATE;
pub use self::create_with_id::CREATE_WITH_ID;
pub use self::get::GET;
pub use self::destroy::DESTROY;
pub use self::get_bridge_var::GET_BRIDGE_VAR;
pub use self::set_bridge_var::SET_BRIDGE_VAR;
pub use self::get_bridge_vars::GET_BRIDGE_VARS;
pub use self::set_bridge_vars::SET_BRIDGE_VARS;
pub use self::add_channel::ADD_CHANNEL;
pub use self::remove_channel::REMOVE_CHANNEL;
pub use self::set_video_source::SET_VIDEO_SOURCE;
pub use self::clear_video_source::CLEAR_VIDEO_SOURCE;
pub use self::start_moh::START_MOH;
pub use self::stop_moh::STOP_MOH;
pub use self::play::PLAY;
pub use self::play_with_id::PLAY_WITH_ID;
pub use self::record::RECORD;
