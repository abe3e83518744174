//! The login to NATS: addresses without passwords, and hints for refused logins.

use std::path::Path;

use async_nats::{ConnectError, ConnectErrorKind};
use percent_encoding::percent_decode_str;

/// Addresses, and the user and password, or the token, that one of them contains.
#[derive(PartialEq, Eq)]
pub(crate) struct Addresses {
    /// They contain no secret, so that NATS's client can log them.
    pub(crate) servers: Vec<String>,
    pub(crate) user: Option<(String, String)>,
    pub(crate) token: Option<String>,
}

impl Addresses {
    /// Reads addresses separated by commas. A comma in a password is written `%2C`.
    pub(crate) fn parse(text: &str) -> Self {
        let mut addresses = Addresses {
            servers: Vec::new(),
            user: None,
            token: None,
        };
        for server in text.split(',').map(str::trim) {
            let (scheme, rest) = match server.split_once("://") {
                Some((scheme, rest)) => (Some(scheme), rest),
                None => (None, server),
            };
            let (login, host) = match rest.rsplit_once('@') {
                Some((login, host)) => (Some(login), host),
                None => (None, rest),
            };
            let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            match login.map(|login| login.split_once(':').ok_or(login)) {
                Some(Ok((user, password))) => {
                    let user = (decode(user), decode(password));
                    addresses.user.get_or_insert(user);
                }
                Some(Err(token)) => {
                    addresses.token.get_or_insert(decode(token));
                }
                None => {}
            }
            addresses.servers.push(match scheme {
                Some(scheme) => format!("{scheme}://{host}"),
                None => host.to_owned(),
            });
        }
        addresses
    }
}

/// Returns addresses without the secrets that they may contain.
pub(crate) fn without_secrets(text: &str) -> String {
    let is_address = |server: &str| server.parse::<async_nats::ServerAddr>().is_ok();
    let servers = Addresses::parse(text).servers.into_iter();
    // A part that is not an address may be a part of a password.
    let servers = servers.map(|server| match is_address(&server) {
        true => server,
        false => "(not an address)".to_owned(),
    });
    servers.collect::<Vec<_>>().join(",")
}

/// Returns the cause of a failed connection, and a hint.
pub(crate) fn describe(error: &ConnectError) -> String {
    let hint = match error.kind() {
        ConnectErrorKind::AuthorizationViolation => {
            "NATS refuses the login: check the user and password, the token or the credentials file, \
             and that the server has this user"
        }
        ConnectErrorKind::Authentication => {
            "the login cannot be signed: check the seed in the credentials file"
        }
        ConnectErrorKind::ServerParse => {
            "an address is written nats://HOST:PORT, several are separated by commas; in a user name, \
             a password or a token, write each of @ : / , and % in its form with %"
        }
        ConnectErrorKind::Tls => {
            "the server's certificate is not trusted, or the server has no TLS: check the file of the \
             certificate authority and the server's name in the certificate"
        }
        ConnectErrorKind::Dns => "check the name of the host",
        ConnectErrorKind::Io | ConnectErrorKind::TimedOut => {
            "check that a NATS server runs at this address and port, and that it has TLS if TLS is \
             required"
        }
        _ => return error.to_string(),
    };
    match error.kind() {
        // The cause may contain the address.
        ConnectErrorKind::ServerParse => hint.to_owned(),
        _ => format!("{error}: {hint}"),
    }
}

/// Returns true if the cause of a failed connection may pass by itself.
pub(crate) fn may_pass(error: &ConnectError) -> bool {
    use ConnectErrorKind::{Dns, Io, TimedOut};
    matches!(error.kind(), Dns | Io | TimedOut)
}

/// Checks that a file has certificates in PEM.
pub(crate) fn check_certificates(path: &Path) -> std::io::Result<()> {
    let text = std::fs::read(path)?;
    let begin = b"-----BEGIN CERTIFICATE-----";
    match text.windows(begin.len()).any(|part| part == begin) {
        true => Ok(()),
        false => Err(std::io::Error::other("it has no certificate in PEM")),
    }
}

/// Returns true if a prefix of subjects is made of words with a dot between each two.
pub(crate) fn is_prefix(text: &str) -> bool {
    let is_forbidden = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '*' | '>');
    let mut tokens = text.split('.');
    tokens.all(|token| !token.is_empty() && !token.contains(is_forbidden))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_leave_the_addresses() {
        for (text, servers, user, token) in [
            (
                "nats://a:secret@n1:4222, n2",
                "nats://n1:4222,n2",
                Some(("a", "secret")),
                None,
            ),
            ("user:secret@n1", "n1", Some(("user", "secret")), None),
            (
                "tls://a:se%2Cret%40@n1",
                "tls://n1",
                Some(("a", "se,ret@")),
                None,
            ),
            ("nats://secret@n1", "nats://n1", None, Some("secret")),
            ("nats://n1", "nats://n1", None, None),
        ] {
            let addresses = Addresses::parse(text);
            assert_eq!(without_secrets(text), servers);
            let user = user.map(|(name, password)| (name.to_owned(), password.to_owned()));
            assert!(addresses.user == user, "{text}");
            assert!(addresses.token.as_deref() == token, "{text}");
        }
        assert!(!without_secrets("nats://a:sec,ret@n1").contains("sec"));
    }

    #[test]
    fn prefixes_have_no_wildcards_and_no_empty_words() {
        for (text, expected) in [
            ("_INBOX.worker", true),
            ("", false),
            ("a.", false),
            ("a b", false),
            ("a.*", false),
            (">", false),
        ] {
            assert_eq!(is_prefix(text), expected, "{text:?}");
        }
    }
}
