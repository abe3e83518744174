//! TLS, with a certificate that Asterisk's HTTP server presents.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::net::TcpListener;
use std::path::PathBuf;

use ari_api::{Client, Error};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};

use super::recorder;
use super::session::{APP, on_every_release};
use crate::asterisk::Asterisk;

/// A certificate for `localhost`, in PEM files.
pub(crate) struct Certificate {
    pub(crate) chain: PathBuf,
    pub(crate) key: PathBuf,
    /// The certificate of the authority that has signed it.
    pub(crate) authority: PathBuf,
}

impl Certificate {
    /// Creates a certificate in the configuration folder of a server, and an authority for it.
    pub(crate) fn create(server: &Asterisk, name: &str) -> Certificate {
        let etc = server.dir().join("etc");
        let file = |kind: &str, text: String| {
            let path = etc.join(format!("{name}-{kind}.pem"));
            fs::write(&path, text).unwrap();
            path
        };
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        // OpenSSL takes a certificate for self-signed if its issuer has the same name.
        params
            .distinguished_name
            .push(DnType::CommonName, "authority");
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();
        Certificate {
            chain: file("chain", certificate.pem()),
            key: file("key", key.serialize_pem()),
            authority: file("authority", authority.pem()),
        }
    }
}

/// Lets a server accept TLS. All of its paths then begin with the prefix, if there is one. Returns
/// the address of ARI.
pub(crate) fn enable_tls(server: &Asterisk, certificate: &Certificate, prefix: &str) -> String {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let conf = server.dir().join("etc/http.conf");
    let mut conf = OpenOptions::new().append(true).open(conf).unwrap();
    writeln!(
        conf,
        "\nprefix = {prefix}\ntlsenable = yes\ntlsbindaddr = 127.0.0.1:{port}\n\
         tlscertfile = {}\ntlsprivatekey = {}",
        certificate.chain.display(),
        certificate.key.display()
    )
    .unwrap();
    server.cli("module reload http");
    let separator = if prefix.is_empty() { "" } else { "/" };
    format!("https://localhost:{port}/{prefix}{separator}ari")
}

#[test]
fn requests_and_events_work_over_tls() {
    on_every_release(async |session| {
        let server = &session.server;
        let certificate = Certificate::create(server, "asterisk");
        let url = enable_tls(server, &certificate, "");
        let builder = Client::builder(&url).credentials(server.user(), server.password());
        let builder = builder.add_root_certificate(&certificate.authority);
        let client = recorder::build(builder, server.release());
        let mut events = client.application("tls").connect().await.unwrap();
        let application = client.application(APP).get().await.unwrap();
        assert_eq!(application.name, APP);
        client.events().user_event("secret", "tls").await.unwrap();
        for expected in ["Connected", "ChannelUserevent"] {
            assert_eq!(events.next().await.unwrap().unwrap().kind(), expected);
        }

        // A client that does not trust the authority sends nothing, and returns the cause.
        let anyone = Client::builder(&url).credentials(server.user(), server.password());
        match anyone.build() {
            Ok(anyone) => {
                let refused = anyone.asterisk().get_info().await;
                assert!(matches!(refused, Err(Error::NotSent { .. })), "{refused:?}");
            }
            // A machine without any root certificates.
            Err(error) => assert!(matches!(error, Error::InvalidConfig(_)), "{error}"),
        }
    });
}
