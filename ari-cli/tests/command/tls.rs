//! Tests of TLS with valid and invalid certificates.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::{fs, thread};

use ari_api::transport::rustls::pki_types::{PrivateKeyDer, pem::PemObject as _};
use ari_api::transport::rustls::{self, ServerConfig};
use ari_test_support::{Reply, Server};
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};

use super::support::{answer, ari, run, server};

/// A certificate authority, whose certificate is in a file.
struct Authority<'a> {
    issuer: CertifiedIssuer<'static, KeyPair>,
    folder: &'a Path,
}

impl<'a> Authority<'a> {
    fn new(folder: &'a Path) -> Self {
        let mut params = CertificateParams::new(Vec::new()).expect("parameters");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().expect("a key");
        let issuer = CertifiedIssuer::self_signed(params, key).expect("an authority");
        fs::write(folder.join("ca.pem"), issuer.pem()).expect("a file");
        Authority { issuer, folder }
    }

    /// Starts a server with a certificate for a name, valid until a year, and returns its URL.
    fn server(&self, name: &str, until: i32) -> String {
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        params.not_after = date_time_ymd(until, 12, 31);
        let key = KeyPair::generate().expect("a key");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        serve(certificate.der().to_vec(), &key)
    }

    /// Starts a server with a self-signed certificate, which is in a file, too.
    fn alone(&self, is_ca: bool) -> (String, String) {
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
        if is_ca {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        let file = self.folder.join(format!("alone-{is_ca}.pem"));
        fs::write(&file, certificate.pem()).expect("a file");
        let url = serve(certificate.der().to_vec(), &key);
        (url, file.display().to_string())
    }

    fn file(&self) -> String {
        self.folder.join("ca.pem").display().to_string()
    }
}

/// Starts a server that responds to every request with an empty list, and returns its URL.
fn serve(certificate: Vec<u8>, key: &KeyPair) -> String {
    let key = PrivateKeyDer::from_pem_slice(key.serialize_pem().as_bytes()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key)
        .expect("a configuration");
    let response = answer("200 OK", "22.10.1", "[]");
    Server::start(move |_| Reply::Raw(response.clone().into())).start_tls(config)
}

#[test]
fn certificates_are_checked_and_problems_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new(folder.path());
    let ca = authority.file();
    let good = authority.server("localhost", 4000);
    let (issuing, issuing_file) = authority.alone(true);
    let (alone, alone_file) = authority.alone(false);
    let plain = good.replace("https://", "http://");
    let (http, _requests) = server(Some(&answer("200 OK", "22.10.1", "[]")));
    let https = http.replace("http://", "https://");
    for (url, file, code, words) in [
        (&good, Some(&ca), 0, &["[]"][..]),
        (&http, Some(&ca), 0, &["[]", "not encrypted"]),
        (&alone, Some(&alone_file), 0, &["[]"]),
        (&good, None, 4, &["is not trusted here", "--ca-file"]),
        (&alone, Some(&ca), 4, &["is not trusted here", "--ca-file"]),
        (&issuing, Some(&issuing_file), 0, &["[]"]),
        (&issuing, Some(&ca), 4, &["CA:TRUE", "--ca-file"]),
        (
            &authority.server("other.example", 4000),
            Some(&ca),
            4,
            &["another name"],
        ),
        (
            &authority.server("localhost", 2001),
            Some(&ca),
            4,
            &["has expired", "clocks"],
        ),
        (&https, Some(&ca), 4, &["plain HTTP", "use http://"]),
        (&plain, None, 4, &["TLS most likely", "use https://"]),
    ] {
        let option: Vec<&str> = file
            .iter()
            .flat_map(|file| ["--ca-file", file.as_str()])
            .collect();
        let to = [&["--json", "--url", url.as_str()], &option[..]].concat();
        let commands: &[&[&str]] = match code {
            0 => &[&["channels", "list"]],
            _ => &[
                &["channels", "list"],
                &["channels", "hangup", "1"],
                &["events", "hello"],
            ],
        };
        for command in commands {
            let (found, out, err) = run(ari(&[command, &to[..]].concat()));
            assert_eq!(found, code, "{url} {command:?}: {err}");
            // One line for programs, or one for people.
            let lines = if code == 0 { &out } else { &err };
            assert_eq!(lines.lines().count(), 1, "{out}{err}");
            let text = out + &err;
            for word in words {
                assert!(text.contains(word), "{word}: {command:?}: {text}");
            }
        }
        if code != 0 {
            let (found, out, _) = run(ari(&[&["doctor"], &to[..]].concat()));
            assert_eq!(found, 7, "{out}");
            assert!(
                out.contains(words[0]) && out.contains("encryption"),
                "{out}"
            );
            assert!(out.contains("http.conf"), "{out}");
        }
    }
}

/// On its port for TLS, Asterisk closes HTTP connections without a response. The doctor then tries TLS.
#[test]
fn doctor_detects_http_on_the_tls_port() {
    let folder = tempfile::tempdir().expect("a folder");
    let tls = Authority::new(folder.path()).server("localhost", 4000);
    let behind = tls
        .trim_start_matches("https://")
        .trim_end_matches("/ari")
        .to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let mut begin = [0; 4096];
            let length = stream.read(&mut begin).unwrap_or(0);
            // A handshake begins with this byte.
            if length > 0 && begin[0] == 0x16 {
                let mut server = std::net::TcpStream::connect(&behind).expect("a server");
                let _ = server.write_all(&begin[..length]);
                let mut back = (
                    server.try_clone().expect("a clone"),
                    stream.try_clone().expect("a clone"),
                );
                thread::spawn(move || std::io::copy(&mut back.0, &mut back.1));
                let _ = std::io::copy(&mut stream, &mut server);
            }
        }
    });
    let url = format!("http://localhost:{port}/ari");
    let (code, out, _) = run(ari(&["doctor", "--url", &url]));
    assert_eq!(code, 7, "{out}");
    assert!(
        out.contains("encryption") && out.contains("Use https:// in the address"),
        "{out}"
    );
    assert!(!out.contains("sessionlimit"), "{out}");
    let (code, _, err) = run(ari(&["channels", "hangup", "1", "--url", &url]));
    assert!(
        code == 5 && err.contains("use https:// if this is the port for TLS"),
        "{err}"
    );
}

/// The certificate authority can be in a profile.
#[cfg(unix)]
#[test]
fn profiles_can_name_a_ca_file() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = tempfile::tempdir().expect("a folder");
    let authority = Authority::new(home.path());
    let url = authority.server("localhost", 4000);
    let file = home.path().join("config.toml");
    let text = format!(
        "default = \"a\"\n[profiles.a]\nurl = \"{url}\"\nuser = \"boss\"\n\
         password_file = \"~/password\"\nca_file = \"~/ca.pem\"\n"
    );
    fs::write(&file, text).expect("a file");
    let password = home.path().join("password");
    fs::write(&password, "pr1vate\n").expect("a file");
    fs::set_permissions(&password, fs::Permissions::from_mode(0o600)).expect("a mode");
    // It holds no password itself.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("a mode");
    let config = file.display().to_string();
    let mut command = ari(&["channels", "list", "--json", "--config", &config]);
    command.env("HOME", home.path()).env_remove("ARI_USER");
    let (code, out, err) = run(command);
    assert_eq!((code, out.as_str()), (0, "[]\n"), "{err}");
}
