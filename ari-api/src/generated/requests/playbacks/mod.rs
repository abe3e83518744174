// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! A playback is media being played to a channel or bridge, started there with `play`. Here it can
//! be watched, steered and stopped. A playback ceases to exist when it ends; after that every
//! operation responds with 404.
//!
//! Asterisk needs the module `res_stasis_playback` for it.

mod playback_handle;
mod get;
mod stop;
mod control;
mod control_operation;
mod playback_operations;
pub use self::playback_handle::PlaybackHandle;
pub use self::get::Get;
pub use self::stop::Stop;
pub use self::control::Control;
pub use self::control_operation::ControlOperation;
