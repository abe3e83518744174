//! What stands between here and the server, recognised by the error that it leads to.

use std::error::Error as StdError;
use std::io;

use ari_api::Error;
use ari_api::runtime::rustls::{self, CertificateError, InvalidMessage};
use tokio::time::error::Elapsed;

/// What is wrong with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// https to a port without TLS.
    NoTls,
    /// http to a port with TLS.
    Tls,
    /// Nobody trusts whoever issued the certificate.
    UnknownIssuer,
    /// The certificate is for another name.
    WrongName,
    /// The certificate is not valid at this time.
    WrongTime,
    /// The certificate is an authority's, such as `openssl req -x509` makes.
    Authority,
    /// Something else about TLS.
    Encryption,
    /// Nobody listens.
    Refused,
    /// No answer came in time.
    Silent,
}

impl Trouble {
    /// What an error is about, where that can be told.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        let mut next: Option<&(dyn StdError + 'static)> = Some(error);
        while let Some(error) = next {
            if let Some(found) = Self::of_one(error) {
                return Some(found);
            }
            next = match error.downcast_ref::<io::Error>() {
                // Its source is not what it holds, but the source of that.
                Some(holder) if holder.get_ref().is_some() => holder
                    .get_ref()
                    .map(|inner| inner as &(dyn StdError + 'static)),
                _ => error.source(),
            };
        }
        None
    }

    fn of_one(error: &(dyn StdError + 'static)) -> Option<Self> {
        if error.is::<Elapsed>() {
            return Some(Trouble::Silent);
        }
        if let Some(error) = error.downcast_ref::<rustls::Error>() {
            return Some(Self::of_tls(error));
        }
        if let Some(error) = error.downcast_ref::<io::Error>() {
            return match error.kind() {
                io::ErrorKind::ConnectionRefused => Some(Trouble::Refused),
                io::ErrorKind::TimedOut => Some(Trouble::Silent),
                _ => None,
            };
        }
        // hyper and tungstenite, which say so of a TLS alert, have types that are not to be had.
        let text = error.to_string();
        text.contains("invalid HTTP version")
            .then_some(Trouble::Tls)
    }

    fn of_tls(error: &rustls::Error) -> Self {
        let rustls::Error::InvalidCertificate(problem) = error else {
            return match error {
                rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType) => Trouble::NoTls,
                _ => Trouble::Encryption,
            };
        };
        match problem {
            // The latter of an authority that has the name of one that is trusted.
            CertificateError::UnknownIssuer | CertificateError::BadSignature => {
                Trouble::UnknownIssuer
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Trouble::WrongName
            }
            CertificateError::Expired
            | CertificateError::ExpiredContext { .. }
            | CertificateError::NotValidYet
            | CertificateError::NotValidYetContext { .. } => Trouble::WrongTime,
            // Of the library below, whose type is not to be had.
            other if format!("{other:?}").contains("CaUsedAsEndEntity") => Trouble::Authority,
            _ => Trouble::Encryption,
        }
    }

    /// What is wrong, in place of the words of libraries; none where those say it.
    pub(crate) fn words(self) -> Option<&'static str> {
        Some(match self {
            Trouble::NoTls => "this port speaks plain HTTP",
            Trouble::Tls => "this port does not speak plain HTTP, but TLS most likely",
            Trouble::UnknownIssuer => "whoever issued the server's certificate is not trusted here",
            Trouble::WrongName => "the server's certificate is for another name",
            Trouble::WrongTime => "the server's certificate has expired, or is not valid yet",
            Trouble::Authority => {
                "the server's certificate is that of an authority (CA:TRUE), which is for issuing \
                 certificates and not for servers"
            }
            Trouble::Encryption => return None,
            Trouble::Silent => "nothing came in time",
            Trouble::Refused => "nobody listens there",
        })
    }

    /// Whether it is about encryption.
    pub(crate) fn is_about_tls(self) -> bool {
        !matches!(self, Trouble::Refused | Trouble::Silent)
    }

    /// What to do here, where there is something.
    pub(crate) fn step(self) -> Option<&'static str> {
        Some(match self {
            Trouble::NoTls => "use http:// in the address, or the port for TLS",
            Trouble::Tls => "use https:// in the address",
            Trouble::UnknownIssuer => {
                "name the authority's certificate by --ca-file, or ca_file in the profile"
            }
            Trouble::WrongName => "write the name that the certificate is for in the address",
            Trouble::WrongTime => "renew it, and check the clocks",
            Trouble::Authority => {
                "make one with basicConstraints=CA:FALSE or by Asterisk's ast_tls_cert, and name \
                 its authority by --ca-file"
            }
            Trouble::Refused => "check the address and that Asterisk runs",
            Trouble::Encryption | Trouble::Silent => return None,
        })
    }

    /// What to change at the server, in which file.
    pub(crate) fn at_server(self) -> &'static str {
        match self {
            Trouble::NoTls => {
                "http.conf: `tlsenable = yes` and `tlsbindaddr` say which port has TLS (8089)."
            }
            Trouble::Tls => "http.conf: `bindport` says which port is without TLS (8088).",
            Trouble::UnknownIssuer | Trouble::WrongName | Trouble::WrongTime => {
                "http.conf: `tlscertfile` and `tlsprivatekey`, for the name in the address."
            }
            Trouble::Authority | Trouble::Encryption => {
                "http.conf: `tlscertfile` and `tlsprivatekey` for the name in the address, \
                 `tlsbindaddr` for its port."
            }
            Trouble::Refused => {
                "http.conf: `enabled = yes`, `bindaddr` and `bindport` (8088), or `tlsenable = \
                 yes`\nand `tlsbindaddr` for https; `http show status` on Asterisk's console \
                 shows what counts."
            }
            Trouble::Silent => {
                "Check the name and port of the address, the network and its firewalls;\nhttp.conf: \
                 `bindaddr`."
            }
        }
    }
}
