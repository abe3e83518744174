//! The program with the library: whole sessions, each with a task that reads and one that speaks.

use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_media::{AudioReceiver, AudioSender, MediaEvent, MediaService};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::Result;
use crate::control::{call_id, clock, sample_of};
use crate::subject::{Activity, Case, Control, phase};

/// The audio that a session holds at most. It takes memory that the program chooses.
const MAX_BUFFERED: Duration = Duration::from_millis(500);

/// The level of the speech.
const SPEECH: usize = 5;

/// Open sessions.
pub(crate) struct Library {
    senders: Vec<AudioSender>,
    tasks: Vec<JoinHandle<()>>,
}

/// A call of `clear`.
pub(crate) struct Clearing {
    pub(crate) call: usize,
    pub(crate) level: usize,
    pub(crate) called: i64,
    pub(crate) returned: i64,
}

impl Library {
    pub(crate) async fn open(
        client: &Client,
        case: Case,
        count: usize,
        control: &Control,
    ) -> Result<Self> {
        let listen = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let service = MediaService::builder(client)
            .audiosocket(listen, listen.to_string())
            .rtp(listen.ip(), 20_000..=29_999)
            .carrier(case.carrier)
            .bind()
            .await?;
        let opened = stream::iter(0..count).map(|number| {
            let opening = service.open(call_id(number)).rate(case.rate);
            async move { opening.max_buffered(MAX_BUFFERED).await }
        });
        let opened: Vec<_> = opened.buffered(16).try_collect().await?;
        let (mut senders, mut tasks) = (Vec::new(), Vec::new());
        let chunk: Arc<[i16]> = vec![sample_of(SPEECH); case.rate.hz() as usize / 5].into();
        for (number, media) in opened.into_iter().enumerate() {
            let (sender, receiver) = media.split();
            tasks.push(tokio::spawn(read(
                receiver,
                sender.clone(),
                control.clone(),
            )));
            let speaking = speak(
                sender.clone(),
                chunk.clone(),
                control.clone(),
                phase(number),
            );
            tasks.push(tokio::spawn(speaking));
            senders.push(sender);
        }
        Ok(Library { senders, tasks })
    }

    /// Ends all sessions. Their objects on the server are removed a little later.
    pub(crate) async fn close(self) {
        drop(self.senders);
        for task in self.tasks {
            task.abort();
            let _ = task.await;
        }
    }

    /// Clears speech of some sessions, several times each.
    pub(crate) async fn clear(&self, rounds: usize) -> Result<Vec<Clearing>> {
        let sessions = self.senders.iter().enumerate().take(100);
        let tasks: Vec<_> = sessions
            .map(|(call, sender)| tokio::spawn(clear(call, sender.clone(), rounds)))
            .collect();
        let mut all = Vec::new();
        for task in tasks {
            all.extend(task.await??);
        }
        Ok(all)
    }
}

async fn read(mut receiver: AudioReceiver, sender: AudioSender, control: Control) {
    let mut echoes = false;
    while let Some(event) = receiver.next().await {
        let MediaEvent::Audio(frame) = event else {
            continue;
        };
        let echoed = std::mem::replace(&mut echoes, control.is(Activity::Echo));
        if echoes && !echoed {
            sender.start_utterance();
        }
        if echoes && frame.missing().is_zero() {
            let _ = sender.send(frame.samples()).await;
        }
    }
}

async fn speak(sender: AudioSender, chunk: Arc<[i16]>, control: Control, phase: Duration) {
    let mut changes = control.subscribe();
    while changes.changed().await.is_ok() {
        if !control.is(Activity::Speak) {
            continue;
        }
        sleep(phase).await;
        sender.start_utterance();
        while control.is(Activity::Speak) {
            if sender.send(&chunk).await.is_err() {
                return;
            }
        }
        sender.clear().await;
    }
}

async fn clear(
    call: usize,
    sender: AudioSender,
    rounds: usize,
) -> std::result::Result<Vec<Clearing>, ari_media::SendError> {
    let mut all = Vec::new();
    sleep(phase(call)).await;
    // The echo of a busy machine can still be queued.
    sender.clear().await;
    for level in 1..=rounds {
        sender.start_utterance();
        let length = sender.rate().hz() as usize * 2 / 5;
        sender.try_send(&vec![sample_of(level); length])?;
        sleep(Duration::from_millis(100) + phase(7 * call + 11 * level) * 10).await;
        let called = clock();
        sender.clear().await;
        let returned = clock();
        all.push(Clearing {
            call,
            level,
            called,
            returned,
        });
    }
    Ok(all)
}
