//! Connections to AudioSocket programs.

use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::UNREAD_LIMIT;
use crate::model::ChannelRef;
use crate::model::carrier::{AudioSocketProgress, AudioSocketReader};
use crate::pbx::AudioSocketCallback;
use crate::server::state::Server;
use crate::violation::ViolationKind;

const CONNECT_LIMIT: Duration = Duration::from_secs(2);

/// The longest pause within a payload.
const PAYLOAD_LIMIT: Duration = Duration::from_millis(5);

type Mistake = (ViolationKind, String);

/// Connects to a program, lets `connected` create the channel, and serves it.
pub(super) async fn connect(server: Arc<Server>, host: String, connected: AudioSocketCallback) {
    let stream = timeout(CONNECT_LIMIT, TcpStream::connect(&host)).await;
    let Ok(Ok(stream)) = stream else {
        server.update(|pbx| connected(pbx, None));
        return;
    };
    // Frames must not wait for one another.
    let _ = stream.set_nodelay(true);
    let (sender, messages) = mpsc::unbounded_channel();
    let Some(channel) = server.update(|pbx| connected(pbx, Some(sender))) else {
        return;
    };
    let (reading, writing) = stream.into_split();
    let mistake = tokio::select! {
        mistake = read_messages(&server, &channel, reading) => mistake,
        mistake = write_messages(writing, messages) => mistake,
    };
    server.update(|pbx| pbx.on_audiosocket_ended(&channel, mistake));
}

async fn write_messages(
    mut writing: OwnedWriteHalf,
    mut messages: mpsc::UnboundedReceiver<Vec<u8>>,
) -> Option<Mistake> {
    while let Some(message) = messages.recv().await {
        match timeout(UNREAD_LIMIT, writing.write_all(&message)).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) => return None,
            Err(_) => {
                let what = "the program does not read its audio, which ends the call";
                return Some((ViolationKind::UnreadAudio, what.to_owned()));
            }
        }
    }
    None
}

/// Plays the messages of the program until the connection ends, or a message ends it.
async fn read_messages(
    server: &Server,
    channel: &ChannelRef,
    mut reading: OwnedReadHalf,
) -> Option<Mistake> {
    let support = server.read(|pbx| pbx.media_support);
    let mut reader = AudioSocketReader::new(support.audiosocket_rates);
    let mut buffer = vec![0; 65_536];
    let hangup = |detail: String| Some((ViolationKind::MediaHangup, detail));
    loop {
        let limit = match reader.next() {
            AudioSocketProgress::Audio(audio) => {
                server.update(|pbx| pbx.on_program_audio(channel, &audio));
                continue;
            }
            AudioSocketProgress::HangUp => return None,
            AudioSocketProgress::Refused(why) => {
                return hangup(format!("an AudioSocket message {why} ends the call"));
            }
            AudioSocketProgress::IncompleteHead if !support.audiosocket_split_heads => {
                let what = "the head of an AudioSocket message in pieces ends the call in this \
                            release";
                return hangup(what.to_owned());
            }
            AudioSocketProgress::IncompletePayload => Some(PAYLOAD_LIMIT),
            AudioSocketProgress::IncompleteHead | AudioSocketProgress::Idle => None,
        };
        let arriving = reading.read(&mut buffer);
        let length = match limit {
            None => arriving.await,
            Some(limit) => match timeout(limit, arriving).await {
                Ok(length) => length,
                Err(_) => {
                    let what = "an AudioSocket payload that arrives in pieces ends the call";
                    return hangup(what.to_owned());
                }
            },
        };
        match length {
            Ok(0) | Err(_) => return None,
            Ok(length) => reader.push(&buffer[..length]),
        }
    }
}
