// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `deviceStates`, as data.

mod list;
mod get;
mod update;
mod delete;
pub use self::list::LIST;
pub use self::get::GET;
pub use self::update::UPDATE;
pub use self::delete::DELETE;
