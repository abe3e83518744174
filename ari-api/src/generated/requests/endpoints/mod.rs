// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Endpoints are the devices and trunks that can make or take calls, as configured in their channel
//! driver: `PJSIP/alice`, `IAX2/branch`. This resource returns their state, sends text messages,
//! and refers devices elsewhere outside of a call. It creates no calls; for that see `originate`.

mod resource;
mod endpoint_handle;
mod list;
mod send_message;
mod refer;
mod list_by_tech;
mod get;
mod send_message_to_endpoint;
mod refer_to_endpoint;
mod endpoint_operations;
pub use self::resource::Endpoints;
pub use self::endpoint_handle::EndpointHandle;
pub use self::list::List;
pub use self::send_message::SendMessage;
pub use self::refer::Refer;
pub use self::list_by_tech::ListByTech;
pub use self::get::Get;
pub use self::send_message_to_endpoint::SendMessageToEndpoint;
pub use self::refer_to_endpoint::ReferToEndpoint;
