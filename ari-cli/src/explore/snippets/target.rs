//! The server that the texts name, and how it is trusted.

use std::path::Path;

/// A server, and the certificate authority that clients must trust to reach it.
#[derive(Clone, Debug)]
pub(in crate::explore) struct Target {
    /// The URL with `/ari` and without credentials.
    pub(super) url: String,
    /// The absolute path of the file with the certificate of the authority. `None` if the platform's
    /// root certificates are enough, or the connection is not encrypted.
    pub(super) ca_file: Option<String>,
}

impl Target {
    /// Returns the server at a URL. A relative path is that of this process, which the shell of the
    /// user may have left.
    pub(in crate::explore) fn new(url: &str, ca_file: Option<&Path>) -> Self {
        let scheme = url.split("://").next().unwrap_or_default();
        let is_encrypted = scheme.eq_ignore_ascii_case("https");
        let ca_file = ca_file.filter(|_| is_encrypted).map(|file| {
            let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
            file.to_string_lossy().into_owned()
        });
        Target {
            url: url.to_owned(),
            ca_file,
        }
    }
}
