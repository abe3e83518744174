//! An application of the command's own, to hear of what it does without taking over anybody's.

use ari_api::operations;
use ari_api::runtime::{EventStream, unique_id};
use serde_json::Value;

use crate::failure::Failure;
use crate::operation;
use crate::seen::{Applications, Link, Seen};

/// A name that no other application has.
pub(crate) fn name() -> String {
    format!("ari-command-{}", &unique_id()[..12])
}

/// Connects an application that hears of everything.
pub(crate) async fn hear_all(link: &Link) -> Result<EventStream<Seen>, Failure> {
    Ok(link.connect(&Applications::new(&[name()], true)).await?)
}

/// Connects an application that hears of a channel.
pub(crate) async fn hear(link: &Link, channel: &str) -> Result<EventStream<Seen>, Failure> {
    let name = name();
    let events = link
        .connect(&Applications::new(std::slice::from_ref(&name), false))
        .await?;
    let arguments = [
        ("applicationName", Value::from(name)),
        ("eventSource", Value::from(format!("channel:{channel}"))),
    ];
    match operation::value(link, &operations::applications::SUBSCRIBE, &arguments).await {
        Ok(_) => Ok(events),
        // Asterisk says this of objects that it cannot find.
        Err(error) if matches!(error.status(), Some(404 | 422)) => Err(Failure::new(
            crate::failure::Kind::Refused,
            format!(
                "there is no channel {channel:?}; it may have hung up: `ari channels list` shows \
                 what there is"
            ),
        )),
        Err(error) => Err(error.into()),
    }
}
