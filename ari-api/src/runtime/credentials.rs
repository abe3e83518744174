//! The user and password of an ARI connection.

use std::fmt;

#[cfg(feature = "client")]
use base64::Engine as _;
use zeroize::Zeroizing;

#[cfg(feature = "client")]
use super::Error;

/// Name and password of a user of `ari.conf`. The password is not shown by `Debug`, and travels
/// only in the `Authorization` header.
///
/// The memory that holds the password, and the header made of it, is overwritten when the last
/// client that uses it is dropped. Out of reach are the application's own copy, a `String` that was
/// moved here with room to spare and had grown before, the buffers that requests are written from
/// (those of HTTP, WebSocket, TLS and the kernel), and what was swapped out.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    user: String,
    password: Zeroizing<String>,
}

impl Credentials {
    /// A user and its password.
    pub fn new(user: impl Into<String>, password: impl Into<String>) -> Self {
        Credentials {
            user: user.into(),
            password: Zeroizing::new(password.into()),
        }
    }

    /// The name of the user.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// What stands behind `Basic` in the `Authorization` header. Refuses what Asterisk cannot read:
    /// a colon in the name, or more than 254 bytes in all.
    #[cfg(feature = "client")]
    pub(crate) fn token(&self) -> Result<Zeroizing<String>, Error> {
        if self.user.is_empty() || self.user.contains(':') {
            // The password may have been put behind it.
            return Err(Error::Configuration(
                "the user name is empty or holds a colon, which HTTP cannot carry: give name and \
                 password apart"
                    .into(),
            ));
        }
        let length = self.user.len() + 1 + self.password.len();
        if length > 255 {
            return Err(Error::Configuration(
                "user name and password are longer than the 254 bytes that Asterisk reads".into(),
            ));
        }
        // Both with their room at once, as a text that grows leaves copies behind.
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
        // A password may have been put behind it by mistake.
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
