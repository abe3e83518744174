//! Outbound WebSockets: persistent ones, and one for every call.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use ari_api::outcome::CallOutcome;
use ari_api::server::ServerBuilder;
use ari_api::{Client, Error, Event, IncomingSession, Server};
use ari_test_support::{LIMIT, within_limit};
use tokio::sync::{Barrier, mpsc};
use tokio::time::timeout;

use super::session::{client, refusal};
use super::tls::Certificate;
use crate::asterisk::{Asterisk, Release};

/// Returns a builder for a server on any port.
fn builder() -> ServerBuilder<Client> {
    Server::builder().credentials("asterisk", "secret")
}

/// Configures Asterisk to connect to our server: persistently, or for each call.
fn dial(server: &Asterisk, ours: &Server, apps: &str, kind: &str, user: &str, more: &str) {
    let scheme = if more.contains("tls_enabled") {
        "wss"
    } else {
        "ws"
    };
    let port = ours.local_addr().port();
    let uri = format!("{scheme}://localhost:{port}/ours?tenant=7");
    configure(server, &uri, apps, kind, user, more);
}

/// Configures Asterisk to connect to an address: persistently, or for each call.
pub(super) fn configure(
    server: &Asterisk,
    uri: &str,
    apps: &str,
    kind: &str,
    user: &str,
    more: &str,
) {
    let append = |file: &str, text: String| {
        let path = server.dir().join("etc").join(file);
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    };
    append(
        "websocket_client.conf",
        format!(
            "[{kind}]\ntype = websocket_client\nconnection_type = {kind}\n\
             uri = {uri}\nprotocols = ari\n\
             username = asterisk\npassword = secret\n{more}\n"
        ),
    );
    append(
        "ari.conf",
        format!(
            "\n[to_us]\ntype = outbound_websocket\nwebsocket_client_id = {kind}\napps = {apps}\n\
             local_ari_user = {user}\n"
        ),
    );
    server.cli("module reload res_websocket_client.so");
    server.cli("module reload res_ari.so");
}

async fn next<T>(told: &mut mpsc::UnboundedReceiver<T>, server: &Asterisk) -> T {
    match timeout(LIMIT, told.recv()).await {
        Ok(Some(next)) => next,
        _ => panic!("nothing was told; Asterisk's log:\n{}", server.log()),
    }
}

/// Returns a handler that passes its sessions to the receiver.
fn session_channel() -> (
    impl Fn(IncomingSession<Client>) -> std::future::Pending<()> + Send + Sync,
    mpsc::UnboundedReceiver<IncomingSession<Client>>,
) {
    let (tell, told) = mpsc::unbounded_channel();
    let handler = move |session| {
        let _ = tell.send(session);
        std::future::pending()
    };
    (handler, told)
}

/// Returns the next event of this type.
async fn event(session: &mut IncomingSession<Client>, kind: &str) -> Arc<Event> {
    let found = timeout(LIMIT, async {
        loop {
            let event = session
                .events
                .next()
                .await
                .expect("the session goes on")
                .unwrap();
            if event.kind() == kind {
                return event;
            }
        }
    });
    found
        .await
        .unwrap_or_else(|_| panic!("{kind} did not come"))
}

/// Answers, plays and hangs up, all over the socket of the session.
async fn serve_call(session: &mut IncomingSession<Client>) {
    let start = event(session, "StasisStart").await;
    let Event::StasisStart(start) = start.as_ref() else {
        unreachable!()
    };
    let channel = session.client.channel(&start.channel.id);
    let mut own = channel.events();
    channel.answer().await.unwrap();
    let playback = channel.play(["sound:hello-world"]).await.unwrap();
    event(session, "PlaybackStarted").await;
    let finished = event(session, "PlaybackFinished").await;
    let Event::PlaybackFinished(finished) = finished.as_ref() else {
        unreachable!()
    };
    assert_eq!(finished.playback.id, playback.id);
    channel.hangup().await.unwrap();
    event(session, "StasisEnd").await;
    let mut kinds = Vec::new();
    while let Ok(Some(event)) = timeout(LIMIT, own.next()).await {
        kinds.push(event.unwrap().kind().to_owned());
        if kinds
            .last()
            .is_some_and(|kind| kind == "ChannelHangupRequest")
        {
            break;
        }
    }
    assert!(kinds.contains(&"PlaybackFinished".to_owned()), "{kinds:?}");
    assert!(
        kinds.contains(&"ChannelHangupRequest".to_owned()),
        "{kinds:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn persistent_websocket_carries_its_applications() {
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let (handler, mut sessions) = session_channel();
    let ours = builder().route("/ours", handler).serve().await.unwrap();
    dial(&server, &ours, "one,two", "persistent", server.user(), "");

    let mut session = next(&mut sessions, &server).await;
    assert_eq!(
        (session.path(), session.query()),
        ("/ours", Some("tenant=7"))
    );
    assert_eq!(session.user(), Some("asterisk"));
    for _ in 0..2 {
        event(&mut session, "ApplicationRegistered").await;
    }
    let sorted = |session: &IncomingSession<Client>| {
        let mut applications = session.applications().to_vec();
        applications.sort();
        applications
    };
    assert_eq!(sorted(&session), ["one", "two"]);
    let version = ari_api::client::ApiClient::connection(&session.client)
        .fetch_version()
        .await;
    assert_eq!(version.unwrap().map(|version| version.major), Some(22));

    for application in ["one", "two"] {
        let call = session.client.channels().originate("Local/1@testari");
        call.app(application).await.unwrap();
        serve_call(&mut session).await;
    }
    // Requests that no WebSocket carries are not even sent.
    for error in [
        session
            .client
            .stored_recording("any")
            .get_stored_file()
            .await
            .unwrap_err(),
        session
            .client
            .application("three")
            .connect()
            .await
            .unwrap_err(),
    ] {
        let Error::InvalidConfig(error) = error else {
            panic!("{error:?}");
        };
        assert!(error.contains("knows no HTTP address"), "{error}");
    }

    // Asterisk is reconfigured: the same WebSocket continues with other applications.
    let conf = server.dir().join("etc/ari.conf");
    let text = fs::read_to_string(&conf).unwrap();
    fs::write(&conf, text.replace("one,two", "two,three")).unwrap();
    server.cli("module reload res_ari.so");
    let renamed = timeout(LIMIT, async {
        while sorted(&session) != ["three", "two"] {
            session.events.next().await.unwrap().unwrap();
        }
    });
    assert!(renamed.await.is_ok(), "{:?}", session.applications());
    session.client.asterisk().ping().await.unwrap();

    // Our server is down for a while: Asterisk reconnects, and registers everything once more.
    let address = ours.local_addr().to_string();
    ours.shutdown(Duration::from_millis(100)).await;
    let ended = timeout(LIMIT, async {
        while session.events.next().await.is_some() {}
    });
    ended.await.unwrap();
    let error = session.client.asterisk().ping().await.unwrap_err();
    assert!(matches!(error, Error::NotSent { .. }), "{error:?}");
    // A call enters an application meanwhile.
    let http = client(&server, server.user(), server.password());
    let call = http.channels().originate("Local/1@testari").app("two");
    let call = call.await.unwrap().id;
    let entered = timeout(LIMIT, async {
        while !matches!(
            http.channel(&call)
                .get()
                .await
                .unwrap()
                .dialplan
                .app_name
                .as_deref(),
            Some("Stasis")
        ) {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    entered.await.unwrap();
    let (handler, mut sessions) = session_channel();
    let ours = builder()
        .listen(address)
        .application("two", handler)
        .serve()
        .await
        .unwrap();
    let mut session = next(&mut sessions, &server).await;
    // Its events come first.
    let start = event(&mut session, "StasisStart").await;
    assert_eq!(start.channels()[0].id, call);
    for _ in 0..2 {
        event(&mut session, "ApplicationRegistered").await;
    }
    assert_eq!(sorted(&session), ["three", "two"]);
    assert_eq!(session.application(), "two");
    session.client.asterisk().ping().await.unwrap();
    drop(ours);
}

/// A recording is made over the socket, and downloaded over HTTP.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_unsuitable_for_websocket_use_http() {
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let (handler, mut sessions) = session_channel();
    let http = client(&server, server.user(), server.password());
    let builder = builder().route("/ours", handler);
    let builder = builder
        .http_client(move |origin| (origin.query() == Some("tenant=7")).then(|| http.clone()));
    let ours = builder.serve().await.unwrap();
    dial(&server, &ours, "one", "persistent", server.user(), "");
    let session = next(&mut sessions, &server).await;
    let ours = &session.client;
    let call = ours.channels().originate("Local/echo@testari").app("one");
    let CallOutcome::Answered { channel, .. } = call.outcome().await.unwrap() else {
        panic!("not answered");
    };
    let record = channel
        .record("greeting", "wav")
        .max_duration(Duration::from_secs(1));
    record.wait_until_finished().await.unwrap();
    let file = ours.stored_recording("greeting").get_stored_file().await;
    assert!(file.unwrap().bytes().await.unwrap().starts_with(b"RIFF"));
    // Its response has shown the release, too.
    let version = ours.connection().server_version();
    assert_eq!(version.map(|version| version.major), Some(22));
    channel.hangup().await.unwrap();
}

/// The session has the permissions of the user that Asterisk's configuration names.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn read_only_user_cannot_change_anything() {
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let (handler, mut sessions) = session_channel();
    let ours = builder().route("/ours", handler).serve().await.unwrap();
    dial(&server, &ours, "one", "persistent", "reader", "");
    let session = next(&mut sessions, &server).await;
    session.client.channels().list().await.unwrap();
    let call = session
        .client
        .channels()
        .originate("Local/1@testari")
        .app("one")
        .await;
    assert_eq!(refusal(call), (403, "Write access denied".to_owned()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asterisk_connects_over_tls() {
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let certificate = Certificate::create(&server, "ours");
    let (handler, mut sessions) = session_channel();
    let builder = builder()
        .route("/ours", handler)
        .tls(&certificate.chain, &certificate.key);
    let ours = builder.serve().await.unwrap();
    let tls = format!(
        "tls_enabled = yes\nca_list_file = {}\n",
        certificate.authority.display()
    );
    dial(&server, &ours, "one", "persistent", server.user(), &tls);
    let session = next(&mut sessions, &server).await;
    session.client.asterisk().ping().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_call_has_its_own_websocket() {
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let name = session.application().to_owned();
            assert!(name.starts_with("percall:Local/percall@testari-"), "{name}");
            serve_call(&mut session).await;
            assert_eq!(session.applications().to_vec(), std::slice::from_ref(&name));
            // Asterisk closes properly: there is no error.
            while let Some(event) = session.events.next().await {
                event.unwrap();
            }
            tell.send(name).unwrap();
        }
    };
    let ours = builder()
        .application("percall", handler)
        .serve()
        .await
        .unwrap();
    dial(
        &server,
        &ours,
        "percall",
        "per_call_config",
        server.user(),
        "",
    );
    let client = client(&server, server.user(), server.password());
    let mut names = Vec::new();
    for _ in 0..2 {
        let call = client.channels().originate("Local/percall@testari");
        call.extension("1")
            .context("testari")
            .priority(1)
            .await
            .unwrap();
        names.push(next(&mut told, &server).await);
    }
    assert_ne!(names[0], names[1]);
    assert_eq!(client.channels().list().await.unwrap(), []);
    ours.shutdown(LIMIT).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn hundred_calls_are_served_at_once() {
    const CALLS: usize = 100;
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let all = Arc::new(Barrier::new(CALLS));
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let (all, tell) = (all.clone(), tell.clone());
        async move {
            assert_eq!(session.resumed(), None);
            let start = event(&mut session, "StasisStart").await;
            let channel = start.channels()[0].id.clone();
            let channel = session.client.channel(channel);
            channel.answer().await?;
            all.wait().await;
            channel.hangup().await?;
            event(&mut session, "StasisEnd").await;
            // Before Asterisk closes.
            tell.send(session.application().to_owned()).unwrap();
            Ok::<(), Error>(())
        }
    };
    let ours = builder().route("/ours", handler).serve().await.unwrap();
    dial(
        &server,
        &ours,
        "percall",
        "per_call_config",
        server.user(),
        "",
    );
    let client = client(&server, server.user(), server.password());
    for _ in 0..CALLS {
        let call = client.channels().originate("Local/percall@testari");
        call.extension("1")
            .context("testari")
            .priority(1)
            .await
            .unwrap();
    }
    let mut names = Vec::new();
    for _ in 0..CALLS {
        names.push(next(&mut told, &server).await);
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), CALLS);
    // Asterisk does not reconnect for a call that has ended.
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(told.try_recv().is_err());
    assert_eq!(ours.session_count(), 0);
    assert_eq!(client.channels().list().await.unwrap(), []);
}

/// Asterisk opens the WebSocket again for a call that still exists, and does not repeat
/// `StasisStart`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lost_call_is_resumed_with_its_objects() {
    let Some(server) = Asterisk::start(Release::V22) else {
        return;
    };
    let (handler, mut sessions) = session_channel();
    let ours = builder().route("/ours", handler).serve().await.unwrap();
    dial(
        &server,
        &ours,
        "percall",
        "per_call_config",
        server.user(),
        "",
    );
    let client = client(&server, server.user(), server.password());
    let call = client.channels().originate("Local/percall@testari");
    let call = call.extension("1").context("testari").priority(1);
    call.await.unwrap();
    let mut first = next(&mut sessions, &server).await;
    assert_eq!(first.resumed(), None);
    let start = event(&mut first, "StasisStart").await;
    let id = start.channels()[0].id.clone();
    let channel = first.client.channel(&id);
    channel.answer().await.unwrap();
    // A second channel of the call, and a bridge of both.
    let name = first.application().to_owned();
    let leg = first.client.channels().originate("Local/1@testari");
    let leg = leg.app(&name).await.unwrap().id;
    while event(&mut first, "StasisStart").await.channels()[0].id != leg {}
    let bridge = first.client.bridges().create().await.unwrap().id;
    let both = [id.clone(), leg.clone()];
    first
        .client
        .bridge(&bridge)
        .add_channel(both.clone())
        .await
        .unwrap();
    let play = channel.play(["sound:hello-world"]).playback_id("ours");
    play.await.unwrap();
    event(&mut first, "PlaybackStarted").await;

    first.client.close(Duration::ZERO).await;
    let mut second = next(&mut sessions, &server).await;
    assert_eq!(second.application(), name);
    let resumed = second.resumed().unwrap().clone();
    assert_eq!(resumed.channel_id(), Some(&*id));
    for channel in &both {
        assert!(resumed.channel_ids().contains(channel), "{resumed:?}");
        assert!(second.client.connection().is_in_application(channel));
    }
    assert_eq!(resumed.bridge_ids(), [bridge]);
    // The call goes on, and ends.
    let channel = second.client.channel(&id);
    let said = channel.play(["sound:hello-world"]).wait_until_finished();
    assert!(within_limit(said).await.is_ok());
    for id in both {
        second.client.channel(id).hangup().await.unwrap();
    }
    let mut kinds = Vec::new();
    while let Some(event) = within_limit(second.events.next()).await {
        kinds.push(event.unwrap().kind().to_owned());
    }
    assert!(!kinds.contains(&"StasisStart".to_owned()), "{kinds:?}");
    let ends = kinds.iter().filter(|kind| *kind == "StasisEnd");
    assert_eq!(ends.count(), 2, "{kinds:?}");
    drop(ours);
}
