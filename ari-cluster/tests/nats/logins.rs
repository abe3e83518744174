//! Logins: credentials files, tokens, and TLS with a certificate authority of one's own.

use std::fs;
use std::time::Duration;

use ari_cluster::{Cluster, ClusterBuilder, ClusterError};
use ari_test_support::{NatsServer, within_limit};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use nkeys::KeyPair;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa};
use serde_json::{Value, json};
use tokio::time::sleep;

/// Connects, as soon as the server listens.
async fn connect(builder: impl Fn() -> ClusterBuilder) -> Cluster {
    within_limit(async {
        loop {
            match builder().connect().await {
                Ok(cluster) => return cluster,
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
    })
    .await
}

/// Returns a token of NATS about a key, signed by another key.
fn jwt(issuer: &KeyPair, subject: &KeyPair, claims: &Value) -> String {
    let header = json!({"typ": "JWT", "alg": "ed25519-nkey"});
    let body = json!({
        "jti": "test",
        "iat": 1_700_000_000,
        "iss": issuer.public_key(),
        "name": "test",
        "sub": subject.public_key(),
        "nats": claims,
    });
    let signed = [header, body].map(|part| BASE64.encode(part.to_string()));
    let signed = signed.join(".");
    let signature = issuer.sign(signed.as_bytes()).unwrap();
    format!("{signed}.{}", BASE64.encode(signature))
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_files() {
    let folder = tempfile::tempdir().unwrap();
    let (operator, account, user) = (
        KeyPair::new_operator(),
        KeyPair::new_account(),
        KeyPair::new_user(),
    );
    let no_limits = json!({
        "subs": -1, "data": -1, "payload": -1, "imports": -1, "exports": -1, "wildcards": true,
        "conn": -1, "leaf": -1,
    });
    let operator_token = jwt(
        &operator,
        &operator,
        &json!({"type": "operator", "version": 2}),
    );
    let claims = json!({"type": "account", "version": 2, "limits": no_limits});
    let account_token = jwt(&operator, &account, &claims);
    // A dashboard.
    let claims = json!({
        "type": "user", "version": 2, "subs": -1, "data": -1, "payload": -1,
        "pub": {"allow": ["ari.v1.replay.>", "_INBOX.>"]},
        "sub": {"allow": ["ari.v1.ev.>", "ari.v1.beat.>", "_INBOX.>"]},
    });
    let user_token = jwt(&account, &user, &claims);
    let seed = user.seed().unwrap();
    let credentials = folder.path().join("dashboard.creds");
    let text = format!(
        "-----BEGIN NATS USER JWT-----\n{user_token}\n------END NATS USER JWT------\n\n\
         -----BEGIN USER NKEY SEED-----\n{seed}\n------END USER NKEY SEED------\n"
    );
    fs::write(&credentials, text).unwrap();
    let config = folder.path().join("nats.conf");
    let text = format!(
        "operator: {operator_token}\nresolver: MEMORY\nresolver_preload: {{ {}: {account_token} }}\n",
        account.public_key()
    );
    fs::write(&config, text).unwrap();
    let Some(nats) = NatsServer::start_with_config(&config, &[]) else {
        return;
    };
    let builder = || Cluster::builder(nats.url()).credentials_file(&credentials);
    assert!(!format!("{:?}", builder()).contains(&seed));
    let cluster = connect(builder).await;
    drop(cluster.watch().start().await.unwrap());
    let error = cluster.pick().list().await.unwrap_err();
    assert!(matches!(error, ClusterError::NotPermitted(_)), "{error}");

    // Without them, and with a file that is none.
    let error = Cluster::connect(nats.url()).await.unwrap_err();
    assert!(error.to_string().contains("credentials file"), "{error}");
    fs::write(&credentials, &seed).unwrap();
    let error = builder().connect().await.unwrap_err();
    let text = format!("{error} {error:?}");
    assert!(text.contains("dashboard.creds"), "{text}");
    assert!(!text.contains(&seed), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_over_tls() {
    const TOKEN: &str = "s3cret/token";
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = rcgen::KeyPair::generate().unwrap();
    let authority = CertifiedIssuer::self_signed(params, key).unwrap();
    fs::write(file("ca.pem"), authority.pem()).unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    fs::write(file("server.pem"), certificate.pem()).unwrap();
    fs::write(file("server.key"), key.serialize_pem()).unwrap();
    let text = format!(
        "tls {{ cert_file: {:?}, key_file: {:?} }}\nauthorization {{ token: {TOKEN:?} }}\n",
        file("server.pem"),
        file("server.key")
    );
    fs::write(file("nats.conf"), text).unwrap();
    let Some(nats) = NatsServer::start_with_config(&file("nats.conf"), &[]) else {
        return;
    };
    let url = format!("tls://localhost:{}", nats.port());
    let cluster = connect(|| Cluster::builder(&url).token(TOKEN).ca_file(file("ca.pem"))).await;
    drop(cluster.watch().start().await.unwrap());
    // The token in the address.
    let with_token = format!("tls://s3cret%2Ftoken@localhost:{}", nats.port());
    let builder = Cluster::builder(with_token).ca_file(file("ca.pem"));
    assert!(!format!("{builder:?}").contains("token@"));
    builder.connect().await.unwrap();

    for (builder, hint) in [
        (
            Cluster::builder(&url)
                .token("s3cret-wrong")
                .ca_file(file("ca.pem")),
            "NATS refuses the login",
        ),
        (
            Cluster::builder(&url).token(TOKEN).require_tls(),
            "certificate",
        ),
        (
            Cluster::builder("nats://u:s3cret@:what").token(TOKEN),
            "an address is written nats://HOST:PORT",
        ),
        (
            Cluster::builder("nats://127.0.0.1:1").token("s3cret"),
            "check that a NATS server runs",
        ),
        (Cluster::builder(&url).ca_file(file("none.pem")), "none.pem"),
        (
            Cluster::builder(&url).ca_file(file("server.key")),
            "no certificate",
        ),
        (
            Cluster::builder(&url).inbox_prefix("_INBOX.*"),
            "write one such as _INBOX.worker",
        ),
    ] {
        let error = builder.connect().await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains(hint), "{text}");
        assert!(!format!("{text} {error:?}").contains("s3cret"), "{text}");
    }
}
