// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `recordings`, as data.

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
pub use self::list_stored::LIST_STORED;
pub use self::get_stored::GET_STORED;
pub use self::delete_stored::DELETE_STORED;
pub use self::get_stored_file::GET_STORED_FILE;
pub use self::copy_stored::COPY_STORED;
pub use self::get_live::GET_LIVE;
pub use self::cancel::CANCEL;
pub use self::stop::STOP;
pub use self::pause::PAUSE;
pub use self::unpause::UNPAUSE;
pub use self::mute::MUTE;
pub use self::unmute::UNMUTE;
