// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The prompts installed on the server, with the languages and formats each is available in. Play
//! one with `sound:` and its id.

mod resource;
mod list;
mod get;
pub use self::resource::Sounds;
pub use self::list::List;
pub use self::get::Get;
