//! The options and the setup file of `ari mock`: users, dialplan, endpoints, sounds, addresses, TLS.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
use serde_json::Value;

use super::fake::Fake;
use super::support::{ari, run};

const SETUP: &str = r#"
http_prefix = "/pbx"
started_at = "2026-11-23T08:00:00Z"
missing_modules = ["chan_websocket"]
offline_endpoints = ["PJSIP/bob"]
sounds = { "my/greeting" = 2.5 }

[[users]]
name = "boss"
password_variable = "BOSS_PASSWORD"

[[users]]
name = "guest"
password_file = "guest.txt"
read_only = true

[extensions.office]
100 = ["Answer()", "Stasis(hello,first,second)", "Hangup()"]

[endpoints]
"PJSIP/alice" = ["Ringing()", "Wait(2)", "Answer()", "Echo()"]

[sounds_in.de]
"my/greeting" = 3

[[websocket_clients]]
name = "audio"
url = "ws://127.0.0.1:9/media"

[per_call_applications]
calls = "audio"

[[persistent_websockets]]
client = "audio"
applications = ["menu", "queue"]
read_only = true
"#;

#[test]
fn setup_file_is_applied() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("setup.toml");
    fs::write(&file, SETUP).expect("a file");
    let guest = folder.path().join("guest.txt");
    fs::write(&guest, "gu3st\n").expect("a file");
    fs::set_permissions(&guest, fs::Permissions::from_mode(0o600)).expect("permissions");
    let file = file.to_str().expect("a path");
    let fake = Fake::start(&["--setup", file], &[("BOSS_PASSWORD", "b0ss")]);
    assert_eq!(fake.told["user"], "boss");
    assert!(fake.url().ends_with("/pbx/ari"), "{}", fake.url());
    // The default users are replaced.
    assert_eq!(fake.ask("aritest", "testme", &["channels", "list"]).0, 3);
    assert_eq!(fake.ask("guest", "gu3st", &["bridges", "create"]).0, 3);
    for (arguments, part) in [
        (
            &["endpoints", "list", "--fields", "resource,state"][..],
            "bob",
        ),
        (&["endpoints", "list", "--json"], r#""resource":"alice""#),
        (
            &["sounds", "get", "my/greeting", "--json"],
            r#""language":"de""#,
        ),
        (&["asterisk", "info", "--json"], "2026-11-23T08:00:00"),
        (&["applications", "list", "--json"], r#""name":"queue""#),
        (
            &[
                "mock",
                "call",
                "PJSIP/carol",
                "--context",
                "office",
                "--extension",
                "100",
            ],
            "channel",
        ),
        (&["mock", "requests", "--fields", "operation"], "sounds.get"),
    ] {
        let (code, out) = fake.ask("boss", "b0ss", arguments);
        assert!(code == 0 && out.contains(part), "{arguments:?}: {out}");
    }
    let (_, out) = fake.ask("boss", "b0ss", &["asterisk", "list-modules", "--json"]);
    assert!(!out.contains("chan_websocket"), "{out}");
    assert_eq!(fake.end("INT").0, Some(0));
}

/// The fake says whether its outbound WebSockets are connected, once for each change.
#[test]
fn outbound_websockets_are_logged() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("setup.toml");
    fs::write(
        &file,
        "[[websocket_clients]]\nname = \"audio\"\nurl = \"ws://127.0.0.1:9/media\"\n\
         [[persistent_websockets]]\nclient = \"audio\"\napplications = [\"menu\"]\n",
    )
    .expect("a file");
    let setup = ["--setup", file.to_str().expect("a path")];
    for (release, parts) in [
        (
            "24",
            &[
                "audio: outbound WebSocket to ws://127.0.0.1:9/media failed",
                "retrying",
            ][..],
        ),
        ("18", &["18.", "has no outbound WebSockets"]),
    ] {
        let mut fake = Fake::start(&[&setup[..], &["--release", release]].concat(), &[]);
        let line = fake.lines.next().expect("a line").expect("text");
        let log: Value = serde_json::from_str(&line).expect("JSON");
        let text = log["log"].as_str().unwrap_or_default().to_owned();
        assert!(parts.iter().all(|part| text.contains(part)), "{line}");
        // The attempts go on.
        fake.good(&["mock", "pause"]);
        fake.good(&["mock", "advance", "10"]);
        fake.good(&["mock", "reset"]);
        assert_eq!(fake.end("INT"), (Some(0), Vec::new()), "{release}");
    }
}

#[test]
fn options_add_extensions_endpoints_and_sounds() {
    let fake = Fake::start(
        &[
            "--extension=office/7=Answer(),Stasis(hello,a,b),Hangup()",
            "--endpoint=PJSIP/alice=Ringing(),Wait(1)",
            "--endpoint=PJSIP/bob=offline",
            "--sound=my/greeting=2.5",
            "--paused",
        ],
        &[],
    );
    let endpoints: Value =
        serde_json::from_str(&fake.good(&["endpoints", "list", "--json"])).expect("JSON");
    let state = |name: &str| {
        let mut all = endpoints.as_array().into_iter().flatten();
        let found = all.find(|one| one["resource"] == name).expect(name);
        found["state"].as_str().expect("a state").to_owned()
    };
    assert_eq!((&*state("alice"), &*state("bob")), ("online", "offline"));
    fake.good(&["sounds", "get", "my/greeting"]);
    fake.good(&[
        "mock",
        "call",
        "PJSIP/carol",
        "--context=office",
        "--extension=7",
    ]);
    let clock = fake.good(&["mock", "advance", "1.5", "--json"]);
    assert_eq!(clock.trim(), r#"{"seconds":1.5,"paused":true}"#);
    assert_eq!(fake.end("INT").0, Some(0));
}

#[test]
fn invalid_settings_are_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text, parts) in [
        (
            "a.toml",
            "users = 7\n",
            &["a.toml, line 1", "ari mock --help"][..],
        ),
        (
            "b.toml",
            "\nsound = {}\n",
            &["b.toml, line 2", "unknown field `sound`"],
        ),
        (
            "c.json",
            "{\"endpoints\": {\"PJSIP/a\": [\"Dial()\"]}}",
            &["c.json, line 1", "unknown step", "Answer()"],
        ),
        (
            "d.toml",
            "sounds = { beep = -1 }\n",
            &["line 1", "0 to 86400"],
        ),
        (
            "e.toml",
            "[[users]]\nname = \"x\"\n",
            &["user \"x\" has no password", "password_variable"],
        ),
        (
            "f.toml",
            "[[users]]\nname = \"x\"\npassword_variable = \"NOT_SET\"\n",
            &["NOT_SET", "set it"],
        ),
        (
            "g.toml",
            "[[users]]\nname = \"x\"\npassword = \"s3cret\"\n",
            &["chmod 600"],
        ),
        (
            "h.toml",
            "[[users]]\nname = \"x\"\npassword_file = \"y\"\npassword_variable = \"Z\"\n",
            &["more than one of"],
        ),
        (
            "i.toml",
            "[[persistent_websockets]]\nclient = \"x\"\napplications = [\"hello\"]\n",
            &["persistent_websockets", "\"x\"", "add it"],
        ),
        (
            "j.toml",
            "[[websocket_clients]]\nname = \"x\"\nurl = \"wss://localhost/\"\n",
            &[
                "websocket_clients[0].url",
                "wss://localhost/",
                "set it to true",
            ],
        ),
        (
            "v.toml",
            "[[websocket_clients]]\nname = \"x\"\nurl = \"wss://localhost/\"\ntls_enabled = true\n",
            &["websocket_clients[0].ca_list_file: is missing"],
        ),
        (
            "w.toml",
            "[[websocket_clients]]\nname = \"x\"\nurl = \"wss://localhost/\"\ntls_enabled = true\n\
             ca_list_file = \"none.pem\"\n",
            &["cannot read the ca_list_file", "none.pem"],
        ),
        (
            "x.toml",
            "[[websocket_clients]]\nname = \"x\"\nurl = \"ws://localhost/\"\n\
             verify_server_cert = false\n",
            &[
                "websocket_clients[0].verify_server_cert",
                "without tls_enabled",
            ],
        ),
        (
            "k.toml",
            "[[persistent_websockets]]\nclient = \"x\"\napplications = []\n",
            &["no applications"],
        ),
        (
            "l.toml",
            "missing_modules = [\"chan_sip\", \"x\"]\n",
            &["l.toml: missing_modules[0]", "no module \"chan_sip\""],
        ),
        (
            "m.toml",
            "missing_modules = [\"res_ari.so\", \"chan_websockets\"]\n",
            &["missing_modules[1]", "did you mean \"chan_websocket\""],
        ),
        (
            "n.toml",
            "[endpoints]\nalice = [\"Answer()\"]\n",
            &["n.toml: endpoints: \"alice\" is not an endpoint"],
        ),
        (
            "o.toml",
            "offline_endpoints = [\"PJSIP/a\", \"PJSIP/\"]\n",
            &["offline_endpoints[1]", "\"PJSIP/\""],
        ),
        (
            "p.toml",
            "offline_endpoints = [\"PJSIP/a\"]\nendpoints = { \"PJSIP/a\" = [] }\n",
            &["offline_endpoints[0]", "twice"],
        ),
        (
            "q.toml",
            "[[users]]\nname = \"x\"\npassword_variable = \"PATH\"\n\
             [[users]]\nname = \"x\"\npassword_variable = \"PATH\"\n",
            &["users[1].name", "\"x\" is given twice"],
        ),
        (
            "r.toml",
            "[[users]]\nname = \"a:b\"\npassword_variable = \"PATH\"\n",
            &["users[0].name", "colon"],
        ),
        (
            "s.toml",
            "extensions = { office = { 100 = [] } }\n",
            &["extensions.office.100", "no steps"],
        ),
        (
            "v.toml",
            "extensions = { office = {} }\n",
            &["v.toml: extensions.office", "no extensions"],
        ),
        (
            "w.toml",
            "http_prefix = \"pbx\"\nusers = []\n",
            &["w.toml", "line 2", "the list of users is empty"],
        ),
        (
            "x.toml",
            "[[websocket_clients]]\nname = \"x\"\nurl = \"http://localhost/\"\n",
            &["does not begin with ws://, but tls_enabled is false\n"],
        ),
        (
            "t.toml",
            "http_prefix = \"/a b\"\n",
            &["t.toml: http_prefix", "such as /pbx"],
        ),
        (
            "u.toml",
            "[[websocket_clients]]\nname = \"x\"\nurl = \"ws://localhost/\"\n\
             [[persistent_websockets]]\nclient = \"x\"\napplications = [\"a\", \"a\"]\n",
            &[
                "persistent_websockets[0].applications",
                "\"a\" is given twice",
            ],
        ),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a file");
        let (code, out, err) = run(ari(&[
            "mock",
            "--port=0",
            "--setup",
            file.to_str().expect("a path"),
        ]));
        assert_eq!((code, &*out), (2, ""), "{name}: {err}");
        for part in parts {
            assert!(err.contains(part), "{name}: {part}: {err}");
        }
    }
    for (option, part) in [
        ("--setup=/nonexistent/x.toml", "does not exist"),
        ("--scenario=/nonexistent/x.toml", "cannot read the scenario"),
        ("--extension=testari=Answer()", "a context and an extension"),
        ("--endpoint=alice=Answer()", "such as PJSIP/alice"),
        ("--endpoint=PJSIP/alice=Answer(),Dance()", "unknown step"),
        ("--sound=beep=loud", "0 to 86400"),
        ("--listen=8088", "8088"),
    ] {
        let (code, out, err) = run(ari(&["mock", "--port=0", option]));
        assert_eq!((code, &*out), (2, ""), "{option}: {err}");
        assert!(err.contains(part), "{option}: {err}");
    }
}

/// The default users are not accepted from other machines once there is another one, and without one
/// there is no control API.
#[test]
fn other_interfaces_need_a_user() {
    let listen = ["mock", "--listen=0.0.0.0:0", "--json"];
    let fake = Fake::run(&listen, &[("ARI_USER", "boss"), ("ARI_PASSWORD", "0wn")]);
    assert_eq!(fake.ask("aritest", "testme", &["channels", "list"]).0, 3);
    assert_eq!(fake.ask("boss", "0wn", &["mock", "state"]).0, 0);
    fake.end("INT");

    let fake = Fake::run(&listen, &[]);
    assert_eq!(fake.ask("aritest", "testme", &["channels", "list"]).0, 0);
    let (code, out) = fake.ask("aritest", "testme", &["mock", "state"]);
    assert!(code == 3 && out.contains("--listen"), "{out}");
    fake.end("INT");

    for (environment, part) in [
        (("ARI_USER", "boss"), "ARI_PASSWORD or --password-file"),
        (("ARI_PASSWORD", "0wn"), "ARI_USER or --user"),
    ] {
        let mut command = ari(&listen);
        command.env_remove("ARI_USER").env_remove("ARI_PASSWORD");
        command.envs([environment]);
        let (code, out, err) = run(command);
        assert_eq!((code, &*out), (2, ""), "{err}");
        assert!(err.contains(part), "{err}");
    }

    let fake = Fake::start(&["--no-control"], &[]);
    let (code, out) = fake.ask("aritest", "testme", &["mock", "state"]);
    assert!(code == 3 && out.contains("--no-control"), "{out}");
    fake.end("INT");
}

/// Outbound WebSockets verify the certificate of the program, which is another fake here.
#[test]
fn outbound_websockets_use_tls() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| {
        folder
            .path()
            .join(name)
            .to_str()
            .expect("a path")
            .to_owned()
    };
    let start = |name: &str, is_own_authority: bool| {
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("parameters");
        if is_own_authority {
            params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        }
        let key = KeyPair::generate().expect("a key");
        let certificate = params.self_signed(&key).expect("a certificate");
        let (cert, key_file) = (path(&format!("{name}.pem")), path(&format!("{name}.key")));
        fs::write(&cert, certificate.pem()).expect("a file");
        fs::write(&key_file, key.serialize_pem()).expect("a file");
        Fake::start(&["--tls-cert", &cert, "--tls-key", &key_file], &[])
    };
    let (local, other) = (start("localhost", true), start("other.example", false));
    let setup = path("setup.toml");
    for (program, settings, part) in [
        (&local, "ca_list_file = \"localhost.pem\"", "connected to"),
        (
            &local,
            "ca_list_file = \"other.example.pem\"",
            "certificate",
        ),
        (&local, "verify_server_cert = false", "connected to"),
        (
            &other,
            "ca_list_file = \"other.example.pem\"",
            "certificate",
        ),
        (
            &other,
            "ca_list_file = \"other.example.pem\"\nverify_server_hostname = false",
            "connected to",
        ),
        (
            &other,
            "ca_list_file = \"localhost.pem\"\nverify_server_hostname = false",
            "certificate",
        ),
        (&other, "verify_server_cert = false", "connected to"),
    ] {
        let url = program.url().replace("https", "wss");
        let text = format!(
            "[[websocket_clients]]\nname = \"x\"\nurl = \"{url}/events?app=from-the-fake\"\n\
             user = \"aritest\"\npassword_variable = \"SECRET\"\ntls_enabled = true\n{settings}\n\
             [[persistent_websockets]]\nclient = \"x\"\napplications = [\"menu\"]\n"
        );
        fs::write(&setup, text).expect("a file");
        let mut fake = Fake::start(&["--setup", &setup], &[("SECRET", "testme")]);
        let line = fake.lines.next().expect("a line").expect("text");
        assert!(
            line.contains(part) && line.contains(&url),
            "{settings}: {line}"
        );
        fake.end("INT");
    }
    local.end("INT");
    other.end("INT");
}

#[test]
fn tls_is_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| {
        folder
            .path()
            .join(name)
            .to_str()
            .expect("a path")
            .to_owned()
    };
    let params = CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let key = KeyPair::generate().expect("a key");
    let certificate = params.self_signed(&key).expect("a certificate");
    fs::write(path("cert.pem"), certificate.pem()).expect("a file");
    fs::write(path("key.pem"), key.serialize_pem()).expect("a file");
    let (cert, key) = (path("cert.pem"), path("key.pem"));
    let other = path("other.pem");
    fs::write(&other, KeyPair::generate().expect("a key").serialize_pem()).expect("a file");

    let fake = Fake::start(&["--tls-cert", &cert, "--tls-key", &key], &[]);
    assert!(
        fake.url().starts_with("https://localhost:"),
        "{}",
        fake.url()
    );
    fake.good(&["channels", "list", "--json", "--ca-file", &cert]);
    fake.good(&[
        "mock",
        "call",
        "PJSIP/alice",
        "--extension=ring",
        "--ca-file",
        &cert,
    ]);
    assert_eq!(fake.ask("aritest", "testme", &["channels", "list"]).0, 4);
    fake.end("INT");

    for (options, part) in [
        (["/nonexistent", &*key], "/nonexistent"),
        (
            [&*key, &*key],
            "key.pem cannot be used for TLS: it contains no certificate",
        ),
        (
            [&*cert, &*cert],
            "cert.pem cannot be used for TLS: it contains no private key",
        ),
        (
            [&*cert, &*other],
            "other.pem cannot be used for TLS: it is not the key of the certificate",
        ),
    ] {
        let [cert, key] = options;
        let (code, _, err) = run(ari(&[
            "mock",
            "--port=0",
            "--tls-cert",
            cert,
            "--tls-key",
            key,
        ]));
        assert!(code == 2 && err.contains(part), "{err}");
    }
    assert_eq!(run(ari(&["mock", "--port=0", "--tls-cert", &cert])).0, 2);
}
