//! Transcripts: stream items and errors as text that tests can compare.

use std::fmt;
use std::sync::Arc;

use ari_api::stream::ConnectionEvent;
use ari_api::{Error, Event};
use ari_test_support::{LIMIT, wait_until, within_limit};
use futures_util::{Stream, StreamExt};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::server::Server;

/// Runs a test, which must not hang, and must leave no task behind.
pub(crate) fn run(test: impl AsyncFnOnce(Server)) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let server = Server::start();
        let ended = timeout(LIMIT * 3, test(server)).await;
        ended.expect("a test that ends");
        wait_until_no_task_is_alive().await;
    });
}

/// Waits until no task is alive. A task may run for a moment after its end is reported.
pub(crate) async fn wait_until_no_task_is_alive() {
    wait_until("no task is left", || {
        Handle::current().metrics().num_alive_tasks() == 0
    })
    .await;
}

/// Returns the next item of a stream as text.
pub(crate) async fn next_transcript<T: Transcript>(
    stream: &mut (impl Stream<Item = Result<Arc<T>, Error>> + Unpin),
) -> String {
    format_item(&within_limit(stream.next()).await)
}

/// Formats an item as text.
pub(crate) fn format_item<T: Transcript>(item: &Option<Result<Arc<T>, Error>>) -> String {
    match item {
        None => "end".to_owned(),
        Some(Ok(event)) => event.transcript(),
        Some(Err(error)) => format_error(error),
    }
}

/// Returns all items up to the end.
pub(crate) async fn remaining_transcripts<T: Transcript>(
    stream: &mut (impl Stream<Item = Result<Arc<T>, Error>> + Unpin),
) -> Vec<String> {
    let mut items = Vec::new();
    loop {
        let item = next_transcript(stream).await;
        if item == "end" {
            return items;
        }
        items.push(item);
    }
}

/// Returns the items up to and including the first with this prefix.
pub(crate) async fn transcripts_up_to<T: Transcript>(
    stream: &mut (impl Stream<Item = Result<Arc<T>, Error>> + Unpin),
    begin: &str,
) -> Vec<String> {
    let mut items = Vec::new();
    loop {
        items.push(next_transcript(stream).await);
        let last = items.last().expect("an item");
        if last.starts_with(begin) {
            return items;
        }
        assert_ne!(last, "end", "{begin} in {items:?}");
    }
}

/// Formats an error: its variant, and the details that distinguish it.
pub(crate) fn format_error(error: &Error) -> String {
    match error {
        Error::Lagged { missed } => format!("Lagged {missed}"),
        Error::Decode(error) => format!("Decode {}", error.raw),
        Error::ObjectGone { object, .. } => format!("Gone {object}"),
        Error::Disconnected { reason, .. } => format!("Disconnected: {reason}"),
        Error::ConnectionGap { .. } => "Interrupted".to_owned(),
        Error::ApplicationReplaced { application } => format!("Replaced {application}"),
        Error::NotSent { .. } => "NotSent".to_owned(),
        Error::OutcomeUnknown { .. } => "OutcomeUnknown".to_owned(),
        Error::Response(refusal) => format!("Refused {}", refusal.status),
        error => format!("{error:?}"),
    }
}

/// Returns the variant of an error, or `Ok`.
pub(crate) fn format_result<T>(result: &Result<T, Error>) -> String {
    match result {
        Ok(_) => "Ok".to_owned(),
        Err(error) => format_error(error),
    }
}

/// A transcript of events.
pub(crate) trait Transcript: fmt::Debug {
    fn transcript(&self) -> String;
}

impl Transcript for Event {
    /// Returns the kind, and the id or number of the object.
    fn transcript(&self) -> String {
        let id = match self {
            Event::Connection(ConnectionEvent::Resynced(found)) => {
                return format!("Resynced {found:?}");
            }
            Event::ChannelUserevent(event) => event.eventname.clone(),
            Event::ChannelCreated(event) => event.channel.id.clone(),
            Event::ChannelDestroyed(event) => event.channel.id.clone(),
            Event::StasisStart(event) => event.channel.id.clone(),
            Event::StasisEnd(event) => event.channel.id.clone(),
            Event::PlaybackFinished(event) => event.playback.id.clone(),
            other => return other.kind().to_owned(),
        };
        format!("{} {id}", self.kind())
    }
}

impl Transcript for ari_api::models::StasisStart {
    fn transcript(&self) -> String {
        format!("StasisStart {}", self.channel.id)
    }
}

impl Transcript for ari_api::models::ChannelUserevent {
    fn transcript(&self) -> String {
        format!("ChannelUserevent {}", self.eventname)
    }
}
