//! TLS of the server: the certificate that it presents.

use std::path::PathBuf;
use std::sync::Arc;

use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::error::types::Error;
use crate::transport::tls::settings::{certificates, private_key, unusable_pair};

/// The TLS settings of [`ServerBuilder`](crate::server::builder::ServerBuilder).
#[derive(Default)]
pub(super) struct TlsSettings {
    pub(super) identity: Option<(PathBuf, PathBuf)>,
    pub(super) config: Option<Arc<ServerConfig>>,
}

impl TlsSettings {
    /// Returns the acceptor for TLS connections. `None` if TLS is not configured.
    pub(super) fn acceptor(self) -> Result<Option<TlsAcceptor>, Error> {
        if let Some(config) = self.config {
            return Ok(Some(config.into()));
        }
        let Some((chain, key)) = self.identity else {
            return Ok(None);
        };
        let certificates = certificates(&chain)?;
        let provider = Arc::new(crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::InvalidConfig(format!("TLS cannot be set up: {error}")))?
            .with_no_client_auth()
            .with_single_cert(certificates, private_key(&key)?)
            .map_err(|error| unusable_pair(&chain, &key, error))?;
        Ok(Some(Arc::new(config).into()))
    }
}
