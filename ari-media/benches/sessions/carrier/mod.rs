//! The other end of the sockets: a scripted Asterisk in a process of its own, so that its CPU time
//! and memory are not those of the measured process.
//!
//! It answers the ARI requests that opening and closing a session needs, and speaks AudioSocket,
//! RTP and the protocol of `chan_websocket`. The measured process controls it by lines on its
//! standard input: see [`control`](crate::control).

mod ari;
mod http;
mod recorder;
mod session;

use std::io::{self, BufRead as _, Write as _};
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use self::ari::Ari;
use self::recorder::{Recording, summarize};
use crate::control::Mode;

/// Runs until the standard input ends.
pub(crate) async fn run() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    reply(&json!(listener.local_addr()?.port()))?;
    let (send_recording, mut recordings) = mpsc::unbounded_channel();
    let ari = Arc::new(Ari::new(send_recording));
    tokio::spawn(http::serve(listener, ari.clone()));
    let mut lines = read_lines();
    while let Some(line) = lines.recv().await {
        let (command, argument) = line.split_once(' ').unwrap_or((&line, ""));
        let answer = match command {
            "calls" => {
                ari.enter_calls(argument.parse().unwrap_or(0)).await;
                json!("ok")
            }
            "mode" => {
                ari.set_mode(Mode::from_name(argument).ok_or(io::ErrorKind::InvalidInput)?);
                json!("ok")
            }
            "sessions" => json!(ari.sessions()),
            "report" => report(&ari, &mut recordings).await,
            _ => return Err(io::ErrorKind::InvalidInput.into()),
        };
        reply(&answer)?;
    }
    Ok(())
}

/// Ends the mode, and collects the recordings of all sessions.
async fn report(ari: &Ari, recordings: &mut mpsc::UnboundedReceiver<Recording>) -> Value {
    while recordings.try_recv().is_ok() {}
    let sessions = ari.set_mode(Mode::Idle);
    let mut all = Vec::with_capacity(sessions);
    while all.len() < sessions
        && let Some(recording) = recordings.recv().await
    {
        all.push(recording);
    }
    summarize(&all)
}

/// Reads the standard input in a thread.
fn read_lines() -> mpsc::UnboundedReceiver<String> {
    let (sender, lines) = mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

fn reply(value: &Value) -> io::Result<()> {
    let mut output = io::stdout().lock();
    writeln!(output, "{value}")?;
    output.flush()
}
