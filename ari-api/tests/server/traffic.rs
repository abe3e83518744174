//! Sessions that are recorded, and played to the program that served them.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use ari_api::Event;
use ari_api::traffic::{Item, TrafficFile, TrafficLog};
use ari_mock::{Asterisk, Replay, ReplayError, Step};
use tokio::net::TcpListener;

use super::*;

/// A writer whose bytes stay readable.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Write for Memory {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Plays to a caller and hangs up.
async fn greet(mut session: IncomingSession<Client>) -> Result<(), Error> {
    while let Some(event) = session.events.next().await {
        match event?.as_ref() {
            Event::StasisStart(start) => {
                let channel = session.client.channel(&start.channel.id);
                channel.ring().await?;
                channel.play(["sound:hello-world"]).await?;
                // Waits for the playback, and is sent by HTTP.
                channel.answer().await?;
                channel.hangup().await?;
            }
            Event::StasisEnd(_) => break,
            _ => {}
        }
    }
    Ok(())
}

fn serve(listener: TcpListener, ari: &str, log: Option<&TrafficLog>) -> Server {
    let http = Client::builder(ari).credentials("aritest", "testme");
    let http = http.build().unwrap();
    let mut server = builder()
        .route("/calls", greet)
        .http_client(move |_| Some(http.clone()));
    if let Some(log) = log {
        server = server.record(log);
    }
    server.serve_on(listener).unwrap()
}

#[tokio::test]
async fn sessions_are_recorded_and_played() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}/calls?site=1", listener.local_addr().unwrap());
    let stasis = Step::Stasis("menu".into(), Vec::new());
    let pbx = Asterisk::builder()
        .websocket_client_with_credentials("workers", &url, "asterisk", "secret")
        .per_call_application("menu", "workers")
        .extension("testari", "menu", [stasis, Step::Hangup])
        .start()
        .await
        .unwrap();
    let memory = Memory::default();
    let log = TrafficLog::new(memory.clone()).unwrap();
    let server = serve(listener, &pbx.url(), Some(&log));
    let alice = pbx.incoming_call("PJSIP/alice");
    alice.to_extension("testari", "menu");
    let is_over = || {
        log.flush();
        String::from_utf8_lossy(&memory.0.lock().unwrap()).contains("\"disconnected\"")
    };
    timeout(LIMIT, async {
        while !is_over() {
            sleep(Duration::from_millis(10)).await;
        }
    })
    .await
    .expect("the session ends");
    server.shutdown(Duration::ZERO).await;
    log.flush();
    let text = String::from_utf8(memory.0.lock().unwrap().clone()).unwrap();
    assert!(!text.contains("secret") && !text.contains("testme"));
    let file = TrafficFile::parse(&text).unwrap();
    let has = |fits: &dyn Fn(&Item) -> bool| file.lines.iter().any(|line| fits(&line.item));
    assert!(
        has(
            &|item| matches!(item, Item::Connected { path: Some(path), server, .. } if path == "/calls?site=1" && server == "asterisk@127.0.0.1")
        ),
        "{text}"
    );
    let sent = |over_socket: bool, end: &'static str| {
        move |item: &Item| {
            matches!(item, Item::Request { socket, path, server, .. }
            if socket.is_some() == over_socket
                && path.ends_with(end)
                && server == "asterisk@127.0.0.1")
        }
    };
    assert!(has(&sent(true, "/ring")), "{text}");
    assert!(has(&sent(false, "/answer")), "{text}");

    // The replay opens the WebSocket, and receives the requests by both ways.
    let replay = Replay::parse(&text).unwrap();
    let error = replay.clone().start().await.unwrap_err();
    assert!(matches!(error, ReplayError::MissingAddress), "{error}");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let replay = replay.connect_to(url, "asterisk", "secret").port(0);
    let replay = replay.start().await.unwrap();
    let server = serve(listener, &replay.url().unwrap(), None);
    let report = timeout(LIMIT, replay.finish()).await.unwrap();
    assert!(report.is_match() && report.matched == 4, "{report}");
    server.shutdown(Duration::ZERO).await;
}
