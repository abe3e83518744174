//! The Asterisk of an example: the one at `ARI_URL`, or else a fake one, so that every example runs
//! without an Asterisk. Your own program uses `Client::builder(url)` instead.

#![allow(dead_code, reason = "each example uses a part")]

use std::collections::{HashSet, VecDeque};
use std::env;
use std::f64::consts::TAU;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::stream::{ConnectionEvent, EventStream};
use ari_api::{Client, Event};
use ari_media::{MediaClient as _, SampleRate};
use ari_mock::{Asterisk, FakeChannel};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Returns a client of the Asterisk at `ARI_URL`, as `ARI_USER` (`aritest`) with `ARI_PASSWORD`
/// (`testme`). Without `ARI_URL` it starts a fake Asterisk and prints its address. The fake is
/// returned as well, and runs until it is dropped.
pub(crate) async fn open() -> Result<(Client, Option<Arc<Asterisk>>)> {
    let setting = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    if let Ok(url) = env::var("ARI_URL") {
        let user = setting("ARI_USER", "aritest");
        let password = setting("ARI_PASSWORD", "testme");
        let client = Client::builder(url).credentials(user, password).build()?;
        return Ok((client, None));
    }
    let pbx = Asterisk::start().await?;
    println!(
        "ARI_URL is not set: this is a fake Asterisk, at {}",
        pbx.url()
    );
    Ok((pbx.client()?, Some(Arc::new(pbx))))
}

/// The calls that enter an application, until Ctrl-C, and the tasks that serve them.
pub(crate) struct Calls {
    client: Client,
    events: EventStream<Event>,
    entered: VecDeque<String>,
    /// Those of `entered_channels` whose `StasisStart` may follow.
    found: HashSet<String>,
    interrupted: Pin<Box<dyn Future<Output = std::io::Result<()>> + Send>>,
    tasks: JoinSet<()>,
}

impl Calls {
    pub(crate) async fn of(client: &Client, application: &str) -> Result<Calls> {
        Ok(Calls {
            client: client.clone(),
            events: client.application(application).connect().await?,
            entered: VecDeque::new(),
            found: HashSet::new(),
            interrupted: Box::pin(tokio::signal::ctrl_c()),
            tasks: JoinSet::new(),
        })
    }

    /// Serves a call by a task.
    pub(crate) fn spawn(&mut self, task: impl Future<Output = ()> + Send + 'static) {
        self.tasks.spawn(task);
    }

    /// Ends the sessions of all calls, waits for the tasks, and closes the client. No channel and no
    /// bridge of a session stays on the server.
    pub(crate) async fn finish(mut self) {
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        let close = async {
            loop {
                // A task can open a session after this.
                self.client.close_media().await;
                sleep(Duration::from_millis(50)).await;
            }
        };
        let limit = Duration::from_secs(5);
        let _ = timeout(limit, async {
            tokio::select! {
                () = ended => self.client.close_media().await,
                () = close => {}
            }
        })
        .await;
        self.client.close(limit).await;
    }

    /// Returns the id of the next channel. `None` after Ctrl-C. Skips the channels of the library's
    /// sessions.
    pub(crate) async fn next(&mut self) -> Option<String> {
        loop {
            if let Some(id) = self.entered.pop_front() {
                return Some(id);
            }
            let event = tokio::select! {
                _ = &mut self.interrupted => return None,
                Some(_) = self.tasks.join_next() => continue,
                event = self.events.next() => event?,
            };
            match event.as_deref() {
                Ok(Event::StasisStart(start)) => {
                    if !self.found.remove(&start.channel.id) {
                        self.entered.push_back(start.channel.id.clone());
                    }
                }
                Ok(Event::Connection(change)) => {
                    println!("{change}");
                    // Calls that arrived while the WebSocket was lost.
                    if let ConnectionEvent::Resynced(report) = change {
                        self.found.extend(report.entered_channels.iter().cloned());
                        self.entered.extend(report.entered_channels.iter().cloned());
                    }
                }
                Ok(_) => {}
                // One event was lost or could not be decoded.
                Err(error) => eprintln!("{error}"),
            }
        }
    }
}

/// Returns a tone of −12 dBFS.
pub(crate) fn tone(frequency: f64, rate: SampleRate, length: Duration) -> Vec<i16> {
    let step = TAU * frequency / f64::from(rate.hz());
    let sample = |n: u64| (8192.0 * (step * n as f64).sin()) as i16;
    (0..rate.samples(length)).map(sample).collect()
}

/// Simulates a caller of the fake Asterisk who speaks once the call has audio. `call` is the number
/// of the call.
pub(crate) async fn speak(pbx: &Asterisk, caller: &FakeChannel, call: usize, length: Duration) {
    pbx.wait_for_response("bridges.addChannel", call).await;
    caller.send_audio(&tone(440.0, SampleRate::Hz16000, length), 16_000);
    sleep(length).await;
}

/// Returns the length of what a caller of the fake Asterisk has heard, without silence.
pub(crate) fn heard(caller: &FakeChannel) -> Duration {
    let received = caller.take_received_audio();
    let loud = received.iter().flat_map(|frame| {
        let is_loud = frame
            .samples
            .iter()
            .any(|sample| sample.unsigned_abs() > 300);
        is_loud.then(|| Duration::from_secs(1) * frame.samples.len() as u32 / frame.sample_rate)
    });
    loud.sum()
}
