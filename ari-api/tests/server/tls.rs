//! The same over TLS.

use std::fs;
use std::sync::Arc;

use ari_api::transport::rustls::pki_types::PrivateKeyDer;
use ari_api::transport::rustls::server::WebPkiClientVerifier;
use ari_api::transport::rustls::{ClientConfig, RootCertStore, ServerConfig, crypto, version};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use super::far_end::Asterisk;
use super::*;

#[tokio::test]
async fn sessions_work_over_tls() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"));
    let authority = authority.expect("a certificate");
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let certificate = params.signed_by(&key, &authority).expect("a certificate");
    let [chain_file, key_file] = ["chain.pem", "key.pem"].map(|name| folder.path().join(name));
    fs::write(&chain_file, certificate.pem()).expect("a file");
    fs::write(&key_file, key.serialize_pem()).expect("a file");

    let (handler, mut told) = reporting_handler();
    // Long enough for a handshake on a busy machine.
    let limit = Duration::from_secs(2);
    let builder = builder()
        .route("/", handler)
        .handshake_timeout(limit)
        .max_sessions(1);
    let server = builder
        .tls(chain_file, key_file)
        .serve()
        .await
        .expect("a server");

    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).expect("a root");
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = TlsConnector::from(Arc::new(config));
    let name = || "localhost".try_into().expect("a name");
    let connect = || TcpStream::connect(server.local_addr());

    // One sends nothing, one aborts in the middle, one does not speak TLS.
    let mut silent = connect().await.expect("a connection");
    let mut half = connect().await.expect("a connection");
    half.write_all(&[0x16, 3, 1, 2, 0, 1, 0])
        .await
        .expect("written");
    let mut plain = connect().await.expect("a connection");
    plain
        .write_all(b"GET / HTTP/1.1\r\n\r\n")
        .await
        .expect("written");

    let stream = connector.connect(name(), connect().await.expect("a connection"));
    let stream = stream.await.expect("TLS");
    let mut asterisk = Asterisk::over(stream, "wss", "/", "a")
        .await
        .expect("a WebSocket");
    asterisk.send_registered().await;
    assert_eq!(next(&mut told).await, HandlerReport::Begin("a".into()));
    assert_eq!(
        next(&mut told).await,
        HandlerReport::Event("Connected".into())
    );
    assert_eq!(
        next(&mut told).await,
        HandlerReport::Event("ApplicationRegistered".into())
    );

    for (what, stream) in [
        ("silent", &mut silent),
        ("half", &mut half),
        ("plain", &mut plain),
    ] {
        let mut answer = Vec::new();
        let reading = timeout(LIMIT, stream.read_to_end(&mut answer)).await;
        assert!(reading.is_ok(), "{what}: still open");
        assert!(!answer.starts_with(b"HTTP"), "{what}");
    }

    // The limit of sessions is reported here, too.
    let stream = connector.connect(name(), connect().await.expect("a connection"));
    let refused = Asterisk::over(stream.await.expect("TLS"), "wss", "/", "b").await;
    assert_eq!(refused.err(), Some(503));

    // TLS does not replace the password.
    let stream = connector.connect(name(), connect().await.expect("a connection"));
    let mut stream = stream.await.expect("TLS");
    stream
        .write_all(b"GET / HTTP/1.1\r\n\r\n")
        .await
        .expect("written");
    let mut answer = String::new();
    stream
        .read_to_string(&mut answer)
        .await
        .expect("a response that ends in order");
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");

    let (_, code) = tokio::join!(server.shutdown(LIMIT), asterisk.close_code());
    assert_eq!(code, Some(1000));
    wait_until_idle().await;
}

/// With the application's own configuration: a client without a certificate is refused before its
/// password is checked.
#[tokio::test]
async fn client_certificates_can_be_required() {
    let mut params = CertificateParams::new(Vec::new()).expect("parameters");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key"));
    let authority = authority.expect("a certificate");
    let sign = |host: &str| {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![host.to_owned()]).expect("parameters");
        let certificate = params.signed_by(&key, &authority).expect("a certificate");
        let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        (vec![certificate.der().clone()], key)
    };
    let mut roots = RootCertStore::empty();
    roots.add(authority.der().clone()).expect("a root");
    let provider = Arc::new(crypto::ring::default_provider());
    let verifier =
        WebPkiClientVerifier::builder_with_provider(Arc::new(roots.clone()), provider.clone());
    let (chain, key) = sign("localhost");
    let config = ServerConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_client_cert_verifier(verifier.build().expect("a verifier"))
        .with_single_cert(chain, key)
        .expect("a configuration");
    let (handler, mut told) = reporting_handler();
    let server = Server::builder()
        .allow_anonymous()
        .route("/", handler)
        .tls("not.read", "not.read")
        .tls_config(Arc::new(config))
        .serve()
        .await
        .expect("a server");
    // With TLS 1.2, in which the client learns of the refusal before it continues.
    let client = || {
        let builder = ClientConfig::builder_with_provider(provider.clone());
        let builder = builder.with_protocol_versions(&[&version::TLS12]);
        builder
            .expect("versions")
            .with_root_certificates(roots.clone())
    };
    let (chain, key) = sign("asterisk");
    let known = client().with_client_auth_cert(chain, key);
    let known = known.expect("a configuration");
    for (config, admitted) in [(client().with_no_client_auth(), false), (known, true)] {
        let stream = TcpStream::connect(server.local_addr()).await;
        let connector = TlsConnector::from(Arc::new(config));
        let name = "localhost".try_into().expect("a name");
        let stream = connector.connect(name, stream.expect("a connection")).await;
        assert_eq!(stream.is_ok(), admitted);
        let Ok(stream) = stream else { continue };
        let asterisk = Asterisk::over(stream, "wss", "/", "a").await;
        asterisk.expect("a WebSocket").send_registered().await;
        assert_eq!(next(&mut told).await, HandlerReport::Begin("a".into()));
    }
    server.shutdown(LIMIT).await;
    wait_until_idle().await;
}
