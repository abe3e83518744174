//! An application of the command's own, to hear of what it does without taking over anybody's.

use ari_api::Error;
use ari_api::operations::applications;
use ari_api::runtime::{EventStream, Operation, unique_id};
use serde_json::{Value, json};

use crate::failure::{Failure, Kind};
use crate::operation;
use crate::seen::{Applications, Link, Seen};

/// What the names of such applications begin with.
const PREFIX: &str = "ari-command-";

/// A name that no other application has.
pub(crate) fn name() -> String {
    format!("{PREFIX}{}", &unique_id()[..12])
}

/// Whether an application is one of this command, here or elsewhere.
pub(crate) fn is_one(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Connects an application that hears of all channels, bridges and endpoints.
///
/// Not of device states, and so not of everything: an Asterisk 22 on which the WebSocket of one
/// that does is closed while a device state changes can stand still from then on.
pub(crate) async fn hear_all(link: &Link) -> Result<EventStream<Seen>, Failure> {
    let name = name();
    let request = Applications::new(std::slice::from_ref(&name), false);
    let events = link.connect(&request).await?;
    let arguments = [
        ("applicationName", Value::from(name)),
        ("eventSource", json!(["channel:", "bridge:", "endpoint:"])),
    ];
    match operation::value(link, &applications::SUBSCRIBE, &arguments).await {
        // The oldest releases know no subscription to all of a kind: there is less to show then.
        Err(error) if matches!(error.status(), Some(400 | 422)) => {}
        subscribed => drop(subscribed?),
    }
    Ok(events)
}

/// An application that hears of a channel, as long as it is there.
pub(crate) struct Listening {
    name: String,
    source: String,
    _events: EventStream<Seen>,
}

/// Connects an application that hears of a channel.
pub(crate) async fn hear(link: &Link, channel: &str) -> Result<Listening, Failure> {
    let name = name();
    let events = link
        .connect(&Applications::new(std::slice::from_ref(&name), false))
        .await?;
    let listening = Listening {
        name,
        source: format!("channel:{channel}"),
        _events: events,
    };
    match listening.ask(link, &applications::SUBSCRIBE).await {
        Ok(_) => Ok(listening),
        // Asterisk says this of objects that it cannot find.
        Err(error) if matches!(error.status(), Some(404 | 422)) => Err(Failure::new(
            Kind::Refused,
            format!(
                "there is no channel {channel:?}; it may have hung up: `ari channels list` shows \
                 what there is"
            ),
        )),
        Err(error) => Err(error.into()),
    }
}

impl Listening {
    /// Hears of it no longer. Else Asterisk would keep the application for as long as the channel
    /// lives.
    pub(crate) async fn end(self, link: &Link) {
        // Where the channel is gone the subscription is, too.
        let _ = self.ask(link, &applications::UNSUBSCRIBE).await;
    }

    async fn ask(&self, link: &Link, operation: &'static Operation) -> Result<Value, Error> {
        let arguments = [
            ("applicationName", Value::from(self.name.as_str())),
            ("eventSource", Value::from(self.source.as_str())),
        ];
        operation::value(link, operation, &arguments).await
    }
}
