// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Recordings come in two kinds: live ones, in progress on a channel or bridge, which can be
//! paused, muted, stopped or canceled; and stored ones, which are the files in Asterisk's recording
//! directory. A recording is started with `record` on a channel or bridge, and is identified by its
//! name in both kinds.
//!
//! Asterisk needs the module `res_stasis_recording` for it.

mod resource;
mod stored_recording_handle;
mod live_recording_handle;
mod list_stored;
mod get_stored;
mod delete_stored;
mod get_stored_file;
mod copy_stored;
mod get_live;
mod cancel;
mod stop;
mod pause;
mod unpause;
mod mute;
mod unmute;
mod stored_recording_operations;
mod live_recording_operations;
pub use self::resource::Recordings;
pub use self::stored_recording_handle::StoredRecordingHandle;
pub use self::live_recording_handle::LiveRecordingHandle;
pub use self::list_stored::ListStored;
pub use self::get_stored::GetStored;
pub use self::delete_stored::DeleteStored;
pub use self::get_stored_file::GetStoredFile;
pub use self::copy_stored::CopyStored;
pub use self::get_live::GetLive;
pub use self::cancel::Cancel;
pub use self::stop::Stop;
pub use self::pause::Pause;
pub use self::unpause::Unpause;
pub use self::mute::Mute;
pub use self::unmute::Unmute;
