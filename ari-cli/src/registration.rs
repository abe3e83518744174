//! Checks for applications that are already registered. Connecting under the same name would
//! disconnect the other program.

use std::time::Duration;

use ari_api::Error;
use ari_api::operations::applications;
use serde_json::Value;

use crate::event::CommandConnection;
use crate::text::format_count;
use crate::{api_request, temp_app};

/// Number of checks for a registered application, and the delay between them. Asterisk takes a moment
/// to remove the application of a client that has just ended.
const MAX_LOOKUPS: u32 = 4;
const LOOKUP_DELAY: Duration = Duration::from_millis(250);

/// The registered applications that the command may take over when it reconnects.
#[derive(Clone, Debug)]
pub(crate) enum TakeOver {
    /// All of them, because the user asked for it.
    Allowed,
    /// Temporary ones of this command, and those that have no object but the channel of this id, which
    /// the command itself has created.
    Own { channel: String },
    /// Temporary ones of this command, and those of the page of `ari explore` that have its objects only.
    #[cfg(feature = "explore")]
    Page(std::sync::Arc<crate::own_objects::OwnObjects>),
    /// Temporary ones of this command.
    Refused,
}

impl TakeOver {
    /// Returns `true` if connecting as this registered application is allowed.
    pub(crate) fn permits(&self, name: &str, registered: &Value) -> bool {
        if temp_app::is_temp_app(name) {
            return true;
        }
        match self {
            TakeOver::Allowed => true,
            TakeOver::Refused => false,
            #[cfg(feature = "explore")]
            TakeOver::Page(own) => own.permits(name, registered),
            TakeOver::Own { channel } => {
                let objects = |key: &str| registered[key].as_array().cloned().unwrap_or_default();
                let others = ["bridge_ids", "endpoint_ids", "device_names"];
                let channels = objects("channel_ids");
                others.iter().all(|key| objects(key).is_empty())
                    && !channels.is_empty()
                    && channels
                        .iter()
                        .all(|id| belongs_to(id.as_str().unwrap_or_default(), channel))
            }
        }
    }
}

/// Returns `true` if the id is that of the channel, or of the other half of this Local channel.
fn belongs_to(id: &str, channel: &str) -> bool {
    id.strip_prefix(channel)
        .is_some_and(|rest| rest.is_empty() || rest == ";2")
}

/// Returns the application of this name if it is registered. One that a program has left behind
/// without a channel or subscription does not count: Asterisk is made to remove it first.
pub(crate) async fn find_in_use(
    connection: &CommandConnection,
    name: &str,
) -> Result<Option<Value>, Error> {
    let arguments = [("applicationName", Value::from(name))];
    let get = || api_request::execute(connection, &applications::GET, &arguments);
    match get().await {
        Err(error) if error.status() == Some(404) => return Ok(None),
        found => found?,
    };
    temp_app::remove_idle_apps(connection).await?;
    find(get).await
}

/// Returns an application that is still registered after several requests.
pub(crate) async fn find<F: Future<Output = Result<Value, Error>>>(
    ask: impl Fn() -> F,
) -> Result<Option<Value>, Error> {
    let mut lookups = 0;
    loop {
        match ask().await {
            Ok(found) => {
                lookups += 1;
                if lookups == MAX_LOOKUPS {
                    return Ok(Some(found));
                }
                tokio::time::sleep(LOOKUP_DELAY).await;
            }
            Err(error) if error.status() == Some(404) => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}

/// Returns the reason why an application is not taken over, and what to do for its events.
pub(crate) fn already_registered(name: &str, found: &Value) -> String {
    format!(
        "{}; use `ari watch`, which does not, or another name, or `ari events {name} --take-over`",
        in_use(name, found)
    )
}

/// Returns the reason why an application is not taken over.
pub(crate) fn in_use(name: &str, found: &Value) -> String {
    format!(
        "the application {name:?} is already registered{}, and connecting would disconnect that \
         program",
        match has_objects(found) {
            true => format!(
                ", with {}: a program is connected as it, or has left these behind (ARI does not \
                 tell which)",
                describe_objects(found)
            ),
            false => ": a program is connected as it".to_owned(),
        }
    )
}

/// Returns the reason for not reconnecting as an application.
pub(crate) fn still_registered(take_over: &TakeOver, name: &str, found: &Value) -> String {
    let objects = describe_objects(found);
    match take_over {
        #[cfg(feature = "explore")]
        TakeOver::Page(_) => format!(
            "another program has connected as the application {name:?} since the connection was lost: \
             it is registered, with {objects}, which are not only those of this page; taking it over \
             disconnects that program"
        ),
        _ => format!(
            "the application {name:?} is registered, with {objects}: another program has connected as \
             it since the connection was lost, or Asterisk has kept it from this command (ARI does \
             not tell which), and reconnecting could disconnect that program; `ari events {name} \
             --take-over` takes it over in any case"
        ),
    }
}

/// Returns `true` if the application has a channel or a subscription.
fn has_objects(application: &Value) -> bool {
    ["channel_ids", "bridge_ids", "endpoint_ids", "device_names"]
        .iter()
        .any(|key| {
            application[key]
                .as_array()
                .is_some_and(|ids| !ids.is_empty())
        })
}

/// Counts the objects of an application: `1 channel, 2 bridges and 0 endpoints`.
pub(crate) fn describe_objects(application: &Value) -> String {
    let counted = |key: &str, what| {
        let count = application[key].as_array().map_or(0, Vec::len);
        format_count(count, what)
    };
    format!(
        "{}, {} and {}",
        counted("channel_ids", "channel"),
        counted("bridge_ids", "bridge"),
        counted("endpoint_ids", "endpoint")
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::TakeOver;

    #[test]
    fn only_own_applications_are_reconnected() {
        let own = TakeOver::Own {
            channel: "mine".to_owned(),
        };
        for (take_over, name, channels, bridges, permitted) in [
            (&TakeOver::Refused, "hello", json!([]), json!([]), false),
            (
                &TakeOver::Refused,
                "ari-command-0123456789ab",
                json!([]),
                json!([]),
                true,
            ),
            (&TakeOver::Allowed, "hello", json!(["1"]), json!([]), true),
            (&own, "hello", json!(["mine", "mine;2"]), json!([]), true),
            (&own, "hello", json!(["mine", "other"]), json!([]), false),
            (&own, "hello", json!(["mine"]), json!(["b"]), false),
            (&own, "hello", json!([]), json!([]), false),
        ] {
            let found = json!({"channel_ids": channels, "bridge_ids": bridges});
            assert_eq!(
                take_over.permits(name, &found),
                permitted,
                "{take_over:?} {found}"
            );
        }
    }
}
