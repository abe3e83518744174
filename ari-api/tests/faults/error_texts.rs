//! The texts of errors: one line with the operation, the server, the cause and the next step.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use ari_api::error::{ConnectionError, ConnectionProblem};
use ari_api::{Client, Error};
use ari_test_support::within_limit;

/// Starts a server that sends these bytes at once, or in response to anything.
fn serve_bytes(bytes: &'static [u8], at_once: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}/ari", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            thread::spawn(move || {
                if at_once {
                    let _ = stream.write_all(bytes);
                }
                let _ = stream.read(&mut [0; 4096]);
                if !at_once {
                    let _ = stream.write_all(bytes);
                }
            });
        }
    });
    url
}

fn client(url: &str) -> Client {
    let client = Client::builder(url).credentials("user", "hunter2");
    client.build().expect("a client")
}

#[tokio::test]
async fn errors_name_server_cause_and_next_step() {
    use ConnectionProblem::{Closed, ManagerInterface, Refused, SecureShell, Tls};
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = closed.local_addr().expect("an address");
    drop(closed);
    let alert = b"\x15\x03\x03\x00\x02\x02\x46";
    let ami = b"Asterisk Call Manager/9.0.0\r\n";
    let ssh = b"SSH-2.0-OpenSSH_9.2p1\r\n";
    for (url, problem, words) in [
        (
            format!("http://{address}/ari"),
            Some(Refused),
            "connection refused: is Asterisk running, and http.conf enabled on this port?",
        ),
        (
            serve_bytes(alert, false),
            Some(Tls),
            "use https:// in the address",
        ),
        (serve_bytes(ami, true), Some(ManagerInterface), "(AMI)"),
        (serve_bytes(ssh, true), Some(SecureShell), "(SSH)"),
        // Asterisk's port for TLS does so when it gets http.
        (serve_bytes(b"", false), Some(Closed), "use https:// if"),
        (
            serve_bytes(b"220 mail\r\n", true),
            None,
            "begins with \"220 mail",
        ),
    ] {
        let client = client(&url);
        let asked = within_limit(client.channels().list().into_future())
            .await
            .map(drop);
        let connected = within_limit(client.application("a").connect().into_future());
        for result in [asked, connected.await.map(drop)] {
            let error = result.expect_err("no Asterisk");
            let text = error.to_string();
            assert!(text.contains(&url) && text.contains(words), "{text}");
            assert!(!text.contains("hunter2") && !text.contains('\n'), "{text}");
            assert_eq!(ConnectionProblem::of(&error), problem, "{text}");
            let (Error::NotSent { source, .. } | Error::OutcomeUnknown { source, .. }) = &error
            else {
                panic!("{error:?}");
            };
            let source = source.downcast_ref::<ConnectionError>().expect("its kind");
            assert_eq!(source.server(), url);
        }
        if problem == Some(Refused) {
            let connected = client.application("a").connect().await;
            assert_eq!(
                connected.map(drop).expect_err("no server").to_string(),
                format!(
                    "events.eventWebsocket (GET /events): not sent to {url}: connection refused: \
                     is Asterisk running, and http.conf enabled on this port?"
                )
            );
        }
    }
}

/// Responses from other servers than Asterisk: a redirection, a proxy, a web server.
#[tokio::test]
async fn responses_of_other_servers_are_recognised() {
    for (answer, words) in [
        (
            "301 So\r\nLocation: https://u:hunter2@pbx.example/ari/x?api_key=hunter2\r\n",
            &["301", "https://pbx.example/ari/x", "use https://"][..],
        ),
        (
            "302 So\r\nLocation: /login\r\n",
            &["302", "/login", "does not lead to ARI"],
        ),
        ("502 So\r\n", &["proxy"]),
        ("504 So\r\n", &["proxy"]),
        ("404 So\r\n", &["has to end in /ari"]),
        ("413 So\r\n", &["40,960 bytes"]),
        ("401 So\r\n", &["not Asterisk's response", "proxy"]),
        ("403 So\r\n", &["not Asterisk's response", "proxy"]),
        // What web servers respond when they get plain HTTP on their port for TLS.
        (
            "400 The plain HTTP request was sent to HTTPS port\r\n",
            &["use https://"],
        ),
        (
            "400 You're speaking plain HTTP to an SSL-enabled server port\r\n",
            &["use https://"],
        ),
    ] {
        let (status, _) = answer.split_once('\r').expect("a line");
        let page = format!("<html>{status}");
        let answer = format!(
            "HTTP/1.1 {answer}Content-Length: {}\r\n\r\n{page}",
            page.len()
        );
        let url = serve_bytes(answer.leak().as_bytes(), false);
        let client = client(&url);
        let asked = within_limit(client.channels().list().into_future())
            .await
            .map(drop);
        let connected = within_limit(client.application("a").connect().into_future());
        for result in [asked, connected.await.map(drop)] {
            let text = result.expect_err("no Asterisk").to_string();
            for word in words {
                assert!(text.contains(word), "{word}: {text}");
            }
            assert!(
                !text.contains("hunter2") && !text.contains("log names"),
                "{text}"
            );
        }
    }
}
