// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Operations of the resource `endpoints`, as data.

mod list;
mod send_message;
mod refer;
mod list_by_tech;
mod get;
mod send_message_to_endpoint;
mod refer_to_endpoint;
pub use self::list::LIST;
pub use self::send_message::SEND_MESSAGE;
pub use self::refer::REFER;
pub use self::list_by_tech::LIST_BY_TECH;
pub use self::get::GET;
pub use self::send_message_to_endpoint::SEND_MESSAGE_TO_ENDPOINT;
pub use self::refer_to_endpoint::REFER_TO_ENDPOINT;
