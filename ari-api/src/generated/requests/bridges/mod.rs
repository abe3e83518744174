// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Bridges join the media of channels: mixing bridges for two-party calls and conferences, holding
//! bridges for queues and parking. A bridge created here stays, even when empty and when the
//! application disconnects, until it is destroyed or Asterisk stops. Bridges that Asterisk makes by
//! itself, such as those of `Dial` or `ConfBridge`, can be listed and read, but everything else
//! responds with 409 for them.
//!
//! Asterisk needs the modules `res_stasis_recording` and `res_stasis_playback` for it.

mod resource;
mod bridge_handle;
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
mod record_if_exists;
mod record_terminate_on;
mod bridge_operations;
pub use self::resource::Bridges;
pub use self::bridge_handle::BridgeHandle;
pub use self::list::List;
pub use self::create::Create;
pub use self::create_with_id::CreateWithId;
pub use self::get::Get;
pub use self::destroy::Destroy;
pub use self::get_bridge_var::GetBridgeVar;
pub use self::set_bridge_var::SetBridgeVar;
pub use self::get_bridge_vars::GetBridgeVars;
pub use self::set_bridge_vars::SetBridgeVars;
pub use self::add_channel::AddChannel;
pub use self::remove_channel::RemoveChannel;
pub use self::set_video_source::SetVideoSource;
pub use self::clear_video_source::ClearVideoSource;
pub use self::start_moh::StartMoh;
pub use self::stop_moh::StopMoh;
pub use self::play::Play;
pub use self::play_with_id::PlayWithId;
pub use self::record::Record;
pub use self::record_if_exists::RecordIfExists;
pub use self::record_terminate_on::RecordTerminateOn;
