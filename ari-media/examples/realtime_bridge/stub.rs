//! A stand-in for a speech model's server on this machine. It sends each sentence back at once.

use std::net::SocketAddr;

use ari_media::Level;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::accept_async;
use tokio_tungstenite::tungstenite::Message;

use crate::{RATE, server};

/// Starts the server and returns its address.
pub(crate) async fn start() -> server::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                if let Err(error) = converse(stream).await {
                    eprintln!("the model: {error}");
                }
            });
        }
    });
    Ok(address)
}

/// Finds sentences by their level, and sends each one back.
async fn converse(stream: TcpStream) -> server::Result<()> {
    let mut socket = accept_async(stream).await?;
    let (mut sentence, mut silence, mut answers) = (Vec::new(), 0, 0);
    while let Some(message) = socket.next().await {
        let message = message?;
        let Ok(text) = message.to_text() else {
            continue;
        };
        let event: Value = serde_json::from_str(text).unwrap_or_default();
        match event["type"].as_str() {
            Some("input_audio_buffer.append") => {}
            Some("conversation.item.truncate") => {
                println!(
                    "the model: {} ms of {} were heard",
                    event["audio_end_ms"], event["item_id"]
                );
                continue;
            }
            _ => continue,
        }
        let samples = decode(event["audio"].as_str().unwrap_or_default())?;
        let is_speech = Level::from_samples(&samples).rms > -45.0;
        if is_speech && sentence.is_empty() {
            let started = json!({"type": "input_audio_buffer.speech_started"});
            socket.send(Message::text(started.to_string())).await?;
        }
        if is_speech || !sentence.is_empty() {
            sentence.extend_from_slice(&samples);
        }
        silence = if is_speech {
            0
        } else {
            silence + samples.len()
        };
        if silence < RATE.hz() as usize / 2 || sentence.is_empty() {
            continue;
        }
        sentence.truncate(sentence.len() - silence);
        answers += 1;
        for piece in sentence.chunks(RATE.hz() as usize / 5) {
            let delta = json!({
                "type": "response.output_audio.delta",
                "item_id": format!("item_{answers}"),
                "delta": encode(piece),
            });
            socket.send(Message::text(delta.to_string())).await?;
        }
        let done = json!({"type": "response.done"});
        socket.send(Message::text(done.to_string())).await?;
        sentence.clear();
    }
    Ok(())
}

/// Returns samples in the format of the interface: little-endian, in Base64.
pub(crate) fn encode(samples: &[i16]) -> String {
    let bytes = samples.iter().flat_map(|sample| sample.to_le_bytes());
    STANDARD.encode(bytes.collect::<Vec<u8>>())
}

/// Returns the samples of a Base64 text.
pub(crate) fn decode(text: &str) -> server::Result<Vec<i16>> {
    let bytes = STANDARD.decode(text)?;
    let pairs = bytes.chunks_exact(2);
    Ok(pairs
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]))
        .collect())
}
