//! Errors of requests over HTTP, which name the server.

use hyper::HeaderMap;
use hyper::header::LOCATION;

use crate::error::connection::ConnectionError;
use crate::error::types::{Error, TransportError};
use crate::schema::operation::Operation;
use crate::transport::http::address::Address;

/// Returns the address that a response redirects to, without the parts that may be secret: user,
/// password and query.
pub(crate) fn redirect_target(headers: &HeaderMap) -> Option<String> {
    let location = headers.get(LOCATION)?.to_str().ok()?;
    let location = location.split(['?', '#']).next()?;
    Some(match location.split_once("://") {
        None => location.to_owned(),
        Some((scheme, rest)) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let host = authority.rsplit('@').next().unwrap_or(authority);
            format!("{scheme}://{host}{path}")
        }
    })
}

pub(super) fn not_sent(
    operation: &'static Operation,
    address: &Address,
    source: impl Into<TransportError>,
) -> Error {
    let source = ConnectionError::new(address.url(), source.into());
    Error::NotSent {
        operation,
        source: source.into(),
    }
}

pub(super) fn outcome_unknown(
    operation: &'static Operation,
    address: &Address,
    source: impl Into<TransportError>,
) -> Error {
    let source = ConnectionError::new(address.url(), source.into());
    Error::OutcomeUnknown {
        operation,
        source: source.into(),
    }
}
