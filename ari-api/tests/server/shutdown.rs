//! Shutdown of a server: graceful, with a limit, and without leftovers.

use tokio::net::TcpStream;
use tokio::time::Instant;

use super::far_end::Asterisk;
use super::*;

#[tokio::test]
async fn shutdown_closes_sessions_and_waits_for_handlers() {
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |mut session: IncomingSession<Client>| {
        let tell = tell.clone();
        async move {
            let _ = tell.send("begin");
            // In flight when the server stops, and gets its response nevertheless.
            let ping = session.client.asterisk().ping().await;
            let _ = tell.send(if ping.is_ok() { "answered" } else { "lost" });
            while session.events.next().await.is_some() {}
            // Cleanup work of the handler.
            sleep(Duration::from_millis(200)).await;
            let _ = tell.send("done");
        }
    };
    let server = builder()
        .route("/", handler)
        .serve()
        .await
        .expect("a server");
    let address = server.local_addr();
    let mut asterisk = Asterisk::connect(address, "/", "a").await.unwrap();
    asterisk.send_registered().await;
    // Neither a message nor even a request has arrived on these.
    let mut nameless = Asterisk::connect(address, "/", "a").await.unwrap();
    let _idle = TcpStream::connect(address).await.unwrap();
    assert_eq!(next(&mut told).await, "begin");
    let far_end = async {
        sleep(Duration::from_millis(200)).await;
        let body =
            r#"{"asterisk_id":"a","ping":"pong","timestamp":"2026-11-23T01:08:51.332+0000"}"#;
        asterisk.respond(200, body).await;
        assert_eq!(asterisk.close_code().await, Some(1000));
        assert_eq!(nameless.close_code().await, Some(1000));
    };
    let begin = Instant::now();
    tokio::join!(server.shutdown(LIMIT), far_end);
    assert!(begin.elapsed() < LIMIT);
    assert_eq!(told.try_recv(), Ok("answered"));
    assert_eq!(told.try_recv(), Ok("done"));
    assert_eq!(server.session_count(), 0);
    assert!(TcpStream::connect(address).await.is_err());
    wait_until_idle().await;
    // Shutting down again has no effect.
    server.shutdown(LIMIT).await;
}

/// Neither the handler nor the far end cooperates.
#[tokio::test]
async fn shutdown_drops_handlers_after_limit() {
    struct Dropped(mpsc::UnboundedSender<&'static str>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            let _ = self.0.send("dropped");
        }
    }
    let (tell, mut told) = mpsc::unbounded_channel();
    let handler = move |session: IncomingSession<Client>| {
        let dropped = Dropped(tell.clone());
        async move {
            let _ = dropped.0.send("begin");
            let _never = session.client.asterisk().ping().await;
            std::future::pending::<()>().await;
            drop(dropped);
        }
    };
    let server = builder()
        .route("/", handler)
        .serve()
        .await
        .expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/", "a")
        .await
        .unwrap();
    asterisk.send_registered().await;
    assert_eq!(next(&mut told).await, "begin");
    let begin = Instant::now();
    // A second caller with a longer limit waits, too.
    tokio::join!(
        server.shutdown(LIMIT),
        server.shutdown(Duration::from_millis(300))
    );
    let took = begin.elapsed();
    assert!(
        (Duration::from_millis(300)..LIMIT).contains(&took),
        "{took:?}"
    );
    assert_eq!(told.try_recv(), Ok("dropped"));
    wait_until_idle().await;
}

#[tokio::test]
async fn dropping_server_ends_it() {
    let (handler, mut told) = reporting_handler();
    let server = builder()
        .route("/", handler)
        .serve()
        .await
        .expect("a server");
    let address = server.local_addr();
    let mut asterisk = Asterisk::connect(address, "/", "a").await.unwrap();
    asterisk.send_registered().await;
    next(&mut told).await;
    let _idle = TcpStream::connect(address).await.unwrap();
    let _nameless = Asterisk::connect(address, "/", "a").await.unwrap();
    drop(server);
    assert_eq!(asterisk.close_code().await, Some(1000));
    wait_until_idle().await;
    assert!(TcpStream::connect(address).await.is_err());
}

/// A handler that has returned can have left a request behind. Shutdown does not wait for it for
/// longer than its limit, even if a later call has a longer one.
#[tokio::test]
async fn leftover_requests_do_not_delay_shutdown() {
    for impatient_from_the_start in [true, false] {
        let (tell, mut told) = mpsc::unbounded_channel();
        let handler = move |session: IncomingSession<Client>| {
            let tell = tell.clone();
            async move {
                tokio::spawn(async move {
                    let ping = session.client.asterisk().ping().await;
                    let _ = tell.send(ping.is_ok());
                });
            }
        };
        let server = builder().route("/", handler);
        let server = server.serve().await.expect("a server");
        let mut asterisk = Asterisk::connect(server.local_addr(), "/", "a")
            .await
            .unwrap();
        asterisk.send_registered().await;
        // The request, which gets no response.
        assert!(asterisk.next_message().await.is_some());
        let begin = Instant::now();
        let brief = Duration::from_millis(100);
        let stopping = async {
            if impatient_from_the_start {
                return server.shutdown(brief).await;
            }
            let later = async {
                sleep(brief).await;
                server.shutdown(Duration::ZERO).await;
            };
            tokio::join!(server.shutdown(LIMIT), later);
        };
        let (_, code) = tokio::join!(stopping, asterisk.close_code());
        assert_eq!(code, Some(1000));
        assert!((brief..LIMIT).contains(&begin.elapsed()));
        assert!(!next(&mut told).await);
        wait_until_idle().await;
    }
}

/// The longest and the shortest limits: no panic, and no task that spins.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn extreme_limits_do_not_panic() {
    for (interval, pong_timeout) in [
        (Duration::MAX, Duration::MAX),
        (Duration::ZERO, Duration::MAX),
        (Duration::MAX, Duration::ZERO),
    ] {
        let (handler, mut told) = reporting_handler();
        let server = builder()
            .route("/", handler)
            .keepalive(interval, pong_timeout)
            .timeout(Duration::MAX)
            .handshake_timeout(Duration::MAX)
            .max_header_size(usize::MAX)
            .max_message_size(usize::MAX)
            .max_sessions(usize::MAX)
            .event_buffer_capacity(0)
            .serve()
            .await
            .expect("a server");
        let mut asterisk = Asterisk::connect(server.local_addr(), "/", "a")
            .await
            .unwrap();
        asterisk.send_registered().await;
        assert_eq!(next(&mut told).await, HandlerReport::Begin("a".into()));
        let ending = timeout(LIMIT, server.shutdown(Duration::MAX));
        let (ended, code) = tokio::join!(ending, asterisk.close_code());
        assert_eq!((ended, code), (Ok(()), Some(1000)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn zero_limits_do_not_spin() {
    let handler = |session: IncomingSession<Client>| async move {
        session.client.asterisk().ping().await.map(drop)
    };
    let builder = builder().route("/", handler);
    let builder = builder
        .keepalive(Duration::ZERO, Duration::ZERO)
        .timeout(Duration::from_millis(200));
    let server = builder.serve().await.expect("a server");
    let mut asterisk = Asterisk::connect(server.local_addr(), "/", "a")
        .await
        .unwrap();
    asterisk.send_registered().await;
    // It may be cut at any moment, and it pings all the time.
    asterisk.close_code().await;
    let ended = timeout(LIMIT, server.shutdown(Duration::from_millis(100)));
    assert!(ended.await.is_ok());
}
