//! The rights of each kind of program, with the users of `examples/nats-server.conf`.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ari_api::{Client, Error, IncomingSession, channels};
use ari_cluster::{Cluster, ClusterError};
use ari_mock::Asterisk;
use ari_test_support::{NatsServer, within_limit};
use async_nats::{ConnectOptions, Event as NatsEvent};
use tokio::time::sleep;

use crate::logs;
use crate::support::{APPLICATION, first_channel, gateway, wait_until_connected};

const USERS: [&str; 5] = ["gateway", "worker", "dialer", "supervisor", "dashboard"];

/// The passwords of all users begin with it.
const SECRET: &str = "s3cret";

fn password(user: &str) -> String {
    format!("{SECRET}-{user}")
}

fn start() -> Option<NatsServer> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/nats-server.conf");
    let variables = USERS.map(|user| {
        let name = format!("{}_PASSWORD", user.to_uppercase());
        (name, password(user))
    });
    let variables = variables.iter().map(|(name, value)| (&**name, &**value));
    NatsServer::start_with_config(&file, &variables.collect::<Vec<_>>())
}

/// Connects as a user, as soon as the server listens.
async fn connect(nats: &NatsServer, user: &str) -> Cluster {
    within_limit(async {
        loop {
            let builder = Cluster::builder(nats.url())
                .user(user, password(user))
                .inbox_prefix(format!("_INBOX.{user}"));
            match builder.connect().await {
                Ok(cluster) => return cluster,
                Err(_) => sleep(Duration::from_millis(20)).await,
            }
        }
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_program_can_do_its_work_and_nothing_else() {
    let log = logs::capture();
    let Some(nats) = start() else { return };
    let [gateways, workers, dialers, supervisors, dashboards] = [
        connect(&nats, "gateway").await,
        connect(&nats, "worker").await,
        connect(&nats, "dialer").await,
        connect(&nats, "supervisor").await,
        connect(&nats, "dashboard").await,
    ];
    let pbx = Asterisk::start().await.unwrap();
    let _gateway = gateway(&gateways, "munich", &pbx);
    wait_until_connected(&dialers, 1).await;

    // A worker serves a call, and a dashboard sees it.
    let mut board = dashboards.watch().start().await.unwrap();
    let worker = workers.worker(APPLICATION).serve(hang_up).await.unwrap();
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    within_limit(async {
        while alice.state().is_some() {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let seen = within_limit(board.next()).await.unwrap();
    assert_eq!(seen.server, "munich");

    // A dialer originates a call, and a supervisor ends it.
    let request = channels::Originate::new("Local/1@testari").app(APPLICATION);
    let mut session = dialers.originate("munich", request).await.unwrap();
    let channel = within_limit(first_channel(&mut session)).await;
    let munich = supervisors.server("munich");
    let listed = munich.channels().list().await.unwrap();
    assert!(listed.iter().any(|listed| listed.id == channel));
    munich.channel(&channel).hangup().await.unwrap();
    within_limit(async { while session.events.next().await.is_some() {} }).await;

    // What they may not do, they are told, with the subject.
    for (error, subject) in [
        (
            dashboards.server("munich").channels().list().await.err(),
            "publish to ari.v1.who.munich.-:",
        ),
        (
            workers
                .server("munich")
                .channel(&channel)
                .hangup()
                .await
                .err(),
            "publish to ari.v1.who.munich.-:",
        ),
    ] {
        let error = error.unwrap();
        assert!(!error.is_retryable(), "{error}");
        assert!(error.to_string().contains(subject), "{error}");
        assert!(
            error.to_string().contains("README of ari-cluster"),
            "{error}"
        );
    }
    for (error, subject) in [
        (
            refusal(async || {
                dashboards
                    .worker(APPLICATION)
                    .serve(hang_up)
                    .await
                    .map(drop)
            })
            .await,
            "subscribe to ari.v1.w.",
        ),
        (
            refusal(async || workers.worker("other").serve(hang_up).await.map(drop)).await,
            "subscribe to ari.v1.ev.*.other.",
        ),
        (
            refusal(async || workers.pick().list().await.map(drop)).await,
            "publish to ari.v1.dir.list:",
        ),
        (
            refusal(async || workers.watch().start().await.map(drop)).await,
            "subscribe to ari.v1.ev.*.*.*.*:",
        ),
    ] {
        assert!(matches!(error, ClusterError::NotPermitted(_)), "{error}");
        assert!(error.to_string().contains(subject), "{error}");
    }
    drop(worker);

    // A wrong password.
    let url = nats.url().replace("nats://", "nats://worker:s3cret-wrong@");
    let error = Cluster::connect(url).await.unwrap_err();
    let text = error.to_string();
    assert!(text.contains("check the user and password"), "{text}");
    assert!(!format!("{error:?} {text}").contains(SECRET), "{text}");
    assert!(log.text().contains("NATS does not permit this program to"));
    let text = log.text();
    let secret = text.lines().find(|line| line.contains(SECRET));
    assert_eq!(secret, None, "the log contains a password");
}

/// Returns the error of something that is not permitted. NATS's client may report a refusal of a
/// subscription too late for that: then it is logged, and the subscription ends.
async fn refusal(attempt: impl AsyncFn() -> Result<(), ClusterError>) -> ClusterError {
    within_limit(async {
        loop {
            if let Err(error) = attempt().await {
                return error;
            }
        }
    })
    .await
}

/// Hangs up the channel of each call.
async fn hang_up(mut session: IncomingSession<Client>) -> Result<(), Error> {
    let channel = first_channel(&mut session).await;
    session.client.channel(channel).hangup().await?;
    Ok(())
}

/// The use of a subject.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Use {
    Publish,
    Subscribe,
}

/// Each row: a subject, its use, and the users that may.
#[tokio::test(flavor = "multi_thread")]
async fn rights_over_subjects() {
    use Use::{Publish, Subscribe};
    let Some(nats) = start() else { return };
    drop(connect(&nats, "gateway").await);
    for (use_of, subject, permitted) in [
        (
            Publish,
            "ari.v1.rq.munich.hello.E.own.channels.POST",
            &["gateway", "worker", "dialer"][..],
        ),
        (
            Publish,
            "ari.v1.rq.munich.other.E.own.channels.POST",
            &["gateway"],
        ),
        (
            Publish,
            "ari.v1.rq.munich.hello.E.new.channels.POST",
            &["gateway", "dialer", "supervisor"],
        ),
        (
            Publish,
            "ari.v1.rq.munich.hello.E.any.channels.DELETE",
            &["gateway", "supervisor"],
        ),
        (
            Publish,
            "ari.v1.rq.munich.hello.E.any.channels.GET",
            &["gateway", "dialer", "supervisor"],
        ),
        (
            Publish,
            "ari.v1.ctl.munich.hello.E.release",
            &["gateway", "worker", "dialer"],
        ),
        (
            Publish,
            "ari.v1.adm.munich.drain",
            &["gateway", "supervisor"],
        ),
        (
            Publish,
            "ari.v1.ev.munich.hello.-.StasisStart",
            &["gateway"],
        ),
        (Publish, "ari.v1.beat.munich.hello", &["gateway"]),
        (Publish, "ari.v1.offer.hello", &["gateway"]),
        (Publish, "ari.v1.w.someone", &["gateway"]),
        (Publish, "ari.v1.handover.munich.hello", &["gateway"]),
        (Publish, "_INBOX.supervisor.x", &["gateway", "supervisor"]),
        (Subscribe, "_INBOX.supervisor.>", &["supervisor"]),
        (
            Subscribe,
            "ari.v1.rq.munich.hello.E.own.channels.POST",
            &["gateway"],
        ),
        (Subscribe, "ari.v1.offer.hello", &["gateway", "worker"]),
        (
            Subscribe,
            "ari.v1.ev.*.other.>",
            &["gateway", "supervisor", "dashboard"],
        ),
        (Subscribe, "ari.v1.handover.munich.hello", &["gateway"]),
    ] {
        for user in USERS {
            let is_permitted = is_permitted(&nats, user, use_of, subject).await;
            assert_eq!(
                is_permitted,
                permitted.contains(&user),
                "{user}: {use_of:?} {subject}"
            );
        }
    }
}

/// Uses a subject. Returns false if the server refuses it.
async fn is_permitted(nats: &NatsServer, user: &str, use_of: Use, subject: &str) -> bool {
    let refused: Arc<Mutex<Vec<String>>> = Arc::default();
    let reported = refused.clone();
    let client = ConnectOptions::with_user_and_password(user.to_owned(), password(user))
        .custom_inbox_prefix(format!("_INBOX.{user}"))
        .event_callback(move |event| {
            if let NatsEvent::ServerError(error) = event {
                reported.lock().unwrap().push(error.to_string());
            }
            std::future::ready(())
        })
        .connect(nats.url())
        .await
        .unwrap();
    match use_of {
        Use::Publish => client.publish(subject.to_owned(), "".into()).await.unwrap(),
        Use::Subscribe => drop(client.subscribe(subject.to_owned()).await.unwrap()),
    }
    // The server has processed it when it refuses what comes next.
    let last = format!("refused.{user}");
    client.publish(last.clone(), "".into()).await.unwrap();
    within_limit(async {
        loop {
            let refused = refused.lock().unwrap().clone();
            if refused.iter().any(|text| text.contains(&last)) {
                return !refused.iter().any(|text| text.contains(subject));
            }
            sleep(Duration::from_millis(2)).await;
        }
    })
    .await
}
