//! The header of Basic authentication, for servers and proxies.

use bytes::Bytes;
use hyper::header::HeaderValue;
use zeroize::Zeroizing;

use crate::client::credentials::Credentials;
use crate::error::types::Error;

/// Returns the header of Basic authentication. Its memory, and that of all intermediate values, is
/// zeroed when it is dropped.
pub(super) fn basic(credentials: &Credentials) -> Result<HeaderValue, Error> {
    let token = credentials.token()?;
    let mut text = Zeroizing::new(String::with_capacity("Basic ".len() + token.len()));
    text.push_str("Basic ");
    text.push_str(&token);
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(Secret(text)))
        .map_err(|_| Error::InvalidConfig("the credentials do not fit a header".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

/// The secret that all clones of the header share.
struct Secret(Zeroizing<String>);

impl AsRef<[u8]> for Secret {
    fn as_ref(&self) -> &[u8] {
        self.0.as_bytes()
    }
}
