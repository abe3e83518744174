//! Subscriptions of applications to objects of the server.

use ari_api::Error;
use ari_api::operations::applications;
use ari_api::schema::Operation;
use serde_json::Value;

use crate::api_request;
use crate::event::CommandConnection;

/// The event sources of `subscribeAll`.
pub(crate) const ALL: [&str; 4] = ["channel:", "bridge:", "endpoint:", "deviceState:"];

/// Subscribes an application to event sources, such as `channel:1.2`, or `channel:` for all
/// channels.
///
/// # Errors
/// Returns the server's response if a source does not exist (404 or 422), or if the release has no
/// subscriptions to all objects of a kind (400 or 422).
pub(crate) async fn subscribe(
    connection: &CommandConnection,
    application: &str,
    sources: &[String],
) -> Result<Value, Error> {
    request(connection, &applications::SUBSCRIBE, application, sources).await
}

/// Cancels the subscriptions of an application to event sources. Asterisk keeps an application
/// without a client for as long as its subscriptions exist. Releases before 22 also keep one that
/// is subscribed to all objects of a kind.
pub(crate) async fn unsubscribe(
    connection: &CommandConnection,
    application: &str,
    sources: &[String],
) {
    for source in sources {
        let source = match source.strip_suffix(':') {
            // Asterisk finds a subscription to all objects of a kind only by this name.
            Some("deviceState") => format!("{source}__AST_DEVICE_STATE_ALL_TOPIC"),
            Some(kind) => format!("{source}__AST_{}_ALL_TOPIC", kind.to_ascii_uppercase()),
            None => source.clone(),
        };
        // One request for each source: a source that no longer exists would fail the request for
        // all of them.
        let _ = request(
            connection,
            &applications::UNSUBSCRIBE,
            application,
            std::slice::from_ref(&source),
        )
        .await;
    }
}

async fn request(
    connection: &CommandConnection,
    operation: &'static Operation,
    application: &str,
    sources: &[String],
) -> Result<Value, Error> {
    let arguments = [
        ("applicationName", Value::from(application)),
        ("eventSource", sources.to_vec().into()),
    ];
    api_request::execute(connection, operation, &arguments).await
}
