//! TLS: the certificate that the server presents.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject as _};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{Error, InconsistentKeys, ServerConfig, crypto};

/// Returns the acceptor for connections, with the certificate chain and the key of two PEM files.
pub(super) fn acceptor((chain, key): &(PathBuf, PathBuf)) -> io::Result<TlsAcceptor> {
    let certificates = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| unusable(chain, &error))?;
    if certificates.is_empty() {
        return Err(unusable(chain, &"it contains no certificate in PEM format"));
    }
    let private_key = PrivateKeyDer::from_pem_file(key).map_err(|error| match error {
        pem::Error::NoItemsFound => unusable(
            key,
            &"it contains no private key in PEM format, or an encrypted one: decrypt it",
        ),
        error => unusable(key, &error),
    })?;
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(certificates, private_key)
        .map_err(|error| match error {
            Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
                let problem = format!("it is not the key of the certificate {}", chain.display());
                unusable(key, &problem)
            }
            error => unusable(chain, &error),
        })?;
    Ok(Arc::new(config).into())
}

fn unusable(file: &Path, error: &dyn Display) -> io::Error {
    let problem = format!("{} cannot be used for TLS: {error}", file.display());
    io::Error::new(io::ErrorKind::InvalidData, problem)
}
