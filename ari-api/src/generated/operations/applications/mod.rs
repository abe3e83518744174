// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `applications`, as data.

mod list;
mod get;
mod subscribe;
mod unsubscribe;
mod filter;
pub use self::list::LIST;
pub use self::get::GET;
pub use self::subscribe::SUBSCRIBE;
pub use self::unsubscribe::UNSUBSCRIBE;
pub use self::filter::FILTER;
