//! The user and password of an ARI connection.

use std::fmt;

#[cfg(feature = "client")]
use base64::Engine as _;
use zeroize::Zeroizing;

#[cfg(feature = "client")]
use crate::error::types::Error;

/// Name and password of a user of `ari.conf`. `Debug` does not show the password. It is sent only
/// in the `Authorization` header.
///
/// The memory of the password, and of the header that contains it, is zeroed when the last client
/// that uses it is dropped. The following copies cannot be zeroed: the application's own copy, a
/// `String` that was moved here after it had been reallocated, the buffers that requests are
/// written from (those of HTTP, WebSocket, TLS and the kernel), and swapped memory.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    password: Zeroizing<String>,
}

impl Credentials {
    /// Creates credentials from a user and its password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Credentials {
            user: user.into(),
            password: Zeroizing::new(password.into()),
        }
    }

    /// Returns the name of the user.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Returns the text after `Basic` in the `Authorization` header. Fails if Asterisk cannot read
    /// it: if the name has a colon, or if both are longer than 254 bytes in total.
    #[cfg(feature = "client")]
    pub(crate) fn token(&self) -> Result<Zeroizing<String>, Error> {
        if self.user.is_empty() || self.user.contains(':') {
            // The password may have been appended to the name.
            return Err(Error::InvalidConfig(
                "the user name is empty or holds a colon, which HTTP cannot carry: give name and \
                 password apart"
                    .into(),
            ));
        }
        let length = self.user.len() + 1 + self.password.len();
        if length > 255 {
            return Err(Error::InvalidConfig(
                "user name and password are longer than the 254 bytes that Asterisk reads".into(),
            ));
        }
        // Both get their capacity in advance, because a string that grows leaves copies in memory.
        let mut pair = Zeroizing::new(String::with_capacity(length));
        pair.push_str(&self.user);
        pair.push(':');
        pair.push_str(&self.password);
        let mut token = Zeroizing::new(String::with_capacity(length.div_ceil(3) * 4));
        base64::engine::general_purpose::STANDARD.encode_string(pair.as_bytes(), &mut token);
        Ok(token)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A password may have been appended by mistake.
        let user = match self.user.contains(':') {
            true => "…",
            false => &self.user,
        };
        f.debug_struct("Credentials")
            .field("user", &user)
            .field("password", &"…")
            .finish()
    }
}
