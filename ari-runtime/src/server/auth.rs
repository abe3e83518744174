//! Basic authentication of incoming connections.

use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::client::credentials::Credentials;
use crate::error::types::Error;

pub(super) struct Authenticator {
    /// The users, each with its token: the text after `Basic` in the header. It is as secret as the
    /// password, and zeroed on drop as well.
    users: Vec<(String, Zeroizing<String>)>,
    allows_anonymous: bool,
}

impl Authenticator {
    pub(super) fn new(credentials: &[Credentials], anyone: bool) -> Result<Self, Error> {
        if credentials.is_empty() && !anyone {
            return Err(Error::InvalidConfig(
                "a server needs to know whom to admit: set `credentials`, or say \
                 `without_credentials`"
                    .into(),
            ));
        }
        let mut users = Vec::new();
        for known in credentials {
            users.push((known.user().to_owned(), known.token()?));
        }
        Ok(Authenticator {
            users,
            allows_anonymous: anyone,
        })
    }

    /// Returns the authenticated user. The outer `None` means that the connection is not admitted.
    /// The inner `None` means that it is admitted without a known user.
    ///
    /// The duration of the comparison depends only on the length of the tokens.
    pub(super) fn authenticate(&self, authorization: Option<&[u8]>) -> Option<Option<&str>> {
        let given = authorization.and_then(basic_token).unwrap_or_default();
        let mut found = None;
        for (user, token) in &self.users {
            if bool::from(token.as_bytes().ct_eq(given)) {
                found = Some(user.as_str());
            }
        }
        (found.is_some() || self.allows_anonymous).then_some(found)
    }
}

/// Returns the text after `Basic`.
fn basic_token(authorization: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = authorization.split_at_checked(6)?;
    scheme
        .eq_ignore_ascii_case(b"Basic ")
        .then(|| rest.trim_ascii())
}
