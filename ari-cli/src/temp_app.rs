//! Temporary applications of the command. They receive events without taking over the application
//! of another program.

use std::time::Duration;

use ari_api::Error;
use ari_api::client::unique_id;
use ari_api::stream::EventStream;

use crate::error::CliError;
use crate::event::{ApplicationSocketRequest, CommandConnection, CommandEvent};
use crate::subscriptions;

/// The prefix of the names of such applications.
const NAME_PREFIX: &str = "ari-command-";

/// Returns a name that no other application has.
pub(crate) fn unique_name() -> String {
    format!("{NAME_PREFIX}{}", &unique_id()[..12])
}

/// Returns `true` if an application belongs to this command, in this process or another one.
pub(crate) fn is_temp_app(name: &str) -> bool {
    name.starts_with(NAME_PREFIX)
}

/// Connects an application that is subscribed to all channels, bridges and endpoints.
///
/// It is not subscribed to device states: Asterisk 22 can hang permanently if a WebSocket of an
/// application with such a subscription closes while a device state changes.
pub(crate) async fn subscribe_all(connection: &CommandConnection) -> Result<TempApp, CliError> {
    let sources = ["channel:", "bridge:", "endpoint:"];
    let app = TempApp::connect(connection, sources.map(str::to_owned).to_vec()).await?;
    match subscriptions::subscribe(connection, &app.name, &app.sources).await {
        // The oldest releases have no subscriptions to all objects of a kind, and send fewer events.
        Err(error) if matches!(error.status(), Some(400 | 422)) => {}
        subscribed => drop(subscribed?),
    }
    Ok(app)
}

/// Connects an application that is subscribed to a channel.
pub(crate) async fn subscribe_channel(
    connection: &CommandConnection,
    channel: &str,
) -> Result<TempApp, CliError> {
    subscribe_objects(connection, &[("channel", channel)]).await
}

/// Connects an application that is subscribed to objects, each given by its kind (`channel`,
/// `bridge`, `endpoint`) and its id.
pub(crate) async fn subscribe_objects(
    connection: &CommandConnection,
    objects: &[(&str, &str)],
) -> Result<TempApp, CliError> {
    let mut app = TempApp::connect(connection, Vec::new()).await?;
    for (kind, id) in objects {
        let source = format!("{kind}:{id}");
        let sources = std::slice::from_ref(&source);
        let error: CliError = match subscriptions::subscribe(connection, &app.name, sources).await {
            Ok(_) => {
                app.sources.push(source);
                continue;
            }
            // Asterisk responds this for objects that it cannot find.
            Err(error) if matches!(error.status(), Some(404 | 422)) => {
                CliError::not_found(kind, id)
            }
            Err(error) => error.into(),
        };
        app.close(connection).await;
        return Err(error);
    }
    Ok(app)
}

/// Makes Asterisk remove applications that have neither a client nor subscriptions. It does so
/// when any WebSocket closes, and not when the last channel leaves such an application.
pub(crate) async fn remove_idle_apps(connection: &CommandConnection) -> Result<(), Error> {
    let request = ApplicationSocketRequest::new(&[unique_name()], false);
    let events = connection.connect(&request).await?;
    events.close(Duration::from_secs(1)).await;
    Ok(())
}

/// A connected temporary application.
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

    /// Returns the name of the application.
    #[cfg(feature = "explore")]
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Subscribes the application to one more object, such as `channel:1.2`.
    ///
    /// # Errors
    /// Returns the server's response: 404 or 422 if the object does not exist.
    pub(crate) async fn subscribe(
        &mut self,
        connection: &CommandConnection,
        source: String,
    ) -> Result<(), Error> {
        let sources = std::slice::from_ref(&source);
        subscriptions::subscribe(connection, &self.name, sources).await?;
        self.sources.push(source);
        Ok(())
    }

    /// Cancels the subscriptions, so that Asterisk removes the application when its WebSocket
    /// closes.
    pub(crate) async fn close(self, connection: &CommandConnection) {
        subscriptions::unsubscribe(connection, &self.name, &self.sources).await;
    }
}
