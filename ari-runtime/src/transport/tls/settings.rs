//! TLS of the client: trusted roots and the client's own certificate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{
    ClientConfig, Error as RustlsError, InconsistentKeys, RootCertStore, crypto,
};

use crate::error::types::Error;
use crate::transport::tls::named::Verifier;

/// The TLS settings of [`ClientBuilder`](crate::client::builder::ClientBuilder).
#[derive(Clone, Debug, Default)]
pub(crate) struct TlsSettings {
    pub(crate) ca_files: Vec<PathBuf>,
    pub(crate) identity: Option<(PathBuf, PathBuf)>,
    pub(crate) config: Option<Arc<ClientConfig>>,
}

impl TlsSettings {
    /// Returns a configuration that trusts the platform's roots and the named files. Certificates
    /// are always verified.
    pub(crate) fn config(&self) -> Result<Arc<ClientConfig>, Error> {
        if let Some(config) = &self.config {
            return Ok(config.clone());
        }
        let mut roots = RootCertStore::empty();
        let platform = rustls_native_certs::load_native_certs();
        for error in &platform.errors {
            tracing::warn!(%error, "a root certificate of the platform cannot be read");
        }
        roots.add_parsable_certificates(platform.certs);
        let mut named = Vec::new();
        for path in &self.ca_files {
            for certificate in certificates(path)? {
                roots
                    .add(certificate.clone())
                    .map_err(|error| unusable(path, error))?;
                named.push(certificate);
            }
        }
        if roots.is_empty() {
            return Err(Error::InvalidConfig(
                "the platform has no root certificates: name a file with `add_root_certificate`"
                    .into(),
            ));
        }
        let wrong = |problem: &dyn std::fmt::Display| {
            Error::InvalidConfig(format!("TLS cannot be set up: {problem}"))
        };
        let provider = Arc::new(crypto::ring::default_provider());
        let chains = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone());
        let chains = chains.build().map_err(|error| wrong(&error))?;
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong(&error))?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(Verifier { chains, named }));
        let config = match &self.identity {
            None => builder.with_no_client_auth(),
            Some((certificate, key)) => {
                let chain = certificates(certificate)?;
                let config = builder.with_client_auth_cert(chain, private_key(key)?);
                config.map_err(|error| unusable_pair(certificate, key, error))?
            }
        };
        Ok(Arc::new(config))
    }
}

pub(crate) fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, Error> {
    let certificates = CertificateDer::pem_file_iter(path)
        .and_then(|items| items.collect::<Result<Vec<_>, _>>())
        .map_err(|error| unusable(path, error))?;
    if certificates.is_empty() {
        return Err(unusable(path, "it contains no certificate in PEM format"));
    }
    Ok(certificates)
}

/// Reads a private key.
pub(crate) fn private_key(path: &Path) -> Result<PrivateKeyDer<'static>, Error> {
    PrivateKeyDer::from_pem_file(path).map_err(|error| match error {
        pem::Error::NoItemsFound => unusable(
            path,
            "it contains no private key in PEM format, or an encrypted one: decrypt it",
        ),
        error => unusable(path, error),
    })
}

/// Returns the error for a certificate and a key that cannot be used together.
pub(crate) fn unusable_pair(chain: &Path, key: &Path, error: RustlsError) -> Error {
    match error {
        RustlsError::InconsistentKeys(InconsistentKeys::KeyMismatch) => unusable(
            key,
            format_args!("it is not the key of the certificate {}", chain.display()),
        ),
        error => unusable(chain, error),
    }
}

fn unusable(path: &Path, problem: impl std::fmt::Display) -> Error {
    Error::InvalidConfig(format!(
        "{}: cannot be used for TLS: {problem}",
        path.display()
    ))
}
