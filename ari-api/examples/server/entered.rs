//! The calls of an application, as its events report them.

use std::sync::Arc;

use ari_api::stream::ConnectionEvent;
use ari_api::{Error, Event};

/// Returns the ids of the channels that have entered the application by this event, and prints what
/// happens to the connection.
pub(crate) fn channels(event: Result<Arc<Event>, Error>) -> Vec<String> {
    let event = match event {
        Ok(event) => event,
        // One event is missing or not understood, or the WebSocket is lost for good: then the
        // stream ends.
        Err(error) => {
            eprintln!("{error}");
            return Vec::new();
        }
    };
    match event.as_ref() {
        Event::StasisStart(start) => vec![start.channel.id.clone()],
        Event::Connection(turn) => {
            println!("{turn}");
            match turn {
                // Those that came while the WebSocket was lost. A StasisStart may follow.
                ConnectionEvent::Resynced(found) => found.entered_channels.clone(),
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}
