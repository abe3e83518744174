//! Checks for applications that are already registered. Connecting under the same name would cut
//! the other program off.

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

/// The registered applications to reconnect as after the connection was lost.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TakeOver {
    /// All: that is what was asked for.
    Allowed,
    /// Those of this command's own name, and those that hold nothing but the channel of this id,
    /// which the command itself has put there.
    Own { channel: String },
    /// Those of this command's own name.
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

/// Returns whether a channel is this one, or the other half of a Local channel that has its id.
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

/// Returns the reason why an application is not taken over.
pub(crate) fn already_registered(name: &str, found: &Value) -> String {
    format!(
        "the application {name:?} is registered already, with {}: a program is connected as it, or \
         one was and left these behind (ARI does not say which), and connecting would cut that \
         program off; `ari watch` shows what happens without that, another name is free, and `ari \
         events {name} --take-over` takes it over if whoever runs that program agrees",
        objects(found)
    )
}

/// Returns the reason for not reconnecting as an application.
pub(crate) fn still_registered(name: &str, found: &Value) -> String {
    format!(
        "the application {name:?} is registered, with {}: another program has connected as it since \
         the connection was lost, or Asterisk keeps what this command was (ARI does not say which), \
         and connecting again could cut that program off; `ari events {name} --take-over` takes it \
         over in any case",
        objects(found)
    )
}

/// `1 channel, 2 bridges and 0 endpoints`.
fn objects(application: &Value) -> String {
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
    fn only_what_is_certainly_its_own_is_connected_again() {
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
