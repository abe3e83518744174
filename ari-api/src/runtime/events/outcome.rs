//! Waiting for what becomes of an object.

use std::pin::pin;
use std::time::Duration;

use tokio::time::timeout;

use super::ObjectStream;
use crate::runtime::race::race;
use crate::runtime::{Error, Message};

/// How long the end of an object may be told after that of the one in which it was made.
const GRACE: Duration = Duration::from_secs(2);

/// Waits for the end of an object, and takes out of the event that tells it what `find` finds
/// there. `parent` is the stream of the object in which it was made, and with which it ends.
///
/// # Errors
/// [`Error::Gone`] where the object's end, or the parent's, is told by no event of the object;
/// [`Error::Disconnected`] where the session ends before, also by being closed; [`Error::Lagged`]
/// and [`Error::Decode`] where the end was among what was missed or could not be decoded.
pub async fn last_of<E: Message, T>(
    mut events: ObjectStream<E>,
    mut parent: ObjectStream<E>,
    find: impl Fn(&E) -> Option<T>,
) -> Result<T, Error> {
    let object = events.object().to_string();
    let watching = async {
        // What was not seen, and may have been the end.
        let mut unseen = None;
        while let Some(event) = events.next().await {
            match event {
                Ok(event) if events.ends_with(&event) => {
                    if let Some(found) = find(&event) {
                        return Ok(found);
                    }
                }
                Ok(_) => {}
                Err(error @ (Error::Lagged { .. } | Error::Decode(_))) => unseen = Some(error),
                Err(error) => return Err(unseen.unwrap_or(error)),
            }
        }
        Err(unseen.unwrap_or_else(|| Error::Disconnected {
            reason: format!("the session was closed before the end of {object} was told"),
            source: None,
        }))
    };
    let mut watching = pin!(watching);
    let parent_ends = async { while parent.next().await.is_some() {} };
    match race(watching.as_mut(), parent_ends).await {
        Ok(result) => result,
        Err(()) => match timeout(GRACE, watching).await {
            Ok(result) => result,
            Err(_) => Err(Error::Gone {
                object: object.clone(),
                reason: "what it was made in has ended, and no event has told how it did"
                    .to_owned(),
            }),
        },
    }
}
