//! The trace context of requests, from a program through its gateway to Asterisk.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use ari_api::client::TraceContext;
use ari_api::{Client, Error, Event, IncomingSession, channels};
use ari_cluster::gateway::GatewayBuilder;
use ari_mock::Asterisk;
use ari_test_support::{wait_until, within_limit};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{TcpListener, TcpStream};

use crate::logs;
use crate::support::{APPLICATION, Nats, wait_until_connected};

/// The bytes that a proxy has passed on to a server.
type Passed = Arc<Mutex<Vec<u8>>>;

/// Starts a proxy in front of a server.
async fn proxy(server: SocketAddr) -> (SocketAddr, Passed) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let passed = Passed::default();
    let noted = passed.clone();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let noted = noted.clone();
            tokio::spawn(async move {
                let far = TcpStream::connect(server).await.unwrap();
                let (mut near_reader, mut near_writer) = near.into_split();
                let (mut far_reader, mut far_writer) = far.into_split();
                tokio::spawn(async move { copy(&mut far_reader, &mut near_writer).await });
                let mut buffer = [0; 4096];
                while let Ok(length @ 1..) = near_reader.read(&mut buffer).await {
                    noted.lock().unwrap().extend_from_slice(&buffer[..length]);
                    if far_writer.write_all(&buffer[..length]).await.is_err() {
                        break;
                    }
                }
            });
        }
    });
    (address, passed)
}

/// Returns the header `traceparent` of the first request whose line begins like this, if it has been
/// passed on.
fn traceparent(passed: &Passed, line: &str) -> Option<Option<String>> {
    let passed = passed.lock().unwrap();
    let text = String::from_utf8_lossy(&passed);
    let heads = text.split("\r\n\r\n");
    // A body without a line break at its end stands in front of the next head.
    let mut heads = heads.filter_map(|head| Some(head.split_at(head.find(line)?).1));
    let head = heads.next()?;
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let found = headers.find(|(name, _)| *name == "traceparent");
    Some(found.map(|(_, value)| value.to_owned()))
}

/// A context that nothing else in this program has.
fn context(number: u8) -> TraceContext {
    TraceContext::new([0xa0 + number; 16], [0xb0 + number; 8], 1).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn trace_context_reaches_asterisk_and_the_log() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let log = logs::capture();
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let address = pbx.url();
    let address = address.trim_start_matches("http://").split('/').next();
    let (address, passed) = proxy(address.unwrap().parse().unwrap()).await;
    let asterisk =
        Client::builder(format!("http://{address}/ari")).credentials("aritest", "testme");
    let gateway = GatewayBuilder::new("munich", asterisk.http_transport().unwrap());
    let _gateway = cluster.start_gateway(gateway.application(APPLICATION));
    wait_until_connected(&cluster, 1).await;

    // A worker.
    let handler = |mut session: IncomingSession<Client>| async move {
        while let Some(event) = session.events.next().await {
            if let Event::StasisStart(start) = event?.as_ref() {
                let client = session.client.with_trace_context(context(1));
                client.channel(&start.channel.id).answer().await?;
                // Not a channel of this call.
                let error = client.channel("unknown").hold().await.unwrap_err();
                assert!(matches!(error, Error::NotOwner { .. }), "{error}");
                session.client.channel(&start.channel.id).hangup().await?;
            }
        }
        Ok::<_, Error>(())
    };
    let _worker = cluster.worker(APPLICATION).serve(handler).await.unwrap();
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    wait_until("the worker hangs up", || !alice.exists()).await;
    let answer = format!("POST /ari/channels/{}/answer", alice.id());
    let hangup = format!("DELETE /ari/channels/{}", alice.id());
    assert_eq!(
        traceparent(&passed, &answer),
        Some(Some(context(1).to_string()))
    );
    assert_eq!(traceparent(&passed, &hangup), Some(None));

    // A dialer.
    let originate = channels::Originate::new("Local/1@testari").app(APPLICATION);
    let dialer = cluster.with_trace_context(context(2));
    let session = within_limit(dialer.originate("munich", originate)).await;
    let session = session.unwrap();
    assert_eq!(
        traceparent(&passed, "POST /ari/channels?"),
        Some(Some(context(2).to_string()))
    );
    drop(session);

    // A supervisor.
    let supervisor = cluster.with_trace_context(context(3)).server("munich");
    within_limit(supervisor.asterisk().ping().into_future())
        .await
        .unwrap();
    assert_eq!(
        traceparent(&passed, "GET /ari/asterisk/ping"),
        Some(Some(context(3).to_string()))
    );

    let text = log.text();
    for (number, operation, message) in [
        (1, "channels.answer", "executed a request"),
        (1, "channels.hold", "refused a request"),
        (2, "channels.originate", "executed a request"),
        (3, "asterisk.ping", "executed a request"),
    ] {
        let context = context(number).to_string();
        let is_logged = |line: &str| {
            line.starts_with("ari_cluster::gateway")
                && [&context, operation, message]
                    .iter()
                    .all(|part| line.contains(*part))
        };
        assert!(text.lines().any(is_logged), "{operation}");
    }
}
