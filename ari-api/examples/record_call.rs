//! Records calls: each caller hears a beep and speaks, until `#`, a silence, or the end of the
//! call. The recording is then downloaded in chunks into a file, and deleted on the server. Run it
//! with
//!
//! ```text
//! cargo run -p ari-api --example record_call -- FOLDER
//! ```
//!
//! It writes to FOLDER, which defaults to the current one. It talks to the Asterisk at `ARI_URL`,
//! such as `http://localhost:8088/ari`, as `ARI_USER` (`aritest`) with `ARI_PASSWORD` (`testme`),
//! until you press Ctrl-C. Without `ARI_URL` it starts a fake one and says so; Alice and Bob call
//! there. The dialplan of a real one sends calls to it:
//!
//! ```text
//! exten => 300,1,Stasis(record)
//!  same => n,Hangup()
//! ```
//!
//! The recording contains the audio that a channel sends, not the audio that it receives. To record
//! both sides of a conversation, add them to a bridge and record that:
//! `client.bridge(id).record(…)`.

#[path = "server/entered.rs"]
mod entered;
mod server;

use std::collections::HashSet;
use std::env;
use std::path::{Path, PathBuf};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::client::unique_id;
use ari_api::models::{LiveRecording, LiveRecordingState};
use ari_api::recordings::StoredRecordingHandle;
use ari_api::stream::Finished;
use ari_api::{Client, Error};
use ari_mock::Asterisk;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;
use tokio::task::JoinSet;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let folder: Arc<Path> = env::args_os()
        .nth(1)
        .map_or(".".into(), PathBuf::from)
        .into();
    let (client, fake) = server::open().await?;
    let mut app = client.application("record").connect().await?;
    if let Some(pbx) = fake.clone() {
        tokio::spawn(callers(pbx));
    }
    // Ids of the channels that are being recorded.
    let mut inside = HashSet::new();
    let mut calls = JoinSet::new();
    // One future for the whole loop: a new one in each iteration could miss a signal between two.
    let mut interrupted = pin!(tokio::signal::ctrl_c());
    loop {
        let event = tokio::select! {
            _ = &mut interrupted => break,
            Some(ended) = calls.join_next() => {
                if let Ok(id) = ended {
                    inside.remove(&id);
                }
                continue;
            }
            event = app.next() => event,
        };
        let Some(event) = event else { break };
        for id in entered::channels(event) {
            if inside.insert(id.clone()) {
                let call = serve(client.clone(), id.clone(), folder.clone());
                calls.spawn(async move {
                    match call.await {
                        Ok(what) => println!("{id}: {what}"),
                        Err(error) => println!("{id}: {error}"),
                    }
                    id
                });
            }
        }
    }
    // Recordings and downloads in progress are completed.
    println!("{} calls are being recorded", calls.len());
    while calls.join_next().await.is_some() {}
    client.close(Duration::from_secs(5)).await;
    Ok(())
}

/// Records one call, and returns its outcome as text.
async fn serve(client: Client, id: String, folder: Arc<Path>) -> Result<String> {
    let call = client.channel(id);
    let name = format!("calls/{}", unique_id());
    let recorded = record(&call, &name).await;
    // Whatever the outcome, the caller is not left in silence. A caller who has hung up needs
    // nothing.
    match call.hangup().await {
        Err(error) if !error.is_channel_gone() => eprintln!("{}: {error}", call.channel_id()),
        _ => {}
    }
    let recording = match recorded {
        // The caller hung up before the recording began, or its last event was lost.
        Err(error) if error.is_channel_gone() => None,
        result => Some(result?),
    };
    let state = recording.as_ref().map(|recording| &recording.state);
    if state == Some(&LiveRecordingState::Failed) {
        let cause = recording.and_then(|recording| recording.into_inner().cause);
        return Ok(format!(
            "the recording failed: {}",
            cause.unwrap_or_default()
        ));
    }
    let stored = client.stored_recording(&name);
    let path = folder.join(format!(
        "{}.wav",
        call.channel_id().replace(['/', ';'], "_")
    ));
    // Even if the connection was lost as the recording ended, the server has it.
    let bytes = match download(&stored, &path).await {
        Err(error) if is_missing(&*error) => return Ok("nothing was recorded".to_owned()),
        result => result?,
    };
    stored.delete_stored().await?;
    let seconds = recording.and_then(|recording| recording.duration);
    let seconds = seconds.map_or_else(|| "some".to_owned(), |length| length.as_secs().to_string());
    Ok(format!(
        "{seconds} seconds, {bytes} bytes in {}",
        path.display()
    ))
}

/// Returns whether an error means that the server has no such recording.
fn is_missing(error: &(dyn std::error::Error + Send + Sync + 'static)) -> bool {
    let error = error.downcast_ref::<Error>();
    error.and_then(Error::status) == Some(404)
}

/// Records until the recording ends for any reason.
async fn record(
    call: &ChannelHandle,
    name: &str,
) -> std::result::Result<Finished<LiveRecording>, Error> {
    call.answer().await?;
    println!("{}: is recorded", call.channel_id());
    call.record(name, "wav")
        .beep(true)
        .terminate_on("#")
        .max_silence(Duration::from_secs(10))
        .max_duration(Duration::from_secs(600))
        .wait_until_finished()
        .await
}

/// Writes a recording to a file as it arrives, so that its length does not matter.
async fn download(stored: &StoredRecordingHandle, path: &Path) -> Result<usize> {
    let mut pieces = stored.get_stored_file().await?;
    let mut file = File::create(path).await?;
    let mut bytes = 0;
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        file.write_all(&piece).await?;
        bytes += piece.len();
    }
    file.flush().await?;
    Ok(bytes)
}

/// Simulates callers if the Asterisk is a fake one: one ends the recording with a key, the other by
/// hanging up.
async fn callers(pbx: Arc<Asterisk>) {
    let speech = Duration::from_secs(2);
    let alice = pbx.incoming_call("PJSIP/alice").into_application("record");
    pbx.wait_for_request("channels.record", 1).await;
    tokio::time::sleep(speech).await;
    alice.press("#");
    let bob = pbx.incoming_call("PJSIP/bob").into_application("record");
    pbx.wait_for_request("channels.record", 2).await;
    tokio::time::sleep(speech).await;
    bob.hang_up();
}
