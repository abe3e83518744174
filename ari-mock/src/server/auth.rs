//! Authentication and permissions.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Answer;
use crate::pbx::User;

/// The permissions of a user. On a WebSocket they apply to every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rights {
    read_only: bool,
}

impl Rights {
    pub(crate) fn check(self, method: &str) -> Result<(), Answer> {
        match self.read_only && !matches!(method, "GET" | "OPTIONS") {
            true => Err(Answer::refused(403, "Write access denied")),
            false => Ok(()),
        }
    }
}

/// Authenticates a user by the Authorization header or, if that is not Basic authentication, by
/// `api_key`. The error is the response to the client.
pub(crate) fn check(
    users: &[User],
    header: Option<&str>,
    query: &[(String, String)],
) -> Result<Rights, Answer> {
    let basic = header
        .and_then(|header| header.strip_prefix("Basic "))
        .and_then(|encoded| STANDARD.decode(encoded.trim()).ok())
        .and_then(|bytes| String::from_utf8(bytes).ok());
    let key = || {
        let mut keys = query.iter().filter(|(name, _)| name == "api_key");
        keys.next_back().map(|(_, value)| value.clone())
    };
    let given = basic.or_else(key).unwrap_or_default();
    let (name, password) = given.split_once(':').unwrap_or((&given, ""));
    let user = users
        .iter()
        .find(|user| user.name == name && user.password == password);
    match user {
        None => Err(Answer::refused(401, "Authentication required").header(
            "WWW-Authenticate",
            "Basic realm=\"Asterisk REST Interface\"",
        )),
        Some(user) => Ok(Rights {
            read_only: user.read_only,
        }),
    }
}
