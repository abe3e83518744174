// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Stasis applications: which are registered, what they are subscribed to, and which event types
//! reach them. An application is registered by connecting to `/events`, not here. It is subscribed
//! by itself to the channels that enter it; everything else needs a subscription or `subscribeAll`.

mod resource;
mod application_handle;
mod list;
mod get;
mod subscribe;
mod unsubscribe;
mod filter;
mod application_operations;
pub use self::resource::Applications;
pub use self::application_handle::ApplicationHandle;
pub use self::list::List;
pub use self::get::Get;
pub use self::subscribe::Subscribe;
pub use self::unsubscribe::Unsubscribe;
pub use self::filter::Filter;
