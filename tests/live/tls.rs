//! TLS, with a certificate that Asterisk's HTTP server presents.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::net::TcpListener;

use ari_api::{Client, Error};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use super::session::{APP, on_every_release};

#[test]
fn requests_and_events_work_over_tls() {
    on_every_release(async |session| {
        let server = &session.server;
        let etc = server.dir().join("etc");
        let file = |name: &str, text: String| {
            let path = etc.join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let certificate = params.signed_by(&key, &authority).unwrap();
        let ca_file = file("ca.pem", authority.pem());
        let chain = file("server.pem", certificate.pem());
        let key = file("server.key", key.serialize_pem());
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let mut conf = OpenOptions::new()
            .append(true)
            .open(etc.join("http.conf"))
            .unwrap();
        writeln!(
            conf,
            "\ntlsenable = yes\ntlsbindaddr = 127.0.0.1:{port}\ntlscertfile = {}\ntlsprivatekey = {}",
            chain.display(),
            key.display()
        )
        .unwrap();
        server.cli("module reload http");

        let url = format!("https://localhost:{port}/ari");
        let builder = Client::builder(&url).credentials(server.user(), server.password());
        let client = builder.add_root_certificate(&ca_file).build().unwrap();
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
