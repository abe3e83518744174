//! Requests and responses as the operations see them, independent of HTTP and WebSockets.

mod fault;
mod param_lint;
mod params;
mod request;
mod response;
mod route;

pub(crate) use fault::{Fault, FaultAction};
pub(crate) use params::{
    Params, RequestBody, parse_leading_number, parse_pairs, read_body, split_list,
};
pub use request::Request;
pub(crate) use request::{IncomingRequest, ReceivedRequest};
pub(crate) use response::{Body, DeferredResponse, Response};
pub(crate) use route::{Route, RouteNode};
