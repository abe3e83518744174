//! Audio in and out of calls by `ari-media`, on every carrier of the real servers.

use std::f64::consts::TAU;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

use ari_api::client::ClientBuilder;
use ari_api::models::Channel;
use ari_api::{Client, Event};
use ari_media::{Carrier, CloseReason, Media, MediaEvent, MediaService, SampleRate};
use ari_test_support::{LIMIT, within_limit};
use tokio::sync::mpsc;
use tokio::time::{sleep, timeout};

use crate::asterisk::{Asterisk, Release};
use crate::live::session::{builder, has_bridges};

mod bridges;
mod directions;
mod early_media;
mod many;
mod opening;
mod phone;
mod raw;
mod sending;
mod supervision;
mod tap;
mod tls;
mod wav_prompts;
mod websocket;
mod whisper;

/// The carriers of each release.
const CARRIERS: [(Release, &[Carrier]); 2] = [
    (
        Release::V22,
        &[Carrier::WebSocket, Carrier::AudioSocket, Carrier::Rtp],
    ),
    (Release::V16, &[Carrier::Rtp]),
];

const LOCAL: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// A lock that tests that measure time hold exclusively and the others share.
static QUIET: RwLock<()> = RwLock::new(());

/// The amplitude of test tones: −12 dBFS.
const AMPLITUDE: f64 = 8192.0;

/// Runs a test on a server with a call whose two ends are in the application.
fn on_call(release: Release, test: impl AsyncFn(&Asterisk, &Client, &Call)) {
    on_calls(
        release,
        |builder| builder,
        async |server, client, calls| {
            let call = calls.create().await;
            test(server, client, &call).await;
        },
    );
}

/// Runs a test on a server, with a client that `configure` has configured.
fn on_calls(
    release: Release,
    configure: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    test: impl AsyncFn(&Asterisk, &Client, &mut Calls),
) {
    let _shared = QUIET.read().unwrap_or_else(PoisonError::into_inner);
    run(release, configure, test);
}

/// Runs a test with each carrier of each release, all with one service for each server.
fn on_each_carrier(test: impl AsyncFn(&Client, &MediaService, &mut Calls, (Release, Carrier))) {
    for (release, carriers) in CARRIERS {
        on_calls(
            release,
            |builder| builder,
            async |_, client, calls| {
                let service = service(client).await;
                for &carrier in carriers {
                    test(client, &service, calls, (release, carrier)).await;
                }
            },
        );
    }
}

/// Runs a test like [`on_calls`], but does not take the lock.
fn run(
    release: Release,
    configure: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
    test: impl AsyncFn(&Asterisk, &Client, &mut Calls),
) {
    run_with_client(
        release,
        |server| configure(builder(server)).build().unwrap(),
        test,
    );
}

/// Runs a test with a client that `connect` creates, and does not take the lock.
fn run_with_client(
    release: Release,
    connect: impl FnOnce(&Asterisk) -> Client,
    test: impl AsyncFn(&Asterisk, &Client, &mut Calls),
) {
    if let Some(server) = Asterisk::start(release) {
        run_on(&server, connect, test);
    }
}

/// Runs a test on this server.
fn run_on(
    server: &Asterisk,
    connect: impl FnOnce(&Asterisk) -> Client,
    test: impl AsyncFn(&Asterisk, &Client, &mut Calls),
) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let client = connect(server);
        let mut app = client.application("live").connect().await.unwrap();
        let (tell, started) = mpsc::unbounded_channel();
        let mut calls = Calls {
            client: client.clone(),
            started,
        };
        tokio::spawn(async move {
            while let Some(event) = app.next().await {
                if let Ok(event) = event
                    && let Event::StasisStart(start) = &*event
                {
                    let _ = tell.send((start.args.is_empty(), start.channel.clone()));
                }
            }
        });
        test(server, &client, &mut calls).await;
        // The application gets no channels of sessions.
        assert_eq!(calls.started.try_recv().ok(), None);
    });
}

/// The calls of a test.
struct Calls {
    client: Client,
    /// Channels that enter the application, each with true if it is the near end of a call.
    started: mpsc::UnboundedReceiver<(bool, Channel)>,
}

impl Calls {
    /// Creates a call. Waits until both ends are in the application.
    async fn create(&mut self) -> Call {
        let call = self.client.channels().originate("Local/live@testari");
        // Without `formats` the channel has slin192, to which Asterisk converts 8 kHz at half the
        // level.
        call.app("live").formats("slin16").await.unwrap();
        self.connect().await
    }

    /// Creates a call by SIP, over the network from this very server to itself.
    async fn create_by_sip(&mut self) -> Call {
        let call = self.client.channels().originate("PJSIP/live@loop");
        call.app("live").await.unwrap();
        self.connect().await
    }

    /// Waits for both ends of a call, and answers it.
    async fn connect(&mut self) -> Call {
        let (mut near, mut far) = (None, None);
        loop {
            let (is_near, channel) = within_limit(self.started.recv()).await.unwrap();
            match is_near {
                true => near = Some(channel.id),
                false => {
                    // The near end enters when the far one answers.
                    self.client.channel(&channel.id).answer().await.unwrap();
                    far = Some(channel.id);
                }
            }
            if let (Some(near), Some(far)) = (&near, &far) {
                let (near, far) = (near.clone(), far.clone());
                return Call { near, far };
            }
        }
    }
}

/// A call between two channels of the application.
struct Call {
    near: String,
    far: String,
}

/// Waits until the server has this many channels and no bridge.
async fn wait_until_removed(client: &Client, channels: usize) {
    let removed = timeout(LIMIT / 2, async {
        while client.channels().list().await.unwrap().len() != channels || has_bridges(client).await
        {
            sleep(Duration::from_millis(20)).await;
        }
    });
    if removed.await.is_err() {
        let channels = client.channels().list().await.unwrap();
        let bridges = client.bridges().list().await.unwrap();
        panic!("still on the server: {channels:#?} {bridges:#?}");
    }
}

/// Waits for the end of a session.
async fn wait_for_end(media: &mut Media) -> CloseReason {
    let end = within_limit(async {
        loop {
            if let MediaEvent::Closed(reason) = media.next().await.expect("Closed comes last") {
                return reason;
            }
        }
    });
    let reason = end.await;
    assert!(media.next().await.is_none());
    reason
}

/// Returns the next event that is no audio.
async fn next_event(media: &mut Media) -> MediaEvent {
    let next = within_limit(async {
        loop {
            match media.next().await.expect("the session goes on") {
                MediaEvent::Audio(_) => {}
                event => return event,
            }
        }
    });
    next.await
}

fn tone(frequency: f64, rate: SampleRate, length: Duration) -> Vec<i16> {
    let hz = f64::from(rate.hz());
    let sample = |n: u64| (AMPLITUDE * (TAU * frequency * n as f64 / hz).sin()) as i16;
    (0..rate.samples(length)).map(sample).collect()
}

/// Returns the amplitude of a frequency.
fn amplitude(samples: &[i16], frequency: f64, rate: SampleRate) -> f64 {
    let step = TAU * frequency / f64::from(rate.hz());
    let (mut re, mut im) = (0.0, 0.0);
    for (n, sample) in samples.iter().enumerate() {
        let (sin, cos) = (step * n as f64).sin_cos();
        re += f64::from(*sample) * cos;
        im += f64::from(*sample) * sin;
    }
    2.0 * re.hypot(im) / samples.len() as f64
}

/// Receives audio for a time.
async fn receive(media: &mut Media, length: Duration) -> Vec<i16> {
    let mut samples = Vec::new();
    let wanted = media.receiver().rate().samples(length);
    while (samples.len() as u64) < wanted {
        match media.next().await.unwrap() {
            MediaEvent::Audio(frame) => samples.extend_from_slice(frame.samples()),
            MediaEvent::Closed(reason) => panic!("{reason}"),
            _ => {}
        }
    }
    samples
}

/// Receives until one tone is heard and another is not.
async fn hear(media: &mut Media, frequency: f64, other: f64) {
    let rate = media.receiver().rate();
    let mut heard = Vec::new();
    // Tones last for four seconds. A busy machine may cause a hole in a part of one.
    for _ in 0..15 {
        let samples = receive(media, Duration::from_millis(200)).await;
        let level = amplitude(&samples, frequency, rate) / AMPLITUDE;
        let wrong = amplitude(&samples, other, rate) / AMPLITUDE;
        if (0.8..1.2).contains(&level) && wrong < 0.02 {
            return;
        }
        heard.push((level, wrong));
    }
    let carrier = media.carrier().carrier;
    panic!(
        "{carrier}, {rate}: {heard:?} at {frequency}, {other} Hz; {:?}",
        media.stats()
    );
}

/// Returns a service that offers all carriers that need no configuration of the server.
pub(super) async fn service(client: &Client) -> MediaService {
    let port = free_port();
    let service = MediaService::builder(client).rtp(LOCAL, 30_000..=39_999);
    let service = service.audiosocket(port, port.to_string());
    service.bind().await.unwrap()
}

fn free_port() -> SocketAddr {
    let free = TcpListener::bind((LOCAL, 0)).unwrap();
    free.local_addr().unwrap()
}
