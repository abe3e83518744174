// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `sounds`, as data.

mod list;
mod get;
pub use self::list::LIST;
pub use self::get::GET;
