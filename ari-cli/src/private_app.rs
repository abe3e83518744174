//! An application of the command's own, to hear of what it does without taking over anybody's.

use ari_api::Error;
use ari_api::operations::applications;
use ari_api::runtime::{EventStream, Operation, unique_id};
use serde_json::Value;

use crate::failure::Failure;
use crate::operation;
use crate::seen::{Applications, Link, Seen};

/// The prefix of the names of such applications.
const PREFIX: &str = "ari-command-";

/// A name that no other application has.
pub(crate) fn name() -> String {
    format!("{PREFIX}{}", &unique_id()[..12])
}

/// Returns `true` if an application belongs to this command, here or elsewhere.
pub(crate) fn is_one(name: &str) -> bool {
    name.starts_with(PREFIX)
}

/// Connects an application that hears of all channels, bridges and endpoints.
///
/// Not of device states, and so not of everything: an Asterisk 22 on which the WebSocket of one
/// that does is closed while a device state changes can stand still from then on.
pub(crate) async fn hear_all(link: &Link) -> Result<Listening, Failure> {
    let sources = ["channel:", "bridge:", "endpoint:"];
    let listening = Listening::to(link, sources.map(str::to_owned).to_vec()).await?;
    match listening.subscribe(link).await {
        // The oldest releases know no subscription to all of a kind: there is less to show then.
        Err(error) if matches!(error.status(), Some(400 | 422)) => {}
        subscribed => drop(subscribed?),
    }
    Ok(listening)
}

/// Connects an application that hears of a channel.
pub(crate) async fn hear(link: &Link, channel: &str) -> Result<Listening, Failure> {
    hear_of(link, &[("channel", channel)]).await
}

/// Connects an application that hears of objects, each a kind (`channel`, `bridge`, `endpoint`) and
/// an id.
pub(crate) async fn hear_of(link: &Link, objects: &[(&str, &str)]) -> Result<Listening, Failure> {
    let mut listening = Listening::to(link, Vec::new()).await?;
    for (kind, id) in objects {
        let source = format!("{kind}:{id}");
        let subscribed = listening
            .ask(link, &applications::SUBSCRIBE, vec![source.clone()])
            .await;
        let failure = match subscribed {
            Ok(_) => {
                listening.sources.push(source);
                continue;
            }
            // Asterisk says this of objects that it cannot find.
            Err(error) if matches!(error.status(), Some(404 | 422)) => Failure::missing(kind, id),
            Err(error) => error.into(),
        };
        listening.end(link).await;
        return Err(failure);
    }
    Ok(listening)
}

/// An application that hears of something, as long as it is there.
pub(crate) struct Listening {
    name: String,
    sources: Vec<String>,
    pub(crate) events: EventStream<Seen>,
}

impl Listening {
    async fn to(link: &Link, sources: Vec<String>) -> Result<Self, Failure> {
        let name = name();
        let request = Applications::new(std::slice::from_ref(&name), false);
        let events = link.connect(&request).await?;
        Ok(Listening {
            name,
            sources,
            events,
        })
    }

    /// Hears of it no longer. Else Asterisk would keep the application for as long as there is what
    /// it is subscribed to: releases before 22 also one that is subscribed to all of a kind.
    pub(crate) async fn end(self, link: &Link) {
        for source in &self.sources {
            let source = match source.strip_suffix(':') {
                // Under this name alone does Asterisk find a subscription to all of a kind.
                Some(kind) => format!("{source}__AST_{}_ALL_TOPIC", kind.to_ascii_uppercase()),
                None => source.clone(),
            };
            // One at a time: an object that no longer exists, and its subscription with it, would
            // spoil the request for the others.
            let _ = self
                .ask(link, &applications::UNSUBSCRIBE, vec![source])
                .await;
        }
    }

    async fn subscribe(&self, link: &Link) -> Result<Value, Error> {
        let sources = self.sources.clone();
        self.ask(link, &applications::SUBSCRIBE, sources).await
    }

    async fn ask(
        &self,
        link: &Link,
        operation: &'static Operation,
        sources: Vec<String>,
    ) -> Result<Value, Error> {
        let arguments = [
            ("applicationName", Value::from(self.name.as_str())),
            ("eventSource", sources.into()),
        ];
        operation::value(link, operation, &arguments).await
    }
}
