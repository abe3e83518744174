//! Workers: the calls that this program serves, on all servers.

mod call;
mod call_transport;
pub(crate) mod member;
mod place;
pub(crate) mod serve;
pub(crate) mod session;
