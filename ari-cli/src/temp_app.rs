//! An application of the command's own, to hear of what it does without taking over anybody's.

use ari_api::Error;
use ari_api::client::unique_id;
use ari_api::operations::applications;
use ari_api::schema::Operation;
use ari_api::stream::EventStream;
use serde_json::Value;

use crate::api_request;
use crate::error::CliError;
use crate::event::{ApplicationSocketRequest, CommandConnection, CommandEvent};

/// The prefix of the names of such applications.
const NAME_PREFIX: &str = "ari-command-";

/// A name that no other application has.
pub(crate) fn unique_name() -> String {
    format!("{NAME_PREFIX}{}", &unique_id()[..12])
}

/// Returns `true` if an application belongs to this command, here or elsewhere.
pub(crate) fn is_temp_app(name: &str) -> bool {
    name.starts_with(NAME_PREFIX)
}

/// Connects an application that hears of all channels, bridges and endpoints.
///
/// Not of device states, and so not of everything: an Asterisk 22 on which the WebSocket of one
/// that does is closed while a device state changes can stand still from then on.
pub(crate) async fn subscribe_all(connection: &CommandConnection) -> Result<TempApp, CliError> {
    let sources = ["channel:", "bridge:", "endpoint:"];
    let listening = TempApp::connect(connection, sources.map(str::to_owned).to_vec()).await?;
    match listening.subscribe(connection).await {
        // The oldest releases know no subscription to all of a kind: there is less to show then.
        Err(error) if matches!(error.status(), Some(400 | 422)) => {}
        subscribed => drop(subscribed?),
    }
    Ok(listening)
}

/// Connects an application that hears of a channel.
pub(crate) async fn subscribe_channel(
    connection: &CommandConnection,
    channel: &str,
) -> Result<TempApp, CliError> {
    subscribe_objects(connection, &[("channel", channel)]).await
}

/// Connects an application that hears of objects, each a kind (`channel`, `bridge`, `endpoint`) and
/// an id.
pub(crate) async fn subscribe_objects(
    connection: &CommandConnection,
    objects: &[(&str, &str)],
) -> Result<TempApp, CliError> {
    let mut listening = TempApp::connect(connection, Vec::new()).await?;
    for (kind, id) in objects {
        let source = format!("{kind}:{id}");
        let subscribed = listening
            .request(connection, &applications::SUBSCRIBE, vec![source.clone()])
            .await;
        let error = match subscribed {
            Ok(_) => {
                listening.sources.push(source);
                continue;
            }
            // Asterisk says this of objects that it cannot find.
            Err(error) if matches!(error.status(), Some(404 | 422)) => {
                CliError::not_found(kind, id)
            }
            Err(error) => error.into(),
        };
        listening.close(connection).await;
        return Err(error);
    }
    Ok(listening)
}

/// An application that hears of something, as long as it is there.
pub(crate) struct TempApp {
    name: String,
    sources: Vec<String>,
    pub(crate) events: EventStream<CommandEvent>,
}

impl TempApp {
    async fn connect(
        connection: &CommandConnection,
        sources: Vec<String>,
    ) -> Result<Self, CliError> {
        let name = unique_name();
        let request = ApplicationSocketRequest::new(std::slice::from_ref(&name), false);
        let events = connection.connect(&request).await?;
        Ok(TempApp {
            name,
            sources,
            events,
        })
    }

    /// Hears of it no longer. Else Asterisk would keep the application for as long as there is what
    /// it is subscribed to: releases before 22 also one that is subscribed to all of a kind.
    pub(crate) async fn close(self, connection: &CommandConnection) {
        for source in &self.sources {
            let source = match source.strip_suffix(':') {
                // Under this name alone does Asterisk find a subscription to all of a kind.
                Some(kind) => format!("{source}__AST_{}_ALL_TOPIC", kind.to_ascii_uppercase()),
                None => source.clone(),
            };
            // One at a time: an object that no longer exists, and its subscription with it, would
            // spoil the request for the others.
            let _ = self
                .request(connection, &applications::UNSUBSCRIBE, vec![source])
                .await;
        }
    }

    async fn subscribe(&self, connection: &CommandConnection) -> Result<Value, Error> {
        let sources = self.sources.clone();
        self.request(connection, &applications::SUBSCRIBE, sources)
            .await
    }

    async fn request(
        &self,
        connection: &CommandConnection,
        operation: &'static Operation,
        sources: Vec<String>,
    ) -> Result<Value, Error> {
        let arguments = [
            ("applicationName", Value::from(self.name.as_str())),
            ("eventSource", sources.into()),
        ];
        api_request::execute(connection, operation, &arguments).await
    }
}
