// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `playbacks`, as data.

mod get;
mod stop;
mod control;
pub use self::get::GET;
pub use self::stop::STOP;
pub use self::control::CONTROL;
