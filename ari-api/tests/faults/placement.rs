//! The choice of a server for a new object, and a server that comes and goes under load.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ari_api::client::{Fleet, Placed, Placement, ReconnectPolicy, TypedRequest};
use ari_api::events::EventWebsocket;
use ari_api::schema::Version;
use ari_api::{Client, Error, bridges, channels};
use ari_mock::Asterisk;
use ari_test_support::{wait_until, within_limit};
use tokio::task::JoinSet;
use tokio::time::sleep;

fn client(server: &Asterisk) -> Client {
    let quick = ReconnectPolicy::new()
        .initial_delay(Duration::from_millis(10))
        .max_delay(Duration::from_millis(50));
    let builder = Client::builder(server.url()).credentials("aritest", "testme");
    builder.reconnect(quick).build().expect("a client")
}

/// Starts fake servers of these releases, which are also their names, and a fleet whose events are
/// read until the set is dropped.
async fn start(releases: &[u16]) -> (Vec<Asterisk>, Fleet<Client>, JoinSet<()>) {
    let mut servers = Vec::new();
    for release in releases {
        let server = Asterisk::builder().release(*release).start().await;
        servers.push(server.expect("a free port"));
    }
    let named = releases.iter().map(u16::to_string);
    let fleet = Fleet::new(named.zip(servers.iter().map(client)));
    let mut events = fleet.connect(EventWebsocket::new(["a"]));
    let mut reading = JoinSet::new();
    reading.spawn(async move { while events.next().await.is_some() {} });
    for server in fleet.servers() {
        wait_until("connected", || server.health().is_connected).await;
    }
    (servers, fleet, reading)
}

/// Sends a placement, which must not hang.
async fn finish<R>(placement: Placement<Client, R>) -> Result<Placed<R::Output>, Error>
where
    R: TypedRequest<Output: Send> + Send + 'static,
{
    within_limit(placement.into_future()).await
}

fn call() -> channels::Originate {
    channels::Originate::new("PJSIP/1@loop").app("a")
}

/// Places a call, and waits until its server counts it.
async fn place(fleet: &Fleet<Client>) -> String {
    let channels = |name: &str| fleet.server(name).map(|it| it.health().channels);
    let before: Vec<_> = fleet
        .servers()
        .iter()
        .map(|it| (it.name().clone(), it.health().channels))
        .collect();
    let placed = finish(fleet.place(call())).await.expect("placed");
    let before = before.iter().find(|(name, _)| *name == placed.server);
    let before = before.expect("a server").1;
    wait_until("counted", || channels(&placed.server) == Some(before + 1)).await;
    placed.server.to_string()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_objects_go_to_the_least_loaded_suitable_server() {
    let (mut servers, fleet, _reading) = start(&[16, 20, 22]).await;
    let mut used = Vec::new();
    for _ in 0..6 {
        used.push(place(&fleet).await);
    }
    for turn in used.chunks_mut(3) {
        turn.sort();
        assert_eq!(turn, ["16", "20", "22"]);
    }

    // By release: as the caller wishes, and as the operation needs.
    let at_least = |major| fleet.place(call()).at_least(Version::new(major, 0, 0));
    for (major, expected) in [(17, "20"), (22, "22")] {
        let placed = finish(at_least(major)).await.expect("placed");
        assert_eq!(&*placed.server, expected);
    }
    let error = finish(at_least(23)).await.expect_err("none");
    assert!(matches!(error, Error::NotSent { .. }), "{error}");

    // The object is found without a search.
    let placed = finish(fleet.place(bridges::Create::new()))
        .await
        .expect("a bridge");
    let index = ["16", "20", "22"]
        .iter()
        .position(|name| **name == *placed.server);
    within_limit(fleet.send(bridges::Destroy::new(&placed.response.id)))
        .await
        .expect("destroyed");
    for (other, server) in servers.iter().enumerate() {
        let requests = server.requests();
        // The session lists bridges by itself.
        let about = requests.iter().map(|it| it.operation);
        let about = about.filter(|it| it.resource == "bridges" && it.nickname != "list");
        let names: Vec<_> = about.map(|it| it.nickname).collect();
        let expected: &[&str] = match Some(other) == index {
            true => &["create", "destroy"],
            false => &[],
        };
        assert_eq!(names, expected, "{other}");
    }

    // Draining: only by name.
    let draining = fleet.server("16").expect("a server");
    let also = fleet.server("20").expect("a server");
    for server in [&draining, &also] {
        server.set_draining(true);
    }
    for _ in 0..3 {
        assert_eq!(place(&fleet).await, "22");
    }
    let placed = finish(fleet.place(call()).on("16")).await.expect("placed");
    assert_eq!(&*placed.server, "16");
    also.set_draining(false);

    // A server that is gone: the next one takes its place.
    servers[2].stop();
    let gone = fleet.server("22").expect("a server");
    assert_eq!(place(&fleet).await, "20");
    wait_until("noticed", || !gone.health().is_connected).await;
    let health = gone.health();
    assert!(
        health.since.is_some() && health.last_error.is_some(),
        "{health:?}"
    );
    assert_eq!(health.version.map(|it| it.major), Some(22));

    // These create nothing, or have a server already.
    for error in [
        finish(fleet.place(channels::List::new()))
            .await
            .expect_err("nothing"),
        finish(fleet.place(channels::Hangup::new("c")))
            .await
            .expect_err("nothing"),
        finish(fleet.place(channels::Ring::new("c")))
            .await
            .expect_err("nothing"),
        finish(fleet.place(call()).on("no-such"))
            .await
            .expect_err("nothing"),
    ] {
        assert!(matches!(error, Error::InvalidConfig(_)), "{error}");
    }
    fleet.remove("16");
    fleet.remove("20");
    fleet.remove("22");
    let error = finish(fleet.place(call())).await.expect_err("none");
    assert!(error.is_retryable(), "{error}");
}

/// While calls are placed, a server goes away and comes back. Every call is placed, or its outcome
/// is unknown, and the server is used again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn server_that_comes_back_is_used_again() {
    let (mut servers, fleet, _reading) = start(&[16, 22]).await;
    let stop = Arc::new(AtomicBool::new(false));
    let mut callers = JoinSet::new();
    for _ in 0..4 {
        let (fleet, stop) = (fleet.clone(), stop.clone());
        callers.spawn(async move {
            let mut placed = 0;
            while !stop.load(Ordering::Relaxed) {
                match fleet.place(call()).await {
                    Ok(call) => {
                        placed += 1;
                        // The call is gone if its server is.
                        let _ = fleet.send(channels::Hangup::new(call.response.id)).await;
                    }
                    Err(Error::OutcomeUnknown { .. }) => {}
                    Err(error) => panic!("{error}"),
                }
                sleep(Duration::from_millis(1)).await;
            }
            placed
        });
    }
    let calls = |server: &Asterisk| {
        let requests = server.requests();
        requests
            .iter()
            .filter(|it| it.operation.nickname == "originate")
            .count()
    };
    for _ in 0..2 {
        let before = servers.iter().map(calls).collect::<Vec<_>>();
        wait_until("used", || {
            servers
                .iter()
                .zip(&before)
                .all(|(server, before)| calls(server) > *before)
        })
        .await;
        servers[0].stop();
        let server = fleet.server("16").expect("a server");
        wait_until("lost", || !server.health().is_connected).await;
        let before = calls(&servers[1]);
        wait_until("used alone", || calls(&servers[1]) > before + 10).await;
        servers[0].restart().await.expect("the same port");
        wait_until("back", || server.health().is_connected).await;
    }
    let before = calls(&servers[0]);
    wait_until("used again", || calls(&servers[0]) > before + 10).await;
    stop.store(true, Ordering::Relaxed);
    let mut placed = 0;
    while let Some(caller) = within_limit(callers.join_next()).await {
        placed += caller.expect("no panic");
    }
    assert!(placed > 20, "{placed}");
    for server in fleet.servers() {
        // Those whose outcome is unknown.
        for channel in server.client().channels().list().await.expect("a list") {
            let _ = server.client().channel(channel.id).hangup().await;
        }
        wait_until("idle", || server.health().load() == 0).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removed_server_gets_no_requests() {
    let (servers, fleet, _reading) = start(&[16, 22]).await;
    // Its response comes after it was removed.
    servers[0].delay("channels.originate", Duration::from_millis(300));
    let placing = finish(fleet.place(call().channel_id("late")).on("16"));
    let placing = tokio::spawn(placing);
    let removed = fleet.server("16").expect("a server");
    wait_until("sent", || removed.health().requests > 0).await;
    fleet.remove("16");
    let placed = placing.await.expect("no panic").expect("placed");
    assert_eq!((&*placed.server, &*placed.response.id), ("16", "late"));
    let error = within_limit(fleet.send(channels::Get::new("late")))
        .await
        .expect_err("the server is removed");
    assert!(
        matches!(&error, Error::Response(it) if it.status == 404),
        "{error}"
    );
    let requests = servers[0].requests();
    // The session asks for its application.
    let mut operations = requests.iter().map(|it| it.operation);
    assert!(!operations.any(|it| (it.resource, it.nickname) == ("channels", "get")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_server_holds_up_no_placement() {
    let (slow, quick) = (
        Asterisk::start().await.expect("a free port"),
        Asterisk::start().await.expect("a free port"),
    );
    let fleet = Fleet::new([("slow", client(&slow)), ("quick", client(&quick))]);
    let at_least = || finish(fleet.place(call()).at_least(Version::new(16, 0, 0)));
    slow.delay_responses(Duration::from_secs(5));
    // Their versions are not known.
    for _ in 0..2 {
        assert_eq!(&*at_least().await.expect("placed").server, "quick");
    }

    // What happens to a server while versions are asked for counts.
    slow.delay_responses(Duration::from_millis(300));
    let other = fleet.server("quick").expect("a server");
    let (placed, ()) = tokio::join!(at_least(), async {
        let server = fleet.server("slow").expect("a server");
        wait_until("asked", || server.health().requests > 0).await;
        other.set_draining(true);
    });
    assert_eq!(&*placed.expect("placed").server, "slow");
}
