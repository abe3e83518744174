//! Verification of certificates that the application has named itself and that the server presents.
//!
//! `openssl req -x509` creates a certificate that is its own authority (`CA:TRUE`), and usually
//! names its host only in its subject. A verifier of certificate chains rejects both, with good
//! reason if an authority can vouch for any certificate. If the application trusts this very
//! certificate, these reasons do not apply, because there is no chain.

use std::sync::Arc;

use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{
    CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::verify_server_name,
};

use crate::error::connection::is_authority;

/// Verifies as usual. In addition it accepts the named certificates, if they are valid at this time
/// and for their host.
#[derive(Debug)]
pub(crate) struct Verifier {
    pub(crate) chains: Arc<WebPkiServerVerifier>,
    pub(crate) named: Vec<CertificateDer<'static>>,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chains = &self.chains;
        let verified =
            chains.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now);
        let Err(Error::InvalidCertificate(problem)) = verified else {
            return verified;
        };
        if !self.named.iter().any(|named| named == end_entity) {
            return Err(problem.into());
        }
        // This error implies that the validity period is right, because it is checked earlier.
        let is_authority = is_authority(&problem);
        let problem = match is_authority {
            true => {
                let certificate = ParsedCertificate::try_from(end_entity)?;
                match verify_server_name(&certificate, server_name) {
                    Ok(()) => return Ok(ServerCertVerified::assertion()),
                    Err(error) => error,
                }
            }
            false => problem.into(),
        };
        match &problem {
            Error::InvalidCertificate(CertificateError::NotValidForNameContext {
                presented,
                ..
            }) if presented.is_empty() && is_subject(end_entity, server_name) => {
                Ok(ServerCertVerified::assertion())
            }
            _ => Err(problem),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chains
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.chains
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chains.supported_verify_schemes()
    }
}

/// Returns true if the common name of a certificate's subject is the host. Names in the subject
/// count only if there are no others.
fn is_subject(certificate: &CertificateDer<'_>, host: &ServerName<'_>) -> bool {
    /// The encoding of the object identifier of a common name.
    const COMMON_NAME: &[u8] = &[0x06, 0x03, 0x55, 0x04, 0x03];
    let mut store = RootCertStore::empty();
    if store.add(certificate.clone().into_owned()).is_err() {
        return false;
    }
    let host = host.to_str();
    let subjects = store.roots.iter().map(|root| root.subject.as_ref());
    let names = subjects.flat_map(|subject| {
        let places = subject.windows(COMMON_NAME.len()).enumerate();
        let places = places.filter(|(_, bytes)| *bytes == COMMON_NAME);
        // An encoded string: its kind, its length, and the text.
        places.filter_map(move |(at, _)| {
            let (length, text) = subject.get(at + COMMON_NAME.len() + 1..)?.split_first()?;
            text.get(..usize::from(*length))
        })
    });
    names
        .into_iter()
        .any(|name| name.eq_ignore_ascii_case(host.as_bytes()))
}
