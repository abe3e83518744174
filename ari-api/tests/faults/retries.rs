//! Requests that are sent again: which are, and that none is executed twice.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ari_api::client::{ReconnectPolicy, RetryPolicy};
use ari_api::{Client, Error};
use ari_mock::{Asterisk, Step};
use ari_test_support::{wait_until, within_limit};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};

use crate::transcript::format_result;

/// Forwards connections to a server, and loses what the server sends as often as it is set to.
struct LossyPath {
    url: String,
    losses: Arc<AtomicUsize>,
}

impl LossyPath {
    /// With `frames`, only what arrives on WebSockets is lost.
    async fn to(server: &Asterisk, frames: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let target = server.url();
        let target = target
            .trim_start_matches("http://")
            .trim_end_matches("/ari");
        let (target, losses) = (target.to_owned(), Arc::new(AtomicUsize::new(0)));
        let left = Arc::clone(&losses);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(forward(client, target.clone(), Arc::clone(&left), frames));
            }
        });
        let url = format!("http://{address}/ari");
        LossyPath { url, losses }
    }

    /// Closes the next connection on which the server sends something, in place of passing it on.
    fn lose_response(&self) {
        self.losses.store(1, Ordering::SeqCst);
    }
}

async fn forward(client: TcpStream, target: String, losses: Arc<AtomicUsize>, frames: bool) {
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let requests = tokio::spawn(async move { copy(&mut from_client, &mut to_server).await });
    let mut piece = vec![0; 65536];
    while let Ok(length @ 1..) = from_server.read(&mut piece).await {
        let fewer = |left: usize| left.checked_sub(1);
        if frames && piece.starts_with(b"HTTP/") {
            let _ = to_client.write_all(&piece[..length]).await;
            continue;
        }
        let lost = losses.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fewer);
        if lost.is_ok() || to_client.write_all(&piece[..length]).await.is_err() {
            break;
        }
    }
    requests.abort();
}

type Attempt = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// A request, and what becomes of it if the response to its first attempt is lost.
struct Case {
    operation: &'static str,
    request: fn(Client) -> Attempt,
    /// The number of times that the server receives it.
    requests: usize,
    result: &'static str,
}

macro_rules! case {
    ($operation:literal, $client:ident => $request:expr, $requests:literal, $result:literal) => {
        Case {
            operation: $operation,
            request: |$client| Box::pin(async move { $request.await.map(drop) }),
            requests: $requests,
            result: $result,
        }
    };
}

const CASES: &[Case] = &[
    case!("channels.originate", c => c.channels().originate("PJSIP/100").app("a"),
        1, "OutcomeUnknown"),
    case!("channels.originate", c => c.channels().originate("PJSIP/100").app("a").channel_id("o"),
        2, "Ok"),
    case!("channels.originateWithId", c => c.channel("w").originate_with_id("PJSIP/100").app("a"),
        2, "Ok"),
    case!("channels.create", c => c.channels().create("PJSIP/100", "a"), 1, "OutcomeUnknown"),
    case!("channels.create", c => c.channels().create("PJSIP/100", "a").channel_id("c"), 2, "Ok"),
    case!("bridges.createWithId", c => c.bridge("b").create_with_id(), 2, "Ok"),
    case!("bridges.create", c => c.bridges().create().bridge_id("d"), 1, "OutcomeUnknown"),
    case!("channels.playWithId", c => c.channel("alice").play_with_id("p", ["sound:hello-world"]),
        1, "OutcomeUnknown"),
    case!("channels.sendDTMF", c => c.channel("alice").send_dtmf("1"), 1, "OutcomeUnknown"),
    case!("channels.setChannelVar", c => c.channel("alice").set_channel_var("X").value("1"),
        1, "OutcomeUnknown"),
    case!("channels.getChannelVar", c => c.channel("alice").get_channel_var("INC(X)"),
        1, "OutcomeUnknown"),
    case!("mailboxes.list", c => c.mailboxes().list(), 2, "Ok"),
    case!("deviceStates.update", c => c.device_state("Stasis:x").update("BUSY"), 2, "Ok"),
    case!("applications.unsubscribe", c => c.application("a").unsubscribe(["channel:alice"]),
        1, "OutcomeUnknown"),
    case!("channels.hangup", c => c.channel("alice").hangup(), 2, "Refused 404"),
];

fn policy() -> RetryPolicy {
    let policy = RetryPolicy::new().initial_delay(Duration::from_millis(20));
    policy.max_attempts(1000).budget(1.0, 1000)
}

fn client(url: &str, policy: Option<RetryPolicy>) -> Client {
    let reconnect = ReconnectPolicy::new().initial_delay(Duration::from_millis(1));
    let builder = Client::builder(url).credentials("user", "password");
    // A connection that is kept alive is a reason of its own to send a `GET` again.
    let builder = builder.reconnect(reconnect).idle_timeout(Duration::ZERO);
    let builder = match policy {
        Some(policy) => builder.retry(policy),
        None => builder,
    };
    builder.build().expect("a client")
}

async fn server() -> Asterisk {
    let builder = Asterisk::builder().user("user", "password");
    let builder = builder.endpoint("PJSIP/100", [Step::Wait(Duration::from_secs(600))]);
    builder.start().await.expect("a server")
}

/// Returns the statuses of all requests for an operation.
fn statuses(server: &Asterisk, operation: &str) -> Vec<Option<u16>> {
    let requests = server.requests();
    let of_it = requests.iter().filter(|request| {
        let found = request.operation;
        format!("{}.{}", found.resource, found.nickname) == operation
    });
    of_it.map(|request| request.status).collect()
}

#[tokio::test]
async fn nothing_is_executed_twice() {
    for over_socket in [false, true] {
        for Case {
            operation,
            request,
            requests,
            result,
        } in CASES
        {
            // It may wait for a playback, and is sent over HTTP.
            if over_socket && *operation == "channels.setChannelVar" {
                continue;
            }
            let server = server().await;
            let path = LossyPath::to(&server, over_socket).await;
            // Events must not be what is lost.
            let url = server.url();
            let http = client(if over_socket { &path.url } else { &url }, Some(policy()));
            let app = http.application("a").connect().await;
            let app = app.expect("an application");
            let call = server.incoming_call("PJSIP/alice").id("alice");
            call.into_application("a");
            let client = match over_socket {
                true => Client::over_session(app.session()),
                false => client(&path.url, Some(policy())),
            };
            // Everything that the start of the session sends has its response.
            server.wait_for_response("applications.get", 1).await;
            wait_until("the call is known", || {
                http.connection().is_in_application("alice")
            })
            .await;

            // `create` needs the version of the server, which this response contains.
            within_limit(client.asterisk().ping().into_future())
                .await
                .expect("a response");
            path.lose_response();
            let found = within_limit(request(client)).await;
            let what = format!(
                "{operation} over {}",
                if over_socket { "socket" } else { "HTTP" }
            );
            assert_eq!(format_result(&found), *result, "{what}: {found:?}");
            let statuses = statuses(&server, operation);
            assert_eq!(statuses.len(), *requests, "{what}: {statuses:?}");
            let is_changed = |status: &&Option<u16>| matches!(status, Some(200..300));
            if !matches!(
                *operation,
                "mailboxes.list" | "deviceStates.update" | "channels.getChannelVar"
            ) {
                let changes = statuses.iter().filter(is_changed).count();
                assert_eq!(changes, 1, "{what}: {statuses:?}");
            }
            http.close(Duration::ZERO).await;
        }
    }
}

#[tokio::test]
async fn refused_requests_are_sent_again_within_limits() {
    const BUSY: (u16, &str) = (503, "Asterisk not booted");
    let once = || Some(policy().max_attempts(1));
    let scarce = || Some(policy().budget(0.0, 2));
    // The delay is longer than the timeout.
    let slow = || {
        Some(
            policy()
                .initial_delay(Duration::MAX)
                .max_delay(Duration::MAX),
        )
    };
    for (what, fault, times, policy, requests, result) in [
        ("a server that starts", BUSY, 3, Some(policy()), 4, "Ok"),
        ("off by default", BUSY, 3, None, 1, "Refused 503"),
        ("one attempt", BUSY, 3, once(), 1, "Refused 503"),
        ("an empty budget", BUSY, 99, scarce(), 3, "Refused 503"),
        (
            "a delay beyond the timeout",
            BUSY,
            3,
            slow(),
            1,
            "Refused 503",
        ),
        (
            "an unknown outcome",
            (502, "Bad Gateway"),
            3,
            Some(policy()),
            1,
            "Refused 502",
        ),
        (
            "a final refusal",
            (400, "No"),
            3,
            Some(policy()),
            1,
            "Refused 400",
        ),
    ] {
        let server = server().await;
        let client = client(&server.url(), policy);
        server.fail_times("channels.originate", fault.0, fault.1, times);
        let call = client.channels().originate("PJSIP/100").app("a");
        let found = within_limit(call.into_future()).await;
        assert_eq!(format_result(&found), result, "{what}: {found:?}");
        let statuses = statuses(&server, "channels.originate");
        assert_eq!(statuses.len(), requests, "{what}: {statuses:?}");
        let created = usize::from(found.is_ok());
        assert_eq!(server.channel_ids().len(), created, "{what}");
    }
}

/// No connection is accepted at first, so that nothing was sent.
#[tokio::test]
async fn requests_wait_for_a_server_that_restarts() {
    let mut server = server().await;
    let client = client(&server.url(), Some(policy()));
    server.stop();
    let call = client.channels().originate("PJSIP/100").app("a");
    let call = tokio::spawn(call.into_future());
    wait_until("an attempt has failed", || {
        client.connection().health().requests == 1
    })
    .await;
    server.restart().await.expect("a server");
    let found = within_limit(call).await.expect("no panic");
    assert_eq!(format_result(&found), "Ok", "{found:?}");
    assert_eq!(server.channel_ids().len(), 1);
}

#[tokio::test]
async fn closing_the_client_ends_the_delay() {
    let server = server().await;
    let hour = Duration::from_secs(3600);
    let policy = policy().initial_delay(hour).max_delay(hour);
    let client = client(&server.url(), Some(policy)).with_timeout(hour * 2);
    server.fail("channels.list", 503, "Asterisk not booted");
    let list = tokio::spawn(client.channels().list().into_future());
    server.wait_for_response("channels.list", 1).await;
    within_limit(client.close(hour)).await;
    let found = within_limit(list).await.expect("no panic");
    assert_eq!(format_result(&found), "Refused 503", "{found:?}");
}
