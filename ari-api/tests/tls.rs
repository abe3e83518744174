//! TLS against a real socket: whom the client trusts, and what it shows.

#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ari_api::runtime::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use ari_api::runtime::rustls::server::WebPkiClientVerifier;
use ari_api::runtime::rustls::{RootCertStore, ServerConfig, crypto};
use ari_api::{Client, Error};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// A certificate authority, and certificates that it signed, as files and as the server wants them.
struct Authority {
    folder: tempfile::TempDir,
    issuer: CertifiedIssuer<'static, KeyPair>,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("ca.pem"), issuer.pem()).expect("a file");
        Authority { folder, issuer }
    }

    fn ca_file(&self) -> PathBuf {
        self.folder.path().join("ca.pem")
    }

    /// A certificate for this host: the certificate and the key, and files of them.
    fn sign(
        &self,
        host: &str,
    ) -> (
        CertificateDer<'static>,
        PrivateKeyDer<'static>,
        PathBuf,
        PathBuf,
    ) {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![host.to_owned()]).expect("parameters");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let files =
            ["pem", "key"].map(|ending| self.folder.path().join(format!("{host}.{ending}")));
        fs::write(&files[0], certificate.pem()).expect("a file");
        fs::write(&files[1], key.serialize_pem()).expect("a file");
        let [chain, key_file] = files;
        let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        (certificate.der().clone(), private, chain, key_file)
    }
}

/// Answers every request of one connection like `GET /asterisk/ping`; gives its address.
async fn server(authority: &Authority, host: &str, wants_certificate: bool) -> String {
    let (certificate, key, _, _) = authority.sign(host);
    let provider = Arc::new(crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .expect("versions");
    let builder = if wants_certificate {
        let mut roots = RootCertStore::empty();
        roots.add(authority.issuer.der().clone()).expect("a root");
        let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
        builder.with_client_cert_verifier(verifier.build().expect("a verifier"))
    } else {
        builder.with_no_client_auth()
    };
    let config = builder
        .with_single_cert(vec![certificate], key)
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else {
                continue;
            };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let body =
                r#"{"asterisk_id":"x","ping":"pong","timestamp":"2026-11-23T01:08:51.332+0000"}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            let _ = stream.shutdown().await;
        }
    });
    format!("https://localhost:{port}/ari")
}

#[tokio::test]
async fn certificates_are_checked() {
    let ours = Authority::new();
    let other = Authority::new();
    let (_, _, chain, key) = ours.sign("client");
    let trusted = server(&ours, "localhost", false).await;
    let misnamed = server(&ours, "elsewhere", false).await;
    let demanding = server(&ours, "localhost", true).await;
    let identity = Some((chain.as_path(), key.as_path()));
    for (what, url, ca_file, identity, works) in [
        (
            "a known authority",
            &trusted,
            Some(ours.ca_file()),
            None,
            true,
        ),
        (
            "an unknown authority",
            &trusted,
            Some(other.ca_file()),
            None,
            false,
        ),
        ("only the platform's roots", &trusted, None, None, false),
        (
            "a certificate for another host",
            &misnamed,
            Some(ours.ca_file()),
            None,
            false,
        ),
        (
            "a client with a certificate",
            &demanding,
            Some(ours.ca_file()),
            identity,
            true,
        ),
        (
            "a client without one",
            &demanding,
            Some(ours.ca_file()),
            None,
            false,
        ),
    ] {
        let result = ping(url, ca_file, identity).await;
        match (&result, works) {
            (Ok(()), true) => {}
            // Without a certificate the handshake looks finished to a TLS 1.3 client until it
            // reads.
            (Err(Error::NotSent { .. } | Error::OutcomeUnknown { .. }), false) => {}
            // A machine without any root certificates says so.
            (Err(Error::Configuration(_)), false) if what == "only the platform's roots" => {}
            _ => panic!("{what}: {result:?}"),
        }
    }
}

async fn ping(
    url: &str,
    ca_file: Option<PathBuf>,
    identity: Option<(&Path, &Path)>,
) -> Result<(), Error> {
    let mut builder = Client::builder(url);
    if let Some(path) = ca_file {
        builder = builder.ca_file(path);
    }
    if let Some((chain, key)) = identity {
        builder = builder.client_certificate(chain, key);
    }
    builder.build()?.asterisk().ping().await.map(|_| ())
}

#[test]
fn unusable_files_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.pem");
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "nothing\n").expect("a file");
    for path in [&missing, &empty] {
        let error = Client::builder("https://localhost/ari")
            .ca_file(path)
            .build()
            .unwrap_err();
        assert!(
            error.to_string().contains(&path.display().to_string()),
            "{error}"
        );
    }
}
