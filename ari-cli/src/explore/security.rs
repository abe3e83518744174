//! Protection of the page against other web pages and other programs.
//!
//! Only clients that know the token can use `/api/`. A web page of another site cannot learn it, and
//! its requests are refused: its `Host` is foreign after DNS rebinding, and its `Origin` and
//! `Sec-Fetch-Site` are foreign otherwise.

use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};
use hyper::http::request::Parts;
use hyper::{Method, StatusCode};
use subtle::ConstantTimeEq as _;

use super::reply::ApiError;
use crate::error::CliError;

/// The header in which the page sends the token.
pub(super) const TOKEN_HEADER: HeaderName = HeaderName::from_static("x-ari-explore-token");

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Headers of all responses. There are none of CORS.
const HEADERS: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-store"),
];

/// Adds the headers of all responses.
pub(super) fn add_headers(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers.insert(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        );
    }
}

/// The token and the addresses of the page.
pub(super) struct Security {
    /// 128 random bits in hexadecimal.
    token: String,
    /// The permitted values of `Host`.
    hosts: Vec<String>,
}

impl Security {
    /// Returns a new token for a page on a port.
    pub(super) fn new(port: u16) -> Result<Self, CliError> {
        let mut bits = [0; 16];
        getrandom::fill(&mut bits).map_err(|error| {
            CliError::other(format!("the operating system has no random bits: {error}"))
        })?;
        let names = ["127.0.0.1", "localhost"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.map(str::to_owned));
        }
        Ok(Security {
            token: bits.iter().map(|byte| format!("{byte:02x}")).collect(),
            hosts,
        })
    }

    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// Refuses requests that do not come from the page itself, or from the address bar.
    pub(super) fn check_origin(&self, head: &Parts) -> Result<(), ApiError> {
        let is_own = |host: &str| self.hosts.iter().any(|own| own == host);
        // A proxy's form of the target can name another host than `Host`.
        let is_absolute = head.uri.authority().is_some();
        match single(&head.headers, &HOST) {
            Ok(Some(host)) if is_own(host) && !is_absolute => {}
            _ => {
                return Err(ApiError::new(
                    StatusCode::MISDIRECTED_REQUEST,
                    "this is not the address of the page: open the URL that `ari explore` printed",
                ));
            }
        }
        let origin = single(&head.headers, &ORIGIN);
        let is_same = |origin: &str| origin.strip_prefix("http://").is_some_and(is_own);
        let site = single(&head.headers, &SEC_FETCH_SITE);
        let from_page = matches!(origin, Ok(origin) if origin.is_none_or(is_same))
            && matches!(site, Ok(None | Some("same-origin" | "none")));
        if !from_page {
            return Err(ApiError::new(
                StatusCode::FORBIDDEN,
                "requests of other web pages are refused: enter the URL that `ari explore` printed \
                 into the address bar",
            ));
        }
        match head.method {
            Method::OPTIONS => Err(ApiError::method_not_allowed("GET, POST, PUT, DELETE")),
            _ => Ok(()),
        }
    }

    /// Refuses requests without the token.
    pub(super) fn check_token(&self, headers: &HeaderMap) -> Result<(), ApiError> {
        let given = headers.get(TOKEN_HEADER).map(HeaderValue::as_bytes);
        let is_right = given.is_some_and(|given| given.ct_eq(self.token.as_bytes()).into());
        match is_right {
            true => Ok(()),
            false => Err(ApiError::new(
                StatusCode::UNAUTHORIZED,
                "the token is missing or wrong, perhaps because `ari explore` was started again: \
                 open the URL that it printed last",
            )),
        }
    }
}

/// Returns the value of a header that a request has once or not. Fails if it has several, or one
/// that is not text.
fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(drop),
        _ => Err(()),
    }
}
