//! Plays a WAV file to every caller and hangs up. All calls share one service: one AudioSocket
//! listener, one range of RTP ports, and one limit.
//!
//! ```text
//! cargo run -p ari-media --example announcer -- FILE.wav
//! ```
//!
//! Without a file it plays a tone of two seconds. It connects to the Asterisk at `ARI_URL`, such as
//! `http://localhost:8088/ari`, as `ARI_USER` (`aritest`) with `ARI_PASSWORD` (`testme`), until you
//! press Ctrl-C. Without `ARI_URL` it starts a fake Asterisk, prints its address and simulates
//! three callers. The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 501,1,Stasis(announcer)
//!  same => n,Hangup()
//! ```

mod server;

use std::env;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_media::{Error, MediaService, SampleRate, WavSource};
use ari_mock::Asterisk;

/// The rate at which the file is sent. Asterisk converts it to that of each caller.
const RATE: SampleRate = SampleRate::Hz16000;

#[tokio::main(flavor = "current_thread")]
async fn main() -> server::Result<()> {
    // Read once for all calls. A long file is better played from the disk: `sender.play(source)`.
    let announcement: Arc<[i16]> = match env::args_os().nth(1) {
        Some(path) => WavSource::open(path).await?.read_to_end(RATE).await?,
        None => server::tone(440.0, RATE, Duration::from_secs(2)),
    }
    .into();
    let (client, fake) = server::open().await?;
    let mut calls = server::Calls::of(&client, "announcer").await?;
    // Asterisk is on this machine. Elsewhere, name the addresses that it can reach.
    let service = MediaService::builder(&client)
        .rtp("127.0.0.1".parse()?, 20_000..=20_999)
        .max_sessions(200)
        .bind()
        .await?;
    println!("audio over {}", service.carrier().await?.reason);
    if let Some(pbx) = fake.clone() {
        tokio::spawn(callers(pbx));
    }
    while let Some(call) = calls.next().await {
        let (client, service, announcement) =
            (client.clone(), service.clone(), announcement.clone());
        calls.spawn(async move {
            match announce(&client, &service, &call, &announcement).await {
                Ok(heard) => println!("{call}: has heard {heard:?}"),
                Err(error) => eprintln!("{call}: {error}"),
            }
            match client.channel(&call).hangup().await {
                Err(error) if !error.is_channel_gone() => eprintln!("{call}: {error}"),
                _ => {}
            }
        });
    }
    calls.finish().await;
    Ok(())
}

/// Plays the announcement, and returns the duration that the caller has heard of it.
async fn announce(
    client: &Client,
    service: &MediaService,
    call: &str,
    announcement: &[i16],
) -> server::Result<Duration> {
    client.channel(call).answer().await?;
    let media = match service.open(call).rate(RATE).await {
        Err(Error::LimitReached { limit }) => {
            println!("{call}: refused, {limit} calls are being served");
            return Ok(Duration::ZERO);
        }
        media => media?,
    };
    // Waits for room in the queue. A caller who hangs up ends both.
    if media.sender().send(announcement).await.is_ok() {
        media.sender().wait_until_played().await?;
    }
    let heard = media.stats().played;
    media.close().await;
    Ok(heard)
}

/// Simulates callers if the Asterisk is a fake one.
async fn callers(pbx: Arc<Asterisk>) {
    let second = Duration::from_secs(1);
    let [alice, bob, carol] = ["PJSIP/alice", "PJSIP/bob", "PJSIP/carol"]
        .map(|endpoint| pbx.incoming_call(endpoint).into_application("announcer"));
    pbx.wait_for_response("bridges.addChannel", 3).await;
    tokio::time::sleep(second).await;
    println!("Bob has heard {:?}, and hangs up", server::heard(&bob));
    bob.hang_up();
    while alice.exists() || carol.exists() {
        tokio::time::sleep(second / 10).await;
    }
}
