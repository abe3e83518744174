//! Authentication and permissions.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::model::User;
use crate::rest::Response;

/// The permissions of a user. On a WebSocket they apply to every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Permissions {
    read_only: bool,
}

impl Permissions {
    /// The permissions of a user that is not read-only.
    pub(crate) const ALL: Permissions = Permissions::new(false);

    /// Returns the permissions of a user, or of `local_ari_user` of an outbound WebSocket.
    pub(crate) const fn new(read_only: bool) -> Self {
        Permissions { read_only }
    }

    pub(crate) fn ensure_allowed(self, method: &str) -> Result<(), Response> {
        match self.read_only && !matches!(method, "GET" | "OPTIONS") {
            true => Err(Response::error(403, "Write access denied")),
            false => Ok(()),
        }
    }
}

/// Authenticates a user by the Authorization header or, if that is not Basic authentication, by
/// `api_key`. The error is the response to the client.
pub(crate) fn authenticate(
    users: &[User],
    header: Option<&str>,
    query: &[(String, String)],
) -> Result<Permissions, Response> {
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
        None => Err(Response::error(401, "Authentication required").with_header(
            "WWW-Authenticate",
            "Basic realm=\"Asterisk REST Interface\"",
        )),
        Some(user) => Ok(Permissions::new(user.read_only)),
    }
}
