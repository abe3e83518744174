//! TLS of the client: trusted roots and the client's own certificate.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

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
                let key_bytes = PrivateKeyDer::from_pem_file(key);
                let key_bytes = key_bytes.map_err(|error| unusable(key, error))?;
                let config = builder.with_client_auth_cert(chain, key_bytes);
                config.map_err(|error| unusable(certificate, error))?
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
        return Err(unusable(path, "no certificate in it"));
    }
    Ok(certificates)
}

pub(crate) fn unusable(path: &Path, problem: impl std::fmt::Display) -> Error {
    Error::InvalidConfig(format!(
        "{}: cannot be used for TLS: {problem}",
        path.display()
    ))
}
