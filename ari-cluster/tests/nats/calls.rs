//! Calls that workers serve.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ari_api::{Client, Error, Event, IncomingSession, channels};
use ari_cluster::{Cluster, ClusterSession as _};
use ari_mock::Asterisk;
use ari_test_support::within_limit;
use tokio::sync::mpsc;
use tokio::time::sleep;

use crate::support::{APPLICATION, Nats, first_channel, gateway, wait_until_connected};

/// Answers a call, plays, and hangs up.
async fn hello(mut session: IncomingSession<Client>) -> Result<(), Error> {
    while let Some(event) = session.events.next().await {
        if let Event::StasisStart(start) = event?.as_ref() {
            let channel = session.client.channel(&start.channel.id);
            channel.answer().await?;
            channel.play(["sound:hello"]).wait_until_finished().await?;
            channel.hangup().await?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_of_two_servers_are_served_by_two_workers() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let (munich, paris) = (
        Asterisk::start().await.unwrap(),
        Asterisk::start().await.unwrap(),
    );
    let _gateways = [
        gateway(&cluster, "munich", &munich),
        gateway(&cluster, "paris", &paris),
    ];
    let served: Arc<[AtomicUsize; 2]> = Arc::default();
    let mut workers = Vec::new();
    for index in 0..2 {
        let counters = served.clone();
        let handler = move |session: IncomingSession<Client>| {
            let counters = counters.clone();
            async move {
                assert!(session.resumed().is_none());
                hello(session).await?;
                counters[index].fetch_add(1, Ordering::Relaxed);
                Ok::<_, Error>(())
            }
        };
        workers.push(
            cluster
                .worker(APPLICATION)
                .max_calls(20)
                .serve(handler)
                .await
                .unwrap(),
        );
    }
    wait_until_connected(&cluster, 2).await;
    for _ in 0..20 {
        for pbx in [&munich, &paris] {
            let _ = pbx
                .incoming_call("PJSIP/alice")
                .into_application(APPLICATION);
        }
    }
    within_limit(async {
        while served
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .sum::<usize>()
            < 40
        {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    for pbx in [&munich, &paris] {
        assert!(pbx.channel_ids().is_empty());
        pbx.assert_no_violations();
    }
    for worker in workers {
        assert_eq!(worker.drain(Duration::from_secs(10)).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_outlives_its_worker() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let _gateway = gateway(&cluster, "munich", &pbx);
    let (reached, mut first) = mpsc::unbounded_channel();
    let waits = move |mut session: IncomingSession<Client>| {
        let reached = reached.clone();
        async move {
            let _ = session.events.next().await;
            session.keep_state("menu").await?;
            let _ = reached.send(());
            // Until the worker is gone.
            std::future::pending::<Result<(), Error>>().await
        }
    };
    let dying = cluster.worker(APPLICATION).serve(waits).await.unwrap();
    wait_until_connected(&cluster, 1).await;
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    within_limit(first.recv()).await.unwrap();
    let inherited: Arc<Mutex<Vec<_>>> = Arc::default();
    let noted = inherited.clone();
    let resume = move |session: IncomingSession<Client>| {
        let noted = noted.clone();
        async move {
            let call = session.resumed().unwrap().clone();
            noted.lock().unwrap().push((
                session.server_name().unwrap(),
                session.kept_state(),
                call.channel_ids().to_vec(),
                session.earlier_events().len(),
            ));
            for channel in call.channel_ids() {
                let channel = session.client.channel(channel);
                channel.play(["sound:hello"]).wait_until_finished().await?;
                channel.hangup().await?;
            }
            Ok::<_, Error>(())
        }
    };
    let _other = cluster
        .worker(APPLICATION)
        .resume(resume)
        .serve(hello)
        .await
        .unwrap();
    drop(dying);
    within_limit(async {
        while alice.state().is_some() {
            sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    let inherited = inherited.lock().unwrap();
    let [(server, state, channels, events)] = &inherited[..] else {
        panic!("resumed {} times", inherited.len());
    };
    assert_eq!((&**server, &**state), ("munich", &b"menu"[..]));
    assert_eq!(channels, &[alice.id()]);
    assert!(*events >= 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn originated_calls_come_home() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let _gateway = gateway(&cluster, "munich", &pbx);
    let others: Arc<AtomicUsize> = Arc::default();
    let counter = others.clone();
    let count = move |_: IncomingSession<Client>| {
        counter.fetch_add(1, Ordering::Relaxed);
        async {}
    };
    let _worker = cluster.worker(APPLICATION).serve(count).await.unwrap();
    wait_until_connected(&cluster, 1).await;
    let mut board = cluster
        .watch()
        .types(["StasisStart"])
        .start()
        .await
        .unwrap();

    let server = cluster
        .pick()
        .application(APPLICATION)
        .server()
        .await
        .unwrap();
    assert_eq!(server, "munich");
    let request = channels::Originate::new("Local/1@testari").app(APPLICATION);
    let mut session = cluster.originate(&server, request).await.unwrap();
    let channel = within_limit(first_channel(&mut session)).await;
    let seen = within_limit(board.next()).await.unwrap();
    assert_eq!((&*seen.server, &*seen.application), ("munich", APPLICATION));
    assert_eq!(seen.event.unwrap().kind(), "StasisStart");

    // A supervisor sees it and ends it, and its owner learns of that.
    let supervisor = cluster.server("munich");
    assert_eq!(
        supervisor.channel(&channel).get().await.unwrap().id,
        channel
    );
    supervisor.channel(&channel).hangup().await.unwrap();
    within_limit(async { while session.events.next().await.is_some() {} }).await;
    assert_eq!(others.load(Ordering::Relaxed), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn unserved_calls_go_on_in_the_dialplan() {
    let Some(nats) = Nats::start().await else {
        return;
    };
    let cluster: Cluster = nats.cluster().await;
    let pbx = Asterisk::start().await.unwrap();
    let _gateway = gateway(&cluster, "munich", &pbx);
    wait_until_connected(&cluster, 1).await;
    let _alice = pbx
        .incoming_call("PJSIP/alice")
        .into_application(APPLICATION);
    within_limit(pbx.wait_for_request("channels.continueInDialplan", 1)).await;
}
