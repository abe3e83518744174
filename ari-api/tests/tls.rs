//! TLS over a real socket: the certificates that the client trusts, and those that it presents.

#![cfg(test)]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ari_api::client::ClientBuilder;
use ari_api::transport::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use ari_api::transport::rustls::server::WebPkiClientVerifier;
use ari_api::transport::rustls::sign::{CertifiedKey, SingleCertAndKey};
use ari_api::transport::rustls::{
    ClientConfig, RootCertStore, ServerConfig, SupportedProtocolVersion, crypto, version,
};
use ari_api::{Client, Error};
use ari_test_support::{Reply, Server};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

/// A certificate authority, with the certificates that it signed, as files and as the server needs
/// them.
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

    /// Signs a certificate for this host: returns the certificate and the key, and files of them.
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

/// The certificate that a server presents, and those that it requires.
#[derive(Clone, Copy)]
struct TlsTerms {
    host: &'static str,
    wants_certificate: bool,
    versions: &'static [&'static SupportedProtocolVersion],
}

const TLS12: &[&SupportedProtocolVersion] = &[&version::TLS12];
const TLS13: &[&SupportedProtocolVersion] = &[&version::TLS13];

const DEFAULT_TERMS: TlsTerms = TlsTerms {
    host: "localhost",
    wants_certificate: false,
    versions: &[&version::TLS12, &version::TLS13],
};

/// The event on each WebSocket.
const REPLACED: &str = r#"{"type":"ApplicationReplaced","application":"other","timestamp":"2026-11-23T01:08:51.332+0000"}"#;

/// The response to all other requests.
const PONG: &str =
    r#"{"asterisk_id":"x","ping":"pong","timestamp":"2026-11-23T01:08:51.332+0000"}"#;

/// Responds to every request like `GET /asterisk/ping`, and opens a WebSocket with one event on
/// request. Returns its address.
fn server(authority: &Authority, terms: TlsTerms) -> String {
    let TlsTerms {
        host,
        wants_certificate,
        versions,
    } = terms;
    let (certificate, key, _, _) = authority.sign(host);
    serve(
        certificate,
        key,
        Some(authority).filter(|_| wants_certificate),
        versions,
    )
}

/// The same with this certificate.
fn serve(
    certificate: CertificateDer<'static>,
    key: PrivateKeyDer<'static>,
    clients: Option<&Authority>,
    versions: &'static [&'static SupportedProtocolVersion],
) -> String {
    let provider = Arc::new(crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider.clone())
        .with_protocol_versions(versions)
        .expect("versions");
    let builder = if let Some(authority) = clients {
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
    let server = Server::start(|request| match request.header("upgrade") {
        Some(_) => Reply::websocket(|mut peer| {
            peer.send_text(REPLACED);
            peer.close_with_client();
        }),
        None => Reply::response(200, PONG),
    });
    server.start_tls(config)
}

/// The expected error of a request, and whether the request can be sent again.
#[derive(Clone, Copy, Debug, PartialEq)]
enum ExpectedError {
    Works,
    /// The request was not sent, because the certificate was rejected before.
    NotSent,
    /// The request may have been sent: for a client of TLS 1.3 the handshake has ended before the
    /// server has checked the client's certificate.
    Either,
}

#[tokio::test]
async fn certificates_are_verified() {
    let ours = Authority::new();
    let other = Authority::new();
    let (_, _, chain, key) = ours.sign("client");
    let trusted = server(&ours, DEFAULT_TERMS);
    let elsewhere = TlsTerms {
        host: "elsewhere",
        ..DEFAULT_TERMS
    };
    let misnamed = server(&ours, elsewhere);
    let wanting = |versions| TlsTerms {
        wants_certificate: true,
        versions,
        ..DEFAULT_TERMS
    };
    let old = server(&ours, wanting(TLS12));
    let new = server(&ours, wanting(TLS13));
    let trust = |authority: &Authority| {
        let file = authority.ca_file();
        move |builder: ClientBuilder<Client>| builder.add_root_certificate(&file)
    };
    let shows = |builder: ClientBuilder<Client>| builder.identity(&chain, &key);
    let config = |authority: &Authority| {
        let mut roots = RootCertStore::empty();
        roots.add(authority.issuer.der().clone()).expect("a root");
        let provider = Arc::new(crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions");
        Arc::new(builder.with_root_certificates(roots).with_no_client_auth())
    };
    type Change<'a> = &'a dyn Fn(ClientBuilder<Client>) -> ClientBuilder<Client>;
    let cases: &[(&str, &str, Change<'_>, ExpectedError)] = &[
        (
            "a known authority",
            &trusted,
            &trust(&ours),
            ExpectedError::Works,
        ),
        (
            "an unknown authority",
            &trusted,
            &trust(&other),
            ExpectedError::NotSent,
        ),
        (
            "only the platform's roots",
            &trusted,
            &|builder| builder,
            ExpectedError::NotSent,
        ),
        (
            "another host's",
            &misnamed,
            &trust(&ours),
            ExpectedError::NotSent,
        ),
        (
            "one of its own, 1.2",
            &old,
            &|b| shows(trust(&ours)(b)),
            ExpectedError::Works,
        ),
        (
            "one of its own, 1.3",
            &new,
            &|b| shows(trust(&ours)(b)),
            ExpectedError::Works,
        ),
        (
            "none of its own, 1.2",
            &old,
            &trust(&ours),
            ExpectedError::NotSent,
        ),
        (
            "none of its own, 1.3",
            &new,
            &trust(&ours),
            ExpectedError::Either,
        ),
        (
            "a configuration",
            &trusted,
            &|b| b.tls_config(config(&ours)),
            ExpectedError::Works,
        ),
        // Nothing else is trusted in addition.
        (
            "another configuration",
            &trusted,
            &|b| trust(&ours)(b).tls_config(config(&other)),
            ExpectedError::NotSent,
        ),
        (
            "a configuration without a certificate, 1.2",
            &old,
            &|b| shows(b).tls_config(config(&ours)),
            ExpectedError::NotSent,
        ),
    ];
    for (what, url, change, end) in cases {
        let client = match change(Client::builder(*url)).build() {
            Ok(client) => client,
            // A machine without any root certificates returns this error.
            Err(Error::InvalidConfig(_)) if *what == "only the platform's roots" => continue,
            Err(error) => panic!("{what}: {error:?}"),
        };
        let call = client.asterisk().ping().await.map(drop);
        let connected = client.application("a").connect().await;
        let connected = match connected {
            Ok(mut app) => {
                for expected in ["Connected", "ApplicationReplaced"] {
                    let event = app.next().await.expect("an event").expect("no error");
                    assert_eq!(event.kind(), expected, "{what}");
                }
                Ok(())
            }
            Err(error) => Err(error),
        };
        for result in [call, connected] {
            let found = match &result {
                Ok(()) => ExpectedError::Works,
                Err(Error::NotSent { .. }) => ExpectedError::NotSent,
                Err(Error::OutcomeUnknown { .. }) => ExpectedError::Either,
                Err(_) => panic!("{what}: {result:?}"),
            };
            let allowed = match end {
                ExpectedError::Either => found != ExpectedError::Works,
                _ => found == *end,
            };
            assert!(allowed, "{what}: {result:?}");
        }
        client.close(Duration::from_secs(1)).await;
    }
}

#[test]
fn unusable_certificate_files_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = folder.path().join("missing.pem");
    let empty = folder.path().join("empty.pem");
    fs::write(&empty, "nothing\n").expect("a file");
    for path in [&missing, &empty] {
        let error = Client::builder("https://localhost/ari")
            .add_root_certificate(path)
            .build()
            .unwrap_err();
        assert!(
            error.to_string().contains(&path.display().to_string()),
            "{error}"
        );
    }
    let authority = Authority::new();
    let (_, _, chain, key) = authority.sign("localhost");
    let (_, _, _, other) = authority.sign("other");
    for (chain, key, problem) in [
        (
            &empty,
            &key,
            "empty.pem: cannot be used for TLS: it contains no certificate",
        ),
        (
            &chain,
            &chain,
            "localhost.pem: cannot be used for TLS: it contains no private key",
        ),
        (
            &chain,
            &other,
            "other.key: cannot be used for TLS: it is not the key of the certificate",
        ),
    ] {
        let builder = Client::builder("https://localhost/ari").identity(chain, key);
        let error = builder.build().unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
}

/// A self-signed certificate of a host, identified by its names or by its subject.
struct SelfSigned {
    is_authority: bool,
    names: &'static [&'static str],
    subject: &'static str,
    /// The first and the last year of validity.
    years: (i32, i32),
}

impl SelfSigned {
    fn make(&self) -> (rcgen::Certificate, KeyPair) {
        let names: Vec<_> = self.names.iter().map(|name| (*name).to_owned()).collect();
        let mut params = CertificateParams::new(names).expect("parameters");
        if self.is_authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let name = &mut params.distinguished_name;
        *name = rcgen::DistinguishedName::new();
        name.push(rcgen::DnType::OrganizationName, "Phones");
        name.push(rcgen::DnType::CommonName, self.subject);
        params.not_before = rcgen::date_time_ymd(self.years.0, 1, 1);
        params.not_after = rcgen::date_time_ymd(self.years.1, 1, 1);
        let key = KeyPair::generate().expect("a key");
        (params.self_signed(&key).expect("a certificate"), key)
    }
}

/// `openssl req -x509` makes CA certificates with the host as the common name.
#[tokio::test]
async fn self_signed_certificate_in_ca_file_is_trusted() {
    let usual = SelfSigned {
        is_authority: true,
        names: &[],
        subject: "localhost",
        years: (2020, 4000),
    };
    let folder = tempfile::tempdir().expect("a folder");
    for (what, shown, is_named, works) in [
        ("as openssl makes it", &usual, true, true),
        ("not named", &usual, false, false),
        (
            "with names",
            &SelfSigned {
                names: &["pbx.example", "localhost"],
                subject: "x",
                ..usual
            },
            true,
            true,
        ),
        (
            "with other names",
            &SelfSigned {
                names: &["pbx.example"],
                ..usual
            },
            true,
            false,
        ),
        (
            "of another host",
            &SelfSigned {
                subject: "localhost.example",
                ..usual
            },
            true,
            false,
        ),
        (
            "of no authority",
            &SelfSigned {
                is_authority: false,
                ..usual
            },
            true,
            true,
        ),
        (
            "expired",
            &SelfSigned {
                years: (2001, 2002),
                ..usual
            },
            true,
            false,
        ),
        (
            "of the future",
            &SelfSigned {
                years: (3000, 4000),
                ..usual
            },
            true,
            false,
        ),
    ] {
        let (certificate, key) = shown.make();
        // With the same name, so that it is found.
        let (other, _) = shown.make();
        let named = if is_named { &certificate } else { &other };
        let file = folder.path().join("named.pem");
        fs::write(&file, named.pem()).expect("a file");
        let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
        for versions in [TLS12, TLS13] {
            let certificate = certificate.der().clone();
            let url = serve(certificate, private.clone_key(), None, versions);
            let client = Client::builder(url).add_root_certificate(&file).build();
            let client = client.expect("a client");
            let pinged = client.asterisk().ping().await;
            assert_eq!(pinged.is_ok(), works, "{what}: {pinged:?}");
        }
    }
}

/// The server that presents the certificate must have its key.
#[tokio::test]
async fn trusted_certificate_without_its_key_is_refused() {
    let shown = SelfSigned {
        is_authority: true,
        names: &["localhost"],
        subject: "x",
        years: (2020, 4000),
    };
    let (certificate, _) = shown.make();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("named.pem");
    fs::write(&file, certificate.pem()).expect("a file");
    let key = KeyPair::generate().expect("a key");
    let key = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let provider = crypto::ring::default_provider();
    let key = provider.key_provider.load_private_key(key).expect("a key");
    let chain = vec![certificate.der().clone()];
    let certified = Arc::new(CertifiedKey::new(chain, key));
    let config = ServerConfig::builder_with_provider(Arc::new(provider))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_cert_resolver(Arc::new(SingleCertAndKey::from(certified)));
    let url = Server::start(|_| Reply::response(200, PONG)).start_tls(config);
    let client = Client::builder(url).add_root_certificate(&file);
    let pinged = client.build().expect("a client").asterisk().ping().await;
    assert!(matches!(pinged, Err(Error::NotSent { .. })), "{pinged:?}");
}
