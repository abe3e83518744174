//! TLS to the programs that the server connects to.

use std::fmt;
use std::sync::Arc;

use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::client::{WebPkiServerVerifier, verify_server_name};
use tokio_rustls::rustls::crypto::{self, CryptoProvider};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};

use crate::model::WebSocketTls;

/// Performs the handshake. The error is the reason why it has failed.
pub(super) async fn connect(
    stream: TcpStream,
    host: &str,
    settings: &WebSocketTls,
) -> Result<TlsStream<TcpStream>, String> {
    let config = config(settings)?;
    let host = host
        .trim_start_matches('[')
        .trim_end_matches(']')
        .to_owned();
    let host = ServerName::try_from(host).map_err(|error| error.to_string())?;
    let connected = TlsConnector::from(Arc::new(config)).connect(host, stream);
    connected.await.map_err(|error| error.to_string())
}

fn config(settings: &WebSocketTls) -> Result<ClientConfig, String> {
    let provider = Arc::new(crypto::ring::default_provider());
    let verifier = Verifier::new(settings, &provider)?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(config)
}

/// The verification of the program's certificate, as far as the settings want it.
struct Verifier {
    /// The verification of certificate chains; `None` if every certificate is accepted.
    chains: Option<Arc<WebPkiServerVerifier>>,
    /// The certificates of the CA file, one of which may be the program's own.
    named: Vec<CertificateDer<'static>>,
    checks_host: bool,
    provider: Arc<CryptoProvider>,
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

impl Verifier {
    fn new(settings: &WebSocketTls, provider: &Arc<CryptoProvider>) -> Result<Self, String> {
        let mut verifier = Verifier {
            chains: None,
            named: Vec::new(),
            checks_host: settings.verifies_hostname,
            provider: Arc::clone(provider),
        };
        if !settings.verifies_certificate {
            return Ok(verifier);
        }
        let file = settings.ca_list_file.as_deref();
        let file = file.ok_or("there is no CA file to verify the certificate with")?;
        let unusable =
            |error: &dyn fmt::Display| format!("the CA file {}: {error}", file.display());
        let certificates = CertificateDer::pem_file_iter(file)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unusable(&error))?;
        let mut roots = RootCertStore::empty();
        for certificate in &certificates {
            roots
                .add(certificate.clone())
                .map_err(|error| unusable(&error))?;
        }
        let chains =
            WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider));
        verifier.chains = Some(chains.build().map_err(|error| unusable(&error))?);
        verifier.named = certificates;
        Ok(verifier)
    }

    fn verify_host(
        &self,
        certificate: &CertificateDer<'_>,
        host: &ServerName<'_>,
    ) -> Result<ServerCertVerified, Error> {
        if self.checks_host {
            verify_server_name(&ParsedCertificate::try_from(certificate)?, host)?;
        }
        Ok(ServerCertVerified::assertion())
    }
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        host: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chains) = &self.chains else {
            return Ok(ServerCertVerified::assertion());
        };
        let verified =
            chains.verify_server_cert(end_entity, intermediates, host, ocsp_response, now);
        match verified {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => self.verify_host(end_entity, host),
            // It is its own authority, which `openssl req -x509` creates. The validity period has
            // another error.
            Err(Error::InvalidCertificate(CertificateError::Other(_)))
                if self.named.iter().any(|named| named == end_entity) =>
            {
                self.verify_host(end_entity, host)
            }
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let algorithms = &self.provider.signature_verification_algorithms;
        algorithms.supported_schemes()
    }
}
